"""A question -> passages found by words or by meaning, in one ranking.

The score is a convex combination of the two scores, each scaled from the least that it could be (0 for BM25, -1 for a
cosine) to the best of this question's: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval",
2023. Reciprocal ranks, which forget by how much one passage beats the next, were measured beside it:
``python -m qa.evaluation.retrieval``, filed under ``docs/results``.
"""

from __future__ import annotations

from collections.abc import Mapping

from qa.retrieval.dense import DenseRetriever
from qa.retrieval.lexical import LexicalRetriever
from qa.types import FoundBy, Hit, Question

__all__ = ["DENSE_WEIGHT", "FusionRetriever", "fuse"]

DENSE_WEIGHT = 0.8  # chosen on training questions: docs/results


class FusionRetriever:
    """Ranks what a lexical and a dense retriever find.

    Args:
        lexical: finds by words.
        dense: finds by meaning, in the same archive.
        candidates: passages that each of them contributes.
        dense_weight: what the cosine counts, between 0 and 1; BM25 counts the rest.
    """

    def __init__(
        self,
        lexical: LexicalRetriever,
        dense: DenseRetriever,
        *,
        candidates: int = 100,
        dense_weight: float = DENSE_WEIGHT,
    ) -> None:
        self.lexical = lexical
        self.dense = dense
        self._candidates = candidates
        self._dense_weight = dense_weight

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """Return up to ``top_k`` hits that satisfy the question's dates and outlets; ranks count from 1."""
        candidates = max(self._candidates, top_k)
        lexical = self.lexical.scores(question, candidates)
        dense = self.dense.scores(question, candidates, also=lexical)
        fused = fuse(lexical, dense, self._dense_weight)
        passages = self.dense.store.passages([id_ for id_, _ in fused])
        found = [(passages[id_], score) for id_, score in fused if id_ in passages][:top_k]
        return [
            Hit(passage, rank, score, FoundBy.FUSION, dense.get(passage.id), lexical.get(passage.id))
            for rank, (passage, score) in enumerate(found, start=1)
        ]


def fuse(lexical: Mapping[str, float], dense: Mapping[str, float], dense_weight: float) -> list[tuple[str, float]]:
    """Combine BM25 scores and cosines into (id, score between 0 and 1), best first; equal scores in order of id.

    A passage that one of the two did not find has the least score there.
    """
    best_words = max(lexical.values(), default=0.0) or 1.0
    best_meaning = 1.0 + max(dense.values(), default=0.0) or 1.0
    scores = {
        id_: (1.0 - dense_weight) * (lexical.get(id_, 0.0) / best_words)
        + dense_weight * ((1.0 + dense.get(id_, -1.0)) / best_meaning)
        for id_ in {**lexical, **dense}
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

"""A question -> the passages that mean something near, by the cosine of their vectors."""

from __future__ import annotations

from collections.abc import Collection

from qa.protocols import Encoder, PassageStore, ReadIndex
from qa.types import FoundBy, Hit, Question

__all__ = ["DenseRetriever"]


class DenseRetriever:
    """Ranks passages by how near their vectors are to the question's.

    Args:
        store: knows which passages may be found, and what they are.
        index: the passages' vectors.
        encoder: makes the question's vector, in the space of the index.
    """

    def __init__(self, store: PassageStore, index: ReadIndex, encoder: Encoder) -> None:
        self.store = store
        self._index = index
        self._encoder = encoder

    def scores(self, question: Question, top_k: int, *, also: Collection[str] = ()) -> dict[str, float]:
        """Cosines of the ``top_k`` nearest passages by id, best first, then those of the passages in ``also``."""
        permitted = self.store.permitted(question.scope)
        if permitted is not None and not permitted:
            return {}
        vector = self._encoder.encode([question.text])[0]
        scores = dict(self._index.nearest(vector, top_k, among=permitted))
        if rest := [id_ for id_ in also if id_ not in scores]:
            scores.update(self._index.nearest(vector, len(rest), among=rest))
        return scores

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """Return up to ``top_k`` hits that satisfy the question's dates and outlets; ranks count from 1."""
        scores = self.scores(question, top_k)
        passages = self.store.passages(list(scores))
        found = [(passages[id_], score) for id_, score in scores.items() if id_ in passages]
        return [
            Hit(passage, rank, score, FoundBy.DENSE, similarity=score)
            for rank, (passage, score) in enumerate(found, start=1)
        ]

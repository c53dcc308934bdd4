"""A question -> the passages that share its words, by BM25."""

from __future__ import annotations

from qa.protocols import PassageStore
from qa.retrieval.query import terms_of
from qa.types import FoundBy, Hit, Question

__all__ = ["LexicalRetriever"]


class LexicalRetriever:
    """Ranks passages by the rare words that they share with a question."""

    def __init__(self, store: PassageStore) -> None:
        self._store = store

    def scores(self, question: Question, top_k: int) -> dict[str, float]:
        """BM25 scores (0 and more) of up to ``top_k`` passages by id, best first."""
        terms = terms_of(question)
        return dict(self._store.search(terms, top_k, question.scope)) if terms else {}

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """Return up to ``top_k`` hits that satisfy the question's dates and outlets; ranks count from 1."""
        scores = self.scores(question, top_k)
        passages = self._store.passages(list(scores))
        found = [(passages[id_], score) for id_, score in scores.items() if id_ in passages]
        return [
            Hit(passage, rank, score, FoundBy.LEXICAL, lexical_score=score)
            for rank, (passage, score) in enumerate(found, start=1)
        ]

"""Words to look for -> the articles that have all of them, each by its best passage; a headline -> its article.

Promises: every passage that is found holds every word, in its text or its article's headline (full-text search, case,
diacritics and stem aside); articles whose headline has all of them come first. What it does not know: meaning.
"""

from __future__ import annotations

from qa.protocols import WordStore
from qa.retrieval.query import terms_of
from qa.types import FoundBy, Hit, Passage, Question

__all__ = ["WordSearch"]

_LOOKED_AT = 200  # passages with all of the words, of which each article's best is taken
_HEADLINE = 3  # words from which it can be told that a headline is meant
_SAME = 0.6  # share of a headline's words that have to be typed


class WordSearch:
    """Finds articles by the words that they hold."""

    def __init__(self, store: WordStore) -> None:
        self._store = store

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """Return the best passage of up to ``top_k`` articles within the question's dates and outlets."""
        terms = terms_of(question)
        found = [
            *self._store.search_all(terms, _LOOKED_AT, question.scope, in_heading=True),
            *self._store.search_all(terms, _LOOKED_AT, question.scope),
        ]
        scores = dict(reversed(found))  # that of the text where the words stand in both
        passages = self._store.passages(list(dict.fromkeys(id_ for id_, _ in found)))
        best: dict[str, Passage] = {}
        for id_ in dict.fromkeys(id_ for id_, _ in found):
            if id_ in passages:
                best.setdefault(passages[id_].article_id, passages[id_])
        return [
            Hit(passage, rank, scores[passage.id], FoundBy.LEXICAL, lexical_score=scores[passage.id])
            for rank, passage in enumerate(list(best.values())[:top_k], start=1)
        ]

    def has_headline(self, text: str) -> bool:
        """Whether ``text`` is most of an article's headline."""
        question = Question(text)
        wanted = set(terms_of(question))
        if len(wanted) < _HEADLINE:
            return False
        found = self._store.search_all(sorted(wanted), _LOOKED_AT, question.scope, in_heading=True)
        headings = {passage.heading for passage in self._store.passages([id_ for id_, _ in found]).values()}
        return any(len(wanted) >= _SAME * len(set(terms_of(Question(heading)))) for heading in headings)

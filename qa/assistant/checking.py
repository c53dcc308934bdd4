"""Quotations and drafts -> what the archive has of them, with who says it; the attributor reads a draft as an article.

Promise: for all quotations of a draft together an article is read and taken apart once, so that one more quotation
costs its search and the articles that no other has been compared with; what is held for that is bounded.
What this does not know: how words are compared, and how a draft's quotations are told to be somebody else's
(``qa.verification``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qa.catalog import Catalog
from qa.errors import QuestionError
from qa.questions import STOP_WORDS
from qa.text import fold, normalise, paragraph_spans
from qa.tokens import keys_of
from qa.types import EVERYTHING, Article, Citation, Statement
from qa.verification import LONGEST_DRAFT, Source, Verification, said_in, verify

__all__ = ["Comparing", "attributed", "draft_of"]

_HELD = 256  # articles that are held ready, of some 0.1 MB each
_WITH_PHRASE = 20  # passages that hold the words in a row
_ALIKE = 30  # passages that hold most of them


class Comparing:
    """The archive's articles, as quotations that are checked one after the other are compared with them.

    An article is held as it was when it was first needed: make a new one for each draft.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._held: dict[str, Source] = {}  # the one that was needed last is the last

    def verify(self, quotation: str) -> Verification:
        """Say what a quotation is, without who says it; raises as :func:`qa.verification.verify`."""
        return verify(quotation, search=self._articles_with, prepare=self._source)

    def _articles_with(self, words: Sequence[str]) -> list[Article]:
        """Articles that hold ``words`` in a row; where none holds just these, also such that hold many of them."""
        keys = keys_of(" ".join(words))
        in_a_row = self._articles(self._catalog.search_phrase(words, _WITH_PHRASE))
        if any(next(self._source(one).occurrences(keys), None) for one in in_a_row):
            return in_a_row
        telling = [word for word in dict.fromkeys(words) if fold(word) not in STOP_WORDS] or words
        return in_a_row + self._articles(self._catalog.search(telling, _ALIKE, EVERYTHING))

    def _articles(self, passages: Iterable[tuple[str, float]]) -> list[Article]:
        """The articles of some passages."""
        held, ids = self._held, list(dict.fromkeys(id_.split(":")[0] for id_, _ in passages))
        read = self._catalog.articles([id_ for id_ in ids if id_ not in held])
        articles = (held[id_].article if id_ in held else read.get(id_) for id_ in ids)
        return [article for article in articles if article is not None]

    def _source(self, article: Article) -> Source:
        source = self._held.pop(article.id, None) or Source(article)
        self._held[article.id] = source
        if len(self._held) > _HELD:
            del self._held[next(iter(self._held))]
        return source


def attributed(verification: Verification, statements_of: Callable[[str], Sequence[Statement]]) -> Verification:
    """Say with each citation who says its words; ``statements_of`` gives those of an article, by its id."""

    def named(citation: Citation) -> Citation:
        return replace(citation, statement=said_in(citation.span, statements_of(citation.article.id)))

    return replace(
        verification,
        pieces=tuple(replace(piece, citation=named(piece.citation)) for piece in verification.pieces),
    )


def draft_of(text: str) -> Article:
    """Read a draft as an article that is in no archive.

    Raises:
        QuestionError: there is nothing in it, or too much.
    """
    if len(text) > LONGEST_DRAFT:
        raise QuestionError(
            f"The draft has {len(text):,} characters; at most {LONGEST_DRAFT:,} are read.",
            limit=LONGEST_DRAFT,
            remedy="Check it in parts.",
        )
    text = normalise(text)
    if not any(map(str.isalnum, text)):
        raise QuestionError("The draft has no words.", remedy="Paste its text.")
    return Article.bare(text, paragraph_spans(text))

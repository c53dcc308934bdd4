"""Articles and what cites them -> the same with the corrections that each article has had.

Promises: every article that a notice of the archive corrects is shown with it, whoever asks; what is said of a
correction is read out of the notice's own text, and a link that does not hold any more is not shown. Of a fact, the
words that a notice puts right come first and the wrong ones last; what somebody said stays as it was said. What it does
not know: how a notice is found and linked (:mod:`qa.assistant.keeping.correcting`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from qa.catalog import Catalog
from qa.citing import Find, cite, paragraph_around, sentences_around
from qa.corrections import corrected_by, correction_of, notices_in, own_corrections, told_wrong
from qa.types import Answer, AnswerKind, Article, Citation, Correction, Outcome, Struck

__all__ = ["Corrections"]

_FACTS = (AnswerKind.SPAN, AnswerKind.SENTENCE)


class Corrections:
    """The corrections of one archive.

    Args:
        catalog: where articles and links are.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, articles: Iterable[Article]) -> dict[str, tuple[Correction, ...]]:
        """The corrections of those of these articles that have any, by the article's id, the newest first."""
        by_id = {one.id: one for one in articles}
        links = self._catalog.correcting(list(by_id))
        noticing = self._catalog.articles(list({id_ for ids in links.values() for id_ in ids}))
        found = {}
        for id_, article in by_id.items():
            by = [noticing[one] for one in links.get(id_, ()) if one in noticing]
            corrections = [*own_corrections(article), *_by_others(article, by)]
            if corrections:
                found[id_] = tuple(sorted(corrections, key=lambda one: one.day or date.min, reverse=True))
        return found

    def shown(self, outcome: Outcome) -> Outcome:
        """The outcome with the corrections of every article that it cites."""
        if not isinstance(outcome, Answer):
            return replace(outcome, nearest=self.cited(outcome.nearest))
        citations = self.cited(outcome.citations)
        if outcome.kind in _FACTS:
            return replace(outcome, citations=_right_first(citations))
        if not outcome.sides:
            return replace(outcome, citations=citations)
        left = iter(citations)
        sides = tuple(replace(side, citations=tuple(next(left) for _ in side.citations)) for side in outcome.sides)
        return replace(outcome, citations=citations, sides=sides)

    def cited(self, citations: Collection[Citation]) -> tuple[Citation, ...]:
        """Citations with the corrections of their articles."""
        found = self.of(one.article for one in citations)
        return tuple(_with(one, found) for one in citations)

    @staticmethod
    def right_words(citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The words that put words of statements right, cited from their notices; of facts they are shown anyway."""
        said = (one for one in citations if one.statement)
        right = {(one.article.id, one.span): one for each in said for one in _put_right(each)}
        return tuple(replace(one, number=number) for number, one in enumerate(right.values(), start=1))


def _right_first(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The words that put cited ones right, cited from their notices, before what still holds and what does not."""
    outdated = [one for one in citations if _wrong(one)]
    if not outdated:
        return tuple(citations)
    right = {(one.article.id, one.span): one for each in outdated for one in _put_right(each)}
    holding = [one for one in citations if one not in outdated]
    said = [one for one in holding if any(_same_place(one, other) for other in right.values())]
    found = [one for one in right.values() if not any(_same_place(one, other) for other in said)]
    first = said + found
    ordered = [*first, *(one for one in holding if one not in said), *outdated]
    return tuple(replace(one, number=number) for number, one in enumerate(ordered, start=1))


def _wrong(citation: Citation) -> list[tuple[Article, Struck]]:
    """What is cited and does not hold, each with the article of its notice; not where the right words are cited too.

    Words in a notice of another's error ("48 people, not 84") do not hold either, though that article has none itself.
    """
    noticed = [(one.article, struck) for one in citation.corrections for struck in one.struck]
    told = [(citation.article, struck) for struck in told_wrong(citation.article)]
    return [
        (article, struck)
        for article, struck in dict.fromkeys((*noticed, *told))
        if struck.span.overlaps(citation.span)
        and not (article is citation.article and struck.right and citation.span.contains(struck.right))
    ]


def _put_right(citation: Citation) -> Iterator[Citation]:
    for article, struck in _wrong(citation):
        if right := struck.right:
            yield cite(1, Find(article, right, sentences_around(article, right), paragraph_around(article, right)))


def _same_place(one: Citation, other: Citation) -> bool:
    return one.article.id == other.article.id and one.span.overlaps(other.span)


def _with(citation: Citation, found: Mapping[str, tuple[Correction, ...]]) -> Citation:
    corrections = found.get(citation.article.id, ())
    return replace(citation, corrections=corrections) if corrections else citation


def _by_others(article: Article, noticing: Iterable[Article]) -> Iterable[Correction]:
    for by in noticing:
        for notice in notices_in(by):
            if corrected_by(notice, by, [article]):
                yield correction_of(notice, by, article)

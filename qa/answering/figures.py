"""A question for a number, and what a reader finds -> the figures that articles give which cannot all hold.

"Do the outlets agree on how many people the mill employs?" is read as the question for that number in each article by
itself: of each, the likeliest figure counts, where it is as sure as an answer has to be. Words that a notice of the
archive puts right count as well, if the right ones are among them: that they were meant for the same thing is told.
Promises: figures are compared only of the same sort (per cent with per cent, euros with euros), of articles within a
week of each other, and none that is only a bound or a guess ("more than 200", "about 200"): rather none than a wrong
one. Each figure is cited once, the oldest first, with other articles that give it as "also in".

What it does not know: which figure is right, and that two articles count at different hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from qa.answering.calibration import Confidence
from qa.answering.proposals import proposals
from qa.citing import Find, cite, paragraph_around, sentences_around
from qa.lazily import pattern
from qa.text import fold
from qa.tokens import is_number, tokens_of
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Candidate,
    Contrary,
    Correction,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Pair,
    Question,
)

__all__ = ["answer_from_figures"]

_SOON = timedelta(7)
_ELSEWHERE = 3  # other articles that are named beside the first
_BEFORE = 24  # code points
# Before a number: it is no figure but a bound or a guess.
_BOUNDED = pattern(
    r"\b(?:(?:more|less|fewer|rather|other|greater|higher|lower)\sthan|over|under|above|below|at\s(?:least|most)|up\sto|about"
    r"|around|nearly|almost|some|roughly|approximately|circa|estimated|mehr\sals|uber|rund|etwa|fast|mindestens|bis\szu|knapp)"
    r"\s\W*\Z"
)
_SORTS = frozenset(("%", "‰", "$", "€", "£", "¥", "₹", "₽", "percent", "cent", "prozent"))
_SIZES = frozenset(("hundred", "thousand", "million", "billion", "trillion", "millionen", "milliarden"))


@dataclass(frozen=True, slots=True)
class _Figure:
    """What an article gives: the numbers, the signs that tell of what sort they are, where, and how sure that is."""

    numbers: tuple[str, ...]
    sort: frozenset[str]
    find: Find
    confidence: float


def answer_from_figures(
    question: Question,
    candidates: Sequence[Candidate],
    articles: Mapping[str, Article],
    *,
    calibration: Confidence,
    corrections: Mapping[str, Sequence[Correction]],
    threshold: float | None = None,
    most: int = 5,
) -> Outcome:
    """Cite the figures that articles give for one thing and that cannot all hold, or say that there are none.

    Args:
        question: what was asked, whose topic is the number.
        candidates: what a reader finds for the question for that number.
        articles: by id, at least those that the candidates point into.
        calibration: of that reader.
        corrections: of articles, by id.
        threshold: lowest confidence of a figure that counts; None takes the calibration's own.
        most: most figures that are cited.
    """
    lowest = calibration.threshold if threshold is None else threshold
    given = [one for several in _by_article(candidates) if (one := _likeliest(several, articles, calibration))]
    sure = [one for one in given if one.confidence >= lowest]
    told = {one.find.article.id for one in sure}
    sure += [
        one
        for id_, several in corrections.items()
        if id_ not in told
        for one in _put_right(several, articles[id_], sure)
    ]
    figures = _once_each(sorted(sure, key=_oldest_first))
    contrary = (
        [figures[0], *(one for one in figures[1:] if _cannot_both_hold(figures[0], one))][:most] if figures else []
    )
    citations = tuple(cite(number, one.find) for number, one in enumerate(contrary, start=1))
    if len(contrary) < 2:
        return NoAnswer(question, NoAnswerReason.UNDISPUTED, Missing(question.topic), citations)
    pairs = tuple(Pair(1, number, Contrary.FIGURE) for number in range(2, len(contrary) + 1))
    return Answer(question, AnswerKind.CONTRARY, citations, min(one.confidence for one in contrary), pairs=pairs)


def _by_article(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    def article(one: Candidate) -> str:
        return one.hit.passage.article_id

    for _, several in groupby(sorted(candidates, key=article), article):
        yield list(several)


def _likeliest(
    candidates: Sequence[Candidate], articles: Mapping[str, Article], calibration: Confidence
) -> _Figure | None:
    """What one article answers, if that is a figure."""
    proposed = proposals(candidates)
    confidence, best = max(zip(calibration.of(proposed), proposed, strict=True), key=lambda pair: pair[0])
    article = articles[best.best.hit.passage.article_id]
    find = Find(article, best.best.span, best.best.sentence, best.best.hit.passage.span)
    return _figure(find, confidence)


def _put_right(corrections: Sequence[Correction], article: Article, sure: Sequence[_Figure]) -> Iterator[_Figure]:
    """The figures of an article in whose place a notice puts one of those that are sure."""
    for correction in corrections:
        for struck in correction.struck:
            right = struck.right.of(correction.article.text) if struck.right else ""
            alike = next((one for one in sure if _numbers(right) and one.numbers == _numbers(right)), None)
            place = Find(
                article, struck.span, sentences_around(article, struck.span), paragraph_around(article, struck.span)
            )
            if alike and (figure := _figure(place, alike.confidence)):
                yield replace(figure, sort=alike.sort)


def _figure(find: Find, confidence: float) -> _Figure | None:
    """A figure as it is compared; None for what is none, and for a bound or a guess."""
    text, span = find.article.text, find.span
    words = span.of(text)
    first = next((token.span.start for token in tokens_of(words) if is_number(token.key)), None)
    if first is None or _BOUNDED.search(fold(text[max(0, span.start - _BEFORE) : span.start + first])):
        return None
    around = {
        token.key
        for token in tokens_of(text[span.start - (text[span.start - 1 : span.start] in _SORTS) : span.end + _BEFORE])[
            : len(tokens_of(words)) + 2
        ]
    }
    return _Figure(_numbers(words), frozenset(around) & _SORTS, find, confidence)


def _numbers(words: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens_of(words) if is_number(token.key) or token.key in _SIZES)


def _once_each(figures: Sequence[_Figure]) -> list[_Figure]:
    """Each figure once, from the first article that gives it, with others as "also in"."""
    found: dict[tuple[str, ...], _Figure] = {}
    for one in figures:
        first = found.setdefault(one.numbers, one)
        told = (first.find.article, *first.find.also_in)
        if one.find.article not in told and len(told) <= _ELSEWHERE:
            also_in = (*first.find.also_in, one.find.article)
            found[one.numbers] = replace(first, find=replace(first.find, also_in=also_in))
    return list(found.values())


def _cannot_both_hold(one: _Figure, other: _Figure) -> bool:
    days = one.find.article.published, other.find.article.published
    soon = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= _SOON
    return one.numbers != other.numbers and one.sort == other.sort and soon


def _oldest_first(one: _Figure) -> tuple[int, str, int]:
    published = one.find.article.published
    return published.toordinal() if published else 0, one.find.article.id, one.find.span.start

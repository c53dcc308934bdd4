"""A notice's sentences -> which words it puts in the place of which: "employs 48 people, not 84" -> 48 for 84.

Promises: both are figures or both are names, of the same sort (a year for a year, a weekday for a weekday), and both
are the notice's own words. Where the notice names the right words alone, the wrong ones stay empty. A figure that is a
part of a date is none. What it does not know: paraphrases, and phrases that are neither figures nor names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from qa.corrections.wordings import ERRS, THIS_ERRED
from qa.lazily import pattern
from qa.questions import times_in
from qa.text import sentence_spans
from qa.text.vocabulary import CARDINALS, CARDINALS_GERMAN, MONTHS, MONTHS_GERMAN, WEEKDAYS, WEEKDAYS_GERMAN
from qa.types import Exchange, Span

__all__ = ["FIGURE", "exchanges_in"]

_ONES = "|".join((*CARDINALS[1:], "hundred", "thousand", *CARDINALS_GERMAN[1:], "hundert", "tausend"))
_SIZE = r"%|per\s?cent|prozent|million(?:en)?|billion|trillion|thousand|hundred|milliarden?|mio\.?|mrd\.?"
FIGURE = (
    rf"(?:(?:US|C|A)?[$€£¥]\s?)?(?<![\w.,])\d(?:[\d.,:–-]*\d)?(?:\s?(?:{_SIZE})(?!\w))*(?:\s?[$€£¥])?(?!\w)"
    rf"|\b(?:{_ONES})(?:-\w+)?\b(?:\s(?:{_SIZE})(?!\w))*"
)
_NAME = r"\b[A-ZÄÖÜ][\w’'-]*(?:\s(?:(?:of|the|de|der|den|von|van|al|del|and|&)\s){0,2}[A-ZÄÖÜ][\w’'-]*)*"
_LEAD = (
    r"(?:(?:in|on|at|to|from|by|for|of|as|the|a|an|about|nearly|only|was|were|is|am|im|den|der|die|das|dem|von|bei|um|ein"
    r"|eine|einen)\s){0,3}"
)
_ANY = rf"(?i:{FIGURE})|{_NAME}"
_BUT = pattern(
    rf"\b(?:not|nicht)\s{_LEAD}(?P<wrong>{_ANY})(?:\s[\w%-]+){{0,4}},?\s(?:sondern|but)\s(?:rather\s)?{_LEAD}(?P<right>{_ANY})"
)
_NOT = pattern(rf"[,;—–(-]\s?(?:and\s|und\s)?(?:not|nicht|rather\sthan|instead\sof|statt)\s{_LEAD}(?P<wrong>{_ANY})")
_CORRECTED_TO = pattern(rf"\bcorrect(?:s|ed)?\b[^.\n]{{0,120}}?\bto\s{_LEAD}(?P<right>(?i:{FIGURE}))", re.IGNORECASE)
_IS = pattern(
    rf"(?:\b(?i:it|they|that|he|she|there|es|sie)\b[^.\n]{{0,24}}?|\b(?i:correct|actual|right|true|richtige?|korrekte?)\b"
    rf"[^.\n]{{0,40}}?|\A[^.\n]{{0,80}}?)\b(?:is|are|was|were|ist|sind|war|waren|lautet|has|had|hat)\s(?:[a-zäöü]+\s){{0,3}}?"
    rf"(?P<right>(?i:{FIGURE}))"
)
_FIGURES = pattern(rf"(?i:{FIGURE})")
_WEEKDAY = pattern(
    "|".join((*WEEKDAYS, *WEEKDAYS_GERMAN, *MONTHS, *MONTHS_GERMAN))
    + r"|jan\.?|feb\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?",
    re.IGNORECASE,
)
_BEFORE_NAME = pattern(r"\s[A-ZÄÖÜ][a-zäöü]")
_DEFAULT_DAY = date(2000, 1, 1)


def exchanges_in(text: str, notice: Span, day: date | None) -> tuple[Exchange, ...]:
    """What the notice at this place of an article's text exchanges; ``day`` is the article's."""
    sentences = [one.shifted(notice.start) for one in sentence_spans(notice.of(text))]
    found: list[Exchange] = []
    for sentence in sentences:
        found += _told_apart(text, sentence, day)
    if not found:
        found += _said_then_put_right(text, sentences, day)
    if not found:
        found += (
            Exchange(right=Span(*match.span("right")))
            for sentence in sentences
            for match in _CORRECTED_TO.finditer(text, sentence.start, sentence.end)
        )
    return tuple(dict.fromkeys(found))


def _told_apart(text: str, sentence: Span, day: date | None) -> Iterator[Exchange]:
    """Yield what one sentence tells apart: "48, not 84", "not 84 but 48"."""
    for match in _BUT.finditer(text, sentence.start, sentence.end):
        right, wrong = Span(*match.span("right")), Span(*match.span("wrong"))
        if _sort(text, right) == _sort(text, wrong):
            yield Exchange(right, wrong)
            return
    if ERRS.search(text, sentence.start, sentence.end) and "should have" not in sentence.of(text):
        return  # "gave 84 rather than 48" has them the other way round
    for match in _NOT.finditer(text, sentence.start, sentence.end):
        wrong = Span(*match.span("wrong"))
        before = (
            _of_sort(text, Span(sentence.start, match.start()), wrong, day) if match.start() > sentence.start else []
        )
        if before:
            yield Exchange(before[-1], wrong)


def _said_then_put_right(text: str, sentences: Sequence[Span], day: date | None) -> Iterator[Exchange]:
    """Yield of a wrong sentence and the right one behind it: "An earlier version said 84. It is 48."."""
    for sentence, following in pairwise([*sentences, None]):
        words = sentence.of(text) if sentence else ""
        erring = ERRS.search(words) or THIS_ERRED.search(words)
        if sentence is None or erring is None:
            continue
        wrong = _figures(text, Span(sentence.start + erring.start(), sentence.end), day)
        rights = _said_to_be(text, following, day) if following else []
        if len(wrong) == 1 and rights and wrong[0].of(text) != rights[0].of(text):
            yield Exchange(rights[0], wrong[0])
        elif rights and not wrong:
            yield Exchange(right=rights[0])


def _said_to_be(text: str, sentence: Span, day: date | None) -> list[Span]:
    """The figure that a sentence says something to be; at most one."""
    found = _IS.search(sentence.of(text))
    right = Span(*found.span("right")).shifted(sentence.start) if found else None
    return [right] if right and right in _figures(text, sentence, day) else []


def _of_sort(text: str, within: Span, like: Span, day: date | None) -> list[Span]:
    """What stands in a stretch and is of the sort of these words."""
    of_its_form = _FIGURES if _FIGURES.match(like.of(text)) else re.compile(_NAME)
    found = [Span(*match.span()) for match in of_its_form.finditer(text, within.start, within.end)]
    alike = [one for one in found if _sort(text, one) == _sort(text, like)]
    return (
        alike
        if _sort(text, like) in ("day", "year")
        else [one for one in alike if not _in_time(text, within, one, day)]
    )


def _figures(text: str, within: Span, day: date | None) -> list[Span]:
    """The figures of a stretch that are no part of a date or of a name ("50 States")."""
    found = [Span(*match.span()) for match in _FIGURES.finditer(text, within.start, within.end)]
    plain = [one for one in found if not _BEFORE_NAME.match(text, one.end)]
    return [one for one in plain if not _in_time(text, within, one, day)]


def _in_time(text: str, within: Span, span: Span, day: date | None) -> bool:
    times = times_in(within.of(text), day or _DEFAULT_DAY)
    return any(Span(begin, end).shifted(within.start).overlaps(span) for begin, end, *_ in times)


def _sort(text: str, span: Span) -> str:
    """Figure, year, day or name: what may stand for what."""
    words = span.of(text)
    tests: Sequence[tuple[str, Callable[[str], object]]] = (
        ("year", re.compile(r"(?:1[5-9]|20)\d\d").fullmatch),
        ("figure", _FIGURES.match),
        ("day", _WEEKDAY.match),
    )
    return next((name for name, test in tests if test(words)), "name")

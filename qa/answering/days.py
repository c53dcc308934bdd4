"""Days -> how newspapers write them: a date, a range, when words were said, a course's stretches, whence days count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from qa.types import Citation, Correction, CountedFrom, NoticeKind, Step

__all__ = ["COUNTED_FROM", "corrected_when", "in_stretches", "period", "said_when", "told_when", "written"]

_MONTHS_FROM = timedelta(62)  # a course that is longer is told by months, a shorter one by days

COUNTED_FROM: Mapping[CountedFrom | None, str] = {
    CountedFrom.TODAY: ", counted from today",
    CountedFrom.NEWEST_ARTICLE: ", counted from the newest article",
    CountedFrom.ARTICLES: ", as articles say it",
    None: "",
}


def written(day: date) -> str:
    """Write a date as newspapers do: 15 December 2025."""
    return f"{day.day} {day:%B %Y}"


def corrected_when(correction: Correction) -> str:
    """Say in words that an article has been corrected: Corrected on 14 January 2026."""
    what = "Clarified" if correction.notice.kind is NoticeKind.CLARIFICATION else "Corrected"
    return f"{what} on {written(correction.day)}" if correction.day else what


def period(first: date | None, last: date | None) -> str:
    """Write a range of days, of which one end may be open: 8 to 14 December 2025."""
    if first and last:
        if first == last:
            return written(first)
        short = str(first.day) if (first.year, first.month) == (last.year, last.month) else written(first)
        return f"{short} to {written(last)}"
    return f"from {written(first)}" if first else f"until {written(last)}" if last else "any day"


def told_when(citation: Citation) -> str | None:
    """Write when a statement was made, where its article says so and it is not the article's own day.

    On 9 January 2019, in August 2025, in 2019, between 8 and 14 December 2025.
    """
    told = citation.told
    if told is None or told.first == citation.article.published:
        return None
    first, last = told.first, told.last
    if first == last:
        return f"on {written(first)}"
    if whole := _whole(first, last):
        return f"in {whole}"
    return f"between {period(first, last).replace(' to ', ' and ')}"


def said_when(step: Step) -> str | None:
    """Write the day or days of the words of a step: 15 December 2025, August 2025, 2019, 8 to 14 December 2025."""
    if step.first is None or step.last is None:
        return None
    return _whole(step.first, step.last) or period(step.first, step.last)


def in_stretches(steps: Sequence[Step]) -> list[tuple[str, tuple[Step, ...]]]:
    """Part a course where a month ends, or a day if it is short; each stretch has its name.

    Words of a longer time than a month stand under that time's own name ("2019").
    """
    days = [day for step in steps for day in (step.first, step.last) if day]
    by_month = bool(days) and max(days) - min(days) > _MONTHS_FROM

    def name(step: Step) -> str:
        first, last = step.first, step.last
        within_month = first is not None and last is not None and first.replace(day=1) == last.replace(day=1)
        return f"{first:%B %Y}" if by_month and within_month else said_when(step) or "No date"

    return [(words, tuple(several)) for words, several in groupby(steps, name)]


def _whole(first: date, last: date) -> str | None:
    """The name of a whole month or a whole year; None for other days."""
    if first.day != 1 or (last + timedelta(1)).day != 1 or first.year != last.year:
        return None
    if first.month == last.month:
        return f"{first:%B %Y}"
    return str(first.year) if (first.month, last.month) == (1, 12) else None

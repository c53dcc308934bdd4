"""Days -> how newspapers write them: a date, a range, the time at which words were said, whence a time was counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from qa.types import Citation, CountedFrom

__all__ = ["COUNTED_FROM", "period", "told_when", "written"]

COUNTED_FROM: Mapping[CountedFrom | None, str] = {
    CountedFrom.TODAY: ", counted from today",
    CountedFrom.NEWEST_ARTICLE: ", counted from the newest article",
    CountedFrom.ARTICLES: ", as articles say it",
    None: "",
}


def written(day: date) -> str:
    """Write a date as newspapers do: 15 December 2025."""
    return f"{day.day} {day:%B %Y}"


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
    if first.day == 1 and (last + timedelta(1)).day == 1:
        if first.month == last.month and first.year == last.year:
            return f"in {first:%B %Y}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return f"in {first.year}"
    return f"between {period(first, last).replace(' to ', ' and ')}"

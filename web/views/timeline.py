"""Days -> a timeline: how many statements each day, month or year has, drawn as bars that lead to them."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.days import written

__all__ = ["Bar", "Timeline", "timeline"]

SEVERAL = 62  # bars that a timeline has room for
HEIGHT, BREADTH = 48, 100  # of the drawn timeline
LEAST, WIDEST = 4, 3  # of a bar: its height, its breadth


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, month or year of the timeline, in units of a drawing that is ``BREADTH`` wide and ``HEIGHT`` high.

    ``href`` leads to what is said then.
    """

    label: str
    x: float
    y: float
    width: float
    height: float
    href: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many statements each stretch of time has; the highest bar is ``most`` a ``unit``."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    words: str
    most: int
    unit: str


def timeline(published: Sequence[date], within: Callable[[date, date], str]) -> Timeline | None:
    """Count by day, month or year, whichever is few enough; nothing for a single stretch.

    ``within`` is the address of what is said from a first day to a last.
    """
    if not published:
        return None
    first, last = min(published), max(published)
    unit = _unit(first, last)
    number = unit.place(last) - unit.place(first) + 1
    if number == 1:
        return None
    counts = Counter(unit.place(each) - unit.place(first) for each in published)
    days = {unit.place(each) - unit.place(first): each for each in published}
    labels = {at: unit.name(each) for at, each in days.items()}
    hrefs = {at: within(*unit.days(each)) for at, each in days.items()}
    busiest, most = counts.most_common(1)[0]
    return Timeline(
        bars=tuple(
            _bar(f"{labels[at]}: {counts[at]}", counts[at] / most, at / (number - 1), number, hrefs[at])
            for at in sorted(counts)
        ),
        first=unit.name(first),
        last=unit.name(last),
        words=f"Statements by {unit.noun}; most, {most}: {labels[busiest]}",
        most=most,
        unit=unit.noun,
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of time: what it is called, where a day lies among all such, and the name and days of that one."""

    noun: str
    place: Callable[[date], int]
    name: Callable[[date], str]
    days: Callable[[date], tuple[date, date]]


def _month(when: date) -> tuple[date, date]:
    return when.replace(day=1), when.replace(day=monthrange(when.year, when.month)[1])


def _year(when: date) -> tuple[date, date]:
    return date(when.year, 1, 1), date(when.year, 12, 31)


_DAY = _Unit("day", date.toordinal, written, lambda when: (when, when))
_MONTH = _Unit("month", lambda when: when.year * 12 + when.month, lambda when: f"{when:%B %Y}", _month)
_YEAR = _Unit("year", lambda when: when.year, lambda when: f"{when:%Y}", _year)


def _unit(first: date, last: date) -> _Unit:
    """The shortest of which there are few enough."""
    return next((unit for unit in (_DAY, _MONTH) if unit.place(last) - unit.place(first) < SEVERAL), _YEAR)


def _bar(label: str, share: float, at: float, number: int, href: str) -> Bar:
    """Draw one of ``number`` bars; ``share`` is of the highest, ``at`` of the way from the first to the last."""
    height = max(LEAST, round(HEIGHT * share, 2))
    width = min(BREADTH / number * 0.8, WIDEST)
    return Bar(label, round((BREADTH - width) * at, 3), HEIGHT - height, round(width, 3), height, href)

"""Dates as newspapers print them -> ``date`` and ``datetime``.

Reads ISO 8601, "December 15, 2025", "Mon 15 Dec 2025 14.05 GMT", "15. Dezember 2025", "15 de diciembre de 2025",
"15 декабря 2025" and "15.12.2025". It guesses nothing: a date without a year is None, and so is 03/04/2025, which two
continents read differently, unless the source's language and country say how they write it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Literal

from qa.ingestion.months import MONTHS
from qa.text import fold

__all__ = ["DayOrder", "date_within", "order_of", "parse_date", "parse_moment", "without_date"]

DayOrder = Literal["day first", "month first"]

_MONTH_NUMBERS = {fold(name): number for number, names in enumerate(MONTHS, 1) for name in names.split()}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
_FORMS = [
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>\d{4})(?P<sep>[-/.])(?P<number>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4}) ?[年년] ?(?P<number>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일]",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -](?:of |de |ב)?{_MONTH},?[ -](?:de |del )?"
        r"(?P<year>\d{4})\b",
        rf"\b(?P<year>\d{{4}})\.? {_MONTH} (?P<day>\d{{1,2}})\b\.?",
        rf"\b{_MONTH} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b",
        r"\b(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?:(?=t\d{6})|\b)",
    )
]
_SLASHED = re.compile(r"(?<!\d)(?P<one>\d{1,2})(?P<sep>[-/])(?P<other>\d{1,2})(?P=sep)(?P<year>\d{4})\b")
# Who writes the month first, as CLDR's short formats have it (https://cldr.unicode.org); all others the day.
_MONTH_FIRST = frozenset({"en-us", "en-ph", "es-us", "es-pr"})
_WEEKDAYS = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\bon\b")
# What may stand beside a date on a line of its own: weekday, time, time zone, "at".
_COMPANY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?|maandag|dinsdag"
    r"|woensdag|donderdag|vrijdag|zaterdag|zondag|am|um|uhr|at|on|le|el|il|del|a|as|alle|om|o|ore|the|г|r|kl|klo|u|uur|h|hs|hrs|hours"
    r"|\d{1,2}時(?:\d{1,2}分)?|\d{1,2}시 ?(?:\d{1,2}분)?|午前|午後|오전|오후|[(（][月火水木金土日월화수목금토일][)）]"
    r"|t\d{6}|t?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?|\d{1,2}(?=\s?[ap]\.?m)|[ap]\.?m\.?|z|gmt|utc|bst|c?e[sd]?t|[mp][sd]?t|ist"
    r"|[+-]\d{2}:?\d{2}|[\s,.|·•()-])*"
)


def order_of(tag: str | None) -> DayOrder | None:
    """How a language tag's people write a date in numbers; None for English of no country, which may be either."""
    name = (tag or "").strip().lower().replace("_", "-")
    if not re.match(r"[a-z]{2,3}(?:-|\Z)", name) or name == "en":
        return None
    return "month first" if name in _MONTH_FIRST else "day first"


def parse_date(text: str, order: DayOrder | None = None) -> date | None:
    """Read a line that is a date, alone or with a weekday and a time; None when it is anything else.

    Args:
        text: the line.
        order: what "03/04/2025" means where the line stands; None leaves such a date unread if it may be two days.
    """
    if len(text) > 80:
        return None
    line = fold(text.strip())
    if (found := _SLASHED.search(line)) and _alone(line, found):
        return _slashed(found, order)
    for form in _FORMS:
        found = form.search(line)
        if found and _alone(line, found):
            return _date_of(found)
    return None


def date_within(text: str, order: DayOrder | None = None, *, words_before: int = 0) -> date | None:
    """Read the one date of a short line that goes on behind it; None where it holds none, or several.

    Args:
        text: the line.
        order: as for :func:`parse_date`.
        words_before: how many words may stand before the date, weekdays and "on" aside.
    """
    line = fold(text.strip())
    if len(line) > 120:
        return None
    found = [(match, _date_of(match)) for form in _FORMS for match in form.finditer(line)]
    found += [(match, _slashed(match, order)) for match in _SLASHED.finditer(line)]
    days = {day for _, day in found}
    if len(days) != 1:
        return None
    before = _WEEKDAYS.sub(" ", line[: min(match.start() for match, _ in found)])
    return days.pop() if len(before.split()) <= words_before else None


def without_date(text: str) -> str | None:
    """A line without the date that it holds and what stands beside one; None where it holds none."""
    line = fold(text.strip())
    for form in (_SLASHED, *_FORMS):
        if found := form.search(line):
            return f"{line[: found.start()]} {_COMPANY.sub('', line[found.end() :], count=1)}"
    return None


def _alone(line: str, found: re.Match[str]) -> bool:
    return bool(_COMPANY.fullmatch(line[: found.start()]) and _COMPANY.fullmatch(line[found.end() :]))


def _slashed(found: re.Match[str], order: DayOrder | None) -> date | None:
    """A date in numbers: the day is the one that can be no month, else the one that ``order`` says."""
    one, other = int(found["one"]), int(found["other"])
    if one > 12 or other > 12 or one == other:
        day, month = max(one, other), min(one, other)
    elif order is None:
        return None
    else:
        day, month = (one, other) if order == "day first" else (other, one)
    try:
        return date(int(found["year"]), month, day)
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """Read an ISO 8601 moment, or midnight of a date; what names no time zone is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        day = parse_date(text)
        return datetime.combine(day, time(), UTC) if day else None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _date_of(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTH_NUMBERS[parts["month"]]
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None

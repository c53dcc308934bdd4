"""Words for a time in a question ("last week", "in December 2025") -> the days that they mean.

Promises: a range is never empty and ends with the archive's newest day at the latest, unless the words themselves name
a later one. What is relative is counted from that newest day, since an archive has no other today; a year or a full
date that is written out is taken as it stands. A weekday, a month or a day without a year is the latest that has begun.

What it does not know: when something was said other than by the article that reports it, and holidays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["When", "day_told", "days_meant", "find_time"]

_MONTHS = (
    ("january", "januar", "jan"),
    ("february", "februar", "feb"),
    ("march", "märz", "mar"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
_WEEKDAYS = (
    ("monday", "montag"),
    ("tuesday", "dienstag"),
    ("wednesday", "mittwoch"),
    ("thursday", "donnerstag"),
    ("friday", "freitag"),
    ("saturday", "samstag", "sonnabend"),
    ("sunday", "sonntag"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = {word: number for number, word in enumerate(_NUMBERS)}

_M = rf"(?P<month>{'|'.join(sorted(_MONTH, key=len, reverse=True))})\.?"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_Y = r"(?P<year>(?:19|20)\d\d)"
_LAST = r"(?:last|past|previous|letzte[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?)"
_THIS = r"(?:this|diese[nmrs]?)"
_UNITS = {"day": 1, "tag": 1, "week": 7, "woche": 7, "month": 30, "monat": 30, "year": 365, "jahr": 365}


@dataclass(frozen=True, slots=True)
class When:
    """Words of a question that give a time, and the days that they mean, both inclusive; None is open."""

    words: str
    first: date | None
    last: date | None


def find_time(asked: str, newest: date | None) -> tuple[str, When] | None:
    """Split a question into what is left of it without its time, and the time.

    A time stands at the end, at the beginning, or before "about" and its like, and after no word that makes it a topic
    ("about Monday", "Monday Night Football"). None when there is no time, or none that can be read as days.

    Args:
        asked: the question on one line, without its question mark.
        newest: the archive's newest day, from which relative times are counted; None finds words and no days.
    """
    for pattern in (_AT_END, _AT_START, _BEFORE_TOPIC):
        if (match := pattern.search(asked)) and (days := _days(match["when"], newest)):
            left = " ".join(f"{asked[: match.start()]} {asked[match.end() :]}".split()).strip(" ,")
            return left, When(match["when"].strip(" ,"), *days)
    return None


def _days(words: str, newest: date | None) -> tuple[date | None, date | None] | None:
    return days_meant(words, newest) if newest else (None, None)


def days_meant(words: str, newest: date) -> tuple[date | None, date | None] | None:
    """The first and the last day that the words mean; None is open, and no pair means that they are no time."""
    said = " ".join(words.lower().replace(",", " ").split())
    if between := re.fullmatch(
        r"(?:between|from|zwischen|von|vom)\s(.+?)\s(?:and|to|until|till|und|bis(?:\szum)?)\s(.+)", said
    ):
        ends = [_one_time(part, newest) for part in between.groups()]
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] and ends[0][0] <= ends[1][1] else None
    if bound := re.match(r"(?:since|seit|from|after|nach|before|vor|until|till|bis)\s(?:dem\s|der\s|zum\s)?", said):
        days = _one_time(said[bound.end() :], newest)
        return _BOUNDS[bound[0].split()[0]](*days) if days else None
    return _one_time(re.sub(r"^(?:on|in|at|during|over|within|am|im|in der|in den|zur)\s", "", said), newest)


_BOUNDS: dict[str, Callable[[date, date], tuple[date | None, date | None]]] = {
    **dict.fromkeys(("since", "seit", "from"), lambda first, last: (first, None)),
    **dict.fromkeys(("after", "nach"), lambda first, last: (last + timedelta(1), None)),
    **dict.fromkeys(("before", "vor"), lambda first, last: (None, first - timedelta(1))),
    **dict.fromkeys(("until", "till", "bis"), lambda first, last: (None, last)),
}


def day_told(told: str, published: date) -> date | None:
    """The day on which something was said by what the article tells of it: "said on Monday", "told us yesterday"."""
    if named := _TOLD.search(told):
        days = _one_time(named[0].lower(), published)
        return days[0] if days else None
    return None


_TOLD = re.compile(rf"\b(?:{'|'.join((*_WEEKDAY, 'yesterday', 'gestern'))})\b", re.IGNORECASE)


def _one_time(said: str, newest: date) -> tuple[date, date] | None:
    said = re.sub(r"^(?:the|den|der|dem)\s|\s(?:morning|afternoon|evening|night|früh|morgen|abend)$", "", said)
    try:
        return next(
            (days for pattern, read in _TIMES if (m := re.fullmatch(pattern, said)) and (days := read(m, newest))), None
        )
    except (ValueError, OverflowError):  # 31 February
        return None


def _day(match: re.Match[str], newest: date) -> tuple[date, date]:
    """A date; without a year the latest that is not after the newest day."""
    month, day = _MONTH[match["month"]], int(match["day"])
    if match["year"]:
        found = date(int(match["year"]), month, day)
    else:
        found = date(newest.year, month, day)
        found = found if found <= newest else date(newest.year - 1, month, day)
    return found, found


def _iso(match: re.Match[str], newest: date) -> tuple[date, date]:
    found = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return found, found


def _month(match: re.Match[str], newest: date) -> tuple[date, date]:
    """A month; without a year the latest that has begun, and "last December" the latest that is over."""
    month, groups = _MONTH[match["month"]], match.groupdict()
    if groups.get("year"):
        return _whole_month(int(match["year"]), month)
    running = month == newest.month and not groups.get("last")
    year = newest.year if month < newest.month or running else newest.year - 1
    first, last = _whole_month(year, month)
    return first, min(last, newest)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(1)


def _weekday(match: re.Match[str], newest: date) -> tuple[date, date]:
    """The latest such day, the newest day included unless "last" is said."""
    back = (newest.weekday() - _WEEKDAY[match["weekday"]]) % 7
    found = newest - timedelta(back or (7 if match["last"] else 0))
    return found, found


def _year(match: re.Match[str], newest: date) -> tuple[date, date]:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _recent(match: re.Match[str], newest: date) -> tuple[date, date]:
    """The last so many days, weeks, months, years, up to the newest day."""
    number = match["number"] or "1"
    count = _NUMBER.get(number) or int(number)
    unit = next(days for name, days in _UNITS.items() if match["unit"].startswith(name))
    return newest - timedelta(count * unit - 1), newest


def _this(match: re.Match[str], newest: date) -> tuple[date, date]:
    return _period(match["unit"], newest)[0], newest


def _last(match: re.Match[str], newest: date) -> tuple[date, date]:
    """The week, month or year before the one that the newest day lies in; the latest weekend that is over."""
    first, last = _period(match["unit"], newest)
    return (first, last) if last < newest else _period(match["unit"], first - timedelta(1))


def _period(unit: str, day: date) -> tuple[date, date]:
    """The week (from Monday), weekend, month or year that has this day."""
    if unit in ("weekend", "wochenende"):
        saturday = day - timedelta((day.weekday() - 5) % 7)
        return saturday, saturday + timedelta(1)
    if unit.startswith(("week", "woche")):
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(6)
    if unit.startswith(("month", "monat")):
        return _whole_month(day.year, day.month)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _days_back(days: int) -> Callable[[re.Match[str], date], tuple[date, date]]:
    return lambda match, newest: (newest - timedelta(days), newest - timedelta(days))


_UNIT = r"(?P<unit>weekend|wochenende|week|month|year|woche|monat|jahr)"
_TIMES: tuple[tuple[str, Callable[[re.Match[str], date], tuple[date, date]]], ...] = (
    (r"today|heute|now", _days_back(0)),
    (r"yesterday|gestern", _days_back(1)),
    (r"(?:day before yesterday|vorgestern)", _days_back(2)),
    (r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    (rf"(?P<last>{_LAST}\s)?(?P<weekday>{'|'.join(_WEEKDAY)})", _weekday),
    (rf"{_D}\s(?:of\s)?{_M}(?:\s{_Y})?", _day),
    (rf"{_M}\s(?:the\s)?{_D}(?:\s{_Y})?", _day),
    (rf"{_M}\s(?:of\s)?{_Y}", _month),
    (rf"(?:(?P<last>{_LAST})\s|{_THIS}\s)?{_M}", _month),
    (rf"(?:year\s|jahr\s|jahre\s)?{_Y}", _year),
    (rf"{_THIS}\s{_UNIT}", _this),
    (rf"{_LAST}\s{_UNIT}", _last),
    (
        rf"{_LAST}\s(?P<number>\d{{1,3}}|{'|'.join(_NUMBER)})\s(?P<unit>day|week|month|year|tage|woche|monat|jahr)e?[sn]?",
        _recent,
    ),
)

# What may be a time, to be read by days_meant: a preposition or none, and words for days. After "about" it is a topic.
_ONE = (
    rf"(?:the\s|den\s|der\s|dem\s)?(?:today|heute|yesterday|gestern|vorgestern|day\sbefore\syesterday|\d{{4}}-\d\d-\d\d"
    rf"|(?:{_LAST}\s)?(?:{'|'.join(_WEEKDAY)})(?:\s(?:morning|afternoon|evening|night))?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?(?:{'|'.join(_MONTH)})\b\.?(?:,?\s(?:19|20)\d\d)?"
    rf"|(?:(?:{_LAST}|{_THIS})\s)?(?:{'|'.join(_MONTH)})\b\.?(?:\s(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,?\s(?:of\s)?(?:19|20)\d\d)?"
    rf"|(?:year\s|jahre?\s)?(?:19|20)\d\d"
    rf"|(?:{_LAST}|{_THIS})\s(?:(?:\d{{1,3}}|{'|'.join(_NUMBER)})\s)?(?:days?|tagen?|weekend|wochenende|weeks?|wochen?|months?|monaten?|years?|jahren?))"
)
_WITH = r"on|in|at|during|over|within|since|after|before|until|till|from|am|im|in\sder|in\sden|seit|nach|vor|bis"
_RANGE = rf"(?:between|from|zwischen|von|vom)\s{_ONE}\s(?:and|to|until|till|und|bis)\s{_ONE}"
# A bare month or year is no time ("may", "2025"): only what cannot be anything else may lack its preposition.
_PLAIN = rf"today|heute|yesterday|gestern|vorgestern|{_LAST}|{_THIS}|\d|{'|'.join(_WEEKDAY)}"
_BARE = rf"(?={_PLAIN})(?!(?:19|20)\d\d\b(?!-)){_ONE}"
_TIME = rf"(?P<when>{_RANGE}|(?:{_WITH})\s{_ONE}|{_BARE})"
_AT_END = re.compile(rf"(?<!about)(?<!über)(?:^|\s|,\s){_TIME}$", re.IGNORECASE)
_AT_START = re.compile(rf"^{_TIME}\b,?\s(?=\S)", re.IGNORECASE)
_BEFORE_TOPIC = re.compile(
    rf"(?<!about)(?:\s|,\s){_TIME}(?=\s(?:about|regarding|concerning|on|over|gesagt|zu|zum|zur|über)\b)", re.IGNORECASE
)

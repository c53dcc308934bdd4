"""Words for a time in a question or an article ("last week", "in December 2025") -> the days that they mean.

One table (:data:`_RULES`) reads times, and the patterns that find them are made of the same rules.
Promises: a range is never empty and ends with the day that is counted from at the latest, unless the words themselves
name a later one. That day is today where the archive is live, else the day of its newest article. A year or a full date
that is written out is taken as it stands. A weekday, a month or a day without a year is the latest that has begun. Of a
date in numbers the day comes first ("5/12/2025" is in December), unless it can only be the month.

Of an article's own words (:func:`times_in`) the day that is counted from is the article's.

What it does not know: what happened then (the caller looks at what a time stands beside), and holidays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa.lazily import pattern
from qa.text.vocabulary import CARDINALS, CARDINALS_GERMAN, MONTHS, MONTHS_GERMAN, WEEKDAYS, WEEKDAYS_GERMAN

__all__ = ["When", "day_to_count_from", "days_meant", "find_time", "names_weekday", "times_in"]

_MONTH = {name: number for names in (MONTHS, MONTHS_GERMAN) for number, name in enumerate(names, start=1)}
_MONTH |= {name[:3]: number for name, number in _MONTH.items() if name[:3] not in ("mär", "mai")} | {"sept": 9}
_WEEKDAY = {name: number for names in (WEEKDAYS, WEEKDAYS_GERMAN) for number, name in enumerate(names)}
_WEEKDAY["sonnabend"] = _WEEKDAY["samstag"]
_NUMBERS = ("zero", *CARDINALS[:10])
_ZAHLEN = ("null", "einem", *CARDINALS_GERMAN[1:10])
_NUMBER = {word: number for words in (_NUMBERS, _ZAHLEN) for number, word in enumerate(words)}
_NUMBER |= {"a": 1, "an": 1, "einer": 1}

_LIVE = timedelta(7)  # an archive whose newest article is younger is counted from today
_M = rf"(?P<month>{'|'.join(sorted(_MONTH, key=len, reverse=True))})\b\.?"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_Y = r"(?P<year>(?:19|20)\d\d)"
_N = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS[1:])}|an?)"
_LAST = r"(?:last|previous|letzte[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?)"
_RECENT = rf"(?:past|{_LAST})"
_THIS = r"(?:this|diese[nmrs]?)"
_UNITS = {"day": 1, "tag": 1, "week": 7, "woche": 7, "month": 30, "monat": 30, "year": 365, "jahr": 365}
_UNIT = r"(?P<unit>weekend|wochenende|week|month|year|woche|monat|jahr)"
_SEVERAL = r"(?P<unit>day|week|month|year|tag|woche|monat|jahr)e?[sn]?"

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class When:
    """Words of a question that give a time, and the days that they mean, both inclusive; None is open.

    ``relative`` says that they mean other days when they are counted from another day.
    """

    words: str
    first: date | None
    last: date | None
    relative: bool = False


def day_to_count_from(newest: date | None, today: date | None) -> date | None:
    """Today where the archive is live, its newest article less than a week old; else the day of that article.

    An archive of 2019 has its own "last week".
    """
    if newest is None or today is None:
        return newest
    return today if timedelta(0) <= today - newest < _LIVE else newest


def find_time(asked: str, newest: date | None) -> tuple[str, When] | None:
    """Split a question into what is left of it without its time, and the time.

    A time stands at the end, at the beginning, or before "about" and its like, and after no word that makes it a topic
    ("about Monday", "Monday Night Football"). None when there is no time, or none that can be read as days.

    Args:
        asked: the question on one line, without its question mark.
        newest: the day from which relative times are counted; None finds words and no days.
    """
    if not _SIGN.search(asked):
        return None
    for place in (_AT_END, _AT_START, _BEFORE_TOPIC):
        if (match := place.search(asked)) and (days := _days(match["when"], newest)):
            left = " ".join(f"{asked[: match.start()]} {asked[match.end() :]}".split()).strip(" ,")
            words = match["when"].strip(" ,")
            return left, When(words, *days, relative=bool(newest) and _days(words, _ANOTHER) != days)
    return None


def _days(words: str, newest: date | None) -> tuple[date | None, date | None] | None:
    return days_meant(words, newest) if newest else (None, None)


def days_meant(words: str, newest: date) -> tuple[date | None, date | None] | None:
    """The first and the last day that the words mean; None is open, and no pair means that they are no time."""
    said = " ".join(words.lower().split()).strip(" ,")
    if between := re.fullmatch(
        r"(?:between|from|zwischen|von|vom)\s(.+?)\s(?:and|to|until|till|und|bis(?:\szum)?)\s(.+)", said
    ):
        begins, until = between.groups()
        if (year := _YEAR.search(until)) and not _YEAR.search(begins):  # "between September 1 and 30 October 2022"
            begins = f"{begins} {year[0]}"
        ends = [_one_time(part, newest) for part in (begins, until)]
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] and ends[0][0] <= ends[1][1] else None
    if not _AGO.fullmatch(said) and (bound := _BOUND.match(said)):
        days = _one_time(said[bound.end() :], newest)
        return _BOUNDS[bound[0].split()[0]](*days) if days else None
    return _one_time(re.sub(r"^(?:on|in|at|during|over|within|am|im|in der|in den|zur)\s", "", said), newest)


_YEAR = pattern(r"\b(?:19|20)\d\d\b")
_BOUND = pattern(r"(?:since|seit|from|after|nach|before|vor|until|till|bis)\s(?:dem\s|der\s|zum\s)?")
_BOUNDS: dict[str, Callable[[date, date], tuple[date | None, date | None]]] = {
    **dict.fromkeys(("since", "seit", "from"), lambda first, last: (first, None)),
    **dict.fromkeys(("after", "nach"), lambda first, last: (last + timedelta(1), None)),
    **dict.fromkeys(("before", "vor"), lambda first, last: (None, first - timedelta(1))),
    **dict.fromkeys(("until", "till", "bis"), lambda first, last: (None, last)),
}


def times_in(text: str, day: date) -> Iterator[tuple[int, int, date, date]]:
    """Find the times that an article's text names: start and end in ``text``, first and last day, both inclusive.

    They are such as something can be said at ("on Thursday", "in 2019", "in a January interview"): no bound ("until
    Friday"), nothing that is to come ("next Friday"), no part of a name ("Friday's vote").

    Args:
        text: a stretch of an article.
        day: the day that relative times are counted from, which is the article's.
    """
    for match in _IN_TEXT.finditer(text):
        name = "when" if match["when"] else "event"
        words = match[name].rstrip(".")
        if _SMALL.search(words) or _NAME.search(words + text[match.end() : match.end() + 2]):
            continue
        first, last = days_meant(words, day) or (None, None)
        if first and last:
            yield match.start(name), match.start(name) + len(words), first, last


def names_weekday(words: str) -> bool:
    """Whether a time is a weekday without more: "on Monday", and neither "last Monday" nor "since Monday"."""
    return _A_WEEKDAY.fullmatch(words.strip(" ,")) is not None


def _one_time(said: str, newest: date) -> Days | None:
    said = re.sub(rf"^{_LEADING}", "", said)
    try:
        return next((rule.read(match, newest) for rule in _RULES if (match := re.fullmatch(rule.pattern, said))), None)
    except (ValueError, OverflowError):  # 31 February
        return None


def _day(match: re.Match[str], newest: date) -> Days:
    """A date; without a year the latest that is not after the newest day."""
    month, day = _MONTH[match["month"]], int(match["day"])
    if match["year"]:
        found = date(int(match["year"]), month, day)
    else:
        found = date(newest.year, month, day)
        found = found if found <= newest else date(newest.year - 1, month, day)
    return found, found


def _iso(match: re.Match[str], newest: date) -> Days:
    found = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return found, found


def _numeric(match: re.Match[str], newest: date) -> Days:
    """15/12/2025; where the first number cannot be the day of the second, it is the month: 12/15/2025."""
    year, one, two = (int(match[name]) for name in ("year", "day", "month"))
    found = date(year, two, one) if two <= 12 else date(year, one, two)
    return found, found


def _month(match: re.Match[str], newest: date) -> Days:
    """A month; without a year the latest that has begun, and "last December" the latest that is over."""
    month, groups = _MONTH[match["month"]], match.groupdict()
    if groups.get("year"):
        return _whole_month(int(match["year"]), month)
    running = month == newest.month and not groups.get("last")
    year = newest.year if month < newest.month or running else newest.year - 1
    first, last = _whole_month(year, month)
    return first, min(last, newest)


def _whole_month(year: int, month: int) -> Days:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(1)


def _weekday(match: re.Match[str], newest: date) -> Days:
    """The latest such day, the newest day included unless "last" is said."""
    back = (newest.weekday() - _WEEKDAY[match["weekday"]]) % 7
    found = newest - timedelta(back or (7 if match["last"] else 0))
    return found, found


def _year(match: re.Match[str], newest: date) -> Days:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _recent(match: re.Match[str], newest: date) -> Days:
    """The last so many days, weeks, months, years, up to the newest day."""
    unit = next(days for name, days in _UNITS.items() if match["unit"].startswith(name))
    return newest - timedelta(_count(match.groupdict().get("number")) * unit - 1), newest


def _ago(match: re.Match[str], newest: date) -> Days:
    """The day, week, month or year that was so many of them ago."""
    unit = next(name for name in _UNITS if match["unit"].startswith(name))
    count = _count(match["number"])
    if unit in ("month", "monat"):
        months = newest.year * 12 + newest.month - 1 - count
        return _whole_month(months // 12, months % 12 + 1)
    if unit in ("year", "jahr"):
        return date(newest.year - count, 1, 1), date(newest.year - count, 12, 31)
    day = newest - timedelta(count * _UNITS[unit])
    return (day, day) if _UNITS[unit] == 1 else _period(unit, day)


def _count(number: str | None) -> int:
    return 1 if number is None else _NUMBER.get(number) or int(number)


def _this(match: re.Match[str], newest: date) -> Days:
    return _period(match["unit"], newest)[0], newest


def _weekend(match: re.Match[str], newest: date) -> Days:
    first, last = _period(match["unit"], newest)
    return first, min(last, newest)


def _last(match: re.Match[str], newest: date) -> Days:
    """The week, month or year before the one that the newest day lies in; the latest weekend that is over."""
    first, last = _period(match["unit"], newest)
    return (first, last) if last < newest else _period(match["unit"], first - timedelta(1))


def _period(unit: str, day: date) -> Days:
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


def _days_back(days: int) -> Callable[[re.Match[str], date], Days]:
    return lambda match, newest: (newest - timedelta(days), newest - timedelta(days))


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one kind of time is worded, in small letters, and the days that it means.

    ``bare``: it cannot be anything else, so that it needs no preposition; "may" and "2025" do.
    """

    pattern: str
    read: Callable[[re.Match[str], date], Days]
    bare: bool = True


_LEADING = r"(?:(?:the|den|der|dem)\s)?(?:(?:early|late|mid|anfang|mitte|ende)[\s-])?"
_PART = r"(?:\s(?:morning|afternoon|evening|night|früh|morgen|vormittag|mittag|nachmittag|abend))?"
_WEEKDAYS_WORDED = "|".join(_WEEKDAY)
_ITS_WEEKDAY = rf"(?:(?:{_WEEKDAYS_WORDED}),?\s(?:the\s|den\s)?)?"  # "Thursday, January 9"
_RULES = (
    _Rule(rf"(?:today|heute){_PART}|tonight|{_THIS}\s(?:morning|afternoon|evening)", _days_back(0)),
    _Rule(rf"(?:yesterday|gestern){_PART}|last\snight", _days_back(1)),
    _Rule(r"day\sbefore\syesterday|vorgestern", _days_back(2)),
    _Rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _Rule(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)", _numeric),
    _Rule(rf"{_ITS_WEEKDAY}{_D}\s(?:of\s)?{_M}(?:,?\s{_Y})?", _day),
    _Rule(rf"{_ITS_WEEKDAY}{_M}\s(?:the\s)?{_D}(?!\d)(?:,?\s{_Y})?", _day),
    _Rule(rf"(?P<last>{_LAST}\s)?(?P<weekday>{_WEEKDAYS_WORDED}){_PART}", _weekday),
    _Rule(rf"{_M},?\s(?:of\s)?{_Y}", _month, bare=False),
    _Rule(rf"(?:(?P<last>{_LAST})|{_THIS})\s{_M}", _month),
    _Rule(_M, _month, bare=False),
    _Rule(rf"(?:year\s|jahre?\s)?{_Y}", _year, bare=False),
    _Rule(rf"{_THIS}\s{_UNIT}", _this),
    _Rule(r"(?P<unit>weekend|wochenende)", _weekend, bare=False),
    _Rule(rf"past\s{_SEVERAL}", _recent),
    _Rule(rf"{_LAST}\s{_UNIT}", _last),
    _Rule(rf"{_RECENT}\s{_N}\s{_SEVERAL}", _recent),
    _Rule(rf"{_N}\s{_SEVERAL}\sago", _ago),
    _Rule(rf"vor\s(?P<number>\d{{1,3}}|einer|{'|'.join(_ZAHLEN[1:])})\s{_SEVERAL}", _ago),
)
_AGO = pattern(_RULES[-1].pattern)
# What every one of them has: looked for first, since the patterns below are long and take time to be compiled.
_OTHERS = "tonight|morning|afternoon|evening|night|today|heute|yesterday|gestern|vorgestern|weekend|wochenende"
_SIGN = pattern(
    rf"\d|(?<!\w)(?:{'|'.join((*_MONTH, *_WEEKDAY))}|{_OTHERS}|(?:{'|'.join(_UNITS)})e?[sn]?)(?!\w)",
    re.IGNORECASE,
)
_ANOTHER = date(1904, 2, 29)  # a day from which nothing relative means what it means from a day of the news


def _any_of(rules: Iterable[_Rule]) -> str:
    """A pattern without groups for a time by any of these rules."""
    patterns = (rule.pattern for rule in rules)
    written = (re.sub(r"\(\?P<\w+>", "(?:", one.replace("(?P=mark)", "[/.-]")) for one in patterns)
    return rf"{_LEADING}(?:{'|'.join(written)})(?!\w)"


# What is a time: a preposition, or none where it cannot be anything else. After "about" it is a topic.
_ONE = _any_of(_RULES)
_WITH = r"on|in|at|during|over|within|since|after|before|until|till|from|am|im|in\sder|in\sden|seit|nach|vor|bis"
_RANGE = rf"(?:between|from|zwischen|von|vom)\s{_ONE}\s(?:and|to|until|till|und|bis)\s{_ONE}"
_TIME = rf"(?P<when>{_RANGE}|(?:{_WITH})\s{_ONE}|{_any_of(rule for rule in _RULES if rule.bare)})"
_AT_END = pattern(rf"(?<!about)(?<!über)(?:^|\s|,\s){_TIME}$", re.IGNORECASE)
_AT_START = pattern(rf"^{_TIME}\b,?\s(?=\S)", re.IGNORECASE)
_BEFORE_TOPIC = pattern(
    rf"(?<!about)(?:\s|,\s){_TIME}(?=\s(?:about|regarding|concerning|on|over|gesagt|zu|zum|zur|über)\b)", re.IGNORECASE
)

# What an article says of when: at a time, or at something that is named by its time ("in a January interview").
_AT = r"on|in|at|during|over|within|am|im|in\sder|in\sden"
_NO_TIME_AFTER = "".join(
    rf"(?<!\b{word}\s)"
    for word in ("next", "until", "till", "since", "before", "after", "by", "from", "to", "every", "each")
)
_IN_TEXT = pattern(
    rf"(?<![\w-]){_NO_TIME_AFTER}(?:(?:in|at|during|from|on)\s(?:an?|his|her|its|their)\s(?P<event>{_ONE})(?=\s\w)"
    rf"|(?P<when>(?:{_AT})\s{_ONE}|{_any_of(rule for rule in _RULES if rule.bare)})(?!['’]s|-\w))",
    re.IGNORECASE,
)
_SMALL = pattern(rf"\b(?:{'|'.join((*_MONTH, *_WEEKDAY))})\b")  # "in may", "4 may": months are printed otherwise
_NAME = pattern(r"\b[A-Z]{2,}\b|\bthe\s\w+\s[A-Z]|\bThe\s")  # "USA TODAY", "the Sunday Times"
_A_WEEKDAY = pattern(rf"(?:(?:on|am)\s)?(?:{_WEEKDAYS_WORDED}){_PART}", re.IGNORECASE)

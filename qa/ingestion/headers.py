"""The lines at the top of a plain-text article -> title, date, byline, standfirst, and the rest as body.

A head is what stands before the first paragraph that reads like prose. A title that is printed twice is certain;
otherwise the first line of some length is taken. What is neither recognised nor a short label stays in the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from qa.ingestion.cleaning import same_line
from qa.ingestion.dates import parse_date, parse_moment
from qa.ingestion.furniture import is_furniture
from qa.text import sentence_spans

__all__ = ["Header", "find_dateline", "read_header"]

_HEAD_LINES = 12
_PROSE_END = re.compile(r"[.…:;][\"'”’»)\]]*\Z|[.,?!][\"”»]\Z")
_LABELLED = re.compile(
    r"(?P<label>title|headline|by|author|byline|published(?: on)?|publication date|date|(?:last )?updated(?: on)?|"
    r"modified|source|outlet|publication|url|link|dateline|standfirst)"
    r"(?:\s*:\s*|(?<=ed)\s+|(?<=ed on)\s+)(?P<value>\S.*)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:By|Von|Par) (?P<names>[^\W\d_a-z][\w.’'-]*(?:,? (?:[^\W\d_a-z][\w.’'-]*|and|und|et|for|of|in|de|van|von))*)"
)
_LABEL_LINE = re.compile(r"(?:[\w&]+ ){0,3}(?:latest )?news", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.’'-]*(?:,? [^\W\d_a-z][\w.’'-]*){0,4}?)(?P<agency> \([^)]{2,30}\)| CNN(?: ?Business)?)?"
    r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?P<mark> : | [—–] ?| -{1,2} )(?P<next>[\"“‘A-Z]|\Z)"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says; ``body`` is everything that it does not account for."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    dateline: str | None = None
    standfirst: str | None = None
    published: date | None = None
    modified: datetime | None = None
    body: Sequence[str] = ()


@dataclass(slots=True)
class _Head:
    """Lines by kind, each with its position in the head."""

    texts: list[tuple[int, str]] = field(default_factory=list)
    dates: list[tuple[int, date]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def read_header(paragraphs: Sequence[str], *, title: str | None = None) -> Header:
    """Split off the head; a text that begins with prose has none, and nothing of it is lost.

    ``title`` is the line that is known to be the title.
    """
    size = next((i for i, p in enumerate(paragraphs[:_HEAD_LINES]) if _is_prose(p)), min(1, len(paragraphs) - 1))
    head = _sort_lines(paragraphs[:size])
    title = title or head.facts.get("title") or _choose_title([line for _, line in head.texts])
    places = [place for place, line in head.texts if same_line(line, title)] or [-1]
    rest = [(place, line) for place, line in head.texts if not same_line(line, title)]
    standfirst = head.facts.get("standfirst") or next(
        (line for place, line in rest if place > places[-1] and len(line.split()) >= 5), None
    )
    left = [line for place, line in rest if line != standfirst and (place > places[-1] or len(line.split()) > 4)]
    return Header(
        title=title,
        byline=head.facts.get("byline"),
        outlet=head.facts.get("outlet"),
        url=head.facts.get("url"),
        dateline=head.facts.get("dateline"),
        standfirst=standfirst,
        published=_choose_date(head, places[-1]),
        modified=parse_moment(head.facts.get("modified", "")),
        body=[*left, *paragraphs[size:]],
    )


def find_dateline(paragraph: str) -> str | None:
    """The place that a story is filed from, as in "Berlin : …", "KYIV, Ukraine (AP) — …"; None without one."""
    found = _DATELINE.match(paragraph)
    if found is None or len(found["place"]) > 40 or found["place"].startswith("CNN"):
        return None
    certain = found["agency"] or found["place"].isupper() or "-" not in found["mark"]
    return found["place"] if certain else None


def _is_prose(paragraph: str) -> bool:
    """Say whether a paragraph is running text, and not a headline, a label, a date or a name."""
    if (
        parse_date(paragraph)
        or is_furniture(paragraph)
        or _LABELLED.fullmatch(paragraph)
        or _BYLINE.fullmatch(paragraph)
    ):
        return False
    words = len(paragraph.split())
    return words > 40 or bool(_PROSE_END.search(paragraph)) or (words >= 12 and len(sentence_spans(paragraph)) > 1)


def _sort_lines(lines: Sequence[str]) -> _Head:
    head = _Head()
    for place, line in enumerate(lines):
        labelled, byline = _LABELLED.fullmatch(line), _BYLINE.fullmatch(line)
        if day := parse_date(line):
            head.dates.append((place, day))
        elif byline:
            head.facts.setdefault("byline", byline["names"])
        elif labelled:
            _note(head, place, labelled["label"].lower(), labelled["value"])
        elif not is_furniture(line) and not _LABEL_LINE.fullmatch(line):
            head.texts.append((place, line))
    return head


def _note(head: _Head, place: int, label: str, value: str) -> None:
    """File a line such as "Published: Dec 15, 2025" under what it says."""
    names = {
        "headline": "title",
        "by": "byline",
        "author": "byline",
        "source": "outlet",
        "publication": "outlet",
        "link": "url",
    }
    if "updated" in label or label == "modified":
        head.facts["modified"] = value
    elif "date" in label.split() or label.startswith("published") or label == "publication date":
        if day := parse_date(value):
            head.dates.append((place, day))
    else:
        head.facts.setdefault(names.get(label, label), value)


def _choose_title(lines: Sequence[str]) -> str | None:
    repeated = (line for i, line in enumerate(lines) if any(same_line(line, other) for other in lines[i + 1 :]))
    long_enough = (line for line in lines if len(line.split()) >= 3)
    return next(repeated, None) or next(long_enough, None) or next(iter(lines), None)


def _choose_date(head: _Head, title_place: int) -> date | None:
    """The article's own date stands below its title; one above is mostly the day of the crawl."""
    below = (day for place, day in head.dates if place > title_place)
    return next(below, None) or next((day for _, day in reversed(head.dates)), None)

"""One record of named fields -> a draft.

Understands the archive tool's rows (``headline``, ``publish_date``, ``content``), schema.org NewsArticle with JSON-LD
(``articleBody``, ``datePublished``), IPTC ninjs 1.x to 3.x (``body_text``, ``bodies``, ``versioncreated``) and front
matter: one table of names, compared without case. A date that cannot be read is an error and not a missing date.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.dates import parse_date, parse_moment
from qa.ingestion.sources import is_address
from qa.protocols import Draft

__all__ = ["draft_of", "without_markup"]

_BODY = ("content", "articlebody", "body_text", "body_html", "body_xhtml", "bodies", "text", "body")
_TITLE = ("headline", "headlines", "title", "name")
_ADDRESS = ("url", "link", "canonicalurl", "mainentityofpage", "@id", "uri")
_PUBLISHED = ("publish_date", "datepublished", "published", "date", "firstcreated", "versioncreated", "datecreated")
_MODIFIED = ("datemodified", "modified", "updated", "versioncreated")
_BYLINE = ("byline", "by", "author", "authors", "creator")
_OUTLET = ("outlet", "publisher", "source", "sitename", "copyrightholder", "providers")
_LANGUAGE = ("language", "inlanguage")
_DATELINE = ("dateline", "located")
_MAX_DEPTH = 8  # no format nests a field deeper
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|dd|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|section|small|"
    r"span|strike|strong|sub|sup|table|td|time|tr|u|ul)\b[^<>]{0,2000}>|&(?:[a-z]{2,8}|#\d{2,7}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"address|article|blockquote|br|d[dlt]|div|figure|h[1-6r]|li|[ou]l|p|pre|section|t(?:able|d|r)")


def draft_of(
    record: Mapping[str, Any], *, source: str, home: str, line: int | None = None, clutter: bool = True
) -> Draft:
    """Read one record.

    Args:
        record: named fields.
        source: the file, for messages.
        home: address of the file; a record with no address of its own is found at ``home#id`` or ``home#L<line>``.
        line: where the record starts, where a file holds several.
        clutter: whether the body may hold a page's furniture.

    Raises:
        SourceError: there is no text, or a date or markup cannot be read.
    """
    fields = {str(name).lower(): value for name, value in record.items() if value not in (None, "", [], {})}
    try:
        published, modified = _when(fields, _PUBLISHED), _when(fields, _MODIFIED)
    except ValueError as error:
        raise SourceError(source, str(error), line=line, remedy="Write dates as YYYY-MM-DD.") from error
    body = _first(fields, _BODY, "\n\n")
    if body is None:
        raise SourceError(source, f"no text in any of the fields {', '.join(_BODY)}", line=line)
    try:
        body = without_markup(body)
    except ValueError as error:
        raise SourceError(source, f"the text's markup cannot be read: {error}", line=line) from error
    return Draft(
        location=_location(fields, home, line),
        body=body,
        title=_title(fields),
        byline=_first(fields, _BYLINE),
        outlet=_first(fields, _OUTLET),
        published=_day(published),
        modified=_moment(modified),
        language=_first(fields, _LANGUAGE),
        standfirst=_first(fields, ("standfirst",)),
        dateline=_first(fields, _DATELINE),
        clutter=clutter,
        line=line,
    )


def _first(fields: Mapping[str, Any], names: tuple[str, ...], separator: str = ", ") -> str | None:
    """The first of these fields that says something, as text."""
    texts = (_text(fields[name], separator) for name in names if name in fields)
    return next((text for text in texts if text), None)


def _title(fields: Mapping[str, Any]) -> str | None:
    title = _first(fields, _TITLE)
    try:
        return without_markup(title).strip() if title else None
    except ValueError:  # then it is what it says
        return title


def _text(value: object, separator: str, depth: int = 0) -> str:
    """Flatten what the formats allow: a string, an object with a name or a value, or a list of either."""
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return next(
            (_text(value[key], separator, depth + 1) for key in ("value", "name", "literal", "@id") if value.get(key)),
            "",
        )
    if isinstance(value, list):
        main = [item for item in value if isinstance(item, Mapping) and item.get("role") in ("main", "mainheadline")]
        parts = dict.fromkeys(_text(item, separator, depth + 1) for item in (main or _rendition(value)))
        return separator.join(part for part in parts if part)
    return ""


def _rendition(items: list[Any]) -> list[Any]:
    """Of one text in several formats (ninjs ``bodies``) the one that keeps its paragraphs; other lists as they are."""
    formats = {
        str(item.get("contenttype") or "").lower(): item
        for item in reversed(items)
        if isinstance(item, Mapping) and item.get("value")
    }
    if len(formats) < 2 or "" in formats:
        return items
    marked = next((item for name, item in formats.items() if "html" in name), None)
    return [marked or next(reversed(formats.values()))]


def _when(fields: Mapping[str, Any], names: tuple[str, ...]) -> date | str | None:
    name = next((name for name in names if name in fields), None)
    if name is None:
        return None
    value = fields[name]
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or (parse_date(value) is None and parse_moment(value) is None):
        raise ValueError(f"{name} {reprlib.repr(value)} is not a date")
    return value


def _day(value: date | str | None) -> date | None:
    """The day as printed: in the time zone that the record names, not in ours."""
    if isinstance(value, str):
        moment = parse_moment(value)
        return moment.date() if moment else None
    return value.date() if isinstance(value, datetime) else value


def _moment(value: date | str | None) -> datetime | None:
    return parse_moment(value if isinstance(value, str) else value.isoformat()) if value else None


def _location(fields: Mapping[str, Any], home: str, line: int | None) -> str:
    """The record's own http(s) address; else the file's, with the record's id or line behind it."""
    names = [name for field in _ADDRESS if (name := _first(fields, (field,)))]
    if own := next(filter(None, map(web_address, names)), None):
        return own
    identifier = _first(fields, ("id",)) or next((name for name in names if not is_address(name)), None)
    if identifier:  # a lone surrogate goes through, so that two ids that differ only in one stay two
        return f"{home.partition('#')[0]}#{quote(identifier, safe='/:.-_', errors='surrogatepass')}"
    return home if line is None else f"{home}#L{line}"


class _Blocks(HTMLParser):
    """Collects the text of an XHTML fragment, a line per block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style") and self.silent > 0
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def without_markup(text: str) -> str:
    """Take tags and character references (HTML entities) out of a text that has any; another stays as it is.

    Raises:
        ValueError: the markup cannot be read.
    """
    if not _MARKUP.search(text):
        return text
    blocks = _Blocks()
    try:
        blocks.feed(text)
        blocks.close()
    except AssertionError as error:  # html.parser's word for a marked section that it does not know, <![x[
        raise ValueError(str(error)) from error
    return "".join(blocks.pieces)

"""One record of named fields -> a draft.

Understands the archive tool's rows (``headline``, ``publish_date``, ``content``), schema.org NewsArticle with JSON-LD
(``articleBody``, ``datePublished``), IPTC ninjs 1.x to 3.x (``body_text``, ``bodies``, ``versioncreated``) and front
matter: one table of names, compared without case. A date that cannot be read is an error and not a missing date.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.dates import parse_date, parse_moment
from qa.ingestion.sources import is_address
from qa.protocols import Draft

__all__ = ["address_among", "draft_of", "record_in", "records_in", "without_markup"]

_WHOLE = (
    "content",
    "content_html",
    "content_text",
    "article_body",
    "body_text",
    "body_html",
    "body_xhtml",
    "bodies",
)
_BODY = (*_WHOLE, "text", "body")
_TITLE = ("headline", "headlines", "title", "web_title", "name")
_ADDRESS = ("url", "link", "canonical_url", "web_url", "mainentityofpage", "@id", "uri")
_PUBLISHED = (
    "publish_date",
    "date_published",
    "published_date",
    "published_at",
    "published",
    "publication_date",
    "web_publication_date",
    "pub_date",
    "date",
    "firstcreated",
    "versioncreated",
    "datecreated",
)
_MODIFIED = ("date_modified", "modified", "modified_at", "updated", "updated_at", "last_modified", "versioncreated")
_BYLINE = ("byline", "bylines", "by", "author", "authors", "creator")
_OUTLET = ("outlet", "publisher", "source", "sitename", "copyrightholder", "providers")
_LANGUAGE = ("language", "inlanguage")
_DATELINE = ("dateline", "located")
_NOTE = ("ednote", "ed_note", "correction", "corrections", "correction_notice", "editors_note")
_SAYING = ("value", "name", "literal", "rendered", "node", "@id")
_GONE = ("canceled", "cancelled", "withheld")
_WRAPPED = 4  # how deep the records of an answer of an API may lie
_MAX_DEPTH = 8  # no format nests a field deeper
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|dd|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|section|small|"
    r"span|strike|strong|sub|sup|table|td|time|tr|u|ul)\b[^<>]{0,2000}>|&(?:[a-z]{2,8}|#\d{2,7}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"address|article|blockquote|br|d[dlt]|div|figure|h[1-6r]|li|[ou]l|p|pre|section|t(?:able|r)")
_SPACE = re.compile(r"\s+")
_CELL = "\x1f"
_SILENT = ("script", "style")
_PICTURES = ("img", "picture", "video", "audio", "iframe", "amp-img", "object", "embed")
_CAPTION_TAGS = ("p", "div", "span", "dd", "small", "em")
_CAPTION = re.compile(r"(?:^|[\s_-])captions?(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_CAPTION = 500  # code points


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
    fields = {_folded(str(name)): value for name, value in record.items() if value not in (None, "", [], {})}
    status = str(fields.get("pubstatus", "")).lower()
    if status in _GONE:
        raise SourceError(source, f"its provider has {status} it", line=line)
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
        title=_plain(fields, _TITLE),
        byline=_first(fields, _BYLINE),
        outlet=_first(fields, _OUTLET),
        published=_day(published),
        modified=_moment(modified),
        language=_first(fields, _LANGUAGE),
        standfirst=_first(fields, ("standfirst",)),
        dateline=_first(fields, _DATELINE),
        clutter=clutter,
        line=line,
        note=_plain(fields, _NOTE),
    )


def records_in(found: object) -> list[object]:
    """The records of a JSON file: its list, or the list in it that holds articles, wherever its wrapping has it.

    So a search's ``{"response": {"docs": […]}}`` and a JSON Feed's ``items`` are read alike; what a feed says of itself
    holds for its items. Anything else is one record.
    """
    if isinstance(found, list):
        return [record_in(each) for each in found]
    if not isinstance(found, dict) or _is_article(found):
        return [record_in(found)]
    level = [found]
    for _ in range(_WRAPPED):
        values = [value for holder in level for value in holder.values()]
        lists = [each for each in values if isinstance(each, list) and any(_is_article(record_in(one)) for one in each)]
        if lists:
            return [_of_feed(found, record_in(one)) for each in lists for one in each]
        level = [each for each in values if isinstance(each, dict)]
    return [record_in(found)]


def record_in(item: object) -> object:
    """The record of an item that wraps it (``_source``, ``fields``, ``attributes``, ``node``); others as they are."""
    if not isinstance(item, dict) or _has(item, _BODY):
        return item
    inner = [(name, each) for name, each in item.items() if isinstance(each, dict)]
    for name, each in inner:
        if _is_article(each) or _has(each, _WHOLE):
            return {**{key: value for key, value in item.items() if key != name}, **each}
    return item


def _of_feed(feed: Mapping[str, Any], item: object) -> object:
    """An item of a JSON Feed (https://jsonfeed.org/version/1.1) with what the feed says for all of them."""
    if not isinstance(item, dict) or "jsonfeed.org/version/" not in str(feed.get("version", "")):
        return item
    said = {"outlet": feed.get("title"), "language": feed.get("language"), "authors": feed.get("authors")}
    return {**said, **item}


def _is_article(item: object) -> bool:
    return isinstance(item, dict) and _has(item, _BODY) and _has(item, (*_TITLE, *_ADDRESS, *_PUBLISHED))


def _has(item: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    keys = {_folded(name) for name in names}
    return any(_folded(str(name)) in keys and value for name, value in item.items())


def _folded(name: str) -> str:
    """A field's name as it is compared: "datePublished", "date_published" and "date-published" are one."""
    return name.lower().replace("_", "").replace("-", "")


def _first(fields: Mapping[str, Any], names: tuple[str, ...], separator: str = ", ") -> str | None:
    """The first of these fields that says something, as text."""
    texts = (_text(fields[key], separator) for key in map(_folded, names) if key in fields)
    return next((text for text in texts if text), None)


def _plain(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these fields that says something, without its markup."""
    said = _first(fields, names)
    try:
        return without_markup(said).strip() if said else None
    except ValueError:  # then it is what it says
        return said


def _text(value: object, separator: str, depth: int = 0) -> str:
    """Flatten what the formats allow: a string, an object with a name or a value, or a list of either."""
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return next(
            (_text(value[key], separator, depth + 1) for key in _SAYING if value.get(key)),
            "",
        )
    if isinstance(value, list):
        main = [item for item in value if isinstance(item, Mapping) and item.get("role") in ("main", "mainheadline")]
        parts = dict.fromkeys(_text(item, separator, depth + 1) for item in _rendition(main or value))
        return separator.join(part for part in parts if part)
    return ""


def _rendition(items: list[Any]) -> list[Any]:
    """Of one text in several formats (ninjs ``bodies``) the one that keeps its paragraphs; other lists as they are."""
    formats: dict[str, Any] = {}
    for item in reversed(items):
        told = {_folded(str(name)): value for name, value in item.items()} if isinstance(item, Mapping) else {}
        if told.get("value"):
            formats[str(told.get("contenttype") or "").lower()] = item
    if len(formats) < 2 or "" in formats:
        return items
    marked = next((item for name, item in formats.items() if "html" in name), None)
    return [marked or next(reversed(formats.values()))]


def _when(fields: Mapping[str, Any], names: tuple[str, ...]) -> date | str | None:
    name = next((name for name in names if _folded(name) in fields), None)
    if name is None:
        return None
    value = fields[_folded(name)]
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
    names = [name for field in _ADDRESS if (name := _first(fields, (field,)))]
    identifier = _first(fields, ("id",)) or next((name for name in names if not is_address(name)), None)
    return address_among(names, identifier, home, line)


def address_among(names: Iterable[str | None], identifier: str | None, home: str, line: int | None) -> str:
    """The first of these names that is an http(s) address; else the file's, with the identifier or line behind it."""
    if own := next((address for name in names if name and (address := web_address(name))), None):
        return own
    if identifier:  # a lone surrogate goes through, so that two ids that differ only in one stay two
        return f"{home.partition('#')[0]}#{quote(identifier, safe='/:.-_', errors='surrogatepass')}"
    return home if line is None else f"{home}#L{line}"


class _Blocks(HTMLParser):
    """Collects the text of an XHTML fragment, a line per block and per row of a table, without pictures' captions.

    Captions are what calls itself one, short and with an end, and are no more than there are pictures: what an article
    says stays, however its elements are named or left open.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent: str | None = None  # the element that is passed over
        self.pictures = 0
        self.figures: list[tuple[int, int]] = []  # how many pictures and captions were before each that is open
        self.captions: list[tuple[int, int]] = []  # which pieces they are
        self.caption: tuple[str, int] | None = None  # the element of the one that was begun, and its first piece
        self.within = 0  # elements of that name in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent is None and tag in _SILENT:
            self.silent = tag
        self.pictures += tag in _PICTURES
        if tag == "figure":
            self.figures.append((self.pictures, len(self.captions)))
        if self.caption is None:
            if tag == "figcaption" or (tag in _CAPTION_TAGS and _CAPTION.search(dict(attrs).get("class") or "")):
                self.caption, self.within = (tag, len(self.pieces)), 0
        elif tag == self.caption[0]:
            self.within += 1
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")
        elif tag in ("td", "th"):
            self.pieces.append(_CELL)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = None
        if self.caption is not None and tag == self.caption[0]:
            if not self.within:
                self.captions.append((self.caption[1], len(self.pieces)))
                self.caption = None
            self.within -= 1
        if tag == "figure" and self.figures:
            pictures, captions = self.figures.pop()
            if pictures == self.pictures:  # a quotation's, whose caption says whose
                del self.captions[captions:]
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.silent is None:
            self.pieces.append(_SPACE.sub(" ", data))

    def text(self) -> str:
        """What was collected, the cells of a row parted by bars."""
        if len(self.captions) <= self.pictures:
            for start, end in self.captions:
                if sum(map(len, self.pieces[start:end])) <= _LONGEST_CAPTION:
                    self.pieces[start:end] = [""] * (end - start)
        found = "".join(self.pieces)
        if _CELL not in found:
            return found
        lines = found.split("\n")
        return "\n".join(" | ".join(cell.strip() for cell in line.split(_CELL) if cell.strip()) for line in lines)


def without_markup(text: str) -> str:
    """Take tags and character references (HTML entities) out of a text; one without them stays as it is.

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
    return blocks.text()

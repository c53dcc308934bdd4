"""What a feed's address gave -> the feed and its items: RSS, Atom, RDF, JSON Feed, news sitemaps. Names feedparser.

Which of these it is, is told by what stands in it, since servers call feeds what they like. Promises: a feed that is
broken gives the items that can be read, with a word on what is wrong; an item is known by the same key every time (its
GUID, else its address, else its words); what an item says of its address, day and author is kept, dates only where they
can be read. Standards: https://www.rssboard.org/rss-specification, RFC 4287, https://www.jsonfeed.org/version/1.1/,
https://www.sitemaps.org/protocol.html. What this does not know: which items are new, and what stands on their pages.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException, SAXParseException

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.dates import parse_moment
from qa.ingestion.encodings import decode, decode_page
from qa.ingestion.fields import without_markup
from qa.ingestion.requesting import Reply
from qa.ingestion.trees import attribute, children, first, local, parsed, words
from qa.text import normalise

__all__ = ["ACCEPTED", "Feed", "Item", "read_feed"]

ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
_FEED_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_KEY = 32  # hexadecimal digits
_LONGEST_TTL_MIN = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Item:
    """One item as its feed has it.

    ``key`` tells it from the others of its feed, ``digest`` is another one when it has changed. ``content`` is what the
    feed gives as the item's text, ``summary`` what it gives as a description; both may hold markup.
    """

    key: str
    digest: str
    address: str | None
    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    language: str | None = None
    content: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its items in its order; ``problem`` is what is wrong with it, ``ttl_s`` how long it says it keeps."""

    kind: str
    title: str | None
    items: tuple[Item, ...]
    problem: str | None = None
    ttl_s: float = 0.0


def read_feed(reply: Reply, max_bytes: int) -> Feed:
    """Read what a feed's address gave.

    Raises:
        SourceError: it is no feed; where it is a page that names its feeds, the remedy does too.
    """
    body = _unpacked(reply, max_bytes)
    begin = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"{"):
        return _json_feed(reply, body)
    if b"<urlset" in begin or b"<sitemapindex" in begin:
        return _sitemap(reply, body)
    return _parsed(reply, body)


def _unpacked(reply: Reply, max_bytes: int) -> bytes:
    """The body, which sitemaps keep packed at rest too (``.xml.gz``)."""
    if not reply.body.startswith(b"\x1f\x8b"):
        return reply.body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(reply.body)) as packed:
            body = packed.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(reply.source, f"it cannot be unpacked: {error}") from error
    if len(body) > max_bytes:
        raise SourceError(reply.source, f"it unpacks to more than {max_bytes / 2**20:.0f} MiB")
    return body


# RSS, Atom, RDF


def _parsed(reply: Reply, body: bytes) -> Feed:
    import feedparser

    told = {"content-location": reply.address, "content-type": reply.headers.get("content-type", "")}
    found = feedparser.parse(io.BytesIO(body), response_headers=told, sanitize_html=False)
    version = str(found.get("version") or "")
    if not version and not found.entries:
        raise _no_feed(reply, body)
    about = found.feed
    language = _said(about, "language")
    problem = _broken(found.get("bozo_exception")) if found.bozo else None
    entries = found.entries
    if problem and len(_END.findall(body)) < len(entries):  # it is cut off in the middle of its last item
        entries = entries[:-1]
    items = [_item(entry, reply, language, atom=version.startswith("atom")) for entry in entries]
    return Feed(_name_of(version), _plain(_said(about, "title")), _once(items), problem, _ttl(_said(about, "ttl")))


def _broken(error: object) -> str | None:
    """What is wrong with the XML; nothing where only its label is."""
    if not isinstance(error, SAXException):
        return None
    line = error.getLineNumber() if isinstance(error, SAXParseException) else None
    where = "" if line is None else f" in line {line}"
    return f"it is not well-formed XML ({error.getMessage()}{where}); what could be read of it was read"


def _item(entry: Mapping[str, Any], reply: Reply, language: str | None, *, atom: bool) -> Item:
    link = _said(entry, "link") or _alternate(entry)
    guid = _said(entry, "id")
    content = "\n".join(str(part.get("value") or "") for part in entry.get("content") or ())
    # feedparser calls the first content of an Atom entry without a summary its summary, too
    summary = "" if content else _said(entry, "summary") or ""
    return _made(
        guid=guid,
        link=link or (guid if guid and guid.startswith(("http://", "https://")) else None),
        base=reply.address,
        title=_plain(_said(entry, "title")),
        byline=_authors(entry),
        published=_said(entry, "published") or (None if atom else _said(entry, "updated")),
        modified=_said(entry, "updated") if atom else None,
        language=language,
        content=content,
        summary=summary,
    )


def _alternate(entry: Mapping[str, Any]) -> str | None:
    return next((str(link["href"]) for link in entry.get("links") or () if link.get("href")), None)


def _authors(entry: Mapping[str, Any]) -> str | None:
    names = [str(each.get("name") or "").strip() for each in entry.get("authors") or () if isinstance(each, Mapping)]
    return "; ".join(dict.fromkeys(name for name in names if name and "@" not in name)) or None


def _said(fields: Mapping[str, Any], name: str) -> str | None:
    # feedparser would also give one field for another that is missing, with a warning
    value = dict.get(fields, name) if isinstance(fields, dict) else None
    return value.strip() or None if isinstance(value, str) else None


def _name_of(version: str) -> str:
    return "Atom" if version.startswith("atom") else "RDF" if version in {"rss090", "rss10"} else "RSS"


def _ttl(said: str | None) -> float:
    return 60.0 * min(_LONGEST_TTL_MIN, int(said)) if said and said.isdigit() and len(said) < 9 else 0.0


# JSON Feed


def _json_feed(reply: Reply, body: bytes) -> Feed:
    try:
        found = json.loads(decode(body, reply.source, declared=reply.charset))
    except (ValueError, RecursionError) as error:
        raise SourceError(reply.source, f"it is no feed: not JSON that can be read ({error})") from error
    if not isinstance(found, dict) or "jsonfeed.org/version/" not in str(found.get("version", "")):
        raise SourceError(reply.source, "it is no feed: JSON that is no JSON Feed")
    records = found.get("items")
    items = [_json_item(each, found, reply) for each in records if isinstance(each, dict)] if records else []
    return Feed("JSON Feed", _plain(_text(found, "title")), _once(items))


def _json_item(record: Mapping[str, Any], feed: Mapping[str, Any], reply: Reply) -> Item:
    authors = record.get("authors") or record.get("author") or feed.get("authors") or feed.get("author") or ()
    authors = [authors] if isinstance(authors, dict) else authors if isinstance(authors, list) else []
    names = [str(each.get("name") or "").strip() for each in authors if isinstance(each, dict)]
    identifier = record.get("id")
    return _made(
        guid=str(identifier) if isinstance(identifier, str | int) and str(identifier).strip() else None,
        link=_text(record, "url") or _text(record, "external_url"),
        base=reply.address,
        title=_plain(_text(record, "title")),
        byline="; ".join(filter(None, names)) or None,
        published=_text(record, "date_published"),
        modified=_text(record, "date_modified"),
        language=_text(record, "language") or _text(feed, "language"),
        content=_text(record, "content_html") or _text(record, "content_text") or "",
        summary=_text(record, "summary") or "",
    )


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return value.strip() or None if isinstance(value, str) else None


# News sitemaps


def _sitemap(reply: Reply, body: bytes) -> Feed:
    root = parsed(body, reply.source)
    if local(root) == "sitemapindex":
        places = [place for each in root if (place := words(first(each, "loc")))]
        remedy = f"Add one of them: {', '.join(places[:5])}."
        raise SourceError(reply.source, f"it is an index of {len(places)} sitemaps", remedy=remedy)
    pages = children(root, "url")
    told = [each for each in pages if first(each, "publication_date") is not None]
    if pages and not told:
        reason = f"it is a sitemap without news: it lists {len(pages)} pages and does not say which are articles"
        raise SourceError(reply.source, reason)
    items = [_sitemap_item(each, reply) for each in told]
    title = next((name for each in told if (name := words(first(each, "publication", "name")))), None)
    return Feed("News sitemap", _plain(title), _once(items))


def _sitemap_item(page: Any, reply: Reply) -> Item:
    place = next(iter(children(page, "loc")), None)
    changed = next(iter(children(page, "lastmod")), None)
    return _made(
        guid=None,
        link=words(place) or attribute(place, "href"),
        base=reply.address,
        title=_plain(words(first(page, "title"))),
        published=words(first(page, "publication_date")),
        modified=words(changed),
        language=words(first(page, "publication", "language")),
    )


# What they share


def _made(
    *,
    guid: str | None,
    link: str | None,
    base: str,
    title: str | None = None,
    byline: str | None = None,
    published: str | None = None,
    modified: str | None = None,
    language: str | None = None,
    content: str = "",
    summary: str = "",
) -> Item:
    address = web_address(urljoin(base, link)) if link else None
    words_of_it = (title or "", content, summary)
    name = guid or address or "\0".join((*words_of_it, published or ""))
    changed = "\0".join((*words_of_it, address or "", modified or ""))
    return Item(
        key=hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY],
        digest=hashlib.sha256(changed.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY],
        address=address,
        title=title,
        byline=byline,
        published=_moment(published),
        modified=_moment(modified),
        language=language,
        content=content,
        summary=summary,
    )


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each item once, the first of those that have the same key."""
    return tuple({item.key: item for item in reversed(list(items))}.values())[::-1]


def _moment(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        return parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return parse_moment(said)


def _plain(title: str | None) -> str | None:
    """A title on one line, as an article's is."""
    if not title:
        return None
    with suppress(ValueError):  # then it is what it says
        title = without_markup(title)
    return " ".join(normalise(title).split()) or None


def _no_feed(reply: Reply, body: bytes) -> SourceError:
    places = list(_feeds_of(reply, body)) if b"<html" in body[:4096].lower() else []
    if places:
        return SourceError(reply.source, "it is a page and no feed", remedy=f"Its feeds are {', '.join(places[:5])}.")
    if b"<html" in body[:4096].lower():
        reason, remedy = "it is a page and no feed, and names none", "An article's page is put in with `qa ingest`."
        return SourceError(reply.source, reason, remedy=remedy)
    reason = f"it is no feed: the address gives {reply.kind or 'an unnamed type'} that is none of RSS, Atom, JSON Feed"
    return SourceError(reply.source, f"{reason} and no news sitemap")


def _feeds_of(reply: Reply, body: bytes) -> Iterator[str]:
    """The feeds that a page names (``rel=alternate``)."""
    import lxml.html

    try:
        tree = lxml.html.document_fromstring(decode_page(body, reply.source, declared=reply.charset))
    except (SourceError, ValueError, lxml.etree.LxmlError):
        return
    for link in tree.iterfind(".//link"):
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower() in _FEED_KINDS:
            place = web_address(urljoin(reply.address, link.get("href") or ""))
            if place:
                yield place

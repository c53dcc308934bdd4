"""Citations -> an Atom feed (RFC 4287), so that a reader of feeds tells of each new statement.

Promises: an entry holds the exact words, fragments joined as in exports, and the address at which the archive shows
them marked; its id is the same under every name of the server and for as long as the article lies there; what came into
the archive last stands first, however old the news is and whenever it was fetched, and a correction brings what it
corrects to the front, with its words; the same citations make the same bytes. What XML cannot
carry (control characters) becomes U+FFFD.

What this does not know: who asks, how often, and what they have seen. Grep for: alerts, subscribe, syndication, RSS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from qa.answering.days import corrected_when
from qa.answering.denying import denied
from qa.output.links import marked_spans, permalink, source_href
from qa.output.pasting import OMISSION
from qa.types import Article, Citation, Correction

__all__ = ["MEDIA_TYPE", "Feed", "fit_for_xml", "write_feed"]

MEDIA_TYPE = "application/atom+xml"
MOST = 200  # entries of one feed
LONG = 120  # characters of a title
NAMESPACE = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom wants a time of a feed that has nothing yet
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # https://www.w3.org/TR/xml/#charsets


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is sent, and when the newest of it came into the archive; None for an empty one."""

    body: bytes
    changed: datetime | None


def write_feed(title: str, citations: Iterable[Citation], *, base: str, here: str, page: str) -> Feed:
    """Write a feed.

    Args:
        title: what is followed.
        citations: in any order; the ``MOST`` that came in last are taken.
        base: scheme and name of the server.
        here: path and query of the feed.
        page: path and query of the page that shows the same.
    """
    newest = sorted(citations, key=_updated, reverse=True)[:MOST]
    changed = _updated(newest[0]).astimezone(UTC) if newest else None
    feed = Element("feed", xmlns=NAMESPACE)
    _text(feed, "id", _name(here))
    _text(feed, "title", title)
    _text(feed, "updated", _moment(changed or NEVER))
    _link(feed, "self", base + here, MEDIA_TYPE)
    _link(feed, "alternate", base + page, "text/html")
    _text(SubElement(feed, "author"), "name", "On Record")
    for one in newest:
        _entry(feed, one, base)
    return Feed(tostring(feed, encoding="utf-8", xml_declaration=True), changed)


def _entry(feed: Element, citation: Citation, base: str) -> None:
    article, spans = citation.article, marked_spans(citation)
    address = permalink(article.id, spans)
    words = OMISSION.join(span.of(article.text) for span in spans)
    speaker = citation.statement.speaker if citation.statement else None
    name = (speaker.name or speaker.mention) if speaker else None
    entry = SubElement(feed, "entry", {LANGUAGE: article.language})
    _text(entry, "id", _name(address))
    said = f"{name}, denied" if name and citation.statement and denied(citation.statement, article) else name
    _text(entry, "title", f"{said}: {_short(words)}" if said else _short(words))
    _text(entry, "published", _moment(_came(article)))
    _text(entry, "updated", _moment(_updated(citation)))
    _link(entry, "alternate", base + address, "text/html")
    if source := source_href(article, citation.span):
        _link(entry, "via", source, "text/html")
    if name:
        _text(SubElement(entry, "author"), "name", name)
    if citation.corrections:
        SubElement(entry, "category", term="corrected")
    _text(entry, "summary", "\n".join([_credit(article), *map(_corrected, citation.corrections)]))
    _text(entry, "content", words)


def _came(article: Article) -> datetime:
    """When it came into the archive; of an article that is in none, when it was fetched."""
    return article.added or article.retrieved


def _updated(citation: Citation) -> datetime:
    """When there was last something to tell: the words, or a correction of their article."""
    return max([_came(citation.article), *(_came(one.article) for one in citation.corrections)])


def _corrected(correction: Correction) -> str:
    return f"{corrected_when(correction)}: {correction.notice.span.of(correction.article.text)}"


def _credit(article: Article) -> str:
    day = article.published.isoformat() if article.published else None
    return " · ".join(filter(None, [article.outlet, day, article.title]))


def _short(words: str) -> str:
    """The words in one line, cut between two of them where they are many."""
    line = " ".join(words.split())
    return line if len(line) <= LONG else f"{line[:LONG].rpartition(' ')[0] or line[:LONG]} …"


def _name(address: str) -> str:
    """A name for ever, which the server's own name is not."""
    return uuid5(NAMESPACE_URL, address).urn


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, "link", rel=relation, type=media_type, href=fit_for_xml(address))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = fit_for_xml(text)


def fit_for_xml(text: str) -> str:
    """Put U+FFFD in the place of what XML cannot carry."""
    return _UNFIT.sub("\ufffd", text)

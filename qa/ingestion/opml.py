"""OPML, by which feed readers exchange lists of feeds (http://opml.org/spec2.opml) <-> addresses with their titles.

Promise: a feed stands in it once, wherever its outlines nest it. What this does not know: whether an address is a
feed's.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from qa.errors import SourceError
from qa.ingestion.addresses import web_address, without_login
from qa.ingestion.trees import attribute, local, parsed

__all__ = ["feed_address", "feeds_in", "opml_of"]


def feed_address(given: str) -> str:
    """An address of a feed as it is kept.

    Raises:
        SourceError: it is no http(s) address, or holds a login.
    """
    scheme, mark, rest = given.strip().partition("://")
    name = f"http://{rest}" if mark and scheme.lower() == "feed" else given.strip()
    if without_login(name) != name:
        reason = "a login in a feed's address would be kept where others can read it"
        raise SourceError(without_login(name), reason, remedy="Many sites give readers an address with a key instead.")
    address = web_address(name)
    if address is None:
        raise SourceError(given.strip(), "this is no http(s) address", remedy="Write https://…, as a browser shows it.")
    return address.partition("#")[0]


def feeds_in(data: bytes, source: str) -> dict[str, str | None]:
    """The feeds of an OPML file, address -> title; what is no address of the web is passed over.

    Raises:
        SourceError: it is no OPML, or names no feed.
    """
    root = parsed(data, source)
    if local(root).lower() != "opml":
        raise SourceError(source, f"this is no OPML: its root is “{local(root)[:40]}”")
    found: dict[str, str | None] = {}
    for outline in root.iterfind(".//{*}outline"):
        given = attribute(outline, "xmlUrl", "xmlurl", "xmlURL")
        try:
            address = feed_address(given or "")
        except SourceError:
            continue
        found.setdefault(address, attribute(outline, "title", "text"))
    if not found:
        raise SourceError(source, "it names no feed: none of its outlines has an http(s) address as its xmlUrl")
    return found


def opml_of(feeds: Iterable[tuple[str, str | None]]) -> str:
    """Write addresses with their titles as OPML."""
    outlines = [
        f'    <outline type="rss" text={quoteattr(title or address)} xmlUrl={quoteattr(address)}/>'
        for address, title in feeds
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<opml version="2.0">',
            "  <head><title>Feeds of On Record</title></head>",
            "  <body>",
            *outlines,
            "  </body>",
            "</opml>",
            "",
        ]
    )

"""A feed's item -> a draft of its own text, where that is whole; else nothing: its page has to be read.

Many feeds give a text's beginning alone (a teaser). A text counts as whole if the feed gives it as the item's content
in several paragraphs, or if it is as long as an article, and nothing says that it goes on elsewhere: it does not break
off, and no link to the item's own page ends it. Promises: what is taken is the feed's own words, without pictures'
captions and without the last lines that lead back to the page; a feed's host vouches for the addresses of its own
articles alone, so that an item of another host is read from its page. What this does not know: what else stands on the
page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from qa.ingestion.feeds import Feed, Item
from qa.ingestion.fields import address_among
from qa.ingestion.hosts import attested, outlet_at, outlet_of_feed, speaks_for
from qa.ingestion.trees import blocks_of, is_cut
from qa.protocols import Draft

__all__ = ["completed", "draft_of_item"]

_LEAST_CHARS = 300  # of a content in several paragraphs
_LEAST_PARAGRAPHS = 3  # teasers have one or two; reading the page of a short text costs one request
_LONG_CHARS = 1_200  # of a content in fewer, or of a description
_BREAKS_OFF = re.compile(r"(?:…|\.{3}|\[\s*(?:…|\.{3}|&hellip;)\s*\])[\s»”\"'’)\]]*\Z")
_ENDS = re.compile(r"[.!?。！？:;…][\s»”\"'’)\]]*\Z")
_END = 80  # characters
_LEADS_ON = 200  # characters of a last line that leads back to the page
_MOST_LEADING = 5  # such lines


@dataclass(frozen=True, slots=True)
class _Text:
    paragraphs: tuple[str, ...]
    leads_on: bool

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


def draft_of_item(item: Item, feed: Feed, home: str) -> Draft | None:
    """Make a draft of an item's own text; None where it is not whole, or its host does not vouch for its address.

    Args:
        item: the item.
        feed: whose it is.
        home: the feed's address; an item without one of its own is found at ``home#key``.
    """
    if item.address is not None and not speaks_for(home, item.address):
        return None
    content, summary = _text_of(item.content, item.address), _text_of(item.summary, item.address)
    if _is_whole(content, content=True) or (item.address is None and content.paragraphs):
        text = content
    elif _is_whole(summary, content=False) or (item.address is None and summary.paragraphs):
        text = summary
    else:
        return None
    draft = Draft(
        location=address_among([item.address], item.key, home, None),
        body=text.body,
        outlet=feed.title,
        language=item.language,
        clutter=True,
    )
    return completed(attested(draft, home), item, feed.title)


def completed(draft: Draft, item: Item, title: str | None = None) -> Draft:
    """Fill what a draft lacks with what the item says, and an outlet's name with the feed's title where that fits."""
    named = draft.outlet is not None and draft.outlet != outlet_at(draft.location, None)
    return replace(
        draft,
        outlet=draft.outlet if named else outlet_of_feed(draft.location, title),
        title=draft.title or item.title,
        byline=draft.byline or item.byline,
        published=draft.published or (item.published.date() if item.published else None),
        modified=draft.modified or item.modified,
    )


def _is_whole(text: _Text, *, content: bool) -> bool:
    body, end = text.body, text.body[-_END:]
    several = content and len(text.paragraphs) >= _LEAST_PARAGRAPHS
    long = len(body) >= (_LEAST_CHARS if several else _LONG_CHARS)
    return long and not text.leads_on and not _BREAKS_OFF.search(end) and bool(_ENDS.search(end))


def _text_of(markup: str, address: str | None) -> _Text:
    """The paragraphs of a piece of HTML, or of plain text, without the last ones that lead to the item's own page."""
    if not markup.strip():
        return _Text((), False)
    if "<" not in markup:
        return _Text(tuple(" ".join(line.split()) for line in markup.splitlines() if line.strip()), False)
    import lxml.html

    try:
        tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (ValueError, lxml.etree.LxmlError):
        return _Text((), False)
    if is_cut(tree):
        return _Text((), False)
    leads_on = False
    for _ in range(_MOST_LEADING):
        last = _last_block(tree)
        if last is None or not _leads_back(last, address):
            break
        link = next(last.iterfind(".//a"), last)
        said = "".join(last.itertext()).strip()
        leads_on = leads_on or said == "".join(link.itertext()).strip() or bool(_BREAKS_OFF.search(said[-_END:]))
        last.drop_tree()
    return _Text(tuple(blocks_of(tree)), leads_on)


def _last_block(tree: Any) -> Any | None:
    """The last element that says something, where nothing stands behind it."""
    for element in tree.iterchildren(reversed=True):
        if isinstance(element.tag, str) and "".join(element.itertext()).strip():
            return None if (element.tail or "").strip() else element
        if (element.tail or "").strip():
            return None
    return None


def _leads_back(block: Any, address: str | None) -> bool:
    links = [block] if block.tag == "a" else list(block.iterfind(".//a"))
    if address is None or len("".join(block.itertext())) > _LEADS_ON:
        return False
    return any(_same((link.get("href") or "").strip(), address) for link in links)


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one page's: without fragment and the query that counts readers."""
    return re.split(r"[?#]", one)[0].rstrip("/") == re.split(r"[?#]", other)[0].rstrip("/")

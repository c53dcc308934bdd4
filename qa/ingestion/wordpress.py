"""A WordPress export (WXR: RSS 2.0 with WordPress's own elements) -> one draft for each post that was published.

Posts are streamed, whatever the file's size. Drafts of posts, private and password-protected ones were not published
and stay out, and so do pages, attachments and the parts of a site's design. Paragraphs are made as WordPress makes
them: of blank lines, where the text has no ``p``. Shortcodes go, and with a caption's what stands between them, which
is the picture's; what an editor put into brackets stays. An address alone on its line is something embedded, and goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import partial
from io import SEEK_END
from typing import Any, BinaryIO

from qa.errors import SourceError
from qa.ingestion.dates import parse_date
from qa.ingestion.fields import address_among, without_markup
from qa.ingestion.guarding import guarded
from qa.ingestion.limits import Limits
from qa.ingestion.metering import note
from qa.ingestion.trees import local, stream
from qa.protocols import Draft

__all__ = ["is_export", "posts_of"]

_NAMESPACE = "wordpress.org/export/"
_OTHER_TYPES = re.compile(
    r"attachment|revision|page|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+"
)
_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_CAPTION = re.compile(r"\[(caption|wp_caption)\b[^\]]{0,1000}\](?:(?!\[/?\1\b).){0,2000}\[/\1\]", re.DOTALL)
_ENDS = re.compile(r"\[/([a-z][\w-]{0,40})\]")
_TAG = re.compile(r"\[(?P<name>[a-z][\w-]{0,40})(?P<told>(?:[\s/](?:\"[^\"]{0,500}\"|[^\[\]\"]){0,500})?)\]")
_TELLS = re.compile(r"[\w-]{1,40}\s?=\s?[\"'“”″\w]|https?://|\A\s*\d{6,}\s*\Z|/\s*\Z")
_CORE = frozenset(("audio", "embed", "gallery", "playlist", "video"))
_ALONE = re.compile(r"^[ \t]*(?:<p>\s*)?\[[a-z][\w-]{1,40}\](?:\s*</p>)?[ \t]*\r?$", re.MULTILINE)
_ADDRESS_ALONE = re.compile(r"^[ \t]*https?://\S+[ \t]*\r?$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\r?\n\s*")


def is_export(root: Any) -> bool:
    """Say whether an RSS document is an export of WordPress."""
    return any(_NAMESPACE in (address or "") for address in root.nsmap.values())


def posts_of(file: BinaryIO, source: str, home: str, limits: Limits) -> Iterator[Draft | SourceError]:
    """Yield a draft or an error for each published post."""
    authors: dict[str, str] = {}
    site: dict[str, str] = {}
    number = posts = 0
    size = max(1, file.seek(0, SEEK_END))
    file.seek(0)
    for element in stream(file, source, "channel"):
        name = local(element)
        if name == "author":
            told = _told(element)
            authors[told.get("author_login", "")] = told.get("author_display_name", "")
        elif name == "item":
            number += 1
            if number > limits.records:
                remedy = "Raise QA_INGESTION__MAX_RECORDS, or split the export."
                raise SourceError(
                    source, f"it has more than {limits.records:,} items; reading stops here", remedy=remedy
                )
            told, line = _told(element), element.sourceline
            if told.get("status") == "publish" and not _OTHER_TYPES.fullmatch(told.get("post_type", "post")):
                if told.get("post_password"):
                    continue
                posts += 1
                told["creator"] = authors.get(told.get("creator", "")) or told.get("creator", "")
                found = guarded(
                    partial(_post, {**site, **told}, source, home, line), source, limits.article_s, line=line
                )
                note(min(1.0, file.tell() / size))
                yield found
        elif name in ("title", "language"):
            site[f"site:{name}"] = (element.text or "").strip()
    if not posts:
        raise SourceError(source, f"none of its {number:,} items is a published post")


def _told(element: Any) -> dict[str, str]:
    """What an element's children say, by their names; of excerpt and content, which are both "encoded", by prefix."""
    return {
        (f"{each.prefix}:encoded" if local(each) == "encoded" else local(each)): (each.text or "").strip()
        for each in reversed(element)
        if local(each)
    }


def _post(told: dict[str, str], source: str, home: str, line: int | None) -> Draft:
    body = _paragraphs(told.get("content:encoded", ""))
    if not body.strip():
        raise SourceError(source, f"no text in the post “{told.get('title', '')}”", line=line)
    number = told.get("post_id") or None
    day = parse_date(told.get("post_date", "")) or _day(told.get("pubDate", ""))
    return Draft(
        location=address_among([told.get("link"), told.get("guid")], number, home, line),
        body=body,
        title=without_markup(told.get("title", "")).strip() or None,
        byline=told.get("creator") or None,
        outlet=told.get("site:title") or None,
        published=day,
        language=told.get("site:language") or None,
        clutter=True,
        line=line,
    )


def _paragraphs(content: str) -> str:
    text = _without_shortcodes(_COMMENT.sub("", content))
    try:
        return without_markup(_BLANK.sub("\n<p>", text)) if "<" in text or "&" in text else text
    except ValueError:
        return text


def _without_shortcodes(text: str) -> str:
    """The text without WordPress's and plugins' shortcodes; what stands between two of them stays, but for captions.

    A word in brackets is one where it has attributes, an end of its own, a line to itself or a name of WordPress's own;
    "[sic]" and "[the mayor]" are what an editor put into a quotation.
    """
    text = _CAPTION.sub("", text)
    paired = {*_CORE, *_ENDS.findall(text)}

    def less(found: re.Match[str]) -> str:
        told = found["name"] in paired or _TELLS.search(found["told"])
        return "" if told else found[0]

    text = _ALONE.sub("", _ENDS.sub("", _TAG.sub(less, text)))
    return _ADDRESS_ALONE.sub("", text)


def _day(text: str) -> Any:
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None

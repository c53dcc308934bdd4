"""A page's JSON-LD (schema.org) -> what it says of its article: dates, authors, a live blog's entries."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from qa.ingestion.fields import without_markup

__all__ = ["articles_in", "is_article", "names_of", "objects_in", "text_stated", "updates_of"]

_SCRIPTS = '//script[@type="application/ld+json"]'
_ARTICLE = ("article", "blogposting", "report", "liveblogposting")
_MOST = 2_000  # objects of one page that are looked at


def articles_in(tree: Any) -> list[dict[str, Any]]:
    """Return the objects that are articles, the page's own first; what cannot be parsed is passed over."""
    return [each for each in objects_in(tree) if is_article(each)]


def objects_in(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of the page, outermost first."""
    for script in tree.xpath(_SCRIPTS):
        yield from _objects(_parsed(script.text_content()))


def is_article(found: dict[str, Any]) -> bool:
    """Whether an object is an article."""
    return _kind(found).endswith(_ARTICLE)


def names_of(value: object, depth: int = 0) -> list[str]:
    """The names of one or several persons or bodies, as schema.org allows them: strings, or objects with a name."""
    if isinstance(value, str):
        return [value]
    if depth < 4 and isinstance(value, list):
        return [name for each in value for name in names_of(each, depth + 1)]
    return names_of(value.get("name"), depth + 1) if isinstance(value, dict) and depth < 4 else []


def updates_of(article: dict[str, Any]) -> list[str]:
    """The entries of a live blog (``liveBlogUpdate``) as paragraphs, in the page's order; none for another article."""
    updates = article.get("liveBlogUpdate")
    entries = updates if isinstance(updates, list) else [updates]
    said = [each.get(name) for each in entries if isinstance(each, dict) for name in ("headline", "articleBody")]
    return [text for each in said if (text := _plain(each))]


def text_stated(article: dict[str, Any]) -> str:
    """The whole text that an article states of itself (``articleBody``); "" where it states none."""
    return _plain(article.get("articleBody"))


def _plain(value: object) -> str:
    """A text without the markup that some put into it; "" for anything else."""
    try:
        return without_markup(value).strip() if isinstance(value, str) else ""
    except ValueError:
        return ""


def _kind(found: dict[str, Any]) -> str:
    kind = found.get("@type")
    return str((kind[0] if kind else "") if isinstance(kind, list) else kind or "").lower()


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):  # pages have all sorts of things there
        return None


def _objects(found: object) -> Iterator[dict[str, Any]]:
    """Objects, outermost first, through lists and ``@graph``."""
    waiting, seen = deque([found]), 0
    while waiting and seen < _MOST:
        each = waiting.popleft()
        seen += 1
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            yield each
            waiting.extend(each[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in each)

"""Paragraphs of a scraped page -> the article's own paragraphs, without the page's furniture.

Promise: a paragraph is kept or dropped whole, never edited, and what is dropped is recognised as furniture: share bars,
cookie notices, newsletter and comment forms, the headline again. In doubt it stays: a line too many is a blemish, a
sentence too few is a loss.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.ingestion.dates import parse_date
from qa.ingestion.furniture import is_furniture
from qa.text import fold, normalise

__all__ = ["clean", "paragraphs_of", "same_line"]

_COMMENT_FORM = re.compile(r"your email address will not be published|required fields are marked")
_OPEN = re.compile(r"[^\W_][,;\"'’”»)]?\Z|[–—-]\Z")  # a line that ends within a sentence
_REPLY = ("leave a reply", "leave a comment", "leave a reply cancel reply")


def paragraphs_of(raw: str) -> list[str]:
    """Normalise raw text and split it: at blank lines, and at newlines unless the lines were wrapped at a width."""
    blocks = [block.split("\n") for block in normalise(raw).split("\n\n")]
    width = max(len(line) for block in blocks for line in block)
    wrapped = _is_wrapped(blocks, width)
    joined = [[" ".join(block)] if wrapped and _fills(block, width) else _mended(block) for block in blocks]
    return [paragraph for block in joined for paragraph in block if paragraph]


def _mended(lines: Sequence[str]) -> list[str]:
    """Join what a line break tears apart within a sentence: the next line begins in lower case."""
    joined: list[str] = []
    for line in lines:
        if joined and line[:1].islower() and _OPEN.search(joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def clean(paragraphs: Sequence[str], title: str | None) -> list[str]:
    """Drop the page's furniture, and from the top also the headline again and lines that are only a date."""
    kept: list[str] = []
    headline = None if title is None else _key(title)
    for position, paragraph in enumerate(paragraphs):
        if _opens_comments(paragraphs, position):
            break
        leading = not kept and (_key(paragraph) == headline or parse_date(paragraph) is not None)
        if not leading and not is_furniture(paragraph):
            kept.append(paragraph)
    return kept


def same_line(paragraph: str, title: str | None) -> bool:
    """Say whether a paragraph is the headline again, but for case, typography and a site's name behind a bar."""
    return title is not None and _key(paragraph) == _key(title)


def _key(line: str) -> str:
    return " ".join(fold(re.sub(r"\s\|\s[^|]{1,40}$", "", line)).split()).rstrip(" .")


def _opens_comments(paragraphs: Sequence[str], position: int) -> bool:
    """Say whether the comment form begins here: what follows are other people's words."""
    if len(paragraphs[position]) > 40 or fold(paragraphs[position]).rstrip(" .:*") not in _REPLY:
        return False
    return any(_COMMENT_FORM.search(fold(following)) for following in paragraphs[position + 1 : position + 4])


def _is_wrapped(blocks: Sequence[Sequence[str]], width: int) -> bool:
    """Say whether the line breaks are those of a fixed width, as in plain-text mail."""
    breaks = [filled for block in blocks for filled in _filled_lines(block, width)]
    return width <= 120 and len(breaks) >= 2 and sum(breaks) >= 0.8 * len(breaks)


def _fills(block: Sequence[str], width: int) -> bool:
    return all(_filled_lines(block, width))


def _filled_lines(block: Sequence[str], width: int) -> list[bool]:
    """For each line but the last: whether the next line's first word would not have fitted; a little ragged is fine."""
    return [len(line) + 1 + len(following.split()[0]) > 0.85 * width for line, following in pairwise(block)]

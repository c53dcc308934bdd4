"""Paragraphs of a scraped page -> the article's own paragraphs, without the page's furniture.

Promise: a paragraph is kept or dropped whole, never edited, and what is dropped is recognised as furniture: share bars,
cookie notices, newsletter and comment forms, the headline again. In doubt it stays: a line too many is a blemish, a
sentence too few is a loss.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.ingestion.dates import parse_date, without_date
from qa.ingestion.furniture import is_control, is_furniture
from qa.text import fold, normalise

__all__ = ["clean", "paragraphs_of", "same_line"]

_COMMENT_FORM = re.compile(r"your email address will not be published|required fields are marked")
_OPEN = re.compile(r"[^\W_][,;\"'’”»)]?\Z|[–—-]\Z")  # a line that ends within a sentence
_PIECES = re.compile(r"\s*[|•·–—]\s*|\s-\s")
_SENTENCE = re.compile(r"[.!?…。][\"'”’»)]*\Z")
_STATES = re.compile(  # when it was published or changed, as words ("two hours ago")
    r"\W*(?:(?:first |last )?(?:published|posted|updated|modified)|publie|mis a jour|publicad[oa]|atualizad[oa]|"
    r"actualizad[oa]|pubblicato|aggiornato|veroffentlicht|aktualisiert|gepubliceerd|bijgewerkt|publicerad|uppdaterad|opublikowano)\b"
)
_BIOGRAPHY = re.compile(
    r"(?:,? (?:who|the|an?)\b.{0,60})?\s?(?:is (?:an?|the|our)|covers|writes|reports|edits|can be reached|contributed|"
    r"has (?:covered|written|reported)|joined|ist|schreibt|berichtet|est|escribe|es|scrive|schrijft|pisze)\b.{0,300}"
)
_KICKERS, _KICKER = 5, 60  # paragraphs, and code points of each, that may stand before the headline
_FEW = 3  # paragraphs below which the last one is not beside the article
_HEAD_LINE = 160  # code points of a line with byline and date
_ANNOUNCES = re.compile(r"[:：]\s*\Z")
_BESIDE_NAMES = 1  # words beside the names, where a line within the text is the byline
_GLUED = re.compile(
    r"(?<=[^\W\d_])(?=\d{1,2}\.? [^\W\d_]{3})"
)  # a day right behind a name, as boxes in one line have it
_AROUND = 8  # words that may stand beside the names ("By", "Political Editor", "in"), or beside a date
_WORDS = re.compile(r"\w+")
_DATES = 3  # of one line
_LABEL_WORDS = 3  # of a line above the article that is no sentence ("Press release", "News provided by")
_LABEL = re.compile(r"[A-Za-zÀ-ÿ'’ -]+:?")  # where words are parted by spaces
_CONTACT = 300  # code points of a paragraph that names an address at the outlet
_ASKS = re.compile(r"\?|\A[^.:]{1,40}:")
_AT = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
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


def clean(
    paragraphs: Sequence[str],
    title: str | None,
    byline: str | None = None,
    host: str | None = None,
    *,
    page: bool = False,
) -> list[str]:
    """Drop the page's furniture, and from the top the headline again, the byline, labels, and what is only a date.

    ``host`` is whose text it is: readers are asked to write to an e-mail address there. ``page``: it is a web page's,
    above whose text labels stand.
    """
    kept: list[str] = []
    begun = False
    headline = None if title is None else _key(title)
    names = [fold(name) for name in (byline or "").split("; ") if name]
    first = _first(paragraphs, headline)
    for position, paragraph in enumerate(paragraphs[first:], first):
        if _opens_comments(paragraphs, position):
            break
        leading = not begun and (
            _key(paragraph) == headline or _is_head_line(paragraph, names) or (page and _is_label(paragraph))
        )
        ours = (
            leading
            or is_furniture(paragraph)
            or _is_stated_day(paragraph)
            or _is_button(paragraphs, position)
            or _writes_to(paragraph, host)
            or (page and _is_again(paragraph, headline, names))
        )
        if not ours:
            kept.append(paragraph)
            begun = begun or len(paragraph) > _HEAD_LINE or bool(_SENTENCE.search(paragraph))
    kept = kept[:-1] if _is_about_author(kept, names) else kept
    while page and len(kept) > 1 and _ANNOUNCES.search(kept[-1]):
        kept = kept[:-1]  # what it announces was a list of links, or a form
    return kept


def _is_again(paragraph: str, headline: str | None, names: Sequence[str]) -> bool:
    """Say whether it is the headline or the byline once more, within the text, and no sentence."""
    if len(paragraph) > _HEAD_LINE or _SENTENCE.search(paragraph):
        return False
    rest = fold(paragraph)
    for name in names:
        rest = rest.replace(name, " ")
    return _key(paragraph) == headline or (rest != fold(paragraph) and len(_WORDS.findall(rest)) <= _BESIDE_NAMES)


def _without_dates(line: str) -> str | None:
    """A line without its dates; None where it has none."""
    left, found = line, None
    for _ in range(_DATES):
        shorter = without_date(left)
        if shorter is None:
            break
        left = found = shorter
    return found


def _is_stated_day(paragraph: str) -> bool:
    """Say whether it says nothing but when something was published or changed, wherever it stands."""
    short = len(paragraph) <= _KICKER and not _SENTENCE.search(paragraph)
    return short and bool(_STATES.match(fold(paragraph))) and _is_day(paragraph)


def _is_label(paragraph: str) -> bool:
    """Say whether it is a word or two and no sentence."""
    return len(paragraph) <= _KICKER and bool(_LABEL.fullmatch(paragraph)) and len(paragraph.split()) <= _LABEL_WORDS


def _writes_to(paragraph: str, host: str | None) -> bool:
    """Say whether it is short, asks or is no sentence, and names an e-mail address of the outlet itself."""
    if host is None or len(paragraph) > _CONTACT or (_SENTENCE.search(paragraph) and not _ASKS.search(paragraph)):
        return False
    return any(f".{host}".endswith(f".{found['host'].lower()}") for found in _AT.finditer(paragraph))


def _is_about_author(paragraphs: Sequence[str], names: Sequence[str]) -> bool:
    """Say whether the last paragraph is the byline, or tells who its author is by the name and what follows it."""
    if len(paragraphs) < _FEW:
        return False
    line = fold(paragraphs[-1])
    return _signs(paragraphs[-1], names) or any(
        line.startswith(f"{name} ") and _BIOGRAPHY.fullmatch(line[len(name) :]) for name in names
    )


def _is_button(paragraphs: Sequence[str], position: int) -> bool:
    """Say whether it says "Print" beside a line that is furniture, buttons between them aside."""
    if not is_control(paragraphs[position]):
        return False
    for way in (-1, 1):
        at = position + way
        while 0 <= at < len(paragraphs) and is_control(paragraphs[at]):
            at += way
        if 0 <= at < len(paragraphs) and is_furniture(paragraphs[at]):
            return True
    return False


def _first(paragraphs: Sequence[str], headline: str | None) -> int:
    """Where the article begins: what stands before a headline near the top, and is no sentence, is a kicker."""
    for position, paragraph in enumerate(paragraphs[:_KICKERS]):
        if headline and _key(paragraph) == headline:
            return position
        if len(paragraph) > _KICKER or _SENTENCE.search(paragraph):
            break
    return 0


def _is_head_line(paragraph: str, names: Sequence[str]) -> bool:
    """Say whether a line at the top is the byline or a date, with what stands around these and no sentence."""
    if len(paragraph) > _HEAD_LINE:
        return False
    if parse_date(paragraph, "day first") is not None or _signs(paragraph, names):
        return True
    beside = None if _SENTENCE.search(paragraph) else _without_dates(_GLUED.sub(" ", paragraph))
    for name in names:
        beside = beside and beside.replace(name, " ")
    if beside is not None and len(_WORDS.findall(beside)) <= _AROUND:
        return True
    if _STATES.match(fold(paragraph)) and not _SENTENCE.search(paragraph) and len(paragraph) <= _KICKER:
        return True
    if _SENTENCE.search(paragraph) and not _STATES.match(fold(paragraph)):
        return False
    pieces = [piece for piece in _PIECES.split(paragraph) if piece.strip()]
    return bool(pieces) and all(_is_day(piece) or is_furniture(piece) or _STATES.match(fold(piece)) for piece in pieces)


def _signs(paragraph: str, names: Sequence[str]) -> bool:
    """Say whether a line names the authors, with few words around them and no sentence."""
    rest = fold(paragraph) if len(paragraph) <= _HEAD_LINE else ""
    for name in names:
        rest = rest.replace(name, " ")
    named = rest and rest != fold(paragraph)
    return bool(named and not _SENTENCE.search(paragraph) and len(_WORDS.findall(rest)) <= _AROUND)


def _is_day(piece: str) -> bool:
    """Say whether it is a date, alone or behind one to four words ("Published on", "Mis à jour le") and a colon."""
    words = piece.split()
    return any(parse_date(" ".join(words[at:]), "day first") for at in range(min(5, len(words))))


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

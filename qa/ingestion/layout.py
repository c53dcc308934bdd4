"""Pieces of lines, each with its box on a page -> paragraphs in the order in which they are read, with their pages.

Columns are told by gutters: an upright strip that few lines cross, with lines on both sides. What crosses it (a
headline) is read between what stands above and below. A line begins a paragraph where it is set off by a gap, an
indent, another size of type, or where the line before it ends short. A hyphen at a line's end is taken out, unless the
document writes the word with it elsewhere. Running heads and feet are lines at a page's edge that other pages have too,
but for numbers; a number alone at the edge is a page's. What a browser prints around a page (when, address, one
of how many) is told on a single page too. A table is several rows of cells that leave room behind each: a row is a
paragraph, its cells parted by bars, and what stands beside it in other rows is read before and after. A large letter
that begins a text (an initial) is put before the rest of its word.

Grep for: reading order, XY-cut, hyphenation, drop cap. What it does not know: tables whose cells are full, text that is
set upright, what a picture shows; where a page puts a box of other text within a column, that is read where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from qa.text import fold

__all__ = ["Laid", "Line", "Piece", "paragraphs_of_pages"]

_EDGE = 0.1  # of a page's height, in which running heads and feet stand
_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?[\W_]*", re.I
)
# What browsers print above and below a page, in one order or another, beside its title: each of them stands alone.
_PRINTED = (
    re.compile(r"(?:https?|file)://\S+"),
    re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W{1,3}\d{1,2}:\d\d(?::\d\d)?(?:\s?[^\W\d]+\.?){0,2}"),
    re.compile(r"(?:(?:page|seite|p\.)\s*)?\d{1,4}\s?(?:/|of|von|sur|de|di|van|z)\s?\d{1,4}", re.I),
)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_ROWS = 3  # of a table, at least
_CELL = 0.7  # of its room, that a cell fills at most
_HEADING = 1.15  # sizes of its type, that a table's heading has
_INITIAL = 1.6  # sizes of the type beside it, that a letter has which begins a text
_HYPHENS = "-\u00ad\u2010"
_LONGEST_WORD = 64  # code points that are looked at: a paragraph grows line by line
_BROKEN = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]\Z")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LETTER = re.compile(r"[\"'“„«‘]?\s?[^\W\d_]")
_BEGINS_LOWER = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line as a page has it, in points from the page's lower left corner; ``size`` is that of its type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A whole line within its column, from ``edge`` to ``end``, on a page (from 1)."""

    piece: Piece
    edge: float
    end: float
    page: int
    column: int
    row: bool = False  # of a table


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph; ``turns`` are the places in its text at which it comes to a page, the first of them 0.

    ``size`` is that of its type.
    """

    text: str
    turns: tuple[tuple[int, int], ...]
    size: float


def paragraphs_of_pages(pages: Sequence[tuple[float, Sequence[Piece]]]) -> list[Laid]:
    """Read pages, each with its height."""
    kept = _without_running(pages)
    words = Counter(_WORDS.findall(" ".join(piece.text for pieces in kept for piece in pieces).lower()))
    lines = [line for number, pieces in enumerate(kept, 1) for line in _lines_of(_with_initials(pieces, words), number)]
    if not lines:
        return []
    pitches = [_pitch(one, other) for one, other in pairwise(lines) if _in_turn(one, other)]
    usual = median(pitches) if pitches else 1.2
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, usual):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_joined(group, words) for group in groups]


# --- what stands at the edges ---------------------------------------------------------------------------------------


def _without_running(pages: Sequence[tuple[float, Sequence[Piece]]]) -> list[list[Piece]]:
    edges = [[row for row in _rows(pieces) if _at_edge(row, height)] for height, pieces in pages]
    seen = Counter(key for rows in edges for key in {_key(row) for row in rows})
    often = max(2, round(0.3 * len(pages)))
    kept = []
    for (_, pieces), rows in zip(pages, edges, strict=True):
        printed = _printed(rows)
        dropped = {
            id(piece)
            for row in rows
            if row in printed or seen[_key(row)] >= often or _NUMBER.fullmatch(_text(row))
            for piece in row
        }
        kept.append([piece for piece in pieces if id(piece) not in dropped])
    return kept


def _printed(rows: Sequence[Sequence[Piece]]) -> Sequence[Sequence[Piece]]:
    """The rows at a page's edges, from the top, that a browser has printed: the first and the last, or none."""
    if len(rows) < 2:
        return ()
    around = [rows[0], rows[-1]]
    told = [piece.text for row in around for piece in row]
    return around if all(any(map(each.fullmatch, told)) for each in _PRINTED) else ()


def _at_edge(row: Sequence[Piece], height: float) -> bool:
    return row[0].bottom < _EDGE * height or row[0].top > (1 - _EDGE) * height


def _key(row: Sequence[Piece]) -> str:
    return re.sub(r"\d+", "#", fold(_text(row)))


def _text(row: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in row)


# --- reading order --------------------------------------------------------------------------------------------------


def _with_initials(pieces: Sequence[Piece], words: Counter[str]) -> list[Piece]:
    """Put each large letter before the first of the lines beside it, all of which then begin where it does."""
    found = list(pieces)
    least = _INITIAL * median(piece.size for piece in pieces) if pieces else 0.0
    for letter in [piece for piece in pieces if piece.size >= least and _LETTER.fullmatch(piece.text.strip())]:
        beside = [
            piece
            for piece in found
            if letter.bottom <= piece.middle <= letter.top
            and 0 <= piece.left - letter.right + 0.2 * piece.size < 2 * piece.size
            and letter.size >= _INITIAL * piece.size
        ]
        if not beside:
            continue
        first, *others = sorted(beside, key=lambda piece: -piece.top)
        text = _begun(letter.text.strip(), first.text.lstrip(), words)
        new = [replace(first, text=text, left=letter.left), *(replace(each, left=letter.left) for each in others)]
        found = [piece for piece in found if piece is not letter and piece not in beside] + new
    return found


def _begun(letter: str, text: str, words: Counter[str]) -> str:
    """A text with its first letter, which is a word of its own ("A ship") where what follows is one elsewhere."""
    first = _BEGINS_LOWER.match(text)
    rest = first[0].lower() if first else ""
    alone = words[letter[-1].lower()] > 1 and words[rest] > 1 and not words[letter[-1].lower() + rest]
    return f"{letter} {text}" if alone else f"{letter}{text}"


def _lines_of(pieces: Sequence[Piece], page: int) -> Iterator[Line]:
    for number, (rows, is_table) in enumerate(_parts(pieces)):
        left, right = (
            min(piece.left for row in rows for piece in row),
            max(piece.right for row in rows for piece in row),
        )
        for row in rows:
            cells = is_table and not row[0].text.endswith(":")  # "Contact:" goes on
            yield Line(_whole(row, " | " if cells else " "), left, right, page, number, row=is_table)


def _parts(pieces: Sequence[Piece]) -> Iterator[tuple[list[list[Piece]], bool]]:
    """The rows of columns and tables in the order of reading, each with whether it is a table."""
    rest = list(pieces)
    for table in _tables(pieces):
        top, cells = table[0][0].middle, {id(cell) for row in table for cell in row}
        above = [piece for piece in rest if piece.middle > top and id(piece) not in cells]
        yield from ((_rows(part), False) for part in _columns(above))
        yield table, True
        rest = [piece for piece in rest if piece.middle <= top and id(piece) not in cells]
    yield from ((_rows(part), False) for part in _columns(rest))


def _whole(row: Sequence[Piece], joint: str) -> Piece:
    return Piece(
        joint.join(piece.text for piece in row),
        min(piece.left for piece in row),
        min(piece.bottom for piece in row),
        max(piece.right for piece in row),
        max(piece.top for piece in row),
        max(piece.size for piece in row),
    )


def _tables(pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
    """Runs of rows whose cells leave room before the next one and begin as those above, each with its heading."""
    end = max((piece.right for piece in pieces), default=0.0)
    tables: list[list[list[Piece]]] = [[]]
    before: list[Piece] = []
    for row in _rows(pieces):
        rooms = [*(piece.left for piece in row[1:]), end]
        loose = len(row) > 1 and all(
            piece.right - piece.left <= _CELL * (room - piece.left) for piece, room in zip(row, rooms, strict=True)
        )
        goes_on = bool(tables[-1]) and _is_below(tables[-1][-1], row)
        if not loose or not goes_on:
            headed = loose and len(before) == 1 and before[0].size > _HEADING * row[0].size and _is_near(before, row)
            tables.append([before] if headed else [])
        if loose:
            tables[-1].append(row)
        before = row
    return [rows for rows in tables if sum(len(row) > 1 for row in rows) >= _ROWS]


def _is_below(above: Sequence[Piece], row: Sequence[Piece]) -> bool:
    return _is_near(above, row) and sum(any(abs(one.left - other.left) < 2 for other in above) for one in row) > 1


def _is_near(above: Sequence[Piece], row: Sequence[Piece]) -> bool:
    return above[0].bottom - row[0].top < 2 * row[0].size


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces side by side, from the top of the page down, each row from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-one.middle, one.left)):
        if rows and rows[-1][0].bottom < piece.middle < rows[-1][0].top:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _columns(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Parts of a page, each of which is one column, in the order in which they are read."""
    gutter = _gutter(pieces)
    if gutter is None:
        if pieces:
            yield pieces
        return
    across = [piece for piece in pieces if piece.left < gutter < piece.right]
    rest = [piece for piece in pieces if not piece.left < gutter < piece.right]
    above = float("inf")
    spanning: list[Piece] = []
    for row in [*_rows(across), []]:
        bound = row[0].middle if row else float("-inf")
        zone = [piece for piece in rest if bound < piece.middle <= above]
        if zone and spanning:
            yield spanning
            spanning = []
        yield from _columns([piece for piece in zone if piece.right <= gutter])
        yield from _columns([piece for piece in zone if piece.left >= gutter])
        spanning += row
        above = bound
    if spanning:
        yield spanning


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where an upright strip divides the page: the place that few pieces cross, with three lines on each side."""
    best: tuple[int, float] | None = None
    for left in sorted({round(piece.left) for piece in pieces}):
        place = left - 2.0
        before = [piece for piece in pieces if piece.right <= place]
        after = [piece for piece in pieces if piece.left >= place]
        crossing = len(pieces) - len(before) - len(after)
        less = min(len(_rows(before)), len(_rows(after)))
        divides = less >= 3 and crossing <= 0.3 * len(pieces) and _side_by_side(before, after)
        if divides and (best is None or less - crossing > best[0]):
            best = (less - crossing, place)
    return None if best is None else best[1]


def _side_by_side(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether the two parts stand beside each other for at least half of the lower one's height."""
    tops = [max(one.top for one in part) for part in (before, after)]
    bottoms = [min(one.bottom for one in part) for part in (before, after)]
    shared = min(tops) - max(bottoms)
    return shared >= 0.5 * min(top - bottom for top, bottom in zip(tops, bottoms, strict=True))


# --- paragraphs -----------------------------------------------------------------------------------------------------


def _in_turn(one: Line, other: Line) -> bool:
    return (one.page, one.column) == (other.page, other.column) and abs(one.piece.size - other.piece.size) < 0.5


def _pitch(one: Line, other: Line) -> float:
    """From one line to the next, in sizes of type."""
    return (one.piece.bottom - other.piece.bottom) / max(1.0, other.piece.size)


def _begins(before: Line, line: Line, usual: float) -> bool:
    """Whether a line begins a paragraph."""
    one, other = before.piece, line.piece
    if before.row or line.row:
        return True
    if abs(one.size - other.size) > 0.08 * max(one.size, other.size):
        return True
    lower = other.text[:1].islower()
    if _BROKEN.search(one.text) and lower:
        return False
    if _in_turn(before, line) and _pitch(before, line) > 1.35 * usual:
        return True
    indented = other.left - line.edge > 0.7 * other.size and one.left - before.edge < 0.7 * one.size
    short = before.end - one.right > 0.25 * (before.end - before.edge)
    ended = bool(_SENTENCE_END.search(one.text))
    if not _in_turn(before, line):
        return not lower and ended and (short or indented)
    return not lower and (short or (indented and ended))


def _joined(lines: Sequence[Line], words: Counter[str]) -> Laid:
    text, turns = "", [(0, lines[0].page)]
    for line in lines:
        piece = line.piece.text.strip()
        if text:
            text = _without_hyphen(text, piece, words)
        if line.page != turns[-1][1]:
            turns.append((len(text), line.page))
        text += piece
    return Laid(text, tuple(turns), lines[0].piece.size)


def _without_hyphen(text: str, following: str, words: Counter[str]) -> str:
    """The text so far as the next line goes on from it: with a space, or in the middle of a word."""
    broken, rest = _BROKEN.search(text[-_LONGEST_WORD:]), _BEGINS_LOWER.match(following)
    if broken is None or rest is None or not following[:1].islower():
        return f"{text} "
    head, tail = broken[1].lower(), rest[0].lower()
    if text.endswith("\u00ad") or words[head + tail] >= words[f"{head}-{tail}"]:
        return text[:-1]
    return text

"""Normalised text -> spans of its quotations, by their marks alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from qa.lazily import pattern
from qa.text.sentences import sentences_of, touched_paragraphs
from qa.types import Span

__all__ = ["quotation_spans"]

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›", '"': '"', "'": "'"}
_SINGLE = "‘'"  # their closing mark is also the apostrophe
_QUOTE_MARK = pattern(f"[{''.join(_PAIRS)}]")
_STRAIGHT = pattern('"')
_OF_KIND = {mark: re.compile(f"[{mark}{closers}]") for mark, closers in _PAIRS.items()}
_LETTERS = pattern(r"[^\W\d_]")
_LOWER_WORD = pattern(r"\s[^\W\d_A-Z]")
_QUOTE_END = pattern(r"[,.!?]['’](?!\w)")


def quotation_spans(text: str, within: Span | None = None) -> list[Span]:
    """Find the outermost quotations, marks included, in order and disjoint; a quotation inside another is part of it.

    No span crosses a paragraph border: a quotation that runs over several paragraphs gives one span for each, and the
    ones without a closing mark reach to the end of their paragraph. A mark that is never closed and not taken up by
    the next paragraph reaches to the end of its sentence; a single one is an apostrophe.

    Args:
        text: normalised text.
        within: only quotations that share a code point with this span (they are not clipped). None means all.
    """
    found = (span for paragraph in touched_paragraphs(text, within) for span in _quotations(text, paragraph))
    return [span for span in found if within is None or span.overlaps(within)]


def _quotations(text: str, paragraph: Span) -> Iterator[Span]:
    marks = _Marks(text, paragraph)
    position = letter = paragraph.start
    while mark := _QUOTE_MARK.search(text, position, paragraph.end):
        position = mark.end()
        if not _opens(text, mark.start(), paragraph) or (end := marks.end_of(mark.start())) is None:
            continue
        if letter < position:
            found = _LETTERS.search(text, position, paragraph.end)
            letter = found.start() if found else paragraph.end
        if letter < end:
            yield Span(mark.start(), end)
            position = end


def _opens(text: str, position: int, paragraph: Span) -> bool:
    """Say whether the mark at ``position`` can open a quotation; “ and « always do, the others by their neighbours."""
    mark = text[position]
    if mark in "“„«":
        return True
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-/“„«‘\"'…:")


class _Marks:
    """The quotation marks of one paragraph; each kind is read once, however many quotations it seems to open."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self._text = text
        self._paragraph = paragraph
        self._ends: dict[str, dict[int, int]] = {}

    def end_of(self, opening: int) -> int | None:
        """Where the quotation ends that the mark at ``opening`` opens; None when the mark opens none."""
        mark = self._text[opening]
        if mark not in self._ends:
            self._ends[mark] = self._read(mark)
        end = self._ends[mark].get(opening)
        if end is None and mark == "“":  # closed by the keyboard's mark
            at = bisect_right(self._straight, opening)
            end = self._straight[at] + 1 if at < len(self._straight) else None
        return self._unclosed_end(opening) if end is None and mark in '“"„«' else end

    def _read(self, mark: str) -> dict[int, int]:
        """Every place of a mark that is closed -> behind its closing mark, or behind a nested one's for want of it.

        Read from the end, with the depth of nesting so far: a quotation ends where it is first one less.
        """
        ends: dict[int, int] = {}
        shallower: dict[int, int] = {}  # depth -> the next place that has it
        depth, closing, again = 0, -1, -1  # the next place that closes anything, that has the mark again
        places = [found.start() for found in _OF_KIND[mark].finditer(self._text, *self._borders)]
        for place in reversed(places):
            closes = self._text[place] in _PAIRS[mark] and not self._is_apostrophe(mark, place, again)
            is_mark = self._text[place] == mark
            if is_mark and closing >= 0:
                ends[place] = shallower.get(depth - 1, closing) + 1
            shallower[depth] = place
            depth += 1 if closes else -1 if is_mark else 0
            closing = place if closes else closing
            again = place if is_mark else again
        return ends

    def _is_apostrophe(self, mark: str, place: int, again: int) -> bool:
        """Say whether a single closing mark is an apostrophe: in a word, or a plural's, with a closing mark to come."""
        if mark not in _SINGLE:
            return False
        text, limit = self._text, self._paragraph.end
        following = text[place + 1] if place + 1 < limit else " "
        if following.isalnum():
            return True
        before = text[place - 1] if place > self._paragraph.start else " "
        if before.isspace():  # ’90s, ’em
            return not following.isspace()
        if before != "s" or not _LOWER_WORD.match(text, place + 1, limit):
            return False
        at = bisect_right(self._quote_ends, place)
        return at < len(self._quote_ends) and (again < 0 or mark == "'" or self._quote_ends[at] < again)

    def _unclosed_end(self, opening: int) -> int:
        following = self._text[self._paragraph.end : self._paragraph.end + 3].lstrip()
        if following[:1] == self._text[opening]:
            return self._paragraph.end
        return self._sentence_ends[bisect_right(self._sentence_ends, opening)]

    @property
    def _borders(self) -> tuple[int, int]:
        return self._paragraph.start, self._paragraph.end

    @cached_property
    def _straight(self) -> list[int]:
        return [found.start() for found in _STRAIGHT.finditer(self._text, *self._borders)]

    @cached_property
    def _quote_ends(self) -> list[int]:
        return [found.start() for found in _QUOTE_END.finditer(self._text, *self._borders)]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.end for sentence in sentences_of(self._text, self._paragraph)]

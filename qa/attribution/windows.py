"""A text -> its words as wordpieces, packed into windows that a token model reads.

A window is ``[CLS] paragraph [SEP] paragraph [SEP] …``: whole paragraphs, as many as fit, a longer one in pieces. What
the vocabulary does not show is told by the type of a wordpiece: whether its word has capitals, and whether it stands in
a quotation. Training and serving both make their windows here: what is trained is what is served.

What this module does not know: labels, the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.types import Span
from qa.wordpieces import CLS, PAD, SEP, Integers, Wordpieces

__all__ = ["MAX_TOKENS", "TYPES", "Batch", "Window", "Words", "collate", "pack", "words_of"]

MAX_TOKENS = 256
TYPES = 6  # lower case, Capitalised, CAPITALS; the same in a quotation
_STEP = 16  # padded lengths are multiples of this: fewer shapes, and kernels like them


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words: ``ids`` and ``types`` by wordpiece, the rest by word.

    ``first[i]`` is the wordpiece that word ``i`` begins with, ``starts`` and ``ends`` are code points, and
    ``paragraphs`` numbers the paragraphs that the words stand in, ascending.
    """

    ids: Integers
    types: Integers
    first: Integers
    starts: Integers
    ends: Integers
    paragraphs: Integers

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``[begin, end)`` of a text, as wordpieces with specials; word ``begin + i`` stands at ``places[i]``."""

    begin: int
    end: int
    ids: Integers
    types: Integers
    places: Integers

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one padded length; every array is (windows, length)."""

    ids: Integers
    attention: Integers
    types: Integers

    @property
    def inputs(self) -> dict[str, Integers]:
        """What the network takes."""
        return {"input_ids": self.ids, "attention_mask": self.attention, "token_type_ids": self.types}


def words_of(text: str, paragraphs: Sequence[Span], quotations: Sequence[Span], wordpieces: Wordpieces) -> Words:
    """Cut a text into words; what stands in no paragraph belongs to the one before."""
    tokens = wordpieces.tokens(text)
    first = np.flatnonzero(wordpieces.begins_word(tokens))
    last = np.append(first[1:], len(tokens)) - 1 if len(first) else first
    starts, ends = tokens.starts[first], tokens.ends[last]
    shapes = np.array([_shape(text[start:end]) for start, end in zip(starts, ends, strict=True)], dtype=np.int64)
    quoted = np.zeros(len(text) + 1, dtype=np.int64)
    for quotation in quotations:
        quoted[quotation.start : quotation.end] = 1
    types = np.repeat(shapes + TYPES // 2 * quoted[starts], np.diff(np.append(first, len(tokens))))
    begins = np.array([paragraph.start for paragraph in paragraphs], dtype=np.int64)
    numbers = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
    return Words(tokens.ids, types, first, starts, ends, numbers)


def _shape(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def pack(
    words: Words, *, max_tokens: int = MAX_TOKENS, first_tokens: int | None = None, overlap: int = 0
) -> list[Window]:
    """Pack paragraphs into windows, in order.

    Args:
        words: the text.
        max_tokens: longest window, specials included.
        first_tokens: longest first window, where it is shorter: training sees paragraphs at other places then.
        overlap: paragraphs of together at most this many wordpieces are seen again in the next window.
    """
    blocks = list(_blocks(words, max_tokens - 2))
    windows: list[Window] = []
    start = 0
    while start < len(blocks):
        limit = max_tokens if windows or first_tokens is None else first_tokens
        end, used = start, 1
        while end < len(blocks) and (end == start or used + blocks[end][2] + 1 <= limit):
            used += blocks[end][2] + 1
            end += 1
        windows.append(_window(words, blocks[start][0], blocks[end - 1][1]))
        if end == len(blocks):
            break
        back, again = end, 0
        while back - 1 > start and again + blocks[back - 1][2] <= overlap:
            back -= 1
            again += blocks[back][2]
        start = back
    return windows


def _blocks(words: Words, room: int) -> Iterator[tuple[int, int, int]]:
    """Paragraphs, or pieces of long ones: first word, word after the last, number of wordpieces."""
    borders = np.append(words.first, len(words.ids))
    edges = [0, *(np.flatnonzero(np.diff(words.paragraphs)) + 1), len(words)]
    for start, end in pairwise(edges):
        begin = int(start)
        while begin < end:
            fits = int(np.searchsorted(borders, borders[begin] + room, side="right")) - 1
            until = min(max(fits, begin + 1), int(end))
            yield begin, until, int(borders[until] - borders[begin])
            begin = until


def _window(words: Words, begin: int, end: int) -> Window:
    """Put specials around the paragraphs of words ``[begin, end)``."""
    stop = words.first[end] if end < len(words) else len(words.ids)
    ids, types = words.ids[words.first[begin] : stop], words.types[words.first[begin] : stop]
    places = words.first[begin:end] - words.first[begin]
    breaks = np.flatnonzero(np.diff(words.paragraphs[begin:end])) + 1
    ids = np.insert(ids, places[breaks], SEP)
    types = np.insert(types, places[breaks], 0)
    shifted = places + 1 + np.searchsorted(breaks, np.arange(end - begin), side="right")
    return Window(begin, end, np.concatenate(([CLS], ids, [SEP])), np.concatenate(([0], types, [0])), shifted)


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows to one length."""
    length = -(-max(len(window) for window in windows) // _STEP) * _STEP
    ids: NDArray[np.int64] = np.full((len(windows), length), PAD, dtype=np.int64)
    attention, types = np.zeros_like(ids), np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window.ids
        types[row, : len(window)] = window.types
        attention[row, : len(window)] = 1
    return Batch(ids, attention, types)

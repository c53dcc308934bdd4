"""Question and passage -> windows of wordpieces that remember which code points they stand for.

A window is ``[CLS] question [SEP] piece of the passage [SEP]``. A passage that does not fit is read in several windows
that overlap, so that an answer of ``overlap`` wordpieces or fewer lies whole in one of them. Training and serving both
make their windows here: what is trained is what is served.

Promise: ``text[tokens.starts[i]:tokens.ends[i]]`` is what wordpiece ``i`` was made of, in code points.

What this module does not know: the network, articles (offsets count from the start of the passage), sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.errors import ModelMissing

__all__ = ["MAX_QUESTION_TOKENS", "Batch", "Tokens", "Window", "Wordpieces", "collate", "cut_windows", "window_of"]

Integers = NDArray[np.int64]

CLS, SEP, PAD = 101, 102, 0
SPECIALS = 3  # [CLS] and two [SEP]
MAX_QUESTION_TOKENS = 64
_STEP = 16  # padded lengths are multiples of this: fewer shapes, and kernels like them


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as wordpieces; ``starts`` and ``ends`` are code points of that text, all three of one length."""

    ids: Integers
    starts: Integers
    ends: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, part: slice) -> Tokens:
        return Tokens(self.ids[part], self.starts[part], self.ends[part])


@dataclass(frozen=True, slots=True)
class Window:
    """``ids`` with specials; wordpiece ``i`` of ``passage`` stands at ``passage_at + i``."""

    ids: Integers
    passage_at: int
    passage: Tokens

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one padded length; every array is (windows, length).

    ``allowed`` marks where an answer may begin or end: in the passage, or at [CLS], which stands for no answer.
    """

    ids: Integers
    attention: Integers
    types: Integers
    allowed: NDArray[np.bool_]


class Wordpieces:
    """The uncased wordpiece vocabulary in ``tokenizer.json``.

    Raises:
        ModelMissing: there is no such file.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ModelMissing(
                f"There is no tokenizer at {path}.", remedy="Install On Record again, or name its folder."
            )
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def tokens(self, text: str) -> Tokens:
        """Cut ``text`` into wordpieces, without specials and without a limit."""
        return self.tokens_of([text])[0]

    def tokens_of(self, texts: list[str]) -> list[Tokens]:
        """Cut many texts, a thousand at a time: the tokenizer's own form of them is large."""
        return [
            _tokens(encoding.ids, encoding.offsets)
            for start in range(0, len(texts), 1000)
            for encoding in self._tokenizer.encode_batch(texts[start : start + 1000], add_special_tokens=False)
        ]


def _tokens(ids: list[int], offsets: list[tuple[int, int]]) -> Tokens:
    borders = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    return Tokens(np.array(ids, dtype=np.int64), borders[:, 0], borders[:, 1])


def cut_windows(question: Tokens, passage: Tokens, max_tokens: int, overlap: int) -> Iterator[Window]:
    """Yield the windows of one passage, in order; at least one, even for an empty passage."""
    room = max_tokens - SPECIALS - min(len(question), MAX_QUESTION_TOKENS)
    if room <= overlap:
        raise ValueError(f"windows of {max_tokens} leave {room} wordpieces for the passage, overlap is {overlap}")
    for start in range(0, max(len(passage) - overlap, 1), room - overlap):
        yield window_of(question, passage[start : start + room])


def window_of(question: Tokens, passage: Tokens) -> Window:
    """Put specials around a question (its first 64 wordpieces) and a piece of a passage that fits."""
    asked = question.ids[:MAX_QUESTION_TOKENS]
    ids = np.concatenate(([CLS], asked, [SEP], passage.ids, [SEP]))
    return Window(ids, len(asked) + 2, passage)


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows to one length."""
    length = -(-max(len(window) for window in windows) // _STEP) * _STEP
    ids = np.full((len(windows), length), PAD, dtype=np.int64)
    attention, types = np.zeros_like(ids), np.zeros_like(ids)
    allowed = np.zeros(ids.shape, dtype=bool)
    for row, window in enumerate(windows):
        begin, end = window.passage_at, window.passage_at + len(window.passage)
        ids[row, : len(window)] = window.ids
        attention[row, : len(window)] = 1
        types[row, begin : len(window)] = 1
        allowed[row, begin:end] = True
    allowed[:, 0] = True
    return Batch(ids, attention, types, allowed)

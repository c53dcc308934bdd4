"""Question and passage -> windows of wordpieces that remember which code points they stand for.

A window is ``[CLS] question [SEP] piece of the passage [SEP]``. A passage that does not fit is read in several windows
that overlap, so that an answer of ``overlap`` wordpieces or fewer lies whole in one of them. Training and serving both
make their windows here: what is trained is what is served.

What this module does not know: the network, articles (offsets count from the start of the passage), sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.wordpieces import UNCASED, Integers, Tokens, Vocabulary, Wordpieces

__all__ = [
    "MAX_QUESTION_TOKENS",
    "Batch",
    "Tokens",
    "Window",
    "Wordpieces",
    "collate",
    "cut_windows",
    "typed",
    "window_of",
]

SPECIALS = 3  # [CLS] and two [SEP]
MAX_QUESTION_TOKENS = 64
_TYPED = str.maketrans("’‘ʼ“”„", "'''\"\"\"")  # telephones type them; networks learnt from keyboards
_STEP = 16  # padded lengths are multiples of this: fewer shapes, and kernels like them


@dataclass(frozen=True, slots=True)
class Window:
    """``ids`` with specials; wordpiece ``i`` of ``passage`` stands at ``passage_at + i``."""

    ids: Integers
    passage_at: int
    passage: Tokens
    vocabulary: Vocabulary = UNCASED

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

    @property
    def inputs(self) -> dict[str, Integers]:
        """What the network takes."""
        return {"input_ids": self.ids, "attention_mask": self.attention, "token_type_ids": self.types}


def typed(question: str) -> str:
    """A question with the marks that a keyboard has."""
    return question.translate(_TYPED)


def cut_windows(
    question: Tokens, passage: Tokens, max_tokens: int, overlap: int, vocabulary: Vocabulary = UNCASED
) -> Iterator[Window]:
    """Yield the windows of one passage, in order; at least one, even for an empty passage."""
    room = max_tokens - SPECIALS - min(len(question), MAX_QUESTION_TOKENS)
    if room <= overlap:
        raise ValueError(f"windows of {max_tokens} leave {room} wordpieces for the passage, overlap is {overlap}")
    for start in range(0, max(len(passage) - overlap, 1), room - overlap):
        yield window_of(question, passage[start : start + room], vocabulary)


def window_of(question: Tokens, passage: Tokens, vocabulary: Vocabulary = UNCASED) -> Window:
    """Put specials around a question (its first 64 wordpieces) and a piece of a passage that fits."""
    asked = question.ids[:MAX_QUESTION_TOKENS]
    begin, end = [vocabulary.begin], [vocabulary.separator]
    ids = np.concatenate((begin, asked, end, passage.ids, end))
    return Window(ids, len(asked) + 2, passage, vocabulary)


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows of one vocabulary to one length."""
    length = -(-max(len(window) for window in windows) // _STEP) * _STEP
    ids = np.full((len(windows), length), windows[0].vocabulary.padding, dtype=np.int64)
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

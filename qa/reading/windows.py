"""Question and passage -> windows of wordpieces that remember which code points they stand for.

A window is ``[CLS] question [SEP] heading, piece of the passage [SEP]``; the heading tells what the passage is about,
and is never part of an answer. A passage that does not fit is read in several windows, each with the heading, that
overlap, so that an answer of ``overlap`` wordpieces or fewer lies whole in one of them. Training and serving both make
their windows here: what is trained is what is served.

What this module does not know: the network, articles (offsets count from the start of the passage), sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.wordpieces import NO_TOKENS, UNCASED, Integers, Tokens, Vocabulary, Wordpieces

__all__ = [
    "MAX_HEADING_TOKENS",
    "MAX_QUESTION_TOKENS",
    "Batch",
    "Tokens",
    "Window",
    "Wordpieces",
    "collate",
    "cut_windows",
    "heading_of",
    "typed",
    "window_of",
]

SPECIALS = 3  # [CLS] and two [SEP]
MAX_QUESTION_TOKENS = 64
MAX_HEADING_TOKENS = 40
_TYPED = str.maketrans("’‘ʼ“”„", "'''\"\"\"")  # telephones type them; networks learnt from keyboards
_STEP = 16  # padded lengths are multiples of this: fewer shapes, and kernels like them


@dataclass(frozen=True, slots=True)
class Window:
    """``ids`` with specials; ``passage[i]`` stands at ``passage_at + i``, and a heading begins at ``heading_at``."""

    ids: Integers
    passage_at: int
    passage: Tokens
    vocabulary: Vocabulary
    heading_at: int

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


def heading_of(title: str) -> str:
    """A title as it stands before a passage: a sentence of its own."""
    stripped = title.strip()
    return stripped if not stripped or stripped[-1] in ".!?" else f"{stripped}."


def cut_windows(
    question: Tokens,
    passage: Tokens,
    max_tokens: int,
    overlap: int,
    *,
    vocabulary: Vocabulary = UNCASED,
    heading: Tokens = NO_TOKENS,
) -> Iterator[Window]:
    """Yield the windows of one passage, in order; at least one, even for an empty passage.

    A heading gives way where it, with the question, would leave too little room.
    """
    room = max_tokens - SPECIALS - min(len(question), MAX_QUESTION_TOKENS)
    heading = heading[: max(min(MAX_HEADING_TOKENS, room - 2 * overlap), 0)]
    room -= len(heading)
    if room <= overlap:
        raise ValueError(f"windows of {max_tokens} leave {room} wordpieces for the passage, overlap is {overlap}")
    for start in range(0, max(len(passage) - overlap, 1), room - overlap):
        yield window_of(question, passage[start : start + room], vocabulary, heading)


def window_of(
    question: Tokens, passage: Tokens, vocabulary: Vocabulary = UNCASED, heading: Tokens = NO_TOKENS
) -> Window:
    """Put specials around a question (its first 64 wordpieces) and a heading and a piece of a passage that fit."""
    asked, headed = question.ids[:MAX_QUESTION_TOKENS], heading.ids[:MAX_HEADING_TOKENS]
    begin, end = [vocabulary.begin], [vocabulary.separator]
    ids = np.concatenate((begin, asked, end, headed, passage.ids, end))
    heading_at = len(asked) + 2
    return Window(ids, heading_at + len(headed), passage, vocabulary, heading_at)


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
        types[row, window.heading_at : len(window)] = 1
        allowed[row, begin:end] = True
    allowed[:, 0] = True
    return Batch(ids, attention, types, allowed)

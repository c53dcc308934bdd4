"""Labels of words, and spans of them: what the token model is taught and what it says.

The three parts of an attribution share one sequence of labels in the BIOES scheme (a span's first word, those inside,
its last, a single one; outside), which tells both borders of a span. Source, cue and content never overlap in PolNeAR.
What also is a label of its own sequence is whether a word is part of a person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CONTENT",
    "CUE",
    "LABELS",
    "NEVER",
    "PARTS",
    "SOURCE",
    "Part",
    "begins_allowed",
    "ends_allowed",
    "follows",
    "parts_of",
    "tagged",
]

PARTS = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
OUTSIDE = 0
_BEGIN, _INSIDE, _END, _SINGLE = range(4)
LABELS = 1 + 4 * len(PARTS)
NEVER = -1e4  # the score of what cannot follow


class Part(NamedTuple):
    """Words ``[begin, end)`` of a text that are one of ``PARTS``."""

    begin: int
    end: int
    part: int


def tagged(length: int, parts: Iterable[Part]) -> NDArray[np.int64]:
    """Label ``length`` words; a part that shares a word with one before it is left out."""
    labels = np.zeros(length, dtype=np.int64)
    for begin, end, part in parts:
        if labels[begin:end].any():
            continue
        base = 1 + 4 * part
        labels[begin:end] = base + _INSIDE
        labels[begin], labels[end - 1] = base + _BEGIN, base + _END
        if end - begin == 1:
            labels[begin] = base + _SINGLE
    return labels


def parts_of(labels: NDArray[np.int64]) -> Iterator[Part]:
    """Read the spans from an allowed sequence of labels, in order."""
    begin = 0
    for place, label in enumerate(labels.tolist()):
        if label == OUTSIDE:
            continue
        part, position = divmod(label - 1, 4)
        if position in (_BEGIN, _SINGLE):
            begin = place
        if position in (_END, _SINGLE):
            yield Part(begin, place + 1, part)


def _open(label: int) -> bool:
    """Whether a span goes on behind a word with this label."""
    return label != OUTSIDE and (label - 1) % 4 in (_BEGIN, _INSIDE)


def _goes_on(label: int) -> bool:
    """Whether a word with this label belongs to a span that began before it."""
    return label != OUTSIDE and (label - 1) % 4 in (_INSIDE, _END)


def follows() -> NDArray[np.float32]:
    """(label, next label): 0 where the second may follow the first, else ``NEVER``."""
    scores = np.full((LABELS, LABELS), NEVER, dtype=np.float32)
    for label in range(LABELS):
        for following in range(LABELS):
            same = label and following and (label - 1) // 4 == (following - 1) // 4
            if (_open(label) and _goes_on(following) and same) or (not _open(label) and not _goes_on(following)):
                scores[label, following] = 0.0
    return scores


def begins_allowed() -> NDArray[np.float32]:
    """0 for the labels that a text may begin with, else ``NEVER``."""
    return np.array([NEVER if _goes_on(label) else 0.0 for label in range(LABELS)], dtype=np.float32)


def ends_allowed() -> NDArray[np.float32]:
    """0 for the labels that a text may end with, else ``NEVER``."""
    return np.array([NEVER if _open(label) else 0.0 for label in range(LABELS)], dtype=np.float32)

"""A question as a set has it -> the same question as people type it into a box.

Promise: the same question and seed give the same words; what is left asks the same of a passage.

What this does not know: dialects of keyboards and languages other than English.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np

__all__ = ["as_typed"]

_FUNCTION = {  # words that keywords do without
    *(
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "of",
        "in",
    ),
    *("on", "at", "to", "for", "by", "with", "from", "as", "that", "this", "there", "it", "its", "what", "which"),
    *("and", "or"),
}
_WORD = re.compile(r"[^\W\d_]{4,}")


def as_typed(question: str, variants: int = 2) -> list[str]:
    """Give ``variants`` spellings: the first in haste, the others in haste or as keywords alone."""
    seed = hashlib.sha256(question.encode()).digest()[:8]
    random = np.random.default_rng(int.from_bytes(seed, "big"))
    made = [_hasty(question, random)]
    while len(made) < variants:
        made.append(_keywords(question) if random.random() < 0.5 else _misspelt(_hasty(question, random), random))
    return made


def _hasty(question: str, random: np.random.Generator) -> str:
    """Without capitals, and mostly without its mark and apostrophes."""
    typed = question.lower()
    return typed.rstrip(" ?").replace("'", "").replace("’", "") if random.random() < 0.7 else typed


def _keywords(question: str) -> str:
    """The words that carry it; who, when and where stay, since they say what is asked for."""
    words = question.lower().rstrip(" ?").split()
    kept = [word for word in words if word not in _FUNCTION]
    return " ".join(kept if len(kept) > 1 else words)


def _misspelt(question: str, random: np.random.Generator) -> str:
    """With one slip in a word of four letters or more: two exchanged, one left out, one typed twice."""
    words = list(_WORD.finditer(question))
    if not words:
        return question
    word = words[int(random.integers(len(words)))]
    at = word.start() + int(random.integers(1, len(word.group()) - 1))
    first, second = question[at], question[at + 1]
    slip = (second + first, second, first + first + second)[int(random.integers(3))]
    return question[:at] + slip + question[at + 2 :]

"""A row of a question-answering set -> what it may be used for: training, development, or refusals alone.

Sets name a split of their own, "train" or "dev". Of the sets that ask unanswerable questions about paragraphs which do
not answer them, one paragraph in ten is ``KEPT``: it is for measuring, and no reader may train on it.

Promise: a paragraph is kept in all of those sets or in none, whatever the rows that ask about it.
"""

from __future__ import annotations

import hashlib

__all__ = ["KEPT", "split_of"]

KEPT = "kept"
_SHARED = frozenset({"squad_train_abstracts", "squad_train_cs224n", "squad_train_sample", "squad_train_unansq"})
_ONE_IN = 10


def split_of(file: str, split: str, context: str) -> str:
    """Say what a row of a file (its name without suffixes) may be used for; ``split`` is what the row says itself."""
    if split == "train" and file in _SHARED and _digest(context) % _ONE_IN == 0:
        return KEPT
    return split


def _digest(context: str) -> int:
    return int.from_bytes(hashlib.sha256(context.encode()).digest()[:8], "big")

"""A text -> wordpieces that remember which code points they stand for, by the vocabulary of all networks here.

Promise: ``text[tokens.starts[i]:tokens.ends[i]]`` is what wordpiece ``i`` was made of, in code points.

What this module does not know: windows, specials' places and networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.errors import ModelMissing

__all__ = ["CLS", "PAD", "SEP", "Integers", "Tokens", "Wordpieces"]

Integers = NDArray[np.int64]

CLS, SEP, PAD = 101, 102, 0


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
        vocabulary = self._tokenizer.get_vocab()
        self._continues = np.zeros(max(vocabulary.values()) + 1, dtype=bool)
        self._continues[[number for piece, number in vocabulary.items() if piece.startswith("##")]] = True

    def begins_word(self, tokens: Tokens) -> NDArray[np.bool_]:
        """Say of each wordpiece whether a word begins with it; a punctuation mark is a word."""
        return ~self._continues[tokens.ids]

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

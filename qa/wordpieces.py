"""A text -> wordpieces that remember which code points they stand for, by the vocabulary of a network.

Two kinds of vocabulary are read: BERT's, in which a piece that goes on with a word is marked ("##ed"), and
SentencePiece's, in which a piece that begins one is ("▁the"), and a mark can stand alone.

Promise: ``text[tokens.starts[i]:tokens.ends[i]]`` is what wordpiece ``i`` was made of, in code points, without spaces
around it; a mark that stands alone is made of nothing, and stands where the word behind it begins.

What this module does not know: windows, specials' places and networks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer, models

from qa.errors import ModelError, ModelMissing

__all__ = [
    "CLS",
    "NO_TOKENS",
    "PAD",
    "SEP",
    "UNCASED",
    "Integers",
    "Tokens",
    "Vocabulary",
    "Wordpieces",
    "open_tokenizer",
]

Integers = NDArray[np.int64]

_MARK = "▁"  # SentencePiece's sign that a word begins


def open_tokenizer(path: Path, remedy: str) -> Tokenizer:
    """Read a ``tokenizer.json``.

    Raises:
        ModelError: it is missing, damaged or cannot be read; ``remedy`` says what to do.
    """
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing more special
        raise ModelError(f"{path} cannot be read as a tokenizer: {error}.", remedy=remedy) from error


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ids of wordpieces with a meaning of their own."""

    begin: int
    separator: int
    padding: int
    mask: int
    comma: int
    question_mark: int

    @classmethod
    def of(cls, id_of: Callable[[str], int | None]) -> Vocabulary:
        """Find them under the names that BERT or RoBERTa gives them; ``id_of`` gives a piece's id.

        MPNet has both in its vocabulary and uses RoBERTa's.

        Raises:
            ModelError: one of them is not there.
        """
        names = (("<s>", "[CLS]"), ("</s>", "[SEP]"), ("<pad>", "[PAD]"), ("<mask>", "[MASK]"), (",",), ("?",))
        found = [next((number for name in either if (number := id_of(name)) is not None), None) for either in names]
        if None in found:
            lacking = " or ".join(reversed(names[found.index(None)]))
            raise ModelError(f"The vocabulary has no {lacking}.", remedy="Install On Record again.")
        return cls(*(number for number in found if number is not None))


UNCASED = Vocabulary(begin=101, separator=102, padding=0, mask=103, comma=1010, question_mark=1029)  # BERT's
CLS, SEP, PAD = UNCASED.begin, UNCASED.separator, UNCASED.padding


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


NO_TOKENS = Tokens(*(np.zeros(0, dtype=np.int64) for _ in range(3)))


class Wordpieces:
    """The vocabulary in ``tokenizer.json``.

    Raises:
        ModelMissing: there is no such file.
        ModelError: it cannot be read, or lacks a piece that networks need.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ModelMissing(
                f"There is no tokenizer at {path}.", remedy="Install On Record again, or name its folder."
            )
        self._tokenizer = open_tokenizer(path, "Install On Record again.")
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.vocabulary = Vocabulary.of(self._tokenizer.token_to_id)
        self._marked = isinstance(self._tokenizer.model, models.Unigram)
        lone = self._tokenizer.token_to_id(_MARK) if self._marked else None
        self._lone = -1 if lone is None else lone

    @cached_property
    def _borders(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Of each piece, whether it goes on with a word wherever it stands, and whether the next one does not."""
        pieces = self._tokenizer.get_vocab()
        continues = np.zeros(max(pieces.values()) + 1, dtype=bool)
        breaks = np.zeros_like(continues)
        for piece, number in pieces.items():
            continues[number] = piece[:1].isalnum() if self._marked else piece.startswith("##")
            breaks[number] = self._marked and not piece[-1:].isalnum()
        return continues, breaks

    def begins_word(self, tokens: Tokens) -> NDArray[np.bool_]:
        """Say of each wordpiece whether a word begins with it; a punctuation mark is a word, a lone mark is none."""
        continues, breaks = self._borders
        begins = ~continues[tokens.ids]
        begins[1:] |= breaks[tokens.ids[:-1]]
        begins[tokens.ids == self._lone] = False
        if self._marked:
            begins[:1] = len(tokens) > 0 and tokens.ids[0] != self._lone
        return begins

    def tokens(self, text: str) -> Tokens:
        """Cut ``text`` into wordpieces, without specials and without a limit."""
        return self.tokens_of([text])[0]

    def tokens_of(self, texts: list[str]) -> list[Tokens]:
        """Cut many texts, a thousand at a time: the tokenizer's own form of them is large."""
        return [
            self._trimmed(text, _tokens(encoding.ids, encoding.offsets))
            for start in range(0, len(texts), 1000)
            for text, encoding in self._encoded(texts[start : start + 1000])
        ]

    def _encoded(self, texts: list[str]) -> Iterable[tuple[str, Encoding]]:
        return zip(texts, self._tokenizer.encode_batch(texts, add_special_tokens=False), strict=True)

    def _trimmed(self, text: str, tokens: Tokens) -> Tokens:
        """Take from pieces the space that their mark stands for."""
        if not self._marked or not len(tokens):
            return tokens
        words = np.flatnonzero([not sign.isspace() for sign in text])
        behind = np.append(words, len(text))[np.searchsorted(words, np.arange(len(text) + 1))]
        lone = tokens.ids == self._lone
        starts = np.where(lone, behind[tokens.starts], np.minimum(behind[tokens.starts], tokens.ends))
        starts = np.minimum.accumulate(starts[::-1])[::-1]  # of one sign that stands for several words (U+FDFA)
        ends = np.maximum.accumulate(np.where(lone, starts, tokens.ends))
        return Tokens(tokens.ids, starts, ends)


def _tokens(ids: list[int], offsets: list[tuple[int, int]]) -> Tokens:
    borders = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    return Tokens(np.array(ids, dtype=np.int64), borders[:, 0], borders[:, 1])

"""A text -> what is compared word by word: its words and the signs that change a figure (%, $, €), each with its span.

Letter case, accents and hyphens are levelled, and thousands' commas left out: two tokens are equal where their keys
are. Punctuation and spacing are no tokens. What this does not know: what is compared with what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.lazily import pattern
from qa.text import fold, word_spans, words_in
from qa.text.vocabulary import CARDINALS, CARDINALS_GERMAN
from qa.types import Span

__all__ = ["Token", "is_number", "keys_of", "tokens_of"]

_SIGNS = pattern(r"([%‰$€£¥₹₽])")
_HYPHEN = pattern("[-‐‑]")
_THOUSANDS = pattern(r",(?=\d{3}(?!\d))")  # and no decimal comma: "1,5" is not "15"

# "One" and "a" are left out: they mostly count nothing.
_NUMBER_WORDS = """
hundred hundreds thousand thousands million millions
billion billions trillion dozen dozens half third quarter twice double triple zero
hundert tausend millionen milliarden dutzend hälfte drittel viertel doppelt null
"""
_NUMBERS = frozenset(fold(word) for word in (*CARDINALS[1:], *CARDINALS_GERMAN[1:], *_NUMBER_WORDS.split()))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: what is compared, and where it stands."""

    key: str
    span: Span


def tokens_of(text: str) -> list[Token]:
    """Find the tokens of ``text`` in order; a hyphenated word is several."""
    words = [Token(_key(part.of(text)), part) for word in word_spans(text) for part in _parts(text, word)]
    signs = [Token(match[0], Span(*match.span())) for match in _SIGNS.finditer(text)]
    return sorted([*words, *signs], key=lambda token: token.span.start) if signs else words


def keys_of(text: str) -> list[str]:
    """The keys of the tokens that :func:`tokens_of` finds, in a fraction of its time."""
    keys: list[str] = []
    for at, part in enumerate(_SIGNS.split(text)):
        keys += (part,) if at % 2 else _keys_of_words(part)
    return keys


def is_number(key: str) -> bool:
    """Whether a token's key is a number, in figures or in words."""
    return any(map(str.isdigit, key)) or key in _NUMBERS


@lru_cache(maxsize=1 << 16)  # an article, and one like it, has few different words
def _key(word: str) -> str:
    folded = fold(word)
    return _THOUSANDS.sub("", folded) if folded[:1].isdigit() else folded


def _keys_of_words(text: str) -> list[str]:
    return [_key(part) for word in words_in(text) for part in ((word,) if word.isalnum() else _HYPHEN.split(word))]


def _parts(text: str, word: Span) -> Sequence[Span]:
    hyphens = [hyphen.span() for hyphen in _HYPHEN.finditer(text, word.start, word.end)]
    if not hyphens:
        return (word,)
    starts = [word.start, *(end for _, end in hyphens)]
    ends = [*(start for start, _ in hyphens), word.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]

"""Normalised text -> spans of its words in any script (tokenisation); positions as JavaScript counts them."""

from __future__ import annotations

from qa.lazily import pattern
from qa.types import Span

__all__ = ["utf16_offset", "word_spans", "words_in"]

# Letters to Unicode of which no letter is left when they are folded: the modifier apostrophe, the sound marks of
# half-width kana, and vowel signs that are encoded with a space of their own. They only go on with a word.
_SOUNDLESS = "\u02bc\u037a\ufc5e-\ufc63\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff9e\uff9f"
# Marks that \w leaves out although they are parts of words: combining accents, Hebrew and Arabic points, Indic and
# South-East Asian vowel signs, and the joiners between them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd"
    "\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0dca-\u0ddf\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d"
    "\u20d0-\u20ff\ufe20-\ufe2f"
)
_RUN = f"[^\\W_{_SOUNDLESS}][^\\W_]*(?:[{_MARKS}]+[^\\W_]*)*"
_WORD = pattern(f"{_RUN}(?:(?:['’ʼ\\-‐‑]|(?<=\\d)[.,](?=\\d)){_RUN})*")


def word_spans(text: str) -> list[Span]:
    """Find the words: letters and digits of any script, with the apostrophes and hyphens inside them.

    ``Moscow’s``, ``NATO-like`` and ``1,250.5`` are one word each; ``U.S.`` is two. A word begins with a character
    that still has a letter or digit when it is folded, so no word is compared as nothing.
    """
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def words_in(text: str) -> list[str]:
    """The words that :func:`word_spans` finds, for whoever does not need their places."""
    return _WORD.findall(text)


def utf16_offset(text: str, position: int) -> int:
    """Count the UTF-16 units before the code point at ``position``, which is how JavaScript counts.

    Raises:
        ValueError: ``position`` lies outside the text (its end is inside).
    """
    if not 0 <= position <= len(text):
        raise ValueError(f"position {position} is outside a text of {len(text)} code points")
    return position + sum(character > "\uffff" for character in text[:position])

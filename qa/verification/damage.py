"""Text -> a form in which it equals itself as scans, columns and copies damage it (OCR, hyphenation, ligatures).

A scan reads "m" as "rn", "e" as "c" and "l" as "1", a column breaks "harbour" into "har-" and "bour", a copy loses a
space or spells an umlaut out: two texts are the same but for damage when they agree without spaces, hyphens and
accents, and with letters that scans confuse made one. How well that tells damage from alteration:
``python -m qa.evaluation.damaged``.

Promise: another number or sign, or a word that was dropped or added, gives another form.
Many words have the form of others ("hat" of "bat", "fall" of "fail"), so that this is half of the answer: what was
misread is seldom a word, and whoever compares looks whether it is one: here, a common word of English, by the
vocabulary of the network that is shipped; there, a word that the texts have (:mod:`qa.verification.verifying`).

What it does not know: words that a space makes of another ("not able", "notable"), which count as damage, letters that
it does not list ("f" and "t"), and signs in the place of letters that were lost, which count as alterations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from qa.text import fold

__all__ = ["as_scanned", "is_common", "spelled_out"]

_VOCABULARY = Path(__file__).resolve().parents[1] / "weights" / "reader" / "tokenizer.json"
_SHORT = 2  # letters, of which nearly every row is in the vocabulary
_COMMON_SHORT = range(1_996, 2_200)  # its first words, since it is in the order of how common they are; before: signs

# What scans confuse, written as one; each letter by itself, so that the form of a text is the forms of its letters.
# Every digit keeps a form of its own.
_LIKE = str.maketrans(
    {"m": "ru", "n": "u", "w": "vv", "d": "cl", "e": "c", "h": "b", "8": "b", "0": "o", "5": "s"}
    | dict.fromkeys("1|i", "l")
)
_IDLE = re.compile(r"[\s'\"(),;:!?\[\]_-]|(?<!\d)\.|\.(?!\d)")  # as folding leaves marks; 12.5 is not 125
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)


def as_scanned(text: str) -> str:
    """Bring text into a form in which it is equal to every damaged form of itself."""
    return _IDLE.sub("", fold(text)).translate(_LIKE)


def spelled_out(text: str) -> str:
    """Write umlauts as keyboards without them do: "Müller" as "Mueller"."""
    return text.translate(_SPELLED_OUT)


def is_common(key: str) -> bool:
    """Whether this, in lower case, is a common word by itself, or one and what is drawn together with it ("we're")."""
    word = key.partition("'")[0]
    number = _words().get(word)
    return number is not None and (len(word) > _SHORT or number in _COMMON_SHORT)


@cache
def _words() -> Mapping[str, int]:
    """The words that the vocabulary has whole, with their numbers; read when the first damaged quotation comes."""
    pieces: Mapping[str, int] = json.loads(_VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    return {piece: number for piece, number in pieces.items() if piece.isalpha()}

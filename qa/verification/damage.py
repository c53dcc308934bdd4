"""Text -> a form in which it equals itself as scans, columns and copies damage it (OCR, hyphenation, ligatures).

A scan reads "m" as "rn", "e" as "c" and "l" as "1", a column breaks "harbour" into "har-" and "bour", a copy loses a
space or spells an umlaut out: two texts are the same but for damage when they agree without spaces, hyphens and
accents, and with letters that scans confuse made one. How well that tells damage from alteration:
``python -m qa.evaluation.damaged``.

Promise: another number or sign, or a word that was dropped or added, gives another form.
Many words have the form of others ("hat" of "bat", "fall" of "fail"), so that this is half of the answer: what was
misread is seldom a word, and whoever compares looks whether it is one: here, a common word of English, by the
vocabulary of the network that is shipped; there, a word that the texts have (:mod:`qa.verification.misreading`). A name
is no word of either and may be another person's ("Hecker", "Becker"), unless it is spelled as hardly any word is.

What it does not know: a word that a space has cut into others ("not able" for "notable"), which counts as damage,
letters that it does not list ("f" and "t"), and signs in the place of letters that were lost, which count as
alterations.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from math import log
from pathlib import Path

from qa.text import fold

__all__ = ["as_scanned", "is_common", "oddly_spelled", "pieces_as_scanned", "plainly_alike", "spelled_out"]

_VOCABULARY = Path(__file__).resolve().parents[1] / "weights" / "reader" / "tokenizer.json"
_SHORT = 2  # letters, of which nearly every row is in the vocabulary
_COMMON_SHORT = range(1_996, 2_200)  # its first words, since it is in the order of how common they are; before: signs
_DRAWN_TOGETHER = frozenset(("", "d", "ll", "m", "re", "s", "t", "ve"))
_ODD = 5.0  # nats by which the letters of a word follow each other less likely than those of what is printed
_UNSEEN = 0.1  # times that a row of three letters which no word has counts as seen
_LETTERS = 30.0

# What scans confuse, written as one; each letter by itself, so that the form of a text is the forms of its letters.
# Every digit keeps a form of its own.
_LIKE = str.maketrans(
    {"m": "ru", "n": "u", "w": "vv", "d": "cl", "e": "c", "h": "b", "8": "b", "0": "o", "5": "s"}
    | dict.fromkeys("1|i", "l")
)
# As folding leaves marks. What stands between two digits is never idle: 12.5 is not 125, nor 1,5 or 2:1 or 3-4; but for
# the commas of thousands, whose figures may be misread themselves ("340,0O0").
_MARKS = r"[\s'\"(),;:!?\[\]_.-]"
_THOUSANDS = r",(?=[\dol|]{3}(?![\dol|]))"
_IDLE = re.compile(rf"(?:(?<!\d){_MARKS}|{_MARKS}(?!\d)|{_THOUSANDS})")
_WITHIN = re.compile(rf"(?<=\d)(?!{_THOUSANDS}){_MARKS}+(?=\d)")
_PLAINLY = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("i", "l"), ("5", "s"), ("8", "b"))
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)


def as_scanned(text: str) -> str:
    """Bring text into a form in which it is equal to every damaged form of itself."""
    return pieces_as_scanned([text])[0]


def pieces_as_scanned(pieces: Sequence[str]) -> list[str]:
    """The forms of the pieces that a text was cut into; together they are the form of the text."""
    folded = [fold(piece) for piece in pieces]
    idle = _idle("".join(folded))
    ends = accumulate(map(len, folded), initial=0)
    return [
        "".join(sign for at, sign in enumerate(piece, start) if at not in idle).translate(_LIKE)
        for piece, start in zip(folded, ends, strict=False)
    ]


def _idle(folded: str) -> set[int]:
    """Where marks and spaces stand that tell nothing."""
    within = {at for match in _WITHIN.finditer(folded) for at in range(*match.span())}
    return {match.start() for match in _IDLE.finditer(folded)} - within


def plainly_alike(word: str, other: str) -> bool:
    """Whether two words differ by no more than what scans confuse at every turn: "rn" and "m", "1" and "l"."""
    return _plain(word) == _plain(other)


def _plain(word: str) -> str:
    folded = fold(spelled_out(word))
    idle = _idle(folded)
    bare = "".join(sign for at, sign in enumerate(folded) if at not in idle)
    for seen, meant in _PLAINLY:
        bare = bare.replace(seen, meant)
    return bare


def spelled_out(text: str) -> str:
    """Write umlauts as keyboards without them do: "Müller" as "Mueller"."""
    return text.translate(_SPELLED_OUT)


def is_common(key: str) -> bool:
    """Whether this, in lower case, is a common word by itself, or one and what is drawn together with it ("we're")."""
    word, _, drawn = key.partition("'")
    number = _words().get(word)
    return number is not None and drawn in _DRAWN_TOGETHER and (len(word) > _SHORT or number in _COMMON_SHORT)


def oddly_spelled(word: str, printed: str) -> bool:
    """Whether letters follow each other in a word much less likely than in the printed one ("Hcndrik", "Hendrik").

    How likely: by the rows of three letters in the common words, beginnings and ends among them, a Markov chain of the
    second order. It knows English and the names that are common in it.
    """
    return _likelihood(printed) - _likelihood(word) > _ODD


def _likelihood(word: str) -> float:
    """The logarithm of how likely this is a word, letter after letter."""
    rows, pairs = _rows()
    return sum(log((rows[row] + _UNSEEN) / (pairs[row[:2]] + _UNSEEN * _LETTERS)) for row in _threes(fold(word)))


def _threes(word: str) -> list[str]:
    bounded = f"^{word}$"
    return [bounded[at : at + 3] for at in range(len(bounded) - 2)]


@cache
def _rows() -> tuple[Counter[str], Counter[str]]:
    """How many common words have three letters in a row, and how many of these rows begin with two."""
    rows = Counter(row for word in _words() for row in _threes(word))
    pairs: Counter[str] = Counter()
    for row, count in rows.items():
        pairs[row[:2]] += count
    return rows, pairs


@cache
def _words() -> Mapping[str, int]:
    """The words that the vocabulary has whole, with their numbers; read when the first damaged quotation comes."""
    pieces: Mapping[str, int] = json.loads(_VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    return {piece: number for piece, number in pieces.items() if piece.isalpha()}

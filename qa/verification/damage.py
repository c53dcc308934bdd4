"""Text -> a form in which it equals itself as scans, columns and copies damage it (OCR, hyphenation, ligatures).

A scan reads "m" as "rn" and "l" as "1", a column breaks "harbour" into "har-" and "bour", a copy loses a space: two
texts are the same but for damage when they agree without spaces, hyphens and accents, and with letters that scans
confuse made one. How well that tells damage from alteration: ``python -m qa.evaluation.damaged``.

Promise: another number or sign, or a word that was dropped or added, gives another form.
A word in another's place ("fail" for "fall", "corn" for "com") is an alteration even where a scan could have made it:
common words are known from the vocabulary of the network that is shipped, in lower case and English.

What it does not know: rare words, and words that a lost space makes of two ("nowhere"); those count as damage.
Confusions that would make too many words of other words ("e" and "c", "n" and "u") count as alterations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from qa.text import fold

__all__ = ["as_scanned", "is_a_word"]

_VOCABULARY = Path(__file__).resolve().parents[1] / "weights" / "reader" / "tokenizer.json"
_SHORTEST = 3  # letters: of two letters nearly everything is in the vocabulary

# What a scan sees and what is meant. Every digit keeps a form of its own.
_LIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("i", "l"), ("5", "s"), ("8", "b"))
_IDLE = re.compile(r"[\s'\"();:!?\[\]_-]|(?<!\d)[.,]|[.,](?!\d)")  # as folding leaves marks


def as_scanned(text: str) -> str:
    """Bring text into a form in which it is equal to every damaged form of itself."""
    bare = _IDLE.sub("", fold(text))
    for seen, meant in _LIKE:
        bare = bare.replace(seen, meant)
    return bare


def is_a_word(key: str) -> bool:
    """Whether this, in lower case, is a common word by itself."""
    return key in _words()


@cache
def _words() -> frozenset[str]:
    """The words that the vocabulary has whole; read when the first damaged quotation comes."""
    pieces: Iterable[str] = json.loads(_VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if len(piece) >= _SHORTEST and piece.isalpha())

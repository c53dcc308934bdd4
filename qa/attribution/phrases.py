"""A source phrase -> the noun phrase that heads it, and its appositions.

"Brian Deese (D), the climate adviser, who" has the head "Brian Deese" and the apposition "the climate adviser".
Promise: a head never ends in an owner's mark or a relative clause. What this module does not know: whom it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.attribution.capitals import CAPITALS
from qa.attribution.lexicon import NAME_PARTICLES
from qa.lazily import pattern
from qa.text import fold

__all__ = ["Phrase", "capital_tail", "head_noun", "is_capitalised", "read_phrase"]

_PARENTHESES = pattern(r"(?<=\S)\s*\([^)]*(?:\)|\Z)")
_AROUND = ' \n,;:—–-()[]"“”'
_RELATIVE = pattern(r",?\s+(?:who|which|that)\Z")
_SELF = pattern(r"\s+(?:himself|herself|itself|themselves|too|also|alone)\Z", re.IGNORECASE)
_WHEN = pattern(r"\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z")
_CONTRACTED = pattern(r"[’'](?:s|ve|re|d|ll|m)?\Z")
_CHUNKS = pattern(r",\s+(?!Jr\b|Sr\b)|\s+(?=who\b|whose\b)|\s+(?:[—–]|--)\s*|:\s+")
_PARTICLE = pattern(rf"(?:{'|'.join(sorted(NAME_PARTICLES))})\Z|[ae]l-[{CAPITALS}]")
_OWNER = pattern(r"[’']s?\Z")

_AFTER_HEAD = pattern(
    r"\s(?:of|for|at|in|to|from|with|on|by|who|whose|that|during|under|since|about|like|including|close|involved|briefed|"
    r"familiar|released|obtained|conducted|published)\s|,|\s\("
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase is about, and what else it is called in the same breath."""

    head: str
    appositions: tuple[str, ...] = ()


def read_phrase(mention: str) -> Phrase:
    """Take a source phrase apart."""
    bare = _PARENTHESES.sub("", mention.strip(_AROUND)).strip(_AROUND)
    for trailing in (_RELATIVE, _SELF, _WHEN, _CONTRACTED):
        bare = trailing.sub("", bare)
    head, *rest = [chunk for chunk in _CHUNKS.split(bare) if chunk.strip()] or [bare]
    return Phrase(head.strip(), tuple(chunk.strip() for chunk in rest))


def head_noun(phrase: str) -> str:
    """The word that a role or a nominal phrase is about: "the mayor of Lower Ostrel" -> "mayor"."""
    words = _AFTER_HEAD.split(phrase)[0].split()
    return fold(words[-1]).rstrip(".") if words else ""


def is_capitalised(word: str) -> bool:
    """Say whether a word can be part of a name: "Merz", "von", "al-Hamad"."""
    return word[0] in CAPITALS or bool(_PARTICLE.match(word))


def capital_tail(phrase: str) -> tuple[list[str], list[str]]:
    """Split a phrase before the capitalised words at its end; an owner ends what is before: "CNN’s | Jake Tapper"."""
    words = phrase.split()
    cut = len(words)
    while cut and is_capitalised(words[cut - 1]) and not (cut < len(words) and _OWNER.search(words[cut - 1])):
        cut -= 1
    while cut < len(words) and words[cut][0] not in CAPITALS and not words[cut].startswith(("al-", "el-")):
        cut += 1  # a particle alone begins no name that follows "of de"
    return words[:cut], words[cut:]

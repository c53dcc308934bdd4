"""A source phrase -> its parts, read once: the noun phrase that heads it, name and title in that, appositions, owner.

"Brian Deese (D), the climate adviser, who" has the head "Brian Deese" and the apposition "the climate adviser".
Promise: a head never ends in an owner's mark or a relative clause. What this module does not know: whom it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.attribution.capitals import CAPITALS, split_name
from qa.attribution.lexicon import CROWDS, DOCUMENTS, NAME_PARTICLES, NOT_PEOPLE, SURNAMES
from qa.attribution.names import GIVEN_NAMES
from qa.lazily import pattern
from qa.text import fold

__all__ = ["Ending", "Phrase", "capital_tail", "ending_of", "head_noun", "is_capitalised", "is_name", "read_phrase"]

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


_COMPLEMENT = pattern(r"\s+(?:of|for|at|in|from|with|to|on|during)\s")
_DETERMINER = pattern(r"\A(?:the|an?|one|another|his|her|its|their|then|neither|both)\s+", re.IGNORECASE)
_HIS = pattern(r"(?P<owner>his|her)\s+(?:[a-z-]+\s+)?(?P<owned>[a-z]+)\Z", re.IGNORECASE)
_NOR = pattern(r"\bnor\b")
_NO_NAME = (NOT_PEOPLE | CROWDS | DOCUMENTS) - SURNAMES - GIVEN_NAMES
_LONGEST = 5  # words of a title and a name


@dataclass(frozen=True, slots=True)
class Ending:
    """How some words end: in capitalised words, a title and a name, behind other words."""

    before: tuple[str, ...]
    capitals: tuple[str, ...]
    title: str
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase is about, and what else it is called in the same breath.

    ``start`` is where it stands, ``named`` the head without its complement ("Mr. Morgan" of "Mr. Morgan of the club"),
    ``ending`` and ``named_ending`` how either ends. ``apposed`` are the endings of the appositions, without their
    determiners and complements. ``pair`` are the halves of "Mr. Grassley and Mr. Leahy", ``owner`` and ``owned`` what
    "his campaign" has.
    """

    start: int
    head: str
    appositions: tuple[str, ...]
    noun: str
    named: str
    ending: Ending
    named_ending: Ending
    apposed: tuple[Ending, ...]
    pair: tuple[str, str] | None
    owner: str
    owned: str

    @property
    def word(self) -> str:
        """The head, folded: a pronoun is told by it."""
        return fold(self.head)

    @property
    def has_complement(self) -> bool:
        """Whether the head goes on behind what it names."""
        return self.named != self.head


def read_phrase(mention: str, start: int = 0) -> Phrase:
    """Take a source phrase that stands at ``start`` apart."""
    bare = _PARENTHESES.sub("", mention.strip(_AROUND)).strip(_AROUND)
    for trailing in (_RELATIVE, _SELF, _WHEN, _CONTRACTED):
        bare = trailing.sub("", bare)
    head, *rest = [chunk.strip() for chunk in _CHUNKS.split(bare) if chunk.strip()] or [bare.strip()]
    named = _without_complement(head)
    left, joined, right = _NOR.sub("and", head).partition(" and ")
    owned = _HIS.match(head)
    return Phrase(
        start=start,
        head=head,
        appositions=tuple(rest),
        noun=head_noun(head),
        named=named,
        ending=ending_of(head),
        named_ending=ending_of(named),
        apposed=tuple(ending_of(_without_complement(_DETERMINER.sub("", one, count=1))) for one in rest),
        pair=(left, right) if joined else None,
        owner=fold(owned["owner"]) if owned else "",
        owned=owned["owned"] if owned else "",
    )


def ending_of(words: str) -> Ending:
    """Read how some words end."""
    before, capitals = capital_tail(words)
    title, name = split_name(" ".join(capitals))
    return Ending(tuple(before), tuple(capitals), title, tuple(name))


def _without_complement(words: str) -> str:
    complement = _COMPLEMENT.search(words)
    return words[: complement.start()] if complement else words


def is_name(phrase: str) -> bool:
    """Say whether a phrase is a name of one and no noun of many: "Mr. Lou", "Ursula von der Leyen"."""
    words = phrase.split()
    if not words or not all(map(is_capitalised, words)) or len(words) > _LONGEST:
        return False
    title, name = split_name(phrase)
    if not name or any(fold(word) in _NO_NAME for word in name) or fold(words[0]) == "the":
        return False
    return bool(title) or (len(name) > 1 and (fold(name[0]) in GIVEN_NAMES or not name[-1].endswith("s")))


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

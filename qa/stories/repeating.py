"""What is said in the copies of one story -> what of it an earlier copy has, and where.

Copies are found by their texts; a statement of theirs is the same when the same speaker says mostly the same words,
or one has the other's words cut short, and no figure, name or negation tells them apart. Promise: what only one copy
has is no repeat. What it does not know: whether two different statements agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from qa.citing import same_words

__all__ = ["Said", "repeats"]

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: who says it, folded (None: nobody with a name), and its words as printed."""

    speaker: str | None
    words: tuple[str, ...]


def repeats(copies: Iterable[Iterable[tuple[Place, Said]]]) -> dict[Place, Place]:
    """The places of the statements that an earlier copy has, and where it first stands.

    ``copies`` are in the order in which they count.
    """
    kept: dict[str | None, list[tuple[Place, Counter[str]]]] = defaultdict(list)
    found: dict[Place, Place] = {}
    for copy in copies:
        own: list[tuple[str | None, Place, Counter[str]]] = []  # an article that says something twice says it twice
        for place, said in copy:
            words = Counter(said.words)
            first = next((at for at, other in kept[said.speaker] if same_words(words, other, shorter=True)), None)
            if first is None:
                own.append((said.speaker, place, words))
            else:
                found[place] = first
        for speaker, place, words in own:
            kept[speaker].append((place, words))
    return found

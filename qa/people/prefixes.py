"""Full names with a title before them -> the same names without it.

"Senate Majority Leader Chuck Schumer" is Chuck Schumer: every word before the name is a word of somebody's role, and
one of them is a word of his. Promise: a given name is no title ("Mary Kay Reck" is not Kay Reck), and namesakes with
other roles stay two. What it does not know: words that are no roles and yet stand there ("Watch Missy Elliott").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from qa.text import fold
from qa.types import Naming

__all__ = ["with_titles"]

_WHOLE = 2  # words of a name that is surely no more than one
_LINKS = frozenset(("of", "the", "for", "and", "in", "at", "to", "a", "an"))  # of a title, and shared by all of them


def with_titles(
    told: Mapping[str, Sequence[Naming]], people: Collection[str], fixed: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Find pairs of a person's name and the same name with a title before it, which may seem to be a body's.

    Args:
        told: every folded name, with how articles name somebody so.
        people: the names that are people's.
        fixed: names of which a user has decided who they are; they are in no pair.
    """
    roles = {
        key: {word for one in each for word in fold(one.role or "").split()} - _LINKS for key, each in told.items()
    }
    titles = Counter(word for words in roles.values() for word in words)
    given = Counter(key.split()[0] for key in people if len(key.split()) == _WHOLE)
    pairs = []
    for key in told:
        words = key.split()
        for at in range(1, len(words) - 1):
            title, name = words[:at], " ".join(words[at:])
            if titles[words[at]] > given[words[at]] or any(given[word] >= titles[word] for word in set(title) - _LINKS):
                continue
            if name in people and key not in fixed and name not in fixed and not roles[name].isdisjoint(title):
                pairs.append((name, key))
                break
    return pairs

"""Names as articles print them -> which of them are one person's, by a conservative rule.

Two names are one person's when nothing in them differs but what transliteration, hyphens and middle names explain.
Promises: two different given names are never one person, nor are a father and his "Jr."; a name that could be short for
two people's ("Merz", or "George Bush" beside two middle initials), that is also somebody's given name ("Frank"), or
that stands with another role than the full name does, is nobody's short name.

What it does not know: nicknames, and that a person changed their name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from qa.text import fold

__all__ = ["folded_name", "same_people", "skeleton"]

_PARTICLE_WORDS = "von van der den de del della di da du la le al el bin ibn ben zu zur"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
# Given names that are one name in two languages of the news; two others are two names.
_SAME_GIVEN = (
    "volodymyr wolodymyr vladimir",
    "dmitry dmitri dmitriy dmytro dimitri",
    "sergei sergey serhiy serhii sergii",
    "oleksandr alexander aleksandr",
    "mikhail mykhailo mikhailo",
    "nikolai nikolay mykola",
    "yulia julia yuliya",
    "muhammad mohammed mohammad muhammed mohamed",
    "benjamin binyamin",
)
_GIVEN = {name: names.split()[0] for names in _SAME_GIVEN for name in names.split()}
_SHORT = 4  # letters below which a surname has one spelling
_MIDDLES = 2  # more words between the given name and the surname are no middle names


@dataclass(frozen=True, slots=True)
class _Name:
    """The parts of a name that decide; ``given`` is empty for a lone surname."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str


def folded_name(name: str) -> str:
    """Level what makes no difference between two spellings: case, diacritics, spare spaces."""
    return " ".join(fold(name).split())


def same_people(roles: Mapping[str, Collection[str]], fixed: Collection[str] = ()) -> list[tuple[str, str]]:
    """Find pairs of names that are one person's.

    Args:
        roles: every person's folded name, with the words of the roles that it stands with.
        fixed: names of which a user has decided who they are; they are in no pair, but make a short name ambiguous.
    """
    parts = {key: _parts(key) for key in roles}
    given = {name.given for name in parts.values() if name.given}
    families: dict[str, list[str]] = defaultdict(list)
    for key, name in parts.items():
        families[name.surname].append(key)
    pairs = []
    for family in families.values():
        for key in family:
            if key not in fixed and (owner := _owner(key, family, parts, roles, given)) and owner not in fixed:
                pairs.append((owner, key))
    return pairs


def _owner(
    key: str,
    family: list[str],
    parts: Mapping[str, _Name],
    roles: Mapping[str, Collection[str]],
    given: Collection[str],
) -> str | None:
    """The first name that ``key`` is only another spelling of or short for; None where there is none or several."""
    name = parts[key]
    twin = next((other for other in family if parts[other] == name), key)
    if twin != key:
        return twin
    full = [other for other in family if _may_shorten(name, parts[other])]
    if not full or not all(_compatible(parts[one], parts[other]) for one in full for other in full):
        return None
    if not name.given and (name.surname in given or not _agree(roles[key], [roles[one] for one in full])):
        return None
    return full[0]


def _parts(key: str) -> _Name:
    words = [word for word in re.split(r"[\s.,]+", re.sub(r"['-]", "", key)) if word]
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    if not words:
        return _Name("", (), key, suffix)
    start = next((at for at, word in enumerate(words[:-1]) if word in _PARTICLES), len(words) - 1)
    given, surname = words[:start], skeleton("".join(words[start:]))
    if len(given) > 1 + _MIDDLES:
        return _Name(" ".join(given), (), surname, suffix)
    return _Name(_GIVEN.get(given[0], skeleton(given[0])) if given else "", tuple(given[1:]), surname, suffix)


def skeleton(word: str) -> str:
    """What transliterations of one folded name share: "zelenskyy", "zelenskiy" and "selenskyj" are "selenski"."""
    if len(word) < _SHORT:
        return word
    levelled = word.replace("kh", "h").replace("w", "v").replace("ph", "f").replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[yij]+", "i", levelled))


def _may_shorten(short: _Name, full: _Name) -> bool:
    """Whether ``short`` is ``full`` without its given or its middle names."""
    if short.suffix != full.suffix or not full.given:
        return False
    return not short.given or (short.given == full.given and not short.middle and bool(full.middle))


def _compatible(one: _Name, other: _Name) -> bool:
    """Whether two full names can be one person's: the same given name and no two middle names that differ."""
    if one.given != other.given or one.suffix != other.suffix:
        return False
    return all(left[0] == right[0] for left, right in zip(one.middle, other.middle, strict=False))


def _agree(mine: Collection[str], theirs: list[Collection[str]]) -> bool:
    """Whether two names may have one bearer by their roles: a word in common, or one of them has none."""
    words = {word for one in theirs for word in one}
    return not mine or not words or not words.isdisjoint(mine)

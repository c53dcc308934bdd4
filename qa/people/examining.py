"""Speakers as they are gathered -> merges and splits that a person may want to make, each with its reason.

What the conservative rule (:mod:`qa.people.identities`) leaves apart is proposed to be one where a name has another
whole one in it ("Justice Department on Monday"), where an initial or one letter is all that differs, where a lone
surname has one bearer, and where capitals stand for a body. A spelling is proposed to stand apart where its roles share
no word with those of the rest. Promise: nothing is decided; what a user has pinned is not proposed again.

What it does not know: who is who.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from qa.people.identities import Profile
from qa.people.spelling import bearer_in, folded_name
from qa.text import fold
from qa.types import Naming

__all__ = ["Proposal", "proposals"]

_WHOLE = 2  # words of a name that may be part of a longer one
_LETTERS = 5  # of a surname in which one letter may be a slip
_CAPITALS = 3  # letters of an acronym that tells enough
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "to"))
_SONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_OWN = frozenset(("us", "u.s.", "the", "uk", "u.k."))  # a country before its own body


@dataclass(frozen=True, slots=True)
class Proposal:
    """That ``other`` may be ``name`` (merge), or is rather somebody else than ``name`` (split)."""

    how: Literal["merge", "split"]
    name: str
    other: str
    statements: int
    reason: str


def proposals(profiles: Sequence[Profile], namings: Iterable[Naming], pinned: Collection[str] = ()) -> list[Proposal]:
    """Propose what to merge and split, what concerns most statements first; nothing where nothing is said.

    Args:
        profiles: the speakers.
        namings: the spellings and roles that they were gathered from.
        pinned: folded spellings of which a user has decided.
    """
    free = [one for one in profiles if folded_name(one.name) not in pinned]
    every = (*_merges(free), *_splits(free, namings, pinned))
    found = {(one.name, one.other): one for one in every if one.statements}
    return sorted(found.values(), key=lambda one: (-one.statements, one.name, one.other))


def _merges(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    yield from _longer(profiles)
    yield from _acronyms(profiles)
    families: dict[str, list[Profile]] = defaultdict(list)
    for one in profiles:
        if not one.organisation:
            families[bearer_in(folded_name(one.name))[0]].append(one)
    for family in families.values():
        yield from _in_family(family)


def _merge(one: Profile, other: Profile, reason: str) -> Proposal:
    more, less = (one, other) if one.statements >= other.statements else (other, one)
    return Proposal("merge", more.name, less.name, less.statements, reason)


def _longer(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """A name at the head or the end of a longer one; at the end of several, it is what many are called."""
    by_words = {tuple(folded_name(one.name).split()): one for one in profiles if len(one.name.split()) >= _WHOLE}
    found: dict[tuple[str, ...], list[tuple[Profile, tuple[str, ...]]]] = defaultdict(list)
    for words, longer in by_words.items():
        for size in range(_WHOLE, len(words)):
            if _explains(words[size:]):
                found[words[:size]].append((longer, words[size:]))
            if _explains(words[:-size]):
                found[words[-size:]].append((longer, words[:-size]))
    for part, several in found.items():
        whole = by_words.get(part)
        for longer, rest in several if whole else ():
            behind = folded_name(longer.name).startswith(" ".join(part))
            alone = behind or len(several) == 1 or rest[-1] in _OWN
            if whole and whole.organisation == longer.organisation and alone:
                yield _merge(whole, longer, f"“{longer.name}” is “{whole.name}” with “{' '.join(rest)}”")


def _explains(rest: Sequence[str]) -> bool:
    """Whether words around a name may be no part of it: "Jr" and "of Florida" are, "council of the" is."""
    return rest[0] != "of" and rest[-1] not in _SMALL and not _SONS & {word.strip(".,") for word in rest}


def _acronyms(profiles: Sequence[Profile]) -> Iterator[Proposal]:
    """Capitals, and the one body whose words begin so."""
    bodies: dict[str, list[Profile]] = defaultdict(list)
    for one in profiles:
        words = [word for word in one.name.split() if fold(word) not in _SMALL]
        if one.organisation and len(words) >= _CAPITALS:
            bodies["".join(word[0].upper() for word in words)].append(one)
    for one in profiles:
        letters = one.name.replace(".", "")
        meant = bodies.get(letters, []) if letters.isupper() and len(letters) >= _CAPITALS else []
        if len(meant) == 1 and meant[0] is not one:
            yield _merge(meant[0], one, f"the words of “{meant[0].name}” begin with {letters}")


def _in_family(family: Sequence[Profile]) -> Iterator[Proposal]:
    """People of one surname whose given names do not contradict each other."""
    full = [one for one in family if len(one.name.split()) > 1]
    for one in family:
        if len(one.name.split()) == 1 and len(full) == 1:
            yield _merge(full[0], one, f"nobody else here is called {one.name}")
    for one, other in combinations(full, 2):
        left, right = (fold(each.name.split()[0]).rstrip(".") for each in (one, other))
        if left != right and 1 in {len(left), len(right)} and left[0] == right[0]:
            short = [each for each in full if fold(each.name)[0] == left[0]]
            if len(short) == 2:
                yield _merge(one, other, "the initial fits, and it fits nobody else of this surname")
        elif _one_letter_apart(left, right):
            yield _merge(one, other, "one letter of the given name differs")


def _one_letter_apart(left: str, right: str) -> bool:
    """Whether one letter is replaced, left out or added, in words that are long enough."""
    if min(len(left), len(right)) < _LETTERS or abs(len(left) - len(right)) > 1 or left == right:
        return False
    at = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return left[at + (len(left) >= len(right)) :] == right[at + (len(right) >= len(left)) :]


def _splits(profiles: Sequence[Profile], namings: Iterable[Naming], pinned: Collection[str]) -> Iterator[Proposal]:
    """A spelling whose roles share no word with those of the rest."""
    roles: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for naming in namings:
        if naming.role:
            roles[naming.name][naming.role] += naming.statements
    for profile in profiles:
        for spelling in profile.spellings:
            if spelling == profile.name or folded_name(spelling) in pinned or not roles.get(spelling):
                continue
            rest = [role for other in profile.spellings if other != spelling for role in roles.get(other, ())]
            if rest and _words(rest).isdisjoint(_words(roles[spelling])):
                mine, theirs = _most(roles[spelling]), rest[0]
                reason = f"articles call “{spelling}” {mine}, and the others {theirs}"
                yield Proposal("split", profile.name, spelling, sum(roles[spelling].values()), reason)


def _words(roles: Iterable[str]) -> set[str]:
    return {word for role in roles for word in fold(role).split()}


def _most(roles: Mapping[str, int]) -> str:
    return max(sorted(roles), key=lambda role: roles[role])

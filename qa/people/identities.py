"""Spellings of names over many articles -> speakers, by a conservative rule that a user can override.

Promises: people are gathered as :mod:`qa.people.spelling` says ("Volodymyr Zelensky", "Vladimir Zelenskiy" and
"Zelenskyy" are one), organisations are only ever themselves and the capitals that stand for them
(:mod:`qa.people.acronyms`). What a user has pinned comes before any rule.

What it does not know: that two people of one full name are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.people.acronyms import same_bodies
from qa.people.prefixes import with_titles
from qa.people.spelling import folded_name, same_people
from qa.text import fold
from qa.types import Naming

__all__ = ["Profile", "RoleHeld", "merged", "profiles_of", "separated", "slug_of"]


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """What articles call a speaker, and the days of the first and last one that does."""

    title: str
    statements: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker of the archive.

    ``name`` is the most frequent full name and ``spellings`` are all names as printed, both most frequent first; so are
    ``roles``. ``statements`` is 0 for somebody of whom only beliefs and plans are reported.
    """

    slug: str
    name: str
    spellings: tuple[str, ...]
    roles: tuple[RoleHeld, ...]
    statements: int
    first: date | None
    last: date | None
    organisation: bool = False

    @property
    def role(self) -> str | None:
        """What the speaker is called most often."""
        return self.roles[0].title if self.roles else None


def slug_of(name: str) -> str:
    """A name as a part of an address: "Ursula von der Leyen" -> "ursula-von-der-leyen"."""
    return "-".join(re.findall(r"\w+", fold(name)))


def profiles_of(namings: Iterable[Naming], pins: Mapping[str, str]) -> list[Profile]:
    """Gather spellings into speakers, who says most first.

    Args:
        namings: every spelling and role, as the catalog counts them.
        pins: folded spelling -> folded spelling of the speaker whom a user says it is; itself: stands apart.
    """
    by_key: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        if any(map(str.isalnum, naming.key)):  # a name of which nothing is left to compare is nobody's
            by_key[naming.key].append(naming)
    groups = _groups(by_key, pins)
    chosen = {head for key, head in pins.items() if head != key}
    profiles = [_profile([naming for key in group for naming in by_key[key]], chosen) for group in groups]
    return sorted(_told_apart(profiles), key=lambda one: (-one.statements, one.name))


def merged(pins: Mapping[str, str], into: Profile, other: Profile) -> dict[str, str]:
    """Pins that make ``other`` the same speaker as ``into``."""
    head = folded_name(into.name)
    keys = {folded_name(spelling) for spelling in other.spellings}
    return dict.fromkeys(sorted(keys - {head}), pins.get(head, head))


def separated(pins: Mapping[str, str], profile: Profile, spelling: str) -> dict[str, str]:
    """Pins that make ``spelling`` a speaker of its own; what was pinned to it stays with the rest."""
    key = folded_name(spelling)
    rest = [folded_name(one) for one in profile.spellings if folded_name(one) != key]
    followers = [one for one in rest if pins.get(one) == key]
    return {key: key, **(dict.fromkeys(followers, rest[0]) if rest else {})}


def _groups(by_key: Mapping[str, Sequence[Naming]], pins: Mapping[str, str]) -> list[list[str]]:
    """Sets of keys that are one speaker each, the keys in their order."""
    heads = {key: key for key in (*by_key, *pins.values())}
    people = {key: each for key, each in by_key.items() if not any(naming.organisation for naming in each)}
    bodies = {key: each for key, each in by_key.items() if key not in people}
    for left, right in (*same_people(people, pins), *with_titles(by_key, people, pins), *same_bodies(bodies, pins)):
        _join(heads, left, right)
    for key, head in pins.items():
        if key in by_key:
            _join(heads, head, key)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        groups[_head(heads, key)].append(key)
    return list(groups.values())


def _head(heads: dict[str, str], key: str) -> str:
    while heads[key] != key:
        key = heads[key]
    return key


def _join(heads: dict[str, str], into: str, key: str) -> None:
    heads[_head(heads, key)] = _head(heads, into)


def _profile(namings: Sequence[Naming], chosen: Collection[str]) -> Profile:
    """Describe one speaker; a spelling that a user merged others into is the name."""
    spellings: dict[str, int] = defaultdict(int)
    roles: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        spellings[naming.name] += naming.statements
        if naming.role:
            roles[naming.role].append(naming)
    # A full name stands for the speaker even where most articles give the surname alone.
    ranked = sorted(spellings, key=lambda name: (-spellings[name], len(name.split()), name))
    named = [one for one in ranked if folded_name(one) in chosen] or ranked
    name = next((one for one in named if len(one.split()) > 1), named[0])
    held = [RoleHeld(title, sum(one.statements for one in each), *_days(each)) for title, each in roles.items()]
    return Profile(
        slug_of(name),
        name,
        tuple(ranked),
        tuple(sorted(held, key=lambda role: (-role.statements, role.title))),
        sum(spellings.values()),
        *_days(namings),
        2 * sum(one.articles for one in namings if one.organisation) > sum(one.articles for one in namings),
    )


def _days(namings: Sequence[Naming]) -> tuple[date | None, date | None]:
    firsts = [naming.first for naming in namings if naming.first]
    lasts = [naming.last for naming in namings if naming.last]
    return min(firsts, default=None), max(lasts, default=None)


def _told_apart(profiles: Iterable[Profile]) -> list[Profile]:
    """Give speakers whose names make the same slug a number each."""
    taken: set[str] = set()
    numbers: dict[str, int] = defaultdict(lambda: 1)
    told = []
    for profile in sorted(profiles, key=lambda one: (-one.statements, one.name)):
        slug = profile.slug
        while slug in taken:
            numbers[profile.slug] += 1
            slug = f"{profile.slug}-{numbers[profile.slug]}"
        taken.add(slug)
        told.append(replace(profile, slug=slug))
    return told

"""Spellings of names over many articles -> speakers, by a conservative rule that a user can override.

Two spellings are one speaker when nothing in them differs but what transliteration, hyphens and middle names explain:
"Volodymyr Zelensky", "Vladimir Zelenskiy" and "Zelenskyy". Promises: two different given names are never one speaker,
nor are a father and his "Jr."; a name that could belong to two people ("Merz", or "George Bush" beside two middle
initials) stays apart; organisations are only ever themselves. What a user has pinned comes before any rule.

What it does not know: that a person changed their name, or that two people of one full name are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.text import fold, word_spans
from qa.types import Naming

__all__ = ["Profile", "RoleHeld", "folded_name", "merged", "profiles_of", "separated", "slug_of"]

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


def folded_name(name: str) -> str:
    """Level what makes no difference between two spellings: case, diacritics, spare spaces."""
    return " ".join(fold(name).split())


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
        by_key[naming.key].append(naming)
    groups = _groups(by_key, pins)
    profiles = [_profile([naming for key in group for naming in by_key[key]]) for group in groups]
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


@dataclass(frozen=True, slots=True)
class _Name:
    """The parts of a name that decide; ``given`` is empty for a lone surname."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str


def _name_of(key: str) -> _Name:
    words = [word for word in re.split(r"[\s.,]+", re.sub(r"['-]", "", key)) if word]
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    if not words:
        return _Name("", (), key, suffix)
    start = next((at for at, word in enumerate(words[:-1]) if word in _PARTICLES), len(words) - 1)
    given, surname = words[:start], _skeleton("".join(words[start:]))
    first = _GIVEN.get(given[0], _skeleton(given[0])) if given else ""
    return _Name(first, tuple(given[1:]), surname, suffix)


def _skeleton(word: str) -> str:
    """What transliterations of one name share: "zelenskyy", "zelenskiy" and "selenskyj" are "selenski"."""
    levelled = word.replace("kh", "h").replace("w", "v").replace("ph", "f").replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[yij]+", "i", levelled))


def _groups(by_key: Mapping[str, Sequence[Naming]], pins: Mapping[str, str]) -> list[list[str]]:
    """Sets of keys that are one speaker each, the keys in their order."""
    heads = {key: key for key in (*by_key, *pins.values())}
    free: dict[str, dict[str, _Name]] = defaultdict(dict)  # surname -> spellings that no user has pinned
    for key, namings in by_key.items():
        if key not in pins and not any(naming.organisation for naming in namings):
            name = _name_of(key)
            free[name.surname][key] = name
    for names in free.values():
        for left, right in _same_people(names):
            _join(heads, left, right)
    for key, head in pins.items():
        if key in by_key:
            _join(heads, head, key)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        groups[_head(heads, key)].append(key)
    return list(groups.values())


def _same_people(names: Mapping[str, _Name]) -> list[tuple[str, str]]:
    """Pairs among the names of one surname that are one person."""
    people: dict[_Name, str] = {}  # first spelling of each distinct name
    pairs = []
    for key, name in names.items():
        pairs.append((people.setdefault(name, key), key))
    for name, key in people.items():
        owners = [other for other in people if other != name and _may_shorten(name, other)]
        if owners and all(_compatible(one, other) for one in owners for other in owners):
            pairs.append((people[owners[0]], key))
    return pairs


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


def _head(heads: dict[str, str], key: str) -> str:
    while heads[key] != key:
        key = heads[key]
    return key


def _join(heads: dict[str, str], into: str, key: str) -> None:
    heads[_head(heads, key)] = _head(heads, into)


def _profile(namings: Sequence[Naming]) -> Profile:
    spellings: dict[str, int] = defaultdict(int)
    roles: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        spellings[naming.name] += naming.statements
        if naming.role:
            roles[naming.role].append(naming)
    # A full name stands for the speaker even where most articles give the surname alone.
    ranked = sorted(spellings, key=lambda name: (-spellings[name], name))
    name = next((one for one in ranked if len(word_spans(one)) > 1), ranked[0])
    held = [RoleHeld(title, sum(one.statements for one in each), *_days(each)) for title, each in roles.items()]
    return Profile(
        slug_of(name) or "speaker",
        name,
        tuple(ranked),
        tuple(sorted(held, key=lambda role: (-role.statements, role.title))),
        sum(spellings.values()),
        *_days(namings),
        any(naming.organisation for naming in namings),
    )


def _days(namings: Sequence[Naming]) -> tuple[date | None, date | None]:
    firsts = [naming.first for naming in namings if naming.first]
    lasts = [naming.last for naming in namings if naming.last]
    return min(firsts, default=None), max(lasts, default=None)


def _told_apart(profiles: Iterable[Profile]) -> list[Profile]:
    """Give speakers whose names make the same slug a number each."""
    taken: set[str] = set()
    told = []
    for profile in sorted(profiles, key=lambda one: (-one.statements, one.name)):
        slug, number = profile.slug, 1
        while slug in taken:
            number += 1
            slug = f"{profile.slug}-{number}"
        taken.add(slug)
        told.append(replace(profile, slug=slug))
    return told

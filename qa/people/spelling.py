"""Names as articles print them -> which of them are one person's, by a conservative rule.

Two names are one person's when nothing in them differs but what transliteration, hyphens and middle names explain.
Promises: two different given names are never one person, but for a short form ("Dan", "Daniel") whose bearers have one
role, nor are a father and his "Jr."; a name that could be short for
two people's ("Merz", or "George Bush" beside two middle initials), that is also somebody's given name ("Frank"), or
that stands with another role than the full name does, is nobody's short name. A surname of several means the one of
them whom it plainly means (:mod:`qa.people.surnames`).

What it does not know: nicknames other than short forms, and that a person changed their name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from qa.people.surnames import bearer_of
from qa.text import fold
from qa.types import Naming

__all__ = ["bearer_in", "folded_name", "same_people", "skeleton"]

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
_RARELY = 10  # times as often a surname as a given name: then it is no given name
# Given names that may be one; only where a role of two words or more says that its bearers are.
_SHORT_FORMS = (
    "alexander alex",
    "andrew andy drew",
    "anthony antony tony",
    "benjamin ben",
    "charles charlie chuck",
    "christopher chris",
    "daniel dan danny",
    "david dave",
    "edward ed eddie ted",
    "elizabeth liz beth betsy",
    "gregory greg",
    "jacob jake",
    "james jim jimmy",
    "jeffrey jeff",
    "jennifer jen jenny",
    "john jack johnny",
    "jonathan jon",
    "joseph joe joey",
    "joshua josh",
    "katherine catherine kathryn kate kathy cathy",
    "kenneth ken kenny",
    "lawrence larry",
    "matthew matt",
    "michael mike mick",
    "nicholas nick",
    "patricia pat patty tricia",
    "peter pete",
    "philip phillip phil",
    "raymond ray",
    "richard rick rich dick",
    "robert bob rob bobby robby",
    "ronald ron ronny",
    "samuel sam",
    "stephen steven steve",
    "susan sue",
    "thomas tom tommy",
    "timothy tim",
    "victoria vicky",
    "walter walt",
    "william bill will billy",
)
_SHORT = 4  # letters below which a surname has one spelling
_MIDDLES = 2  # more words between the given name and the surname are no middle names


@dataclass(frozen=True, slots=True)
class _Name:
    """The parts of a name that decide; ``given`` is empty for a lone surname."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Member:
    """One of a family: a name, and how articles use it."""

    name: _Name
    told: Sequence[Naming]

    def titles(self) -> frozenset[str]:
        """The roles of two words or more, folded."""
        return frozenset(fold(one.role) for one in self.told if one.role and " " in one.role)

    def roles(self) -> frozenset[str]:
        """The words of the roles that it stands with."""
        return frozenset(word for one in self.told for word in fold(one.role or "").split())


def folded_name(name: str) -> str:
    """Level what makes no difference between two spellings: case, diacritics, spare spaces."""
    return " ".join(fold(name).split())


def bearer_in(key: str) -> tuple[str, tuple[str, str] | None]:
    """The surname in a folded name, and what tells its bearer from others who have it; None for a lone surname."""
    name = _parts(key)
    return name.surname, (name.given, name.suffix) if name.given else None


def same_people(told: Mapping[str, Sequence[Naming]], fixed: Collection[str] = ()) -> list[tuple[str, str]]:
    """Find pairs of names that are one person's.

    Args:
        told: every person's folded name, with how articles name them so.
        fixed: names of which a user has decided who they are; they are in no pair, but make a short name ambiguous.
    """
    parts = {key: _parts(key) for key in told}
    given: Counter[str] = Counter()  # articles in which a word is a given name
    families: dict[str, list[str]] = defaultdict(list)
    for key, name in parts.items():
        given[name.given] += _articles(told[key])
        families[name.surname].append(key)
    pairs = []
    for family in families.values():
        members = {key: _Member(parts[key], told[key]) for key in family}
        for key, member in members.items():
            if key in fixed:
                continue
            owner = _twin(key, members) or _in_full(member, members, given[member.name.surname])
            if owner and owner not in fixed:
                pairs.append((owner, key))
        pairs += _by_short_forms({key: member for key, member in members.items() if key not in fixed})
    return pairs


def _by_short_forms(family: Mapping[str, _Member]) -> Iterator[tuple[str, str]]:
    """Pairs of names that differ in how short the given name is, with one role of two words or more."""
    forms: dict[str, list[str]] = defaultdict(list)
    for key, member in family.items():
        if form := _LONG_FORM.get(member.name.given):
            forms[form].append(key)
    for alike in forms.values():
        for key, other in combinations(alike, 2):
            one, two = family[key], family[other]
            compatible = _compatible(one.name, replace(two.name, given=one.name.given))
            if one.name.given != two.name.given and compatible and not one.titles().isdisjoint(two.titles()):
                yield key, other


def _twin(key: str, family: Mapping[str, _Member]) -> str | None:
    """The first spelling of just this name, where that is another one."""
    first = next(other for other, member in family.items() if member.name == family[key].name)
    return first if first != key else None


def _in_full(short: _Member, family: Mapping[str, _Member], as_given: int) -> str | None:
    """The first name that one is short for; None where there is none or several.

    ``as_given`` is the number of articles in which its surname is somebody's given name.
    """
    full = {key: member for key, member in family.items() if _may_shorten(short.name, member.name)}
    if full and not short.name.given:
        full = _plainly(short, full)
    names = [member.name for member in full.values()]
    if not full or not all(_compatible(one, other) for one in names for other in names):
        return None
    if not short.name.given:
        often = sum(_articles(member.told) for member in full.values())
        if as_given * _RARELY > often or not _agree(short.roles(), [member.roles() for member in full.values()]):
            return None
    return next(iter(full))


def _plainly(short: _Member, full: Mapping[str, _Member]) -> dict[str, _Member]:
    """Of those with a surname, the names of the one whom it plainly means; all where there is only one."""
    bearers: dict[tuple[str, str], list[Naming]] = defaultdict(list)
    for member in full.values():
        bearers[member.name.given, member.name.suffix] += member.told
    meant = bearer_of(short.told, bearers) if len(bearers) > 1 else next(iter(bearers))
    return {key: member for key, member in full.items() if (member.name.given, member.name.suffix) == meant}


def _articles(told: Iterable[Naming]) -> int:
    return sum(one.articles for one in told)


def _parts(key: str) -> _Name:
    initials = re.sub(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\.)", r"\1", key)  # "J. D." and "J.D." are "JD"
    words = [word for word in re.split(r"[\s.,]+", re.sub(r"['-]", "", initials)) if word]
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


_LONG_FORM = {skeleton(name): names.split()[0] for names in _SHORT_FORMS for name in names.split()}


def _may_shorten(short: _Name, full: _Name) -> bool:
    """Whether ``short`` is ``full`` without its given or its middle names; a lone surname may leave out a "Jr." too."""
    if not full.given or (short.suffix != full.suffix and (short.given or short.suffix)):
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

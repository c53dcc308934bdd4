"""Somebody whom an article names, and whom of several a name means.

Promise: two people with one surname stay two; a bare surname means the one whom the article plainly calls by it, and
nobody where that is not plain. What this module does not know: who is famous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from qa.attribution.capitals import SUFFIXES
from qa.attribution.lexicon import FEMALE, HONORIFICS, MALE, NAME_PARTICLES, ROLES
from qa.attribution.names import FEMALE_NAMES, GIVEN_NAMES, MALE_NAMES, are_alike
from qa.attribution.phrases import head_noun
from qa.attribution.places import is_place
from qa.lazily import pattern
from qa.text import fold

__all__ = ["Directory", "Person", "called", "gender_of", "is_singular", "known_as", "pronouns_behind"]

_PLAINLY = 2.0
_RELATIVE = pattern(r"\b(?:wife|husband|son|daughter|father|mother|brother|sister),? \Z")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or something, with a name; told from others of the article by ``number`` alone.

    ``roles`` is what it is called beside its name, in reading order; ``shown`` when what stands around it shows a
    person. ``facts`` are the words of the roles, with places and parties in one spelling; ``full`` counts the mentions
    by more than a surname; ``followed_by`` is the gender of the pronouns behind. ``bare``: a single word that nothing
    but its place shows to be a name; a pronoun may take it up. Where it is named, the :class:`Directory` knows.
    """

    number: int
    name: str = field(compare=False)
    roles: tuple[str, ...] = field(default=(), compare=False)
    shown: bool = field(default=False, compare=False)
    facts: frozenset[str] = field(default=frozenset(), compare=False)
    full: int = field(default=0, compare=False)
    followed_by: str | None = field(default=None, compare=False)
    bare: bool = field(default=False, compare=False)

    @property
    def given(self) -> str:
        """The first part of the name, folded."""
        return _key(self.name)[0]

    @property
    def surname(self) -> str:
        """The last part of the name, folded."""
        return _key(self.name)[1]

    @property
    def family(self) -> str:
        """The surname as printed."""
        return next((word for word in reversed(self.name.split()) if fold(word) == self.surname), self.name)

    @property
    def human(self) -> bool:
        """Whether anything says that this is a person and no place or company."""
        return self.shown or bool(self.roles) or (self.given in GIVEN_NAMES and self.given != self.surname)

    @property
    def role(self) -> str | None:
        """What the article first calls this person, "Mr." and its like aside."""
        return next((role for role in self.roles if fold(role).rstrip(".") not in HONORIFICS), None)

    @property
    def gender(self) -> str | None:
        """Whether "m", "f" or None, from titles, then from the given name, then from pronouns."""
        given = "m" if self.given in MALE_NAMES else "f" if self.given in FEMALE_NAMES else None
        first, second = (self.followed_by, given) if self.bare else (given, self.followed_by)
        return _gender_of_roles(self.roles) or first or second

    def is_called(self, words: Sequence[str]) -> bool:
        """Say whether ``words`` can be this person's name: the same end, and no other given name."""
        folded, mine = _plain(tuple(words)), _plain(tuple(self.name.split()))
        same = folded[-1] == mine[-1] and are_alike(folded[0], self.given)
        return folded == mine[-len(folded) :] or (len(folded) > 1 and same)


class Directory:
    """The people of an article: who they are, by number and by the parts of their names, and where they are named.

    People are values: whoever learns more of one puts a new value in the old one's place.
    """

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.positions: list[list[int]] = []
        self._by_part: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)

    def new(self, name: str, positions: Iterable[int] = (), *, shown: bool = False, bare: bool = False) -> Person:
        """Take somebody in."""
        self.people.append(Person(len(self.people), name, shown=shown, bare=bare))
        self.positions.append(list(positions))
        return self._listed(self.people[-1])

    def put(self, person: Person) -> Person:
        """Put what is now known of somebody in the place of what was."""
        renamed = self.people[person.number].name != person.name
        self.people[person.number] = person
        return self._listed(person) if renamed else person

    def near(self, words: Sequence[str]) -> list[Person]:
        """Everybody whom ``words`` can possibly mean: whose surname or given name is the last of them."""
        return [self.people[number] for number in self._by_part.get(_plain(tuple(words))[-1], ())]

    def first(self, person: Person) -> int:
        """Where somebody is named first."""
        return min(self.positions[person.number])

    def copy(self) -> Directory:
        """The same people, to learn more of without telling whoever has this directory."""
        return self.ordered(range(len(self.people)))

    def in_order(self) -> Directory:
        """The same people, numbered in the order in which they are first named, their positions in order."""
        return self.ordered(sorted(range(len(self.people)), key=lambda number: min(self.positions[number])))

    def ordered(self, numbers: Iterable[int]) -> Directory:
        """The same people, numbered anew in the order of their numbers here."""
        other = Directory()
        for at, number in enumerate(numbers):
            other.people.append(replace(self.people[number], number=at))
            other.positions.append(sorted(self.positions[number]))
            other._listed(other.people[at])
        return other

    def _listed(self, person: Person) -> Person:
        """The person, in the lists of all who have a part of their name; a bare word is looked up by nobody."""
        for part in set() if person.bare else {person.given, person.surname}:
            listed = self._by_part.setdefault(part, [])
            if person.number not in listed:
                listed.append(person.number)
        return person


@lru_cache(maxsize=4096)
def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a name, folded, without "Jr." and without the particles before a bare surname."""
    folded = [fold(word).strip(".") for word in words]
    kept = [word for word in folded if word not in SUFFIXES] or folded
    while len(kept) > 1 and kept[0] in NAME_PARTICLES:
        kept = kept[1:]
    return tuple(kept)


@lru_cache(maxsize=4096)
def _key(name: str) -> tuple[str, str]:
    """The first and the last part of a name, folded."""
    kept = _plain(tuple(name.split()))
    return kept[0], kept[-1]


def _own_words(role: str) -> list[str]:
    """The words of a role that are about its holder, and not about an owner: "Mrs. Clinton's campaign manager"."""
    own = re.split(r"[’']s?\s", role)[-1]
    return re.split(r"\s(?:of|for|to|at|in)\s", own)[0].split()


@lru_cache(maxsize=4096)
def _gender_of_roles(roles: tuple[str, ...]) -> str | None:
    """What the titles among the roles tell of their holder's gender."""
    return gender_of(word for role in roles for word in _own_words(role))


def gender_of(words: Iterable[str]) -> str | None:
    """Whether "m", "f" or None, from the first title that tells."""
    folded = [fold(word).rstrip(".") for word in words]
    return next(("m" if word in MALE else "f" for word in folded if word in MALE or word in FEMALE), None)


def known_as(people: Iterable[Person], words: Sequence[str]) -> list[Person]:
    """Everybody whom ``words`` can mean: by surname, else by the given name alone."""
    known = [person for person in people if person.is_called(words)]
    first = fold(words[0])
    if known or len(words) > 1 or is_place(words[0]):
        return known
    return [person for person in people if person.given == first and person.human]


def called(
    people: Directory,
    words: Sequence[str],
    title: str,
    masked: str,
    *,
    near: Sequence[Person],
    position: int | None = None,
) -> Person | None:
    """Pick the one person ``near`` a name whom it means; None where it may be another.

    Of several with a surname, a form of address ("Mrs.") or an office tells; else it is the one whom the article
    plainly means by it: the only one whom its paragraph names before ``position``; named in full more often, first,
    and not as somebody's wife or son.
    """
    known = known_as(near, words)
    known = [person for person in known if person.human] or known
    if len(known) > 1 and (gender := gender_of(title.split())):
        known = [each for each in known if each.gender == gender] or [each for each in known if not each.gender]
    if len(known) > 1 and (head := head_noun(title)) in ROLES - HONORIFICS:
        known = [person for person in known if any(head == head_noun(role) for role in person.roles)] or known
    if len(known) > 1 and len(words) == 1 and position is not None:
        known = _named_beside(people, known, masked, position) or known
    if len(known) > 1 and len(words) == 1:
        known.sort(key=people.first)
        weights = [person.full - _as_relative(people.first(person), masked) for person in known]
        weights[0] += 1.5 + _is_bare(masked[: people.first(known[1])], words[0])
        weights = [weight + _agrees(masked, words[0], person) for weight, person in zip(weights, known, strict=True)]
        best = max(weights)
        others = sorted(weights)[:-1]
        known = [known[weights.index(best)]] if best - others[-1] >= _PLAINLY else []
    return known[0] if len(known) == 1 else None


def _named_beside(people: Directory, known: Sequence[Person], masked: str, position: int) -> list[Person]:
    """Of those with one surname, who is named in full in the paragraph, before the position."""
    begins = masked.rfind("\n", 0, position) + 1
    return [
        each
        for each in known
        if " " in each.name
        and any(begins <= at < position and masked.startswith(each.name, at) for at in people.positions[each.number])
    ]


def _is_bare(masked: str, surname: str) -> bool:
    """Whether a bare surname stands in what comes before the second of two is introduced."""
    return bool(re.search(rf"(?:\A|\b[a-z’']+|[.,:;”])\s*\b{re.escape(surname)}\b", masked))


def _agrees(masked: str, surname: str, person: Person) -> float:
    """1 for the one whose pronouns follow the bare surname: "Clinton allowed her staff"."""
    follows = rf"(?<![A-Z][a-z]) {re.escape(surname)} [a-z][^.“”A-Z]{{0,60}}\b(he|his|she|her)\b"
    found = [word[0] == "s" or word == "her" for word in re.findall(follows, masked)]
    female = person.gender == "f"
    return (
        1.0
        if person.gender and found and sum(found) * 2 != len(found) and (sum(found) * 2 > len(found)) == female
        else 0.0
    )


def pronouns_behind(masked: str, surname: str) -> str | None:
    """The gender of the pronouns that follow a name in its sentences, where they are several and of one gender."""
    found = re.findall(rf"\b{re.escape(surname)}(?! and\b)[^.“”A-Z\n]{{1,60}}\b(he|his|she|her)\b", masked)
    genders = {"f" if word in ("she", "her") else "m" for word in found}
    return genders.pop() if len(found) > 1 and len(genders) == 1 else None


def is_singular(name: str, masked: str) -> bool:
    """Whether a name in "s" is one of one: "Harris was", "Harris’s", but not "Officials were"."""
    return bool(
        re.search(
            rf"\b{re.escape(name)}(?:[’']s\b| (?:himself|herself|was|is|has|does|says)\b|, who (?:was|is|has)\b)",
            masked,
        )
    )


def _as_relative(first: int, masked: str) -> float:
    """2 for somebody who is first named, at ``first``, as somebody's relative: "his wife Hillary Clinton"."""
    return 2.0 if _RELATIVE.search(masked[max(0, first - 30) : first]) else 0.0

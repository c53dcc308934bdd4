"""Somebody whom an article names, and whom of several a name means.

Promise: two people with one surname stay two; a bare surname means the one whom the article plainly calls by it, and
nobody where that is not plain. What this module does not know: who is famous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qa.attribution.capitals import SUFFIXES
from qa.attribution.lexicon import FEMALE, HONORIFICS, MALE, NAME_PARTICLES, ROLES
from qa.attribution.names import FEMALE_NAMES, GIVEN_NAMES, MALE_NAMES, are_alike
from qa.attribution.phrases import head_noun
from qa.attribution.places import is_place
from qa.lazily import pattern
from qa.text import fold

__all__ = ["Directory", "Person", "called", "gender_of", "known_as", "pronouns_behind"]

_PLAINLY = 2.0
_RELATIVE = pattern(r"\b(?:wife|husband|son|daughter|father|mother|brother|sister),? \Z")


@dataclass(slots=True)
class Person:
    """Somebody, or something, with a name.

    ``mentions`` are the positions of the name, ``roles`` what it is called beside it, both in reading order; ``shown``
    when what stands around it shows a person. ``facts`` are the words of the roles, with places and parties in one
    spelling; ``full`` counts the mentions by more than a surname; ``followed_by`` is the gender of the pronouns behind.
    """

    name: str
    mentions: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    shown: bool = False
    facts: set[str] = field(default_factory=set)
    full: int = 0
    followed_by: str | None = None
    given: str = field(init=False)
    surname: str = field(init=False)

    def __post_init__(self) -> None:
        self.rename(self.name)

    def rename(self, name: str) -> None:
        """Take a fuller name."""
        self.name = name
        self.given, self.surname = _key(name.split())

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
        titles = (word for role in self.roles for word in _own_words(role))
        given = "m" if self.given in MALE_NAMES else "f" if self.given in FEMALE_NAMES else self.followed_by
        return gender_of(titles) or given

    def is_called(self, words: Sequence[str]) -> bool:
        """Say whether ``words`` can be this person's name: the same end, and no other given name."""
        folded, mine = _plain(tuple(words)), _plain(tuple(self.name.split()))
        same = folded[-1] == mine[-1] and are_alike(folded[0], self.given)
        return folded == mine[-len(folded) :] or (len(folded) > 1 and same)


class Directory:
    """People by the parts of their names."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people: list[Person] = []
        self._by_part: dict[str, list[Person]] = {}
        self._entries: set[tuple[str, int]] = set()
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        """Take somebody in, or in again under a fuller name."""
        if (_key([person.surname])[1], id(person)) not in self._entries:
            self.people.append(person)
        for part in {person.given, person.surname}:
            if (part, id(person)) not in self._entries:
                self._entries.add((part, id(person)))
                self._by_part.setdefault(part, []).append(person)

    def near(self, words: Sequence[str]) -> list[Person]:
        """Everybody whom ``words`` can possibly mean: whose surname or given name is the last of them."""
        return self._by_part.get(_key(words)[1], [])


@lru_cache(maxsize=4096)
def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a name, folded, without "Jr." and without the particles before a bare surname."""
    folded = [fold(word).strip(".") for word in words]
    kept = [word for word in folded if word not in SUFFIXES] or folded
    while len(kept) > 1 and kept[0] in NAME_PARTICLES:
        kept = kept[1:]
    return tuple(kept)


def _key(words: Sequence[str]) -> tuple[str, str]:
    """The first and the last part of a name, folded."""
    kept = _plain(tuple(words))
    return kept[0], kept[-1]


def _own_words(role: str) -> list[str]:
    """The words of a role that are about its holder, and not about an owner: "Mrs. Clinton's campaign manager"."""
    own = re.split(r"[’']s?\s", role)[-1]
    return re.split(r"\s(?:of|for|to|at|in)\s", own)[0].split()


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
    people: Iterable[Person], words: Sequence[str], title: str, masked: str, position: int | None = None
) -> Person | None:
    """Pick the one person whom a name means; None where it may be another.

    Of several with a surname, a form of address ("Mrs.") or an office tells; else it is the one whom the article
    plainly means by it: the only one whom its paragraph names before ``position``; named in full more often, first,
    and not as somebody's wife or son.
    """
    known = known_as(people, words)
    known = [person for person in known if person.human] or known
    if len(known) > 1 and (gender := gender_of(title.split())):
        known = [each for each in known if each.gender == gender] or [each for each in known if not each.gender]
    if len(known) > 1 and (head := head_noun(title)) in ROLES - HONORIFICS:
        known = [person for person in known if any(head == head_noun(role) for role in person.roles)] or known
    if len(known) > 1 and len(words) == 1 and position is not None:
        known = _named_beside(known, masked, position) or known
    if len(known) > 1 and len(words) == 1:
        known.sort(key=lambda person: min(person.mentions))
        weights = [person.full - _as_relative(person, masked) for person in known]
        weights[0] += 1.5 + _is_bare(masked[: min(known[1].mentions)], words[0])
        weights = [weight + _agrees(masked, words[0], person) for weight, person in zip(weights, known, strict=True)]
        best = max(weights)
        others = sorted(weights)[:-1]
        known = [known[weights.index(best)]] if best - others[-1] >= _PLAINLY else []
    return known[0] if len(known) == 1 else None


def _named_beside(people: Sequence[Person], masked: str, position: int) -> list[Person]:
    """Of those with one surname, who is named in full in the paragraph, before the position."""
    begins = masked.rfind("\n", 0, position) + 1
    return [
        each
        for each in people
        if " " in each.name
        and any(begins <= at < position and masked.startswith(each.name, at) for at in each.mentions)
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


def _as_relative(person: Person, masked: str) -> float:
    """2 for somebody who is first named as somebody's relative: "his wife Hillary Clinton"."""
    first = min(person.mentions)
    return 2.0 if _RELATIVE.search(masked[max(0, first - 30) : first]) else 0.0

"""An article's text -> the people that it names, where, and in what role.

People are clustered by given name and surname, so that two people with one surname stay two. A role is what stands
beside a name: a title before it ("German Chancellor Friedrich Merz"), an apposition after it or around it ("the
museum's director, Bertrand Ilves"). Promise: roles and names are slices of the text.

What this module does not know: the world. A run of capitalised words without a role or a known given name may be a
place or a company; it is kept, but no pronoun is ever resolved to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.attribution.lexicon import FEMALE, HONORIFICS, MALE, NAME_PARTICLES, NEVER_A_NAME, ROLES
from qa.text import fold

__all__ = ["Person", "find_people", "gender_of", "head_noun", "split_name"]

_CAPITAL = r"(?:(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St)\.|[A-Z][^\W_]*(?:[’'-][^\W_]+)*)"
_RUN = re.compile(rf"(?:U\.S\.|{_CAPITAL})(?: (?:(?:{'|'.join(NAME_PARTICLES)}) )*(?:U\.S\.|{_CAPITAL}))*")
_POSSESSIVE = re.compile(r"[’']s(?:\s|\Z)")
_DETERMINER = re.compile(r"\A(?:the|a|an|its|his|her|their|our|my)\s+", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\b((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s[^,.;:“”]{3,60}|[\w’'-]+[’']s?\s[^,.;:“”]{3,40}), \Z"
)
_APPOSITION = re.compile(r", ((?:the|a|an|its|his|her|their|[A-Z])[^,.;:“”]{3,70})")
_WHO = re.compile(r",? who(?:se|m)?\b")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii"))


@dataclass(slots=True)
class Person:
    """Somebody, or something, with a name.

    ``mentions`` are the positions of the name, ``roles`` what it is called beside it, both in reading order; ``human``
    when anything says that this is a person and no place or company.
    """

    name: str
    mentions: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    human: bool = False
    given: str = field(init=False)
    surname: str = field(init=False)

    def __post_init__(self) -> None:
        self.given, self.surname = _key(self.name.split())

    @property
    def role(self) -> str | None:
        """What the article first calls this person, "Mr." and its like aside."""
        return next((role for role in self.roles if fold(role).rstrip(".") not in HONORIFICS), None)

    @property
    def gender(self) -> str | None:
        """Whether "m", "f" or None, from titles and then from the given name."""
        return gender_of([*" ".join(self.roles).split(), self.given])

    def is_called(self, words: Sequence[str]) -> bool:
        """Say whether ``words`` can be this person's name: same surname, and no other given name."""
        given, surname = _key(words)
        return surname == self.surname and (len(words) == 1 or given == self.given)


def _key(words: Sequence[str]) -> tuple[str, str]:
    """The first and the last part of a name, folded; "Jr." is no part."""
    folded = [fold(word) for word in words]
    kept = [word for word in folded if word.strip(".") not in _SUFFIXES] or folded
    return kept[0], kept[-1]


def gender_of(words: Iterable[str]) -> str | None:
    """Whether "m", "f" or None, from the first title or given name that tells."""
    folded = [fold(word).rstrip(".") for word in words]
    return next(("m" if word in MALE else "f" for word in folded if word in MALE or word in FEMALE), None)


def head_noun(phrase: str) -> str:
    """The word that a role or a nominal phrase is about: "the mayor of Lower Ostrel" -> "mayor"."""
    words = re.split(r"\s(?:of|for|at|in|to|from|with|on)\s|,", phrase)[0].split()
    return fold(words[-1]) if words else ""


def split_name(run: str) -> tuple[str, list[str]]:
    """Split capitalised words into the title before a name, and the name: "German Chancellor Merz"."""
    words = run.split()
    while words and fold(words[0]) in NEVER_A_NAME:
        words = words[1:]
    title = max((index + 1 for index, word in enumerate(words) if fold(word).strip(".") in ROLES), default=0)
    return " ".join(words[:title]), words[title:]


def find_people(masked: str) -> list[Person]:
    """Find those named in a text whose quotations are masked, in order of their first full mention."""
    people: dict[tuple[str, str], Person] = {}
    named = [(match, *split_name(_last_owned(match[0]))) for match in _RUN.finditer(masked)]
    for match, title, words in named:
        if len(words) > 1:
            person = people.setdefault(_key(words), Person(" ".join(words)))
            _note(person, match, words, title or _role_before(masked, match.start()), _role_around(masked, match))
            person.human |= bool(_WHO.match(masked, match.end()))
    for match, title, words in named:
        if len(words) == 1:
            _note_surname(people, masked, match, title, words)
    for person in people.values():
        person.human |= bool(person.roles) or person.gender is not None
    return list(people.values())


def _last_owned(run: str) -> str:
    """What remains of capitalised words without their owners: "Trump’s Envoy" is no name of Trump's."""
    return [part for part in _POSSESSIVE.split(run) if part][-1]


def _note_surname(
    people: dict[tuple[str, str], Person], masked: str, match: re.Match[str], title: str, words: Sequence[str]
) -> None:
    """Count a bare surname for the one person who has it; with a title it may be all that the article gives."""
    known = [person for person in people.values() if person.is_called(words)]
    role = title or _role_before(masked, match.start())
    if not known and role:
        _note(people.setdefault(_key(words), Person(words[0], human=True)), match, words, role)
    elif len(known) == 1:
        _note(known[0], match, words, role)
        known[0].human = True


def _note(person: Person, match: re.Match[str], words: Sequence[str], *roles: str) -> None:
    person.mentions.append(match.start() + match[0].rfind(words[0]))
    for role in roles:
        if role and role not in person.roles:
            person.roles.append(_DETERMINER.sub("", role, count=1))


def _role_before(masked: str, position: int) -> str:
    """The title in lower case that ends before ``position``: "Kremlin spokesman", "Trump's special envoy"."""
    before = masked[max(0, position - 60) : position].rpartition("\n")[2]
    words = before.split()
    if not before.endswith(" ") or not words or fold(words[-1]).strip("—–“") not in ROLES:
        return ""
    role: list[str] = []
    for word in reversed(words):
        if len(role) == 4 or (role and (not re.fullmatch(r"[\w’'-]+|U\.S\.", word) or fold(word) in NEVER_A_NAME)):
            break
        role.insert(0, word)
    return " ".join(role).strip()


def _role_around(masked: str, match: re.Match[str]) -> str:
    """The apposition after a name, or the phrase to which the name itself is the apposition."""
    after = _APPOSITION.match(masked, match.end())
    if after and head_noun(after[1]) in ROLES:
        return after[1]
    before = _INTRODUCED.search(masked, max(0, match.start() - 90), match.start())
    return before[1] if before and head_noun(before[1]) in ROLES else ""

"""What an article has told of its people and bodies up to a phrase, and how that is asked.

Resolvers read a scene and change nothing (:mod:`qa.attribution.resolvers`); :meth:`Scene.note` takes in what one of
them found, so that the phrases behind know of it. Promise: nobody is made up; a name is looked up among those whom the
article names. What this module does not know: which kind of phrase means whom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa.attribution.lexicon import DOCUMENTS, EPITHETS, GOVERNING, NOT_PEOPLE, OFFICES, ORGANISATIONS, ROLES, SOMEBODY
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.organisations import Organisations
from qa.attribution.people import find_people
from qa.attribution.person import Directory, Person, called
from qa.attribution.phrases import Ending, Phrase, head_noun, is_capitalised
from qa.attribution.pronouns import FITTED, GENDERS, Salience, Weights
from qa.text import fold
from qa.types import Resolution, Span

__all__ = ["NOBODY", "THINGS", "Scene", "Who", "may_be_person"]

THINGS = frozenset(("it", "they", "its"))
_OFFICE_OF = re.compile(
    r"\b(?:Secretary|Minister|Speaker|Director|Chairman|Head|President|Leader|Chief|Governor|Mayor) of\b"
    r"|\bchief of staff\b"
)
_BODIES = frozenset("department ministry bureau division institute university college center centre school".split())  # noqa: SIM905
_OWNERS = frozenset("the a an his her its their our my this that".split())  # noqa: SIM905
_JOINING = frozenset(("of", "for", "and", "the", "The"))
_SOMEBODY = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:reporter|interviewer|questioner|moderator)\b")


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a phrase means: a person of the article, or a name alone, or nobody whom it names."""

    person: Person | None
    name: str | None
    how: Resolution


NOBODY = Who(None, None, Resolution.UNRESOLVED)


@dataclass(slots=True)
class Scene:
    """An article with its people and bodies, under its heading.

    ``last`` is the last source that was noted and the person it means.
    """

    text: str
    masked: str
    weights: Weights = field(default_factory=lambda: FITTED)
    heading: str = ""
    people: Directory = field(init=False)
    salience: Salience = field(init=False)
    organisations: Organisations = field(init=False)
    held: frozenset[str] = field(init=False)
    last: tuple[Span, Person | None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.people = find_people(self.masked)
        self.salience = Salience(self.masked, self.people, self.weights, self.heading)
        self.organisations = Organisations(self.masked)
        self.held = frozenset(head_noun(role) for person in self.people for role in person.roles)

    def note(self, source: Span, phrase: Phrase, who: Who) -> Person | None:
        """Take in that ``source``, read as ``phrase``, means ``who``; return the person as now known."""
        person = self._learnt(phrase, who)
        if person:
            self.salience.means(person, source.start)
        if person or (who.name is None and self._is_somebody(phrase)):
            self.salience.spoke(source.start, person)
        if who.how is Resolution.ORGANISATION and who.name:
            self.organisations.spoke(who.name, source.start)
        if who.how is Resolution.ORGANISATION or phrase.word not in THINGS:
            self.organisations.last = who.name if who.how is Resolution.ORGANISATION else None
        self.last = source, person
        return person

    def _learnt(self, phrase: Phrase, who: Who) -> Person | None:
        """The person with what the phrase adds: that it is one, and a full name that stands nowhere else."""
        person = who.person
        if person is None:
            return None
        if phrase.word in GENDERS or who.how is Resolution.NAMED:
            person = replace(person, shown=person.shown or phrase.word in GENDERS or may_be_person(person))
        if " " not in person.name:
            endings = (phrase.ending, phrase.named_ending, *phrase.apposed)
            fuller = (one.name for one in endings if len(one.name) > 1 and fold(one.name[0]) in GIVEN_NAMES)
            name = next((name for name in fuller if fold(name[-1]) == person.surname), (person.name,))
            person = replace(person, name=" ".join(name))
        return self.people.put(person)

    def at_end(self, words: Ending, *, governed: bool = False, position: int | None = None) -> Person | None:
        """The person whose name ends some words; after a preposition only where ``governed`` says so."""
        before, title, name = words.before, words.title, words.name
        if not name and len(words.capitals) == 1 and not before and self._is_surname(words.capitals[0]):
            title, name = "", words.capitals  # "King said", where Gail King is known
        if not name or (len(name) == 1 and fold(name[0]) in NOT_PEOPLE and not self._is_surname(name[0])):
            return None
        office = bool(ROLES & set(map(fold, title.split())))
        within = _is_body(before) if office else title  # "High Commissioner for Human Rights Volker Türk"
        if not (governed or within or _is_title_of(before)) and GOVERNING & set(
            map(fold, _OFFICE_OF.sub("", " ".join(before)).split())
        ):
            return None  # "an aide to Mitch McConnell", but "Secretary of State John Kerry"
        title = title or (before[-1] if before and head_noun(before[-1]) in ROLES else "")
        near = self.people.near(name)
        found = (
            called(self.people, name[at:], title, self.masked, near=near, position=position) for at in range(len(name))
        )
        return next(filter(None, found), None)

    def is_ambiguous(self, head: str) -> bool:
        """Whether a phrase ends in the surname of several."""
        last = head.rsplit(maxsplit=1)[-1]
        return is_capitalised(last) and sum(person.is_called([last]) for person in self.people.near([last])) > 1

    def _is_surname(self, word: str) -> bool:
        return any(person.surname == fold(word) and person.human for person in self.people.near([word]))

    def _is_somebody(self, phrase: Phrase) -> bool:
        """Whether a phrase without a name means one person all the same: "a nurse", "the employee"."""
        noun = phrase.noun
        if not noun or noun in ORGANISATIONS | DOCUMENTS or _ASKS.search(phrase.head):
            return False
        listed = noun in ROLES | EPITHETS | SOMEBODY
        return bool(_SOMEBODY.match(phrase.head)) or listed or self.is_ambiguous(phrase.head)


def may_be_person(person: Person) -> bool:
    """Say whether a name that speaks is a person's: one of several words, not plural ("Tamble Crossings")."""
    return " " in person.name and not person.surname.endswith("s")


def _is_title_of(words: Sequence[str]) -> bool:
    """Whether words before a name are a title, though a preposition stands in them.

    It is within the name of whom the title is of ("Harbour Board of Lower Ostrel spokesman"), or before what the title
    is for ("president of ferry operations"), but not in "a spokesman for Ostrel attorney".
    """
    at = next((place for place in reversed(range(1, len(words))) if words[place] in ("of", "for")), 0)
    if not at or fold(words[0]) in GOVERNING:
        return False
    head, behind = fold(words[at - 1]), words[at + 1 :]
    if behind and fold(behind[-1]) in ROLES:
        return is_capitalised(words[at - 1]) and head not in ROLES and any(map(is_capitalised, behind))
    said_of_them = bool(behind) and fold(behind[-1]).endswith("ed")  # "director of ousted Tomas Reck"
    plain = bool(behind) and not any(map(is_capitalised, behind)) and fold(behind[0]) not in _OWNERS
    return head in OFFICES and plain and not said_of_them


def _is_body(words: Sequence[str]) -> bool:
    """Whether words before a title are the body that has it: "Ohio Department of | Health Director Bruce Venn"."""
    names = [word for word in words if word not in _JOINING]
    return all(map(is_capitalised, names)) and any(fold(word) in _BODIES for word in names)

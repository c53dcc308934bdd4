"""A pronoun's position -> the person whom it most likely takes up, or nobody.

Every earlier mention speaks for its person, by name or by another pronoun: most if somebody speaks there, less as a
subject, little after a preposition or as an owner ("Crutcher's death"), and less with every sentence in between; a
subject right behind the adverbial in which a pronoun stands speaks for its person too ("In his report, Reck"), and so
does the text's heading for whom it names.
Promises: below a margin the answer is nobody; somebody without a name who has just spoken or acted ("a nurse said", "a
victim wrote") can win; whoever is named behind "he" in its own sentence is somebody else ("he said Reck was late"), and
so is, likely, the subject of the clause whose object "him" is ("Reck saw him").

What this module does not know: grammar, beyond :mod:`qa.attribution.parts`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log2

from qa import deadline
from qa.attribution.capitals import CAPITALS, SPEAKS
from qa.attribution.lexicon import FEMALE, MALE, NOT_PEOPLE, ROLES, SOMEBODY
from qa.attribution.masking import CLOSE
from qa.attribution.parts import Case, Part, Parts, is_owned
from qa.attribution.person import Directory, Person, is_singular
from qa.attribution.places import is_place
from qa.text import fold

__all__ = ["FITTED", "GENDERS", "NOTHING", "Salience", "Signs", "Weights"]

Weights = Mapping[str, float]
Signs = dict[str, float]

GENDERS = {
    **{"he": "m", "she": "f", "him": "m", "her": "f", "hers": "f", "his": "m", "himself": "m", "herself": "f"},
    **{"er": "m", "sie": "f"},
}
# What each sign speaks for its person, fitted on pronouns whose person is known (qa/evaluation/pronoun_weights.py).
# What is not here counts for nothing. "here": in the pronoun's own sentence; "of owner": seen from "his"; of a name
# that nothing shows to be a person's: "stranger", "idle" where it is no subject either, "bare" where it is one word.
FITTED: Weights = {
    "acting": 1.56,
    "ahead": 1.05,
    "aside": -0.27,
    "bare": 0.11,
    "bound": -1.71,
    "clause": 0.48,
    "clause here of object": 0.12,
    "clause here of owner": 0.27,
    "clause here of subject": 0.15,
    "clause of object": -0.1,
    "clause of owner": 0.57,
    "clause of subject": 0.1,
    "governed": -0.3,
    "headed": 1.07,
    "idle": -0.47,
    "joined": -0.86,
    "known gender": 0.5,
    "next sentence": -0.07,
    "nothing": -3.7,
    "often": 0.35,
    "one sentence": 0.17,
    "other": -0.13,
    "other here of object": 0.2,
    "other here of owner": 0.69,
    "other here of subject": 0.23,
    "other of object": 0.21,
    "other of owner": -0.57,
    "own content": -0.52,
    "owner": -0.09,
    "owner here of object": -0.08,
    "owner here of owner": -0.1,
    "owner here of subject": 0.08,
    "owner of object": 0.18,
    "owner of owner": 0.18,
    "owning here of object": 0.05,
    "owning here of owner": -0.14,
    "owning here of subject": 0.2,
    "owning of object": 0.2,
    "owning of owner": 0.19,
    "paragraphs": -0.53,
    "passed": -0.32,
    "pronoun": -0.82,
    "relative": -0.23,
    "reported": 0.33,
    "reported here of object": 0.06,
    "reported here of subject": 0.17,
    "reported of object": 0.06,
    "reported of owner": 0.25,
    "sentence of object": -0.11,
    "sentence of subject": 0.25,
    "sentences": -1.57,
    "share": -0.5,
    "spoke": 2.96,
    "spoke here of subject": 0.08,
    "subject": 1.48,
    "subject here of object": -0.45,
    "subject here of owner": -0.7,
    "subject here of subject": -0.66,
    "subject of object": -0.93,
    "subject of owner": -0.67,
    "unnamed": 2.11,
}
NOTHING: Signs = {"nothing": 1.0}
MARGIN = 0.05
_REACH = 14  # sentences
_FAR = 5  # sentences, and paragraphs, behind which distance counts no more
_NEAR = 60  # characters within which grammar can say that a pronoun is somebody else
_MENTIONS = 6  # of one person, the last before a pronoun
_PASSED = 3  # others between, that are counted
_OFTEN = 15  # mentions that are counted
_SUBJECTS = frozenset(("spoke", Part.SUBJECT, Part.CLAUSE, Part.REPORTED, Part.OTHER))
_MEN, _WOMEN = frozenset(("man", "boy", "dad")), frozenset(("woman", "girl", "mom"))
_ASKED = re.compile(
    rf"(?:when|as) (?:[{CAPITALS}][\w’'.-]+ ){{1,4}}asked\b|fter (?:[{CAPITALS}][\w’'.-]+ ){{1,4}}asked\b"
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_ONE_VERB = re.compile(r" (?!and\b|or\b|[a-z]+ing\b)[a-z]+ ")
_INSERTED = re.compile(r"[\w.’'-]+(?: [\w.’'-]+){0,3}, ")
_INSERTS = re.compile(rf"s?he (?:\w+ly |also )?{SPEAKS}\b, ")
_PAUSE = re.compile(r"[;:—–“]")
_JOINED = re.compile(r" (?:and|or) \Z")
_WITHIN = re.compile(r"[a-z,] \Z")  # a capital there is no sentence's
_KIN = re.compile(r"\b(?:[Hh]is|[Hh]er) (?:[\w-]+ ){0,2}\Z")
_SUBJECT_PRONOUN = re.compile(r"(?:s?he|the)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:[Aa]n?|[Aa]nother) (?:[a-z’'-]+ ){0,3}?"
    rf"(?P<noun>{'|'.join(sorted(SOMEBODY | ROLES, key=len, reverse=True))})(?= )"
)


@dataclass(slots=True)
class Salience:
    """Weighs the mentions of people in a masked text; reads it once, from left to right.

    ``positions`` are where each person, by number, is named or otherwise meant, as far as that is known.
    """

    masked: str
    people: Directory
    weights: Weights = field(default_factory=lambda: FITTED)
    heading: str = ""
    positions: list[list[int]] = field(init=False)
    _in: Parts = field(init=False)
    _heading: frozenset[str] = field(init=False)
    _spoken: dict[int, Person | None] = field(init=False, default_factory=dict)
    _speaking: list[int] = field(init=False, default_factory=list)  # where somebody speaks, in order
    _parts: dict[int, Part] = field(init=False, default_factory=dict)
    _around: dict[int, Signs] = field(init=False, default_factory=dict)  # by mention
    _pronouns: set[int] = field(init=False, default_factory=set)
    _actors: list[tuple[int, str | None]] = field(init=False)
    _read: int = field(init=False, default=0)
    _things: dict[str, bool] = field(init=False, default_factory=dict)  # by name
    _subjects: dict[int, bool] = field(init=False, default_factory=dict)  # by mention
    _seen: dict[int, tuple[Case, bool]] = field(init=False, default_factory=dict)  # by pronoun: its case, is it linked

    def __post_init__(self) -> None:
        self.positions = [list(positions) for positions in self.people.positions]
        self._in = Parts(self.masked)
        self._heading = frozenset(fold(word) for word in re.findall(r"\w+", self.heading))
        self._actors = list(self._acting())

    def _acting(self) -> Iterator[tuple[int, str | None]]:
        """Where somebody without a name is the subject of a sentence that names nobody before, and of what gender."""
        named = sorted(at for positions in self.people.positions for at in positions)
        for match in _SOMEBODY.finditer(self.masked):
            begins = self._in.begins(match.start())
            if (
                self._in.of(*match.span()) in (Part.SUBJECT, Part.OWNING)
                and self._in.acts(match.end())
                and bisect_left(named, begins) == bisect_left(named, match.start())
            ):
                noun = match["noun"]
                yield match.start(), "m" if noun in MALE | _MEN else "f" if noun in FEMALE | _WOMEN else None

    def means(self, person: Person, position: int) -> None:
        """Note that a phrase at ``position`` means ``person``."""
        insort(self.positions[person.number], position)

    def spoke(self, position: int, person: Person | None) -> None:
        """Note that ``person``, or somebody without a name, speaks at ``position``."""
        if position not in self._spoken:
            insort(self._speaking, position)
        self._spoken[position] = person

    def takes_up(self, position: int, gender: str | None, *, speaks: bool = False) -> Person | None:
        """Pick the person whom a pronoun at ``position`` takes up; None below the margin.

        Where it ``speaks``, a single word that nothing shows to be a person's is nobody's beside somebody who can be
        meant.
        """
        self._read_until(position)
        return self._best(position, gender, speaks=speaks)

    def signs(self, position: int, gender: str | None) -> list[tuple[Person | None, list[Signs]]]:
        """What speaks for whom at a pronoun: each person who can be meant with the signs of each mention, and nobody.

        Of a person's mentions the one whose signs weigh most counts.
        """
        self._read_until(position)
        return list(self._signs(position, gender))

    def _read_until(self, position: int) -> None:
        """Let the pronouns before ``position`` that nobody asked about stand for whom they take up."""
        for pronoun in _PRONOUN.finditer(self.masked, self._read, position):
            deadline.check()
            at, word = pronoun.start(), pronoun[0].lower()
            if at not in self._spoken and (person := self._best(at, GENDERS[word])):
                self.means(person, at)
                self._pronouns.add(at)
                self._parts[at] = Part.OWNER if word in ("his", "her") else self._in.of(at, pronoun.end())
        self._read = max(self._read, position)

    def _best(self, position: int, gender: str | None, *, speaks: bool = False) -> Person | None:
        scores = [
            (max(self._weigh(signs) for signs in mentions), person)
            for person, mentions in self._signs(position, gender, speaks=speaks)
            if mentions
        ]
        (first, person), (second, _), *_ = sorted([*scores, (-99.0, None)], key=lambda scored: -scored[0])
        if first - second < MARGIN or (person and self.is_told_of(person, position)):
            return None
        return person

    def _weigh(self, signs: Signs) -> float:
        return sum(self.weights.get(sign, 0.0) * value for sign, value in signs.items())

    def _signs(
        self, position: int, gender: str | None, *, speaks: bool = False
    ) -> Iterator[tuple[Person | None, list[Signs]]]:
        fitting = [
            person
            for person in self.people
            if (not gender or person.gender in (gender, None))
            and (person.human or self._may_be_meant(person))
            and not self._is_another(person, position)
        ]
        if speaks and any(person.human for person in fitting):
            fitting = [person for person in fitting if person.human or not person.bare]
        latest = sorted((-self._latest(person, position), person.number) for person in fitting)
        meant = sum(bisect_left(self.positions[one.number], position) for one in fitting) or 1
        for passed, (_, number) in enumerate(latest):
            person = self.people.people[number]
            share = bisect_left(self.positions[number], position) / meant
            among: Signs = {"passed": float(min(passed, _PASSED)), "share": share}
            yield person, self._of_person(person, position, among)
        yield None, self._unnamed(position, gender)
        yield None, [NOTHING]

    def _is_another(self, person: Person, position: int) -> bool:
        """Whether grammar says that a pronoun is somebody else: "Reck saw him", "Reck, he said, was late"."""
        mentions = self.positions[person.number]
        before = bisect_left(mentions, position)
        if not before or position - mentions[before - 1] > _NEAR:
            return False
        mention = mentions[before - 1]
        if _INSERTED.fullmatch(self.masked, mention, position) and _INSERTS.match(self.masked, position):
            return True
        end = mention + self._length(person, mention)
        return bool(_ONE_VERB.fullmatch(self.masked, end, position)) and self._in.case(position) is Case.OBJECT

    def is_told_of(self, person: Person, position: int, end: int | None = None) -> bool:
        """Whether the sentence that has "he" or "the mayor" for a subject names the person behind it.

        Nobody is called "he" first and by name afterwards, but where the pronoun's clause depends on the name's ("When
        he left, Reck"). ``end`` is where the subject ends with its appositions.
        """
        mentions = self.positions[person.number]
        at = bisect_right(mentions, end or position)
        if at == len(mentions) or not _SUBJECT_PRONOUN.match(self.masked, position):
            return False
        start, mention = self._in.begins(position), mentions[at]
        if mention >= self._in.ends(position) or _PAUSE.search(self.masked, end or position, mention):
            return False
        if not any(self.masked.startswith(word, mention) for word in person.name.split()):
            return False
        if is_owned(self.masked, mention + self._length(person, mention)):
            return False  # "he said so when Reck’s lawyer had left"
        first = bisect_left(mentions, start) < bisect_left(mentions, position)
        return not first and not self._in.depends(position)

    def _may_be_meant(self, person: Person) -> bool:
        """Whether a name that nothing shows to be a person's may be one all the same."""
        if " " not in person.name and not person.bare:
            return False
        if person.name not in self._things:
            placed = person.bare and not any(
                _WITHIN.search(self.masked, max(0, at - 2), at) or self._is_subject(person, at)
                for at in self.people.positions[person.number]
            )
            self._things[person.name] = placed or self._is_thing(person.name)
        return not self._things[person.name]

    def _acts(self, person: Person, position: int) -> bool:
        """Whether a name that nothing shows to be a person's is the subject of a sentence before, as a person's is."""
        mentions = self.positions[person.number]  # one of its own sentence names things as often
        before = mentions if person.bare else mentions[: bisect_left(mentions, self._in.begins(position))]
        return any(self._is_subject(person, at) for at in before)

    def _is_thing(self, name: str) -> bool:
        """Whether anything says that a name is a place's or a body's."""
        words = name.split()
        if fold(words[-1]) in NOT_PEOPLE or is_place(name) or is_place(words[0]):
            return True
        plain = re.escape(name)
        if words[-1].endswith("s") and not is_singular(name, self.masked):
            return True
        return bool(
            re.search(
                rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Tt]he|[Aa]n?|into|from|to) {plain}\b"
                rf"|\b{plain}(?:,? which\b|-[a-z]|, an? (?:[a-z-]+ )?(?:city|town|village|island|country|company)\b)",
                self.masked,
            )
        )

    def _is_subject(self, person: Person, at: int) -> bool:
        if at not in self._subjects:
            self._subjects[at] = self._acts_at(person, at)
        return self._subjects[at]

    def _acts_at(self, person: Person, at: int) -> bool:
        the = self.masked[max(0, at - 4) : at].lower() == "the "
        acts = self._in.acts(at + self._length(person, at))
        return acts and not the and self._part_of(person, at) in (Part.SUBJECT, Part.OWNING)

    def _latest(self, person: Person, position: int) -> int:
        """Where a person was last meant before a position."""
        mentions = self.positions[person.number]
        before = bisect_left(mentions, position)
        return mentions[before - 1] if before else -1

    def _of_person(self, person: Person, position: int, among: Signs) -> list[Signs]:
        """What speaks for a person, by mention; ``among`` is how they stand among all who can be meant."""
        mentions = self.positions[person.number]
        before = bisect_left(mentions, position)
        own: Signs = {
            "known gender": float(person.gender is not None),
            **among,
            "stranger": float(not person.human),
            "idle": float(not person.human and not self._acts(person, position)),
            "bare": float(person.bare),
            "headed": float(person.surname in self._heading),
            "often": log2(1 + min(before, _OFTEN)),
        }
        found = [
            {**own, **self._of_mention(person, at, position), **self._distance(at, position)}
            for at in mentions[max(0, before - _MENTIONS) : before]
        ]
        if before < len(mentions):
            at = mentions[before]
            if self._in.is_ahead(position, at + self._length(person, at), at):
                found.append({**own, "ahead": 1.0})
        return found

    def _unnamed(self, position: int, gender: str | None) -> list[Signs]:
        """What speaks for the last who speaks or acts without a name."""
        at = bisect_left(self._speaking, position)
        last = self._speaking[at - 1] if at else None
        number = bisect_left(self._actors, position, key=lambda actor: actor[0])
        found = [
            {"acting": 1.0, **self._distance(place, position)}
            for place, own in self._actors[max(0, number - 2) : number]
            if place not in self._spoken and (not gender or own in (gender, None))
        ]
        if last is not None and self._spoken[last] is None:
            found.append({"unnamed": 1.0, **self._distance(last, position)})
        return found

    def _distance(self, mention: int, position: int) -> Signs:
        sentences, paragraphs = self._in.apart(mention, position)
        if sentences > _REACH:
            return {"sentences": 30.0}
        return {
            "sentences": float(min(sentences, _FAR)),
            "one sentence": float(sentences == 0),
            "next sentence": float(sentences == 1),
            "paragraphs": float(min(paragraphs, _FAR)),
        }

    def _of_mention(self, person: Person, mention: int, position: int) -> Signs:
        """How a mention's part in its sentence speaks for its person, seen from ``position``."""
        spoken = self._spoken.get(mention) == person and not _ASKED.match(self.masked, max(0, mention - 5))
        part = "spoke" if spoken else self._part_of(person, mention).value
        if position not in self._seen:
            self._seen[position] = self._in.case(position), self._in.is_linked(position)
        case, linked = self._seen[position]
        end = mention + self._length(person, mention)
        if mention not in self._around:
            self._around[mention] = self._beside(mention, end)
        signs: Signs = {part: 1.0, **self._around[mention]}
        if case is not Case.SUBJECT:
            signs[f"{part} of {case}"] = 1.0
        if mention in self._pronouns and not spoken and self.masked[mention + 1 : mention + 3] not in ("is", "er"):
            signs["pronoun"] = 1.0
        start = self._in.begins(position)
        if mention < start:
            return signs
        signs[f"sentence of {case}"] = 1.0
        signs[f"{part} here of {case}"] = 1.0
        clause = self._in.is_one_clause(end, position)
        signs[f"clause of {case}"] = float(clause)
        if part in _SUBJECTS and case is Case.OBJECT and clause:
            signs["bound"] = 1.0
        elif (
            not linked
            and not spoken
            and self.masked[start:position].endswith((", ", ","))
            and CLOSE not in self.masked[mention:position]
        ):
            signs["own content"] = 1.0
        return signs

    def _beside(self, mention: int, end: int) -> Signs:
        """What stands around a mention, whoever asks."""
        joined = _JOINED.search(self.masked, max(0, mention - 5), mention) or self.masked.startswith(" and ", end)
        return {
            "governed": float(self._in.is_governed(mention)),
            "joined": float(bool(joined)),
            "relative": float(bool(_KIN.search(self.masked, max(0, mention - 30), mention))),
            "aside": float(self.masked.startswith("(", mention - 1)),
        }

    def _part_of(self, person: Person, mention: int) -> Part:
        if mention not in self._parts:
            self._parts[mention] = self._in.of(mention, mention + self._length(person, mention))
        return self._parts[mention]

    def _length(self, person: Person, mention: int) -> int:
        """The length of the name that stands at a mention: in full, or its last words."""
        words = person.name.split()
        tails = (" ".join(words[at:]) for at in range(len(words)))
        return next((len(tail) for tail in tails if self.masked.startswith(tail, mention)), len(words[-1]))

"""A pronoun's position -> the person whom it most likely takes up, or nobody.

Every earlier mention speaks for its person, by name or by another pronoun: most if somebody speaks there, less as a
subject, little after a preposition or as an owner ("Crutcher's death"), and less with every sentence in between.
Promises: below a margin the answer is nobody; somebody without a name who has just spoken or acted ("a nurse said", "a
victim wrote") can win; and whoever is named behind "he" in its own sentence is somebody else ("he said Reck was late").

What this module does not know: grammar. Subjects are told by what stands before and after a name. The weights were
chosen on annotated news (docs/results/).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from qa import deadline
from qa.attribution.capitals import CAPITALS
from qa.attribution.lexicon import CLAUSE_VERBS, FEMALE, MALE, NOT_PEOPLE, ROLES, SOMEBODY
from qa.attribution.masking import CLOSE
from qa.attribution.person import Directory, Person
from qa.attribution.places import is_place
from qa.text import fold

__all__ = ["GENDERS", "Salience", "Weights"]

GENDERS = {
    **{"he": "m", "she": "f", "him": "m", "her": "f", "hers": "f", "his": "m", "himself": "m", "herself": "f"},
    **{"er": "m", "sie": "f"},
}
_REACH = 14  # sentences
_MEN, _WOMEN = frozenset(("man", "boy", "dad")), frozenset(("woman", "girl", "mom"))
_SENTENCE_END = re.compile(r"[.!?][”’)]*\s+(?=[“(]?[A-Z0-9])|\n+")
_NO_END = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|St|Rev|Jr|Sr|vs|No|U\.S|[a-z])\.\Z")
_SUBORDINATE = re.compile(
    r"[“(]?(?:(?:Even|Just|But|And) (?=[a-z]))?"
    r"(?i:when|while|as|after|before|although|though|if|since|because|asked|despite|unlike|like)\b"
)
_LINKED = re.compile(
    r"\b(?:when|while|as|after|before|because|though|although|which|what|whom|where|that|if|since|until|but|and|even)"
    r"(?: \w+ly| also| then| later)? \Z"
)
_DEPENDS = re.compile(r"\b(?:when|while|as|after|before|because|though|although|if|since|until) \Z")
_OWNED = re.compile(r"[’']s?(?:\s|\Z)")
_MODIFIES = re.compile(
    r" (?!(?:and|or|as|in|on|at|to|of|with|for|from|by|who|that|than|but|if|when|while|after)\b)[a-z]{3,}"
)
# What stands before a subject: the sentence's start or an adverbial's comma; a conjunction is weaker.
_OPENS = re.compile(r"(?:\A|[:;”—–]|, |\A(?:But|And|So|Yet|Then|Still|Meanwhile|Later) )(?:[\w’'.-]+ ){0,6}\Z")
_JOINS = re.compile(
    r"\b(?:that|when|while|as|after|before|because|if|but|and|where|which|whom|than|how|why|whether|since|although|"
    r"though|until|what|so)(?: (?:former|then|[A-Z][\w.]*))* \Z"
)
_REPORTED = re.compile(
    rf"\b(?:said|told|says|wrote|(?:{'|'.join(sorted(CLAUSE_VERBS))})(?:e?d|e?s)?)(?: (?!and|but)\w+){{0,3}}(?: that)? "
    r"(?:[A-Z][\w.]* |[a-z-]+ )*\Z"
)
_GOVERNED = re.compile(
    r"\b(?:with|of|to|by|for|from|about|in|at|on|against|including|like|over|under|between|toward|towards|than|behind|"
    r"into|around|despite|during|without)(?: [\w’'.-]+){0,4} ?\Z"
)
_ASKED = re.compile(
    rf"(?:when|as) (?:[{CAPITALS}][\w’'.-]+ ){{1,4}}asked\b|fter (?:[{CAPITALS}][\w’'.-]+ ){{1,4}}asked\b"
)
_AS_FOR = re.compile(r"\AAs for (?:[\w.]+ ){0,3}\Z")
_AUXILIARY = "has|had|have|is|was|will|would|could|can|did|does|do|may|might|should|must"
_IRREGULAR = (
    "ate|became|began|bought|broke|brought|built|came|caught|chose|cut|dealt|did|drank|drew|drove|fed|fell|felt|flew|forgave|"
    "forgot|fought|found|froze|gave|got|grew|heard|held|hid|hit|hung|hurt|kept|knew|laid|lay|led|left|lent|let|lit|lost|"
    "made|meant|met|paid|put|quit|ran|rang|read|rode|rose|said|sang|sank|sat|saw|sent|set|shook|shot|showed|shut|slept|sold|"
    "spent|spoke|sprang|spread|stole|stood|struck|stuck|swam|swept|swore|swung|taught|thought|threw|told|took|tore|"
    "understood|upset|went|withdrew|woke|won|wore|wrote"
)
_VERB = re.compile(
    r"(?:,? \([^)]*\))?(?:,[^.;“”]{3,90},| ,|,)? "
    rf"(?:(?:also|then|later|now|still|once|never|often|already|repeatedly|\w+ly|{_AUXILIARY}) )*"
    rf"(?:[a-z]+(?:ed|s)|{_AUXILIARY}|{_IRREGULAR}|won’t)\b"
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_PAUSE = re.compile(r"[;:—–“]")
_SUBJECT_PRONOUN = re.compile(r"(?:s?he|the)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:[Aa]n?|[Aa]nother) (?:[a-z’'-]+ ){0,3}?"
    rf"(?P<noun>{'|'.join(sorted(SOMEBODY | ROLES, key=len, reverse=True))})(?= )"
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part in a sentence speaks for, and what is taken off."""

    spoke: float = 2.4
    subject: float = 2.1
    clause: float = 1.6
    reported: float = 1.0
    other: float = 1.2
    owner: float = 0.8
    owning_subject: float = 1.2
    pronoun: float = 0.4
    linked: float = 0.8
    own_content: float = 1.0
    sentence: float = 0.65
    paragraph: float = 0.25
    known_gender: float = 0.4
    unnamed: float = 2.6
    margin: float = 0.1
    least: float = -2.5


@dataclass(slots=True)
class Salience:
    """Weighs the mentions of people in a masked text; reads it once, from left to right.

    ``positions`` are where each person, by number, is named or otherwise meant, as far as that is known.
    """

    masked: str
    people: Directory
    weights: Weights = Weights()
    positions: list[list[int]] = field(init=False)
    _sentences: list[int] = field(init=False)
    _paragraphs: list[int] = field(init=False)
    _spoken: dict[int, Person | None] = field(init=False, default_factory=dict)
    _speaking: list[int] = field(init=False, default_factory=list)  # where somebody speaks, in order
    _parts: dict[int, float] = field(init=False, default_factory=dict)
    _actors: list[tuple[int, str | None]] = field(init=False)
    _read: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.positions = [list(positions) for positions in self.people.positions]
        ends = _SENTENCE_END.finditer(self.masked)
        self._sentences = [0] + [
            end.end()
            for end in ends
            if "\n" in end[0] or not _NO_END.search(self.masked, max(0, end.start() - 6), end.start() + 1)
        ]
        self._paragraphs = [match.end() for match in re.finditer(r"\n+", self.masked)]
        self._actors = list(self._acting())

    def _acting(self) -> Iterator[tuple[int, str | None]]:
        """Where somebody without a name is the subject of a sentence that names nobody before, and of what gender."""
        named = sorted(at for positions in self.people.positions for at in positions)
        for match in _SOMEBODY.finditer(self.masked):
            begins = self._sentences[bisect_right(self._sentences, match.start()) - 1]
            if (
                self._part(*match.span()) >= self.weights.subject
                and _VERB.match(self.masked, match.end())
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

    def takes_up(self, position: int, gender: str | None) -> Person | None:
        """Pick the person whom a pronoun at ``position`` takes up; None below the margin."""
        self._read_until(position)
        return self._best(position, gender)

    def _read_until(self, position: int) -> None:
        """Let the pronouns before ``position`` that nobody asked about stand for whom they take up."""
        for pronoun in _PRONOUN.finditer(self.masked, self._read, position):
            deadline.check()
            if pronoun.start() not in self._spoken and (
                person := self._best(pronoun.start(), GENDERS[pronoun[0].lower()])
            ):
                self.means(person, pronoun.start())
                self._parts[pronoun.start()] = self._part(pronoun.start(), pronoun.end()) + self.weights.pronoun
                if pronoun[0].lower() in ("his", "her"):
                    self._parts[pronoun.start()] = self.weights.owner
        self._read = max(self._read, position)

    def _best(self, position: int, gender: str | None) -> Person | None:
        fitting = [
            each
            for each in self.people
            if (not gender or each.gender in (gender, None)) and (each.human or self._acts(each, position))
        ]
        scores: list[tuple[float, Person | None]] = [(self._score(each, position), each) for each in fitting]
        scores += [(self._unnamed(position, gender), None), (self.weights.least, None)]
        (first, person), (second, _), *_ = sorted(scores, key=lambda scored: -scored[0])
        if first - second < self.weights.margin or (person and self.is_told_of(person, position)):
            return None
        return person

    def is_told_of(self, person: Person, position: int, end: int | None = None) -> bool:
        """Whether the sentence that has "he" or "the mayor" for a subject names the person behind it.

        Nobody is called "he" first and by name afterwards, but where the pronoun's clause depends on the name's ("When
        he left, Reck"). ``end`` is where the subject ends with its appositions.
        """
        mentions = self.positions[person.number]
        at = bisect_right(mentions, end or position)
        if at == len(mentions) or not _SUBJECT_PRONOUN.match(self.masked, position):
            return False
        number = bisect_right(self._sentences, position)
        stop = self._sentences[number] if number < len(self._sentences) else len(self.masked)
        start, mention = self._sentences[number - 1], mentions[at]
        if mention >= stop or _PAUSE.search(self.masked, end or position, mention):
            return False
        if not any(self.masked.startswith(word, mention) for word in person.name.split()):
            return False
        if _OWNED.match(self.masked, mention + self._length(person, mention)):
            return False  # "he said so when Reck’s lawyer had left"
        before = self.masked[start:position]
        first = bisect_left(mentions, start) < bisect_left(mentions, position)
        return not first and not _SUBORDINATE.match(before) and not _DEPENDS.search(before)

    def _acts(self, person: Person, position: int) -> bool:
        """Whether a name that nothing shows to be a person's is the subject of a sentence before, as a person's is."""
        if " " not in person.name or person.surname.endswith("s") or fold(person.name.split()[-1]) in NOT_PEOPLE:
            return False
        name = re.escape(person.name)
        thing = rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Tt]he|into|from|to) {name}\b|\b{name},? which\b"
        if is_place(person.name) or is_place(person.name.split()[0]) or re.search(thing, self.masked):
            return False
        start = self._sentences[bisect_right(self._sentences, position) - 1]  # one of its own names things as often
        mentions = self.positions[person.number]
        before = mentions[: bisect_left(mentions, start)]
        return any(self._is_subject(person, at) for at in before)

    def _is_subject(self, person: Person, at: int) -> bool:
        the = self.masked[max(0, at - 4) : at].lower() == "the "
        acts = _VERB.match(self.masked, at + self._length(person, at))
        return bool(acts) and not the and self._part_of(person, at) >= self.weights.subject

    def _score(self, person: Person, position: int) -> float:
        mentions = self.positions[person.number]
        before = bisect_left(mentions, position)
        if not before:
            return self.weights.least - 1
        earlier = mentions[max(0, before - 6) : before]
        best = max(self._weight(person, at, position) - self._distance(at, position) for at in earlier)
        return best + self.weights.known_gender * (person.gender is not None)

    def _unnamed(self, position: int, gender: str | None) -> float:
        """How much the last who speaks or acts without a name stands out."""
        at = bisect_left(self._speaking, position)
        last = self._speaking[at - 1] if at else None
        spoke = self.weights.least - 1
        if last is not None and self._spoken[last] is None:
            spoke = self.weights.unnamed - self._distance(last, position)
        number = bisect_left(self._actors, position, key=lambda actor: actor[0])
        acting = [
            self.weights.clause - self._distance(place, position)
            for place, own in self._actors[max(0, number - 2) : number]
            if place not in self._spoken and (not gender or own in (gender, None))
        ]
        return max([spoke, *acting])

    def _distance(self, mention: int, position: int) -> float:
        sentences = bisect_right(self._sentences, position) - bisect_right(self._sentences, mention)
        paragraphs = bisect_right(self._paragraphs, position) - bisect_right(self._paragraphs, mention)
        if sentences > _REACH:
            return 20.0
        return self.weights.sentence * sentences + self.weights.paragraph * paragraphs

    def _weight(self, person: Person, mention: int, position: int) -> float:
        """How a mention's part in its sentence speaks for its person, seen from ``position``."""
        spoken = self._spoken.get(mention) == person and not _ASKED.match(self.masked, max(0, mention - 5))
        weight = self.weights.spoke if spoken else self._part_of(person, mention)
        start = self._sentences[bisect_right(self._sentences, position) - 1]
        if mention < start:
            return weight
        before = self.masked[start:position]
        if _SUBORDINATE.match(before) or _LINKED.search(before):
            return weight + self.weights.linked * (weight >= self.weights.clause)
        if not spoken and before.endswith((", ", ",")) and CLOSE not in self.masked[mention:position]:
            return weight - self.weights.own_content
        return weight

    def _part_of(self, person: Person, mention: int) -> float:
        if mention not in self._parts:
            self._parts[mention] = self._part(mention, mention + self._length(person, mention))
        return self._parts[mention]

    def _part(self, start: int, end: int) -> float:
        """What a mention is in its sentence, as a weight."""
        before = self.masked[self._sentences[bisect_right(self._sentences, start) - 1] : start]
        governed = _GOVERNED.search(before)
        opens = not before or (_OPENS.search(before) and not governed)
        if _OWNED.match(self.masked, end):
            return self.weights.owner + self.weights.owning_subject * bool(opens)
        verb = _VERB.match(self.masked, end)
        if not verb and _MODIFIES.match(self.masked, end):
            return self.weights.owner
        subordinate = _SUBORDINATE.match(before) and "," not in before and not _AS_FOR.match(before)
        if not before or _AS_FOR.match(before) or (verb and opens and not subordinate):
            return self.weights.subject
        if verb and _REPORTED.search(before):
            return self.weights.reported
        if verb and (_JOINS.search(before) or not governed):
            return self.weights.clause
        return self.weights.other

    def _length(self, person: Person, mention: int) -> int:
        """The length of the name that stands at a mention: in full, or its last words."""
        words = person.name.split()
        tails = (" ".join(words[at:]) for at in range(len(words)))
        return next((len(tail) for tail in tails if self.masked.startswith(tail, mention)), len(words[-1]))

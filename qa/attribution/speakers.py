"""A source phrase and what came before it -> the speaker.

A name is looked up among the article's people; a title ("the chancellor") is resolved through the role of the one
person who has it; "he" and "she" by gender, the last speaker, subject position and recency; "the company" and "it" to
the organisation that spoke last. Promise: the person heads the phrase ("McConnell aides" are not McConnell), and where
two readings are equally good, the name is None.
"""

from __future__ import annotations

import re

from qa.attribution.lexicon import ORGANISATIONS, ROLES, UNRESOLVED
from qa.attribution.people import Person, find_people, gender_of, head_noun, split_name
from qa.text import fold
from qa.types import Span, Speaker

__all__ = ["Resolver"]

_GENDERS = {"he": "m", "she": "f"}
_DETERMINER = re.compile(r"\A(?:the|a|an|its|his|her|their|our|this|that)\s+", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|its|his|her|their|[\w’'-]+[’']s)(?:\s\S+){1,4}\Z", re.IGNORECASE)
_PROPER = re.compile(r"(?:[A-Z$][\w’'&.-]*|of|for|and|the|on|von|van|der|de|la|al)(?:\s|\Z)")
_FULL_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s(?:von|van|der|de|al|[A-Z][\w’'.-]*))+")
_NAMED_SO = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)* {}\b"
_GOVERNED = re.compile(r"\b(?:with|of|to|by|for|from|about|in|at|and|on|against|including)\b")
_MARGIN = 0.3


class Resolver:
    """Resolves the sources of one article, in reading order: it remembers who spoke last."""

    def __init__(self, text: str, masked: str) -> None:
        self._text = text
        self._masked = masked
        self._people = find_people(masked)
        self._last: Speaker | None = None
        self._last_person: Person | None = None
        self._last_position = 0

    def resolve(self, source: Span) -> Speaker:
        """Say who the source phrase means."""
        mention = source.of(self._text)
        person, name = self._who(mention, source)
        speaker = Speaker(mention, person.name if person else name, person.role if person else None)
        if person:
            person.mentions.append(source.start)
        self._last, self._last_person, self._last_position = speaker, person, source.end
        return speaker

    def _who(self, mention: str, source: Span) -> tuple[Person | None, str | None]:
        """The person meant, or else the name to show."""
        word = fold(mention)
        if word in _GENDERS:
            return self._by_pronoun(_GENDERS[word], source.start), None
        if word == "who":
            return self._before_who(source.start), None
        if word in UNRESOLVED:
            return None, self._organisation(word)
        return self._by_phrase(mention, source.start)

    def _by_phrase(self, mention: str, position: int) -> tuple[Person | None, str | None]:
        """Who heads a noun phrase with its appositions: a name in either, a title, an organisation."""
        head, *rest = re.split(r",\s+|\s+(?=who\b)", mention)
        appositions = [part.strip() for part in rest if _FULL_NAME.fullmatch(part.strip())]
        for phrase in (head, *appositions):
            if person := self._named(phrase, position):
                return person, None
        if person := self._by_role(head):
            return person, None
        if sum(person.is_called(head.split()[-1:]) for person in self._people) > 1:
            return None, None  # one of several with this surname
        return None, self._proper(head) or self._organisation(head_noun(head))

    def _named(self, phrase: str, position: int) -> Person | None:
        """The person whose name ends the phrase."""
        words = phrase.split()
        tail = len(words)
        while tail and re.match(r"[A-Z]|(?:von|van|der|de|al)\Z", words[tail - 1]):
            tail -= 1
        title, name = split_name(" ".join(words[tail:]))
        if not name or (not title and tail and words[tail - 1].endswith(("of", "for", "and"))):
            return None
        known = [person for person in self._people if person.is_called(name)]
        if gender := gender_of(title.split()):  # "Mrs. Clinton"
            known = [person for person in known if person.gender in (gender, None)]
        introduced = [person for person in known if min(person.mentions) <= position]
        known = sorted(introduced or known, key=lambda person: person.mentions[0])
        return known[0] if len(known) == 1 or (known and self._is_plainly(known[0], name[-1], known[1])) else None

    def _is_plainly(self, first: Person, surname: str, second: Person) -> bool:
        """Whether the bare surname already meant the first of two when the second was introduced."""
        bare = re.compile(rf"(?:\b[a-z’']+|[.,:;”])\s+{re.escape(surname)}\b")
        return bool(bare.search(self._masked, first.mentions[0], second.mentions[0]))

    def _by_role(self, phrase: str) -> Person | None:
        """The one person whose role the phrase repeats: "the chancellor", "the museum's director"."""
        noun = head_noun(phrase)
        if (
            noun not in ROLES
            or not re.match(r"the\b|its\b|his\b|her\b", phrase, re.IGNORECASE)
            or len(phrase.split()) > 5
        ):
            return None
        holders = [person for person in self._people if any(head_noun(role) == noun for role in person.roles)]
        return holders[0] if len(holders) == 1 else None

    def _proper(self, phrase: str) -> str | None:
        """The phrase as the name of an organisation; None for "officials" and for "Republicans"."""
        name = _DETERMINER.sub("", phrase, count=1)
        words = name.split()
        if not words or not all(_PROPER.fullmatch(word) for word in words) or not name[0].isupper():
            return None
        return None if len(words) == 1 and re.search(r"(?:an|ic|crat|er|or)s\Z", name) else name

    def _organisation(self, noun: str) -> str | None:
        """The organisation that a noun takes up again: the last speaker, or the one that has the noun in its name."""
        if noun not in ORGANISATIONS:
            return None
        person = self._last_person
        if self._last and self._last.name and not (person and person.human) and noun in ("it", "company", "firm"):
            return self._last.name
        names = {match[0] for match in re.finditer(_NAMED_SO.format(noun.capitalize()), self._masked)}
        return names.pop() if len(names) == 1 else None

    def _before_who(self, position: int) -> Person | None:
        head = re.search(r"([^,.;“”]+),?\s*\Z", self._masked[max(0, position - 80) : position])
        return self._named(head[1].strip(), position) if head else None

    def _by_pronoun(self, gender: str, position: int) -> Person | None:
        fitting = [
            person
            for person in self._people
            if person.human and person.gender in (gender, None) and min(person.mentions) < position
        ]
        if not fitting:
            return self._last_person if self._last_person and not self._last_person.human else None
        best, *others = sorted(fitting, key=lambda person: -self._score(person, position))
        clear = not others or self._score(best, position) - self._score(others[0], position) >= _MARGIN
        return best if clear else None

    def _score(self, person: Person, position: int) -> float:
        """How well a person fits a pronoun at ``position``: recency, subject position, spoke last, known gender."""
        nearest = max(mention for mention in person.mentions if mention < position)
        distance = self._masked.count("\n\n", nearest, position) + (position - nearest) / 400
        spoke = 1.5 if person is self._last_person and position - self._last_position < 800 else 0.0
        return spoke + 1.5 * self._is_subject(person, nearest) + 0.3 * (person.gender is not None) - distance

    def _is_subject(self, person: Person, mention: int) -> bool:
        """Whether a mention seems to be its sentence's subject: near the start, after no preposition, no possessive."""
        before = self._masked[max(0, mention - 60) : mention]
        opening = re.split(r"[.!?”]\s|\n|,\s(?=\w+\Z)", before)[-1]
        after = self._masked[mention : mention + len(person.name) + 2]
        owned = re.match(r"[\w-]+(?: [\w-]+)?[’']s?\b", after)
        return not owned and not re.search(
            r"\b(?:with|of|to|by|for|from|about|in|at|and|on|against|including)\b", opening
        )

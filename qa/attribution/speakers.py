"""A source phrase and what came before it -> the speaker.

A name is looked up among the article's people; a title ("the chancellor") is resolved through the role of the one
person who has it; "he" and "she" by gender and salience; "who" is the noun phrase left of it; "the fund" and "it" are
an organisation that was named. Promise: the person heads the phrase ("McConnell aides" are not McConnell), two people
with one surname stay two, and where two readings are equally good, the name is None.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Sequence

from qa import deadline
from qa.attribution.capitals import split_name
from qa.attribution.lexicon import (
    COLLECTIVES,
    CROWDS,
    DOCUMENTS,
    EPITHETS,
    GOVERNING,
    NOT_PEOPLE,
    ORGANISATIONS,
    ROLES,
    SOMEBODY,
    SURNAMES,
)
from qa.attribution.masking import CLOSE, OPEN
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.organisations import Organisations
from qa.attribution.people import find_people
from qa.attribution.person import Directory, Person, called, gender_of
from qa.attribution.phrases import Phrase, capital_tail, head_noun, is_capitalised, read_phrase
from qa.attribution.salience import GENDERS, Salience
from qa.attribution.titles import fits_epithet, holder, is_epithet, is_title
from qa.text import fold
from qa.types import Resolution, Span, Speaker

__all__ = ["Resolver"]

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_AUTHOR = frozenset(("i", "we", "me", "us"))
_THINGS = frozenset(("it", "they", "its"))
_COMPLEMENT = re.compile(r"\s+(?:of|for|at|in|from|with|to|on|during)\s")
_OFFICE_OF = re.compile(
    r"\b(?:Secretary|Minister|Speaker|Director|Chairman|Head|President|Leader|Chief|Governor|Mayor) of\b"
    r"|\bchief of staff\b"
)
_DETERMINER = re.compile(r"\A(?:the|an?|one|another|his|her|its|their|then|neither|both)\s+", re.IGNORECASE)
_SOMEBODY = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:reporter|interviewer|questioner|moderator)\b")
_BODIES = frozenset("department ministry bureau division institute university college center centre school".split())  # noqa: SIM905
_JOINING = frozenset(("of", "for", "and", "the", "The"))
_NO_NAME = (NOT_PEOPLE | CROWDS | DOCUMENTS) - SURNAMES - GIVEN_NAMES
_HIS = re.compile(r"(his|her)\s+(?:[a-z-]+\s+)?([a-z]+)\Z", re.IGNORECASE)
_OWNER = re.compile(r"[’'](?:s\s|\s)")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s))*")
_BESIDE = re.compile(r", [^,.;:“”\n]{2,60}[,.]")
_HE_OR_SHE = re.compile(r"\b[Ss]?[Hh]e\b")
_LEFT_OF = 160  # characters in which "who" looks for its noun phrase

Who = tuple[Person | None, str | None, Resolution]
_NOBODY: Who = (None, None, Resolution.UNRESOLVED)


class Resolver:
    """Resolves the sources of one article, in reading order: it remembers who spoke last."""

    def __init__(self, text: str, masked: str) -> None:
        """Read who is named.

        Args:
            text: The article.
            masked: The same with its quotations masked.
        """
        self._text = text
        self._masked = masked
        self._people = find_people(masked)
        self._held = {head_noun(role) for person in self._people for role in person.roles}
        self._directory = Directory(self._people)
        self._organisations = Organisations(masked)
        self._salience = Salience(masked, self._people)
        self._last: tuple[Span, Person | None] | None = None
        self._resolved: dict[Span, Speaker] = {}

    def resolve(self, source: Span) -> Speaker:
        """Say who the source phrase means; the same phrase is always the same speaker."""
        if source not in self._resolved:
            self._resolved[source] = self._resolve(source)
        return self._resolved[source]

    def _resolve(self, source: Span) -> Speaker:
        deadline.check()
        mention = source.of(self._text)
        phrase = read_phrase(mention)
        person, name, how = self._who(phrase, source)
        if person:
            insort(person.mentions, source.start)
        if person or (name is None and self._is_somebody(phrase.head)):
            self._salience.spoke(source.start, person)
        if how is Resolution.ORGANISATION or fold(phrase.head) not in _THINGS:
            self._organisations.last = name if how is Resolution.ORGANISATION else None
        self._last = source, person
        return Speaker(mention, person.name if person else name, person.role if person else None, how)

    def _who(self, phrase: Phrase, source: Span) -> Who:
        word = fold(phrase.head)
        if word in GENDERS:
            person = self._salience.takes_up(source.start, GENDERS[word])
            if person:
                person.shown = True
            return (person, None, Resolution.PRONOUN) if person else _NOBODY
        if word in _RELATIVE:
            return self._before(word, source.start)
        if word in _AUTHOR:
            return self._quoted(source)
        if word in _THINGS:
            name = self._organisations.last
            return (None, name, Resolution.PRONOUN) if name else _NOBODY
        return self._by_phrase(phrase, source.start) if word else _NOBODY

    def _before(self, word: str, position: int) -> Who:
        """Whom "who" and "which" mean: the noun phrase left of them."""
        left = self._masked[max(0, position - _LEFT_OF) : position].rstrip()
        clause = re.split(r"[.;:“”\n]\s|[—–]", left)[-1]
        chunks = [chunk.strip() for chunk in clause.split(", ") if chunk.strip(" ,")] or [""]
        set_off = left.endswith(",")  # "a coup over Bernie Sanders, who", but not "an aide to Bernie Sanders who"
        person = self._ending(chunks[-1].rstrip(","), governed=set_off)
        if person is None and _DETERMINER.match(chunks[-1]) and len(chunks) > 1:
            person = self._ending(chunks[-2], governed=True)  # "John Bentel, a tech staffer who"
        if person and word != "which":
            return person, None, Resolution.PRONOUN
        name = self._organisations.nearest(position) if word == "which" else None
        return (None, name, Resolution.PRONOUN) if name else _NOBODY

    def _quoted(self, source: Span) -> Who:
        """Whom "I" and "we" mean inside a quotation: whoever speaks beside it."""
        opened = self._masked.rfind(OPEN, 0, source.start)
        if self._last is None or opened < 0 or self._masked.find(CLOSE, opened) < source.start:
            return _NOBODY
        span, person = self._last
        near = self._masked.count("\n\n", span.end, source.start) <= 1
        return (person, None, Resolution.PRONOUN) if person and near else _NOBODY

    def _by_phrase(self, phrase: Phrase, position: int) -> Who:
        """Who heads a noun phrase with its appositions: a name in either, a title, an organisation."""
        head = phrase.head
        if self._are_two(head):
            return _NOBODY
        if person := self._heading(head, position) or self._in_apposition(phrase):
            return self._named(person)
        if is_title(head, self._held) or is_epithet(head):
            person = self._titled(head, position)
            return (person, None, Resolution.TITLE) if person else _NOBODY
        return _NOBODY if self._is_ambiguous(head) else self._unknown(head, position)

    def _in_apposition(self, phrase: Phrase) -> Person | None:
        """The person whose name is an apposition: "his lawyer, Mark MacDougall"."""
        if _is_name(phrase.head):
            return None
        return next(filter(None, map(self._wholly, phrase.appositions)), None)

    def _titled(self, head: str, position: int) -> Person | None:
        """The one who holds a title, else whom an epithet ("the 34-year-old") takes up: somebody who stands out."""
        person = holder(head, self._people, self._beside(position)) if is_title(head, self._held) else None
        if person is None and is_epithet(head):
            person = self._salience.takes_up(position, gender_of([head_noun(head)]))
            person = person if person and fits_epithet(head, person) else None
        return person if person and not self._is_another(person, position, position + len(head)) else None

    def _beside(self, position: int) -> range:
        """The paragraph of a position up to it, and the one before."""
        begins = self._masked.rfind("\n", 0, position) + 1
        before = self._masked.rfind("\n", 0, len(self._masked[:begins].rstrip())) + 1
        return range(before, position)

    def _is_another(self, person: Person, start: int, end: int) -> bool:
        """Whether what follows a title in its sentence speaks against a person: their name, or "he" of a woman."""
        apposition = _BESIDE.match(self._masked, end)
        if self._salience.is_told_of(person, start, apposition.end() if apposition else end):
            return True
        behind = _SENTENCE.match(self._masked, end)
        pronouns = {GENDERS[word.lower()] for word in _HE_OR_SHE.findall(behind[0])} if behind else set()
        return person.gender is not None and len(pronouns) == 1 and person.gender not in pronouns

    def _unknown(self, head: str, position: int) -> Who:
        """A name by which the article knows nobody else: a person's, or an organisation's."""
        complement = _COMPLEMENT.search(head)
        named = head[: complement.start()] if complement else head  # "Meenakshi Ganguly of Human Rights Watch"
        name = " ".join(split_name(named)[1])
        if name and (_is_name(named) or self._is_human_word(head)):
            return None, name, Resolution.NAMED
        organisation = self._organisation(head, position)
        return (None, organisation, Resolution.ORGANISATION) if organisation else _NOBODY

    def _organisation(self, head: str, position: int) -> str | None:
        """The organisation that a phrase names, by its owner's surname where it has one ("the Trump campaign")."""
        if owned := _HIS.match(head):
            person = self._salience.takes_up(position, GENDERS[fold(owned[1])])
            return f"{person.family} {owned[2]}" if person and owned[2] in ORGANISATIONS else None
        name = self._organisations.named(head, position)
        if name is None:
            return None
        owner, noun = _OWNER.split(name)[0] if _OWNER.search(name) else name.rpartition(" ")[0], name.split()[-1]
        person = self._ending(owner) if noun in ORGANISATIONS | COLLECTIVES else None
        if person is None or not person.human:
            return name
        return f"{person.family} {noun}" if noun in ORGANISATIONS else None

    def _is_human_word(self, word: str) -> bool:
        """Whether a name of one word that nobody is known by is rather a person's: "he" or an age follows it."""
        if " " in word or not is_capitalised(word) or word.isupper() or fold(word) in NOT_PEOPLE | CROWDS | ROLES:
            return False
        name, near = rf"\b{re.escape(word)}", r"[^.“”\n]{0,80}"
        human = rf"{name}(?:, \d\d\b|,? who\b| {near}\b(?:he|his|she|her)\b)"
        thing = rf"\b(?:[Tt]he|[Ii]n|[Aa]t) {name}\b|{name}(?:,? which\b| {near}\b(?:it|its)\b)"
        return len(re.findall(human, self._masked)) > len(re.findall(thing, self._masked))

    def _named(self, person: Person) -> Who:
        """A name of several words that speaks is a person's, unless it is plural ("Tamble Crossings")."""
        person.shown |= " " in person.name and not person.surname.endswith("s")
        return (person, None, Resolution.NAMED) if person.human else (None, person.name, Resolution.ORGANISATION)

    def _heading(self, head: str, position: int) -> Person | None:
        """The person whose name ends a phrase, or ends what stands before its complement."""
        complement = _COMPLEMENT.search(head)
        if complement and (person := self._ending(head[: complement.start()])) and person.human:
            return person  # "Mr. Morgan of the Sierra Club"
        return self._ending(head, position=position)

    def _wholly(self, apposition: str) -> Person | None:
        """The person whose name an apposition is: "his lawyer, Mark MacDougall"."""
        name = _DETERMINER.sub("", apposition, count=1)
        complement = _COMPLEMENT.search(name)
        plain = name[: complement.start()] if complement else name
        before, _ = capital_tail(plain)
        return self._ending(plain) if not before or head_noun(" ".join(before)) in ROLES else None

    def _is_surname(self, word: str) -> bool:
        return any(person.surname == fold(word) and person.human for person in self._directory.near([word]))

    def _ending(self, phrase: str, *, governed: bool = False, position: int | None = None) -> Person | None:
        """The person whose name ends the phrase; after a preposition only where ``governed`` says so."""
        before, tail = capital_tail(phrase)
        title, name = split_name(" ".join(tail))
        if not name and len(tail) == 1 and not before and self._is_surname(tail[0]):
            title, name = "", tail  # "King said", where Gail King is known
        if not name or (len(name) == 1 and fold(name[0]) in NOT_PEOPLE and not self._is_surname(name[0])):
            return None
        office = bool(ROLES & set(map(fold, title.split())))
        within = _is_body(before) if office else title  # "High Commissioner for Human Rights Volker Türk"
        if not (governed or within) and GOVERNING & set(map(fold, _OFFICE_OF.sub("", " ".join(before)).split())):
            return None  # "an aide to Mitch McConnell", but "Secretary of State John Kerry"
        title = title or (before[-1] if before and head_noun(before[-1]) in ROLES else "")
        known = (
            called(self._directory.near(name), name[at:], title, self._masked, position) for at in range(len(name))
        )
        person = next(filter(None, known), None)
        if person and " " not in person.name and len(name) > 1 and fold(name[0]) in GIVEN_NAMES:
            person.rename(" ".join(name))  # a full name that only stands inside a headline or a quotation
            self._directory.add(person)
        return person

    def _are_two(self, head: str) -> bool:
        """Whether a phrase joins two people: "Mr. Grassley and Mr. Leahy"."""
        left, joined, right = re.sub(r"\bnor\b", "and", head).partition(" and ")
        if not joined or self._ending(left) or (_is_name(left) and _is_name(right)):
            return bool(joined)
        last = left.split()[-1]
        return is_capitalised(last) and head_noun(last) not in ROLES and self._ending(right) is not None

    def _is_ambiguous(self, head: str) -> bool:
        last = head.rsplit(maxsplit=1)[-1]
        return is_capitalised(last) and sum(person.is_called([last]) for person in self._directory.near([last])) > 1

    def _is_somebody(self, head: str) -> bool:
        """Whether a phrase without a name means one person all the same: "a nurse", "the employee"."""
        noun = head_noun(head)
        if not noun or noun in ORGANISATIONS | DOCUMENTS or _ASKS.search(head):
            return False
        return bool(_SOMEBODY.match(head)) or noun in ROLES | EPITHETS | SOMEBODY or self._is_ambiguous(head)


def _is_body(words: Sequence[str]) -> bool:
    """Whether words before a title are the body that has it: "Ohio Department of | Health Director Bruce Venn"."""
    names = [word for word in words if word not in _JOINING]
    return all(map(is_capitalised, names)) and any(fold(word) in _BODIES for word in names)


def _is_name(phrase: str) -> bool:
    """Say whether a phrase is a name of one and no noun of many: "Mr. Lou", "Ursula von der Leyen"."""
    words = phrase.split()
    if not words or not all(map(is_capitalised, words)) or len(words) > 5:
        return False
    title, name = split_name(phrase)
    if not name or any(fold(word) in _NO_NAME for word in name) or fold(words[0]) == "the":
        return False
    return bool(title) or (len(name) > 1 and (fold(name[0]) in GIVEN_NAMES or not name[-1].endswith("s")))

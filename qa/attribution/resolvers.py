"""A source phrase and the scene in which it stands -> whom it means: a list of small resolvers, asked in order.

Each takes the phrases of one kind and says who is meant, or that nobody is (``NOBODY``), or None: not of its kind. A
name is looked up among the article's people; a title ("the chancellor") is resolved through the role of the one person
who has it; "he" and "she" by gender and salience; "who" is the noun phrase left of it; "the fund" and "it" are an
organisation that was named. Promise: the person heads the phrase ("McConnell aides" are not McConnell), two people with
one surname stay two, and where two readings are equally good, nobody is meant; no resolver changes the scene.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.attribution.capitals import split_name
from qa.attribution.lexicon import COLLECTIVES, CROWDS, NOT_PEOPLE, ORGANISATIONS, ROLES
from qa.attribution.masking import CLOSE, OPEN
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.person import Person, gender_of
from qa.attribution.phrases import Phrase, ending_of, head_noun, is_capitalised, is_name
from qa.attribution.places import is_place
from qa.attribution.pronouns import GENDERS
from qa.attribution.scene import NOBODY, THINGS, Scene, Who, may_be_person
from qa.attribution.titles import fits_epithet, holder, is_epithet, is_title
from qa.text import fold
from qa.types import Resolution

__all__ = [
    "RESOLVERS",
    "Resolve",
    "a_paper",
    "an_organisation",
    "nothing",
    "one_of_two",
    "resolved",
    "somebody_named",
    "somebody_unknown",
    "the_holder",
    "the_last_body",
    "the_one_before",
    "the_quoted",
    "the_salient",
    "two_of_them",
]

Resolve = Callable[[Phrase, Scene], Who | None]

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_AUTHOR = frozenset(("i", "we", "me", "us"))
_DETERMINER = re.compile(r"\A(?:the|an?|one|another|his|her|its|their|then|neither|both)\s+", re.IGNORECASE)
_OWNER = re.compile(r"[’'](?:s\s|\s)")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s))*")
_BESIDE = re.compile(r", [^,.;:“”\n]{2,60}[,.]")
_HE_OR_SHE = re.compile(r"\b[Ss]?[Hh]e\b")
_CLAUSE_BORDER = re.compile(r"[.;:“”\n]\s|[—–]")
_LEFT_OF = 160  # characters in which "who" looks for its noun phrase


def the_salient(phrase: Phrase, scene: Scene) -> Who | None:
    """Of "he" and "she": whoever stands out and can be meant."""
    if phrase.word not in GENDERS:
        return None
    person = scene.salience.takes_up(phrase.start, GENDERS[phrase.word], speaks=True)
    return Who(person, None, Resolution.PRONOUN) if person else NOBODY


def the_one_before(phrase: Phrase, scene: Scene) -> Who | None:
    """Of "who" and "which": the noun phrase left of it."""
    if phrase.word not in _RELATIVE:
        return None
    left = scene.masked[max(0, phrase.start - _LEFT_OF) : phrase.start].rstrip()
    clause = _CLAUSE_BORDER.split(left)[-1]
    chunks = [chunk.strip() for chunk in clause.split(", ") if chunk.strip(" ,")] or [""]
    set_off = left.endswith(",")  # "a coup over Bernie Sanders, who", but not "an aide to Bernie Sanders who"
    person = scene.at_end(ending_of(chunks[-1].rstrip(",")), governed=set_off)
    if person is None and _DETERMINER.match(chunks[-1]) and len(chunks) > 1:
        person = scene.at_end(ending_of(chunks[-2]), governed=True)  # "John Bentel, a tech staffer who"
    if person and phrase.word != "which":
        return Who(person, None, Resolution.PRONOUN)
    name = scene.organisations.nearest(phrase.start) if phrase.word == "which" else None
    return Who(None, name, Resolution.PRONOUN) if name else NOBODY


def the_quoted(phrase: Phrase, scene: Scene) -> Who | None:
    """Of "I" and "we" inside a quotation: whoever speaks beside it."""
    if phrase.word not in _AUTHOR:
        return None
    opened = scene.masked.rfind(OPEN, 0, phrase.start)
    if scene.last is None or opened < 0 or scene.masked.find(CLOSE, opened) < phrase.start:
        return NOBODY
    span, person = scene.last
    near = scene.masked.count("\n\n", span.end, phrase.start) <= 1
    return Who(person, None, Resolution.PRONOUN) if person and near else NOBODY


def the_last_body(phrase: Phrase, scene: Scene) -> Who | None:
    """Of "it" and "they": the organisation that has just spoken."""
    if phrase.word not in THINGS:
        return None
    name = scene.organisations.last
    return Who(None, name, Resolution.PRONOUN) if name else NOBODY


def a_paper(phrase: Phrase, scene: Scene) -> Who | None:
    """Of "The Ferryman" whose "The" has its capital within a sentence, and "the broadcaster" where nobody is one."""
    name = scene.organisations.paper(phrase.head)
    if name is None and phrase.noun not in scene.held:
        name = scene.organisations.reported(phrase.head, phrase.start)
    return Who(None, name, Resolution.ORGANISATION) if name else None


def nothing(phrase: Phrase, scene: Scene) -> Who | None:
    """Marks without a word: nobody."""
    return None if phrase.word else NOBODY


def two_of_them(phrase: Phrase, scene: Scene) -> Who | None:
    """Of "Mr. Grassley and Mr. Leahy": nobody, since they are two."""
    if phrase.pair is None:
        return None
    left, right = phrase.pair
    whole = scene.organisations.named(phrase.head, phrase.start) if phrase.word.startswith("the ") else None
    halves = [scene.at_end(ending_of(half)) for half in phrase.pair]
    if whole and any(halves) and not any(one and (one.roles or one.given in GIVEN_NAMES) for one in halves):
        return Who(None, whole, Resolution.ORGANISATION)  # "the Centre for Tide Control and Prevention"
    if halves[0] or (is_name(left) and is_name(right)):
        return NOBODY
    last = left.split()[-1]
    two = is_capitalised(last) and head_noun(last) not in ROLES and halves[1] is not None
    return NOBODY if two else None


def somebody_named(phrase: Phrase, scene: Scene) -> Who | None:
    """Whoever's name heads a phrase, or is its apposition: "his lawyer, Mark MacDougall"."""
    person = _heading(phrase, scene) or _apposed(phrase, scene)
    if person is None:
        return None
    human = person.human or may_be_person(person)
    return Who(person, None, Resolution.NAMED) if human else Who(None, person.name, Resolution.ORGANISATION)


def _heading(phrase: Phrase, scene: Scene) -> Person | None:
    """The person whose name ends a phrase, or ends what stands before its complement."""
    if phrase.has_complement and (person := scene.at_end(phrase.named_ending)) and person.human:
        return person  # "Mr. Morgan of the Sierra Club"
    return scene.at_end(phrase.ending, position=phrase.start)


def _apposed(phrase: Phrase, scene: Scene) -> Person | None:
    if is_name(phrase.head):
        return None
    named = (one for one in phrase.apposed if not one.before or head_noun(" ".join(one.before)) in ROLES)
    return next(filter(None, map(scene.at_end, named)), None)


def the_holder(phrase: Phrase, scene: Scene) -> Who | None:
    """A definite title or an epithet: the one who holds it, or whom "the 34-year-old" takes up."""
    titled, epithet = is_title(phrase.head, scene.held), is_epithet(phrase.head)
    if not (titled or epithet):
        return None
    person = holder(phrase.head, scene.people, _beside(scene, phrase.start)) if titled else None
    if person is None and epithet:
        person = scene.salience.takes_up(phrase.start, gender_of([phrase.noun]))
        often = len(scene.salience.positions[person.number]) if person else 0
        person = person if person and fits_epithet(phrase.head, person, often) else None
    if person is None or _is_another(scene, person, phrase.start, phrase.start + len(phrase.head)):
        return NOBODY
    return Who(person, None, Resolution.TITLE)


def _beside(scene: Scene, position: int) -> range:
    """The paragraph of a position up to it, and the one before."""
    begins = scene.masked.rfind("\n", 0, position) + 1
    before = scene.masked.rfind("\n", 0, len(scene.masked[:begins].rstrip())) + 1
    return range(before, position)


def _is_another(scene: Scene, person: Person, start: int, end: int) -> bool:
    """Whether what follows a title in its sentence speaks against a person: their name, or "he" of a woman."""
    apposition = _BESIDE.match(scene.masked, end)
    if scene.salience.is_told_of(person, start, apposition.end() if apposition else end):
        return True
    behind = _SENTENCE.match(scene.masked, end)
    pronouns = {GENDERS[word.lower()] for word in _HE_OR_SHE.findall(behind[0])} if behind else set()
    return person.gender is not None and len(pronouns) == 1 and person.gender not in pronouns


def one_of_two(phrase: Phrase, scene: Scene) -> Who | None:
    """A surname that several have, and that means none of them plainly."""
    return NOBODY if scene.is_ambiguous(phrase.head) else None


def somebody_unknown(phrase: Phrase, scene: Scene) -> Who | None:
    """A name by which the article knows nobody else: "Meenakshi Ganguly of Human Rights Watch", "Mirabel"."""
    name = phrase.named_ending.name
    given = len(name) == 1 and phrase.head == name[0] and fold(name[0]) in GIVEN_NAMES and not is_place(name[0])
    if len(name) == 1 and is_name(phrase.named):
        name = tuple(split_name(phrase.named)[1])  # "Harper’s Bazaar", whose last word alone is nobody's name
    if name and (given or is_name(phrase.named) or _is_human_word(phrase.head, scene)):
        return Who(None, " ".join(name), Resolution.NAMED)
    return None


def _is_human_word(word: str, scene: Scene) -> bool:
    """Whether a name of one word that nobody is known by is rather a person's: "he" or an age follows it."""
    if " " in word or not is_capitalised(word) or word.isupper() or fold(word) in NOT_PEOPLE | CROWDS | ROLES:
        return False
    name, near = rf"\b{re.escape(word)}", r"[^.“”\n]{0,80}"
    human = rf"{name}(?:, \d\d\b|,? who\b| {near}\b(?:he|his|she|her)\b)"
    thing = rf"\b(?:[Tt]he|[Ii]n|[Aa]t) {name}\b|{name}(?:,? which\b| {near}\b(?:it|its)\b)"
    return len(re.findall(human, scene.masked)) > len(re.findall(thing, scene.masked))


def an_organisation(phrase: Phrase, scene: Scene) -> Who | None:
    """The organisation that a phrase names, by its owner's surname where it has one ("the Trump campaign")."""
    name = _of_owner(phrase, scene) if phrase.owner else _body(phrase, scene)
    return Who(None, name, Resolution.ORGANISATION) if name else None


def _of_owner(phrase: Phrase, scene: Scene) -> str | None:
    """What "his campaign" is called."""
    person = scene.salience.takes_up(phrase.start, GENDERS[phrase.owner])
    return f"{person.family} {phrase.owned}" if person and phrase.owned in ORGANISATIONS else None


def _body(phrase: Phrase, scene: Scene) -> str | None:
    name = scene.organisations.named(phrase.head, phrase.start)
    if name is None:
        return None
    owner, noun = _OWNER.split(name)[0] if _OWNER.search(name) else name.rpartition(" ")[0], name.split()[-1]
    person = scene.at_end(ending_of(owner)) if noun in ORGANISATIONS | COLLECTIVES else None
    if person is None or not person.human:
        return name
    return f"{person.family} {noun}" if noun in ORGANISATIONS else None


RESOLVERS: tuple[Resolve, ...] = (
    the_salient,
    the_one_before,
    the_quoted,
    the_last_body,
    nothing,
    a_paper,
    two_of_them,
    somebody_named,
    the_holder,
    one_of_two,
    somebody_unknown,
    an_organisation,
)


def resolved(phrase: Phrase, scene: Scene) -> Who:
    """Whom a phrase means, by the first resolver that takes it."""
    answers = (resolve(phrase, scene) for resolve in RESOLVERS)
    return next((one for one in answers if one is not None), NOBODY)

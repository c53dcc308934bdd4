"""A definite title -> the one person of the article who holds it: "the chancellor", "the South Carolina senator".

Promise: a title that two people hold alike is nobody's, unless the article is plainly about one of them. What this
module does not know: who holds an office in the world; the article has to say it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa.attribution.lexicon import EPITHETS, HONORIFICS, IN_BUSINESS, OFFICES, ROLES, RUNNING, SOMEBODY
from qa.attribution.person import Directory, Person
from qa.attribution.phrases import head_noun
from qa.attribution.places import BELONGING, PARTIES, facts_of
from qa.text import fold

__all__ = ["fits_epithet", "holder", "is_epithet", "is_title"]

_DEFINITE = re.compile(r"\A(?:the|its|their)\s+|\A(?=(?:[\w.-]+ ){0,3}[\w.-]+[’']s?\s)", re.IGNORECASE)
_OWNING_TITLE = re.compile(r"(the [a-z-]+)[’']s?\s", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|then|ousted|late)\b", re.IGNORECASE)
_MAX_WORDS = 8
_PLAINLY = 2  # times as many mentions
_SAME = (
    frozenset(("senator", "sen", "sens", "lawmaker", "legislator")),
    frozenset(("representative", "rep", "reps", "congressman", "congresswoman", "lawmaker", "legislator")),
    frozenset(("governor", "gov")),
    frozenset(("nominee", "candidate", "hopeful", "contender", "front-runner", "frontrunner")),
    frozenset(("premier", "minister")),
    frozenset(("spokesman", "spokesperson")),
    frozenset(("spokeswoman", "spokesperson")),
    frozenset(("attorney", "lawyer", "counsel")),
    frozenset(("general", "gen")),
    frozenset(("colonel", "col")),
    frozenset(("professor", "prof")),
    frozenset(("doctor", "dr", "physician")),
    frozenset(("reverend", "rev", "pastor")),
    frozenset(("businessman", "billionaire", "mogul", "tycoon", "developer")),
    frozenset(("adviser", "advisor", "aide")),
    frozenset(("delegate", "del")),
    frozenset(("chairman", "chair", "chairwoman")),
)
# Whoever holds one of these is "the leader", but "the minister" is no party's leader.
_LEADERS = frozenset(("president", "chancellor", "premier", "minister"))
# With a capital they name a paper: "The Indianapolis Star".
_PAPERS = frozenset(("star", "leader", "advocate", "pilot", "player", "examiner"))
# Offices of which an article has few, so that a word that nobody is called is likely to describe.
_ALONE = OFFICES - {"secretary"} | frozenset(
    ("chancellor", "premier", "judge", "sheriff", "king", "queen", "pope", "leader")
)
_MAX_MISSING = 2
_AGED = re.compile(r"\b\d+-year-old\b")
# They make another office of the word that follows.
_CHANGING = frozenset(("vice", "deputy", "former", "ex", "press", "prime", "first", "assistant", "attorney"))


def is_title(phrase: str, held: Collection[str] = ()) -> bool:
    """Say whether a phrase is a definite title: "the museum's director", but not "an official".

    ``held`` are nouns that the article uses as titles, though no list has them.
    """
    first = _first(phrase)
    noun = head_noun(first)
    if not _DEFINITE.match(phrase) or _is_paper(noun, first):
        return False
    return (noun in ROLES | EPITHETS or noun in held) and len(first.split()) <= _MAX_WORDS


def _is_paper(noun: str, phrase: str) -> bool:
    """Whether a noun is the name of a paper: capitalised, and no office: "The Indianapolis Star", "The Paper"."""
    office = noun in ROLES | EPITHETS and noun not in _PAPERS
    return not office and bool(re.search(rf"\b{re.escape(noun.title())}\b", phrase))


def _first(phrase: str) -> str:
    """The first of two titles: "the Democratic nominee and former secretary of state"."""
    return re.split(r" and (?=former|one-time|then|the |an? |[a-z]+ of )", phrase)[0]


def is_epithet(phrase: str) -> bool:
    """Say whether a phrase may take up somebody without a title: "the 34-year-old mother of three"."""
    noun = head_noun(phrase)
    aged = _AGED.search(phrase) and (noun in SOMEBODY or _AGED.fullmatch(noun))
    named = aged or (noun in EPITHETS and not _is_paper(noun, phrase))
    return bool(re.match("the ", phrase, re.IGNORECASE) and named)


def fits_epithet(phrase: str, person: Person, mentions: int) -> bool:
    """Say whether nothing that the article says of a person speaks against an epithet.

    A party has to be theirs; a place must not be another one; an aide is no candidate.

    Args:
        phrase: the epithet.
        person: whom it may mean.
        mentions: how often the article names them.
    """
    noun, told = head_noun(phrase), facts_of(phrase)
    if told & PARTIES - person.facts:
        return False
    places, own = told & BELONGING - PARTIES, person.facts & BELONGING - PARTIES
    if places - own and (own or noun not in IN_BUSINESS | OFFICES):
        return False
    heads = {head_noun(role) for role in person.roles} - HONORIFICS
    if noun in RUNNING:
        return mentions > 2 and (not heads or bool(heads & (RUNNING | OFFICES)))
    if noun in IN_BUSINESS:
        return not heads & OFFICES
    return noun not in OFFICES or bool(heads & _alike(noun)) or (bool(places) and not heads - RUNNING)


def holder(phrase: str, people: Directory, near: Collection[int] = ()) -> Person | None:
    """Find the one person whose role the phrase repeats.

    Args:
        phrase: the title.
        people: everybody whom it may mean.
        near: positions in which a name stands beside the title, in its paragraph or the one before. Of several who
            hold the title alike, the only one who is named there is meant.
    """
    wanted = _read(_first(phrase), people)
    scored = [(score, person) for person in people if (score := _fits(person, wanted)) >= 0]
    best = max((score for score, _ in scored), default=-1)
    found = [person for score, person in scored if score == best]
    beside = [person for person in found if any(at in near for at in people.positions[person.number])]
    return beside[0] if len(beside) == 1 else _plainly(found, people)


@dataclass(frozen=True, slots=True)
class _Title:
    """What a title says: its noun, the facts before that and after it ("of Chicago"), and whether it is over."""

    noun: str
    words: frozenset[str]
    complement: frozenset[str]
    former: bool


def _read(title: str, people: Directory) -> _Title:
    noun, owner = head_noun(title), _OWNING_TITLE.match(title)
    told = facts_of(title[owner.end() :] if owner else title)
    if owner and (person := holder(owner[1], people)):  # "the president’s envoy"
        told |= {person.surname}
    at = title.lower().find(noun)
    return _Title(noun, told - {noun} - _alike(noun), facts_of(title[at + len(noun) :]), bool(_FORMER.search(title)))


def _fits(person: Person, wanted: _Title) -> float:
    """How many of the wanted words a person's best role has; below 0 where no role fits."""
    roles = [role for role in person.roles if not wanted.former or _FORMER.search(role)]
    return max((_role_fits(role, person, wanted) for role in roles), default=-1.0)


def _role_fits(role: str, person: Person, wanted: _Title) -> float:
    head = head_noun(role)
    known = facts_of(role) | person.facts
    party = facts_of(wanted.noun) & PARTIES
    if not (party and party <= known) and head != wanted.noun and head not in _alike(wanted.noun):
        return -1.0
    changing = {word for word in map(fold, role.split()) if word in _CHANGING}
    if changing - {"former", "prime"} != (wanted.words & _CHANGING) - {"former", "prime"}:
        return -1.0
    places = wanted.words & BELONGING
    if places - known or wanted.complement - known - {wanted.noun}:
        return -1.0
    if not _only_adjectives(wanted.words - known - _CHANGING - places, head):
        return -1.0
    titled = 0.5 * (role[0].isupper() and " of " not in role) - 0.7 * (bool(_FORMER.search(role)))
    return max(0.0, 1 + len(wanted.words & known) + titled)


def _only_adjectives(missing: frozenset[str], head: str) -> bool:
    """Whether words that no role has can be mere description: "the embattled mayor", but not "the finance minister"."""
    return not missing or (head in _ALONE and len(missing) <= _MAX_MISSING)


def _alike(noun: str) -> frozenset[str]:
    return frozenset().union(*(same for same in _SAME if noun in same), _LEADERS if noun == "leader" else ())


def _plainly(found: Sequence[Person], people: Directory) -> Person | None:
    """The only one, or the one whom the article names several times as often as the next."""
    if len(found) < 2:
        return found[0] if found else None
    often = {person: len(people.positions[person.number]) for person in found}
    first, second = sorted(found, key=lambda person: -often[person])[:2]
    return first if often[first] > _PLAINLY * often[second] else None

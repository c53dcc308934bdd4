"""An article's text -> the people that it names, where, and in what role.

People are clustered by given name and surname, so that two people with one surname stay two. Promise: roles and names
are slices of the text; a bare surname counts for somebody only where it is clear for whom.

What this module does not know: the world. A run of capitalised words without a role or a known given name may be a
place or a company; it is kept, but no pronoun is ever resolved to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from qa import deadline
from qa.attribution.capitals import ACRONYM, CAPITALS, SPEAKS, Named, find_names
from qa.attribution.lexicon import HONORIFICS, NOT_PEOPLE, ROYAL
from qa.attribution.names import GIVEN_NAMES
from qa.attribution.person import Directory, Person, called, is_singular, known_as, pronouns_behind
from qa.attribution.phrases import head_noun
from qa.attribution.places import BELONGING, facts_of, is_place
from qa.attribution.roles import apposition, title_before
from qa.lazily import pattern
from qa.text import fold

__all__ = ["find_people"]

GENDER_OF = {"he": "m", "his": "m", "she": "f", "her": "f"}
_IN_OWN_CLAUSE = pattern(r",? who [^.,;“”A-Z\n]{0,60}\b(he|she|his|her)\b")
# Verbs that open orders and questions, and are no part of the name behind them.
_OPENING_VERBS = """
ask blame can consider could did do does follow forget has have hear imagine is are join let may meet read remember see
should tell thank visit was watch were will would
"""
_OPENERS = frozenset(_OPENING_VERBS.split())
_BEGINS = pattern(r"(?:\A|[\n.!?:“”][ “]{0,2})\Z")
_ASKS = pattern(r"[^.!?\n]*\?")
_ON_ONESELF = pattern(rf"(?:, [^.,;:“”\n]{{3,60}},)? (?:\w+ly |also )?{SPEAKS}(?: \w+day)?(?: that)? (he|she)\b")
_WORD = rf"([{CAPITALS}][\w’'-]*)"
_IN_FRONT = r"[\w’'-]|(?:[’']s)? (?:spokes|campaign|aide|advis|official|lawyer|attorney|ally|supporter|executive|chief)"
_SPEAKING = pattern(rf"\b{_WORD} (?:\w+ly |also |later |then )?{SPEAKS}\b|\bsaid {_WORD}(?!{_IN_FRONT})")
_LOWER = pattern(rf"(?<![\w’'-])[^\W\d_{CAPITALS}][\w’'-]*")
_AS_A_THING = pattern(rf"\b(?:[Tt]he|[Ii]n|at) {_WORD}")
_ACRONYMS = pattern(r"[A-Z]{2,}s")  # "students NDAs"
_CONTRACTED = pattern(r"[’'](?:ve|re|ll|d|m|t)\Z", re.IGNORECASE)  # "I’ve"
_PARTICIPLE = pattern(r"[a-z]{3}(?:ing|ed|ly)\Z")  # "Attracting" at the head of a sentence
_MASKED = pattern(r"[Xx]{3,}")  # what a quotation was masked with
_WITHIN = pattern(r"[a-z,] \Z")
_OWNS = pattern(r"[’']s?(?=\s)")
_DETERMINER = pattern(r"\A(?:the|a|an|its|his|her|their|our|my|one of the|one)\s+", re.IGNORECASE)
_AFTER = pattern(r" \(([^)“”]{1,24})\)|, ((?:Republican|Democrat) of [A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_SUBJECT_AFTER = pattern(r",? (?:[a-z]+ed|was|has|had|is|will|told|said|says|went|took|made|gave|ran|owns|runs)\b")
_HUMAN_AFTER = pattern(r",? who(?:se|m)?\b|, \d{2},| \([RDI]-|, \d{2}-year-old")


def find_people(masked: str) -> Directory:
    """Find those named in a text whose quotations are masked, in order of their first full mention."""
    known = Directory()
    named = list(_without_openers(masked, list(find_names(masked))))
    for one in sorted(named, key=lambda one: (-len(one.words), one.start)):
        if len(one.words) > 1:
            _add_full(known, masked, one)
    for one in named:
        if len(one.words) == 1:
            _add_surname(known, masked, one)
    _add_bare(known, masked, named)
    people = known.in_order()
    for person in list(people):
        deadline.check()
        if person.gender is None:
            people.put(replace(person, followed_by=_of_pronouns(masked, person, people)))
    return people


def _of_pronouns(masked: str, person: Person, people: Directory) -> str | None:
    """The gender that the pronouns behind a name tell."""
    often = len(people.positions[person.number]) > 1 and (person.human or person.bare)
    return (pronouns_behind(masked, person.family) if often else None) or _of_own_words(masked, person, people)


def _without_openers(masked: str, named: Sequence[Named]) -> Iterator[Named]:
    """The names without the word that opens their sentence: "Will Andrew Venn go?", "Watch Orla Venning's speech".

    The word is one that opens orders and questions, and the rest stands elsewhere without it.
    """
    alone = {one.words for one in named}
    for one in named:
        opens = fold(one.words[0]) in _OPENERS and len(one.words) > 1 and not one.title and not one.headline
        if opens and _BEGINS.search(masked, max(0, one.start - 4), one.start) and _is_opener(masked, one, alone):
            yield replace(one, start=one.start + len(one.words[0]) + 1, words=one.words[1:])
        else:
            yield one


def _is_opener(masked: str, one: Named, alone: Collection[tuple[str, ...]]) -> bool:
    rest = one.words[1:]
    if fold(one.words[0]) in GIVEN_NAMES:  # "Will"
        asks = _ASKS.match(masked, one.end)
        return asks is not None and (rest in alone or fold(rest[0]) in GIVEN_NAMES)
    return rest in alone or len(rest) > 1 or bool(re.search(rf"[\w,] {re.escape(rest[0])}\b", masked))


def _of_own_words(masked: str, person: Person, people: Directory) -> str | None:
    """The gender of somebody in what is said of nobody else: "Orla Venning, who fears that she".

    In "Orla Venning said she" where nobody before can be meant.
    """
    clauses = (
        _IN_OWN_CLAUSE.match(masked, at + len(part))
        for at in people.positions[person.number]
        for part in _parts_at(masked, person, at)
    )
    if person.human and (clause := next(filter(None, clauses), None)):
        return GENDER_OF[clause[1]]
    first = people.first(person)
    own = _ON_ONESELF.match(masked, first + len(person.name))
    if own is None:
        return None
    gender = GENDER_OF[own[1]]
    others = (each for each in people if each != person and people.first(each) < first)
    return None if any(each.human and each.gender in (gender, None) for each in others) else gender


def _parts_at(masked: str, person: Person, at: int) -> list[str]:
    """The name as it stands at a mention, in full or as a surname."""
    return [part for part in (person.name, person.family) if masked.startswith(part, at)][:1]


def _add_full(known: Directory, masked: str, one: Named) -> None:
    person = next((each for each in known.near(one.words) if each.is_called(one.words)), None)
    if person is None and (behind := _behind_opener(known, masked, one)):
        known.positions[behind.number].append(one.end - len(one.words[1]))
        return
    if person is None:
        person = known.new(" ".join(one.words))
    known.positions[person.number].append(one.start)
    person = replace(person, full=person.full + 1)
    if not one.headline:
        owner = _OWNS.match(masked, one.end)
        person = _noted(person, title_before(masked, one), "" if owner else apposition(masked, one))
        facts = facts_of(one.title)
        for fact in _AFTER.findall(masked[one.end : one.end + 50])[:1]:
            told = facts_of(fact[0] or fact[1])
            facts |= told if told & BELONGING else frozenset()
        shown = person.shown or bool(_HUMAN_AFTER.match(masked, one.end))
        person = replace(person, facts=person.facts | facts, shown=shown)
    known.put(person)


def _behind_opener(known: Directory, masked: str, one: Named) -> Person | None:
    """The known surname behind a word that only has its capital from its place: "Six Trump aides left."."""
    if len(one.words) != 2 or one.title or fold(one.words[0]) in GIVEN_NAMES:
        return None
    before = masked[: one.start].rstrip()[-1:]
    if _HUMAN_AFTER.match(masked, one.end) or _SUBJECT_AFTER.match(masked, one.end):
        return None  # "Marian Pell, who", "Marian Pell disagreed"
    same = [each for each in known.near(one.words) if each.surname == fold(one.words[1]) and each.given in GIVEN_NAMES]
    return same[0] if len(same) == 1 and not before.isalnum() and before != "," else None


def _add_surname(known: Directory, masked: str, one: Named) -> None:
    """Count a bare surname for the one person who has it; with a title it may be all that the article gives."""
    role, near = "" if one.headline else title_before(masked, one), known.near(one.words)
    if fold(one.words[0]) in NOT_PEOPLE and not any(each.human for each in known_as(near, one.words)):
        return
    if not role and not one.headline and fold(one.words[0]) in GIVEN_NAMES:
        role = apposition(masked, one)  # "his wife, Melania,"
    if role and head_noun(role) in ROYAL:  # "Prince Andrew" is no lawyer called Andrew Venn
        near = [each for each in near if each.is_called(one.words)]
    person = called(known, one.words, role, masked, near=near, position=one.start)
    if person is None and role and not known_as(near, one.words) and not _ACRONYMS.fullmatch(one.words[0]):
        person = known.new(one.words[0], shown=True)
    if person is not None:
        known.positions[person.number].append(one.start)
        person = _noted(person, role)
        known.put(replace(person, shown=person.shown or not one.words[0].isupper()))


def _add_bare(known: Directory, masked: str, named: Sequence[Named]) -> None:
    """Take unknown single names in: for a person where they speak, else as a word that a pronoun may take up.

    Acronyms, places and "the Post" are none.
    """
    speaking = {word for pair in _SPEAKING.findall(masked) for word in pair}
    single: dict[str, list[int]] = {}
    for one in named:
        if len(one.words) == 1 and not one.headline and not _MASKED.fullmatch(one.words[0]):
            single.setdefault(one.words[0], []).append(one.start)
    common = set(_LOWER.findall(masked)).union(word.lower() for word in _AS_A_THING.findall(masked))
    for word, positions in single.items():
        if (
            not known_as(known.near([word]), [word])
            and not _is_institution(word, masked)
            and word.lower() not in common
        ):
            speaks, given = word in speaking, fold(word) in GIVEN_NAMES
            if speaks or given or not _PARTICIPLE.search(word) or _stands_within(masked, positions):
                known.new(word, positions, shown=speaks or given, bare=not speaks)


def _stands_within(masked: str, positions: Iterable[int]) -> bool:
    """Whether a word has its capital within a sentence, and so not from its place."""
    return any(_WITHIN.search(masked, max(0, at - 12), at) for at in positions)


def _is_institution(word: str, masked: str) -> bool:
    """Whether a capitalised word is rather a place, a paper or a plural at the head of a sentence."""
    return (
        bool(ACRONYM.fullmatch(word) or _CONTRACTED.search(word))
        or is_place(word)
        or fold(word) in NOT_PEOPLE
        or (word.endswith("s") and not is_singular(word, masked))
    )


def _apart(role: str) -> list[str]:
    """An office and the form of address behind it: "UK Trade Minister Sir" -> both."""
    words = role.split()
    if len(words) > 1 and fold(words[-1]).rstrip(".") in HONORIFICS:
        return [" ".join(words[:-1]), words[-1]]
    return [role] if words else []


def _noted(person: Person, *roles: str) -> Person:
    """The person with what it is called beside its name."""
    for role in (part for whole in roles for part in _apart(whole)):
        if role not in person.roles:
            bare = _DETERMINER.sub("", role, count=1)
            person = replace(person, roles=(*person.roles, bare), facts=person.facts | facts_of(role))
    return person

"""A text and the names of somebody -> where it says beside the name what they are: "Kremlin spokesman Dmitry Peskov".

It stands before the name, in an apposition, or in a relative clause ("Tomas Reck, who chairs the finance committee"),
and so does what tells who chairs it.
Promises: a role and what is cited of it are slices of the text, and nothing of them is quoted speech. A name means
whom it means in this text: of two Recks each has their own roles. What this module does not know: whether the role is
true or still held. The word to look for: role, apposition, title, relative clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from qa.attribution.capitals import Named, find_names
from qa.attribution.duties import clause_behind
from qa.attribution.lexicon import HONORIFICS
from qa.attribution.masking import find_quotations, mask_quotations
from qa.attribution.offices import Office, how_held, offices_of
from qa.attribution.people import find_people
from qa.attribution.person import Person
from qa.attribution.roles import apposition, title_before
from qa.lazily import pattern
from qa.text import fold
from qa.types import Introduction, Span

__all__ = ["beside_names", "holders", "introductions", "role_in_full"]

_OWNS = pattern(r"[’']s?(?=\s)")
_REACH = 100  # code points in which a role stands beside its name
_VERB = pattern(
    r".*\s[a-z]+ed\s|whose\s|(?:[a-z]+\s)+(?=[A-Z][\w.-]*[’']s\s)"
)  # "Biden congratulated GOP leader": what is before is another's
_CLAUSE = pattern(r"\s(?:has|have|had|is|are|was|were|will|would|says?|said)\s")  # ", Reck has asked the court"
_WORD_BEFORE = pattern(r"(?<![\w’'-])([^\W\d][\w’'-]*) \Z")
_HOW = 3  # most words that tell how an office is held
_RETIRED = pattern(r"\bretired\s")
# "Its managing director", of whatever the sentence, or the one before it, begins with: "Ostrel Lines regretted it."
_ITS = pattern(r"(?:its|their)\s", re.IGNORECASE)
_WHOSE = pattern(
    r"(?:The\s)?(?!The\b)[A-Z][\w&.-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w&.-]*)*"
    r"|The(?:\s[\w-]+){1,4}?(?=[’']|\s(?:has|had|is|was|will|said|says|\w+ed|and\sits|and\stheir)\b)"
)
_SENTENCES = pattern(r"(?<=[.!?”])\s+(?=[A-Z“])|\n+")
# What is said behind a name whose bearer leaves the office: "Mayor Gero Plimsoll was replaced by Ada Venn", but not of
# whoever makes another leave: "Mayor Gero Plimsoll fired the harbour chief".
_MADE_TO = r"(?:replaced|succeeded|ousted|removed|fired|sacked|dismissed|unseated|deposed|voted\sout)"
_LEFT = pattern(
    r"(?:\s\([^)]{1,24}\))?(?:"
    rf",?\s(?:(?:has|had)\sbeen|was|were)\s(?:\w+ly\s)?{_MADE_TO}\b|,?\s(?:\w+ly\s)?{_MADE_TO}\sby\b"
    r"|,?\s(?:(?:has|had)\s)?(?:\w+ly\s)?(?:resigned|quit|retired|stepped\s(?:down|aside)|stood\sdown|left\soffice)\b"
    r")"
)


def holders(text: str, asked: Office, article_id: str = "") -> list[Introduction]:
    """Find where ``text`` says of somebody, beside the name, that they do or are what is asked, in reading order.

    Of an office that somebody has are found those too who had it, which is said of each: the former mayor, and whoever
    leaves the office behind the name ("Mayor Gero Plimsoll resigned").
    """
    told = replace(asked, ever=not asked.once)
    found = ((one, _as_held(text, one)) for one in introductions(text, None, article_id))
    return [
        replace(one, once=any(office.once for office in offices_of(role)))
        for one, role in found
        if told.is_told_by(role, text)
    ]


def _as_held(text: str, one: Introduction) -> str:
    """A role in full, with how it is held now and what it is of, where other words of the text tell these."""
    role = role_in_full(text, one.role)
    if its := _ITS.match(role):
        role = f"{_whose(text, one.role.start)}’s {role[its.end() :]}"
    return f"former {role}" if _LEFT.match(text, one.mention.end) else role


def _whose(text: str, at: int) -> str:
    """What an "its" at ``at`` most likely means: what its sentence begins with, else what the one before it does."""
    before = _SENTENCES.split(text[text.rfind("\n", 0, at) + 1 : at])
    begins = (_WHOSE.match(sentence.lstrip("“ ")) for sentence in reversed(before[-2:]))
    return next((found[0] for found in begins if found), "")


def role_in_full(text: str, role: Span) -> str:
    """A role with the words before it that make it another: "the ousted" before "Polish President"."""
    start = role.start
    for _ in range(_HOW):
        before = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
        if before is None or not how_held(before[1], text[start : role.end]):
            break
        start = before.start(1)
    return text[start : role.end]


def introductions(text: str, names: Collection[str] | None, article_id: str = "") -> list[Introduction]:
    """Find where ``text`` states a role of whoever has one of ``names``, in reading order.

    Args:
        text: an article or a part of one, in whose coordinates the spans are.
        names: full names, or surnames; None means everybody.
        article_id: which article it is.
    """
    return beside_names(text, names, article_id, partial(_roles, text))


def beside_names(
    text: str, names: Collection[str] | None, article_id: str, told: Callable[[str, Named], Iterable[Span]]
) -> list[Introduction]:
    """What ``told`` finds beside the names of those who have one of ``names``, in the text with masked quotations."""
    masked = mask_quotations(text, find_quotations(text))
    found = [
        Introduction(
            article_id,
            person.name,
            Span(one.start, one.end),
            role,
            Span(min(role.start, one.start), max(role.end, one.end)),
        )
        for person, one in _named_in(masked, names)
        for role in told(masked, one)
    ]
    return sorted(set(found), key=lambda one: (one.span.start, one.span.end))


def _named_in(masked: str, names: Collection[str] | None) -> Iterator[tuple[Person, Named]]:
    """Find whoever has one of ``names``, None meaning everybody, with each place of a masked text that names them."""
    named = {one.start: one for one in find_names(masked)}
    people = find_people(masked)
    for person in people:
        if not person.bare and (names is None or _is_meant(person, names)):
            for at in people.positions[person.number]:
                if (one := named.get(at)) and not one.headline:
                    yield person, one


def _is_meant(person: Person, names: Collection[str]) -> bool:
    """Whether a person has one of the names; a single word is a surname."""
    words = (name.split() for name in names)
    own = fold(person.name).split()
    return any(person.is_called(each) if len(each) > 1 else own[-1:] == [fold(each[0])] for each in words)


def _roles(text: str, masked: str, one: Named) -> Iterator[Span]:
    """What stands before and behind a name; behind an owner ("Merz’s") stands what is owned."""
    title = _last(text, title_before(masked, one), one.start)
    if title and (own := _own(text, title)):
        yield own
    if clause := clause_behind(masked, one.end):
        yield Span(*clause)
        return
    if (
        _OWNS.match(masked, one.end)
        or not (beside := apposition(masked, _with_form_of_address(one)))
        or _CLAUSE.search(beside)
        or beside.startswith("who ")
    ):
        return
    start = text.find(beside, one.end, one.end + _REACH)
    if start >= 0:
        yield Span(start, start + len(beside))
    elif len(one.words) > 1 and (before := _last(text, beside, one.start)):  # before a surname it may be another's
        yield before


def _with_form_of_address(one: Named) -> Named:
    """A name from its "Dr." on, behind which an apposition ends: "the hospital’s director, Dr. Ingrid Pell-Amara"."""
    address = one.title and all(fold(word).rstrip(".") in HONORIFICS for word in one.title.split())
    return replace(one, start=one.start - len(one.title) - 1) if address else one


def _last(text: str, role: str, end: int) -> Span | None:
    """Where a role stands last before a name; None where it does not stand there word for word."""
    start = text.rfind(role, max(0, end - _REACH), end) if role else -1
    return Span(start, start + len(role)) if start >= 0 else None


def _own(text: str, span: Span) -> Span | None:
    """A title without what the words before it say of somebody else; None where it is only a form of address."""
    title = span.of(text)
    verb = None if _RETIRED.search(title) else _VERB.match(title)
    own = Span(span.start + verb.end(), span.end) if verb else span
    return None if fold(own.of(text)).rstrip(".") in HONORIFICS else own

"""German sentences that report speech -> who says what in them, which a network trained on English prose does not know.

    “Inhalt”, sagte QUELLE          „Wir haben Fehler gemacht“, sagte Asmussen.
    Inhalt, sagte QUELLE            Man habe Fehler gemacht, sagte Asmussen.
    QUELLE sagte: “Inhalt”          Asmussen sagte am Montag: „Wir haben Fehler gemacht.“
    QUELLE sagte, dass Inhalt       Asmussen sagte, dass man Fehler gemacht habe.

Promise: the verb is a German one of speaking, in a form that no English word has, and its subject stands beside it.
What it does not know: German grammar; an office before a name is part of what names the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa import deadline
from qa.attribution.capitals import CAPITALS
from qa.attribution.drafts import Draft, Page, claimed
from qa.attribution.masking import CLOSE, OPEN
from qa.text import sentence_spans
from qa.types import Span

__all__ = ["reported_in_german"]

_VERB = (
    r"(?:sagte|sagt|sagten|erklärte|erklärt|erklärten|betonte|betont|meinte|schrieb|berichtete|warnte|versicherte|"
    r"behauptete|bestätigte|kritisierte|forderte|antwortete|erwiderte|ergänzte|teilte(?= (?:[^,.]{1,60} )?mit\b)|"
    r"fügte(?= (?:[^,.]{1,60} )?hinzu\b))"
)
_PARTICLE = r"(?:(?:von|van)(?:\s(?:der|den|dem))?|de|zu)"
_WORD = rf"[{CAPITALS}][\w’'-]*(?:\.(?=\s[{CAPITALS}]))?"
_NAME = rf"{_WORD}(?:\s(?:{_PARTICLE}\s)?{_WORD})*"
_DETERMINER = r"(?:[Dd](?:er|ie|as)|[Ee]ine?|[Ss]eine?|[Ii]hre?)\s(?:[a-zäöüß]+\s)?"
_WHO = rf"(?:{_DETERMINER}{_NAME}|[Ee]r|[Ss]ie|{_NAME})"
_WHOSE = rf"(?:\s(?:der|des)\s{_NAME})?"
_NOUN = re.compile(rf"{_DETERMINER}{_WORD}{_WHOSE}")  # "der Hafen", "die Sprecherin der Reederei"
_BEHIND = re.compile(rf",\s(?P<cue>{_VERB})\s(?P<who>{_WHO})(?![\w-])")
_BEFORE = re.compile(
    rf"(?P<who>{_WHO}{_WHOSE})\s(?P<cue>{_VERB})(?:\s[^,:;“”]{{0,60}})?(?::\s(?={OPEN})|,\s(?=(?:dass|ob|wie|warum|wann)\s))"
)
_SURE = 0.85


def reported_in_german(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Add what German sentences report."""
    found = [one for paragraph in page.paragraphs for one in _in_paragraph(page, paragraph)]
    contents = sorted({part for one in found for part in one.content}, key=lambda span: span.start)
    return [*claimed(_others(drafts, found), contents), *found]


def _others(drafts: Sequence[Draft], found: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that take a German verb or its subject for something else."""
    taken = {span for one in found for span in (one.source, one.cue) if span}
    return [
        one
        for one in drafts
        if not any(part.overlaps(span) for part in (one.source, one.cue) if part for span in taken)
    ]


def _in_paragraph(page: Page, paragraph: Span) -> Iterator[Draft]:
    for sentence in sentence_spans(page.masked, paragraph):
        deadline.check()
        words = sentence.of(page.masked)
        if before := _BEFORE.match(words):
            content = _trimmed(words, before.end(), len(words))
        elif before := _BEHIND.search(words):
            content = _trimmed(words, 0, before.start())
        else:
            continue
        if content:
            source, cue = (Span(*before.span(part)).shifted(sentence.start) for part in ("who", "cue"))
            unknown = _NOUN.fullmatch(before["who"]) is not None
            yield Draft(source, cue, (content.shifted(sentence.start),), _SURE, said=True, unknown=unknown)


def _trimmed(words: str, start: int, end: int) -> Span | None:
    """What is said, with the marks of a quotation and without the stop of the sentence around it."""
    while start < end and words[end - 1] in " .,\n" and words[end - 1] != CLOSE:
        end -= 1
    return Span(start, end) if end - start > 2 else None

"""A quotation without a cue -> whoever acts in the sentence beside it: "Alma Reiss shook her head. “…”".

The sentence before the quotation in its paragraph makes its speaker, else the one behind it. Promise: only a quotation
that is a whole sentence and that nobody's verb of speech holds is given away, and never surely: such a statement has no
cue, and a confidence that says so. The word to look for: beat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa import deadline
from qa.attribution.capitals import CAPITALS
from qa.attribution.cues import find_cues
from qa.attribution.drafts import Draft, Page, claimed
from qa.attribution.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS
from qa.attribution.masking import OPEN, touching
from qa.attribution.subjects import subject_of
from qa.text import fold, sentence_spans
from qa.types import Span

__all__ = ["beaten"]

_WHOLE = re.compile(r"[.!?…]['’\"”“»]+\Z")
_SPEAKS = re.compile(r":|\baccording to\b", re.IGNORECASE)
_CAPITAL = rf"[{CAPITALS}][\w’'.-]*"
_HEAD = re.compile(
    rf"(?:(?:But|And|Then|So)\s+)?(?P<who>He|She|{_CAPITAL}(?:\s+(?:(?:de|der|den|van|von|bin|al|la|di|da)\s+)*{_CAPITAL})*)"
    r"(?<![’']s)(?=,?\s+(?!(?:and|or|of|for|at|in)\s)[a-z0-9])"
)
_NO_HEADS = DETERMINERS | PREPOSITIONS | PRONOUNS - {"he", "she"}
_LEAST_WORDS = 3
_DOUBTFUL = 0.5


def beaten(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give quotations that stand alone to whoever acts beside them."""
    near = _by_paragraph(page, drafts)
    found: list[Draft] = []
    for paragraph in page.paragraphs:
        if OPEN not in page.masked[paragraph.start : paragraph.end]:
            continue
        sentences = sentence_spans(page.masked, paragraph)
        for number, sentence in enumerate(sentences):
            deadline.check()
            if not _stands_alone(page, sentence) or any(_holds(page, one, sentence) for one in near.get(paragraph, ())):
                continue
            before = sentences[number - 1] if number else None
            after = sentences[number + 1] if number + 1 < len(sentences) else None
            subject = (before and _actor(page, before)) or (None if before else after and _actor(page, after))
            if subject:
                found.append(Draft(subject, None, (sentence,), _DOUBTFUL, person=True))
    return [*claimed(drafts, [part for one in found for part in one.content]), *found]


def _by_paragraph(page: Page, drafts: Sequence[Draft]) -> dict[Span, list[Draft]]:
    """The drafts with words of each paragraph."""
    near: dict[Span, list[Draft]] = {}
    for draft in drafts:
        for paragraph in {one for part in draft.content for one in touching(page.paragraphs, part)}:
            near.setdefault(paragraph, []).append(draft)
    return near


def _stands_alone(page: Page, sentence: Span) -> bool:
    words = sentence.of(page.text)
    return page.quoted(sentence) and bool(_WHOLE.search(words)) and len(words.split()) >= _LEAST_WORDS


def _holds(page: Page, draft: Draft, sentence: Span) -> bool:
    """Whether a draft has the quotation by a verb of speech, or with other words of its speaker."""
    if not any(one.overlaps(sentence) for one in draft.content):
        return False
    if draft.cue is None or len(draft.content) > 1:
        return True
    cue = draft.cue.of(page.text)
    return bool(_SPEAKS.search(cue) or find_cues(f"He {cue}"))


def _actor(page: Page, sentence: Span) -> Span | None:
    """Who does what a sentence without a quotation says: the name or pronoun at its head, or its subject."""
    words = sentence.of(page.masked)
    if OPEN in words:
        return None
    head = _HEAD.match(words)
    if head and fold(head["who"].split()[0]) not in _NO_HEADS:
        return Span(*head.span("who")).shifted(sentence.start)
    subject = subject_of(words)
    return subject.shifted(sentence.start) if subject and subject.end < sentence.end - 1 else None

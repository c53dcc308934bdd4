"""A statement and the sentence around it -> when the words were said, as the article tells it.

"Merz said on Thursday that", "In August he told reporters", "wrote in a January letter", "In an interview on Sunday,
she said": a time that stands by the cue, or opens the sentence alone or with its occasion, is the time of the words;
the article's day is kept apart from it. Promises: a time within the words themselves is not when they were said, nor
is one in a clause of its own ("Merz, who was elected in May, said"); what is told lies on the article's day or before.
Relative times are counted from the article's day.

What it does not know: a time that another sentence tells, and times of articles without a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.lazily import pattern
from qa.questions import times_in
from qa.types import Article, Span, Statement, Told

__all__ = ["when_told"]

_FAR = 12  # words that may stand between the cue and the time behind it
_NEAR = 2  # the same, before the cue
_OPENING = 3  # words that may open a sentence before its time: "But late on Thursday"
_LONG = 400  # code points of a stretch that is looked at
# What begins a clause or a phrase of its own, in which a time is that of something else.
_OF_ITS_OWN = pattern(
    r"[;:—–]|\b(?:who|whom|whose|which|that|where|when|while|as|because|since|if|whether|before|after|ahead|following|about"
    r"|over|of\sthe|referring|responding|reacting|der|die|das|dass|weil|nachdem|bevor|über)\b",
    re.IGNORECASE,
)
_OCCASION = pattern(r"(?:in|at|during|on|speaking|writing|addressing|bei|im)\b", re.IGNORECASE)  # opens a sentence
_ANOTHER_CLAUSE = pattern(r";|\b(?:but|while|whereas|aber|während)\b", re.IGNORECASE)


def when_told(article: Article, statement: Statement, sentence: Span) -> Told | None:
    """The day or period in which the statement was made, where its sentence names one.

    Args:
        article: the one that the statement is of.
        statement: it need not have a cue; without one only a time that opens the sentence counts.
        sentence: the sentence or sentences that name its source and have its cue.
    """
    if article.published is None:
        return None
    cue = max(statement.cue) if statement.cue else None
    found = [
        (rank, Told(told, first, last))
        for stretch in _around(sentence, statement.content)
        for begin, end, first, last in times_in(stretch.of(article.text)[:_LONG], article.published)
        if (told := Span(stretch.start + begin, stretch.start + end)) and first <= article.published
        if (rank := _rank(article.text, told, cue, sentence)) is not None
    ]
    return min(found, key=lambda one: (one[0], one[1].words.start))[1] if found else None


def _around(sentence: Span, content: Sequence[Span]) -> Iterator[Span]:
    """The stretches of the sentence that are not the statement's own words."""
    at = sentence.start
    for fragment in sorted(content):
        if at < min(fragment.start, sentence.end):
            yield Span(at, min(fragment.start, sentence.end))
        at = max(at, fragment.end)
    if at < sentence.end:
        yield Span(at, sentence.end)


def _rank(text: str, told: Span, cue: Span | None, sentence: Span) -> int | None:
    """How surely a time belongs to the cue, 0 before 2; None where it belongs to something else."""
    if cue:
        if told.overlaps(cue):
            return 0
        if cue.end <= told.start and _joined(text[cue.end : told.start], _FAR):
            return 0
        gap = text[told.end : cue.start]
        if gap and "," not in gap and _joined(gap, _NEAR):
            return 1
    before = text[sentence.start : told.start]
    between = text[told.end : cue.start] if cue and told.end <= cue.start else ""
    opens = len(before.split()) <= _OPENING or (
        _OCCASION.match(before) and _joined(before, _FAR) and between[:1] == ","
    )
    if not opens or "," in before or _ANOTHER_CLAUSE.search(between) or text[told.end : told.end + 1] == ":":
        return None  # "Oct. 27: …" is an entry of a chronicle, of a year that it does not tell
    return 2 if cue is None or told.end <= cue.start else None


def _joined(gap: str, words: int) -> bool:
    return len(gap.split()) <= words and not _OF_ITS_OWN.search(gap)

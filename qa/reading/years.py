"""Candidates of a question for a number in a year -> the number that stands beside that year.

"The ferry carried 310,000 passengers last year, down from 520,000 in 2016": asked for 2016, a candidate in this
sentence that is another number becomes the 520,000. Where no number or several stand right before the year, nothing
changes.

What it does not know: a year that is told by other words ("the year before"), and one that opens the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.lazily import pattern
from qa.questions import AnswerType, Asked
from qa.types import Candidate, Question, Span

__all__ = ["beside_the_year"]

_YEAR = pattern(r"\b(?:1[5-9]|20)\d\d\b")
_NUMBER = r"(?P<number>[$€£¥]?\d(?:[\d.,]*\d)?(?:\s(?:%|per cent|percent|thousand|million|billion|trillion))?)"

_NAMED = pattern(r"\b[A-Z]\w*\s$")  # "May 4", "Section 230": no count of anything


def beside_the_year(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Point candidates that are another number of their sentence to the one beside the question's only year."""
    years = set(_YEAR.findall(question.text))
    if len(years) != 1 or Asked.of(question.text).expects is not AnswerType.NUMBER:
        return list(candidates)
    beside = re.compile(rf"(?<![\d.,$€£¥]){_NUMBER}(?:\s[^\W\d]+){{0,2}}\s(?:in|for|during)\s{years.pop()}\b")
    return [_pointed(one, beside) for one in candidates]


def _pointed(candidate: Candidate, beside: re.Pattern[str]) -> Candidate:
    passage = candidate.hit.passage
    sentence = candidate.sentence.shifted(-passage.span.start).of(passage.text)
    found = [one.span("number") for one in beside.finditer(sentence) if not _NAMED.search(sentence[: one.start()])]
    if len(found) != 1 or not re.search(r"\d", candidate.span.shifted(-passage.span.start).of(passage.text)):
        return candidate
    number = Span(*found[0]).shifted(candidate.sentence.start)
    return candidate if candidate.span.overlaps(number) else replace(candidate, span=number)

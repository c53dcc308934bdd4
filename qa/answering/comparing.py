"""What each of two people says on one topic becomes one :class:`Outcome`: a comparison, or which of them says nothing.

Promises: each side keeps its own exact slices, numbered through; half a comparison is never shown as a whole one: where
one of the two is unknown or silent the outcome is a refusal that names them, with what the other says as the nearest.

What it does not know: whether the two agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.types import Answer, AnswerKind, NoAnswer, Outcome, Question, Side

__all__ = ["answer_from_sides"]


def answer_from_sides(
    question: Question, outcomes: Sequence[Outcome], names: Sequence[Sequence[str]], nearest: int = 3
) -> Outcome:
    """Set what two people say beside each other.

    Args:
        question: what was asked, with both speakers.
        outcomes: what there is of each of them, in the order of ``question.speakers``.
        names: whom each of the two means.
        nearest: most statements of the other one that are shown with a refusal.
    """
    answers = [one for one in outcomes if isinstance(one, Answer)]
    refusals = [one for one in outcomes if isinstance(one, NoAnswer)]
    if refusals:
        near = answers[0].citations[:nearest] if answers else refusals[0].nearest
        return _refused(question, refusals, replace(refusals[0], nearest=near))
    sides, number = [], 1
    for asked, meant, answer in zip(question.speakers, names, answers, strict=True):
        cited = tuple(replace(one, number=at) for at, one in enumerate(answer.citations, start=number))
        sides.append(Side(asked, tuple(meant), cited))
        number += len(cited)
    every = tuple(one for side in sides for one in side.citations)
    sure = sum(one.confidence * len(one.citations) for one in answers) / len(every)
    return Answer(question, AnswerKind.COMPARISON, every, sure, sides=tuple(sides))


def _refused(question: Question, refusals: Sequence[NoAnswer], first: NoAnswer) -> NoAnswer:
    """Keep who is missing: the one whose refusal it is, or both where both lack the same."""
    alike = [one for one in refusals if one.reason is first.reason]
    missing = [one.missing.words for one in alike if one.missing.words]
    by = tuple(one.question.speaker for one in alike if one.question.speaker)
    words = " and ".join(dict.fromkeys(missing)) or None
    return replace(first, question=question, missing=replace(first.missing, words=words, by=by))

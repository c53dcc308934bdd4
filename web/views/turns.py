"""Outcomes and the address of a conversation -> its turns, and the filters in force as chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from qa.types import Answer, AnswerKind, NoAnswer, NoAnswerReason, Outcome, Question
from web.citing import day
from web.filters import Filters
from web.views.cards import Card, card, in_paragraph, in_passage

__all__ = ["Chip", "Turn", "chips", "conversation", "turn"]

CONFIDENCE = (
    (0.85, "high", "High confidence"),
    (0.6, "fair", "Fair confidence"),
    (0.0, "low", "Low confidence: read the passage"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its outcome.

    ``short_answer`` is an answer that is only part of a sentence; ``gist`` is one line for when the turn is folded.
    ``groups`` are the cards of a list, those in a row from one article together.
    """

    question: str
    answered: bool
    is_list: bool
    heading: str
    short_answer: str | None
    gist: str
    confidence: str | None
    confidence_level: str | None
    cards: tuple[Card, ...]
    groups: tuple[tuple[Card, ...], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the page without it."""

    label: str
    name: str
    href: str


def turn(outcome: Outcome) -> Turn:
    """Draw a question and what became of it."""
    if isinstance(outcome, Answer):
        return _answered(outcome)
    return _refused(outcome)


def conversation(questions: Sequence[str], filters: Filters, path: str = "/") -> str:
    """Return the address of a conversation: its questions, oldest first, and the filters."""
    query = urlencode([*(("q", question) for question in questions), *filters.pairs()])
    return f"{path}?{query}" if query else path


def chips(filters: Filters, questions: Sequence[str]) -> list[Chip]:
    """Return the filters in force as chips that can be taken away."""
    words = {"published_after": "From", "published_before": "Until"}
    return [
        Chip(
            label=f"{words[name]} {day(date.fromisoformat(value))}" if name in words else value,
            name=name,
            href=conversation(questions, filters.without(name, value)),
        )
        for name, value in filters.pairs()
    ]


def _answered(answer: Answer) -> Turn:
    level, words = next((level, words) for least, level, words in CONFIDENCE if answer.confidence >= least)
    is_list = answer.kind is AnswerKind.STATEMENTS
    first = answer.citations[0]
    gist = " · ".join(filter(None, [" ".join(answer.text.split()), first.article.outlet]))
    heading = _count_statements(answer) if is_list else _count_passages(answer)
    cards = tuple(
        card(citation, citation.sentence if is_list else in_passage(citation)) for citation in answer.citations
    )
    return Turn(
        question=answer.question.text,
        answered=True,
        is_list=is_list,
        heading=heading,
        short_answer=answer.text if answer.kind is AnswerKind.SPAN else None,
        gist=heading if is_list else gist,
        confidence=words,
        confidence_level=level,
        cards=cards,
        groups=tuple(tuple(each) for _, each in groupby(cards, lambda each: each.article_href)) if is_list else (),
    )


def _refused(refusal: NoAnswer) -> Turn:
    reason = _reason(refusal.reason, refusal.question)
    return Turn(
        question=refusal.question.text,
        answered=False,
        is_list=False,
        heading=reason,
        short_answer=None,
        gist="Not in the articles you chose" if _is_scoped(refusal.question) else "Not in this archive",
        confidence=None,
        confidence_level=None,
        cards=tuple(card(citation, in_paragraph(citation)) for citation in refusal.nearest),
        groups=(),
    )


def _is_scoped(question: Question) -> bool:
    return bool(question.published_after or question.published_before or question.outlets)


def _reason(reason: NoAnswerReason, question: Question) -> str:
    speaker, on_this = question.speaker or "this speaker", " on this" if question.topic else ""
    return {
        NoAnswerReason.NOTHING_FOUND: "Nothing in the archive comes near this question.",
        NoAnswerReason.BELOW_THRESHOLD: "No passage says it clearly enough to be quoted as an answer.",
        NoAnswerReason.SPEAKER_UNKNOWN: f"The archive does not name {speaker}.",
        NoAnswerReason.SPEAKER_SILENT: f"The archive reports no statement by {speaker}{on_this}.",
        NoAnswerReason.SILENT_ON_TOPIC: _silent_on_topic(question),
        NoAnswerReason.OUTSIDE_DATES: "The archive has something on this, but not within the dates you chose.",
    }[reason]


def _silent_on_topic(question: Question) -> str:
    if question.speaker is None:
        return f"The archive reports no statement about {question.topic}."
    return (
        f"The archive reports what {question.speaker} says, but nothing about {question.topic}. The nearest is shown."
    )


def _count_statements(answer: Answer) -> str:
    count, statement = len(answer.citations), answer.citations[0].statement
    noun = "statement" if count == 1 else "statements"
    speaker = statement.speaker if statement else None
    return f"{count} {noun} by {speaker.name or speaker.mention}" if speaker else f"{count} {noun}"


def _count_passages(answer: Answer) -> str:
    count = len(answer.citations)
    return "Answered in one passage" if count == 1 else f"Answered in {count} passages, the likeliest first"

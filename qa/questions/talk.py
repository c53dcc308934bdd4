"""The turns of a conversation, what an archive tells of it, and a follow-up in full words with what was filled in.

What this module does not know: which words lean on earlier ones (:mod:`qa.questions.ellipses`,
:mod:`qa.questions.following`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.questions.german import is_german
from qa.questions.spelling import Lexicon
from qa.questions.things import thing_in
from qa.types import Carried, Part, Point, Question

__all__ = ["Filled", "Known", "Turn", "exchanged", "kept", "statement"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question: its first reading, and whom it brought up, likeliest first, when that is asked."""

    question: Question
    people: Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive tells whoever reads a question.

    ``newest`` is the day of its newest article and ``today`` the day that it is; ``is_speaker`` says whether it has
    somebody of a name or role, ``is_person`` a person of a name and ``is_headline`` an article of a headline,
    ``is_introduced`` whether articles say what somebody of a name is, ``fits`` whether a pronoun can mean the bearer of
    a name, ``namesakes`` who has a name, ``outlets_called`` which outlets, ``lexicon`` which words there are.
    """

    newest: date | None = None
    today: date | None = None
    is_speaker: Callable[[str], bool] = lambda name: False
    is_person: Callable[[str], bool] = lambda name: False
    is_headline: Callable[[str], bool] = lambda words: False
    is_introduced: Callable[[str], bool] = lambda name: False
    fits: Callable[[str, str], bool] = lambda pronoun, name: True
    namesakes: Callable[[str], Sequence[str]] = lambda name: ()
    outlets_called: Callable[[str], tuple[str, ...]] = lambda name: ()
    lexicon: Lexicon | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A question in full words, and what of it was filled in; ``speaker`` and ``topic`` where the words do not tell."""

    text: str
    carried: tuple[Carried, ...]
    speaker: str | None = None
    topic: str | None = None
    instead: str | None = None  # the question to fall back to
    point: Point | None = None  # what is asked of the answer before it


def kept(last: Question, *left_out: Part) -> tuple[Carried, ...]:
    """What a question takes over from the last one in silence: its parts, else the thing that it is about."""
    parts = ((Part.SPEAKER, last.speaker), (Part.TOPIC, last.topic), (Part.DATES, last.dates_said))
    kept = tuple(Carried(part, value, "") for part, value in parts if value and part not in left_out)
    thing = None if last.speaker or last.topic else thing_in(last.text)
    return kept or ((Carried(Part.TOPIC, thing, ""),) if thing and Part.TOPIC not in left_out else ())


def exchanged(text: str, old: str, new: str, *, from_behind: bool = False) -> str:
    """Return a text with ``new`` in the place of ``old``, the first or the last of them; as it is where it has none."""
    before, found, after = text.rpartition(old) if from_behind else text.partition(old)
    return f"{before}{new}{after}" if found else text


def statement(speaker: str, topic: str | None, dates: str | None, *, like: str) -> str:
    """Ask for somebody's statements in full words, in the language of a question that is ``like`` it."""
    if is_german(like):
        return f"Was sagte {speaker}{f' {dates}' if dates else ''}{f' zu {topic}' if topic else ''}?"
    return f"What did {speaker} say{f' about {topic}' if topic else ''}{f' {dates}' if dates else ''}?"

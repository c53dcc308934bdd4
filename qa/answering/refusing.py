"""A refusal -> the sentence that says why; the one place where reasons are worded, for every door.

Promises: a sentence names what is missing in the question's own words, and speaks for the archive no farther than was
looked. What it does not know: whether it is printed, drawn or sent, and when nothing is sure enough: the threshold for
abstaining is in :mod:`qa.answering.calibration`, the choice in :mod:`qa.answering.choosing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from qa.answering.days import period, written
from qa.answering.outlets import told_outlets
from qa.lazily import pattern
from qa.types import NoAnswer, NoAnswerReason, Point, QuestionKind, Standing

__all__ = ["in_short", "why"]

_IN = pattern(r"^(?:in|on|at|during|over|within|am|im)\s", re.IGNORECASE)
_IN_ENGLISH = {
    "seit wann": "since when",
    "wo": "where",
    "warum": "why",
    "wieso": "why",
    "weshalb": "why",
    "wie viele": "how many",
}
_BOUND = pattern(r"(?:since|after|before|until|till|between|from|seit|nach|vor|bis)\b", re.IGNORECASE)


def why(refusal: NoAnswer) -> str:
    """Say in a sentence why there is no answer."""
    language = refusal.missing.language
    other = f" {_IN_ANOTHER.format(language=language)}" if language else ""
    return f"{_SENTENCES[refusal.reason](refusal)}{other}"


def in_short(refusal: NoAnswer) -> str:
    """Say in two or three words that there is no answer."""
    if refusal.reason is NoAnswerReason.UNDISPUTED:
        return "No contradiction found"
    if refusal.unclear:
        return f"Not clear {'who' if refusal.reason is NoAnswerReason.SPEAKER_UNCLEAR else 'what'} is meant"
    if refusal.reason is NoAnswerReason.NOTHING_NEWER:
        return "Nothing newer in this archive"
    if refusal.reason is NoAnswerReason.UNTOLD and refusal.standing is Standing.NOT_IN_ARCHIVE:
        return "Not told in what was shown"
    return "No sure answer" if refusal.standing is Standing.NOT_SURE else "Not in this archive"


_IN_ANOTHER = (
    "The articles are not in {language}: of such a question only names and offices are understood. Ask in English."
)
_BELOW: Mapping[Standing, str] = {
    Standing.NOT_SURE: "The archive speaks of it, but no passage says it clearly enough to be quoted as an answer.",
    Standing.NOT_IN_ARCHIVE: "No passage comes near enough to be an answer.",
}


def _speaker_unknown(refusal: NoAnswer) -> str:
    words = _words(refusal, "this speaker")
    if words.endswith("."):  # a title that is shortened, and no name: "Dr."
        return f"“{words}” alone names nobody: add the name."
    return f"The archive does not name {words}."


def _speaker_unclear(refusal: NoAnswer) -> str:
    return f"Nothing says whom “{_words(refusal, 'they')}” means: name the person."


def _speaker_silent(refusal: NoAnswer) -> str:
    topic = refusal.question.topic
    about = f" about {topic}" if topic else ""
    who = f" ({', '.join(refusal.missing.instead)})" if refusal.missing.instead else ""
    return f"The archive names {_words(refusal, 'this speaker')}{who}, but reports no statement by them{about}."


def _silent_on_topic(refusal: NoAnswer) -> str:
    question, missing = refusal.question, _words(refusal, "this")
    if question.kind is QuestionKind.QUOTATION:
        return f"The archive reports nobody who says “{missing}”{f' of {question.topic}' if question.topic else ''}."
    if not question.speakers:
        return f"The archive reports no statement about {missing}."
    named = " and ".join(refusal.missing.by or question.speakers)
    about = f" about {missing}" if missing != question.cue else ""
    verb = f" with the verb “{question.cue}”" if question.cue else ""
    return f"The archive has statements by {named}, but none{about}{verb}."


def _outside_dates(refusal: NoAnswer) -> str:
    scope, said = refusal.question.scope, refusal.question.dates_said
    on = f"by {' and '.join(refusal.missing.by)}" if refusal.missing.by else "on this"
    if said is None:
        return f"The archive has something {on}, but not within the dates or outlets that you chose."
    days = period(scope.published_after, scope.published_before)
    when = said if _BOUND.match(said) else f"for {_IN.sub('', said)}"
    return f"The archive has something {on}, but nothing {when}: {days}."


def _undisputed(refusal: NoAnswer) -> str:
    question = refusal.question
    than = f" than {' and '.join(question.speakers)}" if question.speakers else ""
    on = f" on {question.topic}" if question.topic else ""
    return f"The archive reports nobody who plainly says otherwise{than}{on}."


def _untold(refusal: NoAnswer) -> str:
    point, days = refusal.question.point, _days_shown(refusal)
    if point is Point.SOURCE:
        return f"No article names anybody who says it: the words are the article’s own{f', of {days}' if days else ''}."
    if point is Point.DAY:
        return f"What was shown does not say when{f'; its article is of {days}' if days else ''}."
    asked = _words(refusal, "it")
    return f"The articles that were shown do not plainly say {_IN_ENGLISH.get(asked, asked)}."


def _nothing_newer(refusal: NoAnswer) -> str:
    days = [one.article.published for one in refusal.nearest if one.article.published]
    of = f" than what was shown, of {written(max(days))}" if days else ": what was shown has no date"
    return f"The archive has nothing newer on this{of}."


def _days_shown(refusal: NoAnswer) -> str:
    days = [one.article.published for one in refusal.nearest if one.article.published]
    return period(min(days), max(days)) if days else ""


def _words(refusal: NoAnswer, otherwise: str) -> str:
    return refusal.missing.words or otherwise


_SENTENCES: Mapping[NoAnswerReason, Callable[[NoAnswer], str]] = {
    NoAnswerReason.NOTHING_FOUND: lambda refusal: "Nothing in the archive comes near this question.",
    NoAnswerReason.BELOW_THRESHOLD: lambda refusal: _BELOW[refusal.standing],
    NoAnswerReason.SPEAKER_UNKNOWN: _speaker_unknown,
    NoAnswerReason.SPEAKER_UNCLEAR: _speaker_unclear,
    NoAnswerReason.OUTLET_UNKNOWN: lambda refusal: told_outlets(refusal.missing),
    NoAnswerReason.SPEAKER_SILENT: _speaker_silent,
    NoAnswerReason.SILENT_ON_TOPIC: _silent_on_topic,
    NoAnswerReason.OUTSIDE_DATES: _outside_dates,
    NoAnswerReason.UNDISPUTED: _undisputed,
    NoAnswerReason.UNTOLD: _untold,
    NoAnswerReason.NOTHING_NEWER: _nothing_newer,
    NoAnswerReason.THING_UNCLEAR: lambda refusal: f"Nothing says of what “{_words(refusal, 'it')}” asks: name it.",
}

"""What a person typed becomes *readings*, best first: what may be meant, each a :class:`Question` of its own kind.

Promises: letter case and polite openings make no difference; a question that fits no wording is one for a span, never
an error; one for yes or no is told by whole sentences, since nothing shorter answers it; one with a slip in a word like
"what" or "say" is read by what was meant. What is no question at all (keywords, a headline, a name) is looked for as
well. Speaker, topic and quoted words are slices of the normalised question. A time in a question about statements
bounds the days of publication, unless the caller has set bounds; in a question for a span it is left to whoever reads
the passages.

What it does not know: which speakers the archive has (the caller can tell), whether "Merz" and "the chancellor" are one
person, who "he" is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from qa import deadline
from qa.errors import QuestionError
from qa.lazily import pattern
from qa.questions import english, german
from qa.questions.mending import mended, respelt_in
from qa.questions.times import When, day_to_count_from, find_time
from qa.text import normalise, word_spans
from qa.types import EVERYTHING, CountedFrom, Question, QuestionKind, Scope

__all__ = ["WORDINGS", "core_of", "plain", "understand"]

WORDINGS = (*english.WORDINGS, *german.WORDINGS)
_EVERYBODY = english.EVERYBODY | german.EVERYBODY
_UNREADABLE_TIMES = pattern(rf"(?:(?:^|\s)(?:{english.UNREADABLE_TIMES}))+$", re.IGNORECASE)
_ASKING = pattern(rf"(?:{english.ASKING}|{german.ASKING})\b", re.IGNORECASE)
_OVER_TIME = pattern(rf"\s(?:{english.OVER_TIME}|{german.OVER_TIME})$", re.IGNORECASE)
_WHETHER = pattern(rf"(?:{english.WHETHER}|{german.WHETHER})", re.IGNORECASE)
# A time in these bounds the days.
_TIMED = (QuestionKind.STATEMENTS, QuestionKind.COURSE, QuestionKind.COMPARISON, QuestionKind.CONTRARY)


def understand(
    text: str,
    scope: Scope = EVERYTHING,
    *,
    newest: date | None = None,
    today: date | None = None,
    is_speaker: Callable[[str], bool] = lambda name: False,
    is_person: Callable[[str], bool] = lambda name: False,
    is_headline: Callable[[str], bool] = lambda words: False,
    is_introduced: Callable[[str], bool] = lambda name: False,
    outlets_called: Callable[[str], tuple[str, ...]] = lambda name: (),
) -> tuple[Question, ...]:
    """Read what a person typed: one reading or more, of which the first that has an answer is to be answered.

    Args:
        text: the question as typed, in any letter case.
        scope: which articles may answer; with a bound on the days, no time is read from the question.
        newest: the day of the archive's newest article, from which "last week" is counted; None reads no times.
        today: counted from instead, where the archive is live.
        is_speaker: whether the archive has somebody of this name or role: "X on Y" then asks for their statements.
        is_person: whether the archive has a person of this name, which alone asks for their statements.
        is_headline: whether the archive has an article of this headline.
        is_introduced: whether articles say what somebody of this name is, which "who is X" then asks for.
        outlets_called: the archive's outlets of a name: what one of them says is what its articles tell.

    Raises:
        QuestionError: there is no word in what was typed.
    """
    whole = plain(text, scope)
    day = day_to_count_from(newest, today)
    counted_from = CountedFrom.TODAY if day == today else CountedFrom.NEWEST_ARTICLE
    core = core_of(whole.text)
    for asked in (core, *mended(core)):
        for left, when in _without_time(asked, day):
            for wording in WORDINGS:
                deadline.check()
                if when and wording.kind not in _TIMED:
                    continue
                if (parts := wording.parts(left, is_speaker, is_introduced)) is not None:
                    reading = _bounded(_reading(whole, wording.kind, parts), when, counted_from)
                    reading = replace(reading, carried=respelt_in(core, asked))
                    readings = _with_outlets(reading, outlets_called, is_speaker)
                    return readings if wording.certain and asked == core else (*readings, whole)
    if _WHETHER.match(core):
        return (replace(whole, kind=QuestionKind.EXPLANATION),)
    if _ASKING.search(core) or whole.text.endswith("?"):
        return (whole,)
    return _of_no_question(whole, core, is_person, is_headline, is_introduced)


def _of_no_question(
    whole: Question,
    core: str,
    is_person: Callable[[str], bool],
    is_headline: Callable[[str], bool],
    is_introduced: Callable[[str], bool],
) -> tuple[Question, ...]:
    """Read what is no question of words: a headline, a name, an office, or keywords."""
    search = replace(whole, kind=QuestionKind.SEARCH)
    if is_headline(core):
        return (search, whole)
    said = replace(whole, kind=QuestionKind.STATEMENTS, speaker=core)
    if is_person(core):
        return (said, search)
    who = f"Who is {core}?"
    if is_introduced(core_of(who)):  # an office
        return (said, replace(whole, text=who, kind=QuestionKind.PERSON, topic=core, typed=whole.text), search)
    return (whole, search)


def plain(text: str, scope: Scope = EVERYTHING) -> Question:
    """Take what a person typed for a question for a span, whatever its words.

    Raises:
        QuestionError: there is no word in what was typed.
    """
    asked = " ".join(normalise(text).split())
    if not word_spans(asked):
        raise QuestionError("The question is empty.", remedy="Type a question, such as: What did the mayor say?")
    return Question(asked, scope=scope)


def core_of(asked: str) -> str:
    """A question on one line without its opening ("and", "tell me") and its question mark."""
    bare = asked.rstrip("?!. ")
    opening = english.OPENING.match(bare) or german.OPENING.match(bare)
    return bare[opening.end() :] if opening else bare


def _without_time(core: str, newest: date | None) -> Iterator[tuple[str, When | None]]:
    """The question without the time that it names, if it does, then as it stands."""
    timed = None if _OVER_TIME.search(core) else find_time(core, newest)  # "damals und heute" is no day
    if timed:
        yield timed
    yield core, None


def _reading(whole: Question, kind: QuestionKind, parts: Mapping[str, str]) -> Question:
    speaker, topic = parts.get("speaker"), _topic(parts.get("topic") or parts.get("adverbial"))
    anybody = speaker is not None and (speaker.lower() in _EVERYBODY or (topic and speaker.lower() == "they"))
    return replace(
        whole,
        kind=kind,
        speaker=None if anybody else speaker,
        other=parts.get("other"),
        topic=topic,
        quoted=parts.get("quoted"),
        cue=parts.get("cue"),
    )


def _with_outlets(
    reading: Question, outlets_called: Callable[[str], tuple[str, ...]], is_speaker: Callable[[str], bool]
) -> tuple[Question, ...]:
    """With what an outlet tells, where one is asked for as a speaker is; first where nobody else is called so."""
    by, asked = reading.speaker, reading.kind is QuestionKind.STATEMENTS and reading.topic
    if not (by and asked) or reading.scope.outlets or not (outlets := outlets_called(by)):
        return (reading,)
    told = replace(reading, kind=QuestionKind.EVENT, speaker=None, scope=replace(reading.scope, outlets=outlets))
    return (reading, told) if is_speaker(by) else (told, reading)


def _bounded(question: Question, when: When | None, counted_from: CountedFrom) -> Question:
    """Put the days of a time into the scope, unless the caller has set days or they could not be read."""
    if when is None or question.scope.dated or (when.first is None and when.last is None):
        return question
    scope = Scope(when.first, when.last, question.scope.outlets)
    counted = counted_from if when.relative else None
    return replace(question, scope=scope, dates_said=when.words, counted_from=counted)


def _topic(asked: str | None) -> str | None:
    """``asked`` without times that mean no days; None when nothing is left."""
    return _UNREADABLE_TIMES.sub("", asked or "").strip(" ,") or None

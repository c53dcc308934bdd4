"""A bare follow-up ("why?", "is that still so?") and the answer that it is asked of -> an outcome.

    when was that?      the words by which the articles shown say when it was said
    since when?         the words of the sentences shown, else of their articles, that say so
    says who?           the words by which they name whoever says it
    why? where?         read in those articles alone; why something is that nobody said, in all of them
    how many?           the same, for what has a number
    is that still so?   a notice that puts what was shown right, else the same question for later days

Promises: an answer never repeats what was shown. Where the articles that were shown do not tell it, that is said,
and so is that nothing newer is there. What it does not know: how the question was worded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from qa.answering import (
    able_to_answer,
    answer_since,
    answer_with_days,
    answer_with_sources,
    is_of_a_thing,
    newest_day,
    nothing_newer,
    untold,
)
from qa.assistant.clock import Clock
from qa.assistant.correcting import Corrections
from qa.catalog import Catalog
from qa.settings import AnsweringSettings
from qa.types import (
    Answer,
    AnswerKind,
    Candidate,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Point,
    Question,
)

__all__ = ["Read", "Resuming"]

Fits = Callable[[Candidate], bool]
Read = Callable[[Question, Clock, Fits], Outcome]

_DAY = timedelta(1)


class Resuming:
    """What follow-ups ask of answers of one archive.

    Args:
        catalog: what it holds.
        settings: how much is shown.
        corrections: what knows which words are wrong.
        read: how a question is read out of passages, of what can answer it.
        ask: how readings are answered.
    """

    def __init__(
        self,
        catalog: Catalog,
        settings: AnsweringSettings,
        *,
        corrections: Corrections,
        read: Read,
        ask: Callable[[Sequence[Question], Clock], Outcome],
    ) -> None:
        self._catalog = catalog
        self._most = settings.max_citations
        self._nearest = settings.nearest
        self._corrections = corrections
        self._read = read
        self._ask = ask

    def answer(self, readings: Sequence[Question], last: Outcome, clock: Clock) -> Outcome:
        """Answer what a follow-up asks of the ``last`` outcome.

        A refusal has shown nothing: nobody can tell more of words that are not there, and what else was asked for is
        asked of the whole archive.
        """
        question, before = readings[0], last.question
        if isinstance(last, NoAnswer):
            if not before.kind.of_statements or before.cue:
                return self._ask(readings, clock)
            return replace(last, question=replace(before, typed=question.typed, carried=question.carried))
        shown = self._corrections.shown(last)
        assert isinstance(shown, Answer)
        if question.point is Point.STILL:
            return self._newer(readings, shown, clock)
        return self._worded(question, shown) or self._told(question, shown, clock)

    def _worded(self, question: Question, shown: Answer) -> Outcome | None:
        """What the words that were shown tell of it by themselves; None where its articles are to be read."""
        if question.point is Point.DAY:
            return answer_with_days(question, shown, self._most)
        if question.point is Point.SINCE:
            return answer_since(question, shown, self._most)
        if question.point is not Point.SOURCE:
            return None
        ids = dict.fromkeys(one.article.id for one in shown.citations)
        statements = {id_: self._catalog.statements(id_) for id_ in ids}
        return answer_with_sources(question, shown, statements, self._most)

    def _told(self, question: Question, shown: Answer, clock: Clock) -> Outcome:
        """What the articles that were shown tell of it."""
        if question.point is Point.NUMBER and not is_of_a_thing(question):
            return NoAnswer(question, NoAnswerReason.THING_UNCLEAR, Missing(question.words.rstrip("?!. ")))
        if not shown.question.kind.of_statements:  # its reason may stand in another article
            return self._read(question, clock, able_to_answer(question, shown))
        ids = tuple(dict.fromkeys(one.article.id for one in shown.citations))
        within = replace(question, scope=replace(question.scope, articles=ids))
        outcome = self._read(within, clock, able_to_answer(question, shown))
        if isinstance(outcome, Answer):
            return replace(outcome, question=question)
        return untold(question, shown.citations[: self._nearest], outcome)

    def _newer(self, readings: Sequence[Question], shown: Answer, clock: Clock) -> Outcome:
        """What puts right what was shown, else what later articles answer to the same question."""
        if right := self._corrections.right_words(shown.citations):
            return Answer(readings[0], AnswerKind.SPAN, right, shown.confidence)
        newest, until = newest_day(shown), readings[0].scope.published_before or date.max
        if newest is not None and newest < until:
            since = [replace(one, scope=replace(one.scope, published_after=newest + _DAY)) for one in readings]
            outcome = self._ask(since, clock)
            if isinstance(outcome, Answer):
                return outcome
        return nothing_newer(readings[0], shown, self._nearest)

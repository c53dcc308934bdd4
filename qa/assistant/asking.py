"""A question -> its readings -> the first that the archive answers; which kind is answered how stands in one table.

    a span, why, how, whether            retrieval -> reading -> answering
    what happened, the latest            retrieval -> articles of the event -> answering; without any, as a span
    statements, a course                 speakers -> the catalog's statements -> answering
    a comparison                         the same for each of the two -> side by side
    who says otherwise                   the same -> statements beside them -> pairs that cannot both hold
    do the outlets agree on how many     as a span, in each article by itself -> figures that cannot all hold
    a quotation                          articles with the words -> their statements -> answering
    a search                             articles with all of the words -> answering
    a person, who does what              where articles say beside a name who it is -> answering
    a point of the last answer           that answer once more -> what its articles tell of it (resuming)

Promises: readings are tried in their order and the first that has an answer is the outcome; where none has, the first
refusal is, since it is of what was most likely meant. A name that is several people's is answered for all of them, and
the outcome asks which one is meant. Where no speaker is called "the mayor of Harrowmere", whoever the archive answers
"who is the mayor of Harrowmere?" with is asked about, and the question has as carried who that is. An outlet that the
archive does not have is told as such, be it chosen or asked about. What it does not know: how a question is worded, how
an outcome is displayed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from qa.answering import (
    answer_from_candidates,
    answer_from_event,
    answer_from_figures,
    answer_from_search,
    cite_nearest,
    is_outlets_name,
    lacking_outlets,
    outlets_called,
    speaks_of_subject,
)
from qa.assistant.clock import Clock
from qa.assistant.correcting import Corrections
from qa.assistant.holding import Holding
from qa.assistant.introducing import Introducing
from qa.assistant.lexicon import lexicon_of
from qa.assistant.parts import Parts
from qa.assistant.resuming import Resuming
from qa.assistant.speaking import Speaking
from qa.attribution import asked_in_english, office_in_english, office_named
from qa.catalog import Catalog
from qa.citing import Find, cite
from qa.errors import ArchiveEmpty
from qa.questions import Known, Turn, brought_up, core_of, figure_asked, follow, is_german, pronoun_left
from qa.retrieval import WordSearch
from qa.settings import Settings
from qa.types import (
    EVERYTHING,
    Answer,
    AnswerKind,
    Article,
    Candidate,
    Carried,
    Citation,
    Hit,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Part,
    Question,
    QuestionKind,
    Scope,
)

__all__ = ["Asking"]

Way = Callable[[Question, Clock], Outcome]
_Conversation = tuple[tuple[Question, ...], ...]  # the readings of each of its questions
_REMEMBERED = 64  # questions of which it is kept whom they brought up, and offices of which it is kept who has them
_SHOWN = 8  # earlier answers that are kept for what is asked of them
_DEFINITE = ("the ", "der ", "die ", "dem ")


class Asking:
    """What an opened archive makes of questions.

    Args:
        catalog: what it holds.
        settings: when it answers, and how much is shown.
        parts: what retrieves and reads.
        speaking: what knows its speakers and their statements.
        holding: what knows who has an office.
        corrections: what knows which words are wrong.
        today: what day it is.
    """

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        parts: Parts,
        speaking: Speaking,
        *,
        holding: Holding,
        corrections: Corrections,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._today = today
        self._in_german = lru_cache(maxsize=1)(lambda changes: "de" in catalog.languages())
        self._brought_up = lru_cache(maxsize=_REMEMBERED)(self._people_of)
        self._shown = lru_cache(maxsize=_SHOWN)(self._answer_shown)
        self._holder = lru_cache(maxsize=_REMEMBERED)(self._answering_who_is)
        self._catalog = catalog
        self._settings = settings
        self._parts = parts
        self._speaking = speaking
        self._corrections = corrections
        self._words = WordSearch(catalog)
        self._lexicon = lexicon_of(catalog) if settings.answering.mend_slips else None
        self._introducing = Introducing(catalog, settings.answering, speaking, holding)
        self._resuming = Resuming(
            catalog, settings.answering, corrections=corrections, read=self._read, ask=self._first_answer
        )
        self._ways: Mapping[QuestionKind, Way] = {
            QuestionKind.SPAN: self._read,
            QuestionKind.EXPLANATION: self._read,
            QuestionKind.LATEST: self._tell,
            QuestionKind.EVENT: self._tell,
            QuestionKind.STATEMENTS: speaking.answer,
            QuestionKind.COURSE: speaking.answer,
            QuestionKind.COMPARISON: speaking.compare,
            QuestionKind.CONTRARY: self._otherwise,
            QuestionKind.QUOTATION: speaking.who_said,
            QuestionKind.SEARCH: self._look_for,
            QuestionKind.PERSON: self._introducing.answer,
        }

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        """Answer a question with citations, or say why the archive does not answer it; raises as the assistant does.

        ``earlier`` are the questions that came before, oldest first: what a question leaves out is taken from them.
        """
        clock = Clock()
        outcome = self._answer_to(self._conversation([*earlier, text], scope), clock)
        if isinstance(outcome, NoAnswer) and is_german(outcome.question.text):
            language = None if self._in_german(self._catalog.changes()) else "German"
            outcome = replace(outcome, missing=replace(outcome.missing, language=language))
        return replace(outcome, timings_ms=clock.timings())

    def passages(self, text: str, scope: Scope, limit: int) -> tuple[Citation, ...]:
        """Cite the passages that come nearest to a text, the nearest first; raises as the assistant does."""
        if self._catalog.is_empty():
            raise ArchiveEmpty(self._catalog.where)
        hits, articles = self._found(self.readings(text, scope)[0], Clock(), limit)
        places = [(articles[hit.passage.article_id], hit.passage.span) for hit in hits]
        return tuple(cite(number, Find(*place, place[1], place[1])) for number, place in enumerate(places, start=1))

    def readings(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> tuple[Question, ...]:
        """What a question may mean after others, best first."""
        return self._conversation([*earlier, text], scope)[-1]

    def _conversation(self, typed: Sequence[str], scope: Scope) -> _Conversation:
        """The readings of each question after those before it."""
        conversation: _Conversation = ()
        turns: list[Turn] = []
        for text in typed:
            conversation = (*conversation, self._after(turns, text, scope))
            people = partial(self._brought_up, conversation, self._catalog.changes())
            turns.append(Turn(conversation[-1][0], people))
        return conversation

    def _answer_to(self, conversation: _Conversation, clock: Clock) -> Outcome:
        """Answer the last question of a conversation: of the archive, or of the answer before it."""
        *before, readings = conversation
        asked = [one for one in before if one[0].point is None]
        if readings[0].point is None or not asked:
            return self._first_answer(readings, clock)
        with clock.measuring("resume"):
            shown = self._shown(asked[-1], self._catalog.changes())
        return self._resuming.answer(readings, shown, clock)

    def _answer_shown(self, readings: tuple[Question, ...], changes: int) -> Outcome:
        """What was answered to an earlier question; holds for ``changes``, a state of the catalog."""
        return self._first_answer(readings, Clock())

    def _after(self, earlier: Sequence[Turn], text: str, scope: Scope) -> tuple[Question, ...]:
        days = self._catalog.date_range()
        known = Known(
            newest=days[1] if days else None,
            today=self._today(),
            is_speaker=self._is_speaker,
            is_person=self._speaking.knows_person,
            is_headline=self._words.has_headline,
            is_introduced=self._introducing.introduces,
            fits=self._speaking.fits,
            namesakes=lambda name: [one.name for one in self._speaking.called(name)],
            outlets_called=lambda name: outlets_called(name, [outlet for outlet, _ in self._catalog.outlets()]),
            lexicon=self._lexicon,
        )
        readings = tuple(self._of_holders(one) for one in follow(text, earlier, scope, known))
        asked = asked_in_english(core_of(readings[0].text))
        if asked is None:
            return readings
        english = (_as_typed(one, readings[0]) for one in follow(asked, (), scope, known))
        in_vain = readings[0].kind is QuestionKind.SPAN and not self._in_german(self._catalog.changes())
        return (*(() if in_vain else readings), *english)

    def _is_speaker(self, name: str) -> bool:
        """Whether whatever is asked so is surely somebody who speaks, or an office whose bearer does."""
        return self._speaking.knows(name) or _is_office(name) or self._speaking.knows(office_in_english(name) or "")

    def _of_holders(self, reading: Question) -> Question:
        """A reading that asks what the bearer of an office says, with who that is where no speaker is called so."""
        for asked in reading.speakers if reading.kind.of_statements else ():
            untold = _is_office(asked) and self._speaking.is_nobody(asked)
            if untold and (holder := self._holder(asked, self._catalog.changes())):
                reading = _said_by(reading, asked, holder)
        return reading

    def _answering_who_is(self, asked: str, changes: int) -> str | None:
        """Who has an office by the answer to "who is …?"; holds for ``changes``, a state of the catalog."""
        outcome = self._first_answer(
            self._after((), f"Who is {office_in_english(asked) or asked}?", EVERYTHING), Clock()
        )
        if not isinstance(outcome, Answer) or outcome.kind is not AnswerKind.SPAN:
            return None
        return next(iter(self._speaking.people_in(outcome.citations[:1])), None)

    def _people_of(self, conversation: _Conversation, changes: int) -> tuple[str, ...]:
        """Whom the last question brought up: those it asks about, else those whom it or its answer names.

        ``changes`` is the state of the catalog that this holds for.
        """
        readings = conversation[-1]
        asked = [name for who in readings[0].speakers for name in self._speaking.names_of(who)]
        if asked:
            return tuple(reversed(asked))
        of_its_own = readings[0].point is None
        outcome = self._shown(readings, changes) if of_its_own else self._answer_to(conversation, Clock())
        answering = self._speaking.people_in(outcome.citations) if isinstance(outcome, Answer) else ()
        people = brought_up(readings[0], answering, self._speaking.knows)
        return tuple(dict.fromkeys(name for one in people for name in self._speaking.names_of(one)))

    def statements(
        self, speaker: str | None, about: str | None, scope: Scope = EVERYTHING, limit: int | None = None
    ) -> Outcome:
        """List statements without a question in words."""
        clock = Clock()
        words = " ".join(["statements", *(["by", speaker] if speaker else []), *(["about", about] if about else [])])
        question = Question(words, QuestionKind.STATEMENTS, speaker, about, scope)
        outcome = self._first_answer([question], clock, lambda one, clock: self._speaking.answer(one, clock, limit))
        return replace(outcome, timings_ms=clock.timings())

    def compare(
        self, one: str, other: str, about: str | None, scope: Scope = EVERYTHING, limit: int | None = None
    ) -> Outcome:
        """Compare two speakers without a question in words."""
        clock = Clock()
        words = f"compare {one} and {other}{f' on {about}' if about else ''}"
        question = Question(words, QuestionKind.COMPARISON, one, about, scope, other=other)
        outcome = self._first_answer([question], clock, lambda one, clock: self._speaking.compare(one, clock, limit))
        return replace(outcome, timings_ms=clock.timings())

    def course(self, speaker: str, about: str | None, scope: Scope = EVERYTHING, limit: int | None = None) -> Outcome:
        """Put what a speaker says in the order of time without a question in words."""
        clock = Clock()
        words = f"what did {speaker} say{f' about {about}' if about else ''} over time"
        question = Question(words, QuestionKind.COURSE, speaker, about, scope)
        outcome = self._first_answer([question], clock, lambda one, clock: self._speaking.answer(one, clock, limit))
        return replace(outcome, timings_ms=clock.timings())

    def _first_answer(self, readings: Sequence[Question], clock: Clock, way: Way | None = None) -> Outcome:
        """Try readings in their order, each by the way for its kind or by the given one."""
        if self._catalog.is_empty():
            raise ArchiveEmpty(self._catalog.where)
        if refusal := self._without_outlet(readings[0]):
            return refusal
        pronoun = pronoun_left(readings[0])
        if pronoun and pronoun in readings[0].speakers:
            return NoAnswer(readings[0], NoAnswerReason.SPEAKER_UNCLEAR, Missing(pronoun))
        refusals: list[NoAnswer] = []
        for question in readings:
            outcome = (way or self._ways[question.kind])(question, clock)
            if isinstance(outcome, Answer):
                return replace(outcome, ambiguous=self._speaking.ambiguous(question))
            refusals.append(outcome)
        near = next((one.nearest for one in refusals if one.nearest), ())
        refusals[0] = self._of_unknown_outlet(refusals[0])
        asked = refusals[0].question
        ambiguous = self._speaking.ambiguous(asked)
        refusal = replace(refusals[0], nearest=near or self._nearest(asked, clock), ambiguous=ambiguous)
        if pronoun is None:
            return refusal
        return replace(refusal, reason=NoAnswerReason.SPEAKER_UNCLEAR, missing=Missing(pronoun))

    def _without_outlet(self, question: Question) -> NoAnswer | None:
        """Refuse where the archive has none of the outlets that were chosen."""
        chosen = question.scope.outlets
        if not chosen or self._catalog.has_outlet(chosen):
            return None
        known = [name for name, _ in self._catalog.outlets()]
        if {name.casefold() for name in known}.isdisjoint(name.casefold() for name in chosen):
            return NoAnswer(question, NoAnswerReason.OUTLET_UNKNOWN, lacking_outlets(chosen, known) or Missing())
        return None

    def _of_unknown_outlet(self, refusal: NoAnswer) -> NoAnswer:
        """Refuse for want of an outlet, and not of a person, where an outlet is asked about as a speaker would be."""
        asked = refusal.question.speaker
        if refusal.reason is not NoAnswerReason.SPEAKER_UNKNOWN or asked is None:
            return refusal
        known = [name for name, _ in self._catalog.outlets()]
        if not is_outlets_name(asked, known):
            return refusal
        return replace(
            refusal, reason=NoAnswerReason.OUTLET_UNKNOWN, missing=lacking_outlets([asked], known) or refusal.missing
        )

    def _read(
        self, question: Question, clock: Clock, able: Callable[[Candidate], bool] = lambda candidate: True
    ) -> Outcome:
        """Read the answer out of passages, of candidates that are ``able`` to be it."""
        candidates, articles = self._candidates(question, clock)
        may, speaks = self._introducing.fits(question), speaks_of_subject(question.text, articles)
        with clock.measuring("answer"):
            return answer_from_candidates(
                question,
                candidates,
                articles,
                threshold=self._settings.answering.threshold,
                max_citations=self._settings.answering.max_citations,
                nearest=self._settings.answering.nearest,
                calibration=self._parts.reading.confidence,
                mentions=self._catalog.mentions,
                fits=lambda candidate: may(candidate) and speaks(candidate) and able(candidate),
            )

    def _tell(self, question: Question, clock: Clock) -> Outcome:
        """Tell what happened, or the latest, by whole sentences; without articles of it, read it as a span."""
        outcome = answer_from_event(question, self._found(question, clock)[1].values())
        return outcome if isinstance(outcome, Answer) else self._read(question, clock)

    def _otherwise(self, question: Question, clock: Clock) -> Outcome:
        """Say who says otherwise, or, on a number, which articles give another one."""
        figure = figure_asked(question.topic) if question.topic and not question.speakers else None
        if figure is None:
            return self._speaking.otherwise(question, clock)
        candidates, articles = self._candidates(replace(question, text=figure, kind=QuestionKind.SPAN), clock)
        with clock.measuring("answer"):
            return answer_from_figures(
                question,
                candidates,
                articles,
                calibration=self._parts.reading.confidence,
                corrections=self._corrections.of(articles.values()),
                threshold=self._settings.answering.threshold,
                most=self._settings.answering.max_citations,
            )

    def _look_for(self, question: Question, clock: Clock) -> Outcome:
        """Find the articles that have all of the words."""
        with clock.measuring("retrieve"):
            hits = self._words.retrieve(question, self._settings.answering.max_citations)
            articles = self._catalog.articles([hit.passage.article_id for hit in hits])
        with clock.measuring("answer"):
            return answer_from_search(question, hits, articles)

    def _nearest(self, question: Question, clock: Clock) -> tuple[Citation, ...]:
        """What comes nearest in the passages to a question that was only looked up in statements."""
        if not question.kind.of_statements:
            return ()
        hits, articles = self._found(question, clock)
        with clock.measuring("read"):
            candidates = self._parts.reading.quick.read(question, hits)
        return cite_nearest(question, candidates, articles, self._settings.answering.nearest)

    def _candidates(self, question: Question, clock: Clock) -> tuple[list[Candidate], dict[str, Article]]:
        """What the reader finds, and the articles that it reads."""
        hits, articles = self._found(question, clock)
        with clock.measuring("read"):
            return self._parts.reading.reader.read(question, hits), articles

    def _found(
        self, question: Question, clock: Clock, limit: int | None = None
    ) -> tuple[list[Hit], dict[str, Article]]:
        """The passages to read, as many as the settings or the caller say, and their articles; no damaged ones."""
        with clock.measuring("retrieve"):
            hits = self._parts.hits(question, limit)
            articles = self._catalog.articles(list({hit.passage.article_id for hit in hits}))
        return [hit for hit in hits if hit.passage.article_id in articles], articles


def _is_office(asked: str) -> bool:
    """Whether words for a speaker are an office of something: "the mayor of Harrowmere"."""
    return asked.lower().startswith(_DEFINITE) and office_named(asked) is not None


def _said_by(reading: Question, asked: str, holder: str) -> Question:
    """A reading with whoever has an office in the place of the office."""
    return replace(
        reading,
        text=reading.text.replace(asked, holder, 1),
        typed=reading.words,
        speaker=holder if reading.speaker == asked else reading.speaker,
        other=holder if reading.other == asked else reading.other,
        carried=(*reading.carried, Carried(Part.SPEAKER, holder, asked)),
    )


def _as_typed(reading: Question, first: Question) -> Question:
    """A reading in other words, with what was typed and what was carried."""
    return replace(reading, typed=first.words, carried=(*first.carried, *reading.carried))

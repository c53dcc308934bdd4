"""Outcomes and the address of a conversation -> its turns, how each was understood, and the filters as chips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from qa.answering.calibration import HIGH
from qa.answering.contrary import HOW_OPPOSED
from qa.answering.days import COUNTED_FROM, period, written
from qa.answering.refusing import in_short, why
from qa.output.links import speaker_href
from qa.questions import without
from qa.types import (
    Ambiguous,
    Answer,
    AnswerKind,
    Carried,
    Citation,
    Contrary,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Pair,
    Part,
    Point,
    Question,
    QuestionKind,
    Side,
    Standing,
)
from web.filters import Filters
from web.views.back import Back, conversation
from web.views.cards import Card, card, in_context, in_paragraph, in_passage, listed
from web.views.course import StretchView, course
from web.views.narrowing import Groups, Narrowing, counted, folded, narrowing

__all__ = ["Chip", "Dates", "Turn", "Understood", "chips", "conversation", "feed", "turn"]

CONFIDENCE = (
    (HIGH, "high", "High confidence"),
    (0.6, "fair", "Fair confidence"),
    (0.0, "low", "Low confidence: read the passage"),
)


NO_FILTERS = Filters()
_NAMED = 8  # people whom a question back names
LISTS = (AnswerKind.STATEMENTS, AnswerKind.COMPARISON, AnswerKind.COURSE, AnswerKind.CONTRARY)


@dataclass(frozen=True, slots=True)
class Dates:
    """Days that were read from the words ``said`` of a question.

    ``counted`` says from which day they were counted; ``questions`` and ``outlets`` are what a form that changes them
    sends along, ``without`` leads to the question without those words.
    """

    words: str
    said: str
    counted: str
    first: date | None
    last: date | None
    questions: tuple[str, ...]
    outlets: tuple[str, ...]
    without: str | None


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A part that came from earlier questions: "he" = Tomas Reck; ``without`` leads to the question less that part."""

    words: str
    value: str
    without: str | None


@dataclass(frozen=True, slots=True)
class Which:
    """A name of several people: each with how much they say and a page for them alone; ``more`` are not named."""

    asked: str
    people: tuple[tuple[str, int, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read: the way that was taken, whose words were looked for and on what.

    ``carried`` is what was filled in, ``spelt`` the words that were read for words with a slip and ``whole`` the
    question in full words, all empty for one that stands alone as typed;
    ``before`` and ``filters`` are what a form that asks it otherwise sends along; ``which``
    asks back for ambiguous names.
    """

    way: str
    words: str
    speaker: str | None
    topic: str | None
    dates: Dates | None
    carried: tuple[CarriedOver, ...]
    spelt: str
    whole: str
    before: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    which: tuple[Which, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One of two who are compared: their names with their pages, how much they say, what is shown, what is folded."""

    names: tuple[tuple[str, str | None], ...]
    count: str
    groups: Groups
    rest: Groups
    rest_count: int


@dataclass(frozen=True, slots=True)
class OpposedView:
    """A claim, and each statement that says otherwise, with how it does."""

    claim: Card
    otherwise: tuple[tuple[str, Card], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its outcome.

    ``short_answer`` is an answer that is only part of a sentence, ``meant`` whom it means where it is "he" or a title,
    or the days that "on Tuesday" means; ``speaker_href`` leads to the one speaker of a list; ``gist`` is one line for
    when the turn is folded.
    ``groups`` are the cards of a list, those in a row from one article together, and ``rest`` those
    that are folded away, with the ways of ``narrowing`` them; ``sides`` those of a comparison;
    ``opposed`` are claims with what says otherwise; ``course`` is a list by days, months or years; ``near`` is what the
    cards of a refusal are headed with; ``feed_href`` is where a reader of feeds is told of what is new.
    """

    question: str
    answered: bool
    is_list: bool
    heading: str
    speaker_href: str | None
    short_answer: str | None
    meant: str | None
    gist: str
    understood: Understood
    confidence: str | None
    confidence_level: str | None
    cards: tuple[Card, ...]
    groups: Groups
    rest: Groups = ()
    rest_count: int = 0
    narrowing: Narrowing | None = None
    sides: tuple[SideView, ...] = ()
    course: tuple[StretchView, ...] = ()
    opposed: tuple[OpposedView, ...] = ()
    near: str | None = None
    feed_href: str | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the page without it."""

    label: str
    name: str
    href: str


def turn(outcome: Outcome, questions: Sequence[str] = (), filters: Filters = NO_FILTERS) -> Turn:
    """Draw a question and what became of it; ``questions`` are those of the conversation up to this one."""
    understood = _understood(outcome, tuple(questions) or (outcome.question.words,), filters)
    back = Back(tuple(questions), filters)
    drawn = _answered(outcome, understood, back) if isinstance(outcome, Answer) else _refused(outcome, understood, back)
    if isinstance(outcome, NoAnswer) and outcome.unclear:
        return drawn
    return replace(drawn, feed_href=feed([("q", outcome.question.text)], filters))


def feed(asked: Sequence[tuple[str, str]], filters: Filters) -> str:
    """Return the address of the Atom feed that tells of what is new to a question or a list of statements."""
    return f"/feed.atom?{urlencode([*asked, *filters.short_pairs()])}"


def chips(filters: Filters, questions: Sequence[str]) -> list[Chip]:
    """Return the filters in force as chips that can be taken away."""
    words = {"published_after": "From", "published_before": "Until"}
    return [
        Chip(
            label=f"{words[name]} {written(date.fromisoformat(value))}" if name in words else value,
            name=name,
            href=conversation(questions, filters.without(name, value)),
        )
        for name, value in filters.pairs()
    ]


def _understood(outcome: Outcome, questions: tuple[str, ...], filters: Filters) -> Understood:
    question = outcome.question
    way = "statements" if question.kind.of_statements else "span"
    return Understood(
        way=way,
        words="Statements" if question.kind is QuestionKind.STATEMENTS and question.topic else "",
        speaker=" and ".join(question.speakers) or None if question.kind.of_statements else None,
        topic=question.topic,
        dates=_dates(question, questions, filters) if question.dates_said else None,
        carried=tuple(_carried(one, question, questions[:-1], filters) for one in question.filled_in),
        spelt=", ".join(question.respelt),
        whole=question.text if question.completed or question.respelt else "",
        before=questions[:-1],
        filters=tuple(filters.pairs()),
        which=tuple(_which(one, questions[:-1], filters) for one in outcome.ambiguous),
    )


def _which(one: Ambiguous, before: tuple[str, ...], filters: Filters) -> Which:
    named = one.people[:_NAMED]
    people = ((each.name, each.statements, conversation([*before, each.question], filters)) for each in named)
    return Which(one.asked, tuple(people), len(one.people) - len(named))


def _carried(one: Carried, question: Question, before: tuple[str, ...], filters: Filters) -> CarriedOver:
    left = without(question, one.part)
    words = one.words or {Part.SPEAKER: "by", Part.TOPIC: "about", Part.DATES: "days"}[one.part]
    return CarriedOver(words, one.value, conversation([*before, left], filters) if left else None)


def _dates(question: Question, questions: tuple[str, ...], filters: Filters) -> Dates:
    said = question.dates_said or ""
    words = question.words if said in question.words else question.text  # days with a slip are only in what was read
    before, found, after = words.rpartition(said)
    left = " ".join(f"{before} {after}".split()).replace(" ?", "?").strip(" ,")
    return Dates(
        words=period(question.scope.published_after, question.scope.published_before),
        said=said,
        counted=COUNTED_FROM[question.counted_from],
        first=question.scope.published_after,
        last=question.scope.published_before,
        questions=questions,
        outlets=filters.outlets,
        without=conversation([*questions[:-1], left], filters) if found and left else None,
    )


def _answered(answer: Answer, understood: Understood, back: Back) -> Turn:
    level, words = next((level, words) for least, level, words in CONFIDENCE if answer.confidence >= least)
    is_list = answer.kind in LISTS
    # Each statement of a list says for itself where it is unsure; what has all words of a search has them for sure.
    told = not is_list and answer.kind is not AnswerKind.PASSAGES
    first = answer.citations[0]
    gist = " · ".join(filter(None, [" ".join(answer.text.split()), first.article.outlet]))
    heading = _count_statements(answer) if is_list else _count_passages(answer)
    whole = is_list or first.statement is not None
    cards = tuple(
        card(citation, citation.sentence, back=back) if whole else _read_out(citation, back)
        for citation in answer.citations
    )
    short = answer.text if answer.kind is AnswerKind.SPAN else None
    meant = _day_meant(first) if answer.question.point is Point.DAY else _speaker_meant(cards[0])
    shown, rest = folded(listed(answer.citations, back)) if is_list else ((), ())
    return Turn(
        question=answer.question.words,
        answered=True,
        is_list=is_list,
        heading=heading,
        speaker_href=_speaker_href(cards) if is_list else None,
        short_answer=short,
        meant=meant if short and meant and meant not in short else None,
        gist=heading if is_list else gist,
        understood=understood,
        confidence=words if told else None,
        confidence_level=level if told else None,
        cards=cards,
        groups=shown,
        rest=rest,
        rest_count=counted(rest),
        narrowing=_narrowing(answer, back) if rest and answer.kind is AnswerKind.STATEMENTS else None,
        sides=tuple(_side(side, back) for side in answer.sides),
        course=course(answer.citations, answer.steps, back=back),
        opposed=tuple(_opposed(cards, answer.pairs)),
    )


def _speaker_meant(drawn: Card) -> str | None:
    return drawn.attribution.speaker if drawn.attribution else None


def _day_meant(citation: Citation) -> str | None:
    """The day or days that "on Tuesday" means in its article."""
    return period(citation.told.first, citation.told.last) if citation.told else None


def _read_out(citation: Citation, back: Back) -> Card:
    """Draw what was read out of a passage: its sentence and little around it, the rest of the passage where wanted."""
    window, passage = in_context(citation), in_passage(citation)
    return card(citation, window, back=back, around=passage if passage != window else None)


def _opposed(cards: Sequence[Card], pairs: Sequence[Pair]) -> Iterator[OpposedView]:
    for claim, several in groupby(pairs, lambda one: one.claim):
        yield OpposedView(cards[claim - 1], tuple((HOW_OPPOSED[one.how], cards[one.otherwise - 1]) for one in several))


def _side(side: Side, back: Back) -> SideView:
    number = len(side.citations)
    shown, rest = folded(listed(side.citations, back))
    return SideView(
        names=tuple((name, speaker_href(name)) for name in side.names),
        count=f"{number} statement{'' if number == 1 else 's'}, newest first",
        groups=shown,
        rest=rest,
        rest_count=counted(rest),
    )


def _narrowing(answer: Answer, back: Back) -> Narrowing:
    return narrowing(
        answer.citations,
        back.filters,
        "/",
        [("q", question) for question in back.questions],
        lambda first, last: conversation(back.questions, Filters(first, last, back.filters.outlets)),
    )


def _speaker_href(cards: Sequence[Card]) -> str | None:
    """The page of the speaker, if all cards are of one."""
    pages = {each.attribution.speaker_href for each in cards if each.attribution}
    return pages.pop() if len(pages) == 1 else None


def _refused(refusal: NoAnswer, understood: Understood, back: Back) -> Turn:
    return Turn(
        question=refusal.question.words,
        answered=False,
        is_list=False,
        heading=why(refusal),
        speaker_href=None,
        short_answer=None,
        meant=None,
        gist=_gist(refusal),
        understood=understood,
        confidence=None,
        confidence_level=None,
        cards=tuple(
            card(citation, citation.sentence, back=back, around=in_paragraph(citation)) for citation in refusal.nearest
        ),
        groups=(),
        near=_NEAR[refusal.standing],
    )


_NEAR = {
    Standing.NOT_SURE: "What to read, the likeliest first",
    Standing.NOT_IN_ARCHIVE: "What comes nearest, though it is no answer",
}


def _gist(refusal: NoAnswer) -> str:
    """Say in a few words what does not answer: the archive, or only the part of it that was looked at."""
    question = refusal.question
    if refusal.standing is Standing.NOT_SURE or refusal.reason is NoAnswerReason.UNDISPUTED:
        return in_short(refusal)
    if refusal.reason is NoAnswerReason.OUTSIDE_DATES and question.dates_said:
        return "Not in these days"
    chosen = question.dates_said is None and question.scope.dated
    return "Not in the articles you chose" if chosen or question.scope.outlets else in_short(refusal)


def _count_statements(answer: Answer) -> str:
    """Count the statements, and name their speaker or count those too."""
    if claims := len({one.claim for one in answer.pairs}):
        if all(one.how is Contrary.FIGURE for one in answer.pairs):
            standing = [one for one in answer.citations if not one.outdated]
            return "Articles give different numbers" if len(standing) > 1 else "A number that was corrected"
        return "One claim is contradicted" if claims == 1 else f"{claims} claims are contradicted, the newest first"
    said = [citation.statement.speaker for citation in answer.citations if citation.statement]
    named = {speaker.name or speaker.mention for speaker in said if speaker}
    newer = "newer " if answer.question.point is Point.STILL else ""
    count = f"{len(answer.citations)} {newer}statement{'' if len(answer.citations) == 1 else 's'}"
    if not named:
        return count
    by = named.pop() if len(named) == 1 else f"{len(named)} speakers"
    return f"{count} by {by}{', the oldest first' if answer.kind is AnswerKind.COURSE else ''}"


def _count_passages(answer: Answer) -> str:
    """Count what answers, and say in which order it stands."""
    count = len(answer.citations)
    if answer.kind is AnswerKind.EXPLANATION:
        order = "the newest first" if answer.question.kind is QuestionKind.LATEST else "in their order"
        return "Told in one sentence" if count == 1 else f"Told in {count} sentences, {order}"
    if answer.kind is AnswerKind.PASSAGES:
        return "One article has these words" if count == 1 else f"{count} articles have these words, the best first"
    if answer.question.kind is QuestionKind.PERSON:
        return "As articles introduce them"
    return "Answered in one passage" if count == 1 else f"Answered in {count} passages, the likeliest first"

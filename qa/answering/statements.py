"""Somebody's statements become an :class:`Outcome`: a list of citations, or why there is none.

Promises: statements about the topic come before those that may be, then the newest come first. A course and a
comparison are in the order of the days of the words alone, a course with the oldest first; where it is too long its
newest part is kept. Within one article they stand in reading order; where a topic is asked for, the speaker's own words
come before a paraphrase. A statement repeated by several articles is one citation with "also in"; what copies of one
story have stands where the earliest copy does that was asked for. A topic on which the
speaker is not on record is a refusal, with what comes nearest to it. Beliefs and plans are listed only where the verb
that reports them is asked for ("what did she rule out?"). Days that a
question names, and all days of a course, are those of the words: of what an article says was said "in 2019" or "on
Thursday", then; of everything else, the article's day. Days that were chosen for anything else are the article's.

What it does not know: who is meant by a name; the caller hands over that speaker's statements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qa.answering.course import steps_of
from qa.answering.relevance import Relevance, by_words
from qa.answering.telling import when_told
from qa.citing import Find, cite, first_copies, fold_repeats, paragraph_around, sentences_around
from qa.questions import names_weekday, verbs_in
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Citation,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    QuestionKind,
    Span,
    Statement,
    StatementForm,
    StatementKind,
    Told,
)

__all__ = ["answer_from_statements", "find_of", "told_in", "weekdays_told"]

_PLAINLY = 0.9  # relevance from which a statement is plainly about the topic
_LIKELY = 0.7  # relevance from which it rather is than not
_ABOUT = 0.45  # relevance from which it is listed
_CUED = 0.2  # the same for what is reported with the very verb that is asked for
_PAIRED = 0.2  # the same for what is contradicted: the denial beside it tells the rest
_FORMS = (StatementForm.DIRECT, StatementForm.MIXED, StatementForm.INDIRECT)


def answer_from_statements(
    question: Question,
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    *,
    speaker_known: bool,
    voices: Mapping[str, str] | None = None,
    relevance: Relevance | None = None,
    max_citations: int = 100,
    nearest: int = 3,
) -> Outcome:
    """List the statements that the question asks for, or refuse.

    Args:
        question: what was asked; its dates, outlets and topic are applied here.
        statements: the speaker's, from any article and date; beliefs and plans among them are left out, but where the
            question asks for the very verb that reports them.
        articles: by id, at least those that the statements point into.
        speaker_known: whether the archive names the speaker anywhere, with or without a statement.
        voices: spelling of a name -> whose it is, for telling whether two articles report one statement.
        relevance: how topics are compared with statements, such as :func:`topic_relevance`; None compares words.
        max_citations: most citations of an answer.
        nearest: most statements on other topics shown with a refusal.
    """
    reported = [find_of(articles[one.article_id], one) for one in statements if one.content]
    said = [one for one in reported if one.statement and one.statement.kind is StatementKind.SPEECH]
    every = _cued(question.cue, reported) if question.cue else said
    if not every and not said:
        return _unsaid(question, speaker_known)
    if not every:
        near = sorted(said, key=_newest_printed_first)
        return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC, Missing(question.cue), _cited(near, nearest, voices))
    order = _ORDERS.get(question.kind, _newest_printed_first)
    permitted = [find for find in every if _permitted(question, find)]
    finds = sorted(first_copies(permitted, voices), key=order)
    if not finds:
        near = sorted(first_copies(every, voices), key=lambda find: _days_off(question, find))
        missing = Missing(question.dates_said)
        return NoAnswer(question, NoAnswerReason.OUTSIDE_DATES, missing, _cited(near, nearest, voices))
    if question.topic is None:
        return _listed(question, finds, max_citations, voices)
    scores = dict(zip(map(id, finds), (relevance or by_words)(question.topic, finds), strict=True))
    if question.cue:
        words = dict(zip(map(id, finds), by_words(question.topic, finds), strict=True))
        scores = {key: max(score, words[key]) for key, score in scores.items()}
    least = _PAIRED if question.kind is QuestionKind.CONTRARY else _CUED if question.cue else _ABOUT
    if related := [find for find in finds if scores[id(find)] >= least]:
        by_date = question.kind in (QuestionKind.COURSE, QuestionKind.COMPARISON)
        ranked = related if by_date else _ranked(related, scores)
        return _listed(question, ranked, max_citations, voices)
    others = sorted(finds, key=lambda find: -scores[id(find)])
    missing = Missing(question.topic)
    return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC, missing, _cited(others, nearest, voices))


def _unsaid(question: Question, speaker_known: bool) -> NoAnswer:
    """Refuse where there is no statement at all of whomever the question means."""
    if not question.speakers:
        return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC, Missing(question.topic))
    reason = NoAnswerReason.SPEAKER_SILENT if speaker_known else NoAnswerReason.SPEAKER_UNKNOWN
    return NoAnswer(question, reason, Missing(" and ".join(question.speakers)))


def _listed(question: Question, finds: Sequence[Find], at_most: int, voices: Mapping[str, str] | None) -> Answer:
    course = question.kind is QuestionKind.COURSE
    citations = _cited(finds, at_most, voices, keep_last=course)
    sure = [citation.statement.confidence for citation in citations if citation.statement]
    on_the_whole = sum(sure) / len(sure)  # a list is as sure as its attributions
    if course:
        steps = steps_of(citations, voices or {}, topic=question.topic or "")
        return Answer(question, AnswerKind.COURSE, citations, on_the_whole, steps=steps)
    return Answer(question, AnswerKind.STATEMENTS, citations, on_the_whole)


def _cited(
    finds: Sequence[Find], at_most: int, voices: Mapping[str, str] | None, *, keep_last: bool = False
) -> tuple[Citation, ...]:
    folded = fold_repeats(finds, voices)
    kept = folded[-at_most:] if keep_last else folded[:at_most]
    return tuple(cite(number, find) for number, find in enumerate(kept, start=1))


def _ranked(finds: Sequence[Find], scores: Mapping[int, float]) -> list[Find]:
    """What is plainly about the topic, then what likely is, then what may be; each part newest first.

    Of one day the article comes first that has most to say on it, and in an article the speaker's own words.
    """
    best: dict[str, float] = {}
    for find in finds:
        best[find.article.id] = max(best.get(find.article.id, 0.0), scores[id(find)])

    def place(find: Find) -> tuple[int, int, float, str, int, int]:
        assert find.statement is not None
        part = sum(scores[id(find)] < least for least in (_PLAINLY, _LIKELY))
        form = _FORMS.index(find.statement.form)
        return part, _newest_printed_first(find)[0], -best[find.article.id], find.article.id, form, find.span.start

    return sorted(finds, key=place)


def find_of(article: Article, statement: Statement) -> Find:
    """Cite from the first fragment to the last; the sentence also holds who said it and the cue."""
    content = _cover(statement.content)
    attributed = _cover((*statement.content, *statement.cue, *statement.source))
    return Find(
        article,
        content,
        sentences_around(article, attributed),
        paragraph_around(article, attributed),
        statement,
        told=told_in(article, statement),
    )


def told_in(article: Article, statement: Statement) -> Told | None:
    """When a statement was made, where the sentence that names its source and has its cue tells it."""
    telling = sentences_around(article, _cover((*statement.cue, *statement.source) or statement.content))
    return when_told(article, statement, telling)


def _cover(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _cued(verb: str, finds: Sequence[Find]) -> list[Find]:
    """Those that are reported with a verb, in whatever form."""
    wanted = verbs_in(verb)
    return [
        find
        for find in finds
        if find.statement and any(wanted & verbs_in(cue.of(find.article.text)) for cue in find.statement.cue)
    ]


def _permitted(question: Question, find: Find) -> bool:
    if not _in_days(question, find):
        return False
    outlets = {find.article.outlet, *(location.outlet for location in find.article.locations)}
    wanted = {outlet.casefold() for outlet in question.scope.outlets}  # as the catalog compares them
    return not wanted or not wanted.isdisjoint(outlet.casefold() for outlet in outlets if outlet)


def _in_days(question: Question, find: Find) -> bool:
    """Whether the day of the words is asked for; of a longer time that only overlaps, the article's day decides."""
    scope, told = question.scope, find.told
    of_words = question.dates_said is not None or question.kind is QuestionKind.COURSE
    if told is None or not of_words:
        return scope.holds(find.article.published)
    first, last = scope.published_after or date.min, scope.published_before or date.max
    within = first <= told.first and told.last <= last
    return within or (told.first <= last and first <= told.last and scope.holds(find.article.published))


def weekdays_told(question: Question, statements: Sequence[Statement], articles: Mapping[str, Article]) -> list[date]:
    """Days, newest first, on which statements were made by their articles' own "on Thursday" for a question's.

    A reader who asks for Thursday may have it from an article of whichever week. None for other times.
    """
    first, last = question.scope.published_after, question.scope.published_before
    if first is None or first != last or not names_weekday(question.dates_said or ""):
        return []
    told = (find_of(articles[one.article_id], one).told for one in statements if one.content)
    days = {one.first for one in told if one and one.first == one.last and one.first.weekday() == first.weekday()}
    return sorted(days - {first}, reverse=True)


def _days_off(question: Question, find: Find) -> tuple[int, str, int]:
    """How far an article is from the dates asked for; those without a date come last."""
    day = find.article.published
    if day is None:
        return date.max.toordinal(), find.article.id, find.span.start
    early = (question.scope.published_after or date.min) - day
    late = day - (question.scope.published_before or date.max)
    return max(early.days, late.days, 0), find.article.id, find.span.start


def _oldest_first(find: Find) -> tuple[int, int, str, int]:
    """In the order of the days of the words."""
    published = find.article.published or date.max
    day = find.told.first if find.told else published
    return day.toordinal(), published.toordinal(), find.article.id, find.span.start


def _newest_first(find: Find) -> tuple[int, int, str, int]:
    """The other way round."""
    published = find.article.published or date.min
    day = find.told.last if find.told else published
    return -day.toordinal(), -published.toordinal(), find.article.id, find.span.start


def _newest_printed_first(find: Find) -> tuple[int, str, int]:
    """In the order of the articles' days."""
    published = find.article.published or date.min
    return -published.toordinal(), find.article.id, find.span.start


_ORDERS: Mapping[QuestionKind, Callable[[Find], tuple[int, int, str, int]]] = {
    QuestionKind.COURSE: _oldest_first,
    QuestionKind.COMPARISON: _newest_first,
}

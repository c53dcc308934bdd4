"""An answer that was shown, and a point that is asked of it ("when was that?") -> an outcome that is another one.

When something was said is told by the words of the article that say it, who says it by the words that name them.
Promises: a question for the day is answered where the first of what was shown has one, since "that" is what stands
first; whatever the articles do not tell is a refusal that shows what was shown as what it is. What it does not know:
what the articles tell between their lines; a reader looks for that (:mod:`qa.assistant.resuming`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from qa.answering.quoting import naming
from qa.answering.statements import told_in
from qa.citing import Find, cite, fold_repeats
from qa.lazily import pattern
from qa.questions import several_things
from qa.text import fold
from qa.tokens import is_number, tokens_of
from qa.types import (
    Answer,
    AnswerKind,
    Candidate,
    Citation,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Point,
    Question,
    Span,
    Statement,
    Told,
)

__all__ = [
    "able_to_answer",
    "answer_since",
    "answer_with_days",
    "answer_with_sources",
    "is_of_a_thing",
    "newest_day",
    "nothing_newer",
    "untold",
]

_COUNTED = pattern(r"How\smany\b")
_AT_A_PLACE = pattern(
    r"\b(?:in|at|outside|inside|near|from|aus|bei|vor)\s(?:(?:the|an?|de[mnr]|eine[mr])\s)?$", re.IGNORECASE
)
# How long something has been so, in the words of an article: "since 1999", "for twelve years".
_LASTING = pattern(
    r"\b(?:since|seit)\s(?:(?!then\b|he\b|she\b|it\b)[^,.;:()“”\"]){2,60}?(?=\s(?:who|and|und|with|in)\b|[,.;:()“”\"]|$)"
    r"|\bfor\s(?:(?:more\sthan|over|nearly|almost|about|the\s(?:past|last))\s)?(?:an?|\d+|[a-z]+)\s(?:years?|months?|weeks?|days?|decades?)\b",
    re.IGNORECASE,
)
_REASON = pattern(
    r"\b(?:because|due\sto|owing\sto|in\sorder\sto|so\sthat|reasons?|in\s(?:response|reply|answer)\sto|weil|denn|wegen|aufgrund|damit)\b"
)


def answer_with_days(question: Question, shown: Answer, most: int) -> Outcome:
    """Cite the words by which the articles say when it was said; ``most`` is how many at most."""
    days = [(one, told) for one in shown.citations if (told := _told(one))]
    if not days or days[0][0] is not shown.citations[0]:
        return untold(question, shown.citations[:1])
    finds = [Find(one.article, told.words, one.sentence, one.passage, told=told) for one, told in days]
    return _answer(question, shown, finds, most)


def answer_since(question: Question, shown: Answer, most: int) -> Answer | None:
    """Cite the words by which what is shown says since when; None where the first of it does not.

    Of a statement that is what is said, of anything else its sentence.
    """
    lasting = [(one, match) for one in shown.citations if (match := _lasting(one))]
    if not lasting or lasting[0][0] is not shown.citations[0]:
        return None
    finds = [Find(one.article, Span(*match.span()), one.sentence, one.passage) for one, match in lasting]
    return _answer(question, shown, finds, most)


def answer_with_sources(
    question: Question, shown: Answer, statements: Mapping[str, Sequence[Statement]], most: int
) -> Outcome:
    """Cite how the articles name those who say what was shown; ``statements`` are theirs, by the article's id."""
    finds: dict[str, Find] = {}
    for one in shown.citations:
        for said in [one.statement] if one.statement else _saying(one, statements.get(one.article.id, ())):
            if said.source and said.speaker:
                finds.setdefault(said.speaker.name or said.speaker.mention, naming(one.article, said))
    return _answer(question, shown, list(finds.values()), most) if finds else untold(question, shown.citations[:most])


def newest_day(shown: Answer) -> date | None:
    """The day of the newest article that an answer has, among those that say the same; None where none has a day."""
    return _newest(shown.citations)


def nothing_newer(question: Question, shown: Answer, nearest: int) -> NoAnswer:
    """Say that nothing is newer than an answer, whose newest words stand beside it."""
    days = [one.article.published or date.min for one in shown.citations]
    newest = [one for one, day in zip(shown.citations, days, strict=True) if day == max(days)]
    return NoAnswer(question, NoAnswerReason.NOTHING_NEWER, nearest=_numbered(newest[:nearest]))


def untold(question: Question, nearest: Sequence[Citation], refusal: NoAnswer | None = None) -> NoAnswer:
    """Say that what was shown does not tell it; ``refusal`` is what a reader makes of its articles."""
    found = refusal.nearest if refusal else ()
    words = question.text.split(",")[0].split()
    missing = Missing(" ".join(words[:2] if question.point in (Point.NUMBER, Point.SINCE) else words[:1]).lower())
    return NoAnswer(
        question,
        NoAnswerReason.UNTOLD,
        missing,
        found or _numbered(nearest),
        likeliest=refusal.likeliest if refusal else 0.0,
        to_read=bool(refusal and refusal.to_read and found),
    )


def is_of_a_thing(question: Question) -> bool:
    """Whether it is said of what there are how many: "the jets", not "the budget"."""
    counted = _COUNTED.match(question.text) is not None
    return question.topic is not None and (not counted or several_things(question.topic) is not None)


def able_to_answer(question: Question, shown: Answer) -> Callable[[Candidate], bool]:
    """What can answer it, however sure a reader is: rather none than something else that stands near."""
    if question.point is Point.NUMBER:
        return _has_number
    if question.point is Point.SINCE:
        return _is_lasting
    if question.point is Point.PLACE:
        return partial(_is_place_of, shown.citations)
    said = shown.question.kind.of_statements
    return partial(_is_reason_beside if said else _is_new, shown.citations)


def _told(citation: Citation) -> Told | None:
    said = citation.statement
    return citation.told or (told_in(citation.article, said) if said else None)


def _saying(citation: Citation, statements: Iterable[Statement]) -> list[Statement]:
    """The statements in whose words the cited ones stand."""
    return [one for one in statements if any(part.contains(citation.span) for part in one.content)]


def _answer(question: Question, shown: Answer, finds: Sequence[Find], most: int) -> Answer:
    citations = tuple(cite(number, find) for number, find in enumerate(fold_repeats(finds)[:most], start=1))
    return Answer(question, AnswerKind.SPAN, citations, shown.confidence)


def _newest(citations: Iterable[Citation]) -> date | None:
    articles = (article for one in citations for article in (one.article, *one.also_in))
    return max((article.published for article in articles if article.published), default=None)


def _numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(one, number=number) for number, one in enumerate(citations, start=1))


def _has_number(one: Candidate) -> bool:
    return any(is_number(token.key) for token in tokens_of(_words(one, one.span)))


def _lasting(shown: Citation) -> re.Match[str] | None:
    parts = shown.statement.content if shown.statement else (shown.sentence,)
    found = (_LASTING.search(shown.article.text, part.start, part.end) for part in parts)
    return next(filter(None, found), None)


def _is_lasting(one: Candidate) -> bool:
    """Whether it stands in words for how long something has been so."""
    sentence = _words(one, one.sentence)
    return any(_words(one, one.span) in match[0] for match in _LASTING.finditer(sentence))


def _is_place_of(shown: Sequence[Citation], one: Candidate) -> bool:
    """Whether it stands as a place does in a sentence that was shown, and not in the words that are said in it."""
    passage = one.hit.passage
    before = passage.text[: one.span.start - passage.span.start]
    said = [each for each in shown if each.article.id == passage.article_id and each.sentence.contains(one.span)]
    within = any(part.overlaps(one.span) for each in said if each.statement for part in each.statement.content)
    return bool(said) and not within and _AT_A_PLACE.search(before) is not None


def _is_reason_beside(shown: Sequence[Citation], one: Candidate) -> bool:
    """Whether its sentence says that it tells a reason, and has nothing that was shown."""
    return _is_new(shown, one) and _REASON.search(fold(_words(one, one.sentence))) is not None


def _is_new(shown: Sequence[Citation], one: Candidate) -> bool:
    """Whether its sentence has nothing that was shown."""
    sentence, article = fold(_words(one, one.sentence)), one.hit.passage.article_id
    return not any(
        fold(each.exact) in sentence or (each.article.id == article and each.sentence.overlaps(one.sentence))
        for each in shown
    )


def _words(one: Candidate, span: Span) -> str:
    return span.shifted(-one.hit.passage.span.start).of(one.hit.passage.text)

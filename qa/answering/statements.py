"""Somebody's statements become an :class:`Outcome`: a list of citations, or why there is none.

Promises: statements about the topic come before those that may be, then the newest come first, and within one article
they stand in reading order. A statement repeated by several articles is one citation with "also in". A topic on which
the speaker is not on record is a refusal, with what the speaker did say as ``nearest``.

What it does not know: who is meant by a name; the caller hands over that speaker's statements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from qa.answering.citing import Find, cite, fold_repeats, paragraph_around, sentences_around
from qa.protocols import Encoder
from qa.text import fold, word_spans
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Citation,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    Span,
    Statement,
    StatementForm,
    StatementKind,
)

__all__ = ["Relevance", "answer_from_statements", "topic_relevance"]

Relevance = Callable[[str, Sequence[Find]], Sequence[float]]
"""Topic and finds -> how far each is about the topic, between 0 and 1."""

_ABOUT = 0.45  # relevance from which a statement is about the topic
_UNRELATED = 0.3  # relevance below which it is not
_AROUND = 0.8  # what is said in a paragraph about the topic is less surely about it than a sentence that names it
_FORMS = (StatementForm.DIRECT, StatementForm.MIXED, StatementForm.INDIRECT)


def answer_from_statements(
    question: Question,
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    *,
    speaker_known: bool,
    relevance: Relevance | None = None,
    max_citations: int = 100,
    nearest: int = 3,
) -> Outcome:
    """List the statements that the question asks for, or refuse.

    Args:
        question: what was asked; its dates, outlets and topic are applied here.
        statements: the speaker's, from any article and date; beliefs and plans among them are left out.
        articles: by id, at least those that the statements point into.
        speaker_known: whether the archive names the speaker anywhere, with or without a statement.
        relevance: how topics are compared with statements, such as :func:`topic_relevance`; None compares words.
        max_citations: most citations of an answer.
        nearest: most statements on other topics shown with a refusal.
    """
    said = [one for one in statements if one.content and one.kind is StatementKind.SPEECH]
    if not said:
        reason = NoAnswerReason.SPEAKER_SILENT if speaker_known else NoAnswerReason.SPEAKER_UNKNOWN
        return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC if question.speaker is None else reason)
    permitted = [one for one in said if _permitted(question, articles[one.article_id])]
    if not permitted:
        return NoAnswer(question, NoAnswerReason.OUTSIDE_DATES)
    finds = sorted((_find(articles[one.article_id], one) for one in permitted), key=_newest_first)
    if question.topic is None:
        return _listed(question, finds, max_citations)
    scores = dict(zip(map(id, finds), (relevance or _by_words)(question.topic, finds), strict=True))
    about = _ranked([find for find in finds if scores[id(find)] >= _ABOUT], scores)
    perhaps = _ranked([find for find in finds if _UNRELATED <= scores[id(find)] < _ABOUT], scores)
    if about or perhaps:
        return _listed(question, about + perhaps, max_citations)
    others = sorted(finds, key=lambda find: -scores[id(find)])
    return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC, _cited(others, nearest))


def topic_relevance(encoder: Encoder) -> Relevance:
    """Compare by meaning and by words, whichever sees more, with the sentence and with its paragraph."""

    def relevance(topic: str, finds: Sequence[Find]) -> Sequence[float]:
        texts = list(dict.fromkeys(text for find in finds for text in _texts(find)))
        vectors = encoder.encode([topic, *texts])
        similar = dict(zip(texts, np.clip(vectors[1:] @ vectors[0], 0, 1).tolist(), strict=True))
        sentences, paragraphs = zip(*map(_texts, finds), strict=True)
        by_meaning = [
            max(similar[near], _AROUND * similar[far]) for near, far in zip(sentences, paragraphs, strict=True)
        ]
        return [max(pair) for pair in zip(by_meaning, _by_words(topic, finds), strict=True)]

    return relevance


def _texts(find: Find) -> tuple[str, str]:
    return find.sentence.of(find.article.text), find.passage.of(find.article.text)


def _listed(question: Question, finds: Sequence[Find], max_citations: int) -> Answer:
    citations = _cited(finds, max_citations)
    sure = [citation.statement.confidence for citation in citations if citation.statement]
    # A list is as sure as its attributions are on the whole.
    return Answer(question, AnswerKind.STATEMENTS, citations, sum(sure) / len(sure))


def _cited(finds: Sequence[Find], at_most: int) -> tuple[Citation, ...]:
    return tuple(cite(number, find) for number, find in enumerate(fold_repeats(finds)[:at_most], start=1))


def _ranked(finds: Sequence[Find], scores: Mapping[int, float]) -> list[Find]:
    """Newest first; of one day, the article that has most to say on it; in it, the speaker's own words first."""
    best: dict[str, float] = {}
    for find in finds:
        best[find.article.id] = max(best.get(find.article.id, 0.0), scores[id(find)])

    def place(find: Find) -> tuple[int, float, str, int, int]:
        assert find.statement is not None
        form = _FORMS.index(find.statement.form)
        return _newest_first(find)[0], -best[find.article.id], find.article.id, form, find.span.start

    return sorted(finds, key=place)


def _find(article: Article, statement: Statement) -> Find:
    """Cite from the first fragment to the last; the sentence also holds who said it and the cue."""
    content = _cover(statement.content)
    attributed = _cover((*statement.content, *statement.cue, *statement.source))
    return Find(
        article,
        content,
        sentences_around(article, attributed),
        paragraph_around(article, attributed),
        statement,
    )


def _cover(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _permitted(question: Question, article: Article) -> bool:
    published = article.published
    if question.published_after and (published is None or published < question.published_after):
        return False
    if question.published_before and (published is None or published > question.published_before):
        return False
    outlets = {article.outlet, *(location.outlet for location in article.locations)}
    wanted = {outlet.casefold() for outlet in question.outlets}  # as the catalog compares them
    return not wanted or not wanted.isdisjoint(outlet.casefold() for outlet in outlets if outlet)


def _newest_first(find: Find) -> tuple[int, str, int]:
    published = find.article.published or date.min
    return -published.toordinal(), find.article.id, find.span.start


def _by_words(topic: str, finds: Sequence[Find]) -> list[float]:
    """The share of the topic's words of four letters or more (of all where there are none) that each has around it."""
    every = _stems(topic)
    wanted = {word for word in every if len(word) > 3} or every

    def share(text: str) -> float:
        return len(wanted & _stems(text)) / max(1, len(wanted))

    return [max(share(near), _AROUND * share(far)) for near, far in map(_texts, finds)]


def _stems(text: str) -> set[str]:
    """Words without case, possessive and plural."""
    return {fold(span.of(text)).removesuffix("'s").removesuffix("s") for span in word_spans(text)}

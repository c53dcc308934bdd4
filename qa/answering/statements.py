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
from qa.types import Answer, AnswerKind, Article, NoAnswer, NoAnswerReason, Outcome, Question, Span, Statement

__all__ = ["Relevance", "answer_from_statements", "topic_relevance"]

Relevance = Callable[[str, Sequence[str]], Sequence[float]]
"""Topic and texts -> how far each text is about the topic, between 0 and 1."""

_ABOUT = 0.45  # relevance from which a statement is about the topic
_UNRELATED = 0.25  # relevance below which it is not
# Share of listed statements that are by that speaker, for rules on news that they were not made on. A list is as sure
# as its attribution.
_ATTRIBUTED = 0.8


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
        statements: the speaker's, from any article and date.
        articles: by id, at least those that the statements point into.
        speaker_known: whether the archive names the speaker anywhere, with or without a statement.
        relevance: how topics are compared with statements, such as :func:`topic_relevance`; None compares words.
        max_citations: most citations of an answer.
        nearest: most statements on other topics shown with a refusal.
    """
    finds = [_find(articles[statement.article_id], statement) for statement in statements if statement.content]
    if not finds:
        reason = NoAnswerReason.SPEAKER_SILENT if speaker_known else NoAnswerReason.SPEAKER_UNKNOWN
        return NoAnswer(question, reason)
    permitted = sorted((find for find in finds if _permitted(question, find.article)), key=_newest_first)
    if not permitted:
        return NoAnswer(question, NoAnswerReason.OUTSIDE_DATES)
    listed = _on_topic(question.topic, permitted, relevance or _shared_words)
    if not listed:
        others = fold_repeats(permitted)[:nearest]
        return NoAnswer(question, NoAnswerReason.SPEAKER_SILENT, tuple(cite(n, f) for n, f in enumerate(others, 1)))
    folded = fold_repeats(listed)[:max_citations]
    citations = tuple(cite(number, find) for number, find in enumerate(folded, start=1))
    return Answer(question, AnswerKind.STATEMENTS, citations, _ATTRIBUTED)


def topic_relevance(encoder: Encoder) -> Relevance:
    """Compare by meaning and by words, whichever sees more."""

    def relevance(topic: str, texts: Sequence[str]) -> Sequence[float]:
        vectors = encoder.encode([topic, *texts])
        similar = np.clip(vectors[1:] @ vectors[0], 0, 1)
        return [max(float(cosine), shared) for cosine, shared in zip(similar, _shared_words(topic, texts), strict=True)]

    return relevance


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


def _on_topic(topic: str | None, finds: list[Find], relevance: Relevance) -> list[Find]:
    """Leave out what is unrelated to the topic; put what is surely about it first, each part in the order given."""
    if topic is None:
        return finds
    scores = relevance(topic, [find.sentence.of(find.article.text) for find in finds])
    about = [find for find, score in zip(finds, scores, strict=True) if score >= _ABOUT]
    perhaps = [find for find, score in zip(finds, scores, strict=True) if _UNRELATED <= score < _ABOUT]
    return about + perhaps


def _shared_words(topic: str, texts: Sequence[str]) -> list[float]:
    """The share of the topic's words of four letters or more (of all where there are none) that each text has."""
    every = _stems(topic)
    wanted = {word for word in every if len(word) > 3} or every
    return [len(wanted & _stems(text)) / max(1, len(wanted)) for text in texts]


def _stems(text: str) -> set[str]:
    """Words without case, possessive and plural."""
    return {fold(span.of(text)).removesuffix("'s").removesuffix("s") for span in word_spans(text)}

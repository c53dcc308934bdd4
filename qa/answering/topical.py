"""A topic and statements -> how likely each statement is about the topic, between 0 and 1.

Seen are the topic's words (:mod:`qa.answering.traces`) in what is said, in its sentence, in the paragraph
before and in the whole article; and the meaning of the passage and of the sentence with its headline and what leads up
to it, which tells what "it" and "they" are, and that "humanitarian assistance" is aid. How much each counts was fitted
on lists that were counted by hand (``python -m qa.evaluation.topic_weights``). Promise: long lists cost no more than
short ones, since only the least certain statements are compared by their own meaning.

What it does not know: who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from math import exp

from qa.answering.relevance import Closeness, Relevance
from qa.answering.traces import Trace, Traces
from qa.citing import Find
from qa.protocols import Encoder
from qa.types import Article, Span

__all__ = ["Signs", "in_context", "signs_of", "topic_relevance"]

Pair = tuple[float, float]

_COMPARED = 32  # finds that are compared by their own meaning
_PLAIN = 4.0  # log odds beyond which a find is certain without
_EVEN = 0.02  # a spread of cosines that tells nothing
_SHORT = 20  # paragraphs without the topic that every article is taken to have more: two of five tell little
_BEFORE = 200  # code points of its paragraph before a sentence that tell what the sentence is about


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a statement being about a topic, each between 0 and 1 but for the cosines.

    Args:
        said: share of the topic in what is said.
        sentence: in the sentence or sentences around it.
        before: in the paragraph before its own.
        article: on average in the paragraphs of its article.
        paragraph: in the article's paragraph that has most.
        passage: cosine of the topic with the passage, as the index has it.
        ahead: how far that stands out from the passages of the others, in fifths of a standard deviation.
        context: cosine with the sentence, its headline and what leads up to it.
    """

    said: float
    sentence: float
    before: float
    article: float
    paragraph: float
    passage: float
    ahead: float
    context: float = 0.0


# Intercept and weights, as `python -m qa.evaluation.topic_weights` fits them (docs/results/topics-2026-11-27.md).
_WITH_CONTEXT = (-8.64, Signs(2.25, 2.93, 1.40, article=17.10, paragraph=2.75, passage=1.48, ahead=6.92, context=6.28))
_WITHOUT = (-8.22, Signs(2.27, 3.58, 1.45, article=19.39, paragraph=2.47, passage=6.79, ahead=5.71))


def topic_relevance(encoder: Encoder, closeness: Closeness | None = None) -> Relevance:
    """Weigh words and meaning; ``closeness`` is how near the passages are, by the index.

    Without it nothing is known of the passages, and a statement's context stands for its passage.
    """

    def relevance(topic: str, finds: Sequence[Find]) -> Sequence[float]:
        near = closeness(topic, finds) if closeness else None
        signs = signs_of(topic, finds, near or [0.0] * len(finds))
        odds = [_log_odds(one, _WITHOUT) for one in signs]
        chosen = sorted(range(len(finds)), key=lambda at: abs(odds[at]))
        chosen = [at for at in chosen[:_COMPARED] if abs(odds[at]) < _PLAIN or near is None]
        context = _similarities(encoder, topic, [in_context(finds[at]) for at in chosen])
        for at, cosine in zip(chosen, context, strict=True):
            passage = signs[at].passage if near is not None else cosine
            odds[at] = _log_odds(replace(signs[at], passage=passage, context=cosine), _WITH_CONTEXT)
        return [1 / (1 + exp(-one)) for one in odds]

    return relevance


def signs_of(topic: str, finds: Sequence[Find], near: Sequence[float]) -> list[Signs]:
    """See what speaks for each find, but for its context."""
    traces = Traces(topic)
    found = {find.article.id: traces.of(find.article.text) for find in finds}
    traces.weigh([(found[find.article.id], find.sentence) for find in finds])
    articles = {find.article.id: _in_article(traces, found[find.article.id], find.article) for find in finds}
    return [
        _signs(traces, found[find.article.id], find, articles[find.article.id], passage)
        for find, passage in zip(finds, zip(near, _ahead(near), strict=True), strict=True)
    ]


def _signs(
    traces: Traces, trace: Trace, find: Find, article: tuple[float, float], passage: tuple[float, float]
) -> Signs:
    content = find.statement.content if find.statement else (find.span,)
    before = _paragraph_before(find.article, find.passage)
    return Signs(
        said=max(traces.share(trace, part) for part in content),
        sentence=traces.share(trace, find.sentence),
        before=traces.share(trace, before) if before else 0.0,
        article=article[0],
        paragraph=article[1],
        passage=passage[0],
        ahead=passage[1],
    )


def _ahead(near: Sequence[float]) -> list[float]:
    """How far each number stands out among all."""
    import numpy as np

    values = np.array(near)
    ahead: list[float] = ((values - values.mean()) / (values.std() + _EVEN) / 5).tolist() if near else []
    return ahead


def _in_article(traces: Traces, trace: Trace, article: Article) -> Pair:
    """The share of the topic in an article's paragraphs: on average, and in the one that has most."""
    shares = [traces.share(trace, paragraph.span) for paragraph in article.paragraphs] if trace.starts else []
    return (sum(shares) / (len(shares) + _SHORT), max(shares)) if shares else (0.0, 0.0)


def _paragraph_before(article: Article, passage: Span) -> Span | None:
    return next((one.span for one in reversed(article.paragraphs) if one.span.end <= passage.start), None)


def in_context(find: Find) -> str:
    """The sentence behind its headline and what its paragraph has before it."""
    before = find.article.text[max(find.passage.start, find.sentence.start - _BEFORE) : find.sentence.start].strip()
    headline = find.article.title.rstrip(". ") + ". " if find.article.title else ""
    return f"{headline}{before} {find.sentence.of(find.article.text)}"


def _similarities(encoder: Encoder, topic: str, texts: Sequence[str]) -> list[float]:
    if not texts:
        return []
    vectors = encoder.encode([topic, *texts])
    similar: list[float] = (vectors[1:] @ vectors[0]).tolist()
    return similar


def _log_odds(signs: Signs, model: tuple[float, Signs]) -> float:
    intercept, weights = model
    total: float = sum(sign * weight for sign, weight in zip(astuple(signs), astuple(weights), strict=True))
    return intercept + total

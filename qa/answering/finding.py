"""Passages that hold all words of a search -> an answer that cites one whole sentence of each article.

Promises: of an article whose headline has all of the words it is the one that tells its news, else the sentence of its
passage that has most of them; what says the same is one citation. What it does not know: how passages were found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answering.explaining import key_sentence
from qa.citing import Find, cite, fold_repeats
from qa.questions import Asked
from qa.text import sentence_spans
from qa.types import Answer, AnswerKind, Article, Hit, NoAnswer, NoAnswerReason, Outcome, Question, Span

__all__ = ["answer_from_search"]

_ALL = 1.0  # each passage has all of the words: nothing is guessed


def answer_from_search(question: Question, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Outcome:
    """Cite a sentence of each hit, in their order; ``articles`` are those of the hits, damaged ones aside."""
    wanted = frozenset(Asked.of(question.text).content)
    finds = [_find(articles[hit.passage.article_id], hit, wanted) for hit in hits if hit.passage.article_id in articles]
    if not finds:
        everywhere = question.scope.unbounded
        return NoAnswer(question, NoAnswerReason.NOTHING_FOUND if everywhere else NoAnswerReason.OUTSIDE_DATES)
    citations = tuple(
        cite(number, find) for number, find in enumerate(fold_repeats(finds, whole_stories=True), start=1)
    )
    return Answer(question, AnswerKind.PASSAGES, citations, _ALL)


def _find(article: Article, hit: Hit, wanted: frozenset[str]) -> Find:
    if wanted.issubset(Asked.of(article.title).content) and (key := key_sentence(article, wanted)):
        return key
    passage = hit.passage
    sentences = [span.shifted(passage.span.start) for span in sentence_spans(passage.text)] or [passage.span]
    best = max(sentences, key=lambda span: (_shared(span, article, wanted), -span.start))
    return Find(article, best, best, passage.span)


def _shared(sentence: Span, article: Article, wanted: frozenset[str]) -> int:
    return len(wanted.intersection(Asked.of(sentence.of(article.text)).content))

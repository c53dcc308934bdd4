"""A topic and statements -> how far each statement is about the topic, between 0 and 1.

Three circles are compared, by meaning and by words, whichever sees more: what is said, the sentence that reports it,
and the sentences beside that one in its paragraph. The farther out, the less it counts; half of the topic's words are
less than half of the topic. Promise: what has the topic's words in itself is as relevant as can be; long lists cost no
more than short ones, since only the likeliest are compared by meaning. How well that does, and what does not help:
``python -m qa.evaluation.topics``, filed under ``docs/results``.

What it does not know: who speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import lru_cache

import numpy as np

from qa.citing import Find
from qa.protocols import Encoder
from qa.text import fold, sentence_spans, word_spans
from qa.types import Span

__all__ = ["Closeness", "Relevance", "by_words", "topic_relevance"]

Relevance = Callable[[str, Sequence[Find]], Sequence[float]]
"""Topic and finds -> how far each is about the topic, between 0 and 1."""

Closeness = Callable[[str, Sequence[Find]], Sequence[float]]
"""Topic and finds -> the cosine of each one's passage, as the index has it; 0 for those that are far away."""

_EMPTY_WORDS = """
a about all an and any are as at be been being but by can could did do doe for from had has have he her him his how if
in into is it its may more most no not of on or our out over she should so some such than that the their them then there
these they this those to up upon was we were what when where which who why will with would you your
am an auf aus bei das dem den der des die ein eine einen einer für im in ist mit nach oder und vom von zu zum zur über
"""
_EMPTY = frozenset(fold(_EMPTY_WORDS).split())
_WORDS, _SENTENCE, _BESIDE = 1.0, 0.85, 0.7  # what each circle counts
_WHOLE = 1.4  # exponent of the share of words: "accounts" is not half of "spam accounts"
_BEGINNING, _ALIKE = 6, 0.6  # letters from which two words begin alike, and what that counts
_TELLING = 5  # words from which what is said tells its topic by itself
_COMPARED = 32  # finds that are compared by meaning


def topic_relevance(encoder: Encoder, closeness: Closeness | None = None) -> Relevance:
    """Compare by meaning and by words; ``closeness`` says which of many finds are worth comparing by meaning."""

    def relevance(topic: str, finds: Sequence[Find]) -> Sequence[float]:
        scores = by_words(topic, finds)
        near = closeness(topic, finds) if closeness and len(finds) > _COMPARED else [0.0] * len(finds)
        scores = [max(score, _BESIDE * cosine) for score, cosine in zip(scores, near, strict=True)]
        chosen = sorted(range(len(finds)), key=lambda at: -scores[at] - near[at])[:_COMPARED]
        circles = [_telling(finds[at]) for at in chosen]
        similar = _similarities(encoder, topic, [text for texts in circles for _, text in texts])
        for at, texts in zip(chosen, circles, strict=True):
            scores[at] = max(scores[at], *(weight * similar[text] for weight, text in texts))
        return scores

    return relevance


def by_words(topic: str, finds: Sequence[Find]) -> list[float]:
    """The share of the topic's words, those that every text has aside, that each find has around it.

    A word that only begins alike ("immigrants" for "immigration") counts for a part; a part of the words for less.
    """
    every = [fold(span.of(topic)) for span in word_spans(topic)]
    wanted = frozenset(_stem(word) for word in ([one for one in every if one not in _EMPTY] or every))
    return [max(weight * _share(wanted, text) ** _WHOLE for weight, text in _circles(find)) for find in finds]


def _share(wanted: Set[str], text: str) -> float:
    if not wanted:
        return 0.0
    words = _stems(text)
    beginnings = {word[:_BEGINNING] for word in wanted - words if len(word) >= _BEGINNING}
    alike = len(beginnings & {word[:_BEGINNING] for word in words}) if beginnings else 0
    return (len(wanted & words) + _ALIKE * alike) / len(wanted)


def _telling(find: Find) -> list[tuple[float, str]]:
    """The circles whose meaning is worth comparing: "the patient" by itself is near to anything on health.

    Neighbouring sentences are compared by words alone: their meaning is seldom nearer than that of the sentence itself.
    """
    said, sentence, _ = _circles(find)
    return [sentence] if len(said[1].split()) < _TELLING else [said, sentence]


def _similarities(encoder: Encoder, topic: str, texts: Sequence[str]) -> dict[str, float]:
    unique = list(dict.fromkeys(texts))
    vectors = encoder.encode([topic, *unique])
    return dict(zip(unique, np.clip(vectors[1:] @ vectors[0], 0, 1).tolist(), strict=True))


def _circles(find: Find) -> list[tuple[float, str]]:
    """What is said, its sentence, and that with its neighbours, each with what it counts."""
    text = find.article.text
    content = find.statement.content if find.statement else (find.span,)
    said = " ".join(fragment.of(text) for fragment in content)
    beside = _with_neighbours(find.passage.of(text), find.sentence.shifted(-find.passage.start))
    return [(_WORDS, said), (_SENTENCE, find.sentence.of(text)), (_BESIDE, beside)]


def _with_neighbours(paragraph: str, sentence: Span) -> str:
    """The sentence with the one before and the one after it."""
    spans = _sentences(paragraph)
    before = max((span.start for span in spans if span.end <= sentence.start), default=sentence.start)
    after = min((span.end for span in spans if span.start >= sentence.end), default=sentence.end)
    return paragraph[before:after]


@lru_cache(maxsize=5_000)
def _sentences(paragraph: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(paragraph))


@lru_cache(maxsize=20_000)  # statements share sentences and paragraphs, and people ask about one speaker repeatedly
def _stems(text: str) -> frozenset[str]:
    """Words without case, possessive and plural."""
    return frozenset(_stem(fold(span.of(text))) for span in word_spans(text))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word.removesuffix("s")

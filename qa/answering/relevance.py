"""A topic and statements -> which share of the topic's words each statement has around it, between 0 and 1.

Three circles are compared: what is said, the sentence that reports it, and the sentences beside that one in its
paragraph. The farther out, the less it counts; half of the topic's words are less than half of the topic. Promise: what
has the topic's words in itself is as relevant as can be.

What it does not know: who speaks, and other words for the same thing (:mod:`qa.answering.topical` knows some).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import lru_cache

from qa.citing import Find
from qa.text import fold, sentence_spans, word_spans
from qa.types import Span

__all__ = ["Closeness", "Relevance", "by_words", "stem", "telling_words"]

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


def by_words(topic: str, finds: Sequence[Find]) -> list[float]:
    """The share of the topic's words, those that every text has aside, that each find has around it.

    A word that only begins alike ("immigrants" for "immigration") counts for a part; a part of the words for less.
    """
    wanted = frozenset(map(stem, telling_words(topic)))
    return [max(weight * _share(wanted, text) ** _WHOLE for weight, text in _circles(find)) for find in finds]


def telling_words(topic: str) -> list[str]:
    """The words of a topic that not every text has, folded; all of them where it has no other."""
    every = [fold(span.of(topic)) for span in word_spans(topic)]
    return [one for one in every if one not in _EMPTY] or every


def _share(wanted: Set[str], text: str) -> float:
    if not wanted:
        return 0.0
    words = _stems(text)
    beginnings = {word[:_BEGINNING] for word in wanted - words if len(word) >= _BEGINNING}
    alike = len(beginnings & {word[:_BEGINNING] for word in words}) if beginnings else 0
    return (len(wanted & words) + _ALIKE * alike) / len(wanted)


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
    return frozenset(stem(fold(span.of(text))) for span in word_spans(text))


def stem(word: str) -> str:
    """A folded word without possessive and plural."""
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word.removesuffix("s")

"""A question and the sentences of the passages read: which words they share, and whether a sentence could answer.

Promises: pure and deterministic; the letter case of the question makes no difference. Words are
weighed by how few of the sentences read have them, so that no statistics of the archive are needed.

What it does not know: meaning. Cosines come from the caller.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.lazily import pattern
from qa.questions.content import STOP_WORDS, AnswerType, Asked, stem
from qa.text import fold, word_spans
from qa.text.vocabulary import MONTHS, ONES, TENS, WEEKDAYS

__all__ = ["Weights", "has_type", "stems", "weigh"]

_CALENDAR = "|".join(name.capitalize() for name in (*MONTHS, *WEEKDAYS))
_DATE = pattern(rf"\b(?:1\d\d\d|20\d\d|{_CALENDAR}|yesterday|today|tomorrow|century|\d0s)\b")
_NUMBER = pattern(
    rf"\d|\b(?:{'|'.join((*ONES[:12], *TENS[:4]))}|hundreds?|"
    r"thousands?|millions?|billions?|dozens?|half|third|quarter|twice|once|several)\b",
    re.IGNORECASE,
)
_PLACE = pattern(r"\b(?:in|at|near|from|to|of|outside|across)\s(?:the\s)?[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Weights:
    """Content words of the question -> weight."""

    by_word: dict[str, float]

    def share(self, stems: frozenset[str]) -> float:
        """How much of the question's weight these words carry, between 0 and 1."""
        return sum(weight for word, weight in self.by_word.items() if word in stems) / (sum(self.by_word.values()) or 1)


def weigh(asked: Asked, sentences: Sequence[frozenset[str]]) -> Weights:
    """Weigh the content words of a question by how few of these sentences have them."""
    having = Counter(word for sentence in sentences for word in asked.content if word in sentence)
    return Weights({word: math.log(1 + (len(sentences) + 1) / (having[word] + 0.5)) for word in asked.content})


def stems(text: str) -> frozenset[str]:
    """The stems of the words of ``text``."""
    return frozenset(stem(span.of(text)) for span in word_spans(text))


def has_type(expected: AnswerType, sentence: str, asked: Asked) -> bool:
    """Whether the sentence holds an expression of the expected type that the question does not hold itself."""
    match expected:
        case AnswerType.DATE:
            return bool(_DATE.search(sentence))
        case AnswerType.NUMBER:
            return bool(_NUMBER.search(sentence))
        case AnswerType.PLACE:
            return bool(_PLACE.search(sentence))
        case AnswerType.PERSON:
            return any(
                word[0].isupper() and stem(word) not in asked.content and fold(word) not in STOP_WORDS
                for word in (span.of(sentence) for span in word_spans(sentence)[1:])
            )

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
from enum import Enum
from functools import lru_cache

from qa.text import fold, word_spans

__all__ = ["AnswerType", "Asked", "Weights", "has_type", "stem", "stems"]

_STOP_WORDS = """
a about also an and any are as at be been being but by called can could das der did do does for from had has
have he her here hers him his how i if in into is ist it its kind many may me might more most much must my name
no not of on or our s said say says she should so some such t tell than that the their them then there these
they this those to told type und wann war was we wer were what when where which while who whom whose why wie
will with wo would you your
"""
_STOP = frozenset(_STOP_WORDS.split())


class AnswerType(Enum):
    """What kind of expression would answer."""

    PERSON = re.compile(r"\b(?:who|whom|whose|wer|wen|wem)\b|\bwhich (?:person|man|woman|politician|player|actor)\b")
    DATE = re.compile(r"\bwhen\b|\bwann\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b")
    NUMBER = re.compile(
        r"\bhow (?:many|much|old|long|far|tall|big|large|high|often|fast)\b|\bwie ?viele?\b"
        r"|\bwhat (?:percentage|percent|number|amount|proportion|age|price|share|score)\b"
    )
    PLACE = re.compile(
        r"\bwhere\b|\bwo\b|\b(?:what|which|in what|in which) (?:city|country|state|town|place|county|region)\b"
    )


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:1\d\d\d|20\d\d|{_MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|century|\d0s)\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|"
    r"thousands?|millions?|billions?|dozens?|half|third|quarter|twice|once|several)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|of|outside|across)\s(?:the\s)?[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart: the stems of its content words, and what would answer."""

    content: tuple[str, ...]
    expects: AnswerType | None

    @classmethod
    def of(cls, question: str) -> Asked:
        """Take ``question`` apart."""
        words = [span.of(question) for span in word_spans(question)]
        content = tuple(dict.fromkeys(stem(word) for word in words if fold(word) not in _STOP))
        folded = fold(question)
        expects = next((kind for kind in AnswerType if kind.value.search(folded)), None)
        return cls(content or tuple(stem(word) for word in words), expects)

    def weights(self, sentences: Sequence[frozenset[str]]) -> Weights:
        """Weigh the content words by how few of these sentences have them."""
        having = Counter(word for sentence in sentences for word in self.content if word in sentence)
        return Weights({word: math.log(1 + (len(sentences) + 1) / (having[word] + 0.5)) for word in self.content})


@dataclass(frozen=True, slots=True)
class Weights:
    """Content words of the question -> weight."""

    by_word: dict[str, float]

    def share(self, stems: frozenset[str]) -> float:
        """How much of the question's weight these words carry, between 0 and 1."""
        return sum(weight for word, weight in self.by_word.items() if word in stems) / (sum(self.by_word.values()) or 1)


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Level case, possessive, plural and most endings: the first six letters say enough for counting common words."""
    folded = fold(word).removesuffix("'s")
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        folded = folded[:-1]
    return folded if folded[:1].isdigit() else folded[:6]


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
                word[0].isupper() and stem(word) not in asked.content and fold(word) not in _STOP
                for word in (span.of(sentence) for span in word_spans(sentence)[1:])
            )

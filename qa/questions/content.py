"""A question's words -> what it is about, what kind of expression would answer it, whether it asks for the present.

Promises: pure and deterministic; the letter case of the question makes no difference. What it does not know: meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from qa.lazily import pattern
from qa.text import fold, word_spans
from qa.types import Question, QuestionKind

__all__ = [
    "STOP_WORDS",
    "AnswerType",
    "Asked",
    "asks_for_several",
    "asks_for_the_present",
    "figure_asked",
    "several_things",
    "stem",
]

_WORDS_OF_QUESTIONS = """
a about also an and any are as at be been being but by called can could das der did do does for from had has
have he her here hers him his how i if in into is ist it its kind many may me might more most much must my name
no not of on or our s said say says she should so some such t tell than that the their them then there these
they this those to told type und wann war was we wer were what when where which while who whom whose why wie
will with wo would you your
"""
STOP_WORDS = frozenset(_WORDS_OF_QUESTIONS.split())
_PRESENT = pattern(
    r"^\W*(?:who|what|where)(?:['’]s|\s(?:is|are))\b|\b(?:current|currently|now|nowadays|today|latest|newest|at present"
    r"|incumbent|still|wer ist|derzeit|aktuell\w*|immer noch)\b",
    re.IGNORECASE,
)

_NUMBER_OF = pattern(
    r"(?:the\s)?(?:same\s)?(?:numbers?|counts?|totals?|figures?|amounts?|tolls?)\s(?:of|for)\s(?:the\s)?", re.IGNORECASE
)


_ARTICLE = pattern(r"^(?:the|an?|this|that|these|those|his|her|its|their)\s", re.IGNORECASE)
_PLURAL = r"[^\W\d][\w’'-]*(?<![isu])s|people|children|men|women"  # neither "crisis" nor "pass" nor "bus"
_SEVERAL = pattern(rf"\b(?![A-Z])(?:{_PLURAL})$")  # nor a name
# "Which regions", "what two cities were", but not "what has" or "which process".
_SEVERAL_ASKED = pattern(
    rf"\b(?:which|what)\s(?:(?!(?:is|was|has|does|his|its|this)\b)(?:{_PLURAL})\b"
    rf"|(?:[^\W\d_][\w.’'-]*\s){{1,2}}(?:{_PLURAL})\s(?:are|were|have|had|do|did|will|would|can|could|should)\b)",
    re.IGNORECASE,
)


class AnswerType(Enum):
    """What kind of expression would answer."""

    PERSON = pattern(r"\b(?:who|whom|whose|wer|wen|wem)\b|\bwhich (?:person|man|woman|politician|player|actor)\b")
    DATE = pattern(r"\bwhen\b|\bwann\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b")
    NUMBER = pattern(
        r"\bhow (?:many|much|old|long|far|tall|big|large|high|often|fast)\b|\bwie ?viele?\b"
        r"|\bwhat (?:percentage|percent|number|amount|proportion|age|price|share|score)\b"
    )
    PLACE = pattern(
        r"\bwhere\b|\bwo\b|\b(?:what|which|in what|in which) (?:city|country|state|town|place|county|region)\b"
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart: the stems of its content words, and what would answer."""

    content: tuple[str, ...]
    expects: AnswerType | None

    @classmethod
    def of(cls, question: str) -> Asked:
        """Take ``question`` apart."""
        words = [span.of(question) for span in word_spans(question)]
        content = tuple(dict.fromkeys(stem(word) for word in words if fold(word) not in STOP_WORDS))
        folded = fold(question)
        expects = next((kind for kind in AnswerType if kind.value.search(folded)), None)
        return cls(content or tuple(stem(word) for word in words), expects)


def asks_for_the_present(question: Question) -> bool:
    """Whether the newest of several answers is the one asked for: "who is …", "the current …", "is that still so?"."""
    asked = (question.text, question.words)
    return question.kind is QuestionKind.LATEST or any(map(_PRESENT.search, asked))


def figure_asked(topic: str) -> str | None:
    """A topic that is a number of something, as a question for it; None for another: "the number of herons"."""
    bare = topic.strip().rstrip("?!. ")
    if number := _NUMBER_OF.match(bare):
        return f"How many {bare[number.end() :]}?"
    return f"{bare}?" if AnswerType.NUMBER.value.match(fold(bare)) else None


def asks_for_several(question: str) -> bool:
    """Whether a question asks which of several things: "Which regions are …?", "what two cities were …"."""
    return _SEVERAL_ASKED.search(question) is not None


def several_things(topic: str) -> str | None:
    """A topic that is several of something, without its article: "jets" for "the jets"; None for "the budget"."""
    bare = _ARTICLE.sub("", topic, count=1)
    return bare if _SEVERAL.search(bare) else None


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Level case, possessive, plural and most endings: the first six letters say enough for counting common words."""
    folded = fold(word).removesuffix("'s")
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        folded = folded[:-1]
    return folded if folded[:1].isdigit() else folded[:6]

"""A question -> the words that are looked up."""

from __future__ import annotations

from qa.text import fold, word_spans
from qa.types import Question

__all__ = ["terms_of"]

# What a question is made of whatever it is about: pronouns, articles, prepositions, auxiliaries, question words.
_WORDS_OF_ANY_QUESTION = """
a about after all also am an and any are as at be because been before being between both but by can could did do does
doing done for from had has have having he her here hers him his how i if in into is it its just may me might more most
much must my no nor not of on or our ours out over say said says shall she should so some such tell than that the their
theirs them then there these they this those to too under until up upon us very was we were what when where whether
which while who whom whose why will with would you your yours
"""
_STOP_WORDS = frozenset(_WORDS_OF_ANY_QUESTION.split())
_POSSESSIVES = ("'s", "'")


def terms_of(question: Question) -> list[str]:
    """The words of a question that a passage about it would hold, each once, in their order.

    A question about statements is its speaker and its topic. Where stop words are all there is, they are the words.
    """
    named = question.speakers
    text = " ".join([*named, question.topic or ""]) if named else question.text
    words = list(dict.fromkeys(_bare(fold(span.of(text))) for span in word_spans(text)))
    return [word for word in words if word not in _STOP_WORDS] or words


def _bare(word: str) -> str:
    """Without the possessive, which the index takes for a word of its own."""
    for ending in _POSSESSIVES:
        word = word.removesuffix(ending)
    return word

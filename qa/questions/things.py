"""A question in full words -> the thing that it is about, for an "it" that comes after (coreference of things).

A thing is what stands behind "the" ("the ferry company", "the fire at the school"), found by the words around it: it
ends before a preposition, an auxiliary or a conjunction, and without the verb of a question with "did" or a passive.
What something is done to comes before who does it.

What it does not know: grammar. Where the words leave a doubt there is no thing, and "it" stays as it is.
"""

from __future__ import annotations

import re

from qa.lazily import pattern
from qa.questions.names import names_in
from qa.text import quotation_spans

__all__ = ["is_of_a_thing", "thing_in"]

_BORDERS = (
    r"(?:the|an?|it|he|she|they|him|her|them|you|we|i|of|in|on|at|by|for|from|to|with|about|after|before|during|since"
    r"|until|over|under|into|against|between|near|as|and|or|but|that|which|who|when|while|if|because|than|is|was|are|were"
    r"|be|been|has|have|had|did|does|do|can|could|will|would|should|still|now|ever|last|this|next|every|each)"
)
_WORD = rf"(?!{_BORDERS}\b)[^\W_][\w’'-]*"
_NAME = r"(?-i:[A-Z])[\w’'-]*(?:\s(?-i:[A-Z])[\w’'-]*)*"
_THING = pattern(rf"\bthe\s(?P<words>{_WORD}(?:\s{_WORD}){{0,4}})", re.IGNORECASE)
_WHERE = pattern(rf"\s(?:of|at|in|on|for)\s(?P<words>the\s{_WORD}(?:\s{_WORD}){{0,3}}|{_NAME})", re.IGNORECASE)
_ASKS_WITH_DO = pattern(r"\b(?:did|does|do)\s$", re.IGNORECASE)
_ASKS_WITH_BE = pattern(r"\b(?:is|was|are|were|has|have|had|will|can|could|would|should)\s$", re.IGNORECASE)
_IDENTIFIES = pattern(r"(?:who|what|where|which)\b", re.IGNORECASE)
_PARTICIPLE = pattern(
    r"(?:\w+(?:ed|en|wn)|built|sold|bought|held|found|made|won|lost|cut|hit|shut|set|sent|left|paid|led|told|put|begun"
    r"|run)",
    re.IGNORECASE,
)
_IT = pattern(r"\b(?P<word>it|its)\b", re.IGNORECASE)
# "is it true that", "how long does it take to", "who was it that": nothing is meant by "it".
_NOTHING = pattern(
    r"\bit\s(?:true|possible|(?:un)?likely|clear|right|wrong|(?:il)?legal|necessary|important|safe|worth|time|(?:a|the)\s\w+)\b"
    r"|\b(?:is|was|does|did|will|would)\sit\s(?:take|rain|snow|matter|mean|seem|look|appear|feel|make\ssense)\b"
    r"|\bit\s(?:is|was|has|seems)\s(?:\w+\s){0,3}(?:that|who|to)\b"
    r"|\bwas\sit\s(?:that|who|\S+\swho)\b|\btime\s(?:is|was)\sit\b",
    re.IGNORECASE,
)


def is_of_a_thing(asked: str) -> re.Match[str] | None:
    """Find the "it" of a question that means a thing from before.

    None where there is none, where nothing is meant by it, and where it may mean what stands before it in the question.
    """
    if _NOTHING.search(asked) or (match := _IT.search(asked)) is None:
        return None
    before = asked[: match.start()]
    quoted = any(span.start <= match.start() < span.end for span in quotation_spans(asked))
    return None if quoted or _THING.search(before) or names_in(before) else match


def thing_in(asked: str) -> str | None:
    """Return the thing that a question is about, as the question has it; None where its words do not tell."""
    bare = asked.rstrip("?!. ")
    things = list(_THING.finditer(bare))
    named = next(iter(names_in(bare)), None)
    if not things or (named and 0 <= bare.find(named) < things[0].start()):
        return None
    first, *others = things
    beside = _WHERE.match(bare, first.end())
    behind = [one for one in others if not (beside and one.start() < beside.end())]
    thing = behind[0] if behind and _ASKS_WITH_DO.search(bare[: first.start()]) else first  # whatever it is done to
    where = _WHERE.match(bare, thing.end())
    last = where or thing
    words = _without_verb(bare, thing.start(), last["words"], last.end() == len(bare))
    return bare[thing.start() : last.start("words")] + words if words else None


def _without_verb(asked: str, at: int, words: str, ends: bool) -> str | None:
    """The words less the verb that a question with "did", or a passive, has behind its subject."""
    before, several = asked[:at], words.split()
    if _ASKS_WITH_DO.search(before) and (ends or len(several) > 1):
        return " ".join(several[:-1]) or None
    if several[-1][:1].isupper():  # "when was the fire in Port Ellery?"
        return words
    bare = several[1:] if several[0].lower() == "the" else several
    if not _ASKS_WITH_BE.search(before) or len(bare) == 1 or (_IDENTIFIES.match(before) and ends):
        return words
    if _PARTICIPLE.fullmatch(several[-1]):
        return " ".join(several[:-1])
    return None if ends else words  # "was the tour successful?", "when was the minister ill?"

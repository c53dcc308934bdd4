"""A question for a number of somebody or something -> whether an article speaks of it at all.

"How many people does the mill employ?" is not answered by how many the ferry employs, however alike the sentences are:
a number is only given where the article has a word of the subject, in its text or headline. Only where the subject
stands plainly behind the verb ("does the mill …") is it read.
Where articles may well have another name for it ("the company", "the US"), nothing is kept back.

What this does not know: other names of the subject ("the plant"), which keep a right answer back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from qa.answering.nearest import stems
from qa.lazily import pattern
from qa.questions import core_of
from qa.types import Article, Candidate

__all__ = ["speaks_of_subject", "subject_asked"]

# What stands behind "does the mill employ", so that its last word is no part of the subject. Other words may
# stand behind a noun ("the old mill in Tamble").
_BEHIND_VERB = r"in\s\d+|in\stotal|before|after|during|since|last|this|each|every|an?|per|when|if"
_SUBJECT = pattern(
    r"(?:for\s|by\s|in\s|at\s)?how\s(?:many|much|old|long|far|tall|big|large|high|often|fast)\b[^,;]*?"
    rf"\s(?:does|do|did)\sthe\s(?P<subject>[^\W\d]\S*(?:\s[^\W\d]\S*+(?!\s(?:{_BEHIND_VERB})\b))?)\s\S+",
    re.IGNORECASE,
)
# Words for what an article may well call by its name alone.
_GENERAL = pattern(
    r"(?:compan(?:y|ies)|firms?|business(?:es)?|groups?|organi[sz]ations?|agenc(?:y|ies)|teams?|clubs?|part(?:y|ies)"
    r"|sides?|countr(?:y|ies)|nations?|states?|cit(?:y|ies)|towns?|villages?|places?|areas?|regions?|governments?"
    r"|authorities|m[ae]n|wom[ae]n|persons?|people|couple|famil(?:y|ies)|victims?|suspects?|authors?|writers?|workers?"
    r"|players?|users?|customers?|products?|items?|things?|films?|movies?|books?|songs?|shows?|terms?)\b",
    re.IGNORECASE,
)
_SHORTENED = pattern(r"\b(?:[A-Z]{2,}|[A-Z]\.)|\b(?:u[sk]|e\.?u|u\.[sk]|usa|un)\b")


def subject_asked(asked: str) -> frozenset[str]:
    """The stems of the first two words of whatever a question asks a number of; none where that is not plain."""
    found = _SUBJECT.match(core_of(asked))
    if found is None or _SHORTENED.search(found["subject"]) or any(map(_GENERAL.match, found["subject"].split())):
        return frozenset()
    return frozenset(stems(found["subject"]))


def speaks_of_subject(asked: str, articles: Mapping[str, Article]) -> Callable[[Candidate], bool]:
    """Whether a candidate's article has a word of the subject that a number is asked of; those by id."""
    subject = subject_asked(asked)

    @cache
    def speaks(article_id: str) -> bool:
        article = articles[article_id]
        return not subject.isdisjoint(stems(f"{article.title} {article.text}"))

    return lambda candidate: not subject or speaks(candidate.hit.passage.article_id)

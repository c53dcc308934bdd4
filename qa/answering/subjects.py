"""A question for a number of somebody or something -> whether an article speaks of it at all.

"How many people does the mill employ?" is not answered by how many the ferry employs, however alike the sentences are:
a number is only given where the article has a word of the subject, in its text or headline. Only where the subject
stands plainly behind the verb ("does the mill …") is it read.

What this does not know: other names of the subject ("the company"), which keep a right answer back.
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

# What stands behind "does the mill employ", so that its last word is no part of the subject.
_BEHIND_VERB = "in|at|on|for|to|by|of|from|with|before|after|during|since|over|last|this|each|every|a|per|when|if"
_SUBJECT = pattern(
    r"(?:for\s|by\s|in\s|at\s)?how\s(?:many|much|old|long|far|tall|big|large|high|often|fast)\b[^,;]*?"
    r"\s(?:does|do|did|has|have|had)\s(?:the|an?|this|that|its|his|her|their)\s"
    rf"(?P<subject>[^\W\d]\S*(?:\s[^\W\d]\S*+(?!\s(?:{_BEHIND_VERB})\b))?)\s\S+",
    re.IGNORECASE,
)


def subject_asked(asked: str) -> frozenset[str]:
    """The stems of the first two words of whatever a question asks a number of; none where that is not plain."""
    found = _SUBJECT.match(core_of(asked))
    return frozenset(stems(found["subject"])) if found else frozenset()


def speaks_of_subject(asked: str, articles: Mapping[str, Article]) -> Callable[[Candidate], bool]:
    """Whether a candidate's article has a word of the subject that a number is asked of; those by id."""
    subject = subject_asked(asked)

    @cache
    def speaks(article_id: str) -> bool:
        article = articles[article_id]
        return not subject.isdisjoint(stems(f"{article.title} {article.text}"))

    return lambda candidate: not subject or speaks(candidate.hit.passage.article_id)

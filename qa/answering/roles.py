"""Where articles say beside a name what its bearer is -> the :class:`Outcome` of "who is X".

Promises: what is cited is a slice that holds the name and the role ("Kremlin spokesman Dmitry Peskov"). Whoever is
introduced most comes first, and of their roles those that several articles state, each the newest first; a role is
cited once for each person, from the newest article that states it, with others as "also in". Where no article states a
role there is no outcome, and the question is to be read otherwise.

What it does not know: whether a role is still held, and which articles were looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from qa.citing import Find, cite, paragraph_around, sentences_around
from qa.text import fold
from qa.types import Answer, AnswerKind, Article, Introduction, Question

__all__ = ["answer_from_roles"]

_SURE = 0.9  # how often a role that was found so is the person's: read by hand, not fitted
_ELSEWHERE = 3  # other articles that are named beside the newest
_DETERMINER = re.compile(r"(?:the|an?|one of the)\s")


def answer_from_roles(
    question: Question,
    introductions: Iterable[Introduction],
    articles: Mapping[str, Article],
    *,
    max_citations: int = 5,
) -> Answer | None:
    """Say who somebody is by the roles that articles state; None where they state none.

    Args:
        question: such as "who is Dmitry Peskov?".
        introductions: of everybody whom the name can mean, in any order.
        articles: by id, at least those of the introductions.
        max_citations: most roles that are cited.
    """
    newest = sorted(introductions, key=lambda one: _place(one, articles[one.article_id]))
    stated = Counter(fold(one.name) for one in newest)
    finds: dict[tuple[str, str], Find] = {}
    for one in newest:
        article = articles[one.article_id]
        key = (fold(one.name), _said(one, article))
        if key not in finds:
            finds[key] = _find(article, one)
        elif len(finds[key].also_in) < _ELSEWHERE and article not in (finds[key].article, *finds[key].also_in):
            finds[key] = replace(finds[key], also_in=(*finds[key].also_in, article))
    best = sorted(finds, key=lambda key: (-stated[key[0]], not finds[key].also_in))[:max_citations]
    citations = tuple(cite(number, finds[key]) for number, key in enumerate(best, start=1))
    return Answer(question, AnswerKind.SPAN, citations, _SURE) if citations else None


def _place(one: Introduction, article: Article) -> tuple[int, str, int]:
    return -(article.published or date.min).toordinal(), article.id, one.span.start


def _said(one: Introduction, article: Article) -> str:
    """A role as it is compared: without case and article."""
    return _DETERMINER.sub("", " ".join(fold(one.role.of(article.text)).split()), count=1)


def _find(article: Article, one: Introduction) -> Find:
    return Find(article, one.span, sentences_around(article, one.span), paragraph_around(article, one.span))

"""Where articles say beside a name what its bearer is, or how old -> the outcome of "who is X", of "how old is X".

Promises: where somebody is asked about, what is cited is a slice that holds the name and the role ("Kremlin spokesman
Dmitry Peskov"); where an office is, the name, in full where an article has it so. Whoever is introduced most in the
newest year comes first; who has an office now is nobody who is in no article of it, nor of whom a newer one says that
they had it, and of those who had it these come first. Of somebody's roles come those that several articles state, each
the newest first; a role is cited once for each person, and a name for an office once, from the newest article that
states it, with others as "also in". Ages come the newest first, each once.
Where no article states a role there is no outcome, and the question is to be read otherwise.

What it does not know: whether a role is still held, and which articles were looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from qa.citing import Find, cite, paragraph_around, sentences_around
from qa.text import fold
from qa.types import Answer, AnswerKind, Article, Introduction, Question, Span

__all__ = ["answer_from_ages", "answer_from_roles", "in_office"]

_SURE = 0.9  # how often a role that was found so is the person's: read by hand, not fitted
_YEAR = 365  # days
_ELSEWHERE = 3  # other articles that are named beside the newest
_DETERMINER = re.compile(r"(?:the|an?|one of the)\s")


def answer_from_roles(
    question: Question,
    introductions: Iterable[Introduction],
    articles: Mapping[str, Article],
    *,
    max_citations: int = 5,
    lately: bool = False,
) -> Answer | None:
    """Say who somebody is by the roles that articles state; None where they state none.

    Args:
        question: such as "who is Dmitry Peskov?".
        introductions: of everybody whom the name can mean, in any order.
        articles: by id, at least those of the introductions.
        max_citations: most roles that are cited.
        lately: an office is asked for that somebody has; who is introduced by it in no article of the newest year had
            it.
    """
    office = question.speaker is None
    held = in_office(introductions, articles) if lately else introductions
    newest = sorted(held, key=lambda one: _place(one, articles[one.article_id], in_full=office))
    if not newest:
        return None
    stated = Counter(fold(one.name) for one in _of_the_newest_year(newest, articles))
    finds: dict[tuple[str, str], Find] = {}
    for one in newest:
        article = articles[one.article_id]
        key = (fold(one.name), "" if office else _said(one, article))
        if key not in finds:
            finds[key] = _find(article, one.mention if office else one.span)
        elif len(finds[key].also_in) < _ELSEWHERE and article not in (finds[key].article, *finds[key].also_in):
            finds[key] = replace(finds[key], also_in=(*finds[key].also_in, article))
    having = [key for key in finds if stated[key[0]] or not lately]
    had = {fold(one.name) for one in newest if one.once}
    best = sorted(having, key=lambda key: (key[0] not in had, -stated[key[0]], not finds[key].also_in))[:max_citations]
    citations = tuple(cite(number, finds[key]) for number, key in enumerate(best, start=1))
    return Answer(question, AnswerKind.SPAN, citations, _SURE)


def answer_from_ages(
    question: Question, told: Iterable[Introduction], articles: Mapping[str, Article], *, max_citations: int = 8
) -> Answer | None:
    """Cite the ages that articles state of whoever is asked about; None where none is told.

    Args:
        question: what was asked.
        told: where the articles state an age, which is the ``role``.
        articles: by id, at least those of them.
        max_citations: the most ages that are cited, each once, with the newest article that states it first.
    """
    finds: dict[tuple[str, str], Find] = {}
    for one in sorted(told, key=lambda one: _place(one, articles[one.article_id], in_full=False)):
        article = articles[one.article_id]
        found = finds.setdefault(key := (fold(one.name), _said(one, article)), _find(article, one.role))
        if len(found.also_in) < _ELSEWHERE and article not in (found.article, *found.also_in):
            finds[key] = replace(found, also_in=(*found.also_in, article))
    if not finds:
        return None
    citations = tuple(cite(number, find) for number, find in enumerate(list(finds.values())[:max_citations], start=1))
    return Answer(question, AnswerKind.SPAN, citations, _SURE)


def in_office(introductions: Iterable[Introduction], articles: Mapping[str, Article]) -> list[Introduction]:
    """Those by which somebody has an office, and of whom no article as new says that they have it no more."""
    every = list(introductions)
    left: dict[str, int] = {}
    for one in every:
        if one.once:
            name = fold(one.name)
            left[name] = max(left.get(name, 0), _day(articles[one.article_id]))
    return [one for one in every if not one.once and _day(articles[one.article_id]) > left.get(fold(one.name), 0)]


def _place(one: Introduction, article: Article, *, in_full: bool) -> tuple[bool, int, str, int]:
    partly = in_full and one.mention.of(article.text) != one.name
    return partly, -_day(article), article.id, one.span.start


def _of_the_newest_year(
    introductions: Iterable[Introduction], articles: Mapping[str, Article]
) -> Iterator[Introduction]:
    """Those in articles of the last year in which there are any; an office changes hands."""
    days = [(one, _day(articles[one.article_id])) for one in introductions]
    last = max(day for _, day in days)
    return (one for one, day in days if day > last - _YEAR)


def _day(article: Article) -> int:
    return (article.published or date.min).toordinal()


def _said(one: Introduction, article: Article) -> str:
    """A role as it is compared: without case and article."""
    return _DETERMINER.sub("", " ".join(fold(one.role.of(article.text)).split()), count=1)


def _find(article: Article, exact: Span) -> Find:
    return Find(article, exact, sentences_around(article, exact), paragraph_around(article, exact))

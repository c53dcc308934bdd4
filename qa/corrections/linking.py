"""A notice about another article, and the articles that it may mean -> the one that it corrects, and what is struck.

A candidate is meant when the notice prints its title; or when it has the wrong words, in a sentence that is about the
same; or, where the notice names a day and no wrong words, when it is of that day and about what the notice says. The
best of them is meant, and none where two are as good. Promises: only an article of an outlet of the notice's, of its
day or before; words are struck only in a sentence that shares a word with what the notice says of them, so that the 84
of a house number stays. What it does not know: articles that are not in the archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from qa.citing import sentences_around
from qa.corrections.wordings import LABEL
from qa.questions import STOP_WORDS, stem
from qa.text import fold, sentence_spans, word_spans
from qa.types import Article, Correction, Notice, Span, Struck

__all__ = ["corrected_by", "correction_of", "days_of", "is_meant_as_notice", "terms_of"]

_NEAR = timedelta(1)  # between the day that a notice names and the one that the archive has
_LATE = timedelta(60)  # between an article and its correction
_ABOUT = 0.4  # share of a notice's words that an article of the day that it names has in its title and beginning
_BEGINNING = 1_200  # code points of an article that say what it is about
_ALIKE = 5  # letters that words of one family begin with: employs, employees
_TITLE = 4  # words from which a title tells an article
_NOTICE_WORDS = """
correction clarification article story report version wrong incorrect mistake error editing published misstated gave
number figure
"""
_OF_NOTICES = frozenset(stem(word)[:_ALIKE] for word in _NOTICE_WORDS.split())


def is_meant_as_notice(article: Article) -> bool:
    """Whether an article is there for its notices alone: it is headed so."""
    return LABEL.match(article.title) is not None


def terms_of(notice: Notice, article: Article) -> tuple[str, ...]:
    """Words by which the article that a notice means can be looked up; ``article`` is where the notice stands."""
    said = f"{LABEL.sub('', article.title)} {notice.span.of(article.text)}"
    return tuple(dict.fromkeys(word for word in _content(said) if stem(word)[:_ALIKE] not in _OF_NOTICES))


def corrected_by(notice: Notice, article: Article, candidates: Iterable[Article]) -> Article | None:
    """The article that a notice of ``article`` corrects; None where none is meant, or it is not plain which."""
    if notice.own:
        return None
    scored = sorted(
        ((score, one) for one in candidates if one.id != article.id and (score := _fits(notice, article, one)) > 0),
        key=lambda pair: -pair[0],
    )
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def correction_of(notice: Notice, article: Article, corrected: Article) -> Correction:
    """What a notice of ``article`` makes of the article that it corrects."""
    return Correction(notice, article, notice.day or article.published, tuple(_struck(notice, article, corrected)))


def days_of(notice: Notice, article: Article) -> tuple[date | None, date | None]:
    """First and last day on which an article may have been published that a notice of ``article`` corrects."""
    if notice.of_day is not None:
        return max(notice.of_day, date.min + _NEAR) - _NEAR, min(notice.of_day, date.max - _NEAR) + _NEAR
    if article.published is None:
        return None, None
    return max(article.published, date.min + _LATE) - _LATE, article.published


def _fits(notice: Notice, article: Article, candidate: Article) -> float:
    """How well a candidate fits, 0 where it cannot be meant."""
    if not _in_time(notice, article, candidate) or _outlets(article).isdisjoint(_outlets(candidate)):
        return 0.0
    if is_meant_as_notice(candidate):
        return 0.0
    said = notice.span.of(article.text)
    if len(candidate.title.split()) >= _TITLE and _plain(candidate.title) in _plain(said):
        return 10.0
    of_notice = _families(f"{LABEL.sub('', article.title)} {said}")
    beginning = _families(f"{candidate.title} {candidate.text[:_BEGINNING]}")
    shared = len(of_notice & beginning) / len(of_notice) if of_notice else 0.0
    if any(exchange.wrong for exchange in notice.exchanges):
        struck = len(list(_struck(notice, article, candidate)))
        return 1.0 + shared if struck and (notice.of_day or shared >= _ABOUT / 2) else 0.0
    return shared if notice.of_day and shared >= _ABOUT else 0.0


def _in_time(notice: Notice, article: Article, candidate: Article) -> bool:
    first, last = days_of(notice, article)
    if first is None or last is None or candidate.published is None:
        return first is candidate.published
    return first <= candidate.published <= last


def _outlets(article: Article) -> set[str | None]:
    printed = (article.outlet, *(location.outlet for location in article.locations))
    return {outlet.casefold() for outlet in printed if outlet} or {None}


def _struck(notice: Notice, article: Article, corrected: Article) -> Iterator[Struck]:
    """Where a corrected article has the wrong words, in sentences about the same."""
    for exchange in notice.exchanges:
        if exchange.wrong is None:
            continue
        wrong = exchange.wrong.of(article.text)
        about = _about(exchange.wrong, exchange.right, notice, article)
        for match in re.finditer(rf"(?<![\w.,]){re.escape(wrong)}(?![\w]|[.,]\d|\s?%)", corrected.text):
            span = Span(*match.span())
            if _families(sentences_around(corrected, span).of(corrected.text)) & about:
                yield Struck(span, exchange.right)


def _about(wrong: Span, right: Span | None, notice: Notice, article: Article) -> frozenset[str]:
    """What the notice says of the words: the families of the words around them, without the words themselves."""
    sentences = [one.shifted(notice.span.start) for one in sentence_spans(notice.span.of(article.text))]
    around = " ".join(
        one.of(article.text) for one in sentences if one.overlaps(wrong) or (right and one.overlaps(right))
    )
    before = " ".join(one.of(article.text) for one in sentences[:1])
    own = _families(f"{wrong.of(article.text)} {right.of(article.text) if right else ''}")
    return _families(f"{around} {before}") - own


def _families(text: str) -> frozenset[str]:
    beginnings = (stem(word)[:_ALIKE] for word in _content(text))
    return frozenset(one for one in beginnings if one not in _OF_NOTICES and not one[:1].isdigit())


def _content(text: str) -> list[str]:
    return [word for word in (one.of(text) for one in word_spans(text)) if fold(word) not in STOP_WORDS]


def _plain(text: str) -> str:
    return " ".join(fold(word.of(text)) for word in word_spans(text))

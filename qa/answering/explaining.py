"""Articles about an event -> an explanation: what happened, or what is the latest, in whole sentences, cited by date.

Promises: an explanation has at most three sentences, one of each of the newest articles whose headline or beginning
names everything that the topic names; no other article is of that event. It is the first sentence near the article's
top that names most of the topic; a notice that corrects an article is no news of it. Sentences that say the same are
one. The newest comes first where the latest is asked for, else the oldest.

What it does not know: whether a sentence that names the topic says what is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from qa.citing import Find, cite, fold_repeats, paragraph_around
from qa.corrections import notices_in
from qa.questions import Asked
from qa.text import sentence_spans
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    QuestionKind,
)

__all__ = ["answer_from_event", "key_sentence"]

_AT_MOST = 3
_BEGINNING = 240  # code points of an article that, with its headline, say what it is about
_TOP = 1_500  # code points of an article among which its key sentence stands
_WORDS = 4  # fewer are a label
_STATEMENT_END = re.compile(r"[.!][\"”’')\]]*\Z")
# A sentence that bids the reader go elsewhere.
_POINTS = re.compile(
    r"\b(?:please\s(?:see|click|visit|read|follow|check)|click\shere|tap\shere|read\smore|sign\sup|subscribe|follow\s(?:along|us|our)"
    r"|our\slive\s(?:updates?|blog|coverage)|(?:mehr|weitere\sInformationen)\s(?:dazu\s)?(?:hier|finden\sSie))\b",
    re.IGNORECASE,
)
_NAMED = 0.8  # share of first sentences that told it, of 30 read: docs/results/events-2026-11-26.md


def answer_from_event(question: Question, articles: Iterable[Article]) -> Outcome:
    """Tell an event by one sentence of each of its newest articles: the newest first where that is asked for."""
    wanted = frozenset(Asked.of(question.topic or question.text).content)
    of_event = [article for article in articles if wanted.issubset(Asked.of(_beginning(article)).content)]
    if not of_event:
        return NoAnswer(question, NoAnswerReason.NOTHING_FOUND)
    newest = sorted(of_event, key=lambda one: (one.published or date.min, one.id), reverse=True)
    told = (key_sentence(article, wanted) for article in newest)
    finds = fold_repeats([find for find in told if find])[:_AT_MOST]
    if not finds:
        return NoAnswer(question, NoAnswerReason.NOTHING_FOUND)
    return _explained(question, finds if question.kind is QuestionKind.LATEST else _in_order(finds))


def _explained(question: Question, finds: Sequence[Find]) -> Answer:
    citations = tuple(cite(number, find) for number, find in enumerate(finds, start=1))
    return Answer(question, AnswerKind.EXPLANATION, citations, _NAMED)


def _in_order(finds: Sequence[Find]) -> list[Find]:
    return sorted(finds, key=lambda one: (one.article.published or date.min, one.article.id, one.span))


def key_sentence(article: Article, wanted: frozenset[str]) -> Find | None:
    """The first of the sentences near the top that name most of the topic; None where none names any of it.

    A place, a photographer, a byline, a question or a pointer to other pages that stands above an article says nothing
    of an event, and neither does a correction: it tells what an article had wrong.
    """
    below = [paragraph.span for paragraph in article.paragraphs if paragraph.span != article.standfirst]
    near = (around for around in below if around.start < _TOP)
    notices = [notice.span for notice in notices_in(article)]
    sentences = (one.shifted(around.start) for around in near for one in sentence_spans(around.of(article.text)))
    found = [one for one in sentences if not any(one.overlaps(notice) for notice in notices)]
    told = [(_named(span.of(article.text), wanted), span) for span in found if _tells(span.of(article.text))]
    named, key = max(told, key=lambda one: one[0]) if told else (0, None)
    return Find(article, key, key, paragraph_around(article, key)) if key and named else None


def _named(sentence: str, wanted: frozenset[str]) -> int:
    return len(wanted.intersection(Asked.of(sentence).content))


def _tells(sentence: str) -> bool:
    whole = _STATEMENT_END.search(sentence) and len(sentence.split()) >= _WORDS
    return bool(whole) and not _POINTS.search(sentence)


def _beginning(article: Article) -> str:
    return f"{article.title}\n{article.text[:_BEGINNING]}"

"""Articles about an event -> an explanation: what happened, or what is the latest, in whole sentences, cited by date.

Promises: an explanation has at most three sentences, the first ones of the newest articles whose headline or beginning
names everything that the topic names; no other article is of that event. Sentences that say the same are one. The
newest comes first where the latest is asked for, else the oldest.

What it does not know: whether an article's first sentence says what is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from qa.citing import Find, cite, fold_repeats, paragraph_around
from qa.questions import STOP_WORDS, stem
from qa.text import fold, sentence_spans, word_spans
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    QuestionKind,
    Span,
)

__all__ = ["answer_from_event", "asks_what_happened"]

_AT_MOST = 3
_BEGINNING = 240  # code points of an article that, with its headline, say what it is about
_NAMED = 0.8  # how sure an article is of the event that it names wholly
_HAPPENED = re.compile(r"\bwhat(?:['’]s)?\b.*\b(?:happened|happening)\b|\b(?:passiert|geschehen)\b", re.IGNORECASE)


def asks_what_happened(question: Question) -> bool:
    """Whether an event is asked for, and not its reason."""
    return question.topic is not None and (
        question.kind is QuestionKind.LATEST or bool(_HAPPENED.search(question.text))
    )


def answer_from_event(question: Question, articles: Iterable[Article]) -> Outcome:
    """Tell an event by the first sentences of the newest articles of it: the newest first where that is asked for."""
    wanted = frozenset(_stems(question.topic or "")) or frozenset(_stems(question.text))
    of_event = [article for article in articles if wanted <= frozenset(_stems(_beginning(article)))]
    if not of_event:
        return NoAnswer(question, NoAnswerReason.NOTHING_FOUND)
    newest = sorted(of_event, key=lambda one: (one.published or date.min, one.id), reverse=True)
    finds = fold_repeats([_lead(article) for article in newest])[:_AT_MOST]
    return _explained(question, finds if question.kind is QuestionKind.LATEST else _in_order(finds))


def _explained(question: Question, finds: Sequence[Find]) -> Answer:
    citations = tuple(cite(number, find) for number, find in enumerate(finds, start=1))
    return Answer(question, AnswerKind.EXPLANATION, citations, _NAMED)


def _in_order(finds: Sequence[Find]) -> list[Find]:
    return sorted(finds, key=lambda one: (one.article.published or date.min, one.article.id, one.span))


def _lead(article: Article) -> Find:
    """The first sentence below the standfirst."""
    below = [paragraph.span for paragraph in article.paragraphs if paragraph.span != article.standfirst]
    around = below[0] if below else Span(0, len(article.text))
    first = sentence_spans(around.of(article.text))
    lead = first[0].shifted(around.start) if first else around
    return Find(article, lead, lead, paragraph_around(article, lead))


def _beginning(article: Article) -> str:
    return f"{article.title}\n{article.text[:_BEGINNING]}"


def _stems(text: str) -> list[str]:
    words = [span.of(text) for span in word_spans(text)]
    return [stem(word) for word in words if fold(word) not in STOP_WORDS]

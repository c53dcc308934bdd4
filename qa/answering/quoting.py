"""A question for who said some words becomes an :class:`Outcome`: whoever the archive has saying these very words.

Promises: what is cited is how the article names the speaker, with the sentence of the quotation; a name comes before
"he", then the newest article. Where no statement holds the words, or none about what they are said of, it is a refusal.

What it does not know: who "he" is where the article leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from qa.answering.relevance import by_words
from qa.citing import Find, cite, fold_repeats, sentences_around
from qa.text import fold, word_spans
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    Span,
    Statement,
    StatementKind,
)

__all__ = ["answer_from_quotation", "naming"]

_OF_IT = 0.5  # share of the words of what is spoken of that stand around a quotation
_IT = frozenset(("it", "him", "her", "them", "this", "that", "es", "ihn", "sie"))


def answer_from_quotation(
    question: Question,
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    *,
    max_citations: int = 5,
) -> Outcome:
    """Name who says the quoted words, or say that nobody is reported to.

    Args:
        question: such as "who said 'not easy'"; with a topic, as in "who called the talks 'not easy'", only what stands
            beside the topic's words counts.
        statements: of the articles that have the words.
        articles: by id, at least those of the statements.
        max_citations: most citations of the answer.
    """
    quoted = question.quoted or ""
    words = [fold(word.of(quoted)) for word in word_spans(quoted)]
    finds = [
        naming(articles[statement.article_id], statement)
        for statement in statements
        if statement.source
        and statement.kind is StatementKind.SPEECH
        and _says(articles[statement.article_id].text, statement, words)
    ]
    finds = sorted(_about(question.topic, finds), key=_named_then_newest)
    if not finds:
        return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC, Missing(quoted))
    citations = tuple(cite(number, find) for number, find in enumerate(fold_repeats(finds)[:max_citations], start=1))
    sure = max((citation.statement.confidence for citation in citations if citation.statement), default=0.0)
    return Answer(question, AnswerKind.SPAN, citations, sure)


def _says(text: str, statement: Statement, words: Sequence[str]) -> bool:
    """Whether the statement has the words one after the other, be it on both sides of its cue."""
    said = [fold(word.of(part)) for part in (span.of(text) for span in statement.content) for word in word_spans(part)]
    places = range(len(said) - len(words) + 1) if words else ()
    return any(said[at : at + len(words)] == words for at in places)


def _about(topic: str | None, finds: list[Find]) -> list[Find]:
    if topic is None or fold(topic) in _IT:
        return finds
    return [find for find, share in zip(finds, by_words(topic, finds), strict=True) if share >= _OF_IT]


def naming(article: Article, statement: Statement) -> Find:
    """How an article names whoever makes a statement, which has a source, with the sentences that have both."""
    span = statement.source[0]
    around = [sentences_around(article, part) for part in (span, *statement.content)]
    sentence = Span(min(one.start for one in around), max(one.end for one in around))
    return Find(article, span, sentence, sentence, statement)


def _named_then_newest(find: Find) -> tuple[bool, int]:
    named = find.span.of(find.article.text)[:1].isupper() and len(find.span) > 3
    return not named, -(find.article.published or date.min).toordinal()

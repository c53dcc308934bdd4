"""A question for who said some words becomes an :class:`Outcome`: whoever the archive has saying these very words.

Promises: what is cited is how the article names the speaker, with the sentence of the quotation; a name comes before
"he", then the newest article. Where no statement holds the words there is no outcome, and the question is read like any
other.

What it does not know: who "he" is where the article leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from qa.answering.citing import Find, cite, fold_repeats, sentences_around
from qa.text import fold, word_spans
from qa.types import Answer, AnswerKind, Article, Question, Span, Statement, StatementKind

__all__ = ["answer_from_quotation", "quoted_words"]

_SAID = (
    r"(?:was\s+|is\s+|has\s+)?(?:quoted\s+as\s+saying|sa(?:id|ys)|used\s+the\s+words|spoke\s+of|called|described|hat\s+gesagt"
    r"|sagte|hat|sprach\s+von|nannte)"
)
_QUOTED = r"['\"“‘«„](?P<words>.+)['\"”’»“]"
_WHO_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\W*(?:who|wer)\s+{_SAID}(?:\W*\s[^'\"“‘«„]*?)?\W*\s{_QUOTED}[\W]*(?:gesagt\W*)?",
        # Without quotation marks the words are looked for just the same: who said not easy
        r"\W*(?:who|wer)\s+(?:said|says|sagte)\s+(?:that\s+|dass\s+)?(?P<words>\w+\W+\w.*)",
    )
)


def quoted_words(question: Question) -> list[str]:
    """The words whose speaker is asked for: "who said 'not easy'" -> ["not", "easy"]; empty for other questions."""
    asked = next((match for pattern in _WHO_SAID if (match := pattern.fullmatch(question.text))), None)
    return [word.of(asked["words"]) for word in word_spans(asked["words"])] if asked else []


def answer_from_quotation(
    question: Question,
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    *,
    max_citations: int = 5,
) -> Answer | None:
    """Name who says the quoted words, or None.

    Args:
        question: such as "who said 'not easy'".
        statements: of the articles that have the words.
        articles: by id, at least those of the statements.
        max_citations: most citations of the answer.
    """
    words = [fold(word) for word in quoted_words(question)]
    finds = [
        _find(articles[statement.article_id], statement)
        for statement in statements
        if statement.source
        and statement.kind is StatementKind.SPEECH
        and _says(articles[statement.article_id].text, statement, words)
    ]
    finds.sort(key=_named_then_newest)
    if not finds:
        return None
    citations = tuple(cite(number, find) for number, find in enumerate(fold_repeats(finds)[:max_citations], start=1))
    sure = max((citation.statement.confidence for citation in citations if citation.statement), default=0.0)
    return Answer(question, AnswerKind.SPAN, citations, sure)


def _says(text: str, statement: Statement, words: Sequence[str]) -> bool:
    """Whether the statement has the words one after the other, be it on both sides of its cue."""
    said = [fold(word.of(part)) for part in (span.of(text) for span in statement.content) for word in word_spans(part)]
    return any(said[at : at + len(words)] == words for at in range(len(said) - len(words) + 1))


def _find(article: Article, statement: Statement) -> Find:
    span = statement.source[0]
    around = [sentences_around(article, part) for part in (span, *statement.content)]
    sentence = Span(min(one.start for one in around), max(one.end for one in around))
    return Find(article, span, sentence, sentence, statement)


def _named_then_newest(find: Find) -> tuple[bool, int]:
    named = find.span.of(find.article.text)[:1].isupper() and len(find.span) > 3
    return not named, -(find.article.published or date.min).toordinal()

"""An answer, an article, a statement -> what a link to it shows elsewhere: a title and a description (Open Graph).

Promises: a description is words of the archive, cut between two of them where they are many, or the sentence that says
that it has none; nothing is put in quotation marks. What this does not know: at which address it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.days import written
from qa.output.pasting import OMISSION, who_says
from qa.types import Article, Citation, Span
from web.views.turns import Turn

__all__ = ["Preview", "clipped", "of_article", "of_statement", "of_turn"]

LONG = 300  # characters of a description


@dataclass(frozen=True, slots=True)
class Preview:
    """A title, a description, and the address of the page, path and query."""

    title: str
    description: str
    path: str


def of_turn(turn: Turn, path: str) -> Preview:
    """Tell of a question and what became of it."""
    said = OMISSION.join("".join(piece.text for piece in card.pieces if piece.mark) for card in turn.cards[:1])
    if not turn.answered:
        return Preview(_line(turn.question), turn.heading, path)
    words = clipped(turn.short_answer or said, LONG)
    first = turn.cards[0].credit
    first_said = turn.cards[0].attribution
    told = (
        f"{turn.heading}: {'denied: ' if first_said and first_said.denied else ''}{words}"
        if turn.is_list
        else _from(words, first.outlet, first.published_words)
    )
    return Preview(_line(turn.question), told, path)


def of_article(article: Article, marks: Sequence[Span], path: str) -> Preview:
    """Tell of an article: the marked words, else how it begins."""
    beginning = article.standfirst or next((each.span for each in article.paragraphs), None)
    words = OMISSION.join(span.of(article.text) for span in (marks or [one for one in [beginning] if one]))
    return Preview(_line(article.title), clipped(words, LONG), path)


def of_statement(citation: Citation, spans: Sequence[Span], path: str) -> Preview:
    """Tell of a statement: who says it and in which form, the words, and where they are from."""
    article, statement = citation.article, citation.statement
    words = clipped(OMISSION.join(span.of(article.text) for span in spans), LONG)
    day = written(article.published) if article.published else None
    who = who_says(statement, article) if statement else ""
    return Preview(_line(who or article.title), _from(words, article.outlet, day), path)


def clipped(text: str, most: int) -> str:
    """Set a text in one line, cut between two words where it has more characters than ``most``."""
    line = _line(text)
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"


def _from(words: str, outlet: str | None, day: str | None) -> str:
    source = ", ".join(filter(None, [outlet, day]))
    return f"{words} — {source}" if source else words


def _line(text: str) -> str:
    return " ".join(text.split())

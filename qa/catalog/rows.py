"""Values of :mod:`qa.types` <-> rows of the catalog. Dates are ISO 8601, spans are JSON ``[[start, end], ...]``.

Paragraphs of a source with pages are ``{"spans": …, "pages": [[start, number], …]}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from qa.text import fold
from qa.types import (
    Article,
    Lent,
    Location,
    PageStart,
    Paragraph,
    Passage,
    Resolution,
    Span,
    Speaker,
    Statement,
    StatementForm,
    StatementKind,
)

__all__ = [
    "ARTICLE_COLUMNS",
    "DETAIL_COLUMNS",
    "STATEMENT_COLUMNS",
    "article_from",
    "article_row",
    "detail_row",
    "fold_name",
    "passage_from",
    "spans_from_json",
    "statement_from",
    "statement_row",
]

DETAIL_COLUMNS = ("title", "byline", "published", "modified", "language", "dateline", "standfirst", "paragraphs")
"""What is said about a text and may change without its becoming another version."""

ARTICLE_COLUMNS = ("id", "text", "text_sha256", "retrieved", *DETAIL_COLUMNS)
STATEMENT_COLUMNS = (
    "speaker_mention",
    "speaker_name",
    "speaker_role",
    "speaker_key",
    "source",
    "cue",
    "content",
    "form",
    "speaker_resolution",
    "kind",
    "confidence",
)


def fold_name(name: str) -> str:
    """Level case, diacritics and spaces, so that "Wołodymyr  SELENSKYJ" and "wolodymyr selenskyj" are one name."""
    return " ".join(fold(name).split())


def article_row(article: Article) -> tuple[str | None, ...]:
    """The values of :data:`ARTICLE_COLUMNS`."""
    return (article.id, article.text, article.text_sha256, article.retrieved.isoformat(), *detail_row(article))


def detail_row(article: Article) -> tuple[str | None, ...]:
    """The values of :data:`DETAIL_COLUMNS`."""
    return (
        article.title,
        article.byline,
        article.published.isoformat() if article.published else None,
        article.modified.isoformat() if article.modified else None,
        article.language,
        article.dateline,
        _spans_to_json([article.standfirst]) if article.standfirst else None,
        _paragraphs_to_json(article),
    )


def article_from(values: Sequence[Any], locations: tuple[Location, ...], lent: tuple[Lent, ...] = ()) -> Article:
    """Make an article of the values of :data:`ARTICLE_COLUMNS`, its locations, the first one first, what is lent."""
    id_, text, sha, retrieved, title, byline, published, modified, language, dateline, standfirst, paragraphs = values
    return Article(
        id=id_,
        url=locations[0].url,
        outlet=next((each.outlet for each in locations if each.outlet), None),
        title=title,
        byline=byline,
        published=date.fromisoformat(published) if published else None,
        modified=datetime.fromisoformat(modified) if modified else None,
        retrieved=datetime.fromisoformat(retrieved),
        language=language,
        text=text,
        text_sha256=sha,
        paragraphs=_paragraphs_from_json(paragraphs)[0],
        dateline=dateline,
        standfirst=spans_from_json(standfirst)[0] if standfirst else None,
        locations=locations,
        pages=_paragraphs_from_json(paragraphs)[1],
        lent=lent,
    )


def passage_from(row: Sequence[Any]) -> Passage:
    """Make a passage of id, article id, start, end, heading and text."""
    id_, article_id, start, end, heading, text = row
    return Passage(id_, article_id, Span(start, end), heading, text)


def statement_row(statement: Statement) -> tuple[str | float | None, ...]:
    """The values of :data:`STATEMENT_COLUMNS`."""
    speaker = statement.speaker
    return (
        speaker.mention if speaker else None,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        fold_name(speaker.name) if speaker and speaker.name else None,
        _spans_to_json(statement.source),
        _spans_to_json(statement.cue),
        _spans_to_json(statement.content),
        statement.form.value,
        (speaker.resolution if speaker else Resolution.UNRESOLVED).value,
        statement.kind.value,
        statement.confidence,
    )


def statement_from(article_id: str, values: Sequence[Any]) -> Statement:
    """Make a statement of the values of :data:`STATEMENT_COLUMNS`."""
    mention, name, role, _, source, cue, content, form, resolution, kind, confidence = values
    return Statement(
        article_id=article_id,
        speaker=None if mention is None else Speaker(mention, name, role, Resolution(resolution)),
        source=spans_from_json(source),
        cue=spans_from_json(cue),
        content=spans_from_json(content),
        form=StatementForm(form),
        kind=StatementKind(kind),
        confidence=confidence,
    )


def _paragraphs_to_json(article: Article) -> str:
    """The spans of the paragraphs; where the source has pages, an object with both."""
    spans = _spans_to_json(paragraph.span for paragraph in article.paragraphs)
    if not article.pages:
        return spans
    pages = json.dumps([[page.start, page.number] for page in article.pages], separators=(",", ":"))
    return f'{{"spans":{spans},"pages":{pages}}}'


def _paragraphs_from_json(text: str) -> tuple[tuple[Paragraph, ...], tuple[PageStart, ...]]:
    kept = json.loads(text)
    spans, pages = (kept["spans"], kept["pages"]) if isinstance(kept, dict) else (kept, ())
    paragraphs = tuple(Paragraph(ordinal, Span(start, end)) for ordinal, (start, end) in enumerate(spans))
    return paragraphs, tuple(PageStart(start, number) for start, number in pages)


def _spans_to_json(spans: Iterable[Span]) -> str:
    return json.dumps([[span.start, span.end] for span in spans], separators=(",", ":"))


def spans_from_json(text: str) -> tuple[Span, ...]:
    """Read spans as cells have them."""
    return tuple(Span(start, end) for start, end in json.loads(text))

"""Small articles and entries for the catalog's tests, cut the simplest way: one paragraph, one passage."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

from qa.catalog import Entry
from qa.types import Article, Paragraph, Passage, Span, Speaker, Statement, StatementForm, article_id_of

MERZ = "😀 Friedrich Merz said the talks had made progress.\n\nA decision is expected in Zürich on Monday."


def article(
    text: str = MERZ,
    *,
    url: str = "https://courier.example/berlin",
    outlet: str | None = "The Courier",
    title: str = "Talks in Berlin",
    published: date | None = date(2025, 12, 15),
) -> Article:
    spans, at = [], 0
    for block in text.split("\n\n"):
        spans.append(Span(at, at + len(block)))
        at += len(block) + 2
    return Article(
        id=article_id_of(text),
        url=url,
        outlet=outlet,
        title=title,
        byline="Ada Reporter",
        published=published,
        modified=datetime(2025, 12, 15, 18, 30, tzinfo=UTC),
        retrieved=datetime(2025, 12, 16, tzinfo=UTC),
        language="en",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(spans)),
        dateline="Berlin",
        standfirst=spans[0],
    )


def entry(of: Article | None = None, *, speaker: str | None = None, role: str | None = None) -> Entry:
    of = of or article()
    passages = [
        Passage(
            f"{of.id}:{paragraph.span.start}-{paragraph.span.end}",
            of.id,
            paragraph.span,
            of.title,
            paragraph.span.of(of.text),
        )
        for paragraph in of.paragraphs
    ]
    return Entry(of, passages, [statement(of.id, speaker, role)] if speaker else [])


def statement(article_id: str, speaker: str, role: str | None = None) -> Statement:
    return Statement(
        article_id,
        Speaker("he", speaker, role),
        source=(Span(2, 16),),
        cue=(Span(17, 21),),
        content=(Span(22, 30), Span(31, 40)),
        form=StatementForm.MIXED,
    )


def retitled(of: Article, title: str) -> Article:
    return replace(of, title=title)

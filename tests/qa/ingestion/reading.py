"""Reads one source the way that `qa ingest` does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import SourceError
from qa.ingestion import Limits, read_articles
from qa.types import Article

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


LIMITS = Limits(file_mib=1, page_mib=1, article_chars=100_000, fetch_s=2, private_addresses=True)


def read(source: Path | str, **limits: Any) -> list[Article | SourceError]:
    return list(read_articles(str(source), replace(LIMITS, **limits), now=NOW))


def read_one(source: Path | str) -> Article:
    """The one article of a source."""
    (found,) = read(source)
    assert isinstance(found, Article), found
    return found


def read_error(source: Path | str, **limits: int) -> SourceError:
    """The one error of a source."""
    (found,) = read(source, **limits)
    assert isinstance(found, SourceError), found
    return found


def paragraphs(article: Article) -> list[str]:
    return [paragraph.span.of(article.text) for paragraph in article.paragraphs]

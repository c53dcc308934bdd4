"""Reads one source the way that `qa ingest` does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qa.errors import SourceError
from qa.ingestion import read_articles
from qa.types import Article

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def read(source: Path | str, *, max_file_mib: int = 1, max_article_chars: int = 100_000) -> list[Article | SourceError]:
    return list(
        read_articles(
            str(source),
            max_file_mib=max_file_mib,
            max_article_chars=max_article_chars,
            fetch_timeout_s=2,
            now=NOW,
            private_addresses=True,
        )
    )


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

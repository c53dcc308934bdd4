"""Settings -> the attributor; a source that need not be in any archive -> its articles and who says what in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from qa.attribution import RuleAttributor
from qa.errors import SourceError
from qa.ingestion import expand, read_articles
from qa.protocols import Attributor
from qa.settings import IngestionSettings, Settings
from qa.types import Article, Statement

__all__ = ["articles_of", "attribute", "load_attributor"]


def load_attributor() -> Attributor:
    """Load what finds statements."""
    return RuleAttributor()


def attribute(source: str, settings: Settings) -> Iterator[tuple[Article, list[Statement]] | SourceError]:
    """Find every statement, of whatever kind, in a file, a folder or at an address; nothing is stored.

    Yields each article with its statements in reading order, and for each bad file or record an error.
    """
    attributor = load_attributor()
    for found in articles_of([source], settings.ingestion):
        yield found if isinstance(found, SourceError) else (found, attributor.attribute(found))


def articles_of(sources: Sequence[str], limits: IngestionSettings) -> Iterator[Article | SourceError]:
    """Read every source as the settings allow."""
    for source in expand(sources):
        yield from read_articles(
            source,
            max_file_mib=limits.max_file_mib,
            max_article_chars=limits.max_article_chars,
            fetch_timeout_s=limits.fetch_timeout_s,
            now=datetime.now(UTC),
        )

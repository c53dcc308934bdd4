"""Settings -> the attributor; a source that need not be in any archive -> its articles and who says what in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from qa import attribution
from qa.errors import SourceError
from qa.ingestion import expand, read_articles
from qa.protocols import Attributor
from qa.settings import IngestionSettings, Settings
from qa.types import Article, Statement

__all__ = ["ATTRIBUTION", "articles_of", "attribute", "load_attributor"]


ATTRIBUTION = Path(__file__).resolve().parents[1] / "weights" / "attribution"


def load_attributor(folder: Path = ATTRIBUTION) -> Attributor:
    """Load what finds statements: the token model where its weights are installed, else the rules."""
    return attribution.load_attributor(folder)


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
            private_addresses=limits.private_addresses,
        )

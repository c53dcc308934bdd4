"""Settings -> the attributor; a source that need not be in any archive -> its articles and who says what in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from qa.attribution import RuleAttributor, TokenAttributor
from qa.errors import SourceError
from qa.ingestion import Limits, expand, guarded, read_articles
from qa.protocols import Attributor
from qa.settings import AttributionSettings, IngestionSettings, Settings
from qa.types import Article, Statement

__all__ = ["ATTRIBUTION", "articles_of", "attribute", "limits_of", "load_attributor"]


ATTRIBUTION = Path(__file__).resolve().parents[2] / "weights" / "attribution"


def load_attributor(settings: AttributionSettings, folder: Path = ATTRIBUTION) -> Attributor:
    """Load the attributor that the settings choose.

    Raises:
        ModelMissing: the trained one is chosen and its weights are not there.
    """
    return RuleAttributor() if settings.attributor == "rules" else TokenAttributor(folder)


def attribute(source: str, settings: Settings) -> Iterator[tuple[Article, list[Statement]] | SourceError]:
    """Find every statement, of whatever kind, in a file, a folder or at an address; nothing is stored.

    Yields each article with its statements in reading order, and for each bad file, record or article an error.
    """
    attributor = load_attributor(settings.attribution)
    for found in articles_of([source], settings.ingestion):
        if isinstance(found, SourceError):
            yield found
            continue
        said = guarded(partial(attributor.attribute, found), found.url, settings.ingestion.article_timeout_s)
        yield said if isinstance(said, SourceError) else (found, said)


def articles_of(
    sources: Sequence[str], settings: IngestionSettings, *, archive: Path | None = None, trust_stated: bool = False
) -> Iterator[Article | SourceError]:
    """Read every source as the settings allow.

    Args:
        sources: files, folders and addresses.
        settings: how much of each is read.
        archive: the data folder, of which nothing is taken.
        trust_stated: take a page's word for its address.
    """
    limits = replace(limits_of(settings), trust_stated=trust_stated)
    for source in expand(sources, archive=archive):
        if isinstance(source, SourceError):
            yield source
        else:
            yield from read_articles(source, limits, now=datetime.now(UTC))


def limits_of(settings: IngestionSettings) -> Limits:
    """What ingestion takes of the settings."""
    return Limits(
        file_mib=settings.max_file_mib,
        unpacked_mib=settings.max_unpacked_mib,
        page_mib=settings.max_page_mib,
        records=settings.max_records,
        bad_records=settings.max_bad_records,
        article_chars=settings.max_article_chars,
        article_s=settings.article_timeout_s,
        fetch_s=settings.fetch_timeout_s,
        private_addresses=settings.private_addresses,
    )

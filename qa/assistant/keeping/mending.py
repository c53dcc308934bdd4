"""A damaged article -> the same article as its source has it, where the source still has it.

Promise: nothing is written over an article but the very text that it is named after. What is damaged in passages and
statements alone is found anew from the article itself. What it does not know: sources other than the article's own
addresses; `qa ingest` mends from any.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from qa.assistant.keeping.attributing import articles_of
from qa.catalog import Catalog, Damaged, Entry
from qa.errors import QaError, SourceError
from qa.ingestion import cut_passages
from qa.protocols import Attributor
from qa.records import Finding
from qa.settings import IngestionSettings
from qa.types import Article

__all__ = ["mend"]


def mend(catalog: Catalog, attributor: Attributor, settings: IngestionSettings) -> Iterator[Finding]:
    """Mend what can be mended, and say for each damaged article what became of it."""
    for damaged in catalog.damaged():
        try:
            yield _mended(catalog, attributor, settings, damaged)
        except QaError as error:
            yield Finding("mending", False, error.message, error.remedy)
    if catalog.mend_rest():
        yield Finding("mending", True, "the full-text index and the decisions about spellings were taken as they are")


def _mended(catalog: Catalog, attributor: Attributor, settings: IngestionSettings, damaged: Damaged) -> Finding:
    name = f"article {damaged.article_id}"
    if damaged.article is not None:
        catalog.mend_parts(damaged, _entry(damaged.article, attributor))
        return Finding("mending", True, f"{name}: its passages and statements were found anew")
    reasons: list[str] = []
    restored: list[str] = []
    for address in damaged.addresses:
        found = list(_with_id(address, damaged.wanted, settings, reasons))
        for article in found[:1]:
            if not restored:
                catalog.mend(damaged, _entry(article, attributor))
            else:
                catalog.store([Entry(article, cut_passages(article))])
            restored.append(address)
    if restored:
        return Finding("mending", True, f"{name} was restored from {' and '.join(restored)}")
    why = "; ".join(dict.fromkeys(reasons)) or "it has no address that can be read"
    remedy = "Ingest the file that it came from with `qa ingest FILE`, or erase it with `qa remove --purge`."
    return Finding("mending", False, f"{name} could not be restored ({damaged.what}): {why}", remedy)


def _entry(article: Article, attributor: Attributor) -> Entry:
    return Entry(article, cut_passages(article), attributor.attribute(article), attributor.digest)


def _with_id(address: str, wanted: str, settings: IngestionSettings, reasons: list[str]) -> Iterator[Article]:
    """The article of this id at an address, a file's or a page's; why not is added to the reasons."""
    try:
        for found in articles_of([_source(address)], settings):
            if isinstance(found, SourceError):
                reasons.append(found.message)
            elif found.id == wanted:
                yield found
                return
        reasons.append(f"{address} does not have this text any more")
    except (SourceError, ValueError) as error:
        reasons.append(str(error))


def _source(address: str) -> str:
    """What ingestion takes: a path for a file's address, without the line in it; any other address as it is."""
    parts = urlsplit(address)
    return unquote(parts.path) if parts.scheme == "file" else address

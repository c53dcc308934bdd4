"""The parts of an archive -> what is wrong with each, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable

from qa.assistant.quarantine import Kept, Quarantine
from qa.assistant.reading import Reading
from qa.assistant.records import Finding
from qa.catalog import Catalog
from qa.errors import QaError, SourceError
from qa.protocols import Attributor, Encoder, VectorIndex

__all__ = [
    "examine_catalog",
    "examine_encoder",
    "examine_index",
    "examine_quarantine",
    "examine_reader",
    "examine_statements",
]

_MOST_LISTED = 100


def examine_catalog(catalog: Catalog) -> list[Finding]:
    """Count what the catalog holds and look for damage; the whole file is read."""
    report = catalog.check()
    counts = (
        f"{report.articles} articles, {report.superseded} older versions, {report.hidden} removed, "
        f"{report.passages} passages, {report.statements} statements"
    )
    remedy = "Restore the data folder from a copy, or ingest the sources into a new one."
    return [
        Finding("catalog", not report.problems, counts),
        *(Finding("catalog", False, problem, remedy) for problem in report.problems),
    ]


def examine_statements(catalog: Catalog, load: Callable[[], Attributor]) -> Finding:
    """Say whether the attributor can be loaded, and whether every article's statements are its own."""
    try:
        digest = load().digest
    except QaError as error:
        return Finding("statements", False, error.message, error.remedy)
    others = len(catalog.attributed_otherwise(digest))
    if not others:
        return Finding("statements", True, f"found by {digest}")
    articles = "one article" if others == 1 else f"{others} articles"
    message = f"those of {articles} were not found by {digest}"
    return Finding("statements", False, message, "Find them anew with `qa rebuild --statements`.")


def examine_encoder(load: Callable[[], Encoder]) -> Finding:
    """Say whether the encoder can be loaded."""
    try:
        encoder = load()
    except QaError as error:
        return Finding("encoder", False, error.message, error.remedy)
    return Finding("encoder", True, f"{encoder.name}, {encoder.digest[:16]}")


def examine_reader(load: Callable[[], Reading]) -> Finding:
    """Say which reader answers, and whether it can be loaded with a confidence that is its own."""
    try:
        return Finding("reader", True, load().name)
    except QaError as error:
        return Finding("reader", False, error.message, error.remedy)


def examine_index(catalog: Catalog, load: Callable[[], VectorIndex]) -> Finding:
    """Compare the index with the catalog, id by id."""
    try:
        indexed = load().ids()
    except QaError as error:
        return Finding("index", False, error.message, error.remedy)
    wanted = catalog.searchable_passage_ids()
    missing, surplus = len(wanted - indexed), len(indexed - wanted)
    if missing or surplus:
        message = f"{missing} passages have no vector and {surplus} vectors have no passage"
        return Finding("index", False, message, "Mend it with `qa rebuild`.")
    return Finding("index", True, f"{len(indexed)} vectors, one for each passage")


def examine_quarantine(quarantine: Quarantine) -> list[Finding]:
    """List what could not be put in: how many, and the first of them with their reasons."""
    kept = list(quarantine)
    if not kept:
        return [Finding("set aside", True, "nothing")]
    articles = "one article or source" if len(kept) == 1 else f"{len(kept)} articles or sources"
    remedy = (
        "Try them again with `qa ingest --retry`, or ingest their mended sources; to forget one, delete its file in "
        f"{quarantine.folder}."
    )
    return [Finding("set aside", False, articles, remedy), *(_set_aside(one) for one in kept[:_MOST_LISTED])]


def _set_aside(kept: Kept) -> Finding:
    return Finding("set aside", False, f"{kept.name}: {SourceError(kept.source, kept.reason, line=kept.line).message}")

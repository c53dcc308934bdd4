"""The parts of an archive -> what is wrong with each, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qa.assistant.keeping.privacy import exposed, only_ours
from qa.assistant.keeping.quarantine import Kept, Quarantine
from qa.assistant.reading import Reading
from qa.catalog import Catalog
from qa.errors import QaError, SourceError
from qa.protocols import Attributor, Encoder, ReadIndex
from qa.records import Finding

__all__ = [
    "examine_catalog",
    "examine_encoder",
    "examine_folder",
    "examine_index",
    "examine_quarantine",
    "examine_reader",
    "examine_statements",
]

_MOST_LISTED = 100


def examine_folder(data_dir: Path) -> list[Finding]:
    """Say whether others than its owner may read or change what is in the data folder; nothing to say when not."""
    open_to_others = list(exposed(data_dir))
    if data_dir.stat().st_mode & 0o077 and not only_ours(data_dir):
        message = f"the folder {data_dir} holds other things too and is open to others than its owner"
        return [
            Finding("folder", False, message, "Move the archive into a folder of its own, or `chmod 700` this one.")
        ]
    if open_to_others:
        message = (
            f"{len(open_to_others)} files and folders are open to others than their owner, such as {open_to_others[0]}"
        )
        return [
            Finding("folder", False, message, "`qa doctor --mend` closes them, as every command that changes them.")
        ]
    return []


def examine_catalog(catalog: Catalog) -> list[Finding]:
    """Count what the catalog holds and look for damage; the whole file is read."""
    report = catalog.check()
    counts = (
        f"{report.articles} articles, {report.superseded} older versions, {report.hidden} removed, "
        f"{report.passages} passages, {report.statements} statements"
    )
    mending = "`qa doctor --mend` restores it where its source is still there; else ingest the source again."
    remedy = "Restore the data folder from a backup, or ingest the sources into a new one."
    unfinished = "an erasing was cut short, so that bytes of erased articles may be left"
    return [
        *([Finding("catalog", False, unfinished, "`qa doctor --mend` ends it.")] if catalog.is_erasing() else []),
        Finding("catalog", not report.problems, counts),
        *(
            Finding("catalog", False, problem, mending if problem in report.mendable else remedy)
            for problem in report.problems
        ),
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


def examine_index(catalog: Catalog, load: Callable[[], ReadIndex]) -> Finding:
    """Compare the index with the catalog, id by id."""
    try:
        indexed = load().ids()
    except QaError as error:
        return Finding("index", False, error.message, error.remedy)
    wanted, noted = catalog.searchable_passage_ids(), catalog.indexed_ids()
    waiting = len(wanted - indexed - noted)
    missing, surplus = len(noted - indexed), len(indexed - wanted - set(catalog.obsolete_ids()))
    if missing or surplus:
        message = f"{missing} passages have no vector and {surplus} vectors have no passage"
        return Finding("index", False, message, "Mend it with `qa rebuild`.")
    if waiting:  # the catalog knows, and so does whoever changes the archive next
        passages = "passage waits for its vector" if waiting == 1 else "passages wait for their vectors"
        message = f"{len(indexed)} vectors; {waiting} {passages}, which the next command that changes the archive makes"
        return Finding("index", True, message)
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

"""Removing articles: out of sight, or out of the file.

Hiding keeps every row, so that the article stays removed when it is ingested again. Erasing deletes the rows and what a
user has decided about spellings that no article has any more, rebuilds the full-text index (a deletion alone leaves
the words in its older segments), rewrites the file and empties the write-ahead log. After it no byte of the text, its
title, a name or an address that only it had is left in the file. The ids of its passages stay until the vector index
has been rid of them; then :func:`forget_ids` takes them out too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from qa.catalog.engine import Connection, Database
from qa.catalog.feeds import forget_places
from qa.catalog.sealing import pins_fit, resealing, seal_pins, set_note
from qa.catalog.storing import forget, refresh

__all__ = ["ERASING", "ERASING_VECTORS", "erase_rows", "forget_ids", "hide_rows", "scrub"]

ERASING = "erasing"
"""Set in ``meta`` between the deletion and the end of :func:`scrub`: a process that dies there leaves it behind."""

ERASING_VECTORS = "erasing_vectors"
"""The same for the vector index: set between the deletion and the end of :func:`forget_ids`."""


def hide_rows(connection: Connection, keys: Sequence[int]) -> None:
    """Stop searching and showing these articles."""
    for key in keys:
        with resealing(connection, [key]):
            connection.execute(
                "UPDATE article SET hidden_at = ? WHERE key = ? AND hidden_at IS NULL",
                (datetime.now(UTC).isoformat(), key),
            )
            refresh(connection, key)


def erase_rows(connection: Connection, keys: Sequence[int]) -> None:
    """Delete these articles and everything that hangs on them; :func:`scrub` and :func:`forget_ids` have to follow."""
    forget_places(connection, keys)
    forget(connection, keys)
    _forget_names(connection)
    for note in (ERASING, ERASING_VECTORS):
        set_note(connection, note, "1")


def _forget_names(connection: Connection) -> None:
    """Forget decisions about spellings that no article has any more; whom the rest was pinned to has an heir."""
    fitted = pins_fit(connection)
    names = {row[0] for row in connection.execute("SELECT DISTINCT speaker_key FROM statement")}
    pins = connection.execute("SELECT spelling, speaker FROM speaker_pin ORDER BY spelling").fetchall()
    heirs: dict[str, str] = {}
    kept: list[tuple[str, str]] = []
    for spelling, speaker in pins:
        if spelling in names and speaker in names:
            kept.append((spelling, speaker))
        elif spelling in names and heirs.setdefault(speaker, spelling) != spelling:
            kept.append((spelling, heirs[speaker]))
    connection.execute("DELETE FROM speaker_pin")
    connection.executemany("INSERT INTO speaker_pin VALUES(?, ?)", kept)
    if fitted:
        seal_pins(connection)


def scrub(database: Database) -> None:
    """Leave no byte of what has been deleted.

    Raises:
        ArchiveError: somebody reads, so that the bytes are still there.
    """
    database.scrub()
    _forget_note(database, ERASING)


def forget_ids(database: Database) -> None:
    """Take out the ids of passages that the vector index has been rid of; raises as :func:`scrub`."""
    with database.writing() as connection:
        connection.execute("DELETE FROM obsolete")
    database.scrub("obsolete")
    _forget_note(database, ERASING_VECTORS)


def _forget_note(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute("DELETE FROM meta WHERE name = ?", (name,))

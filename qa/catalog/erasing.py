"""Removing articles: out of sight, or out of the file.

Hiding keeps every row, so that the article stays removed when it is ingested again. Erasing deletes the rows, rebuilds
the full-text index (a deletion alone leaves the words in its older segments), rewrites the file and empties the
write-ahead log, after which no byte of the text, its title or an address that only it had is left in the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from qa.catalog.database import Database
from qa.catalog.sealing import resealing
from qa.catalog.storing import forget, refresh
from qa.errors import ArchiveError

__all__ = ["ERASING", "erase_rows", "hide_rows", "scrub"]

ERASING = "erasing"
"""Set in ``meta`` between the deletion and the end of :func:`scrub`: a process that dies there leaves it behind."""


def hide_rows(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Stop searching and showing these articles."""
    for key in keys:
        with resealing(connection, [key]):
            connection.execute(
                "UPDATE article SET hidden_at = ? WHERE key = ? AND hidden_at IS NULL",
                (datetime.now(UTC).isoformat(), key),
            )
            refresh(connection, key)


def erase_rows(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Delete these articles and everything that hangs on them; :func:`scrub` has to follow."""
    forget(connection, keys)
    connection.execute("INSERT OR REPLACE INTO meta VALUES(?, '1')", (ERASING,))


def scrub(database: Database) -> None:
    """Rewrite the file without what has been deleted.

    Raises:
        ArchiveError: another process reads the file, so that old pages are still in its log.
    """
    with database.alone() as connection:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise ArchiveError(
                f"The article is deleted, but {database.path} is being read and still holds its bytes.",
                remedy="Stop `qa serve`; the next command finishes the erasing.",
            )
        connection.execute("DELETE FROM meta WHERE name = ?", (ERASING,))

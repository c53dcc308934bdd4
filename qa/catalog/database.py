"""One SQLite file -> transactions that read or write it, from any number of threads.

Connections are lent for the length of one transaction and kept for the next. A reader sees one moment of the file
however long it takes, and is never blocked by the writer (WAL). Writers queue: one at a time in this process through a
lock, one at a time among processes through SQLite. This is where SQLite's own errors become ours.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.catalog.schema import migrate
from qa.errors import ArchiveEmpty, ArchiveError

__all__ = ["Database"]

_BUSY_TIMEOUT_S = 10.0
_CACHE_KIB = 16 * 1024


class Database:
    """The file and its open connections.

    Args:
        path: the SQLite file.
        create: make the file, and its folder, when there is none.

    Raises:
        ArchiveEmpty: there is no file and ``create`` is false.
        ArchiveVersionError: the file is of a newer version.
        ArchiveError: the file cannot be opened or is no catalog.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._watching = threading.Lock()
        self._watcher: sqlite3.Connection | None = None
        self._closed = False
        if not path.exists():
            if not create:
                raise ArchiveEmpty(str(path.parent))
            self._make_folder()
        with self.translated(), self._borrowed() as connection:
            migrate(connection, str(path))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one moment of the file."""
        with self.translated(), self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")  # a reader has nothing to keep

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection in a transaction that is kept on success and undone on any error."""
        with self._write_lock, self.translated(), self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection outside a transaction while no other thread writes, for VACUUM and checkpoints."""
        with self._write_lock, self.translated(), self._borrowed() as connection:
            yield connection

    def changes(self) -> int:
        """A number that another commit, of whatever process, makes another."""
        with self.translated(), self._watching:
            if self._watcher is None:
                self._watcher = self._connect()  # never writes: SQLite only counts what other connections commit
            count: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
            return count

    def close(self) -> None:
        """Close every connection; the database cannot be used afterwards."""
        with self._idle_lock, self._watching:
            self._closed = True
            idle, self._idle = [*self._idle, *([self._watcher] if self._watcher else [])], []
            self._watcher = None
        for connection in idle:
            connection.close()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                f"The catalog {self.path} could not be used: {error}.", remedy=_remedy(str(error))
            ) from error

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        with self._idle_lock:
            if self._closed:
                raise ArchiveError(f"The catalog {self.path} has been closed.")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        finally:
            with self._idle_lock:
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def _connect(self) -> sqlite3.Connection:
        # A connection serves one thread at a time, but not always the same one.
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # what was reported as stored survives a power cut too
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"The data folder {self.path.parent} could not be made: {error.strerror}.",
                remedy="Name another one with QA_DATA_DIR.",
            ) from error


def _remedy(reason: str) -> str:
    if "locked" in reason or "busy" in reason:
        return "Another process is writing to it; try again when it has finished."
    if "full" in reason:
        return "Free some space; nothing that was stored is lost."
    if "malformed" in reason or "not a database" in reason:
        return "The file is damaged; restore it from a backup or ingest again into a new data folder."
    return "Check that the folder exists and that you may write to it."

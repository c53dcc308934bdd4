"""One SQLite file -> transactions that read or write it, from any number of threads.

Connections are lent for the length of one transaction and kept for the next. A reader sees one moment of the file
however long it takes, and is never blocked by the writer (WAL). Writers queue: one at a time in this process through a
lock, one at a time among processes through SQLite. This is where SQLite's own errors become ours.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from operator import methodcaller
from pathlib import Path
from typing import Any, ClassVar

from qa.catalog.engine import Connection, Words
from qa.catalog.full_text import FullText
from qa.catalog.schema import migrate, require_newest
from qa.errors import DISK_FULL, ArchiveEmpty, ArchiveError, remedy_of
from qa.selected import SelectedIds

__all__ = ["SqliteDatabase"]

_BUSY_TIMEOUT_S = 10.0
_CACHE_KIB = 16 * 1024


class SqliteConnection(sqlite3.Connection):
    """A :class:`qa.catalog.engine.Connection`."""

    words: ClassVar[Words] = FullText()

    def keys_given(self) -> None:
        """Nothing to do: SQLite looks at what is there."""


class SqliteDatabase:
    """The file and its open connections: a :class:`qa.catalog.engine.Database`.

    Args:
        path: the SQLite file.
        write: make the file, and its folder, when there is none, and bring it up to the newest schema. Otherwise
            nothing is changed: every connection only reads.
        undisturbed: nobody writes while the file is open. A reader then needs no shared memory beside the file, and
            can read a folder that it must not write to.

    Raises:
        ArchiveEmpty: there is no file and ``write`` is false.
        ArchiveVersionError: the file is of a newer version, or, for a reader, of an older one.
        ArchiveError: the file cannot be opened or is no catalog.
    """

    refusals: ClassVar[tuple[type[Exception], ...]] = (sqlite3.IntegrityError, sqlite3.DataError)

    def __init__(self, path: Path, *, write: bool = True, undisturbed: bool = False) -> None:
        self.path = path
        self.where = str(path.parent)
        self._write = write
        self._idle: list[SqliteConnection] = []
        self._idle_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._watching = threading.Lock()
        self._watcher: SqliteConnection | None = None
        self._closed = False
        if not self._size():
            if not write:
                raise ArchiveEmpty(str(path.parent))
            self._create()
        # What lies in the log is part of the file: without it a reader would see half of what was written.
        log = path.with_name(path.name + "-wal")
        self._immutable = undisturbed and not write and not (log.exists() and log.stat().st_size)
        with self.translated(), self._borrowed() as connection:
            (migrate if write else require_newest)(connection, str(path))

    @contextmanager
    def reading(self) -> Iterator[SqliteConnection]:
        """Lend a connection that sees one moment of the file."""
        with self.translated(), self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")  # a reader has nothing to keep

    @contextmanager
    def writing(self) -> Iterator[SqliteConnection]:
        """Lend a connection in a transaction that is kept on success and undone on any error."""
        with self._write_lock, self.translated(), self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def ids(self, sql: str, values: Sequence[Any]) -> SelectedIds:
        """The ids that a SELECT names; of many, whoever looks for a few asks for those alone."""

        def fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            with self.reading() as connection:
                return connection.execute(sql, values).fetchall()

        return SelectedIds(sql, values, fetch, mark="?")

    def alone(self) -> AbstractContextManager[None]:
        """Nothing to do: the process that writes owns the data folder."""
        return nullcontext()

    def faults(self, connection: Connection) -> Iterator[str]:
        """What SQLite's own checks say of its pages and of what rows refer to."""
        yield from (row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
        for row in connection.execute("PRAGMA foreign_key_check"):
            yield f"a row of {row[0]} refers to a missing {row[2]}"

    def scrub(self, table: str | None = None) -> None:
        """Leave no byte of what has been deleted; what a single table had, ``secure_delete`` has overwritten already.

        Raises:
            ArchiveError: another process reads the file, so that old pages are still in its log.
        """
        with self._write_lock, self.translated(), self._borrowed() as connection:
            if table is None:
                connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise ArchiveError(
                f"The article is deleted, but {self.path} is being read and still holds its bytes.",
                remedy="Stop `qa serve`; the next command that changes the archive finishes the erasing.",
            )

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
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # Python cannot decode a message on damaged bytes
            raise ArchiveError(
                f"The catalog {self.path} could not be used: {error}.", remedy=_remedy(str(error))
            ) from error

    @contextmanager
    def _borrowed(self) -> Iterator[SqliteConnection]:
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

    @contextmanager
    def checking(self) -> Iterator[SqliteConnection]:
        """Lend a copy of the file, in a nameless temporary file that SQLite drops: FTS5's check is an INSERT."""
        with self.translated(), self._borrowed() as connection, closing(_connected("")) as copy:
            connection.backup(copy)
            yield copy

    def _connect(self) -> SqliteConnection:
        mode = "ro&immutable=1" if self._immutable else "rw" if os.access(self.path, os.W_OK) else "ro"
        connection = _open(self.path, mode)
        try:
            if self._write:
                _make_durable(connection)
            else:
                connection.execute("PRAGMA query_only = 1")  # "ro" would leave SQLite's shared memory behind
        except BaseException:
            connection.close()
            raise
        return connection

    def _size(self) -> int:
        """The file's size; 0 where there is no file."""
        try:
            size = self.path.stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return 0
        except OSError as error:
            raise ArchiveError(
                f"The catalog {self.path} could not be looked at: {error.strerror}.",
                remedy="Check that QA_DATA_DIR names a folder that you may read.",
            ) from error
        if size == 0:
            raise ArchiveError(
                f"The catalog {self.path} has 0 bytes: what was in it is lost.",
                remedy="Restore it from a backup, or delete the file and ingest the sources again.",
            )
        return size

    def _create(self) -> None:
        """Make the file beside its place and put it there whole, so that no crash leaves an empty one."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self.path.parent) as folder:
                made = Path(folder, self.path.name)
                with self.translated(), closing(_open(made, "rwc")) as connection:
                    _make_durable(connection)
                    migrate(connection, str(self.path), new=True)
                made.chmod(0o600)
                with suppress(FileExistsError):  # another process was faster
                    os.link(made, self.path)
        except OSError as error:
            raise ArchiveError(
                f"The data folder {self.path.parent} could not be made: {error.strerror}.",
                remedy=remedy_of(error, "Name another one with QA_DATA_DIR."),
            ) from error


def _open(path: Path, mode: str) -> SqliteConnection:
    # A connection serves one thread at a time, but not always the same one.
    return _connected(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def _connected(name: str, **options: Any) -> SqliteConnection:
    connection = sqlite3.connect(name, factory=SqliteConnection, **options)
    # A damaged cell must not stop whoever reads the row: it comes out with U+FFFD in it and does not fit its seal.
    connection.text_factory = methodcaller("decode", "utf-8", "replace")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _make_durable(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # what was reported as stored survives a power cut too
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _remedy(reason: str) -> str:
    if "locked" in reason or "busy" in reason:
        return "Another process is writing to it; try again when it has finished."
    if "full" in reason:
        return DISK_FULL
    if any(word in reason for word in ("unable to open", "readonly", "I/O")):
        return "Check that the folder exists, that you may read it and, to change the archive, write to it."
    return "The file is damaged; restore it from a backup or ingest the sources again into a new data folder."

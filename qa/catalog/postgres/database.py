"""A PostgreSQL database -> transactions that read or write the catalog's tables, from any number of processes.

A reader sees one moment of the tables however long it takes (REPEATABLE READ), and is never blocked by a writer.
Writers of all machines take turns, transaction by transaction, through an advisory lock: what SQLite promises for one
file is promised here for one schema. The lock goes with the transaction, so whoever dies lets go of it.

What it does not know: the server's write-ahead log, its backups and replicas. What is erased leaves the tables' files
(:meth:`PostgresDatabase.scrub`); the log keeps it until the server has written over it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, ClassVar

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from qa.catalog.engine import Connection, Words
from qa.catalog.postgres.schema import migrate, require_newest
from qa.catalog.postgres.words import WordTables
from qa.errors import ArchiveError
from qa.postgres import LOCK_TIMEOUT_MS, Pool, await_readers, check_address
from qa.selected import SelectedIds

__all__ = ["PostgresConnection", "PostgresDatabase"]

logger = logging.getLogger(__name__)
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITERS = 0x4F6E5265  # "OnRe": which advisory locks are ours
_TURN = f"SELECT pg_advisory_xact_lock({_WRITERS}, hashtext(current_schema()))"
_ALONE = f"SELECT pg_advisory_lock({_WRITERS + 1}, hashtext(current_schema()))"
_SILENT_MS = 2_000  # how long it is waited for the lock without a word
_WHO = (
    "SELECT a.application_name, a.client_addr::text FROM pg_locks l "
    "JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND "
    f"l.classid = {_WRITERS + 1} AND l.objid = (hashtext(current_schema())::bigint & 4294967295)::oid AND "
    "l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_NOWHERE = "\uffff"  # stands in no text


class _Flag(Loader):
    """Truth as SQLite has it: what is sealed is the same in both engines."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class PostgresConnection:
    """A :class:`qa.catalog.engine.Connection`.

    Args:
        connection: psycopg's.
        reads: it only reads. Then a value with U+0000, which no row can hold, is looked for and not found, as in
            SQLite; a writer is refused it.
    """

    words: ClassVar[Words] = WordTables()

    def __init__(self, connection: psycopg.Connection[Any], *, reads: bool = False) -> None:
        self._connection = connection
        self._reads = reads
        connection.adapters.register_loader("bool", _Flag)

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        """Run a statement with a value for each ``?``, or several that have none."""
        if not values:
            return self._connection.execute(_plain(sql))
        if self._reads:
            values = _sought(values)
        return self._connection.execute(_marked(sql), values)

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> None:
        """Run a statement once for each of these."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_marked(sql), values)

    def keys_given(self) -> None:
        """Have the sequences of keys go on after the highest ones."""
        for table in ("article", "passage", "feed"):
            self._connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'key'), greatest(max(key), 1)) FROM {table}".encode()
            )


@lru_cache(maxsize=1_000)
def _marked(sql: str) -> bytes:
    """The statement with psycopg's marks for values."""
    return _plain(sql).replace(b"%", b"%%").replace(b"?", b"%s")


def _sought(values: Sequence[Any]) -> Sequence[Any]:
    """Values to look for, of which those with U+0000 are nowhere."""
    return [one.replace("\0", _NOWHERE) if isinstance(one, str) else one for one in values]


def _plain(sql: str) -> bytes:
    """The statement without lists that have nothing in them, which SQLite has and PostgreSQL has not."""
    return sql.replace(" IN ()", " IN (NULL)").encode()


class PostgresDatabase:
    """The tables and the connections to them: a :class:`qa.catalog.engine.Database`.

    Args:
        url: ``postgresql://USER:PASSWORD@HOST:PORT/DATABASE``.
        write: make the tables where there are none, and bring them up to the newest schema. Otherwise nothing is
            changed.

    Raises:
        SettingsError: ``url`` is no such address, or psycopg is not installed.
        ArchiveEmpty: there are no tables and ``write`` is false.
        ArchiveVersionError: the tables are of a newer version, or, for a reader, of an older one.
        ArchiveError: the server cannot be reached, or the schema holds something else.
    """

    refusals: ClassVar[tuple[type[Exception], ...]] = (
        psycopg.IntegrityError,
        psycopg.DataError,
        psycopg.errors.ProgramLimitExceeded,  # an address that is longer than an index takes
    )

    def __init__(self, url: str, *, write: bool = True) -> None:
        self._pool = Pool(url, "catalog", ArchiveError)
        self.where = check_address(url)
        self._write = write
        self._write_lock = threading.Lock()
        self._alone_lock = threading.Lock()
        self._held = threading.local()
        try:
            if write:
                with self._turn() as connection:
                    migrate(connection, self._pool.where)
            else:
                with self.reading() as connection:
                    require_newest(connection, self._pool.where)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        """Lend a connection that sees one moment."""
        with self._pool.lend(_READING) as connection:
            try:
                yield PostgresConnection(connection, reads=True)
            finally:
                _undo(connection)

    checking = reading

    @contextmanager
    def writing(self) -> Iterator[PostgresConnection]:
        """Lend a connection in a transaction, when it is this writer's turn."""
        if not self._write:
            raise ArchiveError(f"The {self._pool.where} has been opened for reading.")
        with self._turn() as connection:
            connection.execute("UPDATE archive SET changes = changes + 1")
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[PostgresConnection]:
        with self._write_lock, self._begun() as connection:
            try:
                connection.execute(_TURN)
                yield PostgresConnection(connection)
                connection.execute("COMMIT")
            finally:
                _undo(connection)

    @contextmanager
    def _begun(self) -> Iterator[psycopg.Connection[Any]]:
        """A transaction; of whoever keeps others out, on the connection that does: without the lock nothing is kept."""
        holding: psycopg.Connection[Any] | None = getattr(self._held, "connection", None)
        if holding is None:
            with self._pool.lend("BEGIN") as connection:
                yield connection
            return
        with self._pool.translated():
            try:
                holding.execute("BEGIN")
                yield holding
            except psycopg.OperationalError as error:
                if not holding.broken and not holding.closed:
                    raise
                raise ArchiveError(
                    f"The connection to the {self._pool.where} that kept others out is lost, and what was being done "
                    "is not kept.",
                    remedy="Do it again; the server's own log says why it ended the connection.",
                ) from error

    def ids(self, sql: str, values: Sequence[Any]) -> SelectedIds:
        """The ids that a SELECT names, which the index of vectors beside the tables need not be sent."""

        def fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            with self._pool.lend(_READING) as connection:
                try:
                    return connection.execute(sql.encode(), values or None).fetchall()
                finally:
                    _undo(connection)

        return SelectedIds(_marked(sql).decode(), _sought(values), fetch, mark="%s")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the archive's other advisory lock, which lasts through several transactions."""
        if getattr(self._held, "depth", 0):
            self._held.depth += 1
            try:
                yield
            finally:
                self._held.depth -= 1
            return
        # Other threads of this process wait here, and hold no connection while they do.
        with self._alone_lock, self._pool.lend(f"SET lock_timeout = {_SILENT_MS}") as connection:
            try:
                self._keep_out(connection)
                self._held.depth, self._held.connection = 1, connection
                yield
            finally:
                self._held.depth, self._held.connection = 0, None
                connection.close()  # the lock goes with it, whatever has happened to the server

    def _keep_out(self, connection: psycopg.Connection[Any]) -> None:
        """Take the lock, however long others hold it; who they are is said after a moment."""
        try:
            connection.execute(_ALONE)
        except psycopg.errors.LockNotAvailable:
            told = (
                f"{name or 'another process'}{f' at {place}' if place else ''}"
                for name, place in connection.execute(_WHO).fetchall()
            )
            logger.warning(
                "%s: waiting until %s has done its work.", self.where, " and ".join(told) or "another process"
            )
            connection.execute("SET lock_timeout = 0")
            connection.execute(_ALONE)
        connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}".encode())

    def faults(self, connection: Connection) -> Iterator[str]:
        """What does not fit among the tables; pages and references are checked by the server itself."""
        for name, table in (("an index", "pg_index"), ("a constraint", "pg_constraint")):
            column, sound = ("indexrelid", "indisvalid") if table == "pg_index" else ("conrelid", "convalidated")
            rows = connection.execute(
                f"SELECT c.relname FROM {table} x JOIN pg_class c ON c.oid = x.{column} "
                f"WHERE c.relnamespace = current_schema()::regnamespace AND NOT x.{sound}"
            )
            for (relation,) in rows:
                yield f"{name} of {relation} is not valid"

    def scrub(self, table: str | None = None) -> None:
        """Write the tables anew without what has been deleted; the old files go with the next checkpoint.

        Raises:
            ArchiveError: somebody still reads what was there before.
        """
        with self._write_lock, self._pool.lend("SELECT 1") as connection:
            await_readers(connection, self._pool.where)
            tables = [table] if table else [row[0] for row in connection.execute(_TABLES)]
            for name in tables:
                connection.execute(f"VACUUM (FULL) {name}".encode())
            with suppress(psycopg.errors.InsufficientPrivilege):  # then the server does it by itself within minutes
                connection.execute("CHECKPOINT")

    def changes(self) -> int:
        """How many transactions have written."""
        with self._pool.lend(_READING) as connection:
            try:
                return _count(connection, "SELECT changes FROM archive")
            finally:
                _undo(connection)

    def close(self) -> None:
        """Close every connection; the database cannot be used afterwards."""
        self._pool.close()


_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


def _count(connection: psycopg.Connection[Any], sql: str, *values: object) -> int:
    row = connection.execute(sql.encode(), values or None).fetchone()
    assert row is not None
    return int(row[0])


def _undo(connection: psycopg.Connection[Any]) -> None:
    """End a transaction that has not been kept; a connection that is broken has ended it already."""
    if connection.info.transaction_status in {
        psycopg.pq.TransactionStatus.INTRANS,
        psycopg.pq.TransactionStatus.INERROR,
    }:
        with suppress(psycopg.OperationalError):
            connection.execute("ROLLBACK")

"""An address of a PostgreSQL database -> connections that are lent for one transaction and kept for the next.

Whatever psycopg raises becomes the error that the caller names, with what to do about it. A process has so many
connections to a database and no more, and whoever comes when all are lent waits. The tables are those of the first
schema of the connection's ``search_path``. No message tells a password. What this does not know: what lies in the
tables (:mod:`qa.catalog.postgres`, :mod:`qa.indexing.postgres`).
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qa.errors import DISK_FULL, ArchiveError, QaError, SettingsError

if TYPE_CHECKING:
    import psycopg

__all__ = ["LOCK_TIMEOUT_MS", "Pool", "await_readers", "check_address"]

_CONNECT_S = 10  # how long a server may take to answer
LOCK_TIMEOUT_MS = 60_000
"""How long one writer waits for another."""
_MOST = 24  # connections of one pool: more threads than ask at once; PostgreSQL itself takes 100 of all processes
_PATIENCE_S = 30.0  # how long whoever comes when all are lent waits for one
# A connection may hold a lock and rest for hours: firewalls have to see it, and a machine that lost power let go of it.
_ALIVE = {"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 6}
# What was reported as stored survives a power cut; compiling would take longer than any of these queries.
_SETTINGS = (
    f"SET lock_timeout = {LOCK_TIMEOUT_MS}; SET synchronous_commit = on; SET client_min_messages = warning; "
    "SET client_encoding = 'UTF8'; SET jit = off; SET work_mem = '64MB'; "
    + "; ".join(f"SET tcp_{name} = {value}" for name, value in _ALIVE.items())
)
_READERS_S = 30.0  # how long readers may keep what is erased
_PAUSE_S = 0.05
# What keeps deleted rows: a snapshot in this database; in any database, a transaction that has written and still lasts.
_OLDER = (
    "SELECT count(*) FROM ("
    "SELECT backend_xmin FROM pg_stat_activity "
    "WHERE pid != pg_backend_pid() AND (datname = current_database() OR datname IS NULL) "
    "UNION ALL SELECT backend_xid FROM pg_stat_activity WHERE pid != pg_backend_pid() "
    "UNION ALL SELECT transaction FROM pg_prepared_xacts UNION ALL SELECT xmin FROM pg_replication_slots"
    ") AS held(xid) WHERE age(xid) > age(%s::text::xid)"
)
# SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html
_DISK_FULL = "53100"
_LOCKED = {"55P03", "40P01"}
_NOT_ALLOWED = "42501"
_UNREACHED = ("08", "57")


class Pool:
    """Connections to one database, used by several threads.

    Args:
        url: ``postgresql://USER:PASSWORD@HOST:PORT/DATABASE``, as libpq takes it.
        called: what lies there, for messages, such as "catalog".
        error: which of our errors it is when that cannot be used.

    Raises:
        SettingsError: ``url`` is no such address, or psycopg is not installed.
        QaError: of the kind of ``error``: the server cannot be reached, or does not let us in.
    """

    def __init__(self, url: str, called: str, error: type[QaError]) -> None:
        self._url = url
        self._error = error
        self._idle: list[psycopg.Connection[Any]] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(_MOST)
        self._closed = False
        self.where = f"{called} in {check_address(url)}"
        """What a message calls it."""
        with self.lend("SELECT 1"):
            pass

    @contextmanager
    def lend(self, beginning: str) -> Iterator[psycopg.Connection[Any]]:
        """Lend a connection on which this statement has been run; who borrows it ends what that began.

        A connection that the server has closed meanwhile, as when it was restarted, is replaced.
        """
        if not self._free.acquire(timeout=_PATIENCE_S):
            raise self._error(
                f"The {self.where} could not be used: all {_MOST} connections of this process are in use.",
                remedy="Try again in a moment.",
            )
        try:
            with self.translated():
                connection = self._begun(beginning)
                try:
                    yield connection
                finally:
                    self._take_back(connection)
        finally:
            self._free.release()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn psycopg's errors into ours."""
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            # Its message may go on with a hint and the statement, line by line.
            said = str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__
            raise self._error(f"The {self.where} could not be used: {said}.", remedy=_remedy(error)) from error

    def close(self) -> None:
        """Close every connection; nothing is lent afterwards."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _begun(self, beginning: str) -> psycopg.Connection[Any]:
        import psycopg

        while True:
            with self._lock:
                if self._closed:
                    raise self._error(f"The {self.where} has been closed.")
                kept = self._idle.pop() if self._idle else None
            connection = kept or self._connected()
            try:
                connection.execute(beginning)
            except psycopg.OperationalError:
                connection.close()
                if kept is None:
                    raise
            except BaseException:
                connection.close()
                raise
            else:
                return connection

    def _connected(self) -> psycopg.Connection[Any]:
        import psycopg
        from psycopg.conninfo import make_conninfo

        named = f"On Record, process {os.getpid()} on {socket.gethostname()}"  # as others see who keeps them waiting
        address = make_conninfo(self._url, connect_timeout=_CONNECT_S, fallback_application_name=named[:63], **_ALIVE)
        connection = psycopg.connect(address, autocommit=True)
        try:
            connection.execute(_SETTINGS)
        except BaseException:
            connection.close()
            raise
        return connection

    def _take_back(self, connection: psycopg.Connection[Any]) -> None:
        """Keep a connection that is between two transactions; whatever else it is, it is closed."""
        from psycopg.pq import TransactionStatus

        idle = connection.info.transaction_status == TransactionStatus.IDLE
        with self._lock:
            keep = idle and not self._closed
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()


def check_address(url: str) -> str:
    """Return the address without its login: server, database, and the schema where it names one.

    Raises:
        SettingsError: it is none, or psycopg is not installed.
    """
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as missing:
        raise SettingsError(
            "QA_STORE__URL names a PostgreSQL server, and psycopg is not installed.",
            remedy="Install it with `pip install 'onrecord[postgres]'`, or unset QA_STORE__URL.",
        ) from missing
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:  # its message may tell the password
        parts = {}
    if not url.startswith(("postgresql://", "postgres://")) or not parts:
        raise SettingsError(
            "QA_STORE__URL is not the address of a PostgreSQL database.",
            remedy="Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
        ) from None
    if any("@" in str(parts.get(name) or "") for name in ("host", "port", "dbname")):  # the rest of a password
        raise SettingsError(
            "QA_STORE__URL is not the address of a PostgreSQL database: an @ stands behind the login's.",
            remedy="Write what is no letter or digit in a password as in addresses: @ is %40, / is %2F, : is %3A.",
        )
    port = f":{parts['port']}" if parts.get("port") else ""
    schema = re.search(r"search_path\s*=\s*([^,\s]+)", str(parts.get("options") or ""))
    place = f"PostgreSQL at {parts.get('host') or 'localhost'}{port}/{parts.get('dbname') or ''}".rstrip("/")
    return f"{place}, schema {schema[1]}" if schema else place


def await_readers(connection: psycopg.Connection[Any], where: str) -> None:
    """Wait until nobody can see what has been deleted, so that ``VACUUM (FULL)`` leaves no byte of it.

    Raises:
        ArchiveError: somebody still can after half a minute.
    """
    last = connection.execute("SELECT pg_current_xact_id()::text").fetchone()
    assert last is not None
    deadline = time.monotonic() + _READERS_S
    while (held := connection.execute(_OLDER.encode(), (str(int(last[0]) % 2**32),)).fetchone()) and held[0]:
        if time.monotonic() > deadline:
            raise ArchiveError(
                f"The article is deleted, but the {where} is being read and still holds its bytes.",
                remedy="End the transaction that is open (pg_stat_activity); the next command that changes "
                "the archive finishes the erasing.",
            )
        time.sleep(_PAUSE_S)


def _remedy(error: psycopg.Error) -> str:
    """What to do about an error; a connection that fails has no SQLSTATE, only words."""
    said, state = str(error).lower(), error.sqlstate
    login = any(word in said for word in ("password", "authentication", "pg_hba", 'role "'))
    remedies = (
        (state == _DISK_FULL, DISK_FULL),
        (state in _LOCKED, "Another process is writing to it; try again when it has finished."),
        (state == _NOT_ALLOWED, "The user in QA_STORE__URL must own the database, or a schema of it."),
        (login, "Check the user and the password in QA_STORE__URL."),
        ("database" in said and "does not exist" in said, "Make it (`createdb`), or name another in QA_STORE__URL."),
        (
            state is None or state.startswith(_UNREACHED),
            "Check that the server runs and can be reached from here, and QA_STORE__URL.",
        ),
        (True, "`qa doctor` examines it; what the server's own log says at this moment tells more."),
    )
    return next(remedy for fits, remedy in remedies if fits)

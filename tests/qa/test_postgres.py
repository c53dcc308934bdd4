"""An address in QA_STORE__URL that leads nowhere, or to something else: what is said of it, and what never is."""

from __future__ import annotations

import logging
import os
import random
import socket
import threading
import time
from unittest.mock import patch
from uuid import uuid4

import psycopg
import pytest

from qa import postgres as connecting
from qa.catalog import Catalog
from qa.errors import (
    ArchiveEmpty,
    ArchiveError,
    ArchiveVersionError,
    ArticleRefused,
    IndexUnavailable,
    QaError,
    SettingsError,
)
from qa.indexing.postgres import PostgresIndex
from qa.postgres import Pool
from tests.postgres import Server
from tests.qa.catalog.articles import article, entry

SECRET = "hrimfaxon"


def told(address: str, *, write: bool = True) -> QaError:
    with pytest.raises(QaError) as caught:
        Catalog.connect(address, write=write)
    assert SECRET not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "address", [f"http://u:{SECRET}@h/d", f"{SECRET}", f"postgresql://u:{SECRET}@h/d?{SECRET}=1", ""]
)
def test_what_is_no_address_is_refused_without_being_told(address: str) -> None:
    error = told(address)
    assert isinstance(error, SettingsError)
    assert "postgresql://" in error.remedy


@pytest.mark.parametrize(
    "address", [f"postgresql://u:p@{SECRET}@h/d", f"postgresql://u:p@s/{SECRET}@h/d", f"postgresql://u:{SECRET}/p@h/d"]
)
def test_no_part_of_a_password_that_is_not_written_as_in_addresses_is_told(address: str) -> None:
    error = told(address)
    assert isinstance(error, SettingsError)
    assert "%40" in error.remedy


def test_a_server_that_does_not_answer_is_named_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        port = taken.getsockname()[1]
        error = told(f"postgresql://user:{SECRET}@127.0.0.1:{port}/news")
    assert isinstance(error, ArchiveError)
    assert f"PostgreSQL at 127.0.0.1:{port}/news" in error.message
    assert "Check that the server runs" in error.remedy


def test_a_database_that_is_not_there_is_to_be_made(postgres: Server) -> None:
    error = told(postgres.database("nowhere"))
    assert "nowhere" in error.message
    assert "createdb" in error.remedy


def test_a_wrong_password_is_told_as_one(postgres: Server) -> None:
    name = postgres.locked_role("right")
    error = told(postgres.url.replace("postgres:@", f"{name}:{SECRET}@"))
    assert "password authentication failed" in error.message
    assert "Check the user and the password" in error.remedy


def test_a_server_without_pgvector_is_told_as_one(postgres: Server) -> None:
    name = postgres.locked_role("right")
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    address = postgres.database(name).replace("postgres:@", f"{name}:right@")
    with pytest.raises(IndexUnavailable, match="needs pgvector") as caught:
        PostgresIndex.open(address, encoder_digest="one", dimension=8)
    assert "CREATE EXTENSION vector" in caught.value.remedy
    error = told(address)  # nor may this user make tables there
    assert "must own the database" in error.remedy


def test_a_database_that_has_not_every_character_is_refused(postgres: Server) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {(name := f'l{uuid4().hex}')} ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'".encode()
        )
    error = told(postgres.database(name))
    assert "LATIN1" in error.message
    assert "--encoding UTF8" in error.remedy


def test_tables_of_another_version_are_refused(postgres: Server) -> None:
    address = postgres.schema()
    with pytest.raises(ArchiveEmpty, match="PostgreSQL at"):
        Catalog.connect(address, write=False)
    Catalog.connect(address).close()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("UPDATE archive SET schema = 99")
        for write in (True, False):
            error = told(address, write=write)
            assert isinstance(error, ArchiveVersionError)
            assert "schema 99" in error.message
        connection.execute("UPDATE archive SET schema = 8")
        assert "qa doctor --mend" in told(address, write=False).remedy


@pytest.mark.parametrize("write", [False, True])
def test_a_schema_that_is_not_there_is_to_be_made(postgres: Server, write: bool) -> None:
    error = told(f"{postgres.url}&options=-csearch_path%3Dnowhere", write=write)
    assert "no schema" in error.message
    assert "CREATE SCHEMA" in error.remedy


def test_somebody_elses_tables_are_left_alone(postgres: Server) -> None:
    address = postgres.schema()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE article(theirs text)")
        assert "not a catalog of On Record" in told(address).message
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
    assert tables == [("article",)]


def test_a_server_that_was_restarted_is_found_again(postgres: Server) -> None:
    with Catalog.connect(postgres.schema()) as catalog:
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%current_schema%' "
                "AND pid != pg_backend_pid() AND state = 'idle'"
            )
        assert catalog.count_articles() == 0
        catalog.set_meta("note", "kept")
        assert catalog.meta("note") == "kept"


def test_an_address_that_no_index_takes_is_that_articles_own_fault(postgres: Server) -> None:
    chance = random.Random(1)
    long = f"https://echo.example/{chance.randbytes(2_000).hex()}"
    with Catalog.connect(postgres.schema()) as catalog:
        with pytest.raises(ArticleRefused, match="2704"):
            catalog.store([entry(article(url=long))])
        assert catalog.count_articles() == 0
        assert catalog.id_at(long) is None


def backends(server: Server, condition: str) -> list[int]:
    with psycopg.connect(server.url, autocommit=True) as connection:
        return [row[0] for row in connection.execute(f"SELECT pid FROM pg_stat_activity WHERE {condition}".encode())]


HOLDING = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM "
HOLDING += "pg_database WHERE datname = current_database()))"


def test_a_writer_whose_lock_is_lost_with_its_connection_keeps_nothing(postgres: Server) -> None:
    address = postgres.schema()
    with Catalog.connect(address) as catalog:
        with catalog.alone():
            catalog.set_meta("before", "kept")
            with psycopg.connect(postgres.url, autocommit=True) as connection:
                [holder] = backends(postgres, HOLDING)
                connection.execute("SELECT pg_terminate_backend(%s, 10000)", (holder,))
            other = Catalog.connect(address)
            lost = pytest.raises(ArchiveError, match="kept others out is lost")
            with other, other.alone(), lost as caught:  # somebody else has the lock now
                catalog.set_meta("after", "lost")
        assert "Do it again" in caught.value.remedy
        assert (catalog.meta("before"), catalog.meta("after")) == ("kept", None)
        with catalog.alone():  # and another time all is well
            catalog.set_meta("again", "kept")
        assert catalog.meta("again") == "kept"


def test_whoever_waits_for_another_to_finish_says_for_whom(postgres: Server, caplog: pytest.LogCaptureFixture) -> None:
    address = postgres.schema()
    done: list[str] = []
    with (
        patch("qa.catalog.postgres.database._SILENT_MS", 50),
        Catalog.connect(address) as one,
        Catalog.connect(address) as other,
        caplog.at_level(logging.WARNING),
    ):

        def wait() -> None:
            with other.alone():
                done.append("other")

        waiting = threading.Thread(target=wait)
        with one.alone():
            waiting.start()
            end = time.monotonic() + 60
            while "waiting until" not in caplog.text and time.monotonic() < end:
                time.sleep(0.05)
            assert f"waiting until On Record, process {os.getpid()} on" in caplog.text
            assert done == []
        waiting.join(60)
        assert done == ["other"]


def test_what_another_schema_of_the_search_path_is_building_stays(postgres: Server) -> None:
    theirs, ours = (postgres.schema().rsplit("%3D", 1)[1].split("%2C")[0] for _ in range(2))
    address = f"{postgres.url}&options=-csearch_path%3D{ours}%2C{theirs}%2Cpublic"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {theirs}.vectors_next(id text)".encode())
        with PostgresIndex.building(address, encoder_digest="one", dimension=8):
            pass
        with PostgresIndex.open(address, encoder_digest="one", dimension=8) as index:
            index.rewrite(set())
        connection.execute(f"SELECT id FROM {theirs}.vectors_next".encode())


def test_a_message_says_which_schema_is_meant(postgres: Server) -> None:
    address = postgres.schema()
    schema = address.rsplit("%3D", 1)[1].split("%2C")[0]
    with Catalog.connect(address) as catalog:
        assert catalog.where.endswith(f", schema {schema}")
    with Catalog.connect(postgres.schema()) as other:
        assert other.where != catalog.where


def test_a_process_takes_so_many_connections_and_no_more(postgres: Server) -> None:
    with patch.object(connecting, "_MOST", 2), patch.object(connecting, "_PATIENCE_S", 0.2):
        pool = Pool(postgres.schema(), "catalog", ArchiveError)
        with pool.lend("SELECT 1"):
            with pool.lend("SELECT 1"), pytest.raises(ArchiveError, match="all 2 connections of this process"):
                pool.lend("SELECT 1").__enter__()
            with pool.lend("SELECT 1"):
                pass
        pool.close()

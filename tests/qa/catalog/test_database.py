"""The file: its settings, its version, its errors, several threads, and death at any moment."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from qa.catalog import Catalog
from qa.catalog.schema import MIGRATIONS
from qa.errors import ArchiveEmpty, ArchiveError, ArchiveVersionError
from qa.types import Resolution, Scope, Speaker, StatementKind
from tests.qa.catalog.articles import article, entry
from tests.qa.catalog.conftest import Place


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "catalog.sqlite3"


def pragma(catalog: Catalog, name: str) -> object:
    with catalog._database.reading() as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_is_durable_strict_and_forgetful(path: Path) -> None:
    with Catalog.open(path) as catalog:
        expected = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "secure_delete": 1,
            "synchronous": 2,
            "busy_timeout": 10_000,
        }
        assert {name: pragma(catalog, name) for name in expected} == expected
        assert pragma(catalog, "user_version") == len(MIGRATIONS)


def test_a_missing_catalog_is_an_empty_archive_unless_it_may_be_made(path: Path) -> None:
    with pytest.raises(ArchiveEmpty):
        Catalog.open(path, write=False)
    assert not path.parent.exists()
    Catalog.open(path).close()
    Catalog.open(path, write=False).close()


def test_a_catalog_of_a_newer_version_is_refused_with_what_to_do(path: Path) -> None:
    Catalog.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ArchiveVersionError, match="schema 99") as caught:
        Catalog.open(path)
    assert "Update On Record" in caught.value.remedy


def test_an_older_catalog_is_brought_up_step_by_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Catalog.open(path) as catalog:
        catalog.store([entry()])
    steps = (*MIGRATIONS, ("CREATE TABLE later(a)",), ("ALTER TABLE later ADD COLUMN b",))
    monkeypatch.setattr("qa.catalog.schema.MIGRATIONS", steps)
    with Catalog.open(path) as catalog:
        assert pragma(catalog, "user_version") == len(steps)
        assert catalog.article(article().id).text == article().text


def test_statements_of_the_first_schema_are_speech_of_unknown_resolution(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    for sql in (*MIGRATIONS[0], "PRAGMA user_version = 1"):
        assert isinstance(sql, str)
        connection.execute(sql)
    connection.execute(
        "INSERT INTO article(key, id, title, retrieved, language, paragraphs, text, text_sha256, added_at, searchable) "
        "VALUES(1, 'a', 't', '2025-01-01T00:00:00+00:00', 'en', '[[0,4]]', 'Yes.', '', '2025-01-01T00:00:00+00:00', 1)"
    )
    connection.execute(
        "INSERT INTO statement VALUES(1, 0, 'he', 'Ada Voss', NULL, 'ada voss', '[]', '[]', '[[0,4]]', 'direct')"
    )
    connection.commit()
    connection.close()
    with Catalog.open(path) as catalog:
        [kept] = catalog.statements_by(["Ada Voss"])
        assert (kept.kind, kept.confidence) == (StatementKind.SPEECH, 1.0)
        assert kept.speaker == Speaker("he", "Ada Voss", None, Resolution.UNRESOLVED)
        assert catalog.pins() == {}


def test_a_step_that_fails_leaves_the_version_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Catalog.open(path).close()
    monkeypatch.setattr("qa.catalog.schema.MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE half(a)", "NONSENSE")))
    with pytest.raises(ArchiveError, match="NONSENSE"):
        Catalog.open(path)
    monkeypatch.undo()
    with Catalog.open(path) as catalog:
        assert pragma(catalog, "user_version") == len(MIGRATIONS)
        assert catalog.check().problems == ()


def test_somebody_elses_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs(a)")
    connection.close()
    with pytest.raises(ArchiveError, match="not a catalog"):
        Catalog.open(path)


def test_a_file_that_is_no_database_is_an_archive_error(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"plain words " * 1_000)
    with pytest.raises(ArchiveError, match="not a database") as caught:
        Catalog.open(path)
    assert "backup" in caught.value.remedy


def test_a_folder_that_cannot_be_made_is_an_archive_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="could not be made"):
        Catalog.open(tmp_path / "file" / "catalog.sqlite3")


def test_a_closed_catalog_says_so(place: Place) -> None:
    catalog = place.open()
    catalog.close()
    with pytest.raises(ArchiveError, match="closed"):
        catalog.outlets()


def test_damage_is_reported(place: Place) -> None:
    with place.open() as catalog:
        catalog.store([entry()])
        with catalog._database.writing() as connection:
            connection.execute("DELETE FROM passage WHERE start = 0")
            connection.execute("DELETE FROM location")
        problems = " ".join(catalog.check().problems)
        assert "full-text index does not fit" in problems
        assert "an address or a passage too few" in problems


def test_readers_are_not_held_up_by_a_writer_and_see_whole_batches(place: Place) -> None:
    seen: set[int] = set()
    failures: list[BaseException] = []
    done = threading.Event()

    def read(catalog: Catalog) -> None:
        try:
            while not done.is_set():
                seen.add(len(catalog.search(["harbour"], 1_000, Scope())))
        except BaseException as error:
            failures.append(error)

    with place.open() as catalog:
        readers = [threading.Thread(target=read, args=(catalog,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        for batch in range(10):
            stories = [article(f"Harbour story {batch} {n}.", url=f"https://a.example/{batch}/{n}") for n in range(10)]
            catalog.store([entry(story) for story in stories])
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert seen <= set(range(0, 101, 10))


def test_a_reader_is_answered_while_another_connection_holds_the_write_lock(place: Place) -> None:
    with place.open() as catalog, place.open() as other:
        catalog.store([entry()])
        with other._database.writing():
            started = time.monotonic()
            assert catalog.article(article().id).text == article().text
            assert time.monotonic() - started < 5, "a writer is given ten seconds"


WRITER = """
import sys, pathlib
from qa.catalog import Catalog
from tests.qa.catalog.articles import article, entry
place = sys.argv[1]
with Catalog.connect(place) if '://' in place else Catalog.open(pathlib.Path(place)) as catalog:
    for batch in range(100_000):
        address = f"https://a.example/{batch % 50}"
        text = f"Batch {batch} story %d, told to the whole harbour.\\n\\nMore."
        stories = [article(text % n, url=f"{address}/{n}") for n in range(8)]
        for stored in catalog.store([entry(story, speaker="Ana") for story in stories]):
            print(stored.article_id, flush=True)
"""


@pytest.mark.slow
def test_a_writer_that_is_killed_loses_nothing_it_reported_and_leaves_no_half_article(place: Place) -> None:
    root = Path(__file__).parents[3]
    rng = random.Random(1)
    reported: set[str] = set()
    place.open().close()
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, place.name()], cwd=root, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline()]
            time.sleep(rng.uniform(0.01, 0.4))
            process.kill()
            lines += process.stdout.readlines()
        reported.update(line.strip() for line in lines if line.endswith("\n"))
        with place.open() as catalog:
            report = catalog.check()
            assert report.problems == ()
            assert catalog.stored_ids(sorted(reported)) == reported
            assert (report.articles + report.superseded) % 8 == 0, "a batch is kept whole"
            assert report.passages == 2 * report.articles
            assert report.statements == report.articles
    assert len(reported) >= 8, "whole batches came in before the kills"

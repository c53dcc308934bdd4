"""A reader changes nothing, a folder that can only be read is read, and nobody but its owner looks into it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.catalog import ArchiveLock, Catalog
from qa.errors import ArchiveError, ArchiveLocked, ArchiveVersionError
from qa.settings import Settings
from qa.types import Scope
from tests.hostile.test_archive_damage import make

ROOT = Path(__file__).resolve().parents[2]


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file's mode, time of change and bytes."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and "models" not in path.parts
    }


def test_a_reader_leaves_the_catalog_and_its_folder_as_they_are(tmp_path: Path) -> None:
    path = make(tmp_path / "data")
    with ArchiveLock(path.parent, "a writer"):
        pass
    before = state(path.parent)
    with ArchiveLock(path.parent, "a reader", shared=True) as lock:
        assert lock.undisturbed
        with Catalog.open(path, write=False, undisturbed=True) as catalog:
            assert len(catalog.search(["harbour"], 100, Scope())) > 5
            assert catalog.check().problems == ()
            assert set(state(path.parent)) - set(before) == {
                str(one.relative_to(path.parent)) for one in (path.parent / "holders").iterdir()
            }
            with pytest.raises(ArchiveError, match="readonly"):
                catalog.set_meta("a", "b")
    assert state(path.parent) == before


def test_a_reader_sees_what_a_writer_that_was_killed_left_in_the_log(tmp_path: Path) -> None:
    path = make(tmp_path / "data")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA wal_autocheckpoint = 0")
    other.execute("INSERT INTO meta VALUES('late', '1')")
    shutil.copytree(path.parent, tmp_path / "killed")
    other.close()
    with Catalog.open(tmp_path / "killed" / path.name, write=False, undisturbed=True) as catalog:
        assert catalog.meta("late") == "1"


@pytest.mark.parametrize("write", [True, False])
def test_a_catalog_of_no_bytes_is_a_fault_and_not_an_empty_archive(tmp_path: Path, write: bool) -> None:
    path = make(tmp_path / "data")
    path.write_bytes(b"")
    with pytest.raises(ArchiveError, match="0 bytes") as caught:
        Catalog.open(path, write=write)
    assert "backup" in caught.value.remedy
    assert path.stat().st_size == 0


@pytest.mark.parametrize("sql", ["CREATE TABLE theirs(a)", "PRAGMA user_version = 3", "PRAGMA application_id = 7"])
@pytest.mark.parametrize("write", [True, False])
def test_another_programs_file_is_called_so(tmp_path: Path, sql: str, write: bool) -> None:
    connection = sqlite3.connect(tmp_path / "catalog.sqlite", isolation_level=None)
    connection.execute(sql)
    connection.close()
    with pytest.raises(ArchiveError, match="not a catalog") as caught:
        Catalog.open(tmp_path / "catalog.sqlite", write=write)
    assert "another program's file" in caught.value.remedy


def test_a_reader_of_an_older_archive_is_told_what_brings_it_up_to_date(tmp_path: Path) -> None:
    path = make(tmp_path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with pytest.raises(ArchiveVersionError, match="schema 3") as caught:
        Catalog.open(path, write=False)
    assert "qa doctor --mend" in caught.value.remedy


def test_a_full_disk_needs_room_and_nothing_else(tmp_path: Path) -> None:
    path = make(tmp_path)
    with Catalog.open(path) as catalog:
        with catalog._database.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="full") as caught:
            catalog.set_meta("big", "x" * 9_999_999)
    assert "make room" in caught.value.remedy


@pytest.fixture
def read_only(corpus_settings: Settings, compiled_models: Path, tmp_path: Path) -> Iterator[Path]:
    """The sample archive in a folder that even its owner may not write to."""
    data = tmp_path / "data"
    shutil.copytree(corpus_settings.data_dir, data, ignore=shutil.ignore_patterns("models", "holders"))
    (data / "models").symlink_to(compiled_models)
    paths = [data, *(path for path in data.rglob("*") if not path.is_symlink())]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield data
    for path in paths:
        if path.is_dir():
            path.chmod(0o700)


ASKS = """
import ctypes, os, struct, sys
if os.geteuid() == 0:  # root may do everything until it gives up its capabilities
    assert ctypes.CDLL(None).capset(struct.pack("Ii", 0x20080522, 0), bytes(24)) == 0
assert not os.access(os.environ["QA_DATA_DIR"], os.W_OK)
sys.argv = ["qa", "ask", "who is the kremlin spokesman", "--json"]
from qa.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("locked", [True, False])
def test_a_folder_that_can_only_be_read_answers_and_stays_as_it_is(read_only: Path, locked: bool) -> None:
    if not locked:
        read_only.chmod(0o700)
        (read_only / "lock").unlink()
        read_only.chmod(0o500)
    before = state(read_only)
    environment = {**os.environ, "QA_DATA_DIR": str(read_only), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", ASKS], env=environment, capture_output=True, text=True, check=False)
    assert "Dmitry Peskov" in done.stdout, done.stderr
    assert state(read_only) == before


def modes(folder: Path) -> set[tuple[bool, int]]:
    paths = [folder, *(path for path in folder.rglob("*") if not path.is_symlink())]
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths}


@pytest.mark.slow
def test_what_is_in_the_folder_is_its_owners_alone(settings: Settings, corpus: Path) -> None:
    before = os.umask(0o022)
    try:
        with Assistant.open(settings, write=True) as assistant:
            assistant.ingest([str(corpus / "marina-denial.md")])
            assert modes(settings.data_dir) == {(True, 0o700), (False, 0o600)}
        for path in (settings.data_dir, *settings.data_dir.rglob("*")):  # as an earlier version left it
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else 0o644)
        with Assistant.open(settings) as assistant:
            [fault] = [finding for finding in assistant.doctor() if not finding.sound]
            assert "open to others" in fault.message
        with Assistant.open(settings, write=True) as assistant:
            assert all(finding.sound for finding in assistant.doctor())
        assert modes(settings.data_dir) == {(True, 0o700), (False, 0o600)}
    finally:
        os.umask(before)


def test_a_folder_that_holds_other_things_too_is_not_closed_and_the_doctor_says_so(settings: Settings) -> None:
    (settings.data_dir / "letters").mkdir()
    (settings.data_dir / "letters").chmod(0o755)
    settings.data_dir.chmod(0o755)
    with Assistant.open(settings, write=True) as assistant:
        [fault] = [finding for finding in assistant.doctor() if finding.subject == "folder"]
    assert "other things" in fault.message
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o755
    assert stat.S_IMODE((settings.data_dir / "letters").stat().st_mode) == 0o755
    assert stat.S_IMODE((settings.data_dir / "catalog.sqlite").stat().st_mode) == 0o600


def test_a_reader_that_cannot_say_who_it_is_still_keeps_writers_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    with ArchiveLock(tmp_path, "a writer"):
        pass
    monkeypatch.setattr("qa.catalog.lock.may_write", lambda folder: False)
    with ArchiveLock(tmp_path, "a reader", shared=True) as lock:
        assert lock.undisturbed
        with pytest.raises(ArchiveLocked, match="another process"):
            ArchiveLock(tmp_path, "a writer").acquire()

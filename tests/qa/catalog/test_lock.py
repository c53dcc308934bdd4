"""One owner at a time, and readers that keep it out for moments, among real processes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.catalog import ArchiveLock, holders_of, nobody_writes
from qa.errors import ArchiveEmpty, ArchiveError, ArchiveLocked

HOLDER = """
import sys, pathlib
from qa.catalog.lock import ArchiveLock
with ArchiveLock(pathlib.Path(sys.argv[1]), sys.argv[2], shared=sys.argv[3] == "shared"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another(folder: Path, label: str, *, shared: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder."""
    command = [sys.executable, "-c", HOLDER, str(folder), label, "shared" if shared else "alone"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_at_once_who_holds_the_archive(tmp_path: Path) -> None:
    with another(tmp_path, "qa ingest") as holder:
        started = time.monotonic()
        with pytest.raises(ArchiveLocked) as caught, ArchiveLock(tmp_path, "qa remove"):
            pass
        assert time.monotonic() - started < 0.2
        assert caught.value.holder == f"qa ingest (pid {holder.pid})"
        assert str(tmp_path) in str(caught.value)


def test_a_reader_is_told_about_the_writer(tmp_path: Path) -> None:
    with another(tmp_path, "qa rebuild") as holder, pytest.raises(ArchiveLocked, match=f"rebuild .pid {holder.pid}"):
        ArchiveLock(tmp_path, "qa ask", shared=True).acquire()


def test_readers_share_and_an_owner_comes_when_they_let_go(tmp_path: Path) -> None:
    with nobody_writes(tmp_path) as first, nobody_writes(tmp_path) as second:
        assert first
        assert second
    with another(tmp_path, "qa ask", shared=True) as reader:
        threading.Timer(0.3, reader.kill).start()
        with ArchiveLock(tmp_path, "qa ingest"), nobody_writes(tmp_path) as alone:
            assert not alone


def test_a_reader_that_does_not_let_go_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.catalog.lock._PATIENCE_S", 0.2)
    with another(tmp_path, "qa ask", shared=True), pytest.raises(ArchiveLocked, match="another process"):
        ArchiveLock(tmp_path, "qa ingest").acquire()


def test_the_lock_of_a_killed_process_is_gone_and_its_name_too(tmp_path: Path) -> None:
    with another(tmp_path, "qa serve") as dead:
        assert holders_of(tmp_path) == [f"qa serve (pid {dead.pid})"]
        dead.kill()
        dead.wait()
    assert holders_of(tmp_path) == []
    with ArchiveLock(tmp_path, "qa ingest"):
        assert len(list((tmp_path / "holders").iterdir())) == 1


def test_a_lock_can_be_taken_again_after_its_release(tmp_path: Path) -> None:
    lock = ArchiveLock(tmp_path / "new" / "folder", "qa ingest")
    for _ in range(2):
        with lock:
            pass
    assert list((tmp_path / "new" / "folder" / "holders").iterdir()) == []
    lock.release()


def test_two_locks_of_one_process_stand_in_each_others_way(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path, "qa ingest"), pytest.raises(ArchiveLocked, match="qa ingest"):
        ArchiveLock(tmp_path, "qa ingest").acquire()


def test_reading_a_folder_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveEmpty):
        ArchiveLock(tmp_path / "none", "qa ask", shared=True).acquire()
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_locked_is_an_archive_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="could not be locked"):
        ArchiveLock(tmp_path / "file", "qa ingest").acquire()

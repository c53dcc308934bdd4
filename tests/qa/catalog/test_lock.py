"""One writer or many readers, among real processes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.catalog import ArchiveLock
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


def test_readers_share_and_a_writer_is_told_about_each_of_them(tmp_path: Path) -> None:
    with another(tmp_path, "qa serve", shared=True) as first, another(tmp_path, "qa ask", shared=True) as second:
        with ArchiveLock(tmp_path, "qa show", shared=True):
            pass
        with pytest.raises(ArchiveLocked) as caught:
            ArchiveLock(tmp_path, "qa ingest").acquire()
        assert caught.value.holder == f"qa ask (pid {second.pid}) and qa serve (pid {first.pid})"


def test_the_lock_of_a_killed_process_is_gone_and_its_name_too(tmp_path: Path) -> None:
    with another(tmp_path, "qa serve", shared=True) as dead:
        dead.kill()
        dead.wait()
    with another(tmp_path, "qa serve", shared=True) as alive:
        with pytest.raises(ArchiveLocked) as caught:
            ArchiveLock(tmp_path, "qa ingest").acquire()
        assert caught.value.holder == f"qa serve (pid {alive.pid})"
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

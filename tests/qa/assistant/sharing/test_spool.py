from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qa.assistant.sharing.spool import Spool, sweep

_KILLED = """
import os, sys
from pathlib import Path
from qa.assistant.sharing.spool import Spool
(Spool(Path(sys.argv[1])).room() / "story.txt").write_text("half of a st")
os._exit(9)
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_what_a_killed_process_received_goes_at_the_next_start(data_dir: Path) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, str(data_dir)], check=False)
    assert list(data_dir.glob("spool/*/*/story.txt"))
    assert sweep(data_dir) == 1
    assert not list(data_dir.glob("spool/*"))


def test_what_a_living_process_receives_stays(data_dir: Path) -> None:
    spool = Spool(data_dir)
    room = spool.room()
    (room / "story.txt").write_text("all of it")
    assert sweep(data_dir) == 0
    assert (room / "story.txt").read_text() == "all of it"
    spool.close()
    assert not (data_dir / "spool").exists()


def test_rooms_are_different_and_their_owners_alone(data_dir: Path) -> None:
    spool = Spool(data_dir)
    rooms = {spool.room(), spool.room()}
    assert len(rooms) == 2
    for folder in (data_dir / "spool", *rooms):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    spool.close()

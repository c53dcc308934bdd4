"""What lies in a folder cannot make ingestion read anything else, wait for ever, or open what is no file."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.ingestion import expand
from qa.types import Article
from tests.qa.ingestion.reading import read, read_error


def _names(folder: Path, archive: Path | None = None) -> list[str]:
    found = expand([str(folder)], archive=archive)
    return [Path(one).name if isinstance(one, str) else f"{Path(one.source).name}: {one.reason}" for one in found]


def test_links_are_followed_within_their_folder_and_no_further(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for made in (folder, outside):
        made.mkdir()
        (made / "own.txt").write_text("It rained.")
    (folder / "again.txt").symlink_to(folder / "own.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "elsewhere.txt").symlink_to(outside / "own.txt")
    (folder / "gone.txt").symlink_to("nothing")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "subfolder").symlink_to(outside, target_is_directory=True)
    leads_out = "a link that leads out of the folder is not followed"
    assert _names(folder) == [
        "again.txt",  # and not the same file once more under its own name
        "circle.txt: too many levels of symbolic links",
        f"elsewhere.txt: {leads_out}",
        "gone.txt: no such file or directory",
        f"passwd.txt: {leads_out}",
    ]


def test_a_folder_that_is_named_by_a_link_is_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").touch()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert _names(tmp_path / "link") == ["a.txt"]


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(tmp_path / "socket.txt"))
    assert _names(tmp_path) == ["pipe.txt: this is not a file", "socket.txt: this is not a file"]
    (tmp_path / "device.jsonl").symlink_to("/dev/zero")
    for name in ("pipe.txt", "socket.txt", "device.jsonl"):
        assert read_error(tmp_path / name).reason == "this is not a file"


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="Linux has it")
@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl.gz", ".json"])
def test_a_text_without_an_end_is_not_waited_for(tmp_path: Path, suffix: str) -> None:
    link = tmp_path / f"kernel{suffix}"
    link.symlink_to("/proc/kmsg")
    assert not [one for one in read(link) if isinstance(one, Article)]


def test_the_archives_own_folder_is_no_source(tmp_path: Path) -> None:
    archive = tmp_path / "qa-data"
    (archive / "quarantine").mkdir(parents=True)
    (archive / "quarantine" / "a.json").write_text("{}")
    (tmp_path / "b.txt").write_text("It rained.")
    (tmp_path / "c.json").symlink_to(archive / "quarantine" / "a.json")
    assert _names(tmp_path, archive) == ["b.txt", "c.json: a link that leads out of the folder is not followed"]
    for inside in (archive, archive / "quarantine", archive / "quarantine" / "a.json", tmp_path / "c.json"):
        [error] = expand([str(inside)], archive=archive)
        assert isinstance(error, SourceError)
        assert "the archive's own data folder" in error.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may search every folder")
def test_a_folder_that_may_not_be_searched_is_reported(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert _names(tmp_path) == ["closed: permission denied"]

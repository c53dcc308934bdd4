from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.ingestion import expand


def test_folders_are_walked_in_order_without_hidden_files_readmes_and_other_kinds(tmp_path: Path) -> None:
    names = [
        "b.txt",
        "a.md",
        "sub/c.html",
        "sub/d.jsonl.gz",
        "e.JSONL",
        ".hidden.txt",
        ".git/f.txt",
        "README.md",
        "g.png",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    left: Counter[str] = Counter()
    walked = expand([str(tmp_path)], passed_over=left)
    found = [str(Path(name).relative_to(tmp_path)) for name in walked if isinstance(name, str)]
    assert found == ["a.md", "b.txt", "e.JSONL", "sub/c.html", "sub/d.jsonl.gz"]
    assert left == {".png": 1}


def test_a_named_file_and_an_address_go_through_once(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.touch()
    address = "https://example.org/a"
    assert list(expand([str(file), address, str(file)])) == [str(file), address]


def test_a_missing_path_is_an_error_in_its_place_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    missing = str(tmp_path / "missing")
    error, file = expand([missing, str(tmp_path)])
    assert isinstance(error, SourceError)
    assert (error.source, error.reason) == (missing, "no such file or folder")
    assert file == str(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("source", "reason"), [("", "the name is empty"), (" ", "the name is empty"), ("a" * 5_000, "file name too long")]
)
def test_what_no_path_can_be_is_an_error(source: str, reason: str) -> None:
    [error] = expand([source])
    assert isinstance(error, SourceError)
    assert (error.source, error.reason) == (source, reason)

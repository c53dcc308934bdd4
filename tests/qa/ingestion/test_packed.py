from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.ingestion import expand
from qa.ingestion.articles import read_drafts
from qa.types import Article
from tests.qa.ingestion.reading import LIMITS, read, read_error

FILES = {
    "monday/ferry.txt": b"Ferry to close\n\nThe council voted on Monday. Nobody cheered.",
    "feed.jsonl": b'{"content": "It rained."}\n{"content": "It snowed.", "id": "s1"}\n',
    "README.md": b"What this is.",
    "__MACOSX/._ferry.txt": b"\x00\x05",
    "photo.JPG": b"\xff\xd8",
}
BROKEN = b"\xff\xfe\x00\x00 no text \x00\x01"


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as packed:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def written(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("name", ["week.zip", "week.tar", "week.tar.gz", "week.tgz"])
def test_what_an_archive_holds_is_read_each_by_its_reader(tmp_path: Path, name: str) -> None:
    data = zipped(FILES) if name.endswith("zip") else tarred(FILES, "w:gz" if name.endswith("gz") else "w")
    file = written(tmp_path, name, data)
    assert list(expand([str(tmp_path)])) == [str(file)]
    left: Counter[str] = Counter()
    assert len(list(read_drafts(str(file), LIMITS, left))) == 3
    assert left == {".jpg": 1}
    found = read(file)
    assert [one.text for one in found if isinstance(one, Article)] == [
        "The council voted on Monday. Nobody cheered.",
        "It rained.",
        "It snowed.",
    ]
    addresses = [one.url for one in found if isinstance(one, Article)]
    home = file.as_uri()
    assert addresses == [f"{home}?monday/ferry.txt", f"{home}?feed.jsonl#L1", f"{home}?feed.jsonl#s1"]
    assert addresses == [one.url for one in read(file) if isinstance(one, Article)]


def test_archives_lie_in_archives_and_not_too_deep(tmp_path: Path) -> None:
    data = {"a.txt": b"It rained on the ferry."}
    inner = tarred({"inner.zip": zipped(data)}, "w:gz")
    file = written(tmp_path, "a.zip", zipped({"b.tar.gz": inner}))
    (article,) = read(file)
    assert isinstance(article, Article)
    assert article.url == f"{file.as_uri()}?b.tar.gz/inner.zip/a.txt"
    deeper = written(tmp_path, "b.zip", zipped({"a.zip": file.read_bytes(), "c.txt": b"It snowed."}))
    error, after = read(deeper)
    assert isinstance(error, SourceError)
    assert "3 deep" in error.reason
    assert isinstance(after, Article)


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_out_is_an_error_and_the_next_member_follows(tmp_path: Path, name: str, pack: object) -> None:
    data = pack({name: b"It rained.", "in.txt": b"It snowed."})  # type: ignore[operator]
    error, article = read(written(tmp_path, "a.zip" if pack is zipped else "a.tar", data))
    assert isinstance(error, SourceError)
    assert error.reason == "its name leads out of the archive"
    assert isinstance(article, Article)


def test_links_and_members_under_a_password_are_errors(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        link = tarfile.TarInfo("secret.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert "a link" in read_error(written(tmp_path, "a.tar", buffer.getvalue())).reason
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as packed:
        info = zipfile.ZipInfo("secret.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    assert "a link" in read_error(written(tmp_path, "a.zip", buffer.getvalue())).reason
    closed = bytearray(zipped({"a.txt": b"It rained."}))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        closed[closed.find(mark) + place] |= 1
    assert read_error(written(tmp_path, "b.zip", bytes(closed))).reason == "it is under a password"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_what_is_empty_cut_off_or_no_archive_is_an_error(tmp_path: Path, name: str) -> None:
    data = zipped(FILES) if name.endswith("zip") else tarred(FILES, "w:gz" if name.endswith("gz") else "w")
    for bad in (b"", b"no archive at all, only words", data[: len(data) // 2]):
        errors = [one for one in read(written(tmp_path, name, bad)) if isinstance(one, SourceError)]
        assert errors, (name, bad[:10])
        assert "unforeseen" not in errors[0].reason
    nothing = (
        zipped({"a.jpg": b""}) if name.endswith("zip") else tarred({"a.jpg": b""}, "w:gz" if "gz" in name else "w")
    )
    assert "of a kind that is read" in read_error(written(tmp_path, name, nothing)).reason


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"It rained and rained and rained.", "b.txt": b"It snowed."}))
    data[data.find(b"a.txt") + 10] ^= 0xFF
    error, article = read(written(tmp_path, "a.zip", bytes(data)))
    assert isinstance(error, SourceError)
    assert "cannot be unpacked" in error.reason
    assert isinstance(article, Article)
    error, article = read(written(tmp_path, "b.zip", zipped({"a.txt": BROKEN, "b.txt": b"It snowed."})))
    assert isinstance(error, SourceError)
    assert error.source.endswith("b.zip/a.txt")


@pytest.mark.parametrize("pack", ["zip", "tar.gz"])
def test_bombs_are_left(tmp_path: Path, pack: str) -> None:
    many = {f"{n}.txt": b" " * 900_000 for n in range(40)}
    data = zipped(many) if pack == "zip" else tarred(many, "w:gz")
    found = read(written(tmp_path, f"a.{pack}", data))
    assert isinstance(found[-1], SourceError)
    assert "out of all proportion" in found[-1].reason
    assert len(found) < 25
    unread = {"a.bin": b"\0" * 30_000_000, "b.txt": b"It snowed."}
    data = zipped(unread) if pack == "zip" else tarred(unread, "w:gz")
    (last,) = read(written(tmp_path, f"b.{pack}", data))
    assert isinstance(last, Article) == (pack == "zip"), "a ZIP member that is not read is not unpacked"
    large = zipped({"a.txt": b" " * 2_000_000}) if pack == "zip" else tarred({"a.txt": b" " * 2_000_000}, "w:gz")
    assert "the limit of 1 MiB" in read_error(written(tmp_path, f"c.{pack}", large)).reason


def test_the_number_of_members_is_bounded_with_those_of_archives_within(tmp_path: Path) -> None:
    inner = zipped({f"{n}.txt": b"It rained." for n in range(4)})
    *found, error = read(written(tmp_path, "a.zip", zipped({"a.zip": inner, "b.zip": inner, "c.txt": b"."})), records=5)
    assert isinstance(error, SourceError)
    assert "more than 5 files" in error.reason
    assert [isinstance(one, Article) for one in found] == [True] * 4

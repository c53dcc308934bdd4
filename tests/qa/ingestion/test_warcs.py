from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.types import Article
from tests.qa.ingestion.reading import read, read_error
from tests.qa.ingestion.test_packed import written

PAGE = """<html lang="en"><head><title>Ferry {n} to close</title>{head}</head><body><nav><a href="/">Home</a></nav>
<article>
<h1>Ferry {n} to close</h1><p>The council of Harrowmere voted on Monday to close ferry {n} to the island of Lunt.</p>
<p>Nobody cheered in the small hall, where three dozen islanders had waited for the result since the morning.</p>
</article></body></html>"""


def record(address: str, body: bytes, *, kind: str = "response", head: str = "", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\n{head or 'Content-Type: text/html; charset=utf-8'}\r\n\r\n".encode() + body
    return (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-12T09:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    ).encode() + b"%s\r\n\r\n" % http


def page(n: int, head: str = "") -> bytes:
    return PAGE.format(n=n, head=head).encode()


RECORDS = [
    record("https://courier.example/1", page(1)),
    record("https://courier.example/1", b"", kind="request"),
    record("https://courier.example/a.jpg", b"\xff\xd8", head="Content-Type: image/jpeg"),
    record("https://courier.example/old", b"", status="301 Moved"),
    record("https://courier.example/empty", b"<html><body></body></html>"),
    record(
        "https://courier.example/2",
        gzip.compress(page(2)),
        head="Content-Type: text/html\r\nContent-Encoding: gzip",
    ),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_each_page_is_read_with_its_address_and_time(tmp_path: Path, name: str) -> None:
    data = b"".join(map(gzip.compress, RECORDS)) if name.endswith("gz") else b"".join(RECORDS)
    found = read(written(tmp_path, name, data))
    one, error, two = found
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.url, one.title, one.outlet) == ("https://courier.example/1", "Ferry 1 to close", "courier.example")
    assert one.retrieved == datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
    assert one.origin is None, "whoever writes the file can say what he likes"
    assert two.url == "https://courier.example/2"
    assert isinstance(error, SourceError)
    assert error.source.endswith("#https://courier.example/empty")


def test_a_page_may_not_take_anothers_address(tmp_path: Path) -> None:
    stated = '<link rel="canonical" href="https://gazette.example/x">'
    (article,) = read(written(tmp_path, "a.warc", record("https://courier.example/1", page(1, stated))))
    assert isinstance(article, Article)
    assert article.url == "https://courier.example/1"


def test_what_is_cut_off_or_none_is_an_error(tmp_path: Path) -> None:
    whole = RECORDS[0] + RECORDS[0]
    one, error = read(written(tmp_path, "a.warc", whole[:-100]))
    assert isinstance(one, Article)
    assert isinstance(error, SourceError)
    assert "cut off" in error.reason
    packed = gzip.compress(RECORDS[0]) + gzip.compress(RECORDS[0])
    assert isinstance(read(written(tmp_path, "a.warc.gz", packed[:-40]))[-1], SourceError)
    assert "cannot be read further" in read_error(written(tmp_path, "b.warc", b"no archive")).reason
    assert "no page" in read_error(written(tmp_path, "c.warc", b"")).reason
    assert "no page" in read_error(written(tmp_path, "d.warc", RECORDS[2])).reason


def test_limits_hold(tmp_path: Path) -> None:
    assert "more than 2 records" in read_error(written(tmp_path, "a.warc", RECORDS[2] * 3), records=2).reason
    large = record("https://courier.example/1", page(1) + b" " * 2**20)
    assert "limit of 1" in read_error(written(tmp_path, "b.warc", large)).reason
    packed = gzip.compress(page(1) + b" " * 2**21)
    head = "Content-Type: text/html\r\nContent-Encoding: gzip"
    assert (
        "limit of 1"
        in read_error(written(tmp_path, "c.warc", record("https://courier.example/1", packed, head=head))).reason
    )
    bomb = zlib.compressobj(9, wbits=31)
    unread = record("https://courier.example/1", b"\0" * 40_000_000, head="Content-Type: image/png")
    assert (
        "out of all proportion"
        in read_error(written(tmp_path, "d.warc.gz", bomb.compress(unread) + bomb.flush())).reason
    )

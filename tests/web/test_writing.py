"""Articles that programs put in, over a real archive that the server keeps."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.settings import Settings, WebSettings
from web.app import create_app

TOKEN = "a token of some length"
SIGNED = {"Authorization": f"Bearer {TOKEN}"}
LINES = {"Content-Type": "application/x-ndjson"}
PATIENCE_S = 120.0
ROW = {
    "headline": "Lantern festival moved to the quay",
    "content": "The lantern festival moves to the quay this year, harbour master Alma Reiss said on Tuesday.",
    "date": "2026-02-03",
    "outlet": "The Marrow Post",
}


def _client(settings: Settings, **web: Any) -> TestClient:
    served = settings.model_copy(update={"web": WebSettings(**web)})
    return TestClient(create_app(served), "http://localhost", raise_server_exceptions=False)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """An empty archive that takes articles from whoever has the token."""
    with _client(settings, write_token=TOKEN) as client:
        yield client


def _ended(client: TestClient, answer: Any) -> dict[str, Any]:
    """The job of an answer, when it is over."""
    assert answer.status_code == 202, answer.text
    end = time.monotonic() + PATIENCE_S
    while True:
        job: dict[str, Any] = client.get(answer.headers["location"], headers=SIGNED).json()
        if job["ended"]:
            return job
        assert time.monotonic() < end, job
        time.sleep(0.05)


@pytest.mark.slow
def test_what_was_put_in_is_found_by_the_next_question(client: TestClient) -> None:
    body = "\n".join(json.dumps(row) for row in (ROW, {"content": ""}))
    job = _ended(client, client.post("/api/articles?name=../../news", content=body, headers=SIGNED | LINES))
    assert (job["state"], job["counts"], job["failed"], job["share"]) == ("done", {"added": 1}, 1, 1.0)
    assert job["failures"][0]["line"] == 2
    answer = client.post("/api/answer", json={"question": "What did Alma Reiss say?"}).json()
    assert answer["answered"]
    address = answer["citations"][0]["article"]["url"]
    assert tempfile.gettempdir() not in json.dumps([job, answer])
    again = _ended(client, client.post("/api/articles?name=news", content=body, headers=SIGNED | LINES))
    assert again["counts"] == {"unchanged": 1}
    assert (
        client.post("/api/answer", json={"question": "What did Alma Reiss say?"}).json()["citations"][0]["article"][
            "url"
        ]
        == address
    )


@pytest.mark.slow
def test_nothing_is_left_of_what_was_received(client: TestClient, settings: Settings) -> None:
    _ended(client, client.post("/api/articles?name=leftover", content=json.dumps(ROW), headers=SIGNED | LINES))
    assert not list(Path(tempfile.gettempdir()).glob("onrecord-*/leftover*"))
    assert not list(settings.data_dir.glob("spool/*/*/*"))


def _zipped() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("story.json", json.dumps(ROW))
    return packed.getvalue()


_MAIL = b"From: Alma Reiss <a@q.example>\nDate: 3 Feb 2026 10:00:00 +0000\nSubject: Lanterns\n\nThe lanterns move.\n"
_WARC_PAGE = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Lanterns</h1><p>{ROW['content']}</p>".encode()
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/lanterns\r\n"
    b"WARC-Date: 2026-02-03T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
    b"Content-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(_WARC_PAGE), _WARC_PAGE)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name", "body"),
    [
        ("application/zip", "week", _zipped()),
        ("application/octet-stream", "week.zip", _zipped()),
        ("message/rfc822", "mail", _MAIL),
        ("application/warc", "crawl", _WARC),
        ("application/gzip", "crawl.warc.gz", gzip.compress(_WARC)),
        ("application/gzip", "rows", gzip.compress(json.dumps(ROW).encode())),
    ],
)
def test_every_kind_of_file_is_taken(client: TestClient, kind: str, name: str, body: bytes) -> None:
    sent = client.post(f"/api/articles?name={name}", content=body, headers=SIGNED | {"Content-Type": kind})
    job = _ended(client, sent)
    assert (job["counts"], job["failures"]) == ({"added": 1}, [])


@pytest.mark.slow
def test_a_body_that_nothing_says_the_kind_of_is_refused(client: TestClient) -> None:
    kind = {"Content-Type": "application/octet-stream"}
    assert client.post("/api/articles?name=week", content=_zipped(), headers=SIGNED | kind).status_code == 415


@pytest.mark.slow
@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer another token"}, {"Authorization": f"Basic {TOKEN}"}]
)
def test_without_the_token_nothing_is_taken_or_told(client: TestClient, headers: dict[str, str]) -> None:
    refused = client.post("/api/articles", content=json.dumps(ROW), headers=headers | LINES)
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/token-missing")
    assert refused.headers["www-authenticate"] == "Bearer"
    assert client.get("/api/jobs/anything", headers=headers).status_code == 401
    large = client.post("/api/articles", content=b"x" * 100_000, headers=headers | LINES)
    assert large.status_code == 413


@pytest.mark.slow
def test_where_no_token_is_set_nothing_can_be_put_in(settings: Settings) -> None:
    with _client(settings) as client:
        refused = client.post("/api/articles", content=json.dumps(ROW), headers=SIGNED | LINES)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/writing-off")
        assert client.post("/api/articles", content=json.dumps(ROW), headers=LINES).status_code == 401


@pytest.mark.slow
def test_what_is_no_article_is_refused_or_told(client: TestClient) -> None:
    odd = client.post("/api/articles", content=b"x", headers=SIGNED | {"Content-Type": "image/png"})
    assert (odd.status_code, odd.json()["type"]) == (415, "/problems/kind-unknown")
    for addresses in (b"file:///etc/passwd", b"/etc/passwd", b"", b"# nothing"):
        refused = client.post("/api/articles", content=addresses, headers=SIGNED | {"Content-Type": "text/uri-list"})
        assert refused.status_code == 422, refused.text
    empty = _ended(client, client.post("/api/articles", content=b"", headers=SIGNED | LINES))
    assert empty["counts"] == {}
    assert client.get("/api/jobs/nobody", headers=SIGNED).status_code == 404


@pytest.mark.slow
def test_a_body_larger_than_is_taken_is_refused_at_once(settings: Settings) -> None:
    with _client(settings, write_token=TOKEN, max_upload_mib=1) as client:
        assert client.post("/api/articles", content=b"x" * (2**20 + 1), headers=SIGNED | LINES).status_code == 413

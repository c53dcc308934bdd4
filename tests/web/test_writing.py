"""Articles that programs put in, over a real archive that the server keeps."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
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
def test_nothing_is_left_of_what_was_received(client: TestClient) -> None:
    _ended(client, client.post("/api/articles?name=leftover", content=json.dumps(ROW), headers=SIGNED | LINES))
    assert not list(Path(tempfile.gettempdir()).glob("onrecord-*/leftover*"))


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

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import anyio
import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from qa.settings import load_settings
from tests.serving import serving
from tests.web.archive import MERZ, PESKOV, FakeArchive, berlin, ferry
from tests.web.conftest import Visit
from web.app import create_app
from web.sending import Sending, has_it, tag_of

ARTICLE = f"/articles/{berlin.id}"
WHOLE = ["/", "/articles", ARTICLE, f"/api{ARTICLE}", "/api/articles", "/openapi.json", "/speakers/friedrich-merz"]
ASKED = f"/api/answer?question={MERZ}"


@pytest.mark.parametrize("path", [*WHOLE, ASKED, f"/?q={MERZ}", "/api/statements?speaker=merz", "/feed.atom"])
def test_who_has_it_is_told_so_and_sent_nothing(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "content-security-policy"):
        assert again.headers[name] == first.headers[name]
    assert "content-length" not in again.headers
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_answer_that_took_longer_is_the_same(visit: Visit) -> None:
    client = visit(FakeArchive())
    first = client.get("/api/answer", params={"question": PESKOV})
    other = client.get("/api/answer", params={"question": MERZ})
    assert first.headers["etag"] == client.get("/api/answer", params={"question": PESKOV}).headers["etag"]
    assert first.headers["etag"] != other.headers["etag"]


@pytest.mark.parametrize("path", ["/articles", "/api/articles", "/"])
def test_another_archive_has_other_validators(visit: Visit, path: str) -> None:
    archive = FakeArchive()
    client = visit(archive)
    before = client.get(path).headers["etag"]
    archive.held = (ferry,)
    after = client.get(path, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["etag"] != before


@pytest.mark.parametrize("path", ["/nowhere", "/api/articles/none", "/add", "/api/feeds"])
def test_what_may_not_be_kept_has_no_validator(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_what_is_posted_has_no_validator(client: TestClient) -> None:
    response = client.post("/api/answer", json={"question": MERZ}, headers={"If-None-Match": "*"})
    assert response.status_code == 200
    assert "etag" not in response.headers


@pytest.mark.parametrize("path", [*(path for path in WHOLE if path != "/api/articles"), ASKED])
def test_what_is_long_is_packed_for_who_can_unpack(client: TestClient, path: str) -> None:
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 0.7 * int(plain.headers["content-length"])
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity, *;q=0", "gzip;q=x"])
def test_who_cannot_unpack_is_sent_it_plain(client: TestClient, accepted: str) -> None:
    assert "content-encoding" not in client.get(ARTICLE, headers={"Accept-Encoding": accepted}).headers


def test_what_is_short_is_sent_plain(client: TestClient) -> None:
    assert "content-encoding" not in client.get("/livez").headers


@pytest.mark.parametrize(
    "sent",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Authorization": "Bearer x"},
        {"Cookie": "onrecord-add=x"},
    ],
)
def test_nothing_is_packed_where_its_length_could_tell_a_secret(client: TestClient, sent: dict[str, str]) -> None:
    for path in (ARTICLE, ASKED, f"/?q={MERZ}"):
        response = client.get(path, headers={"Accept-Encoding": "gzip", **sent})
        assert response.status_code == 200
        assert "content-encoding" not in response.headers


def test_a_browser_s_own_request_is_packed(client: TestClient) -> None:
    for site in ("same-origin", "none"):
        headers = client.get(ARTICLE, headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": site}).headers
        assert headers["content-encoding"] == "gzip"


def test_scripts_are_packed_and_keep_their_validators(client: TestClient) -> None:
    address = client.get("/").text.partition('href="/static/')[2].partition("/")[0]
    response = client.get(f"/static/{address}/base.css", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    again = client.get(f"/static/{address}/base.css", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_an_export_is_sent_as_it_is_read(client: TestClient) -> None:
    response = client.get("/api/statements?format=csv", headers={"Accept-Encoding": "gzip"})
    assert "etag" not in response.headers
    assert "content-encoding" not in response.headers


def test_what_is_packed_is_the_same_on_the_wire() -> None:
    with serving(create_app(load_settings(), FakeArchive())) as address:
        head, _, body = raw(address, "Accept-Encoding: gzip").partition(b"\r\n\r\n")
    assert b"content-encoding: gzip" in head.lower()
    assert berlin.title.encode() in gzip.decompress(body)


def raw(address: str, *lines: str) -> bytes:
    """Ask for an article by hand, and return all that is sent."""
    parts = urlsplit(address)
    asked = [f"GET {ARTICLE} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close", *lines, "", ""]
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60) as connection:
        connection.sendall("\r\n".join(asked).encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_stream_of_events_is_sent_event_by_event() -> None:
    app = FastAPI()
    app.add_middleware(Sending)

    @app.get("/events")
    async def get_events() -> StreamingResponse:
        async def events() -> AsyncIterator[str]:
            yield "data: first\n\n" + " " * 2000
            await anyio.sleep(30)
            yield "data: second\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    with serving(app) as address:
        parts = urlsplit(address)
        began = time.monotonic()
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60) as connection:
            connection.sendall(
                f"GET /events HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            )
            got = b""
            while b"data: first" not in got:
                got += connection.recv(65536)
        assert b"data: second" not in got
        assert time.monotonic() - began < 25


def test_a_tag_is_compared_weakly() -> None:
    from starlette.datastructures import Headers

    tag = tag_of("words")
    for sent in (tag, tag.removeprefix("W/"), "*", f'"a",{tag}'):
        assert has_it(Headers({"If-None-Match": sent}), tag)
    assert not has_it(Headers({}), tag)
    assert not has_it(Headers({"If-None-Match": tag_of("other")}), tag)

from __future__ import annotations

import sys

import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from qa.errors import SettingsError
from qa.settings import load_settings
from tests.serving import serving
from tests.web.archive import FakeArchive, make_article
from tests.web.conftest import Visit
from tests.web.test_limits import play
from web.app import create_app
from web.hosts import TrustedHosts, host_name


def asked(client: TestClient, host: str, path: str = "/api/articles", **headers: str) -> int:
    return client.get(path, headers={"host": host, **headers}).status_code


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:8000", "localhost.", "127.0.0.1:1", "127.8.9.10", "[::1]", "[::1]:8000", "[0:0::1]"],
)
def test_this_machine_is_always_this_server(client: TestClient, host: str) -> None:
    assert asked(client, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example#localhost",
        "localhost@evil.example",
        "evil.example, localhost",
        "localhost:80:80",
        "localhost:99999",
        "localhost:x",
        "[::1",
        "[fe80::1]",
        "0.0.0.0",
        "192.168.1.7",
        "2130706433",
        "0x7f.1",
        ".",
        " ",
        "",
    ],
)
def test_another_name_never_reaches_the_archive(client: TestClient, archive: FakeArchive, host: str) -> None:
    response = client.get("/api/answer?question=Who", headers={"host": host})
    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/host-unknown"
    assert "QA_WEB__TRUSTED_HOSTS" in response.json()["detail"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert archive.asked == []


def test_a_browser_with_another_name_gets_a_page_that_says_how_to_mend_it(browser: TestClient) -> None:
    page = browser.get("/?q=x", headers={"host": "evil.example"})
    assert page.status_code == 421
    assert "QA_WEB__TRUSTED_HOSTS" in page.text
    assert "On Record" in page.text


def test_configured_names_are_this_server(visit: Visit) -> None:
    client = visit(FakeArchive(), trusted_hosts="Archive.Example., 10.0.0.7,2001:db8::7,")
    for host in ("archive.example", "ARCHIVE.example:8443", "10.0.0.7:80", "[2001:DB8::7]:80", "localhost"):
        assert asked(client, host) == 200
    assert asked(client, "www.archive.example") == 421


def test_the_host_that_is_listened_on_is_this_server_unless_it_is_every_one(visit: Visit) -> None:
    assert asked(visit(FakeArchive(), host="10.1.2.3"), "10.1.2.3") == 200
    assert asked(visit(FakeArchive(), host="0.0.0.0"), "0.0.0.0") == 421
    assert asked(visit(FakeArchive(), host="::"), "[::]") == 421


def answered_by(target: bytes, *hosts: bytes) -> tuple[int, Scope]:
    """The status for a target as it stands in the request line, and what reached the application."""
    reached: list[Scope] = []
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)
        await Response(status_code=200)(scope, receive, send)

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError

    headers = [(b"host", host) for host in hosts]
    scope = {"type": "http", "method": "GET", "path": target.decode(), "raw_path": target, "headers": headers}
    play(TrustedHosts(app, [], lambda _: Response(status_code=421))(scope, receive, send))
    return sent[0]["status"], reached[0] if reached else {}


def test_an_absolute_target_names_the_host_in_place_of_the_header() -> None:
    assert answered_by(b"http://evil.example/api/articles", b"localhost") == (421, {})
    assert answered_by(b"http://user@localhost/", b"localhost") == (421, {})
    status, scope = answered_by(b"HTTP://localhost:8000/api/%61rticles", b"evil.example")
    assert status == 200
    assert (scope["path"], scope["headers"]) == ("/api/articles", [(b"host", b"localhost:8000")])
    assert answered_by(b"http://localhost", b"evil.example")[1]["path"] == "/"


def test_whoever_names_no_host_gets_addresses_of_the_one_listened_on() -> None:
    assert answered_by(b"/")[0] == 200


def test_two_hosts_are_none() -> None:
    assert answered_by(b"/", b"localhost", b"localhost")[0] == 421


def test_a_citation_never_carries_a_name_that_is_not_ours(visit: Visit) -> None:
    local = make_article("Somebody said that the pier is closed for the winter.", "Pier", url="file:///srv/pier.txt")
    client = visit(FakeArchive(held=(local,)), trusted_hosts="archive.example")
    path = f"/articles/{local.id}/cite/quote"
    assert client.get(path, headers={"host": "evil.example"}).status_code == 421
    forwarded = {"host": "archive.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    words = client.get(path, headers=forwarded).text
    assert "http://archive.example/articles/" in words
    assert "evil" not in words


@pytest.mark.parametrize(
    ("authority", "name"),
    [
        ("Example.ORG:80", "example.org"),
        ("example.org.", "example.org"),
        ("[::0001]:8", "::1"),
        ("::1", "::1"),
        ("127.0.0.1:", "127.0.0.1"),
        ("a b", None),
        ("http://a", None),
    ],
)
def test_hosts_are_compared_in_one_form(authority: str, name: str | None) -> None:
    assert host_name(authority) == name


def test_a_trusted_host_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_WEB__TRUSTED_HOSTS", "http://archive.example/")
    with pytest.raises(SettingsError, match="QA_WEB__TRUSTED_HOSTS"):
        load_settings()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8")
@pytest.mark.parametrize("place", ["127.0.0.1", "127.0.0.2"])
def test_links_have_the_scheme_that_a_proxy_names_wherever_it_runs(place: str) -> None:
    transport = httpx.HTTPTransport(local_address=place)
    with serving(create_app(load_settings(), FakeArchive())) as address, httpx.Client(transport=transport) as client:
        feed = client.get(f"{address}/feed.atom", headers={"X-Forwarded-Proto": "https"}).text
    assert f'href="{address.replace("http", "https")}/' in feed

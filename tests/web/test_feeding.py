"""The page "Feeds" and the list as JSON: who sees what, and who may change it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.settings import FeedSettings, Settings, WebSettings
from tests.newsroom import FERRY, Answer, Newsroom, item, newsroom, rss
from web.app import create_app

TOKEN = "a token of some length"
HERE = {"Origin": "http://localhost"}
PATIENCE_S = 120.0


def test_whoever_may_change_nothing_sees_hosts_and_no_keys(client: TestClient, browser: TestClient) -> None:
    first, second = client.get("/api/feeds").json()["feeds"]
    assert (first["address"], first["title"], first["kind"]) == (
        "https://gazette.example/",
        "Ostrel Valley Gazette",
        "RSS",
    )
    assert first["failing"] == [
        {"address": "https://gazette.example/", "reason": "the server answered 404 Not Found", "tries": 2}
    ]
    assert first["counts"] == {"added": 1, "new_version": 2, "failed": 1}
    assert second["failures"] == 1
    page = browser.get("/feeds")
    assert "secret" not in page.text
    assert "secret" not in client.get("/api/feeds").text
    assert BeautifulSoup(page.text, "html.parser").select("form, button") == []
    assert "3 still" not in page.text
    assert "1 new, 2 new version, 1 failed" in page.text
    assert "<script>alert" not in page.text


def test_nothing_is_changed_where_nobody_may(browser: TestClient) -> None:
    for path in ("/feeds", "/feeds/remove", "/feeds/poll", "/feeds/token"):
        assert browser.post(path, data={"address": "https://gazette.example/rss"}, headers=HERE).status_code == 403
    for method in ("POST", "DELETE"):
        given = {"addresses": ["https://gazette.example/rss"]}
        assert browser.request(method, "/api/feeds", json=given, headers=HERE).status_code in (401, 403)
    assert browser.get("/feeds.opml", follow_redirects=False).headers["location"] == "/feeds"
    assert 'href="/feeds"' not in browser.get("/").text


@contextmanager
def _serving(settings: Settings, **web: Any) -> Iterator[TestClient]:
    ingestion = settings.ingestion.model_copy(update={"private_addresses": True})
    feeds = FeedSettings(interval_s=1, host_delay_s=0)
    served = settings.model_copy(update={"web": WebSettings(**web), "ingestion": ingestion, "feeds": feeds})
    client = TestClient(create_app(served), "http://localhost", raise_server_exceptions=False, follow_redirects=False)
    client.headers["accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    with client:
        yield client


@pytest.fixture
def editing(settings: Settings) -> Iterator[TestClient]:
    with _serving(settings, edit=True) as client:
        yield client


@pytest.fixture
def locked(settings: Settings) -> Iterator[TestClient]:
    with _serving(settings, write_token=TOKEN) as client:
        yield client


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as here:
        here.answers["/feed?key=secret"] = Answer(rss(item("/ferry", "Ferry closed", *FERRY)))
        yield here


def _shown_once(client: TestClient, words: str) -> BeautifulSoup:
    end = time.monotonic() + PATIENCE_S
    while words not in (text := client.get("/feeds").text):
        assert time.monotonic() < end, text
        time.sleep(0.1)
    return BeautifulSoup(text, "html.parser")


@pytest.mark.slow
def test_a_feed_is_added_shown_with_what_came_and_removed(editing: TestClient, room: Newsroom) -> None:
    address = f"{room.address}/feed?key=secret"
    added = editing.post("/feeds", files={"list": ("", b"")}, data={"addresses": f"\n{address}\n"}, headers=HERE)
    assert (added.status_code, added.headers["location"]) == (303, "/feeds")
    page = _shown_once(editing, "1 new")
    assert [one.text for one in page.select(".newest a")] == ["Ferry closed"]
    assert editing.get(str(page.select(".newest a")[0]["href"])).status_code == 200
    assert "harbour master Tomas Reck" in editing.get("/?q=What+did+Tomas+Reck+say%3F").text
    assert address in page.text
    assert editing.get("/api/feeds").json()["feeds"][0]["address"] == address
    exported = editing.get("/feeds.opml")
    assert address in exported.text
    assert editing.get("/feeds").headers["cache-control"] == "no-store"
    asked = len(room.paths)
    assert editing.post("/feeds/poll", data={"address": address}, headers=HERE).status_code == 303
    _shown_once(editing, "Ferry closed")
    end = time.monotonic() + PATIENCE_S
    while len(room.paths) == asked:
        assert time.monotonic() < end
        time.sleep(0.05)
    editing.post("/feeds/remove", data={"address": address}, headers=HERE)
    _shown_once(editing, "No feeds yet")
    assert editing.get("/api/articles").json()["total"] == 1
    assert editing.post("/feeds", files={"list": ("a.opml", exported.content)}, headers=HERE).status_code == 303
    _shown_once(editing, address)


@pytest.mark.slow
def test_what_is_no_address_or_list_is_said(editing: TestClient) -> None:
    for data, files, words in (
        ({"addresses": ""}, {"list": ("", b"")}, "nothing was given"),
        ({"addresses": "/etc/hostname"}, {"list": ("", b"")}, "no http(s) address"),
        ({"addresses": "https://ida:hidden@gazette.example/"}, {"list": ("", b"")}, "a login in a feed"),
        ({}, {"list": ("a.opml", b"<html/>")}, "no OPML"),
    ):
        answer = editing.post("/feeds", data=data, files=files, headers=HERE)
        assert (answer.status_code, words in answer.text) == (422, True), answer.text
    assert editing.get("/api/feeds").json() == {"feeds": []}


@pytest.mark.slow
@pytest.mark.parametrize("headers", [{}, {"Origin": "http://other.example"}, {"Sec-Fetch-Site": "same-site"}])
def test_no_other_site_changes_the_list(editing: TestClient, headers: dict[str, str]) -> None:
    for path in ("/feeds", "/feeds/remove", "/feeds/poll", "/feeds/token"):
        data = {"addresses": "https://gazette.example/rss", "address": "https://gazette.example/rss", "token": TOKEN}
        assert editing.post(path, data=data, headers=headers).status_code == 403
    assert editing.get("/api/feeds").json() == {"feeds": []}


@pytest.mark.slow
def test_only_the_token_opens_the_list_and_both_pages(locked: TestClient, room: Newsroom) -> None:
    address = f"{room.address}/feed?key=secret"
    closed = locked.get("/feeds").text
    assert 'name="token"' in closed
    assert "<textarea" not in closed
    assert locked.post("/feeds", data={"addresses": address}, headers=HERE).headers["location"] == "/feeds"
    assert locked.post("/feeds/token", data={"token": "another token, as long"}, headers=HERE).status_code == 403
    opened = locked.post("/feeds/token", data={"token": TOKEN}, headers=HERE)
    assert opened.headers["location"] == "/feeds"
    assert all(f"Path={path};" in f"{opened.headers['set-cookie']};" for path in ("/add", "/feeds"))
    assert "<textarea" in locked.get("/feeds").text
    assert "<textarea" in locked.get("/add").text
    locked.post("/feeds", files={"list": ("", b"")}, data={"addresses": address}, headers=HERE)
    _shown_once(locked, address)
    locked.cookies.clear()
    assert [one["address"] for one in locked.get("/api/feeds").json()["feeds"]] == [f"{room.address}/"]
    told = locked.get("/api/feeds", headers={"Authorization": f"Bearer {TOKEN}"}).json()["feeds"]
    assert [one["address"] for one in told] == [address]


@pytest.mark.slow
@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "192.0.2.7"}, {"Via": "1.1 proxy"}, {"Host": "news.example"}])
def test_edit_opens_nothing_to_whom_a_proxy_sends(settings: Settings, headers: dict[str, str]) -> None:
    with _serving(settings, edit=True, trusted_hosts="news.example") as client:
        assert "<textarea" in client.get("/feeds").text
        assert "<textarea" not in client.get("/feeds", headers=headers).text


@pytest.mark.slow
def test_a_program_with_the_token_adds_and_removes_feeds(locked: TestClient, room: Newsroom) -> None:
    address, bearer = f"{room.address}/feed?key=secret", {"Authorization": f"Bearer {TOKEN}"}
    for method, headers, status in (("POST", {}, 401), ("DELETE", {"Authorization": "Bearer no token of ours"}, 401)):
        assert (
            locked.request(method, "/api/feeds", json={"addresses": [address]}, headers=headers).status_code == status
        )
    for given in ([], ["/etc/hostname"], ["https://ida:hidden@gazette.example/"]):
        assert locked.post("/api/feeds", json={"addresses": given}, headers=bearer).status_code == 422
    added = locked.post("/api/feeds", json={"addresses": [address]}, headers=bearer)
    assert added.status_code == 202
    job = _ended(locked, added.json()["href"], bearer)
    assert (job["state"], job["problem"]) == ("done", None)
    assert [one["address"] for one in locked.get("/api/feeds", headers=bearer).json()["feeds"]] == [address]
    other = {"addresses": [address, "https://gazette.example/rss"]}
    assert locked.request("DELETE", "/api/feeds", json=other, headers=bearer).status_code == 404
    removed = locked.request("DELETE", "/api/feeds", json={"addresses": [address]}, headers=bearer)
    assert _ended(locked, removed.headers["location"], bearer)["state"] == "done"
    assert locked.get("/api/feeds").json() == {"feeds": []}


def _ended(client: TestClient, href: str, headers: dict[str, str]) -> dict[str, Any]:
    end = time.monotonic() + PATIENCE_S
    while (job := client.get(href, headers=headers).json())["state"] in ("waiting", "running"):
        assert time.monotonic() < end
        time.sleep(0.05)
    return dict(job)

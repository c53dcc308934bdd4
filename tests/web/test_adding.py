"""The page on which people put articles in, over a real archive that the server keeps."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from qa.errors import SettingsError
from qa.settings import Settings, WebSettings, load_settings
from tests.web.archive import FakeArchive
from web.admission import COOKIE, Admission
from web.app import create_app
from web.serving import serve

pytestmark = pytest.mark.slow

TOKEN = "a token of some length"
HERE = {"Origin": "http://localhost"}
PATIENCE_S = 120.0
TEXT = "The lantern festival moves to the quay this year, harbour master Alma Reiss said on Tuesday."
ROW = {
    "headline": "A bridge of ropes",
    "content": "Mayor Otto Brandl said the rope bridge is safe.",
    "date": "2026-02-04",
}


@contextmanager
def _serving(settings: Settings, **web: Any) -> Iterator[TestClient]:
    served = settings.model_copy(update={"web": WebSettings(**web)})
    client = TestClient(create_app(served), "http://localhost", raise_server_exceptions=False, follow_redirects=False)
    client.headers["accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    with client:
        yield client


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """An empty archive that is open on this machine."""
    with _serving(settings, edit=True) as client:
        yield client


@pytest.fixture
def locked(settings: Settings) -> Iterator[TestClient]:
    """One that the token opens."""
    with _serving(settings, write_token=TOKEN) as client:
        yield client


def _ended(client: TestClient, answer: Any) -> BeautifulSoup:
    """The page of the job that an answer leads to, when it is over."""
    assert answer.status_code == 303, answer.text
    end = time.monotonic() + PATIENCE_S
    while True:
        page = BeautifulSoup(client.get(answer.headers["location"]).text, "html.parser")
        if not page.select_one("noscript meta[http-equiv=refresh]"):
            return page
        assert time.monotonic() < end, page.text
        time.sleep(0.05)


def test_files_and_a_text_go_in_and_what_failed_is_named(client: TestClient) -> None:
    files = [
        ("files", ("../../news.json", json.dumps(ROW).encode(), "application/json")),
        ("files", ("picture.png", b"\x89PNG", "image/png")),
    ]
    given = {"title": "Lantern festival", "date": "2026-02-03", "outlet": "The Marrow Post", "text": TEXT}
    page = _ended(client, client.post("/add", data=given, files=files, headers=HERE))
    assert page.h1 is not None
    assert page.h1.text == "Done"
    assert "2 new" in " ".join(page.text.split())
    [failure] = page.select(".failures li")
    assert "picture.png" in failure.text
    assert "no reader for this kind of file" in failure.text
    answer = client.post("/api/answer", json={"question": "What did Alma Reiss say?"}).json()
    article = answer["citations"][0]["article"]
    assert (article["title"], article["published"]) == ("Lantern festival", "2026-02-03")
    assert "2 new" in client.get("/add").text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "nothing was given"),
        ({"addresses": "/etc/passwd"}, "each line has to be an http or https address"),
        ({"addresses": "file:///etc/passwd"}, "each line has to be an http or https address"),
        ({"title": "A headline alone"}, "the text is missing"),
    ],
)
def test_what_cannot_be_put_in_is_said_and_kept_in_the_form(
    client: TestClient, given: dict[str, str], why: str
) -> None:
    refused = client.post("/add", data=given, headers=HERE)
    assert refused.status_code == 422
    assert why in refused.text
    assert all(value in refused.text for value in given.values())


def test_an_address_that_is_private_fails_and_says_so(client: TestClient) -> None:
    page = _ended(client, client.post("/add", data={"addresses": "http://127.0.0.1:9/story"}, headers=HERE))
    assert "127.0.0.1:9/story" in page.select(".failures li")[0].text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://other.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/add", "/add/token", "/add/jobs/any/stop"])
def test_a_form_of_another_site_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    refused = client.post(path, data={"text": TEXT, "token": TOKEN}, headers=headers)
    assert refused.status_code == 403
    assert "another site" in refused.text
    assert "text" not in client.get("/add").text.partition('class="jobs"')[2]


def test_only_the_token_opens_the_page(locked: TestClient) -> None:
    asked = locked.get("/add")
    assert 'name="token"' in asked.text
    assert "<textarea" not in asked.text
    assert locked.post("/add", data={"text": TEXT}, headers=HERE).headers["location"] == "/add"
    assert locked.get("/add/jobs/any").headers["location"] == "/add"
    wrong = locked.post("/add/token", data={"token": "another token, as long"}, headers=HERE)
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)
    opened = locked.post("/add/token", data={"token": TOKEN}, headers=HERE)
    cookie = opened.headers["set-cookie"]
    assert TOKEN not in cookie
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/add"))
    assert "<textarea" in locked.get("/add").text
    assert locked.get("/add").headers["cache-control"] == "no-store"
    page = _ended(locked, locked.post("/add", data={"text": TEXT}, headers=HERE))
    assert page.h1 is not None
    assert page.h1.text == "Done"


def test_a_cookie_that_was_not_given_opens_nothing(locked: TestClient) -> None:
    for value in ("", TOKEN, Admission(WebSettings(write_token=TOKEN)).cookie):
        locked.cookies.set(COOKIE, value, path="/add")
        assert "<textarea" not in locked.get("/add").text
        locked.cookies.clear()


def test_a_large_body_is_read_of_those_alone_who_may_put_it_in(locked: TestClient) -> None:
    files = [("files", ("large.txt", b"word " * 100_000, "text/plain"))]
    assert locked.post("/add", files=files, headers=HERE).status_code == 413
    locked.post("/add/token", data={"token": TOKEN}, headers=HERE)
    assert locked.post("/add", files=files, headers={"Origin": "http://other.example"}).status_code == 413
    assert locked.post("/add", files=files, headers=HERE).status_code == 303


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "192.0.2.7"}, {"Via": "1.1 proxy"}, {"Host": "news.example"}])
def test_edit_opens_nothing_to_whom_a_proxy_sends(settings: Settings, headers: dict[str, str]) -> None:
    with _serving(settings, edit=True, trusted_hosts="news.example") as client:
        assert "<textarea" in client.get("/add").text
        assert "<textarea" not in client.get("/add", headers=headers).text


def test_edit_is_for_the_loopback_address_alone(settings: Settings) -> None:
    everywhere = settings.model_copy(update={"web": WebSettings(edit=True, host="0.0.0.0", port=0)})
    with pytest.raises(SettingsError, match="this machine alone"):
        serve(everywhere)
    assert not Admission(everywhere.web).possible


def test_where_nobody_may_there_is_no_page_and_no_way_to_it() -> None:
    client = TestClient(create_app(load_settings(), FakeArchive()), "http://localhost")
    with client:
        assert client.get("/add").json()["type"] == "/problems/writing-off"
        assert 'href="/add"' not in client.get("/", headers={"accept": "text/html"}).text


def test_a_job_is_stopped_between_two_articles_and_says_so(client: TestClient) -> None:
    rows = "\n".join(json.dumps(ROW | {"content": f"Councillor Ida Roth said ferry {n} is late."}) for n in range(400))
    answer = client.post("/add", files=[("files", ("many.jsonl", rows.encode(), "text/plain"))], headers=HERE)
    stopped = client.post(f"{answer.headers['location']}/stop", headers=HERE)
    assert stopped.headers["location"] == answer.headers["location"]
    page = _ended(client, answer)
    assert page.h1 is not None
    assert page.h1.text == "Stopped"


def test_a_job_that_is_not_known_is_not_found(client: TestClient) -> None:
    assert client.get("/add/jobs/nobody").status_code == 404


def test_a_list_of_articles_offers_what_it_links_to(client: TestClient) -> None:
    titles = [f"The lighthouse of Merrow, part {number}" for number in range(6)]
    items = "".join(f"<li><a href='https://merrow.example/{n}'>{title}</a></li>" for n, title in enumerate(titles))
    front = ("files", ("front.html", f"<html><body><ul>{items}</ul></body></html>".encode(), "text/html"))
    page = _ended(client, client.post("/add", files=[front], headers=HERE, follow_redirects=False))
    assert "this is a list of articles" in page.text
    boxes = page.select("form[action='/add'] input[type=checkbox][name=listed]")
    assert [str(box["value"]) for box in boxes] == [f"https://merrow.example/{n}" for n in range(6)]
    assert titles[5] in page.text
    ticked = {"listed": ["https://127.0.0.1:9/1", "https://127.0.0.1:9/2"]}
    page = _ended(client, client.post("/add", data=ticked, headers=HERE, follow_redirects=False))
    assert "https://127.0.0.1:9/1" in page.text
    assert "https://127.0.0.1:9/2" in page.text
    wrong = client.post("/add", data={"listed": ["file:///etc/passwd"]}, headers=HERE, follow_redirects=False)
    assert wrong.status_code == 422

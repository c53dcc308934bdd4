from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urljoin

import pytest

from qa.errors import SourceError
from qa.ingestion.fetching import CONTENTS, AddressReader, Fetched
from qa.ingestion.guarding import guarded
from qa.protocols import Draft
from tests.qa.ingestion.reading import read_error, read_one
from tests.qa.ingestion.test_pages import PAGE

FEED = b"""<rss version="2.0"><channel>
<item><title>Ferry to close</title><link>/ferry</link><description>The council voted on Monday.</description></item>
<item><title>Nothing in it</title><link>/empty</link></item>
<item><title>Taken</title><link>https://other.example/a</link><description>Others wrote this.</description></item>
</channel></rss>"""


def read_feed(fetched: Fetched, article_s: float) -> Iterator[Draft | SourceError]:
    """A feed as CONTRIBUTING.md tells to add one: several drafts, an error for a bad one, and what comes after it."""
    for number, item in enumerate(re.findall("<item>(.*?)</item>", fetched.body.decode()), 1):
        yield guarded(partial(item_draft, item, fetched), fetched.source, article_s, line=number)


def item_draft(item: str, fetched: Fetched) -> Draft:
    part = dict(re.findall(r"<(\w+)>(.*?)</\1>", item))
    if "description" not in part:
        raise SourceError(fetched.source, "the item has no text")
    return Draft(urljoin(fetched.address, part["link"]), part["description"], title=part["title"])


class Newspaper(BaseHTTPRequestHandler):
    """A newspaper's web server with good and bad pages."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.answer(302, "text/html", b"", location="/article")
        elif self.path == "/loop":
            self.answer(302, "text/html", b"", location="/loop")
        elif self.path == "/elsewhere":
            self.answer(302, "text/html", b"", location="file:///etc/hostname")
        elif self.path == "/article":
            self.answer(200, "text/html; charset=utf-8", PAGE.replace("canonical", "icon").encode())
        elif self.path == "/plain":
            self.answer(200, "text/plain", b"Ferry to close\n\nThe council voted on Monday.")
        elif self.path == "/old":
            self.answer(200, "text/plain; charset=windows-1251", "Паром\n\nМост.".encode("cp1251"))
        elif self.path == "/feed":
            self.answer(200, "application/rss+xml; charset=utf-8", FEED)
        elif self.path == "/image":
            self.answer(200, "image/png", b"\x89PNG")
        elif self.path == "/slow":
            time.sleep(1)
            self.answer(200, "text/html", b"")
        elif self.path == "/large":
            self.answer(200, "text/html", b"<p>word</p>" * 200_000)
        else:
            self.answer(404, "text/html", b"gone")

    def answer(self, status: int, kind: str, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the reader may have seen enough
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def newspaper() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Newspaper) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_is_fetched_and_its_last_address_is_its_own(newspaper: str) -> None:
    article = read_one(f"{newspaper}/moved")
    assert article.url == f"{newspaper}/article"
    assert article.title == "Fire damages roof of school"


def test_plain_text_is_read_as_such(newspaper: str) -> None:
    article = read_one(f"{newspaper}/plain")
    assert (article.title, article.text) == ("Ferry to close", "The council voted on Monday.")
    assert article.url == f"{newspaper}/plain"


def test_the_encoding_that_the_server_states_is_used(newspaper: str) -> None:
    assert read_one(f"{newspaper}/old").text == "Мост."


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answered 404 Not Found"),
        ("/image", "the address gives image/png"),
        ("/loop", "could not be fetched"),
        ("/elsewhere", "could not be fetched"),
        ("/large", "more than 1 MiB"),
    ],
)
def test_a_bad_page_is_an_error_that_names_it(newspaper: str, path: str, reason: str) -> None:
    error = read_error(newspaper + path)
    assert error.source == newspaper + path
    assert reason in error.reason


def test_another_kind_of_content_gives_several_articles_behind_the_same_checks(newspaper: str) -> None:
    reader = AddressReader(
        100_000, 5, permitted=lambda address: True, contents={**CONTENTS, "application/rss+xml": read_feed}
    )
    ferry, bad, taken = reader.read(f"{newspaper}/feed")
    assert isinstance(ferry, Draft)
    assert (ferry.title, ferry.location) == ("Ferry to close", f"{newspaper}/ferry")
    assert isinstance(bad, SourceError)
    assert bad.reason == "the item has no text"
    assert isinstance(taken, Draft)
    assert taken.location == f"{newspaper}/feed", "a host vouches for its own articles only"
    assert "application/rss+xml" in read_error(f"{newspaper}/feed").reason


def test_a_slow_page_is_an_error_with_the_limit(newspaper: str) -> None:
    found: list[Draft | SourceError] = list(
        AddressReader(1_000, 0.2, permitted=lambda address: True).read(f"{newspaper}/slow")
    )
    assert isinstance(found[0], SourceError)
    assert found[0].reason == "no complete answer within 0.2 s"


def test_nobody_answering_is_an_error() -> None:
    assert "could not be fetched" in read_error("http://127.0.0.1:9/").reason


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/hostname"])
def test_only_http_addresses_are_fetched(address: str) -> None:
    assert "only http:// and https://" in read_error(address).reason

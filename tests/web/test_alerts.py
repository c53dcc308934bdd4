"""The Atom feeds: what is new to a speaker, a topic, a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from qa.output.atom import MOST, write_feed
from qa.output.pasting import OMISSION
from qa.types import Correction, Notice, NoticeKind, Question, Span
from tests.web.archive import IMMIGRATION, MERZ, PESKOV, SCRIPT, FakeArchive, berlin, cite, make_article, said_by_merz
from tests.web.test_pages import attribute, read
from web.alerts import MOST as LOOKED_AT

ATOM = "{http://www.w3.org/2005/Atom}"


def entries_of(body: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall(f"{ATOM}entry")


def text_of(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("asked", [{"speaker": "friedrich-merz"}, {"speaker": "Merz", "about": "peace"}, {"q": MERZ}])
def test_an_entry_has_the_exact_words_and_the_address_where_they_are_marked(
    client: TestClient, asked: dict[str, str]
) -> None:
    response = client.get("/feed.atom", params=asked)
    assert response.headers["content-type"].startswith("application/atom+xml")
    entries = entries_of(response.content)
    named = {"friedrich-merz": "Friedrich Merz – ", "Merz": "Friedrich Merz about peace – "}
    assert text_of(ElementTree.fromstring(response.content), "title").startswith(
        named[asked["speaker"]] if "speaker" in asked else MERZ
    )
    assert len(entries) == len(said_by_merz(Question("q")).citations)
    for entry in entries:
        link = next(each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "alternate")
        address = urlsplit(unescape(link.get("href", "")))
        assert address.netloc == "localhost"
        marked = read(client, f"{address.path}?{address.query}").select("mark")
        assert OMISSION.join(mark.text for mark in marked) == text_of(entry, "content")
        assert text_of(entry, "title").startswith("Friedrich Merz: ")


def test_a_reader_that_has_the_feed_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get("/feed.atom", params={"speaker": "merz"})
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"other", {tag}'}, {"If-Modified-Since": changed}):
        again = client.get("/feed.atom", params={"speaker": "merz"}, headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    earlier = format_datetime(berlin.retrieved - timedelta(seconds=1), usegmt=True)
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": changed},
        {"If-Modified-Since": earlier},
        {"If-Modified-Since": "yesterday"},
    ):
        assert client.get("/feed.atom", params={"speaker": "merz"}, headers=headers).content == first.content


def test_what_the_archive_does_not_know_yet_is_an_empty_feed(client: TestClient) -> None:
    for asked in ({"speaker": "Nobody Atall"}, {"q": IMMIGRATION}, {"speaker": "merz", "about": "immigration"}):
        response = client.get("/feed.atom", params=asked)
        assert response.status_code == 200
        assert entries_of(response.content) == []
        assert (
            client.get("/feed.atom", params=asked, headers={"If-None-Match": response.headers["etag"]}).content == b""
        )


def test_dates_and_outlets_narrow_a_feed(client: TestClient, archive: FakeArchive) -> None:
    client.get("/feed.atom", params={"speaker": "merz", "after": "2025-12-01", "outlet": "Ostrel Valley Gazette"})
    assert archive.asked[-1].scope.outlets == ("Ostrel Valley Gazette",)
    assert str(archive.asked[-1].scope.published_after) == "2025-12-01"


@pytest.mark.parametrize(
    "query", ["q=a&speaker=b", "q=a&q=b", "speaker=a&speaker=b", "who=a", "after=1", f"q={'a' * 9999}"]
)
def test_what_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/feed.atom?{query}").status_code == 422


def test_markup_and_characters_that_xml_cannot_hold_break_no_feed(client: TestClient) -> None:
    [entry] = entries_of(client.get("/feed.atom", params={"q": SCRIPT}).content)
    assert text_of(entry, "content") == "</mark> words 😀😀 before"
    answer = client.get("/feed.atom", params={"q": "a\x00\x0b\ufffe<b>&"})
    assert text_of(ElementTree.fromstring(answer.content), "title").startswith("a\ufffd\ufffd\ufffd<b>&")


def test_what_came_into_the_archive_last_stands_first_and_names_stay() -> None:
    assert MOST <= LOOKED_AT
    articles = [make_article(f"The ferry stops at pier {number}.", "Ferry") for number in range(MOST + 5)]
    cited = [cite(one, "ferry stops") for one in articles]
    feed = write_feed("f", cited, base="http://a", here="/feed.atom", page="/")
    assert len(entries_of(feed.body)) == MOST
    elsewhere = write_feed("f", cited, base="http://b", here="/feed.atom", page="/")
    names = [[text_of(entry, "id") for entry in entries_of(each.body)] for each in (feed, elsewhere)]
    assert names[0] == names[1]
    assert len(set(names[0])) == MOST


@pytest.mark.parametrize(
    ("address", "query"), [("/speakers/friedrich-merz", {"about": "peace"}), ("/", {"q": MERZ}), ("/", {"q": PESKOV})]
)
def test_pages_lead_to_their_feed(browser: TestClient, address: str, query: dict[str, str]) -> None:
    page = read(browser, address, **query)
    [told] = page.select('link[rel="alternate"]')
    [shown] = page.select('a[type="application/atom+xml"]')
    assert attribute(told, "href") == attribute(shown, "href")
    assert entries_of(browser.get(attribute(shown, "href")).content)


def test_what_was_fetched_long_ago_and_came_in_now_is_new_and_a_correction_brings_it_to_the_front() -> None:
    old, new, notice = (
        replace(
            make_article(f"{word} The ferry stops at pier four.", "Ferry"),
            retrieved=berlin.retrieved - timedelta(days=days),
        )
        for word, days in (("Once.", 900), ("Twice.", 1), ("Corrected: it is pier five.", 0))
    )
    came = berlin.retrieved
    first, second = replace(old, added=came + timedelta(hours=1)), replace(new, added=came)
    told = [cite(one, "ferry stops") for one in (second, first)]
    feed = write_feed("f", told, base="http://a", here="/feed.atom", page="/")
    assert [text_of(entry, "updated") for entry in entries_of(feed.body)] == [
        f"{one.added:%Y-%m-%dT%H:%M:%SZ}" for one in (first, second) if one.added
    ]
    by = replace(notice, added=came + timedelta(hours=2))
    span = Span(0, len("Corrected: it is pier five."))
    correction = Correction(Notice(by.id, span, NoticeKind.CORRECTION, own=False), by, by.published)
    told[0] = replace(told[0], corrections=(correction,))
    again = write_feed("f", told, base="http://a", here="/feed.atom", page="/")
    entry = entries_of(again.body)[0]
    assert again.changed == by.added
    assert text_of(entry, "content") == "ferry stops"
    assert text_of(entry, "summary").endswith(": Corrected: it is pier five.")
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == ["corrected"]
    assert text_of(entry, "published") == f"{came:%Y-%m-%dT%H:%M:%SZ}"
    assert text_of(entry, "id") == text_of(entries_of(feed.body)[1], "id")

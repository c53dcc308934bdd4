"""Feeds are polled into a real archive from a real server of this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant
from qa.assistant.feeding.gathering import MOST_TRIES, Gatherer
from qa.assistant.feeding.taking import gathered_of, of_gathered
from qa.catalog import FeedState
from qa.records import IngestReport
from qa.settings import Settings
from qa.types import Answer as Found
from tests.newsroom import FERRY, Answer, Newsroom, item, newsroom, rss

pytestmark = pytest.mark.slow

BRIDGE = (
    "Mayor Otto Brandl said on Monday that the rope bridge over the Sill is safe. It carries forty people at once.",
    "Engineers looked at each of its ropes in January and found no fault, according to their report of twelve pages.",
    "The bridge was closed for two weeks after a hiker had complained about a loose plank, which has been replaced.",
)
WHOLE = item("/bridge", "Rope bridge is safe", *BRIDGE)


@pytest.fixture
def open_settings(settings: Settings) -> Settings:
    """An empty archive that may ask this machine, without pauses."""
    return _with(settings, feeds={"host_delay_s": 0.0})


def _with(settings: Settings, private: bool = True, **groups: dict[str, Any]) -> Settings:
    ingestion = settings.ingestion.model_copy(update={"private_addresses": private})
    feeds = settings.feeds.model_copy(update=groups.get("feeds", {}))
    return settings.model_copy(update={"ingestion": ingestion, "feeds": feeds})


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as here:
        here.answers["/feed"] = Answer(rss(WHOLE, item("/ferry", teaser="Closed …")), etag='"1"')
        here.page("/ferry")
        yield here


@pytest.fixture
def archive(open_settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(open_settings, label="tests", write=True) as archive:
        yield archive


def _feed(archive: Assistant, address: str) -> FeedState:
    archive.add_feeds({address: None})
    return next(one for one in archive.feeds() if one.address == address)


def _poll(archive: Assistant, settings: Settings) -> IngestReport:
    """Poll the one feed there is, by the way that also leads through another process."""
    (feed,) = archive.feeds()
    gathered = Gatherer(settings).gather(feed, archive.known_items(feed))
    return archive.take_feed(gathered_of(json.loads(json.dumps(of_gathered(gathered)))))


def _texts(archive: Assistant) -> dict[str, str]:
    return {one.title: archive.article(one.id).text for one in archive.articles()[0]}


def test_a_new_item_is_in_its_text_from_the_feed_or_from_its_page(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    _feed(archive, f"{room.address}/feed")
    assert _poll(archive, open_settings).counts == {"added": 2}
    assert _texts(archive) == {
        "Rope bridge is safe": "\n\n".join(BRIDGE),
        "Ferry closed until Friday": "\n\n".join(FERRY),
    }
    assert room.paths == ["/feed", "/ferry"], "a whole text costs no request"
    for article in archive.articles()[0]:
        assert article.published is not None
        assert article.published.isoformat() == "2026-02-02"
    (record,) = archive.feed_records()
    assert (record.feed.title, record.feed.kind, record.feed.items) == ("The Marrow Gazette", "RSS", 2)
    assert {one.title for one in record.came} == set(_texts(archive))
    assert isinstance(archive.ask("What did Tomas Reck say about the ferry?"), Found)


def test_twice_in_a_row_changes_nothing_and_asks_for_nothing_but_the_feed(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    assert _poll(archive, open_settings).empty
    assert room.paths == ["/feed", "/ferry", "/feed"]
    assert room.asked[-1][1]["If-None-Match"] == '"1"'
    (feed,) = archive.feeds()
    assert (feed.failures, feed.counts, feed.items) == (0, {"added": 2}, 2)
    room.answers["/feed"] = replace(room.answers["/feed"], etag=None)  # as of a server that knows no conditions
    assert _poll(archive, open_settings).empty
    assert room.paths[-1] == "/feed"


def test_a_date_is_as_good_as_an_etag(archive: Assistant, open_settings: Settings, room: Newsroom) -> None:
    said = "Mon, 02 Feb 2026 12:00:00 GMT"
    room.answers["/feed"] = Answer(rss(WHOLE), headers={"Last-Modified": said})
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    room.answers["/feed"] = Answer(status=304)
    assert _poll(archive, open_settings).empty
    assert room.asked[-1][1]["If-Modified-Since"] == said
    assert archive.feeds()[0].problem is None


def test_a_changed_item_is_a_new_version_of_its_article(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    room.page("/ferry", *FERRY[:2], "The council of Marrow has heard him and believes him.")
    third = "The bridge was closed for three weeks, and not for two, after a hiker had complained."
    changed = item("/bridge", "Rope bridge is safe", *BRIDGE[:2], third)
    room.answers["/feed"] = Answer(rss(changed, item("/ferry", teaser="Closed, and why …")), etag='"2"')
    assert _poll(archive, open_settings).counts == {"new_version": 2}
    assert "three weeks" in _texts(archive)["Rope bridge is safe"]
    assert "believes him" in _texts(archive)["Ferry closed until Friday"]
    assert [len(archive.versions(one.id)) for one in archive.articles()[0]] == [2, 2]


def test_a_feed_that_shrinks_takes_nothing_out(archive: Assistant, open_settings: Settings, room: Newsroom) -> None:
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    for body in (rss(WHOLE), rss()):
        room.answers["/feed"] = Answer(body)
        assert _poll(archive, open_settings).empty
    assert len(_texts(archive)) == 2
    room.answers["/feed"] = Answer(rss(WHOLE, item("/ferry", teaser="Closed …")))
    assert _poll(archive, open_settings).empty, "what is there again was known"


def test_a_feed_that_has_moved_for_ever_is_asked_there(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    room.answers["/old"] = Answer(status=301, headers={"Location": "/feed"})
    _feed(archive, f"{room.address}/old")
    _poll(archive, open_settings)
    assert archive.feeds()[0].address == f"{room.address}/feed"
    room.answers["/feed"], room.answers["/now"] = (
        Answer(status=302, headers={"Location": "/now"}),
        room.answers["/feed"],
    )
    _poll(archive, open_settings)
    assert archive.feeds()[0].address == f"{room.address}/feed"
    assert archive.feeds()[0].failures == 0


def test_a_busy_host_is_left_alone_for_as_long_as_it_says(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    room.answers["/feed"] = Answer(status=429, headers={"Retry-After": "90000"})
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    (feed,) = archive.feeds()
    assert feed.problem == "the server answered 429 Too Many Requests"
    assert feed.next_at is not None
    assert feed.next_at - datetime.now(UTC) > timedelta(seconds=80_000)
    assert archive.due_feeds(datetime.now(UTC)) == []


def test_a_feed_that_fails_is_asked_less_and_less_and_recovers(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    good = room.answers.pop("/feed")
    _feed(archive, f"{room.address}/feed")
    pauses = []
    for _ in range(3):
        _poll(archive, open_settings)
        (feed,) = archive.feeds()
        assert feed.next_at is not None
        assert feed.polled_at is not None
        pauses.append((feed.next_at - feed.polled_at).total_seconds())
    assert pauses == [1_800, 3_600, 7_200]
    assert (feed.failures, feed.problem) == (3, "the server answered 404 Not Found")
    room.answers["/feed"] = good
    assert _poll(archive, open_settings).counts == {"added": 2}
    assert (archive.feeds()[0].failures, archive.feeds()[0].problem) == (0, None)
    room.answers["/feed"] = Answer(status=410)
    _poll(archive, open_settings)
    assert archive.feeds()[0].next_at is None


def test_a_page_that_fails_is_tried_again_though_the_feed_has_not_changed(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    page = room.answers.pop("/ferry")
    _feed(archive, f"{room.address}/feed")
    assert _poll(archive, open_settings).counts == {"added": 1}
    (record,) = archive.feed_records()
    assert [(one.address, one.tries) for one in record.failing] == [(f"{room.address}/ferry", 1)]
    assert "404" in record.failing[0].problem
    room.answers["/ferry"] = page
    assert _poll(archive, open_settings).counts == {"added": 1}
    assert archive.feed_records()[0].failing == ()
    assert _poll(archive, open_settings).empty
    assert room.paths[-1] == "/feed"


def test_a_page_that_fails_is_given_up_at_last(archive: Assistant, open_settings: Settings, room: Newsroom) -> None:
    room.answers["/feed"] = Answer(rss(item("/gone", teaser="Gone …")), etag='"1"')
    _feed(archive, f"{room.address}/feed")
    for _ in range(MOST_TRIES + 2):
        _poll(archive, open_settings)
    assert room.paths.count("/gone") == MOST_TRIES
    assert room.asked[-1][1]["If-None-Match"] == '"1"'
    assert archive.feed_records()[0].failing[0].tries == MOST_TRIES


def test_a_poll_fetches_no_more_pages_than_it_may_and_the_next_goes_on(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    few = _with(open_settings, feeds={"max_pages": 2})
    for number in range(5):
        room.page(f"/{number}", *(f"{paragraph} ({number})" for paragraph in FERRY), title=f"Ferry {number}")
    room.answers["/feed"] = Answer(rss(*(item(f"/{number}", teaser="…") for number in range(5))), etag='"1"')
    _feed(archive, f"{room.address}/feed")
    came = []
    for _ in range(4):
        came.append(sum(_poll(archive, few).counts.values()))
    assert came == [2, 2, 1, 0]
    assert archive.feeds()[0].left == 0


def test_what_is_no_feed_and_what_is_broken_is_said(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    room.page("/feed")
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    assert archive.feeds()[0].problem == "it is a page and no feed, and names none"
    room.answers["/feed"] = Answer(rss(WHOLE).replace("</channel>", "<b></channel>"), packed=True)
    assert _poll(archive, open_settings).counts == {"added": 1}
    (feed,) = archive.feeds()
    assert feed.failures == 0
    assert feed.problem is not None
    assert "not well-formed" in feed.problem


def test_a_private_network_is_refused_directly_and_by_an_item(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    _feed(archive, f"{room.address}/feed")
    _poll(archive, _with(open_settings, private=False))
    problem = archive.feeds()[0].problem
    assert problem is not None
    assert "not an address of the public internet" in problem
    assert room.asked == []
    with newsroom("127.0.0.2") as inside:  # the other one plays the public internet
        inside.page("/ferry")
        room.answers["/feed"] = Answer(rss(item(f"{inside.address}/ferry", teaser="…")))
        gatherer = Gatherer(open_settings)
        gatherer._courteous.requester = replace(gatherer._courteous.requester, permitted=lambda ip: ip == "127.0.0.1")
        (found,) = gatherer.gather(archive.feeds()[0], {}).items
        assert "not an address of the public internet" in found.reason
        assert inside.asked == []


def test_what_a_site_forbids_is_not_asked_for(archive: Assistant, open_settings: Settings, room: Newsroom) -> None:
    room.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /ferry", "text/plain")
    _feed(archive, f"{room.address}/feed")
    assert _poll(archive, open_settings).counts == {"added": 1}
    assert "robots.txt" in archive.feed_records()[0].failing[0].problem
    assert room.paths == ["/feed"]


def test_an_article_that_was_removed_or_erased_does_not_come_back(
    archive: Assistant, open_settings: Settings, room: Newsroom
) -> None:
    _feed(archive, f"{room.address}/feed")
    _poll(archive, open_settings)
    hidden, erased = (one.id for one in archive.articles()[0])
    archive.remove([hidden])
    archive.remove([erased], purge=True)
    room.answers["/feed"] = replace(room.answers["/feed"], etag=None)
    _poll(archive, open_settings)
    assert archive.articles()[0] == []


def test_a_kill_in_the_middle_loses_nothing_that_was_noted(open_settings: Settings, room: Newsroom) -> None:
    rows = [item(f"/{n}", f"Bridge {n}", *(f"Number {n}: {paragraph}" for paragraph in BRIDGE)) for n in range(200)]
    room.answers["/feed"] = Answer(rss(*rows), etag='"1"')
    with Assistant.open(open_settings, write=True) as archive:
        _feed(archive, f"{room.address}/feed")
    names = {"QA_DATA_DIR": str(open_settings.data_dir), "QA_INGESTION__PRIVATE_ADDRESSES": "true"}
    small = {
        "QA_INGESTION__BATCH_ARTICLES": "4",
        "QA_FEEDS__HOST_DELAY_S": "0",
        "PYTHONPATH": str(Path(__file__).parents[4]),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "feeds", "poll"],
        env={**os.environ, **names, **small},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 600
    noted = 0
    while noted < 8 and time.monotonic() < end:
        with Assistant.open(open_settings) as reader:
            noted = len(reader.known_items(reader.feeds()[0]))
        assert process.poll() is None or noted
    process.send_signal(signal.SIGKILL)
    process.wait()
    with Assistant.open(open_settings, write=True) as archive:
        (feed,) = archive.feeds()
        known = archive.known_items(feed)
        assert 8 <= len(known) < 200
        assert feed.etag is None, "the answer is not done with"
        assert archive.articles()[1] >= len(known)
        report = _poll(archive, open_settings)
        assert sum(report.counts.values()) == 200 - len(known)
        assert archive.articles()[1] == 200
        assert all(finding.sound for finding in archive.doctor())

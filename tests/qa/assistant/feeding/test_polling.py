"""A server polls its feeds by itself, in a thread of the process that owns the archive."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from qa.assistant import Assistant
from qa.assistant.parts import Common
from qa.assistant.sharing.keeper import Keeper, change
from qa.settings import FeedSettings, Settings
from qa.types import Answer as Found
from tests.hostile.newspapers import talking
from tests.newsroom import FERRY, Answer, Newsroom, item, newsroom, rss

pytestmark = pytest.mark.slow

PATIENCE_S = 120.0
BRIDGE = (
    "Mayor Otto Brandl said on Monday that the rope bridge over the Sill is safe. It carries forty people at once.",
    "Engineers looked at each of its ropes in January and found no fault, according to their report of twelve pages.",
    "The bridge was closed for two weeks after a hiker had complained about a loose plank, which has been replaced.",
)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom(feed=Answer(rss(item("/ferry", "Ferry closed", *FERRY)))) as here:
        yield here


@pytest.fixture
def polling(settings: Settings) -> Settings:
    """An empty archive whose feeds are asked every second."""
    ingestion = settings.ingestion.model_copy(update={"private_addresses": True})
    feeds = FeedSettings(interval_s=1, host_delay_s=0)
    return settings.model_copy(update={"ingestion": ingestion, "feeds": feeds})


@contextmanager
def _kept(settings: Settings) -> Iterator[Keeper]:
    keeper = Keeper(settings, "qa serve", Common())
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.close()


def _until(there: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)


def _add(settings: Settings, *addresses: str) -> None:
    change(settings, "qa feeds add", lambda archive: archive.add_feeds(dict.fromkeys(addresses)))


def test_a_new_item_is_answered_from_within_its_poll(polling: Settings, room: Newsroom) -> None:
    with _kept(polling) as keeper:
        _add(polling, f"{room.address}/feed")
        with Assistant.open(polling) as reader:
            _until(lambda: reader.articles()[1] == 1)
            assert isinstance(reader.ask("What did Tomas Reck say about the ferry?"), Found)
            assert not isinstance(reader.ask("What did Otto Brandl say about the bridge?"), Found)
            fresh = item("/bridge", "Rope bridge is safe", *BRIDGE)
            room.answers["/feed"] = Answer(rss(fresh, item("/ferry", "Ferry closed", *FERRY)))
            _until(lambda: reader.articles()[1] == 2)
            assert isinstance(reader.ask("What did Otto Brandl say about the bridge?"), Found)
            asked = len(room.paths)
            _until(lambda: len(room.paths) > asked + 2)
            takings = [one for one in keeper.jobs.newest() if one.work.kind == "take_feed"]
            assert len(takings) == 2, "a poll without anything new is no job"


def test_a_feed_that_fails_keeps_no_other_from_being_polled(polling: Settings, room: Newsroom) -> None:
    room.answers["/busy"] = Answer(status=503, headers={"Retry-After": "600"})
    with newsroom(feed=Answer(rss(item("/bridge", "Rope bridge is safe", *BRIDGE)))) as other, _kept(polling):
        _add(polling, f"{room.address}/busy", "http://127.0.0.1:9/feed", f"{other.address}/feed")
        with Assistant.open(polling) as reader:
            _until(lambda: reader.articles()[1] == 1)
            _until(lambda: all(feed.polled_at for feed in reader.feeds()))
            busy, dead, good = reader.feeds()
    assert busy.problem == "the server answered 503 Service Unavailable"
    assert dead.problem is not None
    assert "could not be" in dead.problem
    assert (good.failures, good.counts) == (0, {"added": 1})
    assert room.paths == ["/busy"], "it is left alone for as long as it asked"


def test_a_slow_site_keeps_no_other_waiting(polling: Settings, room: Newsroom) -> None:
    ingestion = polling.ingestion.model_copy(update={"fetch_timeout_s": 300.0})
    patient = polling.model_copy(update={"ingestion": ingestion})

    def hold(connection: socket.socket, ended: threading.Event) -> None:
        ended.wait()

    with talking(hold) as slow, _kept(patient):
        _add(patient, f"http://{slow}/feed", f"{room.address}/feed")
        with Assistant.open(patient) as reader:
            _until(lambda: reader.articles()[1] == 1)
            assert reader.feeds()[0].polled_at is None, "it has not answered yet"


def test_a_setting_turns_it_off(polling: Settings, room: Newsroom) -> None:
    still = polling.model_copy(update={"feeds": FeedSettings(poll=False, interval_s=1)})
    with _kept(still):
        _add(still, f"{room.address}/feed")
        time.sleep(2)
    assert room.asked == []


def test_a_removed_feed_is_not_asked_any_more(polling: Settings, room: Newsroom) -> None:
    with _kept(polling):
        _add(polling, f"{room.address}/feed")
        _until(lambda: len(room.paths) > 1)
        change(polling, "qa feeds remove", lambda archive: archive.remove_feeds([f"{room.address}/feed"]))

        def is_silent() -> bool:
            asked = len(room.paths)
            time.sleep(3)
            return len(room.paths) == asked

        _until(is_silent)


def test_only_the_owner_polls(polling: Settings, room: Newsroom) -> None:
    with _kept(polling):
        _add(polling, f"{room.address}/feed")
        _until(lambda: room.paths)
        with Assistant.open(polling) as reader:
            _until(lambda: reader.articles()[1] == 1)
        other = polling.model_copy(update={"feeds": FeedSettings(interval_s=1, host_delay_s=0)})
        with _kept(other) as second:
            time.sleep(2)
            assert second.jobs.newest() == []

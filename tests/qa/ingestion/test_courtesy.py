"""Hosts are asked as they wish, over real connections."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from qa.errors import SourceError, WorkStopped
from qa.ingestion.connecting import is_public
from qa.ingestion.courtesy import Courteous, HostAsksToWait, retry_after
from qa.ingestion.requesting import Reply, Requester
from tests.newsroom import Answer, Newsroom, newsroom

PLAIN = Answer("Hello", "text/plain")


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom(story=PLAIN) as here:
        yield here


def _courteous(delay_s: float = 0.0) -> Courteous:
    return Courteous(Requester(100_000, 60.0, lambda address: True), delay_s)


def test_a_host_is_asked_first_what_it_forbids_and_once(room: Newsroom) -> None:
    room.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /secret", "text/plain")
    courteous = _courteous()
    for _ in range(2):
        assert courteous.get(f"{room.address}/story").body == b"Hello"
    with pytest.raises(SourceError, match=r"robots\.txt of .* forbids it"):
        courteous.get(f"{room.address}/secret")
    assert [path for path, _ in room.asked] == ["/robots.txt", "/story", "/story"]


def test_a_redirect_does_not_lead_around_what_is_forbidden(room: Newsroom) -> None:
    room.answers["/robots.txt"] = Answer("User-agent: OnRecord\nDisallow: /secret", "text/plain")
    room.answers["/open"] = Answer(status=302, headers={"Location": "/secret"})
    with pytest.raises(SourceError, match="forbids it"):
        _courteous().get(f"{room.address}/open")
    there = Answer(status=302, headers={"Location": f"{room.address}/secret"})
    with newsroom(open=there) as other, pytest.raises(SourceError, match="forbids it"):
        _courteous().get(f"{other.address}/open")
    assert "/secret" not in room.paths


def test_between_two_requests_there_is_time(room: Newsroom) -> None:
    courteous = _courteous(0.3)
    begun = time.monotonic()
    for _ in range(2):
        courteous.get(f"{room.address}/story")
    assert time.monotonic() - begun >= 0.6
    room.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5", "text/plain")
    begun = time.monotonic()
    _courteous().get(f"{room.address}/story")
    assert time.monotonic() - begun >= 0.5


def test_who_waits_can_be_stopped(room: Newsroom) -> None:
    with pytest.raises(WorkStopped):
        Courteous(Requester(1_000, 60.0, lambda address: True), 60.0, lambda: True).get(f"{room.address}/story")


def test_a_host_that_cannot_say_what_it_forbids_is_left_alone(room: Newsroom) -> None:
    room.answers["/robots.txt"] = Answer(status=500)
    courteous = _courteous()
    for _ in range(2):
        with pytest.raises(SourceError, match="when asked what it forbids"):
            courteous.get(f"{room.address}/story")
    assert [path for path, _ in room.asked] == ["/robots.txt"]
    room.answers["/robots.txt"] = Answer(status=403)
    assert _courteous().get(f"{room.address}/story").status == 200


def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(room: Newsroom) -> None:
    room.answers["/busy"] = Answer(status=429, headers={"Retry-After": "120"})
    courteous = _courteous()
    for path in ("/busy", "/story"):
        with pytest.raises(HostAsksToWait, match="429") as raised:
            courteous.get(room.address + path)
        assert 100 < raised.value.seconds <= 120
    assert room.paths == ["/busy"]


def test_a_host_that_is_busy_already_when_asked_what_it_forbids_is_left_alone_too(room: Newsroom) -> None:
    room.answers["/robots.txt"] = Answer(status=429, headers={"Retry-After": "120"})
    courteous = _courteous()
    for _ in range(2):
        with pytest.raises(HostAsksToWait, match="429") as raised:
            courteous.get(f"{room.address}/story")
        assert 100 < raised.value.seconds <= 120
    assert [path for path, _ in room.asked] == ["/robots.txt"]


def test_threads_ask_one_host_one_after_the_other(room: Newsroom) -> None:
    courteous = _courteous(0.2)
    begun = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        assert [reply.status for reply in pool.map(courteous.get, [f"{room.address}/story"] * 4)] == [200] * 4
    assert time.monotonic() - begun >= 0.8
    assert [path for path, _ in room.asked] == ["/robots.txt", *["/story"] * 4]


def test_two_hosts_that_lead_to_each_other_keep_nobody_for_ever(room: Newsroom) -> None:
    with newsroom(story=PLAIN) as other:
        room.answers["/to"] = Answer(status=302, headers={"Location": f"{other.address}/story"})
        other.answers["/to"] = Answer(status=302, headers={"Location": f"{room.address}/story"})
        courteous = _courteous()

        with ThreadPoolExecutor(4) as pool:
            replies = list(pool.map(courteous.get, [f"{room.address}/to", f"{other.address}/to"] * 4))
    assert [reply.status for reply in replies] == [200] * 8


def test_a_private_network_is_refused_before_anything_is_asked(room: Newsroom) -> None:
    with pytest.raises(SourceError, match="not an address of the public internet") as raised:
        Courteous(Requester(100_000, 60.0, is_public), 0.0).get(f"{room.address}/story")
    assert "QA_INGESTION__PRIVATE_ADDRESSES" in raised.value.remedy
    assert room.asked == []


NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("90", 90),
        (format_datetime(NOW + timedelta(hours=2), usegmt=True), 7_200),
        (format_datetime(NOW - timedelta(hours=2), usegmt=True), 1),
        ("soon", 60),
        ("", 60),
        ("99999999999999", 7 * 86_400),
        ("Mon, 99 Feb 99999 00:00:00 GMT", 60),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(said: str, seconds: float) -> None:
    assert retry_after(Reply("a", 429, "a", b"", headers={"retry-after": said}), NOW) == seconds


@pytest.mark.parametrize(
    ("statuses", "path"),
    [([301], "/1"), ([308, 301], "/2"), ([302], None), ([301, 302], "/1"), ([302, 301], None), ([], None)],
)
def test_an_address_has_moved_as_far_as_it_has_for_ever(room: Newsroom, statuses: list[int], path: str | None) -> None:
    for number, status in enumerate(statuses):
        room.answers[f"/{number}"] = Answer(status=status, headers={"Location": f"/{number + 1}"})
    room.answers[f"/{len(statuses)}"] = PLAIN
    moved = Requester(100_000, 60.0, lambda address: True).get(f"{room.address}/0").moved_to
    assert moved == (room.address + path if path else None)


def test_what_is_sent_packed_is_unpacked_within_the_limit(room: Newsroom) -> None:
    room.answers["/story"] = Answer("word " * 10_000, "text/plain", packed=True)
    requester = Requester(100_000, 60.0, lambda address: True)
    assert len(requester.get(f"{room.address}/story").body) == 50_000
    room.answers["/story"] = Answer("word " * 1_000_000, "text/plain", packed=True)
    with pytest.raises(SourceError, match="more than"):
        requester.get(f"{room.address}/story")

"""No address, redirect or name leads into a private network unless a setting allows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant.keeping.attributing import articles_of
from qa.errors import SourceError
from qa.ingestion.connecting import is_public
from qa.protocols import Draft
from qa.settings import load_settings
from tests.hostile.newspapers import INSIDE, OUTSIDE, Newspaper, Page, fetch, moved, newspaper

PRIVATE = [
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
]


@pytest.fixture
def inside() -> Iterator[Newspaper]:
    with newspaper(INSIDE, story=Page()) as here:
        yield here


@pytest.fixture
def outside() -> Iterator[Newspaper]:
    with newspaper(OUTSIDE, story=Page()) as here:
        yield here


def _refused(found: Draft | SourceError) -> bool:
    return isinstance(found, SourceError) and "not an address of the public internet" in found.reason


@pytest.mark.parametrize("host", PRIVATE)
def test_no_spelling_of_a_private_address_is_connected_to(inside: Newspaper, host: str) -> None:
    found = fetch(f"http://{host}:{inside.address.rpartition(':')[2]}/story", permitted=is_public)
    assert _refused(found), found
    assert "QA_INGESTION__PRIVATE_ADDRESSES" in str(found)
    assert inside.asked == []


def test_an_address_in_octal_is_none(inside: Newspaper) -> None:
    assert isinstance(fetch(f"http://0177.0.0.1:{inside.address.rpartition(':')[2]}/story"), SourceError)
    assert inside.asked == []


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]
)
def test_an_address_of_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", [host for host in PRIVATE if host not in {"0.0.0.0", "[::]"}])
def test_no_redirect_leads_to_a_private_address(inside: Newspaper, outside: Newspaper, host: str) -> None:
    outside.pages["moved"] = moved(f"http://{host}:{inside.address.rpartition(':')[2]}/story")
    outside.pages["again"] = moved("/moved")
    assert _refused(fetch(f"{outside.address}/again"))
    assert [path for path, _ in outside.asked] == ["/again", "/moved"]
    assert inside.asked == []


def test_a_redirect_to_another_public_host_is_followed(outside: Newspaper) -> None:
    with newspaper(OUTSIDE, moved=moved(f"{outside.address}/story")) as other:
        found = fetch(f"{other.address}/moved")
    assert isinstance(found, Draft)
    assert found.location == f"{outside.address}/story"


def test_what_a_name_was_checked_for_is_what_is_connected_to(inside: Newspaper, outside: Newspaper) -> None:
    port = outside.address.rpartition(":")[2]
    answers = [[OUTSIDE], [INSIDE], [INSIDE]]
    found = fetch(f"http://rebinding.example:{port}/story", resolver=lambda host, port: answers.pop(0))
    assert isinstance(found, Draft)
    assert len(answers) == 2, "it was resolved once"
    assert inside.asked == []


def test_a_name_that_leads_elsewhere_after_a_redirect_is_refused(outside: Newspaper) -> None:
    outside.pages["moved"] = moved("/story")
    port = outside.address.rpartition(":")[2]
    answers = [[OUTSIDE], [INSIDE]]
    assert _refused(fetch(f"http://rebinding.example:{port}/moved", resolver=lambda host, port: answers.pop(0)))


def test_a_name_with_one_private_address_among_its_own_is_refused(outside: Newspaper) -> None:
    port = outside.address.rpartition(":")[2]
    assert _refused(fetch(f"http://both.example:{port}/story", resolver=lambda host, port: [OUTSIDE, INSIDE]))
    assert outside.asked == []


def test_the_environment_cannot_put_a_proxy_between(
    inside: Newspaper, outside: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, inside.address)
    assert isinstance(fetch(f"{outside.address}/story"), Draft)
    assert inside.asked == []


def test_a_setting_allows_private_networks(inside: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    (refused,) = articles_of([f"{inside.address}/story"], load_settings().ingestion)
    assert isinstance(refused, SourceError)
    monkeypatch.setenv("QA_INGESTION__PRIVATE_ADDRESSES", "true")
    (found,) = articles_of([f"{inside.address}/story"], load_settings().ingestion)
    assert not isinstance(found, SourceError)

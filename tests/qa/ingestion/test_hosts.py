from __future__ import annotations

import pytest

from qa.ingestion.hosts import attested, outlet_at, outlet_of_feed, speaks_for
from qa.protocols import Draft


@pytest.mark.parametrize(
    ("fetched", "stated"),
    [
        ("https://gazette.example/a", "https://gazette.example/b"),
        ("http://gazette.example/a", "https://gazette.example/a"),
        ("https://gazette.example/a", "https://www.gazette.example/a"),
        ("https://www.gazette.example/a", "https://gazette.example./a"),
        ("https://amp.gazette.example/a", "https://gazette.example/a"),
        ("https://amp.gazette.example/a", "https://www.gazette.example/a"),
        ("https://a.b.gazette.co.uk/a", "https://b.gazette.co.uk/a"),
        ("https://a.b.gazette.co.uk/a", "https://gazette.co.uk/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b"),
        ("http://localhost:8000/a", "http://localhost:8000/b"),
        ("http://[::1]:8000/a", "http://[::1]:8000/b"),
    ],
)
def test_a_page_may_state_its_own_host_and_what_that_belongs_to(fetched: str, stated: str) -> None:
    assert speaks_for(fetched, stated)


@pytest.mark.parametrize(
    ("fetched", "stated"),
    [
        ("http://127.0.0.1:8000/a", "https://gazette.example/a"),
        ("https://evil.example/a", "https://gazette.example/a"),
        ("https://evilgazette.example/a", "https://gazette.example/a"),
        ("https://gazette.example.evil.example/a", "https://gazette.example/a"),
        ("https://gazette.example/a", "https://shop.gazette.example/a"),
        ("https://shop.gazette.example/a", "https://news.gazette.example/a"),
        ("https://evil.co.uk/a", "https://co.uk/a"),
        ("https://evil.co.uk/a", "https://www.co.uk/a"),
        ("https://evil.co.uk/a", "https://gazette.co.uk/a"),
        ("https://evil.github.io/a", "https://github.io/a"),
        ("https://evil.github.io/a", "https://gazette.github.io/a"),
        ("https://evil.example/a", "https://example/a"),
        ("http://10.0.0.1/a", "http://0.0.1/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:9000/a"),
        ("http://gazette.example:8000/a", "http://gazette.example/a"),
    ],
)
def test_a_page_may_not_state_an_address_of_others(fetched: str, stated: str) -> None:
    assert not speaks_for(fetched, stated)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://gazette.example/a", "The Gazette"),
        ("https://www.thegazette.co.uk/a", "Gazette"),
        ("https://nytimes.com/a", "The New York Times"),
        ("https://www.dw.com/a", "Deutsche Welle"),
        ("https://www.faz.net/a", "Frankfurter Allgemeine Zeitung"),
        ("https://www.sueddeutsche.de/a", "Süddeutsche Zeitung"),
        ("https://www.bbc.co.uk/a", "BBC News"),
        ("https://news.sky.com/a", "Sky News"),
        ("https://elpais.com/a", "El País"),
        ("https://xn--mnchen-3ya.example/a", "München heute"),
        ("https://20min.ch/a", "20 Minuten"),
        ("http://127.0.0.1/a", "127.0.0.1"),
    ],
)
def test_a_name_that_fits_its_host_is_the_outlet(address: str, name: str) -> None:
    assert outlet_at(address, name) == name


@pytest.mark.parametrize(
    ("address", "name", "outlet"),
    [
        ("https://evil.example/a", "The Gazette", "evil.example"),
        ("https://gazette.evil.example/a", "The Gazette", "evil.example"),
        ("https://evil-news.co.uk/a", "BBC News", "evil-news.co.uk"),
        ("https://www.gazette.example/a", None, "gazette.example"),
        ("https://www.gazette.example/a", "🦆", "gazette.example"),
        ("https://gazette.example/a", "Top stories | The Gazette", "The Gazette"),
        ("https://gazette.example/a", "The Gazette: Politics", "The Gazette"),
        ("https://gazette.example/a", "The Gazette – Latest", "The Gazette"),
        ("https://abcnews.example/a", "ABC - News", "ABC - News"),
        ("http://127.0.0.1:8000/a", "The Gazette", "127.0.0.1"),
        ("http://[::1]:8000/a", "The Gazette", "::1"),
        ("http://localhost/a", "The Gazette", "localhost"),
    ],
)
def test_an_outlet_is_called_by_its_domain_where_its_name_does_not_fit(
    address: str, name: str | None, outlet: str
) -> None:
    assert outlet_at(address, name) == outlet


def test_the_owner_of_a_file_answers_for_its_address() -> None:
    page = Draft("https://gazette.example/a", "It rained.", outlet="The Gazette")
    assert attested(page) == page
    assert attested(Draft("file:///a.html", "It rained.", outlet="Anything")).outlet == "Anything"


def test_a_page_from_elsewhere_is_called_by_where_it_came_from_unless_its_word_is_trusted() -> None:
    page = Draft("https://gazette.example/a", "It rained.", outlet="The Gazette")
    kept = attested(page, "http://127.0.0.1:8000/x")
    assert (kept.location, kept.outlet, kept.origin) == ("http://127.0.0.1:8000/x", "127.0.0.1", "127.0.0.1:8000")
    trusted = attested(page, "http://127.0.0.1:8000/x", trust_stated=True)
    assert (trusted.location, trusted.outlet, trusted.origin) == (page.location, page.outlet, "127.0.0.1:8000")


def test_a_feeds_title_is_its_outlet_where_it_fits_the_host_or_the_host_has_no_domain() -> None:
    assert outlet_of_feed("https://gazette.example/a", "The Gazette: News") == "The Gazette"
    assert outlet_of_feed("https://evil.example/a", "The Gazette") == "evil.example"
    assert outlet_of_feed("http://127.0.0.1:8000/a", "The Gazette") == "The Gazette"
    assert outlet_of_feed("http://127.0.0.1:8000/a", None) == "127.0.0.1"

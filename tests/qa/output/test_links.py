from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.output.links import parse_spans, permalink, source_href
from qa.types import Span
from tests.web.archive import BERLIN, berlin, hostile, make_article, span_of


def test_a_permalink_carries_its_spans() -> None:
    assert permalink("ab12", (Span(8, 12), Span(20, 31))) == "/articles/ab12?at=8-12&at=20-31#c1"
    assert permalink("ab12", ()) == "/articles/ab12"


@given(st.lists(st.integers(0, 500), min_size=2, max_size=20, unique=True))
def test_what_a_permalink_says_is_read_back(edges: list[int]) -> None:
    edges.sort()
    spans = tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))
    query = parse_qs(urlsplit(permalink("x", spans)).query)
    assert parse_spans(query["at"], 500) == spans


@given(st.text(max_size=30))
def test_a_span_that_is_read_lies_within_the_text_whatever_the_address_says(at: str) -> None:
    try:
        [span] = parse_spans([at], 100)
    except ValueError:
        return
    assert 0 <= span.start < span.end <= 100


def test_a_short_span_is_looked_for_as_a_whole() -> None:
    assert source_href(berlin, span_of(berlin, "“not easy”")) == f"{berlin.url}#:~:text=%E2%80%9Cnot%20easy%E2%80%9D"


def test_what_a_text_fragment_would_misread_is_encoded() -> None:
    article = make_article("He paid a well-known, fair & square sum.", "T")
    href = source_href(article, span_of(article, "well-known, fair & square"))
    assert href is not None
    assert href.endswith("#:~:text=well%2Dknown%2C%20fair%20%26%20square")


def test_a_long_span_is_looked_for_by_its_ends() -> None:
    third = BERLIN.split("\n")[2]
    href = source_href(berlin, span_of(berlin, third))
    assert href is not None
    start, end = (unquote(term) for term in href.partition("#:~:text=")[2].split(","))
    assert third.startswith(start)
    assert third.endswith(end)
    assert len(start) + len(end) < 100


def test_a_span_over_two_paragraphs_is_looked_for_by_its_ends() -> None:
    article = make_article("One two three.\nFour five six.", "T")
    href = source_href(article, Span(4, 19))
    assert href is not None
    assert href.endswith("#:~:text=two%20three.,Four")


def test_words_that_occur_twice_are_told_apart_by_what_is_before_them() -> None:
    article = make_article("The mayor left. Then the mayor came back.", "T")
    second = article.text.rindex("mayor")
    href = source_href(article, Span(second, second + 5))
    assert href is not None
    assert href.endswith("#:~:text=left.%20Then%20the-,mayor")


def test_an_address_that_has_a_fragment_keeps_it() -> None:
    article = make_article("Some words.", "T", url="https://gazette.example/a#b")
    assert source_href(article, Span(0, 4)) == "https://gazette.example/a#b:~:text=Some"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///tmp/a.txt", "data:text/html,x", "ftp://a.example/b"])
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert source_href(make_article("Some words.", "T", url=url), Span(0, 4)) is None
    assert source_href(hostile, Span(0, 4)) is None


@pytest.mark.parametrize("url", ["http://[bad/x", "https://x/\x1b[31mRED", 'https://x/a b"><script>', "https:///x", ""])
def test_a_malformed_address_of_an_older_archive_is_no_link(url: str) -> None:
    assert source_href(make_article("Some words.", "T", url=url), Span(0, 4)) is None


@given(st.builds("{}{}".format, st.sampled_from(["http://", "https://x/", ""]), st.text(st.characters(), max_size=20)))
def test_a_link_has_no_character_that_a_url_has_not(url: str) -> None:
    href = source_href(make_article("Some words.", "T", url=url), Span(0, 4))
    assert href is None or (href.isprintable() and not set(href) & set(' "<>'))

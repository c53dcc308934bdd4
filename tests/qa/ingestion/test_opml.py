from __future__ import annotations

import pytest

from qa.errors import SourceError
from qa.ingestion.opml import feed_address, feeds_in, opml_of

LIST = """<opml version="1.0"><head><title>Mine</title></head><body><outline text="News">
<outline text="Marrow" title="The Marrow Gazette" type="rss" xmlUrl="https://gazette.example/feed?a=1&amp;b=2#top"/>
<outline text="Again" xmlUrl="https://gazette.example/feed?a=1&amp;b=2"/>
<outline text="Sill" xmlUrl="feed://sill.example/rss"/><outline text="A file" xmlUrl="file:///etc/hostname"/>
</outline></body></opml>"""


def test_feeds_come_out_of_a_list_wherever_it_nests_them_and_go_into_one() -> None:
    found = feeds_in(LIST.encode(), "mine.opml")
    assert found == {
        "https://gazette.example/feed?a=1&b=2": "The Marrow Gazette",
        "http://sill.example/rss": "Sill",
    }
    named = {**found, "https://odd.example/": 'A "quoted" <title> & more'}
    assert feeds_in(opml_of(named.items()).encode(), "again.opml") == named


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<opml><body/></opml>", "names no feed"),
        ("<html/>", "no OPML"),
        ("feeds", "not XML"),
        ('<!DOCTYPE opml [<!ENTITY a "b">]><opml>&a;</opml>', "entities"),
    ],
)
def test_what_is_no_list_is_an_error(data: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        feeds_in(data.encode(), "mine.opml")


@pytest.mark.parametrize(
    "given", ["", "gazette.example/feed", "file:///feed", "https://ida:secret@gazette.example/feed"]
)
def test_what_is_no_address_of_a_feed_is_refused(given: str) -> None:
    with pytest.raises(SourceError) as raised:
        feed_address(given)
    assert "secret" not in str(raised.value)

"""What is read of a feed's body, in each format and of each kind of damage."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from qa.errors import SourceError
from qa.ingestion.feeds import Feed, read_feed
from qa.ingestion.requesting import Reply
from tests.newsroom import FERRY, item, rss

HOME = "https://gazette.example/feed.xml"
MOST = 1_000_000
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Sill &amp;amp; Marrow</title>
<entry><id>tag:gazette.example,2026:1</id><title>Ferry closed</title><link rel="alternate" href="/ferry"/>
<published>2026-02-01T10:00:00+01:00</published><updated>{updated}</updated>
<author><name>Ida Roth</name></author><author><name>Ben Aldo</name></author>
<content type="html">&lt;p&gt;The ferry stays closed.&lt;/p&gt;</content></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://gazette.example/ferry</loc><news:news>
<news:publication><news:name>The Gazette</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-02-01T23:00:00-05:00</news:publication_date><news:title>Ferry closed</news:title>
</news:news></url></urlset>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://gazette.example/"><title>Gazette</title></channel>
<item rdf:about="https://gazette.example/ferry"><title>Ferry closed</title><link>https://gazette.example/ferry</link></item>
</rdf:RDF>"""


def _read(body: str | bytes, kind: str = "application/xml") -> Feed:
    data = body.encode() if isinstance(body, str) else body
    return read_feed(Reply(HOME, 200, HOME, data, kind=kind, headers={"content-type": kind}), MOST)


def _error(body: str | bytes, kind: str = "application/xml") -> SourceError:
    with pytest.raises(SourceError) as raised:
        _read(body, kind)
    return raised.value


def test_an_rss_feed_is_read() -> None:
    feed = _read(rss(item("/ferry", "Ferry &amp;amp; pier", *FERRY, guid="42", teaser="Closed …")))
    (one,) = feed.items
    assert (feed.kind, feed.title, feed.problem) == ("RSS", "The Marrow Gazette", None)
    assert (one.title, one.address) == ("Ferry & pier", "https://gazette.example/ferry")
    assert one.published == datetime(2026, 2, 2, 23, 30, tzinfo=timezone(timedelta(hours=1)))
    assert FERRY[2] in one.content


def test_an_atom_feed_is_read() -> None:
    feed = _read(ATOM.format(updated="2026-02-02T08:00:00Z"))
    (one,) = feed.items
    assert (feed.kind, feed.title) == ("Atom", "Sill & Marrow")
    assert (one.address, one.byline) == ("https://gazette.example/ferry", "Ida Roth; Ben Aldo")
    assert one.modified == datetime(2026, 2, 2, 8, tzinfo=UTC)
    assert (one.content, one.summary) == ("<p>The ferry stays closed.</p>", "")


def test_an_entry_that_says_that_it_was_updated_has_changed_and_stays_the_same_one() -> None:
    before, after = (_read(ATOM.format(updated=f"2026-02-0{day}T08:00:00Z")).items[0] for day in (2, 3))
    assert before.key == after.key
    assert before.digest != after.digest


def test_a_json_feed_is_read() -> None:
    item = {"id": 1, "url": "/ferry", "title": "Ferry", "content_text": "Closed.", "authors": [{"name": "Ida Roth"}]}
    feed = _read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": [item, "no"]}))
    assert (feed.kind, feed.title) == ("JSON Feed", "G")
    assert [(one.address, one.byline, one.content) for one in feed.items] == [
        ("https://gazette.example/ferry", "Ida Roth", "Closed.")
    ]


def test_a_news_sitemap_is_read_packed_or_not() -> None:
    for body in (SITEMAP.encode(), gzip.compress(SITEMAP.encode())):
        feed = _read(body, "application/gzip")
        (one,) = feed.items
        assert (feed.kind, feed.title, one.title) == ("News sitemap", "The Gazette", "Ferry closed")
        assert one.published is not None
        assert one.published.date().isoformat() == "2026-02-01", "the day in its own time zone"


def test_rdf_is_read() -> None:
    feed = _read(RDF)
    assert (feed.kind, feed.items[0].address) == ("RDF", "https://gazette.example/ferry")


def test_what_unpacks_to_too_much_is_an_error() -> None:
    assert "unpacks to more than" in _error(gzip.compress(b" " * (MOST + 1))).reason
    assert "cannot be unpacked" in _error(gzip.compress(SITEMAP.encode())[:60]).reason


def test_an_item_is_known_by_its_guid_then_by_its_address_then_by_its_words() -> None:
    guid, moved = _read(rss(item("/a", guid="1"), item("/b", guid="2"))), _read(rss(item("/c", guid="1")))
    assert guid.items[0].key == moved.items[0].key != guid.items[1].key
    plain = "<item><title>{}</title>{}</item>"
    by_address = [_read(rss(plain.format(title, "<link>/a</link>"))).items[0].key for title in ("One", "Two")]
    assert by_address[0] == by_address[1]
    by_words = [_read(rss(plain.format(title, ""))).items[0].key for title in ("One", "Two")]
    assert by_words[0] != by_words[1]


def test_an_item_that_stands_twice_counts_once() -> None:
    assert len(_read(rss(item("/a", "One"), item("/a", "Two"))).items) == 1


def test_what_can_be_read_of_broken_xml_is_read() -> None:
    feed = _read(rss(item("/a"), item("/b")).replace("</channel>", "&nbsp; <b></channel>"))
    assert len(feed.items) == 2
    assert feed.problem is not None
    assert "not well-formed XML" in feed.problem


def test_the_item_in_which_a_feed_breaks_off_is_left_out() -> None:
    whole = rss(item("/a", "One", *FERRY), item("/b", "Two", *FERRY))
    feed = _read(whole[: whole.rindex("The council")])
    assert [one.title for one in feed.items] == ["One"]
    assert feed.problem is not None


def test_entities_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    feed = _read(f'<!DOCTYPE rss [<!ENTITY a0 "word">{bomb}]>' + rss(item("/a", "&a11;")).partition("\n")[2])
    assert sum(len(one.title or "") for one in feed.items) < 1_000


def test_a_file_of_this_machine_is_not_read() -> None:
    feed = _read(
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + rss(item("/a", "&x;")).partition("\n")[2]
    )
    assert all((one.title or "") in {"", "&x;"} for one in feed.items)


def test_a_title_moves_no_terminal() -> None:
    feed = _read(
        json.dumps({"version": "https://jsonfeed.org/version/1", "title": "\x1b[2JMarrow\nGazette", "items": []})
    )
    assert feed.title is not None
    assert feed.title.isprintable()


def test_a_page_that_names_its_feeds_says_which() -> None:
    link = "<link rel='alternate' type='application/atom+xml' href='/atom'>"
    error = _error(f"<!doctype html><html><head>{link}</head><body>News</body></html>", "text/html")
    assert error.reason == "it is a page and no feed"
    assert "https://gazette.example/atom" in error.remedy


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "no feed"),
        ("Hello", "no feed"),
        ("<html><body>News</body></html>", "names none"),
        ('{"items": []}', "no JSON Feed"),
        ("{", "not JSON"),
        ("{" * 100_000, "not JSON"),
        ("<urlset><url><loc>https://gazette.example/</loc></url></urlset>", "sitemap without news"),
        ("<sitemapindex><sitemap><loc>https://gazette.example/n.xml</loc></sitemap></sitemapindex>", "index of 1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no feed"),
    ],
)
def test_what_is_no_feed_is_an_error_that_says_what_it_is(body: str | bytes, reason: str) -> None:
    assert reason in str(_error(body))


def test_an_empty_feed_is_a_feed() -> None:
    assert _read(rss()).items == ()

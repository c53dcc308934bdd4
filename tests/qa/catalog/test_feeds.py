"""Feeds and their items are kept through restarts, changes and erasings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from qa.catalog import Catalog, FeedState, KnownItem
from tests.qa.catalog.articles import article, entry, retitled
from tests.qa.catalog.conftest import Place

ONE, TWO = "https://gazette.example/feed", "https://courier.example/rss"
NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)


def _added(catalog: Catalog, *addresses: str) -> list[FeedState]:
    catalog.feeds.add([FeedState(address) for address in addresses])
    return catalog.feeds.all()


def test_what_a_poll_found_out_is_there_after_a_restart(place: Place) -> None:
    with place.open() as catalog:
        (feed,) = _added(catalog, ONE)
        polled = replace(
            feed,
            title="The Gazette",
            kind="RSS",
            etag='"a"',
            modified="Mon, 02 Feb 2026 12:00:00 GMT",
            polled_at=NOW,
            next_at=NOW + timedelta(minutes=15),
            failures=2,
            problem="the server answered 503",
            remedy="Wait.",
            counts={"added": 3},
            came_at=NOW,
            items=7,
            left=1,
            ttl_s=60.0,
        )
        catalog.feeds.note_poll(polled)
    with place.open(write=False) as catalog:
        assert catalog.feeds.all() == [polled]
        assert catalog.feeds.at(ONE) == polled
        assert catalog.feeds.at(TWO) is None


def test_a_feed_is_added_once_and_is_due_at_once(catalog: Catalog) -> None:
    assert catalog.feeds.add([FeedState(ONE), FeedState(TWO, next_at=NOW + timedelta(days=9_999))]) == [ONE, TWO]
    assert catalog.feeds.add([FeedState(ONE)]) == []
    assert [one.address for one in catalog.feeds.due(datetime.now(UTC))] == [ONE]
    assert catalog.feeds.hurry([TWO]) == 1
    assert {one.address for one in catalog.feeds.due(datetime.now(UTC))} == {ONE, TWO}


def test_one_that_is_gone_is_never_due(catalog: Catalog) -> None:
    (feed,) = _added(catalog, ONE)
    catalog.feeds.note_poll(replace(feed, next_at=None))
    assert catalog.feeds.due(datetime.now(UTC) + timedelta(days=9)) == []
    assert catalog.feeds.hurry() == 1
    assert len(catalog.feeds.due(datetime.now(UTC))) == 1


def test_a_feed_moves_unless_there_is_one_already(catalog: Catalog) -> None:
    one, two = _added(catalog, ONE, TWO)
    catalog.feeds.note_poll(replace(one, address="https://gazette.example/new"))
    catalog.feeds.note_poll(replace(two, address="https://gazette.example/new", title="Two"))
    assert [(one.address, one.title) for one in catalog.feeds.all()] == [
        ("https://gazette.example/new", None),
        (TWO, "Two"),
    ]


def test_an_item_is_known_with_how_often_it_failed(catalog: Catalog) -> None:
    (feed,) = _added(catalog, ONE)
    catalog.store([entry()])
    for digest in ("d", "d", "e"):
        catalog.feeds.note_failed(feed.key, "i", digest, article().url, "404")
    assert catalog.feeds.known(feed.key) == {"i": KnownItem("e", 1)}
    assert [one.problem for one in catalog.feeds.failing(feed.key, 9)] == ["404"]
    catalog.feeds.note_done(feed.key, [("i", "f"), ("j", "g")], article().id)
    assert catalog.feeds.known(feed.key) == {"i": KnownItem("f", 0), "j": KnownItem("g", 0)}
    assert catalog.feeds.failing(feed.key, 9) == []
    assert [one.article_id for one in catalog.feeds.came(feed.key, 9)] == [article().id]


def test_a_removed_feed_stays_removed_and_leaves_its_articles(catalog: Catalog) -> None:
    (feed,) = _added(catalog, ONE)
    catalog.store([entry()])
    catalog.feeds.note_done(feed.key, [("i", "f")], article().id)
    assert catalog.feeds.remove([ONE, TWO]) == [ONE]
    catalog.feeds.note_poll(replace(feed, title="late"))
    catalog.feeds.note_done(feed.key, [("i", "f")], article().id)
    catalog.feeds.note_failed(feed.key, "j", "f", "a", "b")
    assert catalog.feeds.all() == []
    assert catalog.feeds.known(feed.key) == {}
    assert catalog.article(article().id).text == article().text
    (again,) = _added(catalog, ONE)
    assert again.key != feed.key, "what was under way for the old one is not noted of the new one"


def test_a_hidden_article_is_not_shown_and_stays_known(catalog: Catalog) -> None:
    (feed,) = _added(catalog, ONE)
    catalog.store([entry()])
    catalog.feeds.note_done(feed.key, [("i", "f")], article().id)
    catalog.remove(article().id)
    assert catalog.feeds.came(feed.key, 9) == []
    assert "i" in catalog.feeds.known(feed.key)


def test_of_an_erased_article_nothing_is_left_and_its_item_stays_known(catalog: Catalog, place: Place) -> None:
    (feed,) = _added(catalog, ONE)
    secret = retitled(article("Belmorrant.", url="https://only-here.example/jorvandel"), "Hrimfaxon")
    catalog.store([entry(secret), entry()])
    catalog.feeds.note_done(feed.key, [("i", "f")], secret.id)
    catalog.feeds.note_failed(feed.key, "i", "g", secret.url, "no text in jorvandel")
    catalog.feeds.note_failed(feed.key, "j", "g", secret.url, "no text in jorvandel")
    catalog.remove(secret.id, purge=True)
    assert b"jorvandel" not in place.bytes()
    assert set(catalog.feeds.known(feed.key)) == {"i", "j"}
    assert all(one.tries == 0 for one in catalog.feeds.known(feed.key).values())
    assert catalog.check().problems == ()

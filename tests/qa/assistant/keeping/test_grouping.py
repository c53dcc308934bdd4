"""Copies through the catalog: whichever comes first, when one goes, changes or comes back, and from before."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from qa.assistant.keeping.grouping import group_stories
from qa.catalog import Catalog
from qa.types import Article
from tests.qa.catalog.articles import article, entry
from tests.qa.stories.test_comparing import PIER

OTHER = (
    "Ducks were counted on the weir above Ostrel at dawn by eleven members of the bird club. There were ninety, as "
    "many as last year, and a pair of grey terns, which nobody had seen there since the mill was closed. The club "
    "meets again in May."
)


def at(outlet: str, text: str, *, published: date | None = date(2031, 5, 2)) -> Article:
    url = f"https://{outlet}.example/pier"
    return article(text, url=url, outlet=outlet, title=f"Pier: {outlet}", published=published)


WIRE = at("agency", f"TARNMOUTH (WNA) — {PIER}", published=date(2031, 5, 1))
CUT = at("courier", PIER[:230])
LONG = at("gazette", f"{PIER} The harbour office will answer questions on Friday, and the shops have asked for dates.")
BIRDS = at("echo", OTHER)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog.open(tmp_path / "catalog.sqlite")


def put(catalog: Catalog, *articles: Article) -> None:
    catalog.store([entry(one) for one in articles])
    group_stories(catalog)


def ids(catalog: Catalog, of: Article) -> list[str]:
    story = catalog.stories([of.id]).get(of.id)
    return [copy.article_id for copy in story.copies] if story else []


@pytest.mark.parametrize("order", list(permutations([WIRE, CUT, LONG, BIRDS])))
def test_copies_are_one_story_in_whichever_order_they_come(catalog: Catalog, order: tuple[Article, ...]) -> None:
    with catalog:
        for one in order:
            put(catalog, one)
        assert ids(catalog, CUT) == [WIRE.id, LONG.id, CUT.id]
        assert ids(catalog, BIRDS) == []
        story = catalog.stories([CUT.id])[CUT.id]
        assert (story.first.article_id, story.fullest.article_id) == (WIRE.id, LONG.id)
        assert [one.outlets for one in story.others(CUT.id)] == [("agency",), ("gazette",)]


def test_a_story_follows_removal_restoring_and_erasing(catalog: Catalog) -> None:
    with catalog:
        put(catalog, WIRE, CUT, LONG)
        catalog.remove(WIRE.id)
        assert ids(catalog, CUT) == [LONG.id, CUT.id], "also before it is grouped anew"
        group_stories(catalog)
        assert ids(catalog, CUT) == [LONG.id, CUT.id]
        catalog.store([entry(WIRE)], restore=True)
        group_stories(catalog)
        assert ids(catalog, CUT) == [WIRE.id, LONG.id, CUT.id]
        catalog.remove(WIRE.id, purge=True)
        catalog.remove(LONG.id, purge=True)
        group_stories(catalog)
        assert ids(catalog, CUT) == []
        assert catalog.check().problems == ()


def test_a_copy_that_comes_while_another_is_hidden_finds_it_when_it_is_back(catalog: Catalog) -> None:
    with catalog:
        put(catalog, WIRE)
        catalog.remove(WIRE.id)
        put(catalog, CUT)
        assert ids(catalog, CUT) == []
        catalog.store([entry(WIRE)], restore=True)
        group_stories(catalog)
        assert ids(catalog, CUT) == [WIRE.id, CUT.id]


def test_a_new_version_that_is_another_text_leaves_the_story(catalog: Catalog) -> None:
    with catalog:
        put(catalog, WIRE, CUT)
        put(catalog, at("courier", OTHER))
        assert ids(catalog, WIRE) == []
        put(catalog, at("courier", PIER[:235]))
        assert len(ids(catalog, WIRE)) == 2


def test_an_erased_article_leaves_no_band(catalog: Catalog, tmp_path: Path) -> None:
    with catalog:
        put(catalog, WIRE, BIRDS)
        catalog.remove(BIRDS.id, purge=True)
        group_stories(catalog)
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    assert connection.execute("SELECT DISTINCT article FROM band").fetchall() == [(1,)]
    connection.close()


def test_what_was_grouped_by_other_rules_is_grouped_anew(catalog: Catalog) -> None:
    with catalog:
        put(catalog, WIRE, CUT)
        catalog.set_meta("stories_made", "minhash-of-old")
        group_stories(catalog)
        assert ids(catalog, CUT) == [WIRE.id, CUT.id]


def test_whoever_stops_leaves_the_rest_for_the_next_time(catalog: Catalog) -> None:
    with catalog:
        catalog.store([entry(WIRE), entry(CUT)])
        group_stories(catalog, stop=lambda: True)
        assert ids(catalog, CUT) == []
        group_stories(catalog)
        assert ids(catalog, CUT) == [WIRE.id, CUT.id]


def test_a_statement_in_two_copies_counts_once(catalog: Catalog) -> None:
    with catalog:
        catalog.store([entry(one, speaker="Orla Venning") for one in (CUT, at("packet", f"{PIER[:230]} (Agencies)"))])
        assert [one.statements for one in catalog.namings()] == [2]
        group_stories(catalog)
        assert [one.statements for one in catalog.namings()] == [1]
        catalog.remove(CUT.id)
        group_stories(catalog)
        assert [one.statements for one in catalog.namings()] == [1]

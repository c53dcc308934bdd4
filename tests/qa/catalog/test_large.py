"""What is asked of each question and each page costs no more in a large archive than in a small one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from qa.catalog import Catalog, full_text
from qa.catalog.database import SqliteDatabase
from qa.types import EVERYTHING, Scope
from tests.qa.catalog.articles import article, entry

SMALL, LARGE = 60, 600
WEEK = Scope(date(2024, 1, 1), date(2024, 1, 7))


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> list[Catalog]:
    return [_of(tmp_path_factory.mktemp("large") / "catalog.sqlite", articles) for articles in (SMALL, LARGE)]


def _of(path: Path, articles: int) -> Catalog:
    catalog = Catalog.open(path)
    entries = []
    for number in range(articles):
        rare = " heron" if number % 30 == 0 else ""
        text = f"The ferry to Skerrow left late on trip {number}{rare}.\n\nNobody was surprised by number {number}."
        day = date(2020, 1, 1) + timedelta(number % 50)
        where = f"https://a.example/{number}"
        one = article(text, url=where, outlet=f"Gazette {number % 20}", published=day, title=f"Trip {number}")
        entries.append(entry(one, speaker=f"Ada Voss{number % 40}"))
    catalog.store(entries)
    return catalog


def _steps(catalog: Catalog, ask: Callable[[Catalog], object]) -> int:
    """How many steps SQLite's machine takes."""
    ask(catalog)  # prepares what is kept
    database = catalog._database
    assert isinstance(database, SqliteDatabase)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    for connection in database._idle:
        connection.set_progress_handler(count, 1)
    ask(catalog)
    for connection in database._idle:
        connection.set_progress_handler(None, 1)
    assert steps > 0
    return steps


@pytest.mark.parametrize(
    "ask",
    [
        Catalog.date_range,
        Catalog.is_empty,
        lambda catalog: catalog.has_outlet(["gazette 7"]),
        Catalog.languages,
        lambda catalog: catalog.list_articles(limit=10),
        lambda catalog: catalog.statements_by(None, limit=10),
        lambda catalog: len(catalog.permitted(WEEK) or ()),
    ],
    ids=["days", "empty", "outlet", "languages", "page", "newest statements", "week"],
)
def test_it_takes_as_many_steps_in_an_archive_ten_times_as_large(
    catalogs: list[Catalog], ask: Callable[[Catalog], object]
) -> None:
    small, large = (_steps(catalog, ask) for catalog in catalogs)
    assert large <= 1.5 * small + 100


def test_outlets_are_counted_once_for_each_change(catalogs: list[Catalog]) -> None:
    for catalog in catalogs:
        counted = catalog.outlets()
        with patch("qa.catalog.browsing.outlets", side_effect=AssertionError("counted again")):
            assert catalog.outlets() == counted


def test_few_are_asked_of_ids_that_are_many(catalogs: list[Catalog]) -> None:
    scope = Scope(outlets=("Gazette 7",))
    permitted = catalogs[1].permitted(scope)
    assert permitted is not None
    ids = sorted(catalogs[1].searchable_passage_ids())
    wanted = {one for one in ids if one in set(permitted)}
    assert 0 < len(wanted) == len(permitted) < len(ids)
    assert permitted.holding(ids[:50]) == wanted & set(ids[:50])  # type: ignore[attr-defined]


def test_of_common_and_rare_words_what_has_a_rare_one_is_ranked_by_all(catalogs: list[Catalog]) -> None:
    catalog, terms = catalogs[1], ["heron", "ferry", "trip"]
    every = dict(catalog.search(terms, LARGE * 2, EVERYTHING))
    herons = {id_ for id_, _ in catalog.search(["heron"], LARGE, EVERYTHING)}
    with patch.object(full_text, "_RANKED", len(herons)):
        best = catalog.search(terms, 5, EVERYTHING)
        everything = dict(catalog.search(terms, LARGE * 2, EVERYTHING))
        year = dict(catalog.search(terms, LARGE * 2, Scope(published_after=date(2020, 2, 1))))
        with patch.object(full_text, "_NARROW", 1):
            same = dict(catalog.search(terms, LARGE * 2, Scope(published_after=date(2020, 2, 1))))
    assert everything == pytest.approx({id_: score for id_, score in every.items() if id_ in everything})
    assert herons <= everything.keys() < every.keys()
    assert [score for _, score in best] == pytest.approx(sorted(every.values(), reverse=True)[:5])
    assert same == pytest.approx({id_: score for id_, score in year.items() if id_ in same})
    assert herons & year.keys() == same.keys() & herons
    with patch.object(full_text, "_FOUND", len(herons)):  # the commonest do not count any more
        assert dict(catalog.search(terms, LARGE, EVERYTHING)).keys() == herons


def test_a_narrow_scope_is_ranked_as_a_wide_one_is(catalogs: list[Catalog]) -> None:
    scope = Scope(date(2020, 1, 3), date(2020, 1, 9), ("Gazette 2", "gazette 3"))
    narrow = dict(catalogs[1].search(["heron", "ferry", "trip"], LARGE, scope))
    with patch.object(full_text, "_NARROW", 0):
        assert dict(catalogs[1].search(["heron", "ferry", "trip"], LARGE, scope)) == pytest.approx(narrow)
    assert narrow

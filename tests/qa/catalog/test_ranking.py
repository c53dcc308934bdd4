"""Both engines find the same passages for the same words, in the same order, with the same scores."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from qa.catalog import Catalog
from qa.types import EVERYTHING, Scope
from tests.postgres import Server
from tests.qa.catalog.articles import article, entry

VOCABULARY = (
    "harbour harbours ferry ferries Merz's Merz Müller-Schmidt Muller 3.5 3 5 U.S. don't café Straße naïve ships ship "
    "waiting waits the of Zürich ZURICH İstanbul 東京 ﬁre x² co-operate coöperate"
)
WORDS = VOCABULARY.split()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[tuple[Catalog, Catalog]]:
    rng = random.Random(5)
    batch = []
    for number in range(40):
        texts = (" ".join(rng.choices(WORDS, k=rng.randint(3, 40))) for _ in range(2))
        title = " ".join(rng.choices(WORDS, k=4))
        batch.append(entry(article("\n\n".join(texts), url=f"https://a.example/{number}", title=title)))
    path = tmp_path_factory.mktemp("both") / "catalog.sqlite"
    with Catalog.open(path) as sqlite, Catalog.connect(postgres.schema()) as postgresql:
        for catalog in (sqlite, postgresql):
            catalog.store(batch)
            catalog.remove(*(one.article.id for one in batch[::7]))
        yield sqlite, postgresql


def test_any_of_the_words_scores_alike(both: tuple[Catalog, Catalog]) -> None:
    rng = random.Random(6)
    for _ in range(60):
        terms = rng.sample(WORDS, k=rng.randint(1, 4))
        scope = rng.choice([EVERYTHING, Scope(outlets=("the courier",))])
        one, other = (dict(catalog.search(terms, 1_000, scope)) for catalog in both)
        assert other == pytest.approx(one, rel=1e-9), terms


def test_all_words_and_headings_score_alike(both: tuple[Catalog, Catalog]) -> None:
    rng = random.Random(7)
    for heading in (False, True) * 30:
        terms = rng.sample(WORDS, k=rng.randint(1, 3))
        one, other = (dict(catalog.search_all(terms, 1_000, EVERYTHING, in_heading=heading)) for catalog in both)
        assert other == pytest.approx(one, rel=1e-9), (terms, heading)


def test_words_are_counted_alike_and_no_further_than_asked(both: tuple[Catalog, Catalog]) -> None:
    words = [word.lower() for word in WORDS if word.isascii() and word.isalpha()] + ["absent"]
    one, other = (catalog.counted(words, 1_000) for catalog in both)
    assert one == other
    assert one["absent"] == 0
    assert one["ferry"] == len(both[0].search(["ferry"], 1_000, EVERYTHING))
    assert [catalog.counted(["ferry"], 2) for catalog in both] == [{"ferry": 2}] * 2
    assert [catalog.counted([], 2) for catalog in both] == [{}] * 2


def test_phrases_are_found_alike(both: tuple[Catalog, Catalog]) -> None:
    rng = random.Random(8)
    found = 0
    for _ in range(80):
        words = rng.sample(WORDS, k=rng.choice([1, 2, 2, 3]))
        one, other = (dict(catalog.search_phrase(words, 1_000)) for catalog in both)
        assert other == pytest.approx(one, rel=1e-9), words
        assert both[0].mentions(" ".join(words)) == both[1].mentions(" ".join(words))
        assert both[0].newest_with(words, 10) == both[1].newest_with(words, 10)
        found += len(one)
    assert found > 100


def test_lists_by_words_are_alike(both: tuple[Catalog, Catalog]) -> None:
    for text in ("ferry", "merz's ships", "3.5", "東京", "nothing-like-it"):
        one, other = ([each.id for each in catalog.list_articles(text=text)] for catalog in both)
        assert one == other
        assert both[0].count_articles(text=text) == both[1].count_articles(text=text)

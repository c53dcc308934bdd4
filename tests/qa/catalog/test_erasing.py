"""After an article has been erased, no byte of it is left in the catalog's files."""

from __future__ import annotations

import threading

import pytest

from qa.catalog import Catalog
from qa.errors import ArchiveError
from qa.types import Scope
from tests.qa.catalog.articles import article, entry
from tests.qa.catalog.conftest import Place

SECRET = article(
    "Quixomatt zwanggul yttervik said so.\n\nBelmorrant vextracht.",
    url="https://only-here.example/jorvandel",
    title="Hrimfaxon ouverture",
    outlet="Gyllenborst Post",
)
STORIES = 60  # so many that the words lie in several segments of the full-text index
WORDS = [
    "quixomatt",
    "zwanggul",
    "yttervik",
    "belmorrant",
    "vextracht",
    "hrimfaxon",
    "jorvandel",
    "gyllenborst",
    "palindrek",
]


def traces(place: Place) -> list[str]:
    # Terms in the full-text index share their beginnings: look for the ends of the words as well.
    everything = place.bytes()
    return [word for word in WORDS if word.encode() in everything or word[2:].encode() in everything]


@pytest.fixture
def filled(place: Place) -> Place:
    with place.open() as catalog:
        stories = [article(f"Story {n} of many words.", url=f"https://a.example/{n}") for n in range(STORIES)]
        catalog.store([entry(story) for story in stories[: STORIES // 2]])
        catalog.store([entry(SECRET, speaker="Palindrek")])
        catalog.store([entry(story) for story in stories[STORIES // 2 :]])
    assert traces(place) == WORDS
    return place


def test_no_byte_of_an_erased_article_is_left_while_the_catalog_is_open(filled: Place) -> None:
    with filled.open() as catalog:
        removed = catalog.remove(SECRET.id, purge=True)
        assert removed == [passage.id for passage in entry(SECRET).passages]
        assert traces(filled) == []
        assert catalog.check().problems == ()
        assert catalog.check().articles == STORIES
        assert len(catalog.search(["story"], 1_000, Scope())) == STORIES
    assert traces(filled) == []


def test_a_hidden_article_can_be_erased_later(filled: Place) -> None:
    with filled.open() as catalog:
        catalog.remove(SECRET.id)
        assert traces(filled) != []
        catalog.remove(SECRET.id, purge=True)
    assert traces(filled) == []


def test_a_superseded_version_can_be_erased(filled: Place) -> None:
    with filled.open() as catalog:
        catalog.store([entry(article("A plain correction.", url=SECRET.url))])
        catalog.remove(SECRET.id, purge=True)
        assert traces(filled) == ["jorvandel"], "the address has another version"
        assert catalog.check().problems == ()


def test_an_erased_article_may_be_ingested_again(filled: Place) -> None:
    with filled.open() as catalog:
        catalog.remove(SECRET.id, purge=True)
        assert [stored.status.value for stored in catalog.store([entry(SECRET)])] == ["added"]
        assert catalog.check().problems == ()


def test_a_reader_that_keeps_old_pages_is_named_and_the_next_opening_finishes(
    filled: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.catalog.database._BUSY_TIMEOUT_S", 0.2)
    if filled.server is not None:
        monkeypatch.setattr("qa.postgres._READERS_S", 0.2)
    with filled.open(write=False) as reader, reader._database.reading() as connection:
        connection.execute("SELECT count(*) FROM article").fetchone()
        with filled.open() as catalog, pytest.raises(ArchiveError, match="still holds its bytes"):
            catalog.remove(SECRET.id, purge=True)
        assert traces(filled) != []
    monkeypatch.undo()
    with filled.open() as catalog:
        assert traces(filled) == []
        assert catalog.meta("erasing") is None


@pytest.mark.parametrize("database", ["the archive's", "another"])
def test_a_transaction_that_has_written_keeps_old_rows_even_between_two_statements(
    filled: Place, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if filled.server is None:
        pytest.skip("two transactions never write to one SQLite file at once")
    psycopg = pytest.importorskip("psycopg")
    monkeypatch.setattr("qa.postgres._READERS_S", 0.2)
    address = filled.address() if database == "the archive's" else filled.server.database("postgres")
    with psycopg.connect(address) as other, filled.open() as catalog:
        other.execute("SELECT pg_current_xact_id()")
        with pytest.raises(ArchiveError, match="still holds its bytes"):
            catalog.remove(SECRET.id, purge=True)
        assert traces(filled) != []
        other.rollback()
        monkeypatch.undo()
        catalog.store([entry(article("One more.", url="https://a.example/more"))])
    with filled.open():
        assert traces(filled) == []


def test_other_threads_may_read_while_an_article_is_erased(filled: Place) -> None:
    done = threading.Event()
    failures: list[BaseException] = []

    def read(catalog: Catalog) -> None:
        try:
            while not done.is_set():
                assert len(catalog.search(["story"], 1_000, Scope())) == STORIES
        except BaseException as error:
            failures.append(error)

    with filled.open() as catalog:
        readers = [threading.Thread(target=read, args=(catalog,)) for _ in range(2)]
        for reader in readers:
            reader.start()
        catalog.remove(SECRET.id, purge=True)
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert traces(filled) == []

"""After an article has been erased, no byte of it is left in the data folder."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from qa.catalog import Catalog
from qa.errors import ArchiveError
from qa.types import Scope
from tests.qa.catalog.articles import article, entry

SECRET = article(
    "Quixomatt zwanggul yttervik said so.\n\nBelmorrant vextracht.",
    url="https://only-here.example/jorvandel",
    title="Hrimfaxon ouverture",
    outlet="Gyllenborst Post",
)
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


def bytes_of(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()).lower()


def traces(folder: Path) -> list[str]:
    # Terms in the full-text index share their beginnings: look for the ends of the words as well.
    everything = bytes_of(folder)
    return [word for word in WORDS if word.encode() in everything or word[2:].encode() in everything]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog:
        stories = [article(f"Story {n} of many words.", url=f"https://a.example/{n}") for n in range(300)]
        catalog.store([entry(story) for story in stories[:150]])
        catalog.store([entry(SECRET, speaker="Palindrek")])
        catalog.store([entry(story) for story in stories[150:]])
    assert traces(tmp_path) == WORDS
    return tmp_path


def test_no_byte_of_an_erased_article_is_left_while_the_catalog_is_open(folder: Path) -> None:
    with Catalog.open(folder / "catalog.sqlite3") as catalog:
        removed = catalog.remove(SECRET.id, purge=True)
        assert removed == [passage.id for passage in entry(SECRET).passages]
        assert traces(folder) == []
        assert catalog.check().problems == ()
        assert catalog.check().articles == 300
        assert len(catalog.search(["story"], 1_000, Scope())) == 300
    assert traces(folder) == []


def test_a_hidden_article_can_be_erased_later(folder: Path) -> None:
    with Catalog.open(folder / "catalog.sqlite3") as catalog:
        catalog.remove(SECRET.id)
        assert traces(folder) != []
        catalog.remove(SECRET.id, purge=True)
    assert traces(folder) == []


def test_a_superseded_version_can_be_erased(folder: Path) -> None:
    with Catalog.open(folder / "catalog.sqlite3") as catalog:
        catalog.store([entry(article("A plain correction.", url=SECRET.url))])
        catalog.remove(SECRET.id, purge=True)
        assert traces(folder) == ["jorvandel"], "the address has another version"
        assert catalog.check().problems == ()


def test_an_erased_article_may_be_ingested_again(folder: Path) -> None:
    with Catalog.open(folder / "catalog.sqlite3") as catalog:
        catalog.remove(SECRET.id, purge=True)
        assert [stored.status.value for stored in catalog.store([entry(SECRET)])] == ["added"]
        assert catalog.check().problems == ()


def test_a_reader_that_keeps_old_pages_is_named_and_the_next_opening_finishes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.catalog.database._BUSY_TIMEOUT_S", 0.2)
    path = folder / "catalog.sqlite3"
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM article").fetchone()
    with Catalog.open(path) as catalog, pytest.raises(ArchiveError, match="still holds its bytes"):
        catalog.remove(SECRET.id, purge=True)
    assert traces(folder) != []
    reader.close()
    with Catalog.open(path) as catalog:
        assert traces(folder) == []
        assert catalog.meta("erasing") is None


def test_other_threads_may_read_while_an_article_is_erased(folder: Path) -> None:
    done = threading.Event()
    failures: list[BaseException] = []

    def read(catalog: Catalog) -> None:
        try:
            while not done.is_set():
                assert len(catalog.search(["story"], 1_000, Scope())) == 300
        except BaseException as error:
            failures.append(error)

    with Catalog.open(folder / "catalog.sqlite3") as catalog:
        readers = [threading.Thread(target=read, args=(catalog,)) for _ in range(2)]
        for reader in readers:
            reader.start()
        catalog.remove(SECRET.id, purge=True)
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert traces(folder) == []

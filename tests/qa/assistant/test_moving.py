"""An archive that moves into a database, and back, is the same archive; half of one is none."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from qa.assistant import Assistant
from qa.assistant.moving import move
from qa.catalog import Catalog, copying
from qa.errors import ArchiveEmpty, ArchiveError
from qa.settings import Settings, load_settings
from qa.types import Answer
from tests.conftest import fresh_settings
from tests.postgres import Server
from tests.qa.assistant.test_store import FERRY, LIBRARY, write

OLDER = FERRY.replace("June", "May")


@pytest.fixture
def filled(tmp_path: Path, compiled_models: Path) -> Settings:
    """An archive in a folder with a version, a removed article, a decision about a spelling and copies."""
    settings = fresh_settings(tmp_path / "data", compiled_models)
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([write(tmp_path, "Ferry", OLDER), write(tmp_path, "Library", LIBRARY)])
        assistant.ingest([write(tmp_path, "Ferry", FERRY), write(tmp_path, "Weather", "It rained in Skerrow.")])
        [weather] = [one for one in assistant.articles()[0] if one.title == "Weather"]
        assistant.remove([weather.id])
        assistant.split_speaker("Odo Quillfeather")
    return settings


def fingerprints(catalog: Catalog) -> dict[str, tuple[int, str]]:
    return copying.fingerprints(catalog._database)


def test_it_moves_into_a_database_and_back_and_answers_as_before(
    tmp_path: Path, compiled_models: Path, filled: Settings, postgres: Server
) -> None:
    address = postgres.schema()
    assert move(filled, address) == 4
    stored = load_settings(data_dir=filled.data_dir, store={"url": address})
    back = fresh_settings(tmp_path / "back", compiled_models)
    assert move(stored, str(back.data_dir)) == 4
    answers, rows = [], []
    for settings in (filled, stored, back):
        with Assistant.open(settings) as assistant:
            outcome = assistant.ask("When will the library open on Sundays?")
            assert isinstance(outcome, Answer)
            answers.append([(one.exact, one.article.id) for one in outcome.citations])
            rows.append(fingerprints(assistant._catalog))
            assert all(one.sound for one in assistant.doctor() if one.subject in {"catalog", "index", "statements"})
    assert answers[0] == answers[1] == answers[2]
    assert rows[0] == rows[1] == rows[2]
    assert rows[0]["article"][0] == 4
    with Assistant.open(stored, write=True) as assistant:  # keys go on after those that came
        report = assistant.ingest([write(tmp_path, "Bridge", "The bridge at Tolwick has been painted.")])
        assert report.counts == {"added": 1}


def test_a_move_that_is_cut_short_is_no_archive_and_goes_on(
    filled: Settings, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.schema()
    monkeypatch.setattr(copying, "_AT_ONCE", 1)

    def die(what: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(filled, address, die)
    with pytest.raises(ArchiveError, match="no archive yet"):
        Catalog.connect(address)
    heard: list[tuple[str, int, int]] = []
    assert move(filled, address, lambda *told: heard.append(told)) == 4
    assert heard[0] == ("articles", 3, 4), "what was there is not copied again"
    with Catalog.connect(address) as catalog:
        assert catalog.check().problems == ()


def test_an_archive_without_articles_is_not_copied(tmp_path: Path, compiled_models: Path, postgres: Server) -> None:
    address = postgres.schema()
    with pytest.raises(ArchiveEmpty):
        move(fresh_settings(tmp_path / "mistyped", compiled_models), address)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema()").fetchall() == []


def test_a_place_that_has_an_archive_is_refused(filled: Settings, postgres: Server) -> None:
    address = postgres.schema()
    move(filled, address)
    with pytest.raises(ArchiveError, match="holds an archive already"):
        move(filled, address)

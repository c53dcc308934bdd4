"""An archive in PostgreSQL: the whole path, several machines at once, nothing left of what was purged."""

from __future__ import annotations

import threading
from pathlib import Path

import psycopg
import pytest

from qa.assistant import Assistant
from qa.catalog import Catalog
from qa.errors import SettingsError
from qa.indexing.postgres import PostgresIndex
from qa.settings import Settings, load_settings
from qa.types import Answer
from tests.conftest import fresh_settings
from tests.postgres import Server

LIBRARY = """The town library of Dunmarrow will open on Sundays from 3 May, said its librarian, Odo Quillfeather.

"We have waited ten years for this," Quillfeather said."""
FERRY = """The ferry to Skerrow Isle is closed until June, said the harbour master, Ivana Brackwater.

Passengers have to take the bridge at Tolwick."""


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.schema()


def machine(folder: Path, compiled_models: Path, address: str) -> Settings:
    """Settings of a machine of its own: its own data folder, the same store."""
    made = fresh_settings(folder, compiled_models)
    return load_settings(data_dir=made.data_dir, store={"url": address})


def write(folder: Path, name: str, text: str) -> str:
    path = folder / f"{name}.md"
    path.write_text(f"---\ntitle: {name}\ndate: 2026-03-02\noutlet: The Dunmarrow Echo\n---\n\n{text}\n")
    return str(path)


def test_two_machines_put_in_at_once_and_both_answer_from_all_of_it(
    tmp_path: Path, compiled_models: Path, address: str
) -> None:
    sources = {
        "one": [write(tmp_path, "Library", LIBRARY), write(tmp_path, "Notes", "Nothing happened in Dunmarrow.")],
        "two": [write(tmp_path, "Ferry", FERRY), write(tmp_path, "Weather", "It rained in Skerrow.")],
    }
    machines = {name: machine(tmp_path / name, compiled_models, address) for name in sources}
    failures: list[BaseException] = []

    def put_in(name: str) -> None:
        try:
            with Assistant.open(machines[name], write=True) as assistant:
                assert not assistant.ingest(sources[name]).failures
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=put_in, args=(name,)) for name in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for name in sources:
        with Assistant.open(machines[name]) as assistant:
            outcome = assistant.ask("When will the library open on Sundays?")
            assert isinstance(outcome, Answer)
            assert "3 May" in outcome.citations[0].exact
            said = assistant.statements(speaker="Brackwater")
            assert isinstance(said, Answer)
            assert all(one.sound for one in assistant.doctor() if one.subject in {"catalog", "index", "statements"})
            assert assistant.status().passages == 4
        assert not (machines[name].data_dir / "catalog.sqlite").exists()
        assert not (machines[name].data_dir / "index").exists()


def test_of_what_was_purged_no_byte_is_in_the_tables_files(
    tmp_path: Path, compiled_models: Path, address: str, postgres: Server
) -> None:
    settings = machine(tmp_path / "data", compiled_models, address)
    words = (b"quillfeather", b"dunmarrow", b"llfeath")
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([write(tmp_path, "Library", LIBRARY.replace("town", "city")), write(tmp_path, "Ferry", FERRY)])
        [library] = [one for one in assistant.articles()[0] if one.title == "Library"]
        ids = [passage.id.encode() for passage in assistant._catalog.passages_of(library.id)]
        assert [word for word in (*words, *ids) if word in _bytes(postgres, address)] == [*words, *ids]
        assistant.remove([library.id], purge=True)
        left = [word for word in (*words[::2], *ids) if word in _bytes(postgres, address)]
        assert left == [], "the outlet's name is the other article's too"
        assert assistant.rebuild() == 1
        assert isinstance(assistant.ask("Until when is the ferry closed?"), Answer)
        assert all(one.sound for one in assistant.doctor() if one.subject in {"catalog", "index"})


def test_what_a_rebuild_that_died_had_made_goes_with_a_purge(
    tmp_path: Path, compiled_models: Path, address: str
) -> None:
    settings = machine(tmp_path / "data", compiled_models, address)
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([write(tmp_path, "Library", LIBRARY), write(tmp_path, "Ferry", FERRY)])
        encoder = assistant._parts.encoder

        def die() -> None:
            with PostgresIndex.building(address, encoder_digest=encoder.digest, dimension=encoder.dimension) as begun:
                begun.add(["a passage"], encoder.encode(["of the library"]))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            die()
        assistant.remove([assistant.articles()[0][0].id], purge=True)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT to_regclass('vectors'), to_regclass('vectors_next')").fetchall() == [
            ("vectors", None)
        ]


def _bytes(server: Server, address: str) -> bytes:
    return b"\n".join(path.read_bytes() for path in server.files_of(address)).lower()


def test_both_engines_seal_alike(tmp_path: Path, compiled_models: Path, address: str) -> None:
    """What one engine has stored the other would take for sound: a seal is of what is said, not of how it lies."""
    source = write(tmp_path, "Library", LIBRARY)
    seals = []
    for settings in (
        machine(tmp_path / "store", compiled_models, address),
        fresh_settings(tmp_path / "folder", compiled_models),
    ):
        with Assistant.open(settings, write=True) as assistant:
            assistant.ingest([source])
            catalog: Catalog = assistant._catalog
            with catalog._database.reading() as connection:
                rows = connection.execute("SELECT parts_seal FROM article ORDER BY id").fetchall()
                seals.append((rows, connection.execute("SELECT seal FROM statement ORDER BY seal").fetchall()))
    assert seals[0] == seals[1]
    assert seals[0][1]


def test_a_chroma_server_beside_the_store_is_refused(tmp_path: Path) -> None:
    settings = load_settings(
        data_dir=tmp_path / "data", store={"url": "postgresql://h/d"}, index={"url": "http://127.0.0.1:1"}
    )
    with pytest.raises(SettingsError, match="both set"):
        Assistant.open(settings, write=True)

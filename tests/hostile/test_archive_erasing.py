"""After a purge no byte of a vector, id, text, title or name that only purged articles had is in any file."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from qa.assistant import Assistant
from qa.indexing import ChromaIndex
from qa.indexing.replacing import begin, current, settle, swap
from qa.settings import Settings

WORDS = ("Wobblethwaite", "Zanzibarian", "quatorzain", "Hrimfaxon", "Jorvandel", "Gyllenborst", "Palindrek")
SECRET = (
    "Wobblethwaite Palindrek said on Tuesday that the Zanzibarian quatorzain was “a fine Hrimfaxon piece”.\n\n"
    "Palindrek said the Jorvandel of Gyllenborst would follow, and a long winter after it."
)
FERRY = (
    "The ferry at Marrow stays closed until Friday, harbour master Tomas Reck said on Tuesday.\n\nHe named no cause."
)


def article(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(f"---\ntitle: {json.dumps(name)}\n---\n{body}\n", encoding="utf-8")
    return path


def everything(folder: Path) -> bytes:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "models" not in path.parts)
    return b"\n".join(str(path).encode() + path.read_bytes() for path in files)


def forms_of(word: str) -> Iterable[bytes]:
    for said in (word, word.lower(), word[2:]):
        yield said.encode()
        yield said.encode("utf-16-le")
        yield said.encode("utf-16-be")


def vectors_in(assistant: Assistant, ids: Iterable[str]) -> list[bytes]:
    """The vectors of these passages as the encoder makes them and as Chroma keeps them."""
    passages = list(assistant._catalog.passages(list(ids)).values())
    made = assistant._parts.encoder.encode([f"{one.heading}\n{one.text}" for one in passages])
    index = assistant._parts.own_index
    assert isinstance(index, ChromaIndex)
    kept = index._collection.get(ids=list(ids), include=["embeddings"])["embeddings"]
    rows = [*np.asarray(made, dtype=np.float32), *np.asarray(kept, dtype=np.float32)]
    return [row.tobytes() for row in rows] + [row[8:24].tobytes() for row in rows]


@pytest.mark.slow
def test_no_byte_is_left_of_vectors_ids_texts_titles_and_names(settings: Settings, tmp_path: Path) -> None:
    sources = [article(tmp_path / "a", f"Pier {n}", FERRY.replace("Marrow", f"Pier {n}")) for n in range(30)]
    hidden = article(tmp_path / "a", "Quatorzain of old", SECRET.replace("Tuesday", "Monday"))
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([*map(str, sources), str(article(tmp_path / "a", "Hrimfaxon", SECRET)), str(hidden)])
        assistant.merge_speakers(assistant.speakers()[0][0].slug, "Wobblethwaite Palindrek")
        secrets = [one for one in assistant.articles(limit=100)[0] if not one.title.startswith("Pier")]
        passages = [one.id for summary in secrets for one in assistant._catalog.passages_of(summary.id)]
        vectors = vectors_in(assistant, passages)
        assistant.remove([secrets[0].id])  # first out of sight, then erased
        before = everything(settings.data_dir)
        assert all(any(form in before for form in forms_of(word)) for word in WORDS)
        assert sum(vector in before for vector in vectors) > 0, "the search finds what is there"
        assistant.remove([one.id for one in secrets], purge=True)
        marks = [*vectors, *(one.id.encode() for one in secrets), *(form for word in WORDS for form in forms_of(word))]
        assert [mark for mark in marks if mark in everything(settings.data_dir)] == [], "while it is open"
        assert all(finding.sound for finding in assistant.doctor())
        assert assistant.status().passages == 30
    after = everything(settings.data_dir)
    assert [mark for mark in marks if mark in after] == []
    with Assistant.open(settings, write=True) as assistant:
        assistant.rebuild()
        assert all(finding.sound for finding in assistant.doctor())
    assert [mark for mark in marks if mark in everything(settings.data_dir)] == []


@pytest.mark.slow
def test_a_rebuild_leaves_no_vector_of_a_removed_article(settings: Settings, tmp_path: Path) -> None:
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest([str(article(tmp_path / "a", "Ferry", FERRY)), str(article(tmp_path / "a", "Other", SECRET))])
        other = next(one for one in assistant.articles()[0] if one.title == "Other")
        ids = [one.id for one in assistant._catalog.passages_of(other.id)]
        vectors = vectors_in(assistant, ids)
        assistant.remove([other.id])
        assistant.rebuild()
    index = everything(settings.data_dir / "index")
    assert [mark for mark in (*vectors, *(id_.encode() for id_ in ids)) if mark in index] == []


def test_what_a_graph_on_the_disk_holds_goes_too(tmp_path: Path) -> None:
    """Beyond the first thousand vectors Chroma keeps a graph in files of its own."""
    rows = np.random.default_rng(0).normal(size=(1_500, 16)).astype(np.float32)
    vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    ids = [f"{row:016x}:0-1" for row in range(1_500)]
    with ChromaIndex.open(tmp_path / "index", None, "passages", encoder_digest="one", dimension=16) as index:
        index.add(ids, vectors)
        kept = index._collection.get(ids=ids[:700], include=["embeddings"])["embeddings"]
        gone = [*vectors[:700], *np.asarray(kept, dtype=np.float32)]
        assert any(row.tobytes() in everything(tmp_path) for row in gone[:5])
        index.remove(ids[:700])
        index.rewrite(ids[700:])
        assert index.ids() == set(ids[700:])
        assert index.nearest(vectors[900], 1)[0][0] == ids[900]
        index.add(ids[:1], vectors[1:2])
        index.remove(ids[:1])
    left = everything(tmp_path)
    assert not any(row.tobytes() in left for row in (*gone[2:700], *gone[702:]))
    assert not any(id_.encode() in left for id_ in ids[2:700])
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_whoever_dies_while_a_folder_is_replaced_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    def contents() -> str:
        return (current(folder) / "name").read_text()

    def built() -> None:
        (begin(folder) / "name").write_text("new")

    def restart(*moves: tuple[str, str]) -> None:
        for path in tmp_path.iterdir():
            shutil.rmtree(path)
        folder.mkdir()
        (folder / "name").write_text("old")
        built()
        for source, target in moves:
            (tmp_path / source).rename(tmp_path / target)

    restart()
    assert contents() == "old"
    settle(folder)
    assert (contents(), len(list(tmp_path.iterdir()))) == ("old", 1)
    for moves in (
        [("index.building", "index.next")],
        [("index.building", "index.next"), ("index", "index.old")],
        [("index.building", "index.next"), ("index", "index.old"), ("index.next", "index")],
    ):
        restart(*moves)
        assert contents() in {"old", "new"}
        settle(folder)
        assert (contents(), len(list(tmp_path.iterdir()))) == ("new", 1)
    restart()
    swap(folder)
    assert (contents(), len(list(tmp_path.iterdir()))) == ("new", 1)


PURGE = """
import sys
from qa.assistant import Assistant
from qa.settings import load_settings
with Assistant.open(load_settings(), label="killed", write=True) as assistant:
    assert assistant._parts.index.count()
    print("ready", flush=True)
    assistant.remove(sys.argv[1:], purge=True)
"""


@pytest.mark.slow
def test_a_purge_that_is_killed_goes_on_at_the_next_opening(settings: Settings, tmp_path: Path) -> None:
    sources = [article(tmp_path / "a", f"Pier {n}", FERRY.replace("Marrow", f"Pier {n}")) for n in range(8)]
    secret = article(tmp_path / "a", "Hrimfaxon", SECRET)
    environment = {**os.environ, "QA_DATA_DIR": str(settings.data_dir)}
    with Assistant.open(settings, write=True) as assistant:
        assistant.ingest(list(map(str, sources)))
    for delay in (0.0, 0.2, 0.6):
        with Assistant.open(settings, write=True) as assistant:
            assistant.ingest([str(secret)])
            victim = next(one.id for one in assistant.articles(limit=100)[0] if one.title == "Hrimfaxon")
            ids = [one.id for one in assistant._catalog.passages_of(victim)]
            marks = [*vectors_in(assistant, ids), *(form for word in WORDS for form in forms_of(word)), victim.encode()]
        command = [sys.executable, "-c", PURGE, victim]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        with Assistant.open(settings) as reader:
            assert reader.status().ready, "a reader finds the old index or the new one"
        with Assistant.open(settings, write=True) as assistant:
            if victim in {one.id for one in assistant.articles(limit=100)[0]}:  # killed before it began
                assistant.remove([victim], purge=True)
            assert all(finding.sound for finding in assistant.doctor())
        left = everything(settings.data_dir)
        assert [mark for mark in marks if mark in left] == []


def test_decisions_about_names_that_nobody_has_any_more_are_forgotten_and_others_kept(tmp_path: Path) -> None:
    from qa.catalog import Catalog
    from tests.qa.catalog.articles import article as story
    from tests.qa.catalog.articles import entry

    text = "Story {} of the harbour was told to the whole council on Monday."
    with Catalog.open(tmp_path / "catalog.sqlite") as catalog:
        names = ["Ana Reck", "A. Reck", "Anna Reck", "Ben Palindrek"]
        made = [entry(story(text.format(n), url=f"https://a.example/{n}"), speaker=one) for n, one in enumerate(names)]
        catalog.store(made)
        catalog.pin({"a. reck": "ben palindrek", "anna reck": "ben palindrek", "ben palindrek": "ana reck"})
        catalog.remove(made[3].article.id, purge=True)
        assert catalog.pins() == {"anna reck": "a. reck"}, "they are still one"
        assert catalog.check().problems == ()
    assert b"palindrek" not in everything(tmp_path).lower()

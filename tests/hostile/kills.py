"""Work on an archive that is killed with ``kill -9`` at some moment, done again -> what the archive holds then.

``python -m tests.hostile.kills WORK FOLDER ARGUMENT…`` does one piece of work in a process of its own: it opens the
archive and loads the models, says so in a line, waits for a line, and then does nothing but the work.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from qa.assistant import Assistant
from qa.errors import ArticleNotFound
from qa.indexing import ChromaIndex
from qa.settings import load_settings

__all__ = ["WORKS", "begin", "copy_archive", "held_by", "opened"]

ROOT = Path(__file__).parents[2]
# The numbers and times that order what was stored differ from run to run, and so do the seals over those times, which
# `Assistant.doctor` looks at.
_NOT_COMPARED = {"key", "turn", "added_at", "seen_at", "retrieved", "hidden_at", "seal"}


def _ingest(assistant: Assistant, arguments: Sequence[str]) -> None:
    assert not assistant.ingest(arguments).failures


def _purge(assistant: Assistant, arguments: Sequence[str]) -> None:
    with suppress(ArticleNotFound):  # erased before the kill; what that left to do was done by the opening
        assistant.remove(arguments, purge=True)


def _rebuild(assistant: Assistant, arguments: Sequence[str]) -> None:
    assistant.rebuild()


def _merge(assistant: Assistant, arguments: Sequence[str]) -> None:
    into, other = arguments
    if assistant.speaker(other).profile.slug != into:
        assistant.merge_speakers(into, other)


WORKS = {"ingest": _ingest, "purge": _purge, "rebuild": _rebuild, "merge": _merge}


def opened(folder: Path) -> Assistant:
    """Open an archive for work."""
    return Assistant.open(load_settings(data_dir=folder), label="kills", write=True)


def copy_archive(folder: Path, to: Path) -> Path:
    """Copy a data folder, but for the compiled models, which are linked."""
    shutil.copytree(folder, to, symlinks=True)
    return to


def begin(work: str, folder: Path, arguments: Sequence[str]) -> subprocess.Popen[str]:
    """Start a process that does the work, and return when it has begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.kills", work, str(folder), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    if process.stdout.readline() != "ready\n":
        process.kill()
        process.communicate()
        raise AssertionError(f"the process that was to {work} did not begin")
    process.stdin.write("go\n")
    process.stdin.flush()
    return process


def held_by(assistant: Assistant, folder: Path) -> dict[str, list[str]]:
    """Every row of the catalog and every vector of the index, in an order of their own."""
    held: dict[str, list[str]] = {}
    with sqlite3.connect(folder / "catalog.sqlite") as connection:
        connection.row_factory = sqlite3.Row
        articles = {row["key"]: row["id"] for row in connection.execute("SELECT key, id FROM article")}
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        for (name,) in tables.fetchall():
            if "fts" in name or name.startswith("sqlite_"):
                continue
            rows = [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
            held[name] = sorted(repr(_compared(row, articles)) for row in rows)
    connection.close()
    index = assistant._parts.own_index
    assert isinstance(index, ChromaIndex)
    stored = index._collection.get(include=["embeddings"])
    vectors = stored["embeddings"]
    assert vectors is not None
    named = zip(stored["ids"], vectors, strict=True)
    held["vectors"] = sorted(f"{name} {np.asarray(vector, np.float32).tobytes().hex()}" for name, vector in named)
    held["unsound"] = [finding.message for finding in assistant.doctor() if not finding.sound]
    return held


def _compared(row: dict[str, object], articles: dict[object, str]) -> dict[str, object]:
    named = {"article": articles.get(row["article"])} if "article" in row else {}
    return {name: value for name, value in row.items() if name not in _NOT_COMPARED} | named


def main(work: str, folder: str, *arguments: str) -> None:
    """Do one piece of work, when told to."""
    with opened(Path(folder)) as assistant:
        assistant._parts.encoder.encode(["a sentence that loads the model"])
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        WORKS[work](assistant, arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])

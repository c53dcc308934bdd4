"""Work on an archive that is killed with ``kill -9`` at some moment, done again -> what the archive holds then.

``python -m tests.hostile.kills WORK FOLDER ARGUMENT…`` does one piece of work in a process of its own: it opens the
archive and loads the models, says so in a line, waits for a line, and then does nothing but the work. An archive is a
folder, or a folder and the database that ``QA_STORE__URL`` names; of either engine the catalog and the vectors are
looked at.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qa.assistant import Assistant
from qa.assistant.moving import move
from qa.catalog import NOTICES_READ
from qa.errors import ArticleNotFound
from qa.settings import load_settings

__all__ = ["WORKS", "Archive", "begin"]

ROOT = Path(__file__).parents[2]
# The numbers and times that order what was stored differ from run to run, and so do the seals over those times, which
# `Assistant.doctor` looks at.
_NOT_COMPARED = {"key", "turn", "added_at", "seen_at", "retrieved", "hidden_at", "seal"}
# These hold keys of articles, which a run that was undone leaves unused in PostgreSQL.
_ARTICLES = {"article", "one", "other", "story", "first", "corrected", "notice"}
# The index of words is compared with the texts by `Assistant.doctor`; the rest counts what has happened.
_NO_ROWS_OF = {"archive", "word", "term", "passage_words", "vectors", "vector_index"}


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


@dataclass(frozen=True)
class Archive:
    """A data folder, and the address of the database that has its catalog and vectors; None where the folder has."""

    folder: Path
    store: str | None = None

    def opened(self) -> Assistant:
        """Open it for work."""
        store = {"store": {"url": self.store}} if self.store else {}
        return Assistant.open(load_settings(data_dir=self.folder, **store), label="kills", write=True)

    def copied(self, to: Archive) -> Archive:
        """Copy it, but for the compiled models, which are linked."""
        shutil.copytree(self.folder, to.folder, symlinks=True)
        if to.store is not None and (self.folder / "catalog.sqlite").exists():
            move(load_settings(data_dir=self.folder), to.store)
            (to.folder / "catalog.sqlite").unlink()
            shutil.rmtree(to.folder / "index")
        return to

    def rows(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """Every row of the catalog, with the name of its table; keys of articles as their ids."""
        tables = dict(self._tables())
        ids = {row["key"]: row["id"] for row in tables["article"]}
        for name, rows in tables.items():
            for row in rows:
                kept = {column: value for column, value in row.items() if column not in _NOT_COMPARED}
                if row.get("name") == NOTICES_READ:
                    rules, key = row["value"].split(":")
                    kept["value"] = f"{rules}:{ids.get(int(key))}"
                yield name, kept | {column: ids.get(row[column]) for column in _ARTICLES & row.keys()}

    def _tables(self) -> Iterable[tuple[str, list[dict[str, Any]]]]:
        if self.store is None:
            with closing(sqlite3.connect(self.folder / "catalog.sqlite")) as connection:
                connection.row_factory = sqlite3.Row
                named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
                for (name,) in connection.execute(named).fetchall():
                    if "fts" not in name and not name.startswith("sqlite_") and name not in _NO_ROWS_OF:
                        yield name, [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
            return
        import psycopg
        from psycopg.rows import dict_row

        with psycopg.connect(self.store, row_factory=dict_row) as connection:
            named = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            for name in [row["tablename"] for row in connection.execute(named)]:
                if name not in _NO_ROWS_OF:
                    yield name, connection.execute(f"SELECT * FROM {name}".encode()).fetchall()

    def held(self, assistant: Assistant) -> dict[str, list[str]]:
        """Every row of the catalog and every vector of the index, in an order of their own, and what is unsound."""
        held: dict[str, list[str]] = {}
        for name, row in self.rows():
            held.setdefault(name, []).append(repr(sorted(row.items(), key=repr)))
        index = assistant._parts.own_index
        named = zip(*index.vectors(sorted(index.ids())), strict=True)
        held["vectors"] = [f"{name} {np.asarray(vector, np.float32).tobytes().hex()}" for name, vector in named]
        held["unsound"] = [finding.message for finding in assistant.doctor() if not finding.sound]
        return {name: sorted(rows) for name, rows in held.items()}


def begin(work: str, archive: Archive, arguments: Sequence[str]) -> subprocess.Popen[str]:
    """Start a process that does the work, and return when it has begun."""
    store = {"QA_STORE__URL": archive.store} if archive.store else {}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.kills", work, str(archive.folder), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **store},
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


def main(work: str, folder: str, *arguments: str) -> None:
    """Do one piece of work, when told to."""
    with Archive(Path(folder), os.environ.get("QA_STORE__URL")).opened() as assistant:
        assistant._parts.encoder.encode(["a sentence that loads the model"])
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        WORKS[work](assistant, arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])

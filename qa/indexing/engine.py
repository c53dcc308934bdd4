"""A folder -> Chroma's engine on it, called without Chroma's client.

The client for a folder (``chromadb.PersistentClient``) takes half a second to import (settings, telemetry, tracing, an
HTTP client) and hands every call on to the engine, ``chromadb_rust_bindings``. Here is what an index needs of the
client, with its names and its arguments: the files are the same, and so is what is found.

Promises: nothing is sent anywhere and nothing is read from the environment, for nothing here can. The engine raises
``chromadb.errors``. What it does not know: servers, and what the vectors mean.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.protocols import Vectors

__all__ = ["Collection", "Engine"]

_DATABASE = ("default_tenant", "default_database")
_GRAPHS = 16  # of how many collections the graph is kept in memory; an index has one


@dataclass(frozen=True, slots=True)
class Collection:
    """Vectors under ids, in one engine."""

    bindings: Any
    id: str
    name: str
    metadata: Mapping[str, Any] | None

    def count(self) -> int:
        """How many ids are stored."""
        return int(self.bindings.count(self.id, *_DATABASE))

    def get(
        self,
        ids: list[str] | None = None,
        *,
        include: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> dict[str, Any]:
        """Return those of ``ids``, or a page of all, that are stored, with what is to be included."""
        found = self.bindings.get(self.id, ids, None, limit, offset, None, list(include), *_DATABASE)
        return {"ids": found.ids, **{name: getattr(found, name) for name in include}}

    def query(
        self, query_embeddings: Vectors, n_results: int, *, ids: list[str] | None = None, include: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Return for each vector the ids of the nearest, best first, and what is to be included."""
        asked = query_embeddings.tolist()
        found = self.bindings.query(self.id, ids, asked, n_results, None, None, list(include), *_DATABASE)
        return {"ids": found.ids, **{name: getattr(found, name) for name in include}}

    def upsert(self, ids: list[str], embeddings: Vectors) -> None:
        """Store vectors; an id that is there is overwritten."""
        self.bindings.upsert(self.id, ids, embeddings.tolist(), None, None, None, *_DATABASE)

    def delete(self, ids: list[str]) -> None:
        """Forget these ids."""
        if ids:
            self.bindings.delete(self.id, ids, None, None, None, *_DATABASE)


class Engine:
    """Chroma's engine on a folder, which is made where it is not there.

    Raises:
        chromadb.errors.ChromaError, RuntimeError, ValueError, OSError: the folder is damaged or cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        import chromadb_rust_bindings as engine

        folder.mkdir(parents=True, exist_ok=True)
        database = engine.SqliteDBConfig(
            hash_type=engine.MigrationHash.MD5,
            migration_mode=engine.MigrationMode.Apply,
            url=f"{folder}/chroma.sqlite3",
        )
        self._bindings: Any = engine.Bindings(
            allow_reset=False, sqlite_db_config=database, persist_path=str(folder), hnsw_cache_size=_GRAPHS
        )

    def close(self) -> None:
        """Let go of the folder."""
        self._bindings = None

    def get_max_batch_size(self) -> int:
        """How many ids one call takes."""
        return int(self._bindings.get_max_batch_size())

    def list_collections(self) -> list[Collection]:
        """Every collection."""
        return [self._of(one) for one in self._bindings.list_collections(None, None, *_DATABASE)]

    def get_collection(self, name: str, embedding_function: None = None) -> Collection:
        """Return the collection of this name; raises ``chromadb.errors.NotFoundError`` where there is none."""
        return self._of(self._bindings.get_collection(name, *_DATABASE))

    def create_collection(
        self,
        name: str,
        *,
        metadata: Mapping[str, Any],
        configuration: Mapping[str, Any],
        embedding_function: None = None,
    ) -> Collection:
        """Make a collection for vectors that come from outside."""
        written = json.dumps({**configuration, "spann": None, "embedding_function": {"type": "legacy"}})
        return self._of(self._bindings.create_collection(name, written, None, dict(metadata), False, *_DATABASE))

    def delete_collection(self, name: str) -> None:
        """Drop a collection."""
        self._bindings.delete_collection(name, *_DATABASE)

    def _of(self, told: Any) -> Collection:
        return Collection(self._bindings, str(told.id), told.name, told.metadata)

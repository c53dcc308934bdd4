"""Vectors under passage ids, in Chroma: its engine in this process (:mod:`qa.indexing.engine`), or a server's client.

The index holds vectors and ids, no text, and the whole folder can be thrown away and made again with ``qa rebuild``.
What is removed stays in Chroma's files until :meth:`ChromaIndex.rewrite` writes them anew. The index remembers which
encoder made its vectors and refuses to be opened with another.

Threads may read an embedded index while one writes, and processes may read it at once; but whoever writes must be
the only one that has it open: Chroma lets the others in, and they hang or answer from what they saw first.
:class:`qa.catalog.ArchiveLock` keeps them apart; this module does not know it. The engine is loaded when an index is
opened, and Chroma's client, which takes much longer, for a server alone.

Chosen on 60,000 vectors of 384 numbers, mixed from 12,000 news passages as all-MiniLM-L6-v2 embeds them, on two busy
cores (``tests/qa/indexing/measure.py`` gives the figures of a machine):

- ``max_neighbors`` 16, ``ef_construction`` 200 and ``ef_search`` 300 find 99.5 % of the true 100 nearest in 3 to 8 ms.
  Chroma's own 16, 100 and 100 find 96 % even of 20,000; 32 neighbours take twice the time and find 0.1 % more.
- what has not been written into the graph yet is replayed when the index is next opened, so that ``sync_threshold``
  bounds the start-up time: at 1,000 the worst case is half a second, at 5,000 it is 1.7 s. Adding is about as fast.
- among up to 1,000 ids, fetching their vectors and comparing each is exact and the fastest way (48 µs an id; Chroma's
  own filter by ids: 26 ms and 14 µs an id). Among more, asking for so many that enough of them are allowed, and leaving
  out the rest, takes 4 ms and 6 µs for each that is asked for: it is done wherever that is less than the filter takes,
  and what is allowed is asked of those alone that were found. These are processor times.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from qa.errors import IndexStale, IndexUnavailable, QaError, SettingsError, remedy_of
from qa.indexing import engine, replacing
from qa.indexing.turns import Turns
from qa.indexing.wiping import HEADER, wipe
from qa.protocols import Vectors
from qa.selected import SelectedIds

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ServersCollection
    from chromadb.config import Settings

__all__ = ["ChromaIndex"]

_SCHEMA = 1
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 16,
    "ef_construction": 200,
    "ef_search": 300,
    "batch_size": 100,
    "sync_threshold": 1_000,
}
_PAGE = 5_000  # ids or vectors in one call; Chroma's own limit is 5,461 and a server may have a lower one
_FEW = 1_000  # up to here every vector is compared
_MOST_FETCHED = 3_500  # neighbours that are asked for at most before Chroma has to filter, and two for each id allowed
_HEARTBEAT_S = 5.0  # how long a server may take to say that it is there
_CALL_S = 60.0  # and how long for one call
_REBUILD = "`qa rebuild` makes the index again from the catalog."


class ChromaIndex:
    """A :class:`qa.protocols.VectorIndex` on one Chroma collection; use :meth:`open` to make one."""

    def __init__(
        self,
        client: Client | engine.Engine,
        name: str,
        where: str,
        folder: Path | None,
        *,
        encoder_digest: str,
        dimension: int,
        writes: bool = True,
    ) -> None:
        self._client = client
        self._name = name
        self._where = where
        self._folder = folder
        self._writes = writes
        self._stamp: dict[str, Any] = {"schema": _SCHEMA, "encoder": encoder_digest, "dimension": dimension}
        self._collection: ServersCollection | engine.Collection
        self._turns = Turns()
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path | None,
        url: str | None,
        collection: str,
        *,
        encoder_digest: str,
        dimension: int,
        create: bool = True,
        fresh: bool = False,
    ) -> ChromaIndex:
        """Open the collection in the folder ``path``, or on the Chroma server at ``url`` if there is one.

        Args:
            path: folder of the embedded store; not used with a ``url``.
            url: address of a Chroma server, such as ``http://127.0.0.1:8000``.
            collection: its name, 3 to 512 of ``a-zA-Z0-9._-``.
            encoder_digest: which encoder the vectors are made by.
            dimension: length of its vectors.
            create: make the collection when there is none.
            fresh: drop what is there, whoever made it, and start with an empty collection.

        Raises:
            IndexStale: the vectors are another encoder's or another version's, or there are none (not ``create``).
            IndexUnavailable: the folder cannot be opened or the server cannot be reached.
            SettingsError: ``url`` is not an address.
        """
        if url is None and path is None:
            raise ValueError("an index needs a path or a url")
        if path is not None and url is None:
            path = replacing.settle(path) if create or fresh else replacing.current(path)
        where = url or f"the folder {path}"
        if not (create or fresh or url is not None or (path is not None and (path / "chroma.sqlite3").is_file())):
            raise IndexStale(f"There is no index in {where}.", remedy=_REBUILD)
        with _translated(where):
            client = _serving(url) if url is not None else engine.Engine(cast(Path, path))
        folder = path if url is None else None
        writes = create or fresh
        index = cls(
            client, collection, where, folder, encoder_digest=encoder_digest, dimension=dimension, writes=writes
        )
        try:
            index._open(create=create, fresh=fresh)
        except BaseException:
            index.close()
            raise
        return index

    @property
    def encoder_digest(self) -> str:
        """Which encoder the vectors are made by."""
        return str(self._stamp["encoder"])

    def __enter__(self) -> ChromaIndex:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store once whoever looks into it is done; a second call does nothing."""
        with self._turns.alone():
            self._let_go()
            self._closed = True

    def _let_go(self) -> None:
        if not isinstance(self._client, engine.Engine):  # Chroma 1.5 leaves its two HTTP clients' connections open
            for part in (self._client, self._client._admin_client):
                part._server._session.close()  # type: ignore[union-attr]
        self._client.close()
        if self._folder is not None and self._writes:
            with suppress(OSError, ValueError):  # a damaged index is told when it is next used
                wipe(self._folder)

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors (len(ids), dimension); an id that is there is overwritten, the last of two equal ones wins."""
        if vectors.shape != (len(ids), self._stamp["dimension"]):
            raise ValueError(f"expected vectors ({len(ids)}, {self._stamp['dimension']}), got {vectors.shape}")
        last = {id_: row for row, id_ in enumerate(ids)}
        names, rows = list(last), np.fromiter(last.values(), dtype=np.intp)
        with self._used():
            for at in range(0, len(names), self._page):
                self._collection.upsert(ids=names[at : at + self._page], embeddings=vectors[rows[at : at + self._page]])

    def remove(self, ids: Collection[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        names = list(ids)
        with self._used():
            for at in range(0, len(names), self._page):
                self._collection.delete(ids=names[at : at + self._page])

    def nearest(self, vector: Vectors, top_k: int, *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine) pairs, best first, for one vector (dimension,).

        ``among`` restricts the search to these ids; None means all. Up to 1,000 of them are compared exactly, anything
        more is found through the graph, which misses a neighbour in 200.
        """
        if vector.shape != (self._stamp["dimension"],):
            raise ValueError(f"expected a vector ({self._stamp['dimension']},), got {vector.shape}")
        if top_k < 1 or (among is not None and not among):
            return []
        with self._used():
            if among is None:
                return self._query(vector, top_k)
            if len(among) <= _FEW:
                return self._compare(vector, top_k, list(among))
            return self._query_among(vector, top_k, among)

    def ids(self) -> set[str]:
        """Every id that is stored."""
        found: set[str] = set()
        with self._used():
            while page := self._collection.get(include=[], limit=_PAGE, offset=len(found))["ids"]:
                found.update(page)
        return found

    def vectors(self, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return those of up to 5,000 ids that are stored, and their vectors (ids, dimension)."""
        with self._used():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32).reshape(-1, self._stamp["dimension"])
        return found["ids"], rows

    def count(self) -> int:
        """How many ids are stored."""
        with self._used():
            return self._collection.count()

    def reset(self) -> None:
        """Drop the collection with everything in it and make an empty one."""
        with _translated(self._where):
            if self._name in {collection.name for collection in self._client.list_collections()}:
                self._client.delete_collection(self._name)
            self._sweep()
            self._create()

    def rewrite(self, keep: Collection[str]) -> None:
        """Write the index anew with these ids alone, so that its files hold no byte of any other.

        Chroma itself only marks what is removed. A kill at any moment leaves the old index or the new one. On a server
        the other ids are removed, and what its files still hold is the server's matter.
        """
        folder = self._folder
        if folder is None:
            self.remove(self.ids() - set(keep))
            return
        with _translated(self._where):
            building = replacing.begin(folder)
            self._copy(list(keep), building)
            wipe(building)
        self.take_built()

    @classmethod
    @contextmanager
    def building(cls, folder: Path, collection: str, *, encoder_digest: str, dimension: int) -> Iterator[ChromaIndex]:
        """Lend an empty index beside the one in ``folder``, to be filled; then :meth:`take_built` or :meth:`put_built`.

        Raises:
            IndexUnavailable: it cannot be made.
        """
        with _translated(f"the folder {folder}"):
            place = replacing.begin(folder)
        with cls.open(place, None, collection, encoder_digest=encoder_digest, dimension=dimension) as made:
            yield made

    @staticmethod
    def put_built(folder: Path) -> None:
        """Put what was built in the place of an index that nobody has open."""
        with _translated(f"the folder {folder}"):
            replacing.swap(folder)

    def take_built(self) -> None:
        """Go on with what was built beside this index, and leave no byte of the old one; others wait for a moment."""
        folder = self._folder
        assert folder is not None, "a server's index is not built beside another"
        with self._turns.alone():
            with _translated(self._where):
                self._let_go()
                replacing.swap(folder)
                self._client = engine.Engine(folder)
            self._open(create=False, fresh=False)

    @contextmanager
    def _used(self) -> Iterator[None]:
        with self._turns.using(), _translated(self._where):
            if self._closed:  # Chroma itself would crash the process
                raise IndexUnavailable(f"The index in {self._where} has been closed.", remedy="Ask again.")
            yield

    def _copy(self, ids: Sequence[str], folder: Path) -> None:
        """Copy the vectors of ``ids`` into a new index in ``folder``; ids that are not stored are left out."""
        encoder, dimension = self._stamp["encoder"], self._stamp["dimension"]
        with ChromaIndex.open(folder, None, self._name, encoder_digest=encoder, dimension=dimension) as made:
            for at in range(0, len(ids), self._page):
                found = self._collection.get(ids=list(ids[at : at + self._page]), include=["embeddings"])
                if found["ids"]:
                    made.add(found["ids"], np.asarray(found["embeddings"], dtype=np.float32))

    def _open(self, *, create: bool, fresh: bool) -> None:
        with _translated(self._where):
            self._page = min(_PAGE, self._client.get_max_batch_size())
        if fresh:
            self.reset()
            return
        try:
            with _translated(self._where):
                self._collection = self._client.get_collection(self._name, embedding_function=None)
        except IndexStale as missing:
            if not create:
                raise IndexStale(f"There is no index {self._name!r} in {self._where}.", remedy=_REBUILD) from missing
            with _translated(self._where):
                self._create()
        self._check_stamp()

    def _sweep(self) -> None:
        """Delete the graphs of dropped collections: Chroma 1.5 leaves their folders behind."""
        if self._folder is not None and not self._client.list_collections():
            for graph in self._folder.iterdir():
                if (graph / HEADER).is_file():
                    shutil.rmtree(graph)

    def _create(self) -> None:
        # Without an embedding function Chroma cannot fall back on its own, which downloads a model on first use.
        self._collection = self._client.create_collection(
            self._name,
            embedding_function=None,
            metadata=self._stamp,
            configuration={"hnsw": _HNSW},
        )

    def _check_stamp(self) -> None:
        stamp = self._collection.metadata or {}
        for name, wanted in self._stamp.items():
            if stamp.get(name) != wanted:
                raise IndexStale(
                    f"The index {self._name!r} in {self._where} has {name} {stamp.get(name)!r}, not {wanted!r}: "
                    "its vectors cannot be compared with this encoder's.",
                    remedy=_REBUILD,
                )

    def _query(self, vector: Vectors, top_k: int, ids: list[str] | None = None) -> list[tuple[str, float]]:
        found = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=top_k, ids=ids, include=["distances"]
        )
        distances = found["distances"]
        assert distances is not None
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def _query_among(self, vector: Vectors, top_k: int, among: Collection[str]) -> list[tuple[str, float]]:
        count = self._collection.count()
        enough = min(2 * math.ceil(top_k * count / len(among)), count)
        if enough <= max(_MOST_FETCHED + 2 * len(among), top_k):
            near = self._query(vector, enough)
            allowed = _held(among, [id_ for id_, _ in near])
            found = [(id_, cosine) for id_, cosine in near if id_ in allowed][:top_k]
            if len(found) == top_k:
                return found
        return self._query_filtered(vector, top_k, list(among))

    def _query_filtered(self, vector: Vectors, top_k: int, ids: list[str]) -> list[tuple[str, float]]:
        from chromadb.errors import InternalError

        try:
            return self._query(vector, top_k, ids)
        except InternalError:  # "Error finding id": Chroma 1.5 fails on an id that it does not have
            known = [id_ for at in range(0, len(ids), _PAGE) for id_ in self._known(ids[at : at + _PAGE])]
            return self._query(vector, top_k, known) if known else []

    def _known(self, ids: list[str]) -> list[str]:
        return self._collection.get(ids=ids, include=[])["ids"]

    def _compare(self, vector: Vectors, top_k: int, ids: list[str]) -> list[tuple[str, float]]:
        found = self._collection.get(ids=ids, include=["embeddings"])
        if not found["ids"]:
            return []
        stored = np.asarray(found["embeddings"], dtype=np.float32)  # (ids, dimension)
        cosines = (stored @ vector) / (np.linalg.norm(stored, axis=1) * np.linalg.norm(vector))
        best = np.argsort(-cosines, kind="stable")[:top_k]
        return [(found["ids"][row], float(cosines[row])) for row in best]


def _held(among: Collection[str], ids: Sequence[str]) -> Collection[str]:
    """Those of these ids that are allowed."""
    if isinstance(among, SelectedIds):
        return among.holding(ids)
    return set(among).intersection(ids)


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Turn whatever Chroma and its HTTP client raise into our errors."""
    try:
        yield
    except QaError:
        raise
    except Exception as error:
        if told := _told(error, where):
            raise told from error
        raise


def _told(error: Exception, where: str) -> QaError | None:
    """Our error for one of Chroma's or its HTTP client's, which take long to import and are seldom needed."""
    import httpx
    from chromadb.errors import ChromaError, NotFoundError

    if isinstance(error, NotFoundError):
        dropped = f"The index in {where} has been dropped by another process."
        return IndexStale(dropped, remedy="Start this process again.")
    if isinstance(error, (ChromaError, httpx.HTTPError, ValueError, RuntimeError, OSError)):
        unusable = f"The index in {where} could not be used: {str(error).rstrip('.')}."
        return IndexUnavailable(unusable, remedy=remedy_of(error, _remedy(where)))
    return None


def _remedy(where: str) -> str:
    if where.startswith("http"):
        return "Check that a Chroma server answers there (`chroma run`), or unset QA_INDEX__URL."
    return f"If it is damaged, delete it: {_REBUILD}"


def _serving(url: str) -> Client:
    import chromadb
    import httpx

    if "@" in url:  # Chroma's client would not send a login, and every message names the address
        raise SettingsError("QA_INDEX__URL has a user or a password.", remedy="Write http://HOST:PORT.")
    try:
        address = urlsplit(url)
        host, port, secure = address.hostname, address.port, address.scheme == "https"
    except ValueError:
        host, port, secure = None, None, False
    if not host or address.scheme not in {"http", "https"}:
        raise SettingsError(f"{url!r} is not the address of a Chroma server.", remedy="Write http://HOST:PORT.")
    port = port or (443 if secure else 80)
    # Chroma itself would wait for ever, and leave a connection open when it fails.
    httpx.get(f"{address.scheme}://{address.netloc}/api/v2/heartbeat", timeout=_HEARTBEAT_S).raise_for_status()
    settings = _silent_settings(chroma_server_host=host, chroma_server_http_port=port)
    client = cast("Client", chromadb.HttpClient(host, port, secure, settings=settings))
    client._server._session.timeout = _CALL_S  # type: ignore[attr-defined]  # there is no setting for it
    return client


def _silent_settings(**more: Any) -> Settings:
    """Settings that send nothing anywhere, whatever the environment or a ``.env`` file in the working folder says."""
    from chromadb.config import Settings

    silent: dict[str, Any] = {
        "_env_file": None,
        "anonymized_telemetry": False,
        "chroma_otel_granularity": None,
        "chroma_otel_collection_endpoint": "",
        "allow_reset": False,
    }
    return Settings(**silent, **more)

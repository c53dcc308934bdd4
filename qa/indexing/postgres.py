"""Vectors under passage ids in a PostgreSQL table with pgvector, beside the catalog's tables.

Vectors are kept at half precision (``halfvec``): a cosine is right to about 0.0005, and a row takes half the
room. All are looked through by pgvector's HNSW graph; among few ids every vector is compared, and among many the graph
is walked on until enough of them have come (iterative scan). The index remembers which encoder made its vectors and
refuses to be opened with another. A rebuild fills a table beside the one that others look into, and takes its place in
one transaction.

What it does not know: what the ids mean, and who else writes. What is removed leaves the table's files with
:meth:`PostgresIndex.rewrite`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from qa.errors import IndexStale, IndexUnavailable
from qa.postgres import Pool, await_readers
from qa.protocols import Vectors
from qa.selected import SelectedIds

__all__ = ["PostgresIndex"]

_SCHEMA = 1
_TABLE, _BUILDING = "vectors", "vectors_next"
_FEW = 3_000  # up to here every vector is compared
_PAGE = 1_000  # vectors in one statement
_EF_SEARCH = 300
_GRAPH = "USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)"
_WALK = (
    f"BEGIN READ ONLY; SET LOCAL hnsw.ef_search = {_EF_SEARCH}; SET LOCAL hnsw.iterative_scan = relaxed_order; "
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"
)
# Two that make the table at once would fail: one of them waits, and finds it there.
_ALONE = "SELECT pg_advisory_xact_lock(1332630120, hashtext(current_schema()))"
_REBUILD = "`qa rebuild` makes the index again from the catalog."
_INSTALL = (
    "Install pgvector 0.8 or newer on the server, and have its administrator run `CREATE EXTENSION vector` in this "
    "database."
)


class PostgresIndex:
    """A :class:`qa.protocols.VectorIndex` in one table; use :meth:`open` to make one."""

    def __init__(self, pool: Pool, table: str, *, encoder_digest: str, dimension: int) -> None:
        self._pool = pool
        self._table = table
        self._dimension = dimension
        self.encoder_digest = encoder_digest
        """Which encoder the vectors are made by."""

    @classmethod
    def open(cls, url: str, *, encoder_digest: str, dimension: int, create: bool = True) -> PostgresIndex:
        """Open the table in the database at ``url``.

        Args:
            url: ``postgresql://USER:PASSWORD@HOST:PORT/DATABASE``.
            encoder_digest: which encoder the vectors are made by.
            dimension: length of its vectors.
            create: make the table when there is none.

        Raises:
            IndexStale: the vectors are another encoder's or another version's, or there are none (not ``create``).
            IndexUnavailable: the server cannot be reached, or has no pgvector.
            SettingsError: ``url`` is not an address, or psycopg is not installed.
        """
        pool = Pool(url, "index", IndexUnavailable)
        index = cls(pool, _TABLE, encoder_digest=encoder_digest, dimension=dimension)
        try:
            with pool.lend("BEGIN") as connection, _kept(connection):
                if create:
                    connection.execute(_ALONE)
                    _need_pgvector(connection, pool.where)
                    _make(connection, encoder_digest, dimension, if_missing=True)
                index._check_stamp(connection)
        except BaseException:
            pool.close()
            raise
        return index

    @classmethod
    @contextmanager
    def building(cls, url: str, *, encoder_digest: str, dimension: int) -> Iterator[PostgresIndex]:
        """Lend an empty index beside the one that is there, which it replaces once it has been filled.

        Raises:
            IndexUnavailable: it cannot be made.
        """
        pool = Pool(url, "index", IndexUnavailable)
        try:
            with pool.lend("BEGIN") as connection, _kept(connection):
                connection.execute(_ALONE)
                _need_pgvector(connection, pool.where)
                _drop_begun(connection)
                _make_table(connection, _BUILDING, dimension)
            yield cls(pool, _BUILDING, encoder_digest=encoder_digest, dimension=dimension)
            with pool.lend("BEGIN") as connection, _kept(connection):
                connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
                connection.execute(f"CREATE INDEX ON {_BUILDING} {_GRAPH}".encode())
                if _is_there(connection):
                    connection.execute(f"DROP TABLE {_TABLE}, vector_index".encode())
                connection.execute(f"ALTER TABLE {_BUILDING} RENAME TO {_TABLE}".encode())
                _make(connection, encoder_digest, dimension, if_missing=False)
        finally:
            pool.close()

    def __enter__(self) -> PostgresIndex:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors (len(ids), dimension); an id that is there is overwritten, the last of two equal ones wins."""
        if vectors.shape != (len(ids), self._dimension):
            raise ValueError(f"expected vectors ({len(ids)}, {self._dimension}), got {vectors.shape}")
        last = {id_: row for row, id_ in enumerate(ids)}
        names = list(last)
        with self._pool.lend("BEGIN") as connection, _kept(connection):
            for at in range(0, len(names), _PAGE):
                some = names[at : at + _PAGE]
                connection.execute(
                    f"INSERT INTO {self._table} SELECT id, told::halfvec FROM unnest(%s::text[], %s::text[]) "
                    "AS new(id, told) ON CONFLICT (id) DO UPDATE SET embedding = excluded.embedding".encode(),
                    (some, [_told(vectors[last[id_]]) for id_ in some]),
                )

    def remove(self, ids: Collection[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        with self._pool.lend("BEGIN") as connection, _kept(connection):
            connection.execute(f"DELETE FROM {self._table} WHERE id = ANY(%s::text[])".encode(), (list(ids),))

    def nearest(self, vector: Vectors, top_k: int, *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine) pairs, best first, for one vector (dimension,).

        ``among`` restricts the search to these ids; None means all. Up to 3,000 of them are compared exactly, anything
        more is found through the graph.

        Raises:
            IndexStale: the vectors have been made anew by another encoder.
        """
        if vector.shape != (self._dimension,):
            raise ValueError(f"expected a vector ({self._dimension},), got {vector.shape}")
        if top_k < 1 or (among is not None and not among):
            return []
        found: list[tuple[str, float]] = []
        if among is None or len(among) > _FEW:
            found = self._walk(vector, top_k, among)
        if among is not None and len(found) < min(top_k, len(among)):  # few, or they lie far off
            found = self._compare(vector, top_k, among)
        return sorted(found, key=lambda pair: -pair[1])

    def _walk(self, vector: Vectors, top_k: int, among: Collection[str] | None) -> list[tuple[str, float]]:
        """Walk the graph from the nearest on, past those that are not wanted."""
        condition, values = _one_of(among)
        told = _told(vector)
        return self._asked(
            _WALK,
            f"SELECT v.id, 1 - (v.embedding <=> %s::halfvec) FROM {self._table} v WHERE {condition} "
            "ORDER BY v.embedding <=> %s::halfvec LIMIT %s",
            (told, *values, told, top_k),
        )

    def _compare(self, vector: Vectors, top_k: int, among: Collection[str]) -> list[tuple[str, float]]:
        """Compare every one of these."""
        ids, values = _listed(among)
        return self._asked(
            "BEGIN READ ONLY",
            "WITH wanted AS MATERIALIZED "
            f"(SELECT v.id, v.embedding FROM ({ids}) s JOIN {self._table} v ON v.id = s.id) "
            "SELECT id, 1 - (embedding <=> %s::halfvec) AS cosine FROM wanted ORDER BY cosine DESC, id LIMIT %s",
            (*values, _told(vector), top_k),
        )

    def _asked(self, beginning: str, sql: str, values: Sequence[Any]) -> list[tuple[str, float]]:
        with self._pool.lend(beginning) as connection, _kept(connection):
            self._check_stamp(connection)
            return connection.execute(sql.encode(), values).fetchall()

    def ids(self) -> set[str]:
        """Every id that is stored."""
        with self._pool.lend("BEGIN READ ONLY") as connection, _kept(connection):
            return {row[0] for row in connection.execute(f"SELECT id FROM {self._table}".encode())}

    def vectors(self, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return those of these ids that are stored, and their vectors (ids, dimension), as they are kept."""
        with self._pool.lend("BEGIN READ ONLY") as connection, _kept(connection):
            rows = connection.execute(
                f"SELECT id, embedding::real[] FROM {self._table} WHERE id = ANY(%s::text[])".encode(), (list(ids),)
            ).fetchall()
        vectors = np.asarray([row[1] for row in rows], dtype=np.float32).reshape(-1, self._dimension)
        return [row[0] for row in rows], vectors

    def count(self) -> int:
        """How many ids are stored."""
        with self._pool.lend("BEGIN READ ONLY") as connection, _kept(connection):
            row = connection.execute(f"SELECT count(*) FROM {self._table}".encode()).fetchone()
            return int(row[0]) if row else 0

    def rewrite(self, keep: Collection[str]) -> None:
        """Write the table anew with these ids alone, so that its files hold no byte of any other.

        Nobody may be building an index meanwhile: what somebody who died had begun to build goes too.

        Raises:
            ArchiveError: somebody still reads what was there before.
        """
        self.remove(self.ids() - set(keep))
        with self._pool.lend("SELECT 1") as connection:
            _drop_begun(connection)
            await_readers(connection, self._pool.where)
            connection.execute(f"VACUUM (FULL) {self._table}".encode())

    def _check_stamp(self, connection: Any) -> None:
        """Refuse vectors of another encoder, now that they are looked at."""
        if self._table == _BUILDING:
            return
        if not _is_there(connection):
            raise IndexStale(f"There is no {self._pool.where}.", remedy=_REBUILD)
        stamp = connection.execute("SELECT schema, encoder, dimension FROM vector_index").fetchone()
        wanted = (_SCHEMA, self.encoder_digest, self._dimension)
        for name, has, needs in zip(("schema", "encoder", "dimension"), stamp, wanted, strict=True):
            if has != needs:
                raise IndexStale(
                    f"The {self._pool.where} has {name} {has!r}, not {needs!r}: its vectors cannot be compared with "
                    "this encoder's.",
                    remedy=_REBUILD,
                )


def _make(connection: Any, encoder_digest: str, dimension: int, *, if_missing: bool) -> None:
    """Make the table with its graph, and the note of what made its vectors."""
    if if_missing and _is_there(connection):
        return
    if if_missing:
        _make_table(connection, _TABLE, dimension)
        connection.execute(f"CREATE INDEX ON {_TABLE} {_GRAPH}")
    connection.execute("CREATE TABLE vector_index(schema integer NOT NULL, encoder text NOT NULL, dimension integer)")
    connection.execute("INSERT INTO vector_index VALUES(%s, %s, %s)", (_SCHEMA, encoder_digest, dimension))


def _is_there(connection: Any) -> bool:
    """Whether this schema has an index; another one of the search path may have another archive's."""
    own = "SELECT to_regclass(quote_ident(current_schema()) || '.vector_index') IS NOT NULL"
    return bool(connection.execute(own).fetchone()[0])


def _drop_begun(connection: Any) -> None:
    """Drop what somebody who died had begun to build, in this schema: another one's may be in the search path."""
    [schema] = connection.execute("SELECT quote_ident(current_schema())").fetchone()
    connection.execute(f"DROP TABLE IF EXISTS {schema}.{_BUILDING}".encode())


def _make_table(connection: Any, name: str, dimension: int) -> None:
    connection.execute(
        f'CREATE TABLE {name}(id text COLLATE "C" PRIMARY KEY, embedding halfvec({int(dimension)}) NOT NULL)'
    )
    # Statistics would keep an id where no erasing reaches it.
    connection.execute(f"ALTER TABLE {name} ALTER id SET STATISTICS 0, ALTER embedding SET STATISTICS 0")


def _need_pgvector(connection: Any, where: str) -> None:
    """See to it that the database has pgvector, of a version that scans on past a filter."""
    import psycopg

    row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchone()
    if row is None:
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        except psycopg.Error as error:
            raise IndexUnavailable(f"The {where} needs pgvector, which the database lacks.", remedy=_INSTALL) from error
        row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchone()
    if tuple(int(part) for part in row[0].split(".")[:2]) < (0, 8):
        raise IndexUnavailable(f"The {where} has pgvector {row[0]}, which is too old.", remedy=_INSTALL)


@contextmanager
def _kept(connection: Any) -> Iterator[None]:
    """Commit what the block does; whatever goes wrong in it, the transaction ends."""
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if not connection.closed:
            connection.execute("ROLLBACK")
        raise


def _one_of(among: Collection[str] | None) -> tuple[str, list[Any]]:
    """A condition on ``v.id`` that is looked up row by row, so that the graph's order is kept."""
    if among is None:
        return "true", []
    if isinstance(among, SelectedIds):
        return f"EXISTS (SELECT 1 FROM ({among.sql}) s WHERE s.id = v.id OFFSET 0)", [*among.values]
    return "v.id = ANY(%s::text[])", [list(among)]


def _listed(among: Collection[str]) -> tuple[str, list[Any]]:
    """A SELECT of the ids."""
    if isinstance(among, SelectedIds):
        return among.sql, [*among.values]
    return "SELECT DISTINCT unnest(%s::text[]) AS id", [list(among)]


def _told(vector: Vectors) -> str:
    """A vector as pgvector reads it, at the precision that it keeps."""
    return "[" + ",".join(f"{value:.5g}" for value in vector.astype(np.float16).tolist()) + "]"

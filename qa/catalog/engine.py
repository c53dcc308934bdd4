"""What the catalog asks of a database engine, so that one catalog has two: SQLite and PostgreSQL.

The SQL above this line is written once, in what both understand alike: values stand for ``?``, columns of truth hold
``true`` and ``false`` and are read as 1 and 0, texts are ordered by their code points, days are ISO 8601 texts,
``NULLS FIRST`` and ``LAST`` are said, conflicts are ``ON CONFLICT``, and ``"end"`` is quoted. What differs is behind
what stands here: how transactions begin and end, what a schema is made of, what is damaged, how erased bytes leave the
disk, and the index of words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from qa.types import Scope

__all__ = ["Connection", "Database", "Rows", "Wanted", "Words"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a passage is to hold: any of these terms, or ``every`` one, in both of its columns or in one of them.

    A term of several words is a phrase: the words one after the other. ``terms`` may be empty, which nothing satisfies.
    """

    terms: tuple[str, ...]
    every: bool = True
    column: Literal["text", "heading"] | None = None


class Rows(Protocol):
    """What a statement gives back."""

    @property
    def rowcount(self) -> int:
        """How many rows a statement that changes some has changed."""
        ...

    @property
    def description(self) -> Any:
        """A sequence for each column, which begins with its name."""
        ...

    def fetchone(self) -> Any:
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """The rest of the rows."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection to the tables; one thread's at a time."""

    @property
    def words(self) -> Words:
        """The engine's index of words."""
        ...

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Rows:
        """Run a statement with a value for each ``?``."""
        ...

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> object:
        """Run a statement once for each of these."""
        ...

    def keys_given(self) -> None:
        """Go on after the highest keys, now that rows came with theirs."""
        ...


class Words(Protocol):
    """The words of the passages of searched articles; compared without case and diacritics and by their stem."""

    def put_in(self, connection: Connection, article: int) -> None:
        """Add an article's passages, which are searched from now on."""
        ...

    def take_out(self, connection: Connection, article: int) -> bool:
        """Take out an article's passages, which are searched until now; False: :meth:`make_anew` has to follow."""
        ...

    def erasing(self, connection: Connection, articles: Sequence[int]) -> AbstractContextManager[None]:
        """Leave nothing of the words of articles whose passages are deleted within this block."""
        ...

    def make_anew(self, connection: Connection) -> None:
        """Make all of it anew from the texts."""
        ...

    def fault(self, connection: Connection) -> str | None:
        """Why it does not fit the texts; None where it does. May only be asked of a connection that may write."""
        ...

    def ranked(self, connection: Connection, wanted: Wanted, top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Passages in scope that match, best first: (id, BM25 score, higher is better)."""
        ...

    def holding(self, connection: Connection, wanted: Wanted) -> tuple[str, list[Any]]:
        """A SELECT of the keys of the passages that match, as ``key``, and its values."""
        ...

    def counted(self, connection: Connection, words: Sequence[str], most: int) -> Mapping[str, int]:
        """How many passages have each of these words, each of letters alone; counted up to ``most``."""
        ...


class Database(Protocol):
    """The tables of one archive -> transactions; may be used by several threads. Errors come out as ours."""

    @property
    def where(self) -> str:
        """Where the archive is, for messages."""
        ...

    @property
    def refusals(self) -> tuple[type[Exception], ...]:
        """What the engine raises where it cannot hold a value: the value is to blame, and not the database."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Lend a connection that sees one moment."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """Lend a connection in a transaction, one writer at a time, kept on success and undone on any error."""
        ...

    def checking(self) -> AbstractContextManager[Connection]:
        """Lend a connection that sees one moment, whose :meth:`Words.fault` may be asked, and that changes nothing."""
        ...

    def ids(self, sql: str, values: Sequence[Any]) -> Collection[str]:
        """The ids that a SELECT names in its one column, ``id``; fetched now, or when somebody needs them here."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes out of this block; may be nested in one thread."""
        ...

    def faults(self, connection: Connection) -> Iterable[str]:
        """What is wrong with the tables themselves, in words."""
        ...

    def scrub(self, table: str | None = None) -> None:
        """Leave no byte on the disk of what has been deleted, from this table or from all.

        Raises:
            ArchiveError: somebody reads, so that the bytes are still there.
        """
        ...

    def changes(self) -> int:
        """A number that another commit, of whatever process, makes another."""
        ...

    def close(self) -> None:
        """Close every connection; the database cannot be used afterwards."""
        ...

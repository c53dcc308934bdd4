"""One catalog's rows -> another's, whichever engine either has: the same keys, cells and seals.

Articles go over some at a time with all that hangs on them, each batch in one transaction, so that whoever dies goes on
after the last one that is there; the small tables follow at once. The index of words is not copied but made by the
engine that needs it. Until the copy has been compared with what it was made from, a note in it says that it is none:
it cannot be opened as an archive.

What it does not know: vectors (:mod:`qa.assistant.moving`), and what happens to the first catalog afterwards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from qa.catalog.engine import Connection, Database
from qa.catalog.sealing import set_note
from qa.errors import ArchiveError

__all__ = ["COPYING", "begin", "copy", "end", "fingerprints"]

COPYING = "copying"
"""What the table of notes calls where the rows come from, until they have been compared."""

_AT_ONCE = 200  # articles
_ROWS = 5_000  # of another table
_HANGING = ("location", "passage", "statement", "sketch", "notice")  # by their column ``article``
_KEYS = {
    "article": ("key",),
    "location": ("url", "article"),
    "passage": ("key",),
    "statement": ("article", "ordinal"),
    "sketch": ("article",),
    "notice": ("article",),
    "speaker_pin": ("spelling",),
    "feed": ("key",),
    "feed_item": ("feed", "item"),
    "band": ("hash", "article"),
    "copies": ("one", "other"),
    "correction": ("corrected", "notice"),
    "story_copy": ("article",),
    "repeated": ("article", "ordinal"),
    "ungrouped": ("article",),
    "obsolete": ("id",),
    "meta": ("name",),
}
"""Every table that is copied, in an order in which each row finds what it refers to."""

_FLAGS = {"searchable", "current", "indexed", "compared", "home"}  # which a table may hold as truth


def begin(source: Database, target: Database) -> None:
    """Note in an empty catalog that it is to become a copy, or see that this copy was begun before.

    Raises:
        ArchiveError: it holds an archive, or the copy of another one.
    """
    with target.writing() as connection:
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (COPYING,)).fetchone()
        begun = None if row is None else row[0]
        if begun == source.where:
            return
        if begun is not None or connection.execute("SELECT 1 FROM article LIMIT 1").fetchone():
            raise ArchiveError(
                f"{target.where} holds an archive already" + (f", copied by half from {begun}." if begun else "."),
                remedy="Move into an empty place, or delete what is there.",
            )
        set_note(connection, COPYING, source.where)


def copy(source: Database, target: Database, tell: Callable[[int, int], None]) -> None:
    """Copy what the target lacks; ``tell`` hears how many articles of how many are there."""
    with source.reading() as rows:
        total: int = rows.execute("SELECT count(*) FROM article").fetchone()[0]
        with target.reading() as there:
            done, last = there.execute("SELECT count(*), coalesce(max(key), 0) FROM article").fetchone()
        while keys := _keys_after(rows, last):
            last = keys[-1]
            within = f"IN ({', '.join('?' * len(keys))})"
            with target.writing() as connection:
                for table in ("article", *_HANGING):
                    column = "key" if table == "article" else "article"
                    _put(connection, table, rows.execute(f"SELECT * FROM {table} WHERE {column} {within}", keys))
                for key in keys:
                    if rows.execute("SELECT searchable FROM article WHERE key = ?", (key,)).fetchone()[0]:
                        connection.words.put_in(connection, key)
            done += len(keys)
            tell(done, total)
        with target.writing() as connection:
            rest = [table for table in _KEYS if table not in {"article", *_HANGING}]
            for table in reversed(rest):
                connection.execute(f"DELETE FROM {table} WHERE {_KEYS[table][0]} IS NOT NULL{_unless_ours(table)}")
            for table in rest:
                for page in _pages(rows, table):
                    _put(connection, table, page)
            connection.keys_given()


def fingerprints(database: Database) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and the SHA-256 of them in the order of their keys."""
    found = {}
    with database.reading() as connection:
        for table in _KEYS:
            digest, count = hashlib.sha256(), 0
            for page in _pages(connection, table):
                names = [column[0] for column in page.description]
                for row in page:
                    cells = sorted(zip(names, map(_plain, row), strict=True))
                    digest.update(json.dumps(cells, ensure_ascii=True).encode())
                    count += 1
            found[table] = count, digest.hexdigest()
    return found


def end(target: Database) -> None:
    """Take the note away: the copy is an archive from now on."""
    with target.writing() as connection:
        connection.execute("DELETE FROM meta WHERE name = ?", (COPYING,))


def _keys_after(connection: Connection, key: int) -> list[int]:
    rows = connection.execute("SELECT key FROM article WHERE key > ? ORDER BY key LIMIT ?", (key, _AT_ONCE))
    return [row[0] for row in rows.fetchall()]


def _pages(connection: Connection, table: str) -> Iterator[Any]:
    """The rows of a table in the order of their keys, some at a time."""
    keys = _KEYS[table]
    order = ", ".join(keys)
    last: Sequence[Any] | None = None
    while True:
        after = "" if last is None else f" AND ({order}) > ({', '.join('?' * len(keys))})"
        places = f"FROM {table} WHERE {keys[0]} IS NOT NULL{_unless_ours(table)}{after} ORDER BY {order}"
        bound = connection.execute(f"SELECT {order} {places} LIMIT 1 OFFSET {_ROWS - 1}", last or ()).fetchone()
        until = "" if bound is None else f" AND ({order}) <= ({', '.join('?' * len(keys))})"
        sql = f"SELECT * {places}".replace(" ORDER BY", f"{until} ORDER BY")
        yield connection.execute(sql, (*(last or ()), *(bound or ())))
        if bound is None:
            return
        last = bound


def _unless_ours(table: str) -> str:
    return f" AND name != '{COPYING}'" if table == "meta" else ""


def _put(connection: Connection, table: str, rows: Any) -> None:
    names = [column[0] for column in rows.description]
    flags = [name in _FLAGS for name in names]
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.executemany(
        f"INSERT INTO {table}({quoted}) VALUES({marks})",
        [tuple(bool(cell) if flag else cell for cell, flag in zip(row, flags, strict=True)) for row in rows.fetchall()],
    )


def _plain(cell: Any) -> Any:
    """A cell as both engines have it."""
    return cell.hex() if isinstance(cell, bytes) else int(cell) if isinstance(cell, bool) else cell

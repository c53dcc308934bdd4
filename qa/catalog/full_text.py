"""The catalog's index of words in SQLite: its full-text index (FTS5, BM25), told of every article by hand.

The index keeps no text: to forget a passage it has to be told the passage's words, and where these are not what it was
told first, it is made anew. A deletion alone leaves words in its older segments, so after an erasing it is made anew
too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from qa.catalog.engine import Connection, Wanted
from qa.catalog.scoping import in_scope
from qa.catalog.sealing import words_fit
from qa.types import Scope

__all__ = ["FullText"]

_OF_ARTICLE = (
    "SELECT key, text, heading FROM searchable_passage WHERE key IN (SELECT key FROM passage WHERE article = ?)"
)


class FullText:
    """A :class:`qa.catalog.engine.Words`."""

    def put_in(self, connection: Connection, article: int) -> None:
        """Add an article's passages."""
        connection.execute(f"INSERT INTO passage_words(rowid, text, heading) {_OF_ARTICLE}", (article,))

    def take_out(self, connection: Connection, article: int) -> bool:
        """Tell the index the words that it is to forget, before the view drops them, if they are what it was told."""
        if not words_fit(connection, article):  # a damaged text has other words than those that it would have to forget
            return False
        connection.execute(
            "INSERT INTO passage_words(passage_words, rowid, text, heading) "
            + _OF_ARTICLE.replace("SELECT", "SELECT 'delete',", 1),
            (article,),
        )
        return True

    @contextmanager
    def erasing(self, connection: Connection, articles: Sequence[int]) -> Iterator[None]:
        """Make the index anew once the passages are gone."""
        yield
        self.make_anew(connection)

    def make_anew(self, connection: Connection) -> None:
        """Make all of it anew from the texts."""
        connection.execute("INSERT INTO passage_words(passage_words) VALUES('rebuild')")

    def fault(self, connection: Connection) -> str | None:
        """What FTS5's own check says, which is spelt as an INSERT."""
        try:  # rank 1: compare with the texts as well
            connection.execute("INSERT INTO passage_words(passage_words, rank) VALUES('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            return str(error)
        return None

    def ranked(self, connection: Connection, wanted: Wanted, top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Passages in scope that match, best first."""
        condition, values = in_scope(scope)
        # The joins are crossed so that SQLite walks the matches from the best on and stops at the last one wanted,
        # instead of ranking everything in scope.
        rows = connection.execute(
            "SELECT p.id, -w.rank FROM passage_words w CROSS JOIN passage p ON p.key = w.rowid "
            "CROSS JOIN article a ON a.key = p.article "
            f"WHERE passage_words MATCH ? AND {condition} ORDER BY w.rank LIMIT ?",
            (_expression(wanted), *values, top_k),
        )
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def holding(self, connection: Connection, wanted: Wanted) -> tuple[str, list[Any]]:
        """A SELECT of the keys of the passages that match."""
        return "SELECT rowid AS key FROM passage_words WHERE passage_words MATCH ?", [_expression(wanted)]


def _expression(wanted: Wanted) -> str:
    """An FTS5 expression, in which each term is a string and nothing in it an operator."""
    column = f"{wanted.column} : " if wanted.column else ""
    quoted = (f'{column}"{term.replace(chr(34), chr(34) * 2)}"' for term in wanted.terms)
    return (" AND " if wanted.every else " OR ").join(quoted)

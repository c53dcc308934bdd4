"""The catalog's index of words in SQLite: its full-text index (FTS5, BM25), told of every article by hand.

The index keeps no text: to forget a passage it has to be told the passage's words, and where these are not what it was
told first, it is made anew. A deletion alone leaves words in its older segments, so after an erasing it is made anew
too.

Ranking a passage takes twenty times as long as finding that it has a word, and a common word is in as many as the
archive is large. So what is ranked is bounded: passages with any of some terms are those with the rarest of them, up to
20,000, of which all terms count but for the commonest, once these together are in more than 100,000; of a narrow scope
those in it. In an archive of up to some 60,000 passages that is nearly always all (timed on it, in processor time: 0.13
µs a passage found, 2.7 µs one ranked).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate
from typing import Any

from qa.catalog.engine import Connection, Wanted
from qa.catalog.scoping import in_scope
from qa.catalog.sealing import words_fit
from qa.types import Scope

__all__ = ["FullText"]

_RANKED = 20_000  # passages with the rarest terms, which are ranked
_FOUND = 100_000  # passages with the terms that count for their rank, each as often as it has one
_AT_ONCE = 500  # passages in one statement
_NARROW = 1_000  # articles of a scope whose passages are all known before any is ranked
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
        rarest, counted = _worth(connection, wanted)
        if not scope.unbounded and _is_narrow(connection, scope):
            rows = self._ranked_in(connection, counted, top_k, scope)
        elif len(rarest.terms) == len(counted.terms):
            rows = self._walked(connection, counted, top_k, scope)
        else:
            rows = self._ranked_of(connection, rarest, counted, top_k, scope)
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def _walked(self, connection: Connection, wanted: Wanted, top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Rank all that match, and walk from the best on to the last one wanted, instead of looking up everything."""
        condition, values = in_scope(scope)
        return connection.execute(
            "SELECT p.id, -w.rank FROM passage_words w CROSS JOIN passage p ON p.key = w.rowid "
            "CROSS JOIN article a ON a.key = p.article "
            f"WHERE passage_words MATCH ? AND {condition} ORDER BY w.rank LIMIT ?",
            (_expression(wanted), *values, top_k),
        ).fetchall()

    def _ranked_in(self, connection: Connection, wanted: Wanted, top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Rank what is in a narrow scope alone; the signs keep the index from ranking the rest."""
        condition, values = in_scope(scope)
        return connection.execute(
            "SELECT p.id, -w.rank FROM passage_words w CROSS JOIN passage p ON p.key = w.rowid "
            "WHERE passage_words MATCH ? AND +w.rowid IN "
            f"(SELECT p.key FROM article a JOIN passage p ON p.article = a.key WHERE {condition}) "
            "ORDER BY +w.rank LIMIT ?",
            (_expression(wanted), *values, top_k),
        ).fetchall()

    def _ranked_of(
        self, connection: Connection, rarest: Wanted, wanted: Wanted, top_k: int, scope: Scope
    ) -> list[tuple[str, float]]:
        """Rank what has one of the rarest terms, and look up the best."""
        condition, values = in_scope(scope)
        limit = top_k if scope.unbounded else _RANKED
        ranking = (
            "SELECT rowid AS key, rank AS score FROM passage_words WHERE passage_words MATCH ? AND +rowid IN "
            "(SELECT rowid FROM passage_words WHERE passage_words MATCH ?) ORDER BY +rank LIMIT ?"
        )
        found: list[tuple[str, float]] = []
        best = connection.execute(ranking, (_expression(wanted), _expression(rarest), limit)).fetchall()
        for at in range(0, len(best), _AT_ONCE):
            some = dict(best[at : at + _AT_ONCE])
            rows = connection.execute(
                "SELECT p.id, p.key FROM passage p CROSS JOIN article a ON a.key = p.article "
                f"WHERE p.key IN ({', '.join('?' * len(some))}) AND {condition}",
                (*some, *values),
            )
            found += sorted(((id_, -some[key]) for id_, key in rows), key=lambda row: (-row[1], row[0]))
            if len(found) >= top_k:
                break
        return found[:top_k]

    def holding(self, connection: Connection, wanted: Wanted) -> tuple[str, list[Any]]:
        """A SELECT of the keys of the passages that match."""
        return "SELECT rowid AS key FROM passage_words WHERE passage_words MATCH ?", [_expression(wanted)]

    def counted(self, connection: Connection, words: Sequence[str], most: int) -> Mapping[str, int]:
        """How many passages have each of these words, in one statement: some 40 µs a word."""
        return dict(
            connection.execute(
                "SELECT value, (SELECT count(*) FROM (SELECT 1 FROM passage_words "
                "WHERE passage_words MATCH '\"' || value || '\"' LIMIT ?)) FROM json_each(?)",
                (most, json.dumps(list(words))),
            ).fetchall()
        )


def _worth(connection: Connection, wanted: Wanted) -> tuple[Wanted, Wanted]:
    """Of any of some terms the rarest, by which passages are found, and those that count for their rank."""
    if wanted.every or len(wanted.terms) < 2:
        return wanted, wanted
    counts = {
        term: connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT ?)",
            (_expression(replace(wanted, terms=(term,))), _FOUND + 1),
        ).fetchone()[0]
        for term in wanted.terms
    }
    present = sorted((term for term in counts if counts[term]), key=lambda term: (counts[term], term))
    together = list(accumulate(counts[term] for term in present))
    rarest, counted = (
        tuple(term for term, all_of_them in zip(present, together, strict=True) if all_of_them <= most)
        or tuple(present[:1])
        for most in (_RANKED, _FOUND)
    )
    return replace(wanted, terms=_in_order(wanted, rarest)), replace(wanted, terms=_in_order(wanted, counted))


def _in_order(wanted: Wanted, chosen: Collection[str]) -> tuple[str, ...]:
    return tuple(term for term in wanted.terms if term in chosen) or wanted.terms[:1]


def _is_narrow(connection: Connection, scope: Scope) -> bool:
    condition, values = in_scope(scope)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM article a WHERE {condition} LIMIT ?)"
    articles: int = connection.execute(sql, (*values, _NARROW + 1)).fetchone()[0]
    return articles <= _NARROW


def _expression(wanted: Wanted) -> str:
    """An FTS5 expression, in which each term is a string and nothing in it an operator."""
    column = f"{wanted.column} : " if wanted.column else ""
    quoted = (f'{column}"{term.replace(chr(34), chr(34) * 2)}"' for term in wanted.terms)
    return (" AND " if wanted.every else " OR ").join(quoted)

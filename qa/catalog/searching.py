"""Words -> passages, by SQLite's full-text index (FTS5, BM25).

Only passages of articles that are current and not hidden are in the index. Words are compared without case and
diacritics and by their Porter stem; "Merz's" is the words "merz" and "s". A phrase never reaches across two passages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from qa.types import Scope

__all__ = ["all_words", "any_word", "articles_with", "in_heading", "in_scope", "newest", "phrase", "search"]


def any_word(terms: Iterable[str]) -> str:
    """An FTS5 expression for passages that hold any of ``terms``; empty when no term is a word."""
    return " OR ".join(_quoted(terms))


def all_words(terms: Iterable[str]) -> str:
    """An FTS5 expression for passages that hold all of ``terms``, in the text or in the heading."""
    return " AND ".join(_quoted(terms))


def in_heading(terms: Iterable[str]) -> str:
    """An FTS5 expression for passages whose heading holds all of ``terms``."""
    return " AND ".join(f"heading : {term}" for term in _quoted(terms))


def phrase(words: Sequence[str]) -> str:
    """An FTS5 expression for passages whose text, not its heading, holds ``words`` one after the other."""
    quoted = _quoted([" ".join(words)])
    return f"text : {quoted[0]}" if quoted else ""


def search(connection: sqlite3.Connection, expression: str, top_k: int, scope: Scope) -> list[tuple[str, float]]:
    """Passages that match, best first: (id, BM25 score, higher is better)."""
    if not expression or top_k < 1:
        return []
    condition, values = in_scope(scope)
    # The joins are crossed so that SQLite walks the matches from the best on and stops at the last one wanted, instead
    # of ranking everything in scope.
    rows = connection.execute(
        "SELECT p.id, -w.rank FROM passage_words w CROSS JOIN passage p ON p.key = w.rowid "
        "CROSS JOIN article a ON a.key = p.article "
        f"WHERE passage_words MATCH ? AND {condition} ORDER BY w.rank LIMIT ?",
        (expression, *values, top_k),
    )
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def newest(connection: sqlite3.Connection, expression: str, top_k: int, scope: Scope) -> list[str]:
    """Ids of passages that match, those of the newest articles first and of one article in their order."""
    if not expression or top_k < 1:
        return []
    condition, values = in_scope(scope)
    rows = connection.execute(
        "SELECT p.id FROM passage_words w JOIN passage p ON p.key = w.rowid JOIN article a ON a.key = p.article "
        f"WHERE passage_words MATCH ? AND {condition} ORDER BY a.published DESC, p.key LIMIT ?",
        (expression, *values, top_k),
    )
    return [row[0] for row in rows]


def articles_with(connection: sqlite3.Connection, expression: str) -> int:
    """How many articles have a passage that matches."""
    if not expression:
        return 0
    count: int = connection.execute(
        "SELECT count(DISTINCT p.article) FROM passage_words w JOIN passage p ON p.key = w.rowid "
        "WHERE passage_words MATCH ?",
        (expression,),
    ).fetchone()[0]
    return count


def in_scope(scope: Scope) -> tuple[str, list[str]]:
    """A condition on ``article a`` and its values: searched, and within the dates and outlets.

    An article without a date is outside every bound. Outlets are compared without regard to ASCII case.
    """
    conditions, values = ["a.searchable"], []
    if scope.published_after is not None:
        conditions.append("a.published >= ?")
        values.append(scope.published_after.isoformat())
    if scope.published_before is not None:
        conditions.append("a.published <= ?")
        values.append(scope.published_before.isoformat())
    if scope.outlets:
        marks = ", ".join("?" * len(scope.outlets))
        conditions.append(
            "EXISTS (SELECT 1 FROM location l WHERE l.article = a.key AND l.current "
            f"AND l.outlet COLLATE NOCASE IN ({marks}))"
        )
        values.extend(scope.outlets)
    return " AND ".join(conditions), values


def _quoted(terms: Iterable[str]) -> list[str]:
    """Each term as an FTS5 string, in which nothing is an operator; terms without a letter or digit are left out."""
    readable = (term.replace("\0", " ").encode("utf-8", "ignore").decode() for term in terms)
    return [f'"{term.replace(chr(34), chr(34) * 2)}"' for term in readable if any(map(str.isalnum, term))]

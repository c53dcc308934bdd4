"""The file -> a report on whether it is sound."""

from __future__ import annotations

import sqlite3

from qa.catalog.records import CatalogReport
from qa.catalog.sealing import fault_of, keep_articles, pins_fit

__all__ = ["check"]

_OF_SEARCHED = "p JOIN article a ON a.key = p.article WHERE a.searchable"
_COUNTS = {
    "articles": "SELECT count(*) FROM article WHERE searchable",
    "superseded": "SELECT count(*) FROM article WHERE NOT searchable AND hidden_at IS NULL",
    "hidden": "SELECT count(*) FROM article WHERE hidden_at IS NOT NULL",
    "passages": f"SELECT count(*) FROM passage {_OF_SEARCHED}",
    "statements": f"SELECT count(*) FROM statement {_OF_SEARCHED}",
    "unindexed": f"SELECT count(*) FROM passage {_OF_SEARCHED} AND NOT p.indexed",
    "obsolete": "SELECT count(*) FROM obsolete",
}


def check(connection: sqlite3.Connection) -> CatalogReport:
    """Count, and look for damage: pages, references, the full-text index against the texts, half-written articles."""
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [
        f"a row of {row[0]} refers to a missing {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")
    ]
    try:  # rank 1: compare with the texts as well
        connection.execute("INSERT INTO passage_words(passage_words, rank) VALUES('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        problems.append(f"the full-text index does not fit the texts: {error}")
    problems += [
        f"article {row[0]} has an address or a passage too few"
        for row in connection.execute(
            "SELECT id FROM article a WHERE NOT EXISTS (SELECT 1 FROM location WHERE article = a.key) "
            "OR NOT EXISTS (SELECT 1 FROM passage WHERE article = a.key)"
        )
    ]
    for kept in keep_articles(connection, "1 ORDER BY key", ()):
        if fault := fault_of(connection, kept):
            problems.append(f"article {kept.id} is damaged: {fault}")
    if not pins_fit(connection):
        problems.append("what was decided about speakers' spellings is not what was stored")
    counts = {name: connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
    return CatalogReport(problems=tuple(problems), **counts)

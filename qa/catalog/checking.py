"""The file -> a report on whether it is sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.catalog.engine import Connection
from qa.catalog.records import CatalogReport, Damaged
from qa.catalog.sealing import fault_of, keep_articles, pins_fit, seal_pins

__all__ = ["check", "damaged", "mend"]

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


def check(connection: Connection, faults: Iterable[str]) -> CatalogReport:
    """Count, and look for damage: the index of words against the texts, half-written articles.

    ``faults`` are those of the tables themselves.
    """
    problems = [*faults]
    problems += [
        f"article {row[0]} has an address or a passage too few"
        for row in connection.execute(
            "SELECT id FROM article a WHERE NOT EXISTS (SELECT 1 FROM location WHERE article = a.key) "
            "OR NOT EXISTS (SELECT 1 FROM passage WHERE article = a.key)"
        )
    ]
    mendable = [f"article {one.article_id} is damaged: {one.what}" for one in damaged(connection)]
    if reason := connection.words.fault(connection):
        mendable.append(f"the full-text index does not fit the texts: {reason}")
    if not pins_fit(connection):
        mendable.append("what was decided about speakers' spellings is not what was stored")
    counts = {name: connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
    return CatalogReport(problems=(*problems, *mendable), mendable=tuple(mendable), **counts)


def damaged(connection: Connection) -> Iterator[Damaged]:
    """Every article that is not as it was stored, with what is known of where it came from."""
    for kept in list(keep_articles(connection, "true ORDER BY key", ())):
        if what := fault_of(connection, kept):
            article = kept.article() if kept.fault() is None else None
            addresses = tuple(place[0] for place in kept.places if isinstance(place[0], str))
            yield Damaged(kept.key, kept.id, what, kept.true_id, addresses, article)


def mend(connection: Connection) -> bool:
    """Make anew what can be made of the rows themselves; say whether there was anything."""
    words, pins = connection.words.fault(connection) is not None, not pins_fit(connection)
    if words:
        connection.words.make_anew(connection)
    if pins:
        seal_pins(connection)
    return words or pins

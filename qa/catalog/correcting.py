"""Which articles have a notice of another's error, and which articles those correct: two small tables.

They hold no words: what a notice says is read anew out of its article's sealed text, so that a damaged row here can at
most lose a link.

What it does not know: what a notice is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from qa.catalog.browsing import batches
from qa.catalog.engine import Connection

__all__ = ["NOTICES_READ", "articles_after", "correcting", "link", "note", "noticing"]

NOTICES_READ = "notices_read"
"""What the table of notes calls the last article that was read for notices, and by which rules."""


def articles_after(connection: Connection, key: int, limit: int) -> list[tuple[int, str]]:
    """Key and id of the searched articles that were stored after the one of this key, in that order."""
    return connection.execute(
        "SELECT key, id FROM article WHERE key > ? AND searchable ORDER BY key LIMIT ?", (key, limit)
    ).fetchall()


def note(connection: Connection, article_ids: Iterable[str]) -> None:
    """Note that these articles have a notice of another's error."""
    connection.executemany(
        "INSERT INTO notice SELECT key FROM article WHERE id = ? ON CONFLICT DO NOTHING",
        ((id_,) for id_ in article_ids),
    )


def noticing(connection: Connection) -> list[str]:
    """Ids of the searched articles that have a notice of another's error."""
    rows = connection.execute(
        "SELECT a.id FROM notice n JOIN article a ON a.key = n.article WHERE a.searchable ORDER BY a.key"
    )
    return [row[0] for row in rows]


def link(connection: Connection, noticing_id: str, corrected_ids: Iterable[str]) -> None:
    """Put these in the place of the articles that an article's notices corrected before."""
    connection.execute("DELETE FROM correction WHERE notice = (SELECT key FROM article WHERE id = ?)", (noticing_id,))
    connection.executemany(
        "INSERT INTO correction(corrected, notice) "
        "SELECT c.key, n.key FROM article c, article n WHERE c.id = ? AND n.id = ? ON CONFLICT DO NOTHING",
        ((id_, noticing_id) for id_ in corrected_ids),
    )


def correcting(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[str]]:
    """For each of these articles that is corrected, the ids of the searched articles whose notices do it."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in batches(article_ids):
        rows = connection.execute(
            "SELECT c.id, n.id FROM correction x "
            "JOIN article c ON c.key = x.corrected JOIN article n ON n.key = x.notice "
            f"WHERE n.searchable AND c.id IN ({', '.join('?' * len(some))}) ORDER BY n.key",
            some,
        )
        for corrected, by in rows:
            found[corrected].append(by)
    return dict(found)

"""Whether an entry may change what its address has: the rule, and the note that it needs.

What an address's own server gave is replaced by what that server gives, not by a file that states the address; what
came from a file, by either. That a page's server speaks for the address is ingestion's promise (``Article.origin``).
"""

from __future__ import annotations

from qa.catalog.engine import Connection
from qa.types import Article

__all__ = ["note_origin", "origin_against"]


def origin_against(connection: Connection, article: Article) -> str | None:
    """The server whose text this article, from a file, would replace at its address; None where it replaces none."""
    if article.origin is not None:
        return None
    row = connection.execute(
        "SELECT l.origin FROM location l JOIN article a ON a.key = l.article "
        "WHERE l.url = ? AND l.current AND a.id != ? AND a.hidden_at IS NULL",
        (article.url, article.id),
    ).fetchone()
    return row[0] if row else None


def note_origin(connection: Connection, article: Article) -> None:
    """Remember the server that gave this text at its address; a file that has the same text takes nothing back."""
    connection.execute(
        "UPDATE location SET origin = coalesce(?, origin) "
        "WHERE url = ? AND article = (SELECT key FROM article WHERE id = ?)",
        (article.origin, article.url, article.id),
    )

"""Words -> passages that hold them.

Only passages of articles that are current and not hidden are in the index. Words are compared without case and
diacritics and by their Porter stem; "Merz's" is the words "merz" and "s". A phrase never reaches across two passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.catalog.engine import Connection, Wanted
from qa.catalog.scoping import in_scope
from qa.types import Scope

__all__ = ["all_words", "any_word", "articles_with", "in_heading", "newest", "one_of", "phrase", "search"]


def any_word(terms: Iterable[str]) -> Wanted:
    """Passages that hold any of ``terms``; none when no term is a word."""
    return Wanted(_readable(terms), every=False)


def all_words(terms: Iterable[str]) -> Wanted:
    """Passages that hold all of ``terms``, in the text or in the heading."""
    return Wanted(_readable(terms))


def in_heading(terms: Iterable[str]) -> Wanted:
    """Passages whose heading holds all of ``terms``."""
    return Wanted(_readable(terms), column="heading")


def phrase(words: Sequence[str]) -> Wanted:
    """Passages whose text, not its heading, holds ``words`` one after the other."""
    return Wanted(_readable([" ".join(words)]), column="text")


def one_of(phrases: Iterable[str]) -> Wanted:
    """Passages whose text, not its heading, holds one of these phrases."""
    return Wanted(_readable(phrases), every=False, column="text")


def search(connection: Connection, wanted: Wanted, top_k: int, scope: Scope) -> list[tuple[str, float]]:
    """Passages that match, best first: (id, BM25 score, higher is better)."""
    return connection.words.ranked(connection, wanted, top_k, scope) if wanted.terms and top_k > 0 else []


def newest(connection: Connection, wanted: Sequence[Wanted], top_k: int, scope: Scope) -> list[str]:
    """Ids of passages that match all of these, those of the newest articles first and of one article in their order."""
    if not wanted or not all(each.terms for each in wanted) or top_k < 1:
        return []
    selected = [connection.words.holding(connection, each) for each in wanted]
    matches = " INTERSECT ".join(f"SELECT key FROM ({select}) h" for select, _ in selected)
    sought = [value for _, values in selected for value in values]
    condition, values = in_scope(scope)
    rows = connection.execute(
        f"SELECT p.id FROM ({matches}) w JOIN passage p ON p.key = w.key JOIN article a ON a.key = p.article "
        f"WHERE {condition} ORDER BY a.published DESC NULLS LAST, p.key LIMIT ?",
        (*sought, *values, top_k),
    )
    return [row[0] for row in rows]


def articles_with(connection: Connection, wanted: Wanted) -> int:
    """How many articles have a passage that matches."""
    if not wanted.terms:
        return 0
    matches, sought = connection.words.holding(connection, wanted)
    count: int = connection.execute(
        f"SELECT count(DISTINCT p.article) FROM ({matches}) w JOIN passage p ON p.key = w.key", sought
    ).fetchone()[0]
    return count


def _readable(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms that have a letter or digit, as a database takes them."""
    readable = (term.replace("\0", " ").encode("utf-8", "ignore").decode() for term in terms)
    return tuple(term for term in readable if any(map(str.isalnum, term)))

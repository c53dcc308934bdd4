"""A scope -> a condition on ``article a`` and its values."""

from __future__ import annotations

import string

from qa.types import Scope

__all__ = ["in_scope", "lowered"]

_TO_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def in_scope(scope: Scope) -> tuple[str, list[str]]:
    """Searched, within the dates and outlets, and one of the articles.

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
        # Both engines' lower() changes ASCII letters alone: SQLite's does, and PostgreSQL's in the collation "C".
        conditions.append(
            f"a.key IN (SELECT l.article FROM location l WHERE l.current AND lower(l.outlet) IN ({marks}))"
        )
        values.extend(map(lowered, scope.outlets))
    if scope.articles:
        conditions.append(f"a.id IN ({', '.join('?' * len(scope.articles))})")
        values.extend(scope.articles)
    return " AND ".join(conditions), values


def lowered(outlet: str) -> str:
    """An outlet's name as the tables compare it."""
    return outlet.translate(_TO_LOWER)

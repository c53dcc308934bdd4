"""Ids that a SELECT names -> a set that is fetched when somebody needs all of it, and otherwise is only asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence, Set
from functools import cached_property
from typing import Any

__all__ = ["SelectedIds"]

_AT_ONCE = 500  # ids in one statement


class SelectedIds(Set[str]):
    """Ids that a SELECT in the database names: whoever asks there need not fetch them.

    Args:
        sql: it; its one column is called ``id``.
        values: its values.
        fetch: runs a statement with values and returns its rows.
        mark: what stands for a value in a statement.
    """

    def __init__(
        self,
        sql: str,
        values: Sequence[Any],
        fetch: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]],
        *,
        mark: str,
    ) -> None:
        self._mark = mark
        self.sql = sql
        self.values = values
        self._fetch = fetch

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._fetch(self.sql, self.values))

    @cached_property
    def _count(self) -> int:
        return int(self._fetch(f"SELECT count(*) FROM ({self.sql}) s", self.values)[0][0])

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    def holding(self, ids: Collection[str]) -> set[str]:
        """Those of these ids that are among them."""
        asked, found = list(ids), set[str]()
        for at in range(0, len(asked), _AT_ONCE):
            some = asked[at : at + _AT_ONCE]
            marks = ", ".join([self._mark] * len(some))
            rows = self._fetch(f"SELECT id FROM ({self.sql}) s WHERE id IN ({marks})", (*self.values, *some))
            found.update(row[0] for row in rows)
        return found

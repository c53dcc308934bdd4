"""Which articles may answer, as a visitor chose it: query parameters <-> publication dates and outlets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from starlette.datastructures import QueryParams

from qa.errors import QuestionError
from qa.types import Scope

__all__ = ["Filters"]

MAX_OUTLETS = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Both dates are inclusive; no outlets means all of them."""

    published_after: date | None = None
    published_before: date | None = None
    outlets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.scope()  # dates that contradict each other are told at once
        if len(self.outlets) > MAX_OUTLETS:
            raise QuestionError(f"At most {MAX_OUTLETS} outlets can be chosen at once.", limit=MAX_OUTLETS)

    @classmethod
    def from_query(cls, query: QueryParams) -> Self:
        """Read a form's fields, of which empty ones count as not given."""
        outlets = dict.fromkeys(name.strip() for name in query.getlist("outlets") if name.strip())
        return cls(_day(query.get("published_after", "")), _day(query.get("published_before", "")), tuple(outlets))

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.published_after or self.published_before or self.outlets)

    def scope(self) -> Scope:
        """Return the choice as the archive takes it."""
        return Scope(self.published_after, self.published_before, self.outlets)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the query parameters that :meth:`from_query` reads back."""
        days = [("published_after", self.published_after), ("published_before", self.published_before)]
        return [(name, day.isoformat()) for name, day in days if day] + [("outlets", name) for name in self.outlets]

    def short_pairs(self) -> list[tuple[str, str]]:
        """Return :meth:`pairs` as the addresses of statements and feeds call them."""
        names = {"published_after": "after", "published_before": "before", "outlets": "outlet"}
        return [(names[name], value) for name, value in self.pairs()]

    def without(self, name: str, value: str) -> Filters:
        """Drop one of :meth:`pairs`."""
        if name == "published_after":
            return replace(self, published_after=None)
        if name == "published_before":
            return replace(self, published_before=None)
        return replace(self, outlets=tuple(outlet for outlet in self.outlets if outlet != value))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise QuestionError(f"{text!r} is not a date such as 2025-12-31.") from error

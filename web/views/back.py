"""An answer's address -> the addresses of articles that lead back to it.

The address of an article can say from which answer the visitor came: its questions, its filters and the number of the
statement. So "back to the answer" works without scripts, in a new window and after a reload. What this does not know:
whether the answer is still the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from web.filters import Filters

__all__ = ["NUMBER", "Back", "came_from", "conversation"]

NUMBER = "from"  # the parameter that holds the number of the statement


@dataclass(frozen=True, slots=True)
class Back:
    """A conversation, its questions oldest first, and the statement of its last answer that is left."""

    questions: tuple[str, ...]
    filters: Filters
    number: int | None = None

    @property
    def href(self) -> str:
        """The address of the answer, landing on the statement."""
        return conversation(self.questions, self.filters) + (f"#s{self.number}" if self.number else "")


def conversation(questions: Sequence[str], filters: Filters, path: str = "/") -> str:
    """Return the address of a conversation: its questions, oldest first, and the filters."""
    query = urlencode([*(("q", question) for question in questions), *filters.pairs()])
    return f"{path}?{query}" if query else path


def came_from(href: str, back: Back | None) -> str:
    """Have the address of an article say from which answer one came."""
    if back is None or not back.questions:
        return href
    address, hash_, fragment = href.partition("#")
    asked = [("q", question) for question in back.questions]
    number = [(NUMBER, str(back.number))] if back.number else []
    query = urlencode([*asked, *back.filters.pairs(), *number])
    return f"{address}{'&' if '?' in address else '?'}{query}{hash_}{fragment}"

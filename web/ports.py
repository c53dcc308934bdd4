"""What the pages need of an archive: :class:`qa.assistant.Assistant` fits this, and so does a fake in the tests.

Promise: nothing else of the assistant is used here. What this does not know: SQLite, Chroma, models.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from qa.answering.verification import Verification
from qa.errors import QaError
from qa.types import Article, Outcome

__all__ = ["Archive", "Status", "Summary"]


class Summary(Protocol):
    """An article without its text, as lists show it."""

    @property
    def id(self) -> str:
        """The article's name in this archive."""
        ...

    @property
    def url(self) -> str:
        """Where it was published."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def title(self) -> str:
        """Its headline."""
        ...

    @property
    def byline(self) -> str | None:
        """Who wrote it."""
        ...

    @property
    def published(self) -> date | None:
        """On which day."""
        ...


class Status(Protocol):
    """Whether questions can be answered, and over how much."""

    @property
    def ready(self) -> bool:
        """Whether questions can be answered."""
        ...

    @property
    def articles(self) -> int:
        """How many articles are searched."""
        ...

    @property
    def passages(self) -> int:
        """How many passages they have."""
        ...

    @property
    def problem(self) -> QaError | None:
        """What stands in the way, when something does."""
        ...


class Archive(Protocol):
    """An opened archive that many threads may ask at once."""

    def ask(
        self,
        text: str,
        *,
        published_after: date | None = None,
        published_before: date | None = None,
        outlets: Sequence[str] = (),
    ) -> Outcome:
        """Answer a question, or say why the archive does not."""
        ...

    def verify(self, quotation: str) -> Verification:
        """Say whether a quotation is in the archive word for word."""
        ...

    def article(self, article_id: str) -> Article:
        """Return one article; `ArticleNotFound` when there is none."""
        ...

    def versions(self, article_id: str) -> Sequence[tuple[str, datetime]]:
        """Return every version that the article's addresses have had: (id, when it was seen), newest first."""
        ...

    def articles(
        self,
        *,
        published_after: date | None = None,
        published_before: date | None = None,
        outlets: Sequence[str] = (),
        text: str = "",
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[Sequence[Summary], int]:
        """Return one page of the articles that match, newest first, and how many match in all."""
        ...

    def outlets(self) -> Sequence[tuple[str, int]]:
        """Return every outlet with its number of articles."""
        ...

    def date_range(self) -> tuple[date, date] | None:
        """Return the first and the last publication date."""
        ...

    def examples(self) -> Sequence[str]:
        """Return questions that this archive answers."""
        ...

    def status(self) -> Status:
        """Say how much there is and whether it can be asked."""
        ...

    def close(self) -> None:
        """Let go of the data folder."""
        ...

"""What the wiring tells its callers beside outcomes: what became of articles, how the archive is."""

from __future__ import annotations

from dataclasses import dataclass

from qa.catalog import StoredStatus
from qa.errors import QaError, SourceError

__all__ = ["Finding", "IngestReport", "Ingested", "Status"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """One article that is safely in the archive, or was there already."""

    article_id: str
    title: str
    url: str
    status: StoredStatus


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of a whole ingestion; ``counts`` has one number for each :class:`StoredStatus` that occurred."""

    counts: dict[str, int]
    failures: tuple[SourceError, ...]
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the archive can be asked, and over how much."""

    ready: bool
    articles: int
    passages: int
    problem: QaError | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; ``remedy`` is empty when all is well."""

    subject: str
    sound: bool
    message: str
    remedy: str = ""

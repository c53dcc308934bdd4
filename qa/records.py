"""What the wiring tells its callers beside outcomes: what became of articles, how the archive is, who speaks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.catalog import FailingItem, FeedArticle, FeedState, StoredStatus
from qa.errors import QaError, SourceError
from qa.people import Profile
from qa.types import Article, Citation, Statement

if TYPE_CHECKING:
    from qa.ingestion import PageLayout

__all__ = [
    "FeedRecord",
    "Finding",
    "IngestReport",
    "Ingested",
    "PrintedPage",
    "Progress",
    "SpeakerRecord",
    "StatementRow",
    "Status",
]


@dataclass(frozen=True, slots=True)
class Ingested:
    """One article that is safely in the archive, or was there already."""

    article_id: str
    title: str
    url: str
    status: StoredStatus


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is: its share by the bytes of the sources, 0 to 1, and articles that were worked on.

    An article is worked on before it is in; ``name`` is the title of the one that is worked on now, or the source that
    could not be read.
    """

    share: float
    articles: int
    name: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of an article's source, counted from 1, and where words stand on it."""

    article_id: str
    number: int
    layout: PageLayout


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of a whole ingestion; ``counts`` has one number for each :class:`StoredStatus` that occurred.

    ``set_aside`` is how many of the failures were kept to be tried again, ``passed_over`` how many files of which kind
    (".docx", "" without one) lay in folders and are of a kind that nothing here reads, ``stopped`` whether it was ended
    on request before all was read.
    """

    counts: dict[str, int]
    failures: tuple[SourceError, ...]
    passages: int
    seconds: float
    set_aside: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)
    stopped: bool = False

    @property
    def empty(self) -> bool:
        """Whether there was nothing to read."""
        return not self.counts and not self.failures and not self.stopped


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A feed with the newest articles that came from it and the newest of its items that could not be put in."""

    feed: FeedState
    came: tuple[FeedArticle, ...]
    failing: tuple[FailingItem, ...]


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


@dataclass(frozen=True, slots=True)
class SpeakerRecord:
    """A speaker and what the archive reports of them, newest first; none for somebody who says nothing.

    ``topics`` are phrases that mark what they say, each with the number of statements that have it.
    """

    profile: Profile
    citations: tuple[Citation, ...]
    topics: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement for a table; ``profile`` is the speaker's, None where nobody is named."""

    statement: Statement
    article: Article
    profile: Profile | None

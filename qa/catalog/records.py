"""What the catalog takes and gives beside the nouns of :mod:`qa.types`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qa.types import Article, Passage, Statement

__all__ = ["ArticleSummary", "CatalogReport", "Damaged", "Entry", "Stored", "StoredStatus", "VersionSummary"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as one place published it (``article.url``), to be stored.

    ``article.locations`` is not read: an entry is one place, and the catalog knows the others. ``statements`` None
    leaves those that are stored as they are; ``attributed_by`` identifies what found them.
    """

    article: Article
    passages: Sequence[Passage]
    statements: Sequence[Statement] | None = None
    attributed_by: str | None = None


class StoredStatus(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    """A text and an address that the archive did not have."""
    UNCHANGED = "unchanged"
    """The address has this text already."""
    UPDATED = "updated"
    """The address has this text already; its title, date, byline, outlet, passages or statements were brought up to
    date."""
    NEW_VERSION = "new_version"
    """The address had another text, which is kept and no longer searched."""
    NEW_LOCATION = "new_location"
    """The text is in the archive already and was found at another address."""
    RESTORED = "restored"
    """The article had been removed and is searched again."""
    MENDED = "mended"
    """What the archive held of the article was damaged and has been written anew; it is hidden if it was."""
    REFUSED = "refused"
    """The address has a text from its own server, which a file does not replace; nothing was changed."""
    HIDDEN = "hidden"
    """The article has been removed and stays so; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one entry.

    ``superseded`` is the id of the version that it replaced at its address, ``origin`` the server whose text it was
    refused for.
    """

    article_id: str
    status: StoredStatus
    superseded: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One line of a list of articles.

    ``current`` says whether the text is the newest at its address, ``hidden`` whether it has been removed.
    """

    id: str
    title: str
    byline: str | None
    outlet: str | None
    url: str
    published: date | None
    added_at: datetime
    current: bool
    hidden: bool
    passages: int
    statements: int


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version of what an address published; ``seen_at`` is when it was found there last as something new."""

    article_id: str
    url: str
    title: str
    seen_at: datetime
    current: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class CatalogReport:
    """What the catalog holds, and what is wrong with it (``problems``, empty when it is sound).

    ``mendable`` are those of the problems that sources, or the rest of the catalog, may mend.

    ``articles`` are those that are searched, ``superseded`` older versions, ``hidden`` removed ones. ``unindexed``
    passages lack a vector and ``obsolete`` vectors lack a passage.
    """

    problems: tuple[str, ...]
    articles: int
    superseded: int
    hidden: int
    passages: int
    statements: int
    unindexed: int
    obsolete: int
    mendable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damaged:
    """An article that is not as it was stored.

    ``key`` is its row, ``article_id`` what the row calls it, ``what`` is wrong in words. ``wanted`` is the id that its
    source must give to be taken for the same article. ``article`` is the article itself where only its passages or
    statements are damaged. ``addresses`` may be damaged like anything else.
    """

    key: int
    article_id: str
    what: str
    wanted: str
    addresses: tuple[str, ...]
    article: Article | None = None

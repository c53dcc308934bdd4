"""Articles, their versions, passages and statements -> rows of one SQLite file that can be searched.

SQLite is the truth: whatever else lies in the data folder can be rebuilt from this file.
"""

from qa.catalog.catalog import Catalog
from qa.catalog.correcting import NOTICES_READ
from qa.catalog.feeds import FailingItem, FeedArticle, FeedState, KnownItem
from qa.catalog.lock import ArchiveLock, holders_of, may_write, nobody_writes
from qa.catalog.records import ArticleSummary, CatalogReport, Damaged, Entry, Stored, StoredStatus, VersionSummary

__all__ = [
    "NOTICES_READ",
    "ArchiveLock",
    "ArticleSummary",
    "Catalog",
    "CatalogReport",
    "Damaged",
    "Entry",
    "FailingItem",
    "FeedArticle",
    "FeedState",
    "KnownItem",
    "Stored",
    "StoredStatus",
    "VersionSummary",
    "holders_of",
    "may_write",
    "nobody_writes",
]

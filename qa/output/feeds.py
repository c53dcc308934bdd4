"""Feeds -> JSON bodies, for the command line and the HTTP API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

from qa.output.links import permalink
from qa.records import FeedRecord

__all__ = ["FeedArticleBody", "FeedBody", "FeedListBody", "FeedProblemBody", "origin_of"]


def origin_of(address: str) -> str:
    """An address as whoever may not change the list sees it: some have keys in their paths and queries."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"


class FeedArticleBody(BaseModel):
    """An article that came from a feed."""

    id: str
    title: str
    href: str
    at: datetime = Field(description="When it came.")


class FeedProblemBody(BaseModel):
    """An item whose article could not be put in."""

    address: str
    reason: str
    tries: int = Field(description="How often it was tried; after a few times it is left.")


class FeedBody(BaseModel):
    """A feed, as it was when it was last asked."""

    address: str = Field(description="Of the feed; over HTTP without the token, of its host alone.")
    title: str | None
    kind: str | None = Field(description="RSS, RDF, Atom, JSON Feed or News sitemap; null before it was first read.")
    polled_at: datetime | None
    next_at: datetime | None = Field(description="When it is asked next; null: it is gone and not asked by itself.")
    failures: int = Field(description="How many times in a row it could not be read.")
    problem: str | None = Field(description="Why it could not be read, or what is wrong with it although it was.")
    remedy: str | None
    items: int | None = Field(description="How many items it had last.")
    left: int = Field(description="Of these, how many the next poll goes on with.")
    counts: dict[str, int] = Field(description="What became of the items of the last poll that brought some.")
    came_at: datetime | None = Field(description="When that was.")
    articles: list[FeedArticleBody] = Field(description="The newest articles that came from it.")
    failing: list[FeedProblemBody] = Field(description="The newest items that could not be put in.")

    @classmethod
    def from_record(cls, record: FeedRecord, *, whole: bool = True) -> Self:
        """Describe a feed."""
        feed = record.feed
        shown = str if whole else origin_of
        return cls(
            address=shown(feed.address),
            title=feed.title,
            kind=feed.kind,
            polled_at=feed.polled_at,
            next_at=feed.next_at,
            failures=feed.failures,
            problem=feed.problem,
            remedy=feed.remedy,
            items=feed.items,
            left=feed.left,
            counts=dict(feed.counts),
            came_at=feed.came_at,
            articles=[
                FeedArticleBody(id=one.article_id, title=one.title, href=permalink(one.article_id, ()), at=one.at)
                for one in record.came
            ],
            failing=[
                FeedProblemBody(address=shown(one.address), reason=one.problem, tries=one.tries)
                for one in record.failing
            ],
        )


class FeedListBody(BaseModel):
    """Every feed that is polled, in the order in which they were added."""

    feeds: list[FeedBody]

    @classmethod
    def from_records(cls, records: Sequence[FeedRecord], *, whole: bool = True) -> Self:
        """Describe feeds; ``whole`` tells their addresses, of which there is else the host alone."""
        return cls(feeds=[FeedBody.from_record(one, whole=whole) for one in records])

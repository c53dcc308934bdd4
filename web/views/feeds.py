"""A feed -> what its page says: when it was asked, what came, what failed and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from qa.output.feeds import origin_of
from qa.output.links import permalink
from qa.records import FeedRecord
from web.views.jobs import COUNTS, Failure

__all__ = ["FeedView", "feed"]


@dataclass(frozen=True, slots=True)
class FeedView:
    """One feed; ``state`` is "new", "good", "failed" or "gone", ``address`` None where it is not to be shown."""

    name: str
    place: str
    address: str | None
    kind: str | None
    state: str
    asked: str | None
    next: str | None
    items: int | None
    left: int
    problem: str | None
    remedy: str | None
    came: str | None
    counts: tuple[tuple[int, str], ...]
    articles: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]


def feed(record: FeedRecord, *, whole: bool) -> FeedView:
    """Draw a feed; ``whole`` shows addresses, of which there is else the host alone."""
    one = record.feed
    return FeedView(
        name=one.title or urlsplit(one.address).netloc,
        place=one.address if whole else urlsplit(one.address).netloc,
        address=one.address if whole else None,
        kind=one.kind,
        state=_state(record),
        asked=_at(one.polled_at),
        next=_next(one.polled_at, one.next_at),
        items=one.items,
        left=one.left,
        problem=one.problem,
        remedy=one.remedy,
        came=_at(one.came_at),
        counts=tuple((number, COUNTS.get(name, name)) for name, number in one.counts.items()),
        articles=tuple((permalink(each.article_id, ()), each.title) for each in record.came),
        failures=tuple(
            Failure(each.address if whole else origin_of(each.address), None, each.problem, _tried(each.tries))
            for each in record.failing
        ),
    )


def _state(record: FeedRecord) -> str:
    if record.feed.polled_at is None:
        return "new"
    if record.feed.failures:
        return "failed" if record.feed.next_at else "gone"
    return "good"


def _tried(tries: int) -> str:
    return f"Tried {tries} times." if tries > 1 else "Tried once."


def _next(asked: datetime | None, due: datetime | None) -> str | None:
    """When it is asked next, with the day where that is another one than it was asked on."""
    if asked and due and asked.date() == due.date():
        return f"at {due:%H:%M}"
    return f"on {_at(due)}" if due else None


def _at(moment: datetime | None) -> str | None:
    return f"{moment.day} {moment:%B, %H:%M} UTC" if moment else None

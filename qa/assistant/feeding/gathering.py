"""A feed as it was last -> what is new in it now, read and not yet stored: the half of a poll that needs the network.

Promises: a feed is asked conditionally (``ETag``, ``Last-Modified``) unless something of its last answer is still to be
done; an item that is known and has not changed is not asked for; a text that is whole in the feed is taken from it, any
other from its page; whatever goes wrong with one item costs that item alone, and it is tried again, a few times. After
a failure the feed is left alone for longer each time, at least for as long as its host asks; one that is gone for good
is not asked again. What this does not know: what becomes of the items.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from qa.assistant.keeping.attributing import limits_of
from qa.catalog import FeedState, KnownItem
from qa.errors import SourceError, WorkStopped
from qa.ingestion import failure_of, guarded
from qa.ingestion.connecting import is_public
from qa.ingestion.courtesy import Courteous, HostAsksToWait
from qa.ingestion.feed_items import completed, draft_of_item
from qa.ingestion.feeds import ACCEPTED, Feed, Item, read_feed
from qa.ingestion.fetching import accepting, drafts_of
from qa.ingestion.requesting import Reply, Requester
from qa.protocols import Draft
from qa.settings import Settings
from qa.text import normalise

__all__ = ["MOST_TRIES", "Found", "Gathered", "Gatherer", "unanswered"]

MOST_TRIES = 5  # of one item, one a poll
_MOST_S = 120.0  # for the pages of one poll; other feeds wait meanwhile
_GOING_ON = timedelta(minutes=1)  # after which a poll that did not come to its end goes on
_LONGEST_PAUSE = timedelta(days=1)  # after failures
_OK, _NOT_MODIFIED, _GONE = 200, 304, 410


@dataclass(frozen=True, slots=True)
class Found:
    """An item that is new or has changed: its draft, or why there is none; ``place`` names it in messages."""

    key: str
    digest: str
    place: str
    draft: Draft | None = None
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one poll found: ``state`` is what to keep of the feed once the ``items`` are in."""

    state: FeedState
    items: tuple[Found, ...] = ()


def unanswered(state: FeedState, validated: bool) -> FeedState:
    """A state without what would make the next poll a conditional one, unless all of the answer is done."""
    return state if validated else replace(state, etag=None, modified=None)


class Gatherer:
    """Asks for feeds and for the pages of their items; may be used from several threads.

    Args:
        settings: limits, the time between two polls, and the distance to keep from hosts.
        stop: asked while it waits, whether to end.
    """

    def __init__(self, settings: Settings, stop: Callable[[], bool] = lambda: False) -> None:
        self._limits = limits_of(settings.ingestion)
        self._interval = timedelta(seconds=settings.feeds.interval_s)
        self._most_pages = settings.feeds.max_pages
        self._stop = stop
        permitted = _anywhere if self._limits.private_addresses else is_public
        requester = Requester(self._limits.page_bytes, self._limits.fetch_s, permitted)
        self._courteous = Courteous(requester, settings.feeds.host_delay_s, stop)

    def gather(self, feed: FeedState, known: Mapping[str, KnownItem]) -> Gathered:
        """Ask for a feed and read what is new in it.

        Args:
            feed: as it was last.
            known: its items that have been worked on.

        Raises:
            WorkStopped: it was to end before the feed had answered.
        """
        now = datetime.now(UTC)
        try:
            return self._gather(replace(feed, polled_at=now), known, now)
        except WorkStopped:
            raise
        except Exception as error:  # whatever a server makes of a request, the other feeds follow
            failure = failure_of(error, feed.address)
            wait = failure.seconds if isinstance(failure, HostAsksToWait) else 0.0
            return Gathered(self._failed(replace(feed, polled_at=now), failure, now, wait))

    def _gather(self, feed: FeedState, known: Mapping[str, KnownItem], now: datetime) -> Gathered:
        asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        reply = self._courteous.get(
            feed.address, {"Accept": ACCEPTED, **{name: value for name, value in asked.items() if value}}
        )
        if reply.status == _GONE:
            failure = SourceError(feed.address, reply.problem, remedy="It is gone for good: remove the feed.")
            return Gathered(replace(self._failed(feed, failure, now), next_at=None))
        if reply.status == _NOT_MODIFIED:
            state = replace(feed, problem=None, remedy=None) if feed.failures else feed
            return Gathered(self._answered(state, reply, now))
        if reply.status != _OK:
            raise SourceError(feed.address, reply.problem)
        found = guarded(partial(read_feed, reply, self._limits.page_bytes), feed.address, self._limits.article_s)
        if isinstance(found, SourceError):
            raise found
        state = replace(
            self._answered(feed, reply, now, found.ttl_s),
            title=found.title or feed.title,
            kind=found.kind,
            problem=found.problem,
            remedy=None,
            items=len(found.items),
            etag=reply.headers.get("etag"),
            modified=reply.headers.get("last-modified"),
        )
        return self._with_items(state, found, reply.address, known, now)

    def _answered(self, feed: FeedState, reply: Reply, now: datetime, ttl_s: float | None = None) -> FeedState:
        ttl_s = feed.ttl_s if ttl_s is None else ttl_s
        pause = max(self._interval, timedelta(seconds=ttl_s))
        return replace(feed, address=reply.moved_to or feed.address, failures=0, ttl_s=ttl_s, next_at=now + pause)

    def _failed(self, feed: FeedState, failure: SourceError, now: datetime, wait_s: float = 0.0) -> FeedState:
        failures = feed.failures + 1
        pause = min(max(self._interval, _LONGEST_PAUSE), self._interval * 2 ** min(failures, 20))
        return replace(
            feed,
            failures=failures,
            problem=" ".join(normalise(failure.reason).split()),  # it may hold a server's own words
            remedy=failure.remedy or None,
            next_at=now + max(pause, timedelta(seconds=wait_s)),
        )

    def _with_items(
        self, state: FeedState, feed: Feed, home: str, known: Mapping[str, KnownItem], now: datetime
    ) -> Gathered:
        found: list[Found] = []
        left = pages = 0
        due, more, end = state.next_at or now, False, time.monotonic() + _MOST_S
        for item in feed.items:
            if not _is_to_do(item, known.get(item.key)):
                continue
            own = guarded(partial(draft_of_item, item, feed, home), home, self._limits.article_s)
            if own is None and item.address is not None:
                more = more or pages >= self._most_pages or time.monotonic() > end
                pages += 1
                try:
                    own = None if more else self._page_of(item, item.address, feed.title)
                except HostAsksToWait as busy:
                    due = max(due, datetime.now(UTC) + timedelta(seconds=busy.seconds))
                except WorkStopped:
                    more = True
                if own is None:
                    left += 1
                    continue
            found.append(_found(item, own, home))
        due = min(due, now + _GOING_ON) if more else due
        return Gathered(replace(unanswered(state, not left), left=left, next_at=due), tuple(found))

    def _page_of(self, item: Item, address: str, title: str | None) -> Draft | SourceError:
        try:
            reply = self._courteous.get(address, accepting())
        except (HostAsksToWait, WorkStopped):
            raise
        except SourceError as error:
            return error
        for found in drafts_of(reply, self._limits.article_s):
            return found if isinstance(found, SourceError) else completed(found, item, title)
        return SourceError(address, "no text")


def _is_to_do(item: Item, known: KnownItem | None) -> bool:
    return known is None or known.digest != item.digest or 0 < known.tries < MOST_TRIES


def _found(item: Item, own: Draft | SourceError | None, home: str) -> Found:
    place = item.address or f"{home}#{item.key}"
    if isinstance(own, Draft):
        return Found(item.key, item.digest, place, own)
    if own is None:
        return Found(item.key, item.digest, place, reason="the item has no text and no address of a page")
    return Found(item.key, item.digest, place, reason=own.reason, remedy=own.remedy)


def _anywhere(address: str) -> bool:
    return True

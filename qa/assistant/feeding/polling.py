"""Feeds that are due -> asked one after the other, in a thread of the process that owns the archive.

Promises: what needs the network happens here and keeps no work waiting; what came goes into the line of jobs like
everything else that is put in, and a feed is asked again only once it is in; a feed with nothing new makes no job;
whatever goes wrong with one feed, the next one follows. What this does not know: what is new in a feed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Protocol

from qa.assistant.feeding.gathering import Gathered, Gatherer
from qa.assistant.feeding.taking import of_gathered
from qa.assistant.sharing.jobs import Job, Jobs, State
from qa.assistant.sharing.work import Work
from qa.catalog import FeedState, KnownItem
from qa.errors import QaError, WorkStopped
from qa.records import IngestReport
from qa.settings import Settings

__all__ = ["Poller"]

logger = logging.getLogger("qa.feeding")
_LOOK_S = 0.5
_ENDING_S = 5.0


class _Archive(Protocol):
    def due_feeds(self, now: datetime) -> list[FeedState]: ...

    def known_items(self, feed: FeedState) -> Mapping[str, KnownItem]: ...

    def take_feed(self, gathered: Gathered) -> IngestReport: ...


class Poller:
    """Polls for as long as it is open.

    Args:
        settings: how often, and how hosts are asked.
        archive: open for writing.
        jobs: the line of work on it.
    """

    def __init__(self, settings: Settings, archive: _Archive, jobs: Jobs) -> None:
        self._archive = archive
        self._jobs = jobs
        self._pause_s = settings.feeds.interval_s
        self._closed = Event()
        self._gatherer = Gatherer(settings, self._closed.is_set)
        self._under_way: dict[int, Job] = {}
        self._not_before: dict[int, float] = {}
        self._thread = Thread(target=self._run, name="qa feeds", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Ask no more; what is on its way over the network is left."""
        self._closed.set()
        self._thread.join(_ENDING_S)

    def _run(self) -> None:
        while not self._closed.wait(_LOOK_S):
            try:
                due = self._archive.due_feeds(datetime.now(UTC))
            except QaError as problem:
                logger.warning("The feeds could not be looked up: %s", problem)
                self._closed.wait(self._pause_s)
                continue
            for feed in due:
                if self._closed.is_set():
                    return
                if not self._is_under_way(feed.key):
                    self._poll(feed)

    def _is_under_way(self, key: int) -> bool:
        """Whether what came last is still in the line, or could not be put in a moment ago."""
        job = self._under_way.get(key)
        if job is not None:
            if not job.over:
                return True
            del self._under_way[key]
            if job.state is not State.DONE:  # a fault of the system: asking the feed again mends nothing
                self._not_before[key] = time.monotonic() + self._pause_s
        return time.monotonic() < self._not_before.get(key, 0.0)

    def _poll(self, feed: FeedState) -> None:
        try:
            gathered = self._gatherer.gather(feed, self._archive.known_items(feed))
            if self._closed.is_set():
                return
            if gathered.items:
                work = Work("take_feed", {"gathered": of_gathered(gathered)}, f"feed “{feed.title or feed.address}”")
                self._under_way[feed.key] = self._jobs.add(work)
            else:
                self._archive.take_feed(gathered)
        except WorkStopped:
            return
        except Exception as problem:  # the thread must not end for one feed
            self._not_before[feed.key] = time.monotonic() + self._pause_s
            if not self._closed.is_set():
                logger.warning("The feed %s could not be polled: %s", feed.address, problem)

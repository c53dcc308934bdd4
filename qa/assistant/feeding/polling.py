"""Feeds that are due -> asked, a few at once, in threads of the process that owns the archive.

Promises: of one host one feed is asked at a time; what needs the network happens here and keeps no work waiting; what
came goes into the line of jobs like everything else that is put in, and a feed is asked again only once it is in; where
nothing is new there is no job; whatever goes wrong with one feed, the next one follows. What this does not know: what
is new in a feed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Protocol
from urllib.parse import urlsplit

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
_AT_ONCE = 4  # feeds that are asked, so that a slow site does not keep all others waiting
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
        self._due: SimpleQueue[FeedState] = SimpleQueue()
        self._asked: dict[str, str] = {}  # feeds that are being asked -> their hosts
        self._in_line: dict[int, Job] = {}
        self._not_before: dict[int, float] = {}
        self._threads = [Thread(target=self._look, name="qa feeds", daemon=True)]
        self._threads += [Thread(target=self._ask, name=f"qa feeds {n}", daemon=True) for n in range(_AT_ONCE)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ask no more; what is on its way over the network is left."""
        self._closed.set()
        end = time.monotonic() + _ENDING_S
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _look(self) -> None:
        """Hand out what is due, of each host one feed at a time."""
        while not self._closed.wait(_LOOK_S):
            try:
                due = self._archive.due_feeds(datetime.now(UTC))
            except QaError as problem:
                logger.warning("The feeds could not be looked up: %s", problem)
                self._closed.wait(self._pause_s)
                continue
            for feed in due:
                host = urlsplit(feed.address).netloc
                if host not in self._asked.values() and not self._is_in_line(feed.key):
                    self._asked[feed.address] = host
                    self._due.put(feed)

    def _is_in_line(self, key: int) -> bool:
        """Whether what came last is still in the line, or could not be put in a moment ago."""
        job = self._in_line.get(key)
        if job is not None:
            if not job.over:
                return True
            del self._in_line[key]
            if job.state is not State.DONE:  # a fault of the system: asking the feed again mends nothing
                self._not_before[key] = time.monotonic() + self._pause_s
        return time.monotonic() < self._not_before.get(key, 0.0)

    def _ask(self) -> None:
        while not self._closed.is_set():
            with suppress(Empty):
                feed = self._due.get(timeout=_LOOK_S)
                try:
                    self._poll(feed)
                finally:
                    del self._asked[feed.address]

    def _poll(self, handed_out: FeedState) -> None:
        try:
            due = self._archive.due_feeds(datetime.now(UTC))
            feed = next((one for one in due if one.key == handed_out.key), None)
            if feed is None:  # it has been asked, or removed, since
                return
            gathered = self._gatherer.gather(feed, self._archive.known_items(feed))
            if self._closed.is_set():
                return
            if gathered.items:
                work = Work("take_feed", {"gathered": of_gathered(gathered)}, f"feed “{feed.title or feed.address}”")
                self._in_line[feed.key] = self._jobs.add(work)
            else:
                self._archive.take_feed(gathered)
        except WorkStopped:
            return
        except Exception as problem:  # the thread must not end for one feed
            self._not_before[handed_out.key] = time.monotonic() + self._pause_s
            if not self._closed.is_set():
                logger.warning("The feed %s could not be polled: %s", handed_out.address, problem)

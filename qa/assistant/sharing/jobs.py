"""Pieces of work on an archive -> one after the other, each with a record that whoever asked, and a page, can read.

Promises: work is done in the order in which it came; whoever waits is told for whom; of a job that is over, what became
of it is kept for as long as there are not a hundred newer ones. What this does not know: how the work is done.
"""

from __future__ import annotations

import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Event
from typing import Any

from qa.assistant.sharing.messages import Message, error_of, of_error
from qa.assistant.sharing.spool import Spool
from qa.assistant.sharing.work import Tell, Work
from qa.errors import QaError, remedy_of

__all__ = ["Job", "Jobs", "State"]

_KEPT = 100  # jobs that are over
_MOST_FAILURES = 1_000  # that a record lists; the report of an ingestion has all


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(eq=False)
class Job:
    """The record of one piece of work."""

    work: Work
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    state: State = State.WAITING
    came: datetime = field(default_factory=lambda: datetime.now(UTC))
    begun: datetime | None = None
    ended: datetime | None = None
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[QaError] = field(default_factory=list)
    progress: Message = field(default_factory=dict)
    result: Any = None
    error: QaError | None = None
    heard: SimpleQueue[Message] | None = None
    on_end: Callable[[], None] | None = None
    _stop: Event = field(default_factory=Event)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.ended is not None

    def stop(self) -> None:
        """Have it end between two steps, or not begin at all."""
        self._stop.set()

    def is_to_stop(self) -> bool:
        """Whether somebody has said so."""
        return self._stop.is_set()

    def tell(self, message: Message) -> None:
        """Note how the work goes, for whoever looks and for whoever listens."""
        if "article" in message:
            self.counts[message["article"]["status"]] += 1
        elif "failure" in message:
            self.counts["failed"] += 1
            if len(self.failures) < _MOST_FAILURES:
                self.failures.append(error_of(message["failure"]))
        else:
            self.progress = {**self.progress, **message}
        if self.heard is not None:
            self.heard.put(message)

    def end(self, state: State, *, result: Any = None, error: QaError | None = None) -> None:
        """Say what became of it; what was said first counts."""
        if self.over:
            return
        self.result, self.error, self.state = result, error, state
        self.ended = datetime.now(UTC)
        if self.on_end is not None:
            self.on_end()
        if self.heard is not None:
            self.heard.put({"failed": of_error(error)} if error else {"given": result})


class Jobs:
    """The line of work on one archive.

    Args:
        spool: where what is given for it is received; None where only work comes in.
    """

    def __init__(self, spool: Spool | None = None) -> None:
        self._spool = spool
        self._changed = Condition()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._known: dict[str, Job] = {}
        self._closed: QaError | None = None
        self._first: str | None = None

    def room(self) -> Path:
        """A new folder for what is received for one job.

        Raises:
            QaError: nothing is received here, or the disk takes nothing.
        """
        if self._spool is None:
            raise QaError("Nothing is received here.", remedy="Serve the archive with `qa serve`.")
        try:
            return self._spool.room()
        except OSError as error:
            reason = error.strerror or str(error)
            raise QaError(
                f"What was sent cannot be kept: {reason}.", remedy=remedy_of(error, "Look at the data folder's rights.")
            ) from error

    def add(
        self,
        work: Work,
        *,
        heard: SimpleQueue[Message] | None = None,
        on_end: Callable[[], None] | None = None,
    ) -> Job:
        """Put work at the end of the line; ``heard`` gets what is told of it, ``on_end`` is called when it is over.

        Raises:
            QaError: no work is taken any more.
        """
        job = Job(work, heard=heard, on_end=on_end)
        with self._changed:
            if self._closed:
                raise self._closed
            self._known[job.id] = job
            over = [one for one in self._known.values() if one.over]
            for one in over[: max(0, len(over) - _KEPT)]:
                del self._known[one.id]
            self._waiting.append(job)
            self._tell_who_waits()
            self._changed.notify_all()
        return job

    def find(self, job_id: str) -> Job | None:
        """The job of this id, if it is still known."""
        with self._changed:
            return self._known.get(job_id)

    def newest(self) -> list[Job]:
        """Every job that is known, the newest first."""
        with self._changed:
            return list(reversed(self._known.values()))

    def waiting(self) -> bool:
        """Whether there is work that has not begun."""
        with self._changed:
            return bool(self._waiting)

    def do_next(self, do: Callable[[Work, Tell, Callable[[], bool]], Any], timeout_s: float) -> None:
        """Do the next piece of work, if one comes in time; whatever goes wrong with it is its own."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting), timeout_s)
            if not self._waiting:
                return
            job = self._running = self._waiting.popleft()
            self._tell_who_waits()
        try:
            _run(job, do)
        finally:
            with self._changed:
                self._running = None
                self._tell_who_waits()

    @contextmanager
    def put_off(self, why: str) -> Iterator[None]:
        """Have whoever comes told what they wait for, while work is taken and none is done."""
        with self._changed:
            self._first = why
            self._tell_who_waits()
        try:
            yield
        finally:
            with self._changed:
                self._first = None
                self._tell_who_waits()

    def close(self, why: QaError) -> None:
        """Take no more work; what runs ends between two steps, what waits never begins."""
        with self._changed:
            self._closed = why
            waiting, self._waiting = list(self._waiting), deque()
            if self._running is not None:
                self._running.stop()
        for job in waiting:
            job.end(State.FAILED, error=why)

    def _tell_who_waits(self) -> None:
        before = [self._running.work.label] if self._running else []
        before += [self._first] if self._first else []
        for job in self._waiting:
            if before:
                job.tell({"waiting": list(before)})
            before.append(job.work.label)


def _run(job: Job, do: Callable[[Work, Tell, Callable[[], bool]], Any]) -> None:
    if job.is_to_stop():
        from qa.errors import WorkStopped

        job.end(State.STOPPED, error=WorkStopped())
        return
    job.state, job.begun = State.RUNNING, datetime.now(UTC)
    job.tell({"waiting": []})
    try:
        result = do(job.work, job.tell, job.is_to_stop)
    except QaError as error:
        job.end(State.STOPPED if job.is_to_stop() else State.FAILED, error=error)
    except Exception as error:  # one piece of work that fails must not end the owner
        job.end(State.FAILED, error=error_of(of_error(error)))
    else:
        stopped = isinstance(result, dict) and result.get("stopped")
        job.end(State.STOPPED if stopped else State.DONE, result=result)

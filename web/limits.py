"""Bounds on what visitors can cost: the number and the time of answers.

:class:`Desk` turns a stream of requests into at most ``max_concurrent`` answers at once and ``max_waiting`` behind
them, and takes only whom it expects to serve in time (:mod:`web.waiting`); whoever comes later is told so at once,
and whoever waits too long or leaves is let go. A thread cannot be stopped from outside: it is told by when to end
(:mod:`qa.deadline`) and stops where it looks. Its place stays taken until it is done, so that slow questions never pile
up.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from qa import deadline
from qa.errors import OutOfTime
from web.waiting import Line, Piece

__all__ = ["Busy", "Desk"]

T = TypeVar("T")
# An answer that is expected within half of the limit comes within it, or nearly always: estimates are wrong by that
# much, and what comes after the limit was work for nobody.
USEFUL = 0.5
GUESS = 0.125  # of the limit: what an answer is taken to need before any was seen


class Busy(Exception):
    """Nobody who comes now can be served in time.

    Args:
        wait_s: when a place is expected to be free for whoever comes now, in seconds.
    """

    def __init__(self, wait_s: float) -> None:
        self.wait_s = wait_s
        super().__init__(f"no place is free for another {wait_s:.1f} s")


class Desk:
    """A bounded pool of threads for the work that is worth bounding.

    Args:
        max_concurrent: pieces of work that are done at once.
        max_waiting: pieces of work that may wait for a place.
        timeout_s: longest time for one piece, waiting included.
    """

    def __init__(self, max_concurrent: int, max_waiting: int, timeout_s: float) -> None:
        self._threads = ThreadPoolExecutor(max_concurrent, thread_name_prefix="answer")
        self._places = max_concurrent + max_waiting
        self._line = Line(max_concurrent, GUESS * timeout_s)
        self._lock = threading.Lock()
        self._timeout_s = timeout_s

    async def do(self, work: Callable[[], T], kind: str = "", size: int = 1) -> T:
        """Do ``work`` in a thread and return what it returns.

        Args:
            work: what to do.
            kind: work of one kind takes about as long every time.
            size: as long as how many pieces of its kind it takes.

        Raises:
            Busy: no place will be free in time, or none was.
            OutOfTime: it took too long; waiting work is dropped, running work stops where it looks at its deadline.
        """
        piece = self._enter(kind, size)
        future = self._threads.submit(self._serve, piece, work)
        future.add_done_callback(lambda _: self._leave(piece))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._timeout_s)
        except TimeoutError as error:
            if future.done() and not future.cancelled() and isinstance(future.exception(), TimeoutError):
                raise  # the work itself raised one
            raise OutOfTime(self._timeout_s) from error

    def close(self) -> None:
        """Drop what waits and take nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _enter(self, kind: str, size: int) -> Piece:
        with self._lock:
            wait_s = self._line.wait_s()
            late = wait_s > 0 and wait_s + self._line.takes_s(kind, size) > USEFUL * self._timeout_s
            if late or len(self._line) >= self._places:
                raise Busy(wait_s)
            return self._line.join(kind, size)

    def _serve(self, piece: Piece, work: Callable[[], T]) -> T:
        """Do the work, unless it has waited for so long that it would not be done in time."""
        with self._lock:
            if piece.waits and self._line.done_after_s(piece) > self._timeout_s:
                raise Busy(self._line.wait_s())
            self._line.begin(piece)
        with deadline.within(self._timeout_s, since=piece.came):
            return work()

    def _leave(self, piece: Piece) -> None:
        with self._lock:
            self._line.leave(piece)

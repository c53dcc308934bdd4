"""Bounds on what one visitor can cost: the size of a body, and the number and time of answers.

:class:`Desk` turns a stream of requests into at most ``max_concurrent`` answers at once and ``max_waiting`` behind
them; whoever comes later is told so at once, and whoever waits too long is let go. A thread cannot be stopped from
outside: it is told by when to end (:mod:`qa.deadline`) and stops where it looks. Its place stays taken until it is
done, so that slow questions never pile up.

:class:`BodyLimit` reads a body before anything else does and refuses one that is too large, announced or not.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa import deadline
from qa.errors import OutOfTime

__all__ = ["BodyLimit", "Busy", "Desk"]

T = TypeVar("T")


class Busy(Exception):
    """Every place is taken, and so is every waiting place."""


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
        self._taken = 0
        self._lock = threading.Lock()
        self._timeout_s = timeout_s

    async def do(self, work: Callable[[], T]) -> T:
        """Do ``work`` in a thread and return what it returns.

        Raises:
            Busy: no place is free.
            OutOfTime: it took too long; waiting work is dropped, running work stops where it looks at its deadline.
        """
        asked = time.monotonic()

        def bounded() -> T:
            with deadline.within(self._timeout_s, since=asked):
                return work()

        with self._lock:
            if self._taken >= self._places:
                raise Busy
            self._taken += 1
        future = self._threads.submit(bounded)
        future.add_done_callback(self._leave)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._timeout_s)
        except TimeoutError as error:
            if future.done() and not future.cancelled():
                raise  # the work itself raised a TimeoutError
            raise OutOfTime(self._timeout_s) from error

    def close(self) -> None:
        """Drop what waits and take nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _leave(self, _: Future[Any]) -> None:
        with self._lock:
            self._taken -= 1


class BodyLimit:
    """Middleware that answers for a body of more than ``max_bytes`` itself, with ``refuse``."""

    def __init__(
        self, app: ASGIApp, max_bytes: int, refuse: Callable[[Request, int], Awaitable[Response] | Response]
    ) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then hand it on as one message."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = None if self._announced(scope) > self.max_bytes else await self._read(receive)
        if body is None:
            response = self.refuse(Request(scope), self.max_bytes)
            await (response if isinstance(response, Response) else await response)(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body, or None as soon as it is too large."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return bytes(body)
            body += message.get("body", b"")
            if len(body) > self.max_bytes:
                return None
            if not message.get("more_body", False):
                return bytes(body)

    @staticmethod
    def _announced(scope: Scope) -> int:
        length = Headers(scope=scope).get("content-length", "")
        return int(length[:18]) if length.isascii() and length.isdigit() else 0


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give ``body`` once, then whatever the server has to say (that the visitor left)."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed

"""Connections -> requests, within bounds: how many are open, and how long one may take its time.

:class:`Connection` is uvicorn's over h11. Promises: headers that do not come, connections on which nothing is asked and
readers that stall are closed after their time; no more connections are open than the limit and half of the files that
the process may open; where one too many comes, whoever has longest been waited for goes first, and only where
everybody is being served is the newcomer refused. What is refused here, before any application hears of it, carries
the headers of every other response.

What this does not know: bodies and answers, which have limits of their own (:mod:`web.bodies`, :mod:`web.limits`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from web.problems import BUSY, MALFORMED, MEDIA_TYPE, TOO_SLOW, Problem

__all__ = ["Connection", "Limits", "connection_class", "most_connections"]

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What every connection of one server shares.

    Args:
        most: connections that are open at once.
        header_s: longest time for the headers of a request to come, in seconds.
        idle_s: longest time in which nothing moves: nothing is asked, or nothing of a response is taken.
        headers: sent with what is refused here.
    """

    most: int
    header_s: float
    idle_s: float
    headers: Mapping[str, str]
    open: set[Connection] = field(default_factory=set)


def connection_class(limits: Limits) -> type[Connection]:
    """Return the class of one server's connections."""

    class Limited(Connection):
        pass

    Limited.limits = limits
    return Limited


def most_connections(wanted: int) -> int:
    """Return how many connections may be open: as many as wanted, in half of the files that the process may open."""
    try:
        import resource
    except ImportError:  # not a Unix
        return wanted
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return wanted if files == resource.RLIM_INFINITY else max(1, min(wanted, files // 2))


class _Timer:
    """Something that is done after a time, unless it is stopped or set anew before."""

    _handle: asyncio.TimerHandle | None = None

    def set(self, loop: asyncio.AbstractEventLoop, seconds: float, callback: Callable[[], None]) -> None:
        self.stop()
        self._handle = loop.call_later(seconds, callback)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    @property
    def runs(self) -> bool:
        return self._handle is not None


class Connection(H11Protocol):
    """One connection; ``since`` is when it was last waited for, in seconds of the loop's clock."""

    limits: ClassVar[Limits]
    since: float
    _head: _Timer
    _stall: _Timer

    @property
    def serves(self) -> bool:
        """Whether a request has come that is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or make room for it, or refuse it."""
        super().connection_made(transport)
        self.timeout_keep_alive = self.limits.idle_s  # type: ignore[assignment]  # uvicorn's setting has whole seconds
        self.since = self.loop.time()
        self._head, self._stall = _Timer(), _Timer()
        self.limits.open.add(self)
        self._await_head()
        if len(self.limits.open) > self.limits.most:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.limits.open.discard(self)
        self._head.stop()
        self._stall.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come; a part of the headers does not put off their time limit."""
        super().data_received(data)
        if self.serves:
            self._head.stop()
        elif not (self._head.runs or self.transport.is_closing()):
            self._await_head()

    def on_response_complete(self) -> None:
        """Wait for what is asked next."""
        self.since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Watch a reader who takes less than there is."""
        super().pause_writing()
        self._watch_reader(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Leave a reader alone who has caught up."""
        super().resume_writing()
        self._stall.stop()

    def timeout_keep_alive_handler(self) -> None:
        """Close, even where the last response is never taken."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(self.limits.idle_s, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """Answer for what is not HTTP."""
        self._refuse(Problem(MALFORMED, msg, {}))

    def _should_upgrade(self) -> bool:
        """Speak HTTP/1.1 alone: whoever would rather have a websocket is answered as if they had not asked."""
        return False

    def _await_head(self) -> None:
        self._head.set(self.loop, self.limits.header_s, self._head_is_late)

    def _head_is_late(self) -> None:
        detail = f"The headers were not there after {self.limits.header_s:g} seconds."
        self._refuse(Problem(TOO_SLOW, detail, {"limit_s": self.limits.header_s}))

    def _watch_reader(self, waiting: int) -> None:
        """Drop a reader who takes nothing for a while of the ``waiting`` bytes."""
        self._stall.set(self.loop, self.limits.idle_s, partial(self._look_at_reader, waiting))

    def _look_at_reader(self, waiting: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left < waiting:
            self._watch_reader(left)
        else:
            self.transport.abort()

    def _make_room(self) -> None:
        """Close the connection that has been waited for longest; this one, if all others are being served."""
        others = [each for each in self.limits.open if not (each is self or each.serves or each.transport.is_closing())]
        if others:
            min(others, key=lambda each: each.since).transport.abort()
        else:
            self._refuse(Problem(BUSY, BUSY.explanation, {}), {"Retry-After": str(RETRY_AFTER_S)})

    def _refuse(self, problem: Problem, more: Mapping[str, str] | None = None) -> None:
        """Answer and close; in the middle of an answer, and where nothing was sent, only close."""
        kind = problem.type
        begun = self.serves and (self.cycle.response_started or self.conn.their_state is h11.DONE)
        silent = self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0] and kind is TOO_SLOW
        if not (begun or silent or self.transport.is_closing()):
            body = json.dumps(problem.body(None)).encode()
            headers = {
                "Content-Type": MEDIA_TYPE,
                "Content-Length": str(len(body)),
                "Cache-Control": "no-store",
                "Connection": "close",
                **self.limits.headers,
                **(more or {}),
            }
            lines = [f"HTTP/1.1 {kind.status} {HTTPStatus(kind.status).phrase}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            self.transport.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        self.transport.close()
        self.loop.call_later(self.limits.idle_s, self.transport.abort)

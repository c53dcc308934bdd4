"""A request as it comes in pieces -> the application with the whole body at hand, for as long as somebody is there.

Promises: a body that is too large, announced or not, or that comes too slowly is refused before anything else looks at
it, and the refusal is heard, since what is still sent is let pass; whoever leaves before the body is complete is not
served at all, and whoever leaves later is served no further: what waits for them is cancelled. What it does not know:
what is in the body.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Bodies"]

LINGER_S, LINGER_BYTES = 5.0, 64 * 1024 * 1024  # of a body that is refused: how much of it is let pass before that

Refuse = Callable[[Request, float], Response]
Bounds = Callable[[Scope], tuple[int, float]]


class _TooLargeError(Exception):
    """The body has more bytes than the limit."""


class _GoneError(Exception):
    """The visitor left before the body was complete."""


class Bodies:
    """Middleware that reads bodies and watches for visitors who leave.

    Args:
        app: what is given the request.
        bounds: how many bytes a request's body may have, and in how many seconds it has to come, by its head.
        too_large: answers for a body of more bytes, which it is told.
        too_slow: answers for a body that is not there in time, which it is told.
    """

    def __init__(self, app: ASGIApp, bounds: Bounds, too_large: Refuse, too_slow: Refuse) -> None:
        self.app = app
        self.bounds = bounds
        self.too_large = too_large
        self.too_slow = too_slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limits, then hand it on as one message."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        max_bytes, timeout_s = self.bounds(scope)
        try:
            if _announced(scope) > max_bytes:
                raise _TooLargeError
            async with asyncio.timeout(timeout_s):
                body = await _whole(receive, max_bytes)
        except _TooLargeError:
            await _let_pass(scope, receive, min(timeout_s, LINGER_S))
            await self.too_large(Request(scope), max_bytes)(scope, receive, send)
        except TimeoutError:
            await self.too_slow(Request(scope), timeout_s)(scope, receive, send)
        except _GoneError:
            pass
        else:
            await _attended(self.app, scope, body, receive, send)


async def _whole(receive: Receive, max_bytes: int) -> bytes:
    """Return the whole body."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        body += message.get("body", b"")
        if len(body) > max_bytes:
            raise _TooLargeError
        if not message.get("more_body", False):
            return bytes(body)


async def _let_pass(scope: Scope, receive: Receive, timeout_s: float) -> None:
    """Read what is still coming and keep nothing of it, so that whoever sends is there to hear the refusal.

    A connection that is closed on somebody who still sends is reset, and what was said on it is lost: a proxy then
    tells its visitor of a server that is broken. Whoever asks first (``Expect: 100-continue``) hears it before sending.
    """
    if "expect" in Headers(scope=scope) or _announced(scope) > LINGER_BYTES:
        return
    passed = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            while passed <= LINGER_BYTES:
                message = await receive()
                passed += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length[:18]) if length.isascii() and length.isdigit() else 0


async def _attended(app: ASGIApp, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
    """Run ``app`` until it is done or the visitor leaves."""
    gone = asyncio.Event()
    complete = False

    async def sent(message: Message) -> None:
        nonlocal complete
        await send(message)
        complete = message["type"] == "http.response.body" and not message.get("more_body", False)

    work = asyncio.ensure_future(app(scope, _replay(body, gone), sent))
    watch = asyncio.ensure_future(_disconnect(receive))
    try:
        await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
        gone.set()
        if work.done() or complete:
            await work
        else:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
    finally:
        work.cancel()
        watch.cancel()


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _replay(body: bytes, gone: asyncio.Event) -> Receive:
    """Give ``body`` once, then nothing until the visitor has left."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            await gone.wait()
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed

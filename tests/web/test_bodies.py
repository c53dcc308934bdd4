from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.web.test_limits import play
from web.bodies import Bodies

SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
LEFT: Message = {"type": "http.disconnect"}


def chunk(body: bytes, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def told(_: Request, limit: float) -> Response:
    return PlainTextResponse(f"limit {limit}", 400)


def send_to(app: ASGIApp, incoming: Iterable[Message], timeout_s: float = 30) -> list[Message]:
    """What the server is given to send when ``incoming`` comes in and then nothing more."""
    messages, sent = list(incoming), list[Message]()

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    async def scene() -> None:
        await Bodies(app, lambda _: (10, timeout_s), told, told)(dict(SCOPE), receive, send)

    play(scene())
    return sent


def body_of(sent: list[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(await Request(scope, receive).body())(scope, receive, send)


async def never(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("nobody is there to be served")


def test_a_body_in_chunks_arrives_whole() -> None:
    assert body_of(send_to(echo, [chunk(b"abc"), chunk(b"def", more=False)])) == b"abcdef"


def test_a_body_that_is_too_large_never_reaches_the_application() -> None:
    assert body_of(send_to(never, [chunk(b"x" * 6), chunk(b"x" * 6)], timeout_s=0.05)) == b"limit 10"


def test_whoever_sends_too_much_is_listened_to_until_the_end_and_hears_why_it_is_refused() -> None:
    """Closed in the middle, the connection would be reset, and the refusal lost."""
    rest = [chunk(b"x" * 6) for _ in range(50)] + [chunk(b"x", more=False)]
    assert body_of(send_to(never, [chunk(b"x" * 11), *rest], timeout_s=3600)) == b"limit 10"


def test_whoever_asks_before_sending_hears_it_at_once() -> None:
    asking = {**SCOPE, "headers": [(b"expect", b"100-continue"), (b"content-length", b"11")]}
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("reading would be saying yes")

    async def send(message: Message) -> None:
        sent.append(message)

    play(Bodies(never, lambda _: (10, 3600), told, told)(asking, receive, send))
    assert body_of(sent) == b"limit 10"


def test_a_body_that_does_not_come_never_reaches_the_application() -> None:
    assert body_of(send_to(never, [chunk(b"x")], timeout_s=0.05)) == b"limit 0.05"


def test_whoever_leaves_in_the_middle_of_a_body_is_not_served() -> None:
    assert send_to(never, [chunk(b"x"), LEFT]) == []


def test_work_for_whoever_has_left_is_cancelled() -> None:
    ended: list[str] = []

    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    assert send_to(works, [chunk(b"x", more=False), LEFT]) == []
    assert ended == ["cancelled"]


def test_what_an_application_does_after_its_response_is_not_cut_short() -> None:
    done: list[str] = []
    complete = asyncio.Event()

    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        await echo(scope, receive, send)
        complete.set()
        await asyncio.sleep(0.02)
        done.append("done")

    async def receive_then_leave() -> Message:
        if not complete.is_set() and asked:
            await complete.wait()  # servers say so of every visitor whose response is complete
        asked.append(True)
        return LEFT if complete.is_set() else chunk(b"x", more=False)

    async def send(message: Message) -> None:
        pass

    asked: list[bool] = []
    play(Bodies(works, lambda _: (10, 30), told, told)(dict(SCOPE), receive_then_leave, send))
    assert done == ["done"]


def test_an_error_of_the_application_is_raised() -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send_to(fails, [chunk(b"x", more=False)])

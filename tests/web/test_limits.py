from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from qa import deadline
from qa.errors import OutOfTime
from web.limits import Busy, Desk


def play(scene: Coroutine[object, object, object]) -> None:
    """Run a scene in a thread of its own: beside browser tests, Playwright's loop is running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, scene).result()


def test_work_that_fails_raises_its_own_error_a_timeout_too() -> None:
    desk = Desk(1, 0, 5)

    def fail() -> None:
        raise TimeoutError("of the work itself")

    with pytest.raises(TimeoutError, match="of the work itself"):
        play(desk.do(fail))
    desk.close()


def test_a_place_is_taken_until_the_work_is_really_done() -> None:
    desk, go_on = Desk(1, 0, 0.05), threading.Event()

    async def scene() -> None:
        with pytest.raises(OutOfTime):
            await desk.do(lambda: go_on.wait(30))
        with pytest.raises(Busy):
            await desk.do(lambda: None)
        go_on.set()
        for _ in range(200):
            try:
                return await desk.do(lambda: None)
            except Busy:
                await asyncio.sleep(0.01)
        raise AssertionError("the place was never given back")

    play(scene())
    desk.close()


def test_work_that_looks_at_its_deadline_stops_at_the_limit_and_gives_its_place_back() -> None:
    desk, stopped = Desk(1, 0, 0.05), threading.Event()

    def work_for_ever() -> None:
        try:
            while True:
                deadline.check()
        finally:
            stopped.set()

    async def scene() -> None:
        with pytest.raises(OutOfTime):
            await desk.do(work_for_ever)
        assert await asyncio.to_thread(stopped.wait, 60)

    play(scene())
    desk.close()


def test_whoever_waited_too_long_is_not_served_afterwards() -> None:
    desk, go_on, served = Desk(1, 1, 0.1), threading.Event(), threading.Event()

    async def scene() -> None:
        first = asyncio.ensure_future(desk.do(lambda: go_on.wait(30)))
        await asyncio.sleep(0)
        with pytest.raises(OutOfTime):
            await desk.do(served.set)
        go_on.set()
        with pytest.raises(OutOfTime):
            await first

    play(scene())
    desk.close()
    assert not served.is_set()

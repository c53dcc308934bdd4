from __future__ import annotations

import asyncio
import threading
import time
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


def test_whoever_leaves_while_waiting_is_not_served_afterwards() -> None:
    desk, go_on, served = Desk(1, 1, 60), threading.Event(), threading.Event()

    async def scene() -> None:
        first = asyncio.ensure_future(desk.do(lambda: go_on.wait(30)))
        await asyncio.sleep(0)
        leaving = asyncio.ensure_future(desk.do(served.set))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait([leaving])
        go_on.set()
        await first
        await desk.do(lambda: None)

    play(scene())
    desk.close()
    assert not served.is_set()


def test_whoever_would_be_served_too_late_is_told_at_once_how_long_it_takes() -> None:
    desk, go_on = Desk(1, 100, 60), threading.Event()

    async def scene() -> None:
        going = [asyncio.ensure_future(desk.do(lambda: go_on.wait(30))) for _ in range(4)]  # 7.5 s each, it is guessed
        await asyncio.sleep(0)
        with pytest.raises(Busy) as told:
            await desk.do(lambda: None)
        assert 25 < told.value.wait_s <= 30
        go_on.set()
        await asyncio.gather(*going)
        assert await desk.do(lambda: "served") == "served"

    play(scene())
    desk.close()


WORK_S, LIMIT_S = 0.05, 0.4


def good_answers(askers: int, seconds: float) -> int:
    """Answers that ``askers``, each of whom asks again at once, get from a desk of four places."""
    desk, good = Desk(4, 32, LIMIT_S), 0

    async def asks(until: float) -> None:
        nonlocal good
        while time.monotonic() < until:
            try:
                await desk.do(lambda: time.sleep(WORK_S))
                good += 1
            except (Busy, OutOfTime):
                await asyncio.sleep(0.01)  # impatient, whatever was said

    async def scene() -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(asks(until) for _ in range(askers)))

    play(scene())
    desk.close()
    return good


@pytest.mark.slow
def test_sixty_four_askers_get_as_many_answers_as_sixteen() -> None:
    good_answers(4, 0.2)
    assert good_answers(64, 2) > 0.8 * good_answers(16, 2)

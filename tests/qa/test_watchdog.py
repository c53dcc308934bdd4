from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from qa import watchdog
from qa.errors import OutOfTime


def _in_main_thread(call: Callable[[], object]) -> object:
    return call()


def _in_another_thread(call: Callable[[], object]) -> object:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


both = pytest.mark.parametrize("run", [_in_main_thread, _in_another_thread])


def _endless() -> None:
    while True:
        pass


def _stubborn() -> None:
    """Swallows whatever it can, as libraries do, the first call for an end included."""
    calls = 0
    while True:
        try:
            _endless()
        except Exception:
            continue
        except BaseException:
            calls += 1
            if calls > 1:
                raise


@both
@pytest.mark.parametrize("work", [_endless, _stubborn])
def test_work_that_never_ends_is_given_up(
    run: Callable[[Callable[[], object]], object], work: Callable[[], None]
) -> None:
    with pytest.raises(OutOfTime) as caught:
        run(lambda: watchdog.within(0.05, work))
    assert caught.value.limit_s == 0.05


@both
def test_work_in_time_gives_its_result_and_leaves_nothing_armed(run: Callable[[Callable[[], object]], object]) -> None:
    threads = threading.active_count()
    assert run(lambda: watchdog.within(60, lambda: "done")) == "done"
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert threading.active_count() == threads


@both
def test_an_error_of_the_work_comes_out_as_it_is(run: Callable[[Callable[[], object]], object]) -> None:
    with pytest.raises(ZeroDivisionError):
        run(lambda: watchdog.within(60, lambda: 1 // 0))


@both
def test_nothing_is_stopped_behind_the_work(run: Callable[[Callable[[], object]], object]) -> None:
    def many() -> int:
        given_up = 0
        for _ in range(30):
            try:
                watchdog.within(0.002, lambda: time.sleep(0.002))
            except OutOfTime:
                given_up += 1
        time.sleep(0.05)
        return given_up

    assert 0 <= int(str(run(many))) <= 30


_TRACED_AFTERWARDS = """
import sys, threading
from qa import watchdog
from qa.errors import OutOfTime

def watch():
    watchdog.within(60, int)
    try:
        watchdog.within(0.01, endless)
    except OutOfTime:
        print("given up")

def endless():
    while True:
        pass

thread = threading.Thread(target=watch)
thread.start()
thread.join()
sys.settrace(lambda *_: None)
(lambda: None)()
sys.settrace(None)
print("traced")
"""


def test_what_is_traced_afterwards_is_not_held_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TRACED_AFTERWARDS], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout.split("\n"), done.stderr) == (["given up", "traced", ""], "")


def test_a_regular_expression_is_stopped_in_the_middle() -> None:
    with pytest.raises(OutOfTime):
        watchdog.within(0.05, lambda: re.match(r"(a|a)*$", "a" * 40 + "b"))

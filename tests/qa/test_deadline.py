from __future__ import annotations

import threading
import time

import pytest

from qa import deadline
from qa.errors import OutOfTime


def test_nothing_is_limited_where_no_door_has_said_so() -> None:
    deadline.check()


def test_work_is_given_up_when_its_time_is_over_and_free_again_afterwards() -> None:
    with deadline.within(600):
        deadline.check()
    with deadline.within(0), pytest.raises(OutOfTime, match="within 0 s"):
        deadline.check()
    deadline.check()


def test_waiting_counts() -> None:
    with deadline.within(5, since=time.monotonic() - 6), pytest.raises(OutOfTime, match="within 5 s"):
        deadline.check()


@pytest.mark.parametrize(("outer", "inner"), [(0, 600), (600, 0)])
def test_the_earlier_of_two_limits_counts(outer: float, inner: float) -> None:
    with deadline.within(outer), deadline.within(inner), pytest.raises(OutOfTime, match="within 0 s"):
        deadline.check()


def test_a_thread_has_a_limit_of_its_own() -> None:
    done = threading.Event()

    def work() -> None:
        deadline.check()
        done.set()

    with deadline.within(0):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert done.is_set()

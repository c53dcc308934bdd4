"""Work -> its result, or :class:`qa.errors.OutOfTime` when it takes too long, although it never looks at a clock.

:mod:`qa.deadline` is for work that looks; this is for work that cannot be asked to: a parser, a pattern, a loop that
nobody thought could be long. The main thread is woken by POSIX's alarm, which also stops a regular expression in the
middle; another thread is sent an exception, which it gets between two steps of Python. Either is repeated until the
work gives in, and nothing is left armed afterwards.

What cannot be stopped is one call into a library in C that does not return (parsing a page, running a network): the
limit takes effect when it returns, so that such calls have to be bounded by the size of what they are given. What is
stopped is stopped anywhere: give it only work whose half-made result can be thrown away. No storing, no loading of
modules or models.
"""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import TypeVar

from qa import deadline
from qa.errors import OutOfTime

__all__ = ["within"]

Result = TypeVar("Result")
_AGAIN_S = 0.5  # to work that has caught or ignored the first call


class _Enough(BaseException):
    """What stops the work: no ``except Exception`` of a library swallows it."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do the work in at most so many seconds by the clock on the wall; calls must not be nested.

    Raises:
        OutOfTime: it took longer and was given up.
    """
    watching = _by_alarm if threading.current_thread() is threading.main_thread() else _by_thread
    try:
        with deadline.within(seconds):
            return watching(seconds, work)
    except _Enough:
        raise OutOfTime(seconds) from None


def _watched(work: Callable[[], Result]) -> Result:
    """The only frame below which anything is stopped."""
    return work()


def _is_watched(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code is not _watched.__code__:
        frame = frame.f_back
    return frame is not None


def _by_alarm(seconds: float, work: Callable[[], Result]) -> Result:
    def ring(_: int, frame: FrameType | None) -> None:
        if _is_watched(frame):
            raise _Enough

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
        return _watched(work)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _by_thread(seconds: float, work: Callable[[], Result]) -> Result:
    watched, done, sent = threading.get_ident(), threading.Event(), threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            wait = _AGAIN_S
            if _is_watched(sys._current_frames().get(watched)):
                sent.set()
                _send(watched)

    watcher = threading.Thread(target=watch, name="qa watchdog", daemon=True)
    watcher.start()
    try:
        return _watched(work)
    finally:
        while watcher.is_alive():
            with suppress(_Enough):  # sent while the work was ending
                done.set()
                watcher.join()
        if sent.is_set():
            _raise_what_was_sent(watched)


def _raise_what_was_sent(thread: int) -> None:
    """Nothing is raised behind the work: what was sent while it ended is raised here.

    It is not taken back, as sending NULL would: before 3.12 CPython then believes for good that there is something to
    raise, looks for it at every step, and never gets beyond the first of a function that is traced (a debugger, a
    measurement of coverage).
    """
    with suppress(_Enough):
        while True:
            _send(thread)


def _send(thread: int) -> None:
    """Let a thread raise :class:`_Enough` at its next step; it takes the place of one that it has not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Enough))

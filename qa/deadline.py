"""A time limit that work looks at and stops: set once by the door, looked at wherever work is done piece by piece.

A thread cannot be stopped from outside; it has to look. The moment at which work has to end belongs to a request and
not to any of the functions between the door and a loop deep inside, so it is a context variable and no argument: a
signature says what a function turns into what. Each thread has its own, and nothing is limited where no door has said
so.

Promises: of two limits, one within the other, the earlier counts; a look costs well under a microsecond. What it does
not know: how long a single call into a library takes; between two looks nothing stops.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from qa.errors import OutOfTime

__all__ = ["check", "within"]

_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)  # the moment, and the seconds to it


@contextmanager
def within(seconds: float, *, since: float | None = None) -> Iterator[None]:
    """Limit what is done inside, in this thread.

    Args:
        seconds: how long it may take, by the clock on the wall.
        since: the moment from which they count, by ``time.monotonic``; None means now.
    """
    ends = (time.monotonic() if since is None else since) + seconds
    around = _limit.get()
    token = _limit.set(around if around and around[0] <= ends else (ends, seconds))
    try:
        yield
    finally:
        _limit.reset(token)


def check() -> None:
    """Go on only while there is time.

    Raises:
        OutOfTime: the limit around this call is over.
    """
    limit = _limit.get()
    if limit is not None and time.monotonic() >= limit[0]:
        raise OutOfTime(limit[1])

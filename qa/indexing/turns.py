"""Threads that use something and one that replaces it -> turns: many use it at once, and whoever replaces it is alone.

Promise: whoever waits to be alone goes before whoever comes to use it later. Using may be nested in one thread only
where nobody waits to be alone; nothing here does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

__all__ = ["Turns"]


class Turns:
    """One thing's users, counted."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._users = 0
        self._waiting = 0
        self._alone = False

    @contextmanager
    def using(self) -> Iterator[None]:
        """Use it together with others."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone and not self._waiting)
            self._users += 1
        try:
            yield
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have it alone, once those who use it are done."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: not self._alone and not self._users)
            self._waiting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()

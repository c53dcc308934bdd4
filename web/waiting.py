"""Work that is being done and work that waits -> how long whoever comes now would have to wait.

:class:`Line` learns how long work of each kind takes from the work that it has seen, and plays forward what is in line:
each piece goes to the place that is free first. Promises: with a free place the wait is 0, whatever was learnt, so that
a wrong estimate is always put right by the next piece; one piece that hangs costs its own place alone.

What it does not know: what the work is, and who gives up waiting. It has no lock of its own.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Line", "Piece"]

NEWEST = 0.2  # weight of the newest piece of a kind in what is expected of the next


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of work: its kind, how many times the work of one such piece it is, when it came and was begun.

    ``waits`` says that no place was free when it came.
    """

    kind: str
    size: int
    came: float
    waits: bool
    begun: float | None = None


class Line:
    """What is done at a number of places, and what waits for one, in order.

    Args:
        places: pieces that are done at once.
        guess_s: seconds that a piece takes, as long as none of any kind has been seen.
        clock: seconds since whenever.
    """

    def __init__(self, places: int, guess_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = places
        self._guess_s = guess_s
        self._clock = clock
        self._learnt: dict[str, float] = {}
        self._pieces: dict[Piece, None] = {}  # in the order in which they came

    def __len__(self) -> int:
        """Number of pieces that are done or wait."""
        return len(self._pieces)

    def takes_s(self, kind: str, size: int = 1) -> float:
        """Return how long a piece is expected to take; of a kind never seen, as long as the slowest kind."""
        each = self._learnt.get(kind)
        return size * (max(self._learnt.values(), default=self._guess_s) if each is None else each)

    def wait_s(self) -> float:
        """Return in how many seconds a place is free for whoever comes now; 0 where one is free already."""
        now = self._clock()
        free = [self._left_s(piece, now) for piece in self._pieces if piece.begun is not None][: self._places]
        free += [0.0] * (self._places - len(free))
        heapq.heapify(free)
        for piece in self._pieces:
            if piece.begun is None:
                heapq.heapreplace(free, free[0] + self.takes_s(piece.kind, piece.size))
        return free[0]

    def join(self, kind: str, size: int = 1) -> Piece:
        """Put a piece at the end of the line."""
        piece = Piece(kind, size, self._clock(), self.wait_s() > 0)
        self._pieces[piece] = None
        return piece

    def done_after_s(self, piece: Piece) -> float:
        """Return how long after its coming the piece would be done if it were begun now."""
        return self._clock() - piece.came + self.takes_s(piece.kind, piece.size)

    def begin(self, piece: Piece) -> None:
        """Say that the piece is being done from now on."""
        piece.begun = self._clock()

    def leave(self, piece: Piece) -> None:
        """Take a piece out, and learn from it if it was begun."""
        del self._pieces[piece]
        if piece.begun is not None:
            took = (self._clock() - piece.begun) / piece.size
            self._learnt[piece.kind] = NEWEST * took + (1 - NEWEST) * self._learnt.get(piece.kind, took)

    def _left_s(self, piece: Piece, now: float) -> float:
        """What is left of a piece; one that takes longer than expected will take as long again as it is late."""
        return abs(self.takes_s(piece.kind, piece.size) - (now - (piece.begun or now)))

"""Steps -> how many milliseconds each took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Clock"]


class Clock:
    """Milliseconds by step, and in all."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._steps: dict[str, float] = {}

    @contextmanager
    def measuring(self, step: str) -> Iterator[None]:
        """Add the time of a ``with`` block to ``step``."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._steps[step] = self._steps.get(step, 0.0) + (time.perf_counter() - started) * 1_000

    def timings(self) -> dict[str, float]:
        """Milliseconds of each step, and ``total`` since the clock was made."""
        total = (time.perf_counter() - self._started) * 1_000
        return {step: round(value, 2) for step, value in {**self._steps, "total": total}.items()}

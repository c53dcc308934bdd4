"""A source that is being read -> how much of it has been given out, for whoever shows progress.

A reader that gives several articles notes after each how far it is (:func:`note`); whoever reads asks for that between
two articles (:class:`Meter`). Promise: what nobody asks for costs nothing. What this does not know: how long it takes.
"""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path

from qa.ingestion.sources import is_address

__all__ = ["Meter", "note"]

_far: ContextVar[float] = ContextVar("share of the source that has been given out", default=0.0)
_PAGE_BYTES = 30_000  # what an address counts for among files


def note(share: float) -> None:
    """Say how much of the source has been given out, 0 to 1."""
    _far.set(share)


class Meter:
    """How far a run over several sources is, by their bytes.

    Args:
        sources: files and addresses; what cannot be looked at counts for nothing.
    """

    def __init__(self, sources: list[str]) -> None:
        self._bytes = [_size(source) for source in sources]
        self._total = sum(self._bytes) or 1
        self._before = 0
        self._at = -1

    def begin(self) -> None:
        """Come to the next source."""
        if self._at >= 0:
            self._before += self._bytes[self._at]
        self._at += 1
        note(0.0)

    @property
    def share(self) -> float:
        """How much of all sources has been given out, 0 to 1."""
        return min(1.0, (self._before + self._bytes[self._at] * _far.get()) / self._total) if self._at >= 0 else 0.0


def _size(source: str) -> int:
    try:
        return _PAGE_BYTES if is_address(source) else Path(source).stat().st_size
    except OSError:
        return 0

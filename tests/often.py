"""How often hostile things are tried: a few times in the ordinary tests, at length with ``make fuzz``."""

from __future__ import annotations

import os

__all__ = ["AT_LENGTH", "often"]

AT_LENGTH = os.environ.get("ONRECORD_FUZZ") == "1"


def often(times: int, at_length: int | None = None) -> int:
    """Return ``times``, or ``at_length`` (twenty times as often, unless said) with ``make fuzz``."""
    return (at_length or 20 * times) if AT_LENGTH else times

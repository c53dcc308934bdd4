"""Articles -> statements, texts -> vectors, as a process of its own that works for a server.

:mod:`qa.assistant.keeping.apart` starts it. It is told over a connection which networks, then what to do; it gives way
to those who are answered (nice), ends with its parent and after a minute without work. It loads the two networks'
stages and nothing else, since it is started anew for each stretch of work. What this does not know: what becomes of
what it makes.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from qa.attribution import RuleAttributor, TokenAttributor
from qa.embedding import load_encoder
from qa.errors import QaError
from qa.protocols import Attributor

__all__ = ["main"]

_NICE = 5  # a third of the weight of whoever answers; with more, a busy machine would let nothing in
_IDLE_S = 60.0


def main() -> None:
    """Work for whoever started this process, at the connection whose number is the argument.

    First come the weights of the attributor (None for the rules) and the arguments of the encoder's loader; then pairs
    of what to do ("attribute", "encode") and its argument, each answered by a pair: "made" and the outcome, "failed"
    and the kind, message and remedy of an error of ours, or "broke" and what any other says.
    """
    with suppress(OSError):  # where that is not allowed, it has the same priority
        os.nice(_NICE)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # whoever ends a service means the parent, with which this ends
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, OSError), Connection(int(sys.argv[1])) as connection:
        parts = _parts(*connection.recv())
        while connection.poll(_IDLE_S):
            work, given = connection.recv()
            connection.send(_made(parts[work], given))


def _end_with(parent: int) -> None:
    """End when the parent has, also in the middle of work."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def _parts(weights: Path | None, encoder: dict[str, Any]) -> dict[str, Callable[[Any], Any]]:
    @cache
    def attributor() -> Attributor:
        return RuleAttributor() if weights is None else TokenAttributor(weights)

    @cache
    def loaded() -> Any:
        return load_encoder(**encoder)

    return {
        "attribute": lambda article: attributor().attribute(article),
        "encode": lambda texts: loaded().encode(texts),
    }


def _made(make: Callable[[Any], Any], given: object) -> tuple[str, Any]:
    try:
        return "made", make(given)
    except QaError as error:
        return "failed", {"kind": type(error).__name__, "message": error.message, "remedy": error.remedy}
    except Exception as error:  # it is the parent that knows whose fault that is
        return "broke", f"{type(error).__name__}: {error}"

"""The making of one draft -> the draft, or a :class:`qa.errors.SourceError` that says where and why there is none.

Readers translate what they expect; nobody expects everything. Whatever a parser raises, and however long it takes, it
costs the one record that it was given. What cannot be stopped in time is said in :mod:`qa.watchdog`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from qa import watchdog
from qa.errors import OutOfTime, QaError, SourceError
from qa.ingestion.metering import note

__all__ = ["failure_of", "guarded", "one_draft"]

Made = TypeVar("Made")


def guarded(make: Callable[[], Made], source: str, seconds: float, *, line: int | None = None) -> Made | SourceError:
    """Do what makes one draft, or an article of one.

    Args:
        make: pure work, which may be stopped anywhere.
        source: its source, for the error.
        seconds: the time limit.
        line: where the record starts in its source, where one is known.
    """
    try:
        return watchdog.within(seconds, make)
    except Exception as error:  # the net: see above
        return failure_of(error, source, line)


def one_draft(make: Callable[[], Made], source: str, seconds: float) -> Iterator[Made | SourceError]:
    """Yield the one draft of a source that holds one article, or the error that making it met."""
    found = guarded(make, source, seconds)
    note(1.0)
    yield found


def failure_of(error: Exception, source: str, line: int | None = None) -> SourceError:
    """What an operator is told about an article that met this error."""
    if isinstance(error, SourceError):
        return error
    if isinstance(error, OutOfTime):
        return SourceError(
            source,
            f"given up after {error.limit_s:g} s",
            line=line,
            remedy="Raise QA_INGESTION__ARTICLE_TIMEOUT_S if it is worth the time.",
        )
    if isinstance(error, QaError):
        return SourceError(source, error.message, line=line, remedy=error.remedy)
    reason = f"something unforeseen went wrong ({type(error).__name__}: {error})"
    return SourceError(source, reason, line=line, remedy="Leave it out, and report this as a bug of On Record.")

"""What the owner of an archive and those who ask it say to each other: one JSON object a line.

A caller says what it ``wants``; the owner tells how the work goes (``waiting``, ``progress``, ``article``, ``failure``,
``done``) and ends with what is ``given`` or what ``failed``. Promise: an error arrives as the error that it was, with
its message and remedy. What this does not know: what can be wanted.
"""

from __future__ import annotations

import json
import select
import socket
from typing import Any

from qa import errors
from qa.catalog import StoredStatus
from qa.errors import QaError, SourceError
from qa.records import Finding, Ingested, IngestReport

__all__ = [
    "VERSION",
    "Conversation",
    "Gone",
    "article_of",
    "error_of",
    "finding_of",
    "of_article",
    "of_error",
    "of_finding",
    "of_report",
    "report_of",
]

VERSION = 1  # of what is said
Message = dict[str, Any]
_MOST_BYTES = 256 * 2**20  # of one line
_PIECE = 2**16


class Gone(Exception):
    """The other side has closed the connection, or has died."""


class Conversation:
    """One connection, a message at a time."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = bytearray()

    def say(self, message: Message) -> None:
        """Send a message.

        Raises:
            Gone: nobody takes it.
        """
        try:
            self._connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise Gone from error

    def hear(self, within_s: float | None = None) -> Message | None:
        """Return the next message; None when none has come within the time.

        Raises:
            Gone: there is no other side any more, or what it says is no message.
        """
        searched = 0
        while (end := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            if within_s is not None and not select.select([self._connection], [], [], within_s)[0]:
                return None
            try:
                piece = self._connection.recv(_PIECE)
            except OSError as error:
                raise Gone from error
            if not piece or len(self._received) > _MOST_BYTES:
                raise Gone
            self._received += piece
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        try:
            message = json.loads(line)
        except ValueError as error:
            raise Gone from error
        if not isinstance(message, dict):
            raise Gone
        return message

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def of_error(error: BaseException) -> Message:
    """Write an error down; one that is not ours becomes one of ours that names it."""
    if isinstance(error, SourceError):
        return {
            "kind": "SourceError",
            "source": error.source,
            "reason": error.reason,
            "line": error.line,
            "remedy": error.remedy,
            "links": [list(link) for link in error.links],
        }
    if isinstance(error, QaError):
        return {"kind": type(error).__name__, "message": error.message, "remedy": error.remedy}
    return {"kind": "QaError", "message": f"{type(error).__name__}: {error}", "remedy": "`qa doctor` says more."}


def error_of(told: Message) -> QaError:
    """Read an error that :func:`of_error` has written."""
    if told["kind"] == "SourceError":
        found = SourceError(told["source"], told["reason"], line=told["line"], remedy=told["remedy"])
        found.links = tuple((str(url), str(headline)) for url, headline in told.get("links", ()))
        return found
    kind = getattr(errors, told["kind"], QaError) if told["kind"] in errors.__all__ else QaError
    error: QaError = kind.__new__(kind, told["message"])
    QaError.__init__(error, told["message"], remedy=told["remedy"])
    return error


def of_article(one: Ingested) -> Message:
    """Write down an article that is in."""
    return {"id": one.article_id, "title": one.title, "url": one.url, "status": one.status.value}


def article_of(told: Message) -> Ingested:
    """Read what :func:`of_article` has written."""
    return Ingested(told["id"], told["title"], told["url"], StoredStatus(told["status"]))


def of_report(report: IngestReport) -> Message:
    """Write down what became of an ingestion."""
    return {
        "counts": report.counts,
        "failures": [of_error(one) for one in report.failures],
        "passages": report.passages,
        "seconds": report.seconds,
        "set_aside": report.set_aside,
        "passed_over": dict(report.passed_over),
        "stopped": report.stopped,
    }


def report_of(told: Message) -> IngestReport:
    """Read what :func:`of_report` has written."""
    failures = [error_of(one) for one in told["failures"]]
    return IngestReport(**{**told, "failures": tuple(one for one in failures if isinstance(one, SourceError))})


def of_finding(finding: Finding) -> Message:
    """Write down a line of the doctor's."""
    return {
        "subject": finding.subject,
        "sound": finding.sound,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def finding_of(told: Message) -> Finding:
    """Read what :func:`of_finding` has written."""
    return Finding(**told)

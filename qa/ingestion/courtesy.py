"""An address -> its answer, asked for as its host wishes: one request at a time, with pauses, as robots.txt says.

Promises: no two requests to one host come closer than the delay, ours or the longer one that its ``robots.txt`` asks
for, but that a redirect is followed at once; what that file forbids is not asked for, redirects too, and a host that
cannot say what it forbids is left alone (RFC 9309); a host that answers 429 or 503 is left alone for as long as it says
(``Retry-After``). What this does not know: other processes, of which each keeps its own distance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from urllib.parse import urlsplit

from qa.errors import SourceError, WorkStopped
from qa.ingestion.requesting import Reply, Requester
from qa.ingestion.robots import EVERYTHING, Rules, rules_of

__all__ = ["Courteous", "HostAsksToWait", "retry_after"]

_NAME = "OnRecord"
_ROBOTS_S = 3_600.0  # for which a robots.txt counts
_AGAIN_S = 60.0  # before a host is asked again that could not say what it forbids
_LONGEST_WAIT_S = 7 * 86_400.0
_LOOK_S = 0.1
_BUSY = (429, 503)


class HostAsksToWait(SourceError):
    """A host has answered that it is asked too often, or is down for a while.

    Args:
        source: the address that was asked for.
        reason: what it answered.
        seconds: how long it is to be left alone, from now.
    """

    def __init__(self, source: str, reason: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(source, reason)


@dataclass
class _Host:
    asking: Lock = field(default_factory=Lock)  # whoever has it waits for no other host's
    learning: Lock = field(default_factory=Lock)  # what it forbids
    last: float | None = None  # all of these are moments of time.monotonic
    until: float = 0.0
    told: str = ""
    rules: Rules = EVERYTHING
    known_until: float = 0.0
    problem: SourceError | None = None


@dataclass
class Courteous:
    """Asks hosts for addresses; from several threads, each host by one at a time.

    Args:
        requester: what asks.
        delay_s: seconds between two requests to one host, at least.
        stop: asked while it waits, whether to end.
    """

    requester: Requester
    delay_s: float
    stop: Callable[[], bool] = lambda: False
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Ask for an address.

        Raises:
            HostAsksToWait: its host is to be left alone for a while.
            SourceError: it may not be asked for, or there is no answer.
            WorkStopped: it was to end.
        """
        host = self._host(address)
        with self._alone(host):
            self._check(address)
            self._wait(host)
            try:
                reply = self.requester.get(address, headers, before=self._check)
            finally:
                host.last = time.monotonic()
            if reply.status in _BUSY:
                self._leave(host, reply, reply.problem)
                raise HostAsksToWait(address, reply.problem, host.until - time.monotonic())
            return reply

    def _host(self, address: str) -> _Host:
        return self._hosts.setdefault(_origin(address), _Host())

    @contextmanager
    def _alone(self, host: _Host) -> Iterator[None]:
        while not host.asking.acquire(timeout=_LOOK_S):
            if self.stop():
                raise WorkStopped
        try:
            yield
        finally:
            host.asking.release()

    def _check(self, address: str) -> None:
        """Refuse what may not be asked for now."""
        host = self._host(address)
        with host.learning:
            if (left := host.until - time.monotonic()) > 0:
                raise HostAsksToWait(address, host.told, left)
            if time.monotonic() >= host.known_until:
                self._ask_what_is_forbidden(host, address)
        if host.problem is not None:
            raise SourceError(address, host.problem.reason, remedy=host.problem.remedy)
        if not host.rules.allow(address):
            raise SourceError(
                address,
                f"the robots.txt of {urlsplit(address).netloc} forbids it",
                remedy="Ask who runs the site, or save the article and ingest the file.",
            )

    def _ask_what_is_forbidden(self, host: _Host, address: str) -> None:
        self._wait(host)
        host.problem, valid_s = None, _ROBOTS_S
        try:
            reply = self.requester.get(f"{_origin(address)}/robots.txt")
        except SourceError as error:
            host.problem, valid_s = error, _AGAIN_S
        else:
            told = f"{reply.problem} when asked what it forbids (robots.txt)"
            if reply.status in _BUSY:
                self._leave(host, reply, told)
                raise HostAsksToWait(address, told, host.until - time.monotonic())
            if reply.status >= 500:
                host.problem, valid_s = SourceError(address, told), _AGAIN_S
            else:
                host.rules = rules_of(reply.body, _NAME) if reply.status == 200 else EVERYTHING
        finally:
            host.last = time.monotonic()
        host.known_until = host.last + valid_s

    def _leave(self, host: _Host, reply: Reply, told: str) -> None:
        host.until, host.told = time.monotonic() + retry_after(reply, datetime.now(UTC)), told

    def _wait(self, host: _Host) -> None:
        """Keep the distance to the last request."""
        until = 0.0 if host.last is None else host.last + max(self.delay_s, host.rules.delay_s)
        while (left := until - time.monotonic()) > 0:
            if self.stop():
                raise WorkStopped
            time.sleep(min(left, _LOOK_S))


def retry_after(reply: Reply, now: datetime) -> float:
    """For how many seconds a busy server asks to be left alone (RFC 9110, 10.2.3); a minute where it does not say."""
    said = reply.headers.get("retry-after", "").strip()
    seconds = 60.0
    if said.isdigit():
        seconds = float(said[:9])
    elif said:
        try:
            moment = parsedate_to_datetime(said)
            seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
        except (ValueError, OverflowError):
            pass
    return min(max(seconds, 1.0), _LONGEST_WAIT_S)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"

"""A job -> what its page says: how far it is, what became of it, what failed and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qa.errors import SourceError
from web.problems import told
from web.receiving import RECEIVED

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Job

__all__ = ["Failure", "JobView", "job"]

STATES = {
    "waiting": "Waiting",
    "running": "Being put in",
    "done": "Done",
    "stopped": "Stopped",
    "failed": "Failed",
}
COUNTS = {
    "added": "new",
    "updated": "changed",
    "new_version": "new version",
    "new_location": "there already, at another address",
    "unchanged": "there already",
    "restored": "brought back",
    "mended": "mended",
    "hidden": "removed before, and left out",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One article that did not go in."""

    source: str
    line: int | None
    reason: str
    remedy: str | None
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as its page and the list of jobs show it; ``percent`` is of the bytes that were given."""

    href: str
    who: str
    state: str
    heading: str
    over: bool
    stopping: bool
    percent: int
    now: str | None
    waits_for: tuple[str, ...]
    counts: tuple[tuple[int, str], ...]
    failures: tuple[Failure, ...]
    more_failures: int
    problem: str | None
    came: str


def job(one: Job) -> JobView:
    """Draw a job as it is at this moment."""
    progress = one.progress.get("progress", {})
    failures = tuple(_failure(error) for error in list(one.failures) if isinstance(error, SourceError))
    counts = dict(one.counts)
    return JobView(
        href=f"/add/jobs/{one.id}",
        who=one.work.label,
        state=one.state.value,
        heading=_heading(one),
        over=one.over,
        stopping=one.is_to_stop(),
        percent=100 if one.state.value == "done" else int(100 * _share(one)),
        now=None if one.over else progress.get("name"),
        waits_for=() if one.over else tuple(one.progress.get("waiting", ())),
        counts=tuple((number, COUNTS.get(name, name)) for name, number in counts.items()),
        failures=failures,
        more_failures=max(0, counts.get("failed", 0) - len(failures)),
        problem=told(one.error) if one.error else None,
        came=one.came.strftime("%H:%M"),
    )


def _heading(one: Job) -> str:
    if one.is_to_stop() and not one.over:
        return "Stopping"
    if one.state.value == "running" and one.work.kind not in {"ingest", "take_feed"}:
        return "Being done"
    return STATES[one.state.value]


def _share(one: Job) -> float:
    done, total = one.progress.get("steps", (0, 0))
    share: float = one.progress.get("progress", {}).get("share", 0.0)
    return done / total if total else share


def _failure(error: SourceError) -> Failure:
    name = PurePosixPath(error.source).name if error.source.startswith(RECEIVED) else error.source
    return Failure(name, error.line, error.reason, error.remedy, error.links)

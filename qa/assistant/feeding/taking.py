"""What a poll has gathered -> the archive, by the same way as everything else that is put in.

Promises: an item is noted as done once its article is stored and indexed, one by one, so that a kill loses nothing that
was reported and the next poll goes on from there; the feed's own row follows last. A feed that shrinks takes nothing
out. What this does not know: the network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from qa.assistant.feeding.gathering import MOST_TRIES, Found, Gathered, unanswered
from qa.assistant.keeping.ingesting import Event, Read
from qa.assistant.keeping.quarantine import draft_from, fields_of
from qa.catalog import Catalog, FeedState
from qa.errors import SourceError
from qa.records import Ingested, IngestReport

__all__ = ["Taking", "gathered_of", "of_gathered"]

_TIMES = ("polled_at", "next_at", "came_at")


@dataclass
class Taking:
    """One poll's items on their way into the archive.

    Args:
        catalog: where items are noted.
        gathered: what was gathered.
        tell: is told what becomes of each.
    """

    catalog: Catalog
    gathered: Gathered
    tell: Callable[[Event], None]
    _left: dict[str, Found] = field(default_factory=dict)
    _by_place: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    _failed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for one in self.gathered.items:
            self._left[one.key] = one
            for place in {one.place, *([one.draft.location] if one.draft else [])}:
                self._by_place[place].append(one)

    def reads(self) -> Iterator[Read]:
        """What is to be put in."""
        for number, one in enumerate(self.gathered.items, 1):
            found = one.draft or SourceError(one.place, one.reason, remedy=one.remedy)
            yield Read(one.place, found, worth_keeping=False, share=number / len(self.gathered.items))

    def hear(self, event: Event) -> None:
        """Note what became of an item."""
        key = self.gathered.state.key
        place = event.url if isinstance(event, Ingested) else event.source
        ours = [one for one in self._by_place.get(place, ()) if one.key in self._left]
        for one in ours:
            del self._left[one.key]
        if isinstance(event, Ingested):
            self.catalog.feeds.note_done(key, [(one.key, one.digest) for one in ours], event.article_id)
        else:
            for one in ours:
                self._failed.add(one.key)
                self.catalog.feeds.note_failed(key, one.key, one.digest, one.place, event.reason)
        self.tell(event)

    def end(self, report: IngestReport | None) -> None:
        """Note the poll itself; ``report`` is None where there was nothing to put in."""
        state = self.gathered.state
        known = self.catalog.feeds.known(state.key) if self._failed else {}
        again = sum(known[key].tries < MOST_TRIES for key in self._failed if key in known)
        left = state.left + len(self._left) + again
        if report is not None and (report.counts or not state.counts):  # what only failed again hides nothing
            counts = dict(report.counts) | ({"failed": len(report.failures)} if report.failures else {})
            state = replace(state, counts=counts, came_at=datetime.now(UTC))
        self.catalog.feeds.note_poll(replace(unanswered(state, not left), left=left))


def of_gathered(gathered: Gathered) -> dict[str, Any]:
    """Write down what was gathered, for another process."""
    state = asdict(gathered.state)
    items = [
        {**{name: getattr(one, name) for name in ("key", "digest", "place", "reason", "remedy")}, "draft": _draft(one)}
        for one in gathered.items
    ]
    return {"state": {**state, **{name: _time(state[name]) for name in _TIMES}}, "items": items}


def gathered_of(told: Mapping[str, Any]) -> Gathered:
    """Read what :func:`of_gathered` has written."""
    times = {name: datetime.fromisoformat(at) if (at := told["state"][name]) else None for name in _TIMES}
    items = (
        Found(**{**one, "draft": draft_from(dict(one["draft"])) if one["draft"] else None}) for one in told["items"]
    )
    return Gathered(FeedState(**{**told["state"], **times}), tuple(items))


def _draft(one: Found) -> dict[str, Any] | None:
    if one.draft is None:
        return None
    return {
        name: _time(value) if hasattr(value, "isoformat") else value for name, value in fields_of(one.draft).items()
    }


def _time(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())

"""What can be asked of whoever may change an archive, and how it is done.

:class:`Writer` is what :class:`qa.assistant.Assistant` does when it is open for writing, and what
:class:`qa.assistant.sharing.handing.HandedOver` has the owner do in another process. What this does not know: who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from qa.assistant.feeding.gathering import Gathered
from qa.assistant.feeding.taking import gathered_of
from qa.assistant.sharing.messages import Message, of_article, of_error, of_finding, of_report
from qa.errors import QaError, SourceError, WorkStopped
from qa.people import Profile
from qa.records import Finding, Ingested, IngestReport, Progress

__all__ = ["Tell", "Work", "Writer", "perform"]

Tell = Callable[[Message], None]


class Writer(Protocol):
    """An archive that may be changed."""

    def ingest(
        self,
        sources: Sequence[str],
        *,
        restore: bool = False,
        trust_stated: bool = False,
        retry: bool = False,
        called: Mapping[str, str] | None = None,
        on_event: Callable[[Ingested | SourceError], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Put articles in."""
        ...

    def remove(self, article_ids: Sequence[str], *, purge: bool = False, all_versions: bool = False) -> int:
        """Hide or erase articles; return how many passages went with them."""
        ...

    def rebuild(self, *, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Make the vectors anew."""
        ...

    def rebuild_statements(self, *, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Find the statements anew."""
        ...

    def merge_speakers(self, into: str, other: str) -> Profile:
        """Make two speakers one."""
        ...

    def split_speaker(self, spelling: str) -> Profile:
        """Make a spelling a speaker of its own."""
        ...

    def mend(self) -> list[Finding]:
        """Restore what is damaged."""
        ...

    def add_feeds(self, feeds: Mapping[str, str | None], *, later: bool = False) -> list[str]:
        """Keep feeds, address -> title; return the addresses that are new."""
        ...

    def remove_feeds(self, addresses: Sequence[str]) -> list[str]:
        """Poll feeds no more; return those that were there."""
        ...

    def hurry_feeds(self, addresses: Sequence[str] | None = None) -> int:
        """Have feeds, or all, polled by the server at once; return how many there are."""
        ...

    def take_feed(
        self,
        gathered: Gathered,
        *,
        on_event: Callable[[Ingested | SourceError], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Put in what a poll has gathered."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: what, with which arguments, and for whom ("qa ingest (pid 4711)")."""

    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)
    label: str = "qa"


def perform(archive: Writer, work: Work, tell: Tell, stop: Callable[[], bool]) -> Any:
    """Do a piece of work and return its result as a message has it.

    Raises:
        WorkStopped: it was to stop, and is of a kind that has no result then.
        QaError: it cannot be done.
    """
    given = work.arguments

    def step(done: int, total: int) -> None:
        if stop():
            raise WorkStopped
        tell({"steps": [done, total]})

    def event(one: Ingested | SourceError) -> None:
        tell({"failure": of_error(one)} if isinstance(one, SourceError) else {"article": of_article(one)})

    def show(progress: Progress) -> None:
        tell({"progress": asdict(progress)})

    kinds: dict[str, Callable[[], Any]] = {
        "ingest": lambda: of_report(
            archive.ingest(given["sources"], **given["how"], on_event=event, on_progress=show, stop=stop)
        ),
        "remove": lambda: archive.remove(given["ids"], purge=given["purge"], all_versions=given["all_versions"]),
        "rebuild": lambda: archive.rebuild(on_progress=step),
        "rebuild_statements": lambda: archive.rebuild_statements(on_progress=step),
        "merge_speakers": lambda: archive.merge_speakers(given["into"], given["other"]).slug,
        "split_speaker": lambda: archive.split_speaker(given["spelling"]).slug,
        "add_feeds": lambda: archive.add_feeds(given["feeds"], later=given["later"]),
        "remove_feeds": lambda: archive.remove_feeds(given["addresses"]),
        "hurry_feeds": lambda: archive.hurry_feeds(given["addresses"]),
        "take_feed": lambda: of_report(
            archive.take_feed(gathered_of(given["gathered"]), on_event=event, on_progress=show, stop=stop)
        ),
        "mend": lambda: [of_finding(one) for one in archive.mend()],
    }
    if work.kind not in kinds:
        raise QaError(f"{work.kind!r} is no work on an archive.", remedy="Stop the server and start it again.")
    return kinds[work.kind]()

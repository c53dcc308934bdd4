"""Work on an archive that another process owns -> handed to the owner, with its progress and its result.

Promises: paths arrive as they are meant here; what the owner reported as done is done, also when the owner dies in the
middle, which is an error that says how far it was. What this does not know: how the work is done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.assistant.feeding.gathering import Gathered
from qa.assistant.feeding.taking import of_gathered
from qa.assistant.sharing.meeting import NobodyThere, call
from qa.assistant.sharing.messages import (
    VERSION,
    Conversation,
    Gone,
    Message,
    article_of,
    error_of,
    finding_of,
    report_of,
)
from qa.errors import ArchiveError, SourceError
from qa.people import Profile
from qa.records import Finding, Ingested, IngestReport, Progress

__all__ = ["Busy", "HandedOver"]

_LOOK_S = 0.1


class Busy(Exception):
    """The folder's owner takes no work from others; its argument is who it is."""


class HandedOver:
    """A :class:`qa.assistant.sharing.work.Writer` whose work another process does; one piece of it.

    Args:
        data_dir: the archive.
        label: who asks, such as "qa ingest"; the process id is added.
        profile_of: reads a speaker once the owner has changed it.
        on_wait: is told for whom the work waits; for nobody any more is an empty list.
        on_taken: is told who has taken the work, before anything is done.
    """

    def __init__(
        self,
        data_dir: Path,
        label: str,
        profile_of: Callable[[str], Profile],
        on_wait: Callable[[Sequence[str]], None] | None = None,
        on_taken: Callable[[str], None] | None = None,
    ) -> None:
        self._data_dir = data_dir
        self._label = f"{label} (pid {os.getpid()})"
        self._profile_of = profile_of
        self._on_wait = on_wait or (lambda whom: None)
        self._on_taken = on_taken or (lambda owner: None)

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
        """Have articles put in; arguments and errors as of :meth:`qa.assistant.Assistant.ingest`."""
        how = {"restore": restore, "trust_stated": trust_stated, "retry": retry, "called": dict(called or {})}
        hear = _events(on_event, on_progress)
        return report_of(self._done("ingest", {"sources": list(sources), "how": how}, hear, stop))

    def remove(self, article_ids: Sequence[str], *, purge: bool = False, all_versions: bool = False) -> int:
        """Have articles removed."""
        return int(self._done("remove", {"ids": list(article_ids), "purge": purge, "all_versions": all_versions}))

    def rebuild(self, *, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Have the vectors made anew."""
        return int(self._done("rebuild", {}, _steps(on_progress)))

    def rebuild_statements(self, *, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Have the statements found anew."""
        return int(self._done("rebuild_statements", {}, _steps(on_progress)))

    def merge_speakers(self, into: str, other: str) -> Profile:
        """Have two speakers made one."""
        return self._profile_of(self._done("merge_speakers", {"into": into, "other": other}))

    def split_speaker(self, spelling: str) -> Profile:
        """Have a spelling made a speaker of its own."""
        return self._profile_of(self._done("split_speaker", {"spelling": spelling}))

    def mend(self) -> list[Finding]:
        """Have restored what is damaged."""
        return [finding_of(one) for one in self._done("mend", {})]

    def add_feeds(self, feeds: Mapping[str, str | None], *, later: bool = False) -> list[str]:
        """Have feeds kept."""
        return list(self._done("add_feeds", {"feeds": dict(feeds), "later": later}))

    def remove_feeds(self, addresses: Sequence[str]) -> list[str]:
        """Have feeds forgotten."""
        return list(self._done("remove_feeds", {"addresses": list(addresses)}))

    def hurry_feeds(self, addresses: Sequence[str] | None = None) -> int:
        """Have feeds polled at once."""
        return int(self._done("hurry_feeds", {"addresses": None if addresses is None else list(addresses)}))

    def take_feed(
        self,
        gathered: Gathered,
        *,
        on_event: Callable[[Ingested | SourceError], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Have put in what was gathered here."""
        told = {"gathered": of_gathered(gathered)}
        return report_of(self._done("take_feed", told, _events(on_event, on_progress), stop))

    def _done(
        self,
        work: str,
        arguments: Message,
        hear: Callable[[Message], None] = lambda message: None,
        stop: Callable[[], bool] | None = None,
    ) -> Any:
        """Hand the work over and return its result.

        Raises:
            NobodyThere: there is no owner (any more) that could be asked; nothing was done.
            Busy: the owner takes no work; nothing was done.
            ArchiveError: the owner died in the middle.
            QaError: as the work itself raises.
        """
        conversation = Conversation(call(self._data_dir))
        owner, reported, waits = "", 0, False
        try:
            conversation.say(
                {"speaks": VERSION, "wants": "work", "work": work, "with": arguments, "label": self._label}
            )
            told = False
            while True:
                message = conversation.hear(_LOOK_S)
                if stop is not None and not told and stop():
                    conversation.say({"stop": True})
                    told = True
                if message is None:
                    continue
                if "busy" in message:
                    raise Busy(message["busy"])
                if "taken" in message:
                    owner = message["taken"]
                    self._on_taken(owner)
                if "given" in message:
                    return message["given"]
                if "failed" in message:
                    raise error_of(message["failed"])
                if "waiting" in message and (waits or message["waiting"]):
                    waits = bool(message["waiting"])
                    self._on_wait(message["waiting"])
                reported += "article" in message
                hear(message)
        except Gone as error:
            if not owner:
                raise NobodyThere from error
            so_far = f" At least {reported} articles are in." if reported and work in {"ingest", "take_feed"} else ""
            raise ArchiveError(
                f"{owner} ended before the work was done.{so_far}",
                remedy="What was reported as done is safe; the same command goes on from there.",
            ) from error
        finally:
            conversation.close()


def _events(
    on_event: Callable[[Ingested | SourceError], None] | None, on_progress: Callable[[Progress], None] | None
) -> Callable[[Message], None]:
    tell = on_event or (lambda event: None)

    def hear(message: Message) -> None:
        if "article" in message:
            tell(article_of(message["article"]))
        elif "failure" in message:
            failure = error_of(message["failure"])
            assert isinstance(failure, SourceError)
            tell(failure)
        elif "progress" in message and on_progress:
            on_progress(Progress(**message["progress"]))

    return hear


def _steps(on_progress: Callable[[int, int], None] | None) -> Callable[[Message], None]:
    def hear(message: Message) -> None:
        if on_progress and "steps" in message:
            on_progress(*message["steps"])

    return hear

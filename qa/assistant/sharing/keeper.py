"""A process that wants to change an archive -> its owner, or whoever asks the owner.

:func:`change` is for a command: it does its work itself where nobody owns the folder, hands it over to an owner that
takes work, and else is next in line, and says so. :class:`Keeper` is for a server: it owns the folder as soon as it
can, does the work that comes, in order, polls feeds meanwhile, and hands work on as long as another process is the
owner. What this does not
know: what the work is.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from threading import Event, Thread
from typing import Any, TypeVar

from qa.assistant.feeding.polling import Poller
from qa.assistant.parts import Common
from qa.assistant.sharing.handing import Busy, HandedOver
from qa.assistant.sharing.jobs import Jobs
from qa.assistant.sharing.meeting import NobodyThere, call
from qa.assistant.sharing.messages import VERSION, Conversation, Gone
from qa.assistant.sharing.spool import Spool, sweep
from qa.assistant.sharing.work import Tell, Work, Writer, perform
from qa.assistant.wiring import Assistant
from qa.errors import ArchiveLocked, QaError
from qa.people import Profile
from qa.settings import Settings

__all__ = ["Keeper", "change"]

T = TypeVar("T")
logger = logging.getLogger("qa.sharing")
_LOOK_S = 0.2


def change(
    settings: Settings,
    label: str,
    do: Callable[[Writer], T],
    on_wait: Callable[[Sequence[str]], None] | None = None,
    on_taken: Callable[[str], None] | None = None,
) -> T:
    """Do something that changes the archive, here or in the process that owns it.

    Args:
        settings: which archive.
        label: what this process is, such as "qa ingest".
        do: the work, one call of one method.
        on_wait: is told for whom the work waits; for nobody any more is an empty list.
        on_taken: is told at once who has taken the work, where it is another process.

    Raises:
        QaError: the archive cannot be opened, the owner dies in the middle, or as the work raises.
    """
    tell_wait, told = on_wait or (lambda whom: None), ""
    while True:
        with ExitStack() as stack:
            try:
                archive = stack.enter_context(Assistant.open(settings, label=label, write=True))
            except ArchiveLocked as locked:
                owner = locked.holder
            else:
                if told:
                    tell_wait([])
                return do(archive)
        try:
            return do(HandedOver(settings.data_dir, label, partial(_profile, settings), on_wait, on_taken))
        except (Busy, NobodyThere):
            if owner != told:
                tell_wait([owner])
                told = owner
        time.sleep(_LOOK_S)


def _profile(settings: Settings, slug: str) -> Profile:
    with Assistant.open(settings) as reader:
        return reader.speaker(slug, limit=1).profile


class Keeper:
    """What owns an archive for as long as a server runs.

    Args:
        settings: which archive.
        label: what this process is.
        common: what is shared with the opening that answers questions.
    """

    def __init__(self, settings: Settings, label: str, common: Common) -> None:
        self._spool = Spool(settings.data_dir)
        self.jobs = Jobs(self._spool)
        self._settings = settings
        self._label = label
        self._common = common
        self._closed = Event()
        self._settled = Event()
        self._thread = Thread(target=self._keep, name="qa keeper", daemon=True)

    def start(self) -> None:
        """Begin, and return once the folder is owned, or it is known why not."""
        self._thread.start()
        self._settled.wait()

    def close(self, within_s: float = 30.0) -> None:
        """End what is being done between two steps and let go of the folder."""
        self._closed.set()
        self.jobs.close(QaError("The server is stopping.", remedy="Nothing of this work was done; try again."))
        self._thread.join(within_s)
        if not self._thread.is_alive():
            self._spool.close()

    def _keep(self) -> None:
        try:
            while not self._closed.is_set():
                try:
                    archive = Assistant.open(
                        self._settings, label=self._label, write=True, common=self._common, jobs=self.jobs
                    )
                except ArchiveLocked:
                    self._settled.set()
                    self._hand_on()
                else:
                    with archive:
                        self._own(archive)
        except Exception as error:
            problem = error if isinstance(error, QaError) else QaError(f"The archive cannot be changed: {error}.")
            logger.warning("The archive is only read: %s", problem)
            self.jobs.close(problem)
        finally:
            self._settled.set()

    def _own(self, archive: Assistant) -> None:
        self._settled.set()
        if left := sweep(self._settings.data_dir):
            logger.info("What %d servers were receiving when they were killed has been taken away", left)
        with self.jobs.put_off("the server to bring the archive up to date"):
            try:
                archive.catch_up()
            except QaError as problem:  # questions and work say it too
                logger.warning("Some vectors could not be made: %s", problem)
        with ExitStack() as stack:
            if self._settings.feeds.poll:
                poller = Poller(self._settings, archive, self.jobs)
                poller.start()
                stack.callback(poller.close)
            while not self._closed.is_set():
                self.jobs.do_next(partial(perform, archive), _LOOK_S)

    def _hand_on(self) -> None:
        """Have the owner do what was asked of us, if there is anything and the owner takes it."""
        if self.jobs.waiting() and self._owner_takes_work():
            self.jobs.do_next(self._hand_over, _LOOK_S)
        else:
            self._closed.wait(_LOOK_S)

    def _hand_over(self, work: Work, tell: Tell, stop: Callable[[], bool]) -> Any:
        def wait(whom: Sequence[str]) -> None:
            tell({"waiting": list(whom)})

        owner = HandedOver(self._settings.data_dir, self._label, partial(_profile, self._settings), wait)
        try:
            return perform(owner, work, tell, stop)
        except (Busy, NobodyThere) as error:
            raise ArchiveLocked(str(self._settings.data_dir), "another process") from error

    def _owner_takes_work(self) -> bool:
        try:
            conversation = Conversation(call(self._settings.data_dir))
        except NobodyThere:
            return False
        try:
            conversation.say({"speaks": VERSION, "wants": "owner"})
            answer = conversation.hear(_LOOK_S * 10) or {}
        except Gone:
            return False
        finally:
            conversation.close()
        return bool(answer.get("given", {}).get("takes_work"))

"""Those who call at an owner's socket -> the nearest passages, or work that is put in line, each in a thread.

Promises: only our own user (and root) is answered; whoever hangs up in the middle of their work has it end between two
steps; a caller of another version is told so. What this does not know: how work is done.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread

from qa.assistant.sharing.jobs import Jobs
from qa.assistant.sharing.lending import lend
from qa.assistant.sharing.meeting import is_ours, listen, stop_listening
from qa.assistant.sharing.messages import VERSION, Conversation, Gone, Message, of_error
from qa.assistant.sharing.work import Work
from qa.errors import QaError
from qa.protocols import KeptIndex

__all__ = ["Reception"]

logger = logging.getLogger("qa.sharing")
_FIRST_WORDS_S = 10.0
_LOOK_S = 0.1
_ENDING_S = 10.0


class Reception:
    """What listens while an archive is owned.

    Args:
        data_dir: whose lock the caller has.
        index: the owner's index.
        label: who the owner is.
        jobs: where work is put in line; None where the owner takes none.
    """

    def __init__(self, data_dir: Path, index: Callable[[], KeptIndex], label: str, jobs: Jobs | None) -> None:
        self._data_dir = data_dir
        self._index = index
        self._label = label
        self._jobs = jobs
        self._closed = Event()
        self._lending = Condition()
        self._lent = 0
        self._listener = listen(data_dir)
        Thread(target=self._listen, name="qa reception", daemon=True).start()

    def close(self) -> None:
        """Listen no more, and return once nobody looks into the index for a caller."""
        self._closed.set()
        stop_listening(self._data_dir)
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for a caller
        self._listener.close()
        with self._lending:
            self._lending.wait_for(lambda: not self._lent, _ENDING_S)

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._closed.wait(_LOOK_S):
                    return
                continue
            Thread(target=self._serve, args=(connection,), name="qa caller", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(Gone):
            if not is_ours(connection):
                return
            conversation = Conversation(connection)
            asked = conversation.hear(_FIRST_WORDS_S)
            if asked is None:
                return
            try:
                if asked.get("speaks") != VERSION:
                    raise QaError(
                        f"{self._label} is of another version of On Record.", remedy="Stop it and start it again."
                    )
                if asked["wants"] == "work":
                    self._take(conversation, asked)
                elif asked["wants"] == "owner":
                    conversation.say({"given": {"label": self._label, "takes_work": self._jobs is not None}})
                else:
                    conversation.say(self._look(asked))
            except QaError as error:
                conversation.say({"failed": of_error(error)})
            except Gone:
                raise
            except Exception as error:  # a caller must not end the owner, and is to know
                logger.exception("a caller could not be served")
                conversation.say({"failed": of_error(error)})

    def _look(self, asked: Message) -> Message:
        with self._lending:
            if self._closed.is_set():  # the owner ends: the caller looks into the files itself
                raise Gone
            self._lent += 1
        try:
            return lend(self._index(), asked)
        finally:
            with self._lending:
                self._lent -= 1
                self._lending.notify_all()

    def _take(self, conversation: Conversation, asked: Message) -> None:
        if self._jobs is None:
            conversation.say({"busy": self._label})
            return
        heard: SimpleQueue[Message] = SimpleQueue()
        job = self._jobs.add(Work(asked["work"], asked["with"], asked["label"]), heard=heard)
        try:
            conversation.say({"taken": self._label})
            while True:
                with suppress(Empty):
                    while message := heard.get(timeout=_LOOK_S):
                        conversation.say(message)
                        if "given" in message or "failed" in message:
                            return
                said = conversation.hear(0)
                if said is not None and said.get("stop"):
                    job.stop()
        except Gone:
            job.stop()
            raise

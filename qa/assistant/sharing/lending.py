"""An archive's index, for a process that only reads -> its own, while nobody writes; else that of whoever does.

Chroma's files must not be read by one process while another writes them. So a reader looks into them only while it
keeps owners out, for moments; where there is an owner, it asks the owner for the nearest passages. Promises: whoever
asks next sees what was reported as done before; an owner that comes, goes or dies between two questions, or in one,
changes no answer. What this does not know: what the vectors mean.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Collection
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from qa.assistant.sharing.meeting import NobodyThere, call
from qa.assistant.sharing.messages import VERSION, Conversation, Gone, Message, error_of
from qa.catalog import holders_of, nobody_writes
from qa.errors import ArchiveLocked, IndexStale
from qa.protocols import KeptIndex, ReadIndex, Vectors

__all__ = ["LentIndex", "lend"]

T = TypeVar("T")
_PATIENCE_S = 15.0  # for an owner that has the folder and does not listen yet
_PAUSE_S = 0.02
_ANSWER_S = 60.0


class LentIndex:
    """A :class:`qa.protocols.ReadIndex` on an archive that other processes may change.

    Args:
        data_dir: the archive's folder.
        open_own: opens the index in the folder, which nobody writes then.
        changes: a number that every commit to the catalog makes another.
        ours: the index of an owner in this very process; None where there is none.
        encoder: the digest of the encoder that makes our vectors, which has to be the owner's.
    """

    def __init__(
        self,
        data_dir: Path,
        open_own: Callable[[], KeptIndex],
        changes: Callable[[], int],
        ours: Callable[[], ReadIndex | None],
        encoder: Callable[[], str],
    ) -> None:
        self._data_dir = data_dir
        self._open_own = open_own
        self._changes = changes
        self._ours = ours
        self._encoder = encoder
        self._opening = RLock()
        self._own: tuple[int, KeptIndex] | None = None

    def nearest(self, vector: Vectors, top_k: int, *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine) pairs, best first; see :class:`qa.protocols.ReadIndex`."""
        return self._asked(lambda index: index.nearest(vector, top_k, among=among))

    def ids(self) -> set[str]:
        """Every id that is stored."""
        return self._asked(lambda index: index.ids())

    def count(self) -> int:
        """How many ids are stored."""
        return self._asked(lambda index: index.count())

    def close(self) -> None:
        """Close our own; it is opened again when it is needed."""
        with self._opening:
            if self._own is not None:
                self._own[1].close()
                self._own = None

    def _asked(self, ask: Callable[[ReadIndex], T]) -> T:
        end = time.monotonic() + _PATIENCE_S
        while True:
            if (ours := self._ours()) is not None:
                self.close()
                return ask(ours)
            with nobody_writes(self._data_dir) as alone:
                if alone:
                    return ask(self._current())
            self.close()
            try:
                return ask(_Owners(self._data_dir, self._encoder()))
            except (NobodyThere, Gone) as error:
                if time.monotonic() > end:
                    raise ArchiveLocked(
                        str(self._data_dir), " and ".join(holders_of(self._data_dir)) or "another process"
                    ) from error
            time.sleep(_PAUSE_S)

    def _current(self) -> KeptIndex:
        """Our own index as the files are now; another process may have written them since it was opened."""
        with self._opening:
            now = self._changes()
            if self._own is None or self._own[0] != now:
                self.close()
                self._own = now, self._open_own()
            return self._own[1]


class _Owners:
    """The index of the folder's owner, in another process; one connection for each question."""

    def __init__(self, data_dir: Path, encoder: str) -> None:
        self._data_dir = data_dir
        self._encoder = encoder

    def nearest(self, vector: Vectors, top_k: int, *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        import numpy as np

        asked = {
            "wants": "nearest",
            "vector": base64.b64encode(np.ascontiguousarray(vector, dtype="<f4").tobytes()).decode(),
            "top_k": top_k,
            "among": None if among is None else list(among),
        }
        return [(id_, cosine) for id_, cosine in self._asked(asked)]

    def ids(self) -> set[str]:
        return set(self._asked({"wants": "ids"}))

    def count(self) -> int:
        return int(self._asked({"wants": "count"}))

    def _asked(self, wanted: Message) -> Any:
        conversation = Conversation(call(self._data_dir))
        try:
            conversation.say({"speaks": VERSION, "encoder": self._encoder, **wanted})
            answer = conversation.hear(_ANSWER_S)
        finally:
            conversation.close()
        if answer is None:
            raise Gone
        if "failed" in answer:
            raise error_of(answer["failed"])
        return answer["given"]


def lend(index: KeptIndex, asked: Message) -> Message:
    """Answer what :class:`LentIndex` in another process asks.

    Raises:
        IndexStale: its vectors are another encoder's.
    """
    if asked["encoder"] != index.encoder_digest:
        raise IndexStale(
            "The index is another encoder's than the one that is asked with: their vectors cannot be compared.",
            remedy="Use the settings of the process that owns the archive, or stop it and `qa rebuild`.",
        )
    if asked["wants"] == "ids":
        return {"given": sorted(index.ids())}
    if asked["wants"] == "count":
        return {"given": index.count()}
    import numpy as np

    vector = np.frombuffer(base64.b64decode(asked["vector"]), dtype="<f4").astype(np.float32)
    return {"given": index.nearest(vector, asked["top_k"], among=asked["among"])}

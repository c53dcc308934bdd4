"""Articles -> statements, passages -> vectors: by a process of its own that gives way to those who are answered.

A server answers while articles come in. The two networks and what reads their marks are nine tenths of an ingestion; in
the server's process they would take its interpreter's lock and its cores from every answer. So a child does them, of
lower priority (nice): a thread of lower priority would not do, since it keeps the lock while others have the cores.

Promises: what comes out is what the parts in this process make, bit for bit; a child that dies is started again, and
what kills it twice is that work's own fault; work that is out of time is ended, wherever it hangs; a child ends with
its parent, however that ends, and after a minute without work. What this does not know: what becomes of what it makes.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from threading import Lock
from typing import Any

from qa import deadline
from qa.assistant.keeping.attributing import ATTRIBUTION, load_attributor
from qa.assistant.parts import encoder_arguments, models_dir
from qa.assistant.sharing.messages import error_of
from qa.errors import QaError
from qa.protocols import Attributor, Encoder, Vectors
from qa.settings import Settings
from qa.types import Article, Statement

__all__ = ["Apart", "WorkFailed"]

_LOOK_S = 0.1
_ENDING_S = 5.0
_CODE = Path(__file__).resolve().parents[3]
_START = f"import sys; sys.path.append({str(_CODE)!r}); from qa.deriving import main; main()"


class WorkFailed(Exception):
    """An exception that is none of ours, by its name and message, or how the child died twice."""


class Apart:
    """The child, started when it is first needed; may be asked from several threads, which take turns.

    Args:
        settings: which attributor and encoder.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = Lock()
        self._child: tuple[subprocess.Popen[bytes], Connection] | None = None

    def attributor(self) -> Attributor:
        """The attributor of the settings, at work in the child."""
        return _Attributor(self._done, load_attributor(self._settings.attribution).digest)

    def encoder(self, here: Encoder) -> Encoder:
        """The encoder of the settings, which is ``here`` in this process, at work in the child."""
        return _Encoder(self._done, here)

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end(_ENDING_S)

    def _done(self, work: str, given: object) -> Any:
        with self._turn:
            for again in (True, False):
                try:
                    kind, made = self._told(work, given)
                    break
                except (EOFError, OSError) as death:
                    how = self._end(_ENDING_S)
                    if not again:
                        raise WorkFailed(f"it ended the process that worked on it, {how}") from death
                except BaseException:  # out of time, or given up: what hangs has to be ended
                    self._end(0)
                    raise
        if kind == "failed":
            raise error_of(made)
        if kind == "broke":
            raise WorkFailed(made)
        return made

    def _told(self, work: str, given: object) -> tuple[str, Any]:
        connection = self._started()
        connection.send((work, given))
        while not connection.poll(_LOOK_S):
            deadline.check()
        kind, made = connection.recv()
        return kind, made

    def _started(self) -> Connection:
        if self._child is not None and self._child[0].poll() is not None:
            self._end(0)
        if self._child is None:
            ours, theirs = Pipe()
            try:
                child = subprocess.Popen(  # noqa: S603 - ourselves
                    [sys.executable, "-P", "-c", _START, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # Ctrl-C means the parent
                )
            except OSError as error:
                ours.close()
                raise QaError(
                    f"No process can be started: {error.strerror or error}.", remedy="Make memory free, and try again."
                ) from error
            finally:
                theirs.close()
            self._child = child, ours
            rules = self._settings.attribution.attributor == "rules"
            encoder = encoder_arguments(self._settings.embedding, models_dir(self._settings))
            ours.send((None if rules else ATTRIBUTION, encoder))
        return self._child[1]

    def _end(self, within_s: float) -> str:
        """Have the child end, at the latest after so many seconds; how it did."""
        if self._child is None:
            return "which had not begun"
        child, connection = self._child
        self._child = None
        connection.close()
        if not within_s:
            child.kill()
        try:
            child.wait(within_s or None)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        return f"by signal {-child.returncode}" if child.returncode < 0 else f"with exit code {child.returncode}"


class _Attributor:
    def __init__(self, done: Callable[[str, object], Any], digest: str) -> None:
        self._done = done
        self.digest = digest

    def attribute(self, article: Article) -> list[Statement]:
        """As the attributor in the child."""
        found: list[Statement] = self._done("attribute", article)
        return found


class _Encoder:
    def __init__(self, done: Callable[[str, object], Any], here: Encoder) -> None:
        self._done = done
        self.name = here.name
        self.digest = here.digest
        self.dimension = here.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder in the child."""
        made: Vectors = self._done("encode", list(texts))
        return made

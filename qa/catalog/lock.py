"""A data folder -> one process that may write to it, or any number that only read.

The lock is ``flock`` on one file, so the kernel lets go of it when a process dies. Who holds it is told by one small
file per holder in ``holders/``, each under a lock of its own: a file that nobody has locked is a dead process's, and is
ignored. What reads a folder that it may not write to locks what is there and tells nobody. File systems without
``flock`` (some network shares) are refused with an error.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from qa.errors import ArchiveEmpty, ArchiveError, ArchiveLocked, remedy_of

__all__ = ["ArchiveLock", "may_write"]

_ANNOUNCEMENT_S = 0.25  # how long a holder may take between taking the lock and saying who it is


class ArchiveLock:
    """Holds the data folder for the length of a ``with`` block, or until :meth:`release`.

    Args:
        data_dir: the data folder; an exclusive holder makes it when it is not there.
        label: what this process is, such as ``"qa ingest"``; its process id is added.
        shared: for a process that only reads; several of those may hold the folder at once.

    Raises:
        ArchiveLocked: at once, naming the holders, when another holder stands in the way.
        ArchiveEmpty: the folder is not there (shared only).
        ArchiveError: the folder cannot be locked.
    """

    def __init__(self, data_dir: Path, label: str, *, shared: bool = False) -> None:
        self.data_dir = data_dir
        self.label = f"{label} (pid {os.getpid()})"
        self.shared = shared
        self._lock: int | None = None
        self._announcement: tuple[Path, int] | None = None

    def __enter__(self) -> ArchiveLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock; see the class for what may stand in the way."""
        if self.shared and not self.data_dir.is_dir():
            raise ArchiveEmpty(str(self.data_dir))
        try:
            if self.shared:
                self._acquire_shared()
            else:
                self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._holders.mkdir(mode=0o700, exist_ok=True)
                self._lock = self._taken(os.O_RDWR | os.O_CREAT)
                self._announce()
        except OSError as error:
            self.release()
            raise ArchiveError(
                f"The data folder {self.data_dir} could not be locked: {error.strerror}.",
                remedy=remedy_of(error, "Check that you may write to it and that it is on a local disk."),
            ) from error

    def _acquire_shared(self) -> None:
        """Lock the file that is there; one that only reads makes it, and says who it is, only where it may write."""
        writable = may_write(self.data_dir)
        try:
            self._lock = self._taken(os.O_RDONLY | (os.O_CREAT if writable else 0))
        except FileNotFoundError:  # nobody can write here, so there is nobody to keep out
            return
        if writable:
            self._holders.mkdir(mode=0o700, exist_ok=True)
            self._announce()

    def _taken(self, flags: int) -> int:
        descriptor = _take(self.data_dir / "lock", flags, shared=self.shared)
        if descriptor is None:
            raise ArchiveLocked(str(self.data_dir), " and ".join(self._others()) or "another process")
        return descriptor

    @property
    def undisturbed(self) -> bool:
        """Whether nobody can write to the folder for as long as this is held."""
        return self._lock is not None or (self.data_dir.is_dir() and not may_write(self.data_dir))

    def release(self) -> None:
        """Let go of the folder; nothing happens if it is not held."""
        if self._announcement is not None:
            path, descriptor = self._announcement
            with suppress(OSError):  # the folder may have become one that can only be read
                path.unlink(missing_ok=True)
            os.close(descriptor)
            self._announcement = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def _holders(self) -> Path:
        return self.data_dir / "holders"

    def _announce(self) -> None:
        if not self.shared:  # nobody else holds the folder: whatever lies here belongs to the dead
            for left_behind in self._holders.iterdir():
                left_behind.unlink(missing_ok=True)
        path = self._holders / uuid4().hex
        descriptor = _take(path, os.O_RDWR | os.O_CREAT, shared=False)
        assert descriptor is not None, "a file of this name cannot be anybody else's"
        os.write(descriptor, self.label.encode())
        self._announcement = path, descriptor

    def _others(self) -> list[str]:
        """Who holds the folder; a holder that has only just taken it is given a moment to say so."""
        deadline = time.monotonic() + _ANNOUNCEMENT_S
        while not (names := self._living()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return names

    def _living(self) -> list[str]:
        names = []
        for path in self._holders.iterdir() if self._holders.is_dir() else ():
            with suppress(FileNotFoundError):  # it has let go meanwhile
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    names.append(os.read(descriptor, 1_000).decode(errors="replace"))
                finally:
                    os.close(descriptor)
        return sorted(name for name in names if name)


def may_write(folder: Path) -> bool:
    """Whether this process may make files in ``folder``: it may not on a medium that is mounted for reading."""
    return os.access(folder, os.W_OK | os.X_OK)


def _take(path: Path, flags: int, *, shared: bool) -> int | None:
    """Open and lock a file; None when somebody else's lock stands in the way."""
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return descriptor

"""A data folder -> one process that owns it and may write, and any number that read while it does.

The lock is ``flock`` on one file, so the kernel lets go of it when a process dies. The owner holds it alone for as long
as it may write, and says who it is in ``holders/``, in a file under a lock of its own: one that nobody has locked is a
dead process's, and is ignored. A reader holds it, together with others, only while it looks into files that must not
change under it (:func:`nobody_writes`); SQLite's own file needs no such care. What reads a folder that it may not write
to locks what is there for as long as it reads. File systems without ``flock`` (some network shares) are refused with an
error.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from qa.errors import ArchiveEmpty, ArchiveError, ArchiveLocked, remedy_of

__all__ = ["ArchiveLock", "holders_of", "may_write", "nobody_writes"]

_PATIENCE_S = 5.0  # how long readers, who hold the folder for moments, may keep an owner out
_PAUSE_S = 0.01


class ArchiveLock:
    """Holds the data folder for the length of a ``with`` block, or until :meth:`release`.

    Args:
        data_dir: the data folder; an owner makes it when it is not there.
        label: what this process is, such as ``"qa ingest"``; its process id is added.
        shared: for a process that only reads; several of those may hold the folder at once.

    Raises:
        ArchiveLocked: another owner stands in the way, which is told at once, or readers do not let go.
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
                (self.data_dir / "holders").mkdir(mode=0o700, exist_ok=True)
                self._lock = self._taken(os.O_RDWR | os.O_CREAT)
                self._announce()
        except OSError as error:
            self.release()
            raise ArchiveError(
                f"The data folder {self.data_dir} could not be locked: {error.strerror}.",
                remedy=remedy_of(error, "Check that you may write to it and that it is on a local disk."),
            ) from error

    def _acquire_shared(self) -> None:
        """Lock the file that is there; one that only reads makes it only where it may write."""
        with suppress(FileNotFoundError):  # nobody can write here, so there is nobody to keep out
            self._lock = self._taken(os.O_RDONLY | (os.O_CREAT if may_write(self.data_dir) else 0))

    def _taken(self, flags: int) -> int:
        """The lock; readers have it for moments, and whoever has only just taken it is given one to say who it is."""
        deadline = time.monotonic() + _PATIENCE_S
        while (descriptor := _take(self.data_dir / "lock", flags, shared=self.shared)) is None:
            names = holders_of(self.data_dir)
            if names or time.monotonic() > deadline:
                raise ArchiveLocked(str(self.data_dir), " and ".join(names) or "another process")
            time.sleep(_PAUSE_S)
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

    def _announce(self) -> None:
        holders = self.data_dir / "holders"
        for left_behind in holders.iterdir():  # nobody else owns the folder: whatever lies here belongs to the dead
            left_behind.unlink(missing_ok=True)
        path = holders / uuid4().hex
        descriptor = _take(path, os.O_RDWR | os.O_CREAT, shared=False)
        assert descriptor is not None, "a file of this name cannot be anybody else's"
        os.write(descriptor, self.label.encode())
        self._announcement = path, descriptor


def holders_of(data_dir: Path) -> list[str]:
    """Who owns the folder, as they call themselves; nobody, or not yet, is an empty list."""
    names, holders = [], data_dir / "holders"
    for path in holders.iterdir() if holders.is_dir() else ():
        with suppress(FileNotFoundError):  # it has let go meanwhile
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                names.append(os.read(descriptor, 1_000).decode(errors="replace"))
            finally:
                os.close(descriptor)
    return sorted(name for name in names if name)


@contextmanager
def nobody_writes(data_dir: Path) -> Iterator[bool]:
    """Keep owners out for the length of the block, and say whether that could be done: else there is an owner now."""
    try:
        flags = os.O_RDONLY | (os.O_CREAT if may_write(data_dir) else 0)
        descriptor = _take(data_dir / "lock", flags, shared=True)
    except FileNotFoundError:  # nobody can write here
        yield True
        return
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


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

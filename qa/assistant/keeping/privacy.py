"""The data folder -> kept to its owner: folders 0700, files 0600.

Promises: whatever is made while an archive is open for writing is its owner's alone, whoever makes it (Chroma and ONNX
make files of their own), and so is what an earlier version left open to others. Only what is an archive's is touched:
the mode of a data folder that holds other things too is left as it is, and told by the doctor.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

__all__ = ["Umask", "close_to_others", "exposed", "keep_private", "only_ours", "write_whole"]

_OURS = (
    "catalog.sqlite",
    "index",
    "models",
    "originals",
    "lock",
    "holders",
    "quarantine",
    "socket",
    "spool",
    "suggestions.",
    ".new-",
)  # what names begin with
_OTHERS = 0o077


class Umask:
    """The process's umask, closed while anybody in the process keeps an archive, in whatever order they end."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._keepers = 0
        self._before = 0

    def close(self) -> None:
        """One more keeps an archive: nothing new is for others."""
        with self._lock:
            before = os.umask(_OTHERS)
            if not self._keepers:
                self._before = before
            self._keepers += 1

    def open(self) -> None:
        """One fewer does; after the last, the umask is as it was before the first."""
        with self._lock:
            self._keepers -= 1
            if not self._keepers:
                os.umask(self._before)


_UMASK = Umask()


@contextmanager
def keep_private(data_dir: Path) -> Iterator[None]:
    """Take from others what lies in the folder, and make nothing new for them; the umask is the whole process's."""
    _UMASK.close()
    try:
        close_to_others(data_dir)
        yield
    finally:
        _UMASK.open()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all; its folder is made.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = path.with_suffix(".part")
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)


def close_to_others(data_dir: Path) -> None:
    """Take from others what lies in the folder."""
    for path in exposed(data_dir):
        with suppress(OSError):  # another owner's: the doctor tells
            path.chmod(path.stat().st_mode & ~_OTHERS)


def exposed(data_dir: Path) -> Iterator[Path]:
    """What of the archive somebody else than its owner may read or write; links and what they lead to are left out."""
    paths = [data_dir] if only_ours(data_dir) else []
    paths += [path for top in _tops(data_dir) for path in (top, *sorted(top.rglob("*")))]
    for path in paths:
        with suppress(OSError):  # gone meanwhile
            if not path.is_symlink() and path.stat().st_mode & _OTHERS:
                yield path


def only_ours(data_dir: Path) -> bool:
    """Whether the folder is there and holds nothing but an archive."""
    return data_dir.is_dir() and len(_tops(data_dir)) == len(list(data_dir.iterdir()))


def _tops(data_dir: Path) -> list[Path]:
    entries = sorted(data_dir.iterdir()) if data_dir.is_dir() else []
    return [path for path in entries if path.name.startswith(_OURS)]

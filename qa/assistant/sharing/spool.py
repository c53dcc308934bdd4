"""What a server receives -> folders in the data folder, one for each job; what a killed server left -> gone.

Each process has a folder of its own under ``spool/``, with a lock that is held for as long as the process lives: a
sweep takes every folder whose lock is free, and nothing else. *Grep for*: upload, temporary files, leftovers.
Promise: folders are their owner's alone. What it does not know: what is received, and when a job is over.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

__all__ = ["Spool", "sweep"]

_NAME = "spool"
_LOCK = "lock"


class Spool:
    """Where one process receives.

    Args:
        data_dir: the archive; nothing is made in it before something is received.
    """

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / _NAME
        self._own: Path | None = None
        self._held: int | None = None
        self._guard = Lock()

    def room(self) -> Path:
        """Make a new, empty folder.

        Raises:
            OSError: there is no room, or the data folder may not be written.
        """
        with self._guard:
            if self._own is None or not self._own.is_dir():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._own = Path(tempfile.mkdtemp(dir=self._folder))
                self._held = os.open(self._own / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return Path(tempfile.mkdtemp(dir=self._own))

    def close(self) -> None:
        """Take everything away that this process has received."""
        with self._guard:
            if self._own is not None:
                shutil.rmtree(self._own, ignore_errors=True)
                self._own = None
            if self._held is not None:
                os.close(self._held)
                self._held = None
            with suppress(OSError):
                self._folder.rmdir()


def sweep(data_dir: Path) -> int:
    """Take away what processes have left that live no more; return of how many."""
    folders = [each for each in (data_dir / _NAME).glob("*") if each.is_dir() and not each.is_symlink()]
    return sum(_taken(each) for each in folders)


def _taken(folder: Path) -> bool:
    try:
        held = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except (
        FileNotFoundError
    ):  # it was killed, or is, between two steps of beginning: an empty folder goes, if it is one
        with suppress(OSError):
            folder.rmdir()
            return True
        return False
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        shutil.rmtree(folder, ignore_errors=True)
        return True
    finally:
        os.close(held)

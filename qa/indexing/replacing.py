"""A folder -> the same folder with new contents, so that whoever dies on the way leaves the old or the new.

The new contents are built in ``NAME.building``, become ``NAME.next`` when they are whole, and take the place of
``NAME``, which is ``NAME.old`` until it is deleted. So ``NAME`` is what counts, or where it is missing ``NAME.next``.
Only a writer that has the data folder alone may call anything here but :func:`current`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

__all__ = ["begin", "current", "discard", "settle", "swap"]


def current(folder: Path) -> Path:
    """Where the contents are now, for one who only reads."""
    following = _beside(folder, "next")
    return following if following.is_dir() and not folder.exists() else folder


def begin(folder: Path) -> Path:
    """An empty place to build new contents in."""
    building = _beside(folder, "building")
    _delete(building)
    building.mkdir(mode=0o700)
    return building


def swap(folder: Path) -> None:
    """Put what has been built in the place of the folder, and delete what was there."""
    building = _beside(folder, "building")
    for path in (*building.rglob("*"), building):
        _flush(path)
    building.rename(_beside(folder, "next"))
    settle(folder)


def settle(folder: Path) -> Path:
    """Finish or drop what a killed process was replacing, and return the folder."""
    _delete(_beside(folder, "building"))
    following, old = _beside(folder, "next"), _beside(folder, "old")
    if following.is_dir():
        _delete(old)
        if folder.exists():
            folder.rename(old)
        following.rename(folder)
        _flush(folder.parent)
    _delete(old)
    return folder


def discard(folder: Path) -> None:
    """Delete the folder, whatever is in it."""
    for path in (folder, *(_beside(folder, state) for state in ("building", "next", "old"))):
        _delete(path)


def _beside(folder: Path, state: str) -> Path:
    return folder.with_name(f"{folder.name}.{state}")


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the file or folder on the disk before its name counts."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

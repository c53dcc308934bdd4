"""A path -> its bytes and text, or the reason why not; the one place where ingestion opens files.

Promise: only regular files are opened, never a device, a socket or a pipe, and reading never waits for more to come.
"""

from __future__ import annotations

import os
import stat
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from qa.errors import SourceError
from qa.ingestion.encodings import decode

__all__ = ["file_address", "open_file", "read_bytes", "read_text", "reason_of"]


def file_address(source: str) -> str:
    """The ``file:`` address of a local path."""
    return Path(source).resolve().as_uri()


def open_file(source: str, max_bytes: int) -> BinaryIO:
    """Open a file of at most ``max_bytes`` for reading.

    A file that says that it is empty is not opened: those of /proc do, and give a text without an end.

    Raises:
        SourceError: it is missing, unreadable, no regular file, or too large.
    """
    try:
        _check(source, os.stat(source), max_bytes)  # noqa: PTH116 - before opening, which is enough to disturb a device
        descriptor = os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            found = os.fstat(descriptor)
            _check(source, found, max_bytes)
        except SourceError:
            os.close(descriptor)
            raise
    except OSError as error:
        raise SourceError(source, reason_of(error)) from error
    file = os.fdopen(descriptor, "rb")
    if found.st_size:
        return file
    file.close()
    return BytesIO()


def _check(source: str, found: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(source, "this is not a file")
    if found.st_size > max_bytes:
        raise SourceError(
            source,
            f"the file has {found.st_size / 2**20:.1f} MiB, more than the limit of {max_bytes / 2**20:.0f}",
            remedy="Raise QA_INGESTION__MAX_FILE_MIB, or split the file.",
        )


def read_bytes(source: str, max_bytes: int) -> bytes:
    """Read a whole file; errors as :func:`open_file`."""
    with open_file(source, max_bytes) as file:
        try:
            data = file.read(max_bytes + 1)
        except OSError as error:
            raise SourceError(source, reason_of(error)) from error
    if len(data) > max_bytes:
        raise SourceError(source, f"the file has grown beyond the limit of {max_bytes / 2**20:.0f} MiB")
    return data


def read_text(source: str, max_bytes: int) -> str:
    """Read a whole file as text; errors as :func:`read_bytes` and :func:`decode`."""
    return decode(read_bytes(source, max_bytes), source)


def reason_of(error: OSError) -> str:
    """The system's own words for a failure, such as "permission denied"."""
    return (error.strerror or str(error)).lower()

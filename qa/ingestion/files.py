"""A file, on disk or within an archive -> its bytes and text, or the reason why not; the one place that opens files.

Promise: only regular files are opened, never a device, a socket or a pipe, and reading never waits for more to come.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from qa.errors import SourceError
from qa.ingestion.encodings import decode
from qa.protocols import Draft

__all__ = ["FileReader", "SourceFile", "file_address", "reason_of"]


def file_address(source: str) -> str:
    """The ``file:`` address of a local path."""
    return Path(os.path.realpath(source)).as_uri()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to be read.

    ``name`` is its path, or for a member of an archive its name in there, ``address`` where its articles are found if
    they name no address of their own, ``data`` the bytes of a member; None for a file on disk.
    """

    name: str
    address: str
    data: bytes | None = None

    @classmethod
    def on_disk(cls, path: str) -> SourceFile:
        """The file at this path."""
        return cls(path, file_address(path))

    def open(self, max_bytes: int) -> BinaryIO:
        """Open it for reading.

        Raises:
            SourceError: it is missing, unreadable, no regular file, or has more than ``max_bytes``.
        """
        if self.data is None:
            return _open_file(self.name, max_bytes)
        _check_size(self.name, len(self.data), max_bytes)
        return BytesIO(self.data)

    def read(self, max_bytes: int) -> bytes:
        """All of its bytes; errors as :meth:`open`."""
        with self.open(max_bytes) as file:
            try:
                data = file.read(max_bytes + 1)
            except OSError as error:
                raise SourceError(self.name, reason_of(error)) from error
        if len(data) > max_bytes:
            raise SourceError(self.name, f"the file has grown beyond the limit of {max_bytes / 2**20:.0f} MiB")
        return data

    def text(self, max_bytes: int) -> str:
        """All of it as text; errors as :meth:`read` and :func:`decode`."""
        return decode(self.read(max_bytes), self.name)


class FileReader(Protocol):
    """Turns one kind of file into drafts."""

    def accepts(self, name: str) -> bool:
        """Say whether this reader is for files of this name."""
        ...

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield drafts in order, and for each bad record an error with file and line; later records still follow."""
        ...


def _open_file(source: str, max_bytes: int) -> BinaryIO:
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
    _check_size(source, found.st_size, max_bytes)


def _check_size(source: str, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise SourceError(
            source,
            f"the file has {size / 2**20:.1f} MiB, more than the limit of {max_bytes / 2**20:.0f}",
            remedy="Raise QA_INGESTION__MAX_FILE_MIB, or split the file.",
        )


def reason_of(error: OSError) -> str:
    """The system's own words for a failure, such as "permission denied"."""
    return (error.strerror or str(error)).lower()

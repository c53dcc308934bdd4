"""A path -> its bytes and text, or the reason why not; the one place where ingestion opens whole files.

UTF-8 (with or without a byte order mark), UTF-16 with one, and otherwise Windows-1252, which old newspaper exports are
written in. What holds bytes that no text holds is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from qa.errors import SourceError
from qa.protocols import Draft

__all__ = ["check_size", "decode", "file_address", "one_draft", "read_bytes", "read_text", "reason_of"]

_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a]")


def file_address(source: str) -> str:
    """The ``file:`` address of a local path."""
    return Path(source).resolve().as_uri()


def check_size(source: str, max_bytes: int) -> None:
    """Refuse what is not a readable file of at most ``max_bytes``.

    Raises:
        SourceError: it is missing, no file, or too large.
    """
    path = Path(source)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(source, reason_of(error)) from error
    if not path.is_file():
        raise SourceError(source, "this is not a file")
    if size > max_bytes:
        raise SourceError(
            source,
            f"the file has {size / 2**20:.1f} MiB, more than the limit of {max_bytes / 2**20:.0f}",
            remedy="Raise QA_INGESTION__MAX_FILE_MIB, or split the file.",
        )


def read_bytes(source: str, max_bytes: int) -> bytes:
    """Read a whole file.

    Raises:
        SourceError: it is missing, unreadable or too large.
    """
    check_size(source, max_bytes)
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise SourceError(source, reason_of(error)) from error


def read_text(source: str, max_bytes: int) -> str:
    """Read a whole file as text; errors as :func:`read_bytes` and :func:`decode`."""
    return decode(read_bytes(source, max_bytes), source)


def decode(data: bytes, source: str, line: int | None = None) -> str:
    """Turn bytes into text.

    Raises:
        SourceError: these bytes are not text.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if _BINARY.search(data):
            raise SourceError(source, "this is not text: it holds binary bytes", line=line)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252")
    except UnicodeDecodeError as error:
        reason = f"this is not text in UTF-8, UTF-16 or Windows-1252 (byte {error.start})"
        raise SourceError(source, reason, line=line, remedy="Save it as UTF-8.") from error


def one_draft(make: Callable[[], Draft]) -> Iterator[Draft | SourceError]:
    """Yield the one draft of a source that holds one article, or the error that making it met."""
    try:
        yield make()
    except SourceError as error:
        yield error


def reason_of(error: OSError) -> str:
    """The system's own words for a failure, such as "permission denied"."""
    return (error.strerror or str(error)).lower()

"""A ZIP or TAR archive (``.zip``, ``.tar``, ``.tar.gz``, ``.tgz``) -> the drafts of its files, each by its reader.

Nothing is unpacked to disk. A member's address is the archive's with the member's name as the query
(``file:///a/week.zip?monday/ferry.txt``): the same whenever the archive is read, and its path is still the archive's.
What a folder leaves out is left out here (hidden files, a ``README``) or counted (kinds that nothing reads).

Promises: number, size and expansion are bounded while members are read, and for archives within archives together;
a name that leads out of the archive, a link and a member under a password are errors, and the next member follows.
Not known here: compressions other than Python's ZIP ones and gzip; a bomb made of few enough bytes that they are read.
"""

from __future__ import annotations

import gzip
import re
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import SEEK_END
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast
from urllib.parse import quote

from qa.errors import SourceError
from qa.ingestion.files import SourceFile, reason_of
from qa.ingestion.guarding import guarded
from qa.ingestion.limits import Limits
from qa.ingestion.metering import note
from qa.ingestion.sources import SUFFIXES, is_left_out
from qa.protocols import Draft

__all__ = ["PACKED", "Bounded", "PackedReader", "Room", "parts_of"]

PACKED = (".zip", ".tar", ".tar.gz", ".tgz")
_DEPTH = 3  # archives within archives
_PIECE = 2**18  # bytes that are unpacked at a time
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)|.*\x00", re.DOTALL)
_DIRECTORY = 64 * 2**20  # bytes of a ZIP's list of members; zipfile makes ten times that of it in memory
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, struct.error, ValueError, IndexError)
_UNPACK = "Unpack it, and ingest the folder."


@dataclass(slots=True)
class Room:
    """What one archive and all within it may still give: ``size`` in bytes; ``depth`` counts the archives around."""

    size: int
    members: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive; ``fault`` is why it is not read."""

    name: str
    size: int
    unpack: Callable[[], IO[bytes] | None]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class PackedReader:
    """Reads archives within the limits.

    ``read_member`` reads a file that was in one, and gets the room that is left; ``room`` is None for an archive that
    lies in no other; ``passed_over`` gets how many members of which kind nothing reads.
    """

    limits: Limits
    read_member: Callable[[SourceFile, Room], Iterator[Draft | SourceError]]
    passed_over: Counter[str]
    room: Room | None = None

    def accepts(self, name: str) -> bool:
        """Whether this is an archive."""
        return name.lower().endswith(PACKED)

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield what its members hold, in their order."""
        if self.room is not None and self.room.depth >= _DEPTH:
            reason = f"archives within archives are read {_DEPTH} deep, and this one lies deeper"
            yield SourceError(file.name, reason, remedy=_UNPACK)
            return
        try:
            with file.open(self.limits.file_bytes) as opened:
                size = max(1, opened.seek(0, SEEK_END))
                opened.seek(0)
                most = self.limits.most_unpacked(size)
                room = self.room or Room(most, self.limits.records)
                yield from self._members(file, opened, size, room)
        except SourceError as error:
            yield error
        except (*_BROKEN, NotImplementedError, RuntimeError) as error:
            yield SourceError(file.name, f"the archive cannot be read: {_why(error)}", remedy=_UNPACK)

    def _members(self, file: SourceFile, opened: BinaryIO, size: int, room: Room) -> Iterator[Draft | SourceError]:
        tried = 0
        members = _in_zip(opened) if file.name.lower().endswith(".zip") else _in_tar(file.name, opened, room)
        for member in members:
            room.members -= 1
            if room.members < 0:
                reason = f"it holds more than {self.limits.records:,} files; reading stops here"
                raise SourceError(file.name, reason, remedy="Raise QA_INGESTION__MAX_RECORDS, or split the archive.")
            path = PurePosixPath(member.name.replace("\\", "/"))
            name = str(path)
            outside = _OUTSIDE.match(name)
            fault = "its name leads out of the archive" if outside else member.fault
            if fault is None and any(map(is_left_out, path.parts)):
                continue
            if not name.lower().endswith(SUFFIXES):
                self.passed_over[path.suffix.lower()] += 1
                continue
            tried += 1
            for found in self._read_one(file, name, replace(member, fault=fault), room):
                note(min(1.0, opened.tell() / size))
                yield found
        if not tried:
            raise SourceError(file.name, "nothing in the archive is of a kind that is read")

    def _read_one(self, file: SourceFile, name: str, member: Member, room: Room) -> Iterator[Draft | SourceError]:
        source = f"{file.name}/{name}"
        data = guarded(partial(self._unpacked, source, member, room), source, self.limits.article_s)
        if room.size < 0:
            reason = f"it unpacks to more than {self.limits.unpacked_mib} MiB, or out of all proportion to its size"
            remedy = f"Raise QA_INGESTION__MAX_UNPACKED_MIB if you trust it. {_UNPACK}"
            raise SourceError(file.name, f"{reason}; reading stops at {name}", remedy=remedy)
        if isinstance(data, SourceError):
            yield data
            return
        mark = "/" if "?" in file.address else "?"
        inner = SourceFile(source, f"{file.address}{mark}{quote(name, safe='/:.-_', errors='surrogateescape')}", data)
        room.depth += 1
        try:
            yield from self.read_member(inner, room)
        finally:
            room.depth -= 1

    def _unpacked(self, source: str, member: Member, room: Room) -> bytes:
        """The bytes of a member, which the room has less of afterwards.

        Raises:
            SourceError: it is not to be read, cannot be, or is too large.
        """
        if member.fault:
            raise SourceError(source, member.fault)
        most = self.limits.file_bytes
        data = bytearray()
        if member.size > most:
            raise _too_large(source, most)
        try:
            file = member.unpack()
            while file is not None and (piece := file.read(_PIECE)):
                data += piece
                room.size -= len(piece)
                if len(data) > most:
                    raise _too_large(source, most)
                if room.size < 0:
                    break
        except (*_BROKEN, NotImplementedError, RuntimeError) as error:
            raise SourceError(source, f"it cannot be unpacked: {_why(error)}", remedy=_UNPACK) from error
        return bytes(data)


def parts_of(file: SourceFile, limits: Limits, names: Collection[str]) -> dict[str, bytes]:
    """The parts of these names of a file that is a ZIP (a word processor's); the first of them must be there.

    Raises:
        SourceError: it is none, lacks the first part, or a part has more than the limit of a page.
    """
    parts: dict[str, bytes] = {}
    try:
        with file.open(limits.file_bytes) as opened:
            for member in _in_zip(opened):
                if member.name in names:
                    parts[member.name] = _part(member, file.name, limits.page_bytes)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise SourceError(file.name, f"the file cannot be read: {_why(error)}") from error
    wanted = next(iter(names))
    if wanted not in parts:
        raise SourceError(file.name, f"it is not what its name says: there is no {wanted} in it")
    return parts


def _part(member: Member, source: str, most: int) -> bytes:
    opened = None if member.fault else member.unpack()
    data = b"" if opened is None else opened.read(most + 1)
    if member.fault or len(data) > most:
        reason = member.fault or f"its {member.name} has more than the limit of {most / 2**20:.0f} MiB"
        raise SourceError(source, reason, remedy="Raise QA_INGESTION__MAX_PAGE_MIB, or split the file.")
    return data


def _in_zip(opened: BinaryIO) -> Iterator[Member]:
    _check_directory(opened)
    with zipfile.ZipFile(opened) as packed:
        for info in packed.infolist():
            if info.is_dir():
                continue
            fault = None
            if info.external_attr >> 28 == 0o12:  # S_IFLNK, where the archive was made on Unix
                fault = "a link in an archive is not followed"
            elif info.flag_bits & 1:
                fault = "it is under a password"
            yield Member(info.filename, info.file_size, partial(packed.open, info), fault)


def _check_directory(opened: BinaryIO) -> None:
    """Look at how long the list of members says that it is, before zipfile makes objects of it.

    Raises:
        ValueError: it is too long.
    """
    size = opened.seek(0, SEEK_END)
    opened.seek(max(0, size - 2**16 - 98))
    tail = opened.read()
    opened.seek(0)
    for mark, form, place in ((b"PK\x05\x06", "<L", 12), (b"PK\x06\x06", "<Q", 40)):
        at = tail.rfind(mark)
        if at >= 0 and len(tail) >= at + place + 8:
            (long,) = struct.unpack_from(form, tail, at + place)
            if _DIRECTORY < long != 2**32 - 1:
                raise ValueError("its list of members is too long")


def _in_tar(name: str, opened: BinaryIO, room: Room) -> Iterator[Member]:
    packed = name.lower().endswith("gz")
    stream = gzip.GzipFile(fileobj=opened) if packed else opened
    bounded = Bounded(stream, name, room.size)
    with tarfile.open(fileobj=cast("IO[bytes]", bounded), mode="r|") as tar:
        for info in tar:
            if info.isdir():
                continue
            plain = info.isreg() and not info.issparse()
            fault = None if plain else "it is a link, a device or a file with holes, which is not read"
            yield Member(info.name, info.size, partial(tar.extractfile, info), fault)
        if any(bounded.end):  # tarfile takes any end for the end
            raise tarfile.ReadError("it does not end as a TAR does, and may be cut off")


class Bounded:
    """A stream that gives no more than so many bytes: what lies between the members that are read counts, too.

    ``end`` is the last block that was read.
    """

    def __init__(self, stream: BinaryIO | gzip.GzipFile, name: str, most: int) -> None:
        self._stream = stream
        self._name = name
        self._left = most + 2**20  # for the heads of the members, and what fills their blocks
        self.end = b""

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes more.

        Raises:
            SourceError: that would be more than it may give.
        """
        data = self._stream.read(size)
        self._left -= len(data)
        self.end = (self.end + data)[-tarfile.BLOCKSIZE :]
        if self._left < 0:
            reason = "it unpacks to more than is allowed, or out of all proportion to its size; reading stops here"
            remedy = f"Raise QA_INGESTION__MAX_UNPACKED_MIB if you trust it. {_UNPACK}"
            raise SourceError(self._name, reason, remedy=remedy)
        return data


def _too_large(source: str, most: int) -> SourceError:
    reason = f"it has more than the limit of {most / 2**20:.0f} MiB"
    return SourceError(source, reason, remedy="Raise QA_INGESTION__MAX_FILE_MIB, or split the file.")


def _why(error: Exception) -> str:
    return reason_of(error) if isinstance(error, OSError) else str(error) or type(error).__name__

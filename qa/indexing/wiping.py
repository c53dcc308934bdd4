"""A folder of Chroma's -> the same without what happened to lie in memory when its graphs were written.

Chroma 1.5 sets memory aside for more vectors than there are and writes all of it: the rest of a graph's files is what
the process had there before, be it vectors that have been removed or the text of an article. Here it becomes zeros.

What it knows of the format: ``header.bin`` is a version, then as 64-bit numbers an offset, how many vectors fit, how
many there are and the bytes of one in ``data_level0.bin``; ``length.bin`` has four bytes for each.
"""

from __future__ import annotations

import struct
from pathlib import Path

__all__ = ["HEADER", "wipe"]

HEADER = "header.bin"
_HEADER = struct.Struct("<i4Q")
_VERSION = 1
_LENGTH_BYTES = 4


def wipe(folder: Path) -> None:
    """Overwrite what lies behind the last vector in the files of every graph.

    Raises:
        ValueError: the files are not of the form that is known here.
        OSError: they cannot be read or written.
    """
    for header in folder.glob(f"*/{HEADER}"):
        version, _, fitting, count, size = _HEADER.unpack_from(header.read_bytes().ljust(_HEADER.size, b"\0"))
        if version != _VERSION or count > fitting:
            raise ValueError(f"{header} is not a graph's header as Chroma 1.5 writes it")
        _zero_from(header.with_name("data_level0.bin"), count * size)
        _zero_from(header.with_name("length.bin"), count * _LENGTH_BYTES)


def _zero_from(path: Path, start: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        rest = file.read()
        if rest.strip(b"\0"):
            file.seek(start)
            file.write(bytes(len(rest)))

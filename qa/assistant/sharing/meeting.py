"""A data folder -> the socket at which its owner is asked, for the owner and for everybody else.

The socket is ``DATA/socket``, mode 0600. The system takes paths of about 100 bytes; where the folder's is longer, or
its disk holds no sockets, the socket lies in a folder of its own under the system's temporary one (0700), and
``DATA/socket`` is a link to it. Only the owner of the folder's lock may listen, so that what lies there when it comes
is a dead owner's. What this does not know: what is said.
"""

from __future__ import annotations

import os
import socket
import struct
import tempfile
from contextlib import suppress
from pathlib import Path

from qa.errors import ArchiveError

__all__ = ["NobodyThere", "call", "is_ours", "listen", "stop_listening"]

_NAME = "socket"
_LONGEST = 100  # bytes of a path: Linux takes 107, macOS 103
_PREFIX = "onrecord-"
_BACKLOG = 64
_ANSWER_S = 5.0
_CREDENTIALS = struct.Struct("3i")  # process, user and group, as Linux gives them


class NobodyThere(Exception):
    """No process listens: there is no owner, or it is not there yet, or not any more."""


def listen(data_dir: Path) -> socket.socket:
    """Listen for those who ask; only for whoever has the folder's lock alone.

    Raises:
        ArchiveError: no socket can be made.
    """
    place = Path(os.path.abspath(data_dir), _NAME)  # noqa: PTH100 - links stay as they are
    stop_listening(data_dir)
    try:
        if len(os.fsencode(place)) <= _LONGEST:
            with suppress(OSError):  # a disk that holds no sockets
                return _listening_at(place)
            place.unlink(missing_ok=True)
        elsewhere = Path(tempfile.mkdtemp(prefix=_PREFIX), _NAME)
        listener = _listening_at(elsewhere)
        place.symlink_to(elsewhere)
        return listener
    except OSError as error:
        raise ArchiveError(
            f"The archive in {data_dir} cannot be shared: {error.strerror or error}.",
            remedy="See that you may write there and in the folder for temporary files (TMPDIR).",
        ) from error


def _listening_at(place: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(os.fspath(place))
        place.chmod(0o600)  # before anybody can connect
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def stop_listening(data_dir: Path) -> None:
    """Take the socket away; whoever calls has the folder's lock."""
    place = data_dir / _NAME
    with suppress(OSError):
        if place.is_symlink():
            elsewhere = Path(os.readlink(place))  # noqa: PTH115 - not what it leads to in the end
            if elsewhere.parent.name.startswith(_PREFIX):
                elsewhere.unlink(missing_ok=True)
                elsewhere.parent.rmdir()
    with suppress(OSError):
        place.unlink(missing_ok=True)


def call(data_dir: Path) -> socket.socket:
    """Connect to the owner of the folder.

    Raises:
        NobodyThere: no process listens.
    """
    place = Path(os.path.abspath(data_dir), _NAME)  # noqa: PTH100
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if place.is_symlink():
            place = Path(os.readlink(place))  # noqa: PTH115
        if len(os.fsencode(place)) > _LONGEST:
            raise NobodyThere
        connection.settimeout(_ANSWER_S)
        connection.connect(os.fspath(place))
        connection.settimeout(None)
    except OSError as error:
        connection.close()
        raise NobodyThere from error
    except BaseException:
        connection.close()
        raise
    return connection


def is_ours(connection: socket.socket) -> bool:
    """Whether it is our own user (or root) who asks, where the system tells."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return _CREDENTIALS.unpack(told)[1] in {os.geteuid(), 0}

"""How much of a source is read, for how long, and from where: plain values, no settings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

_MIB = 2**20
_EXPANDS = 200  # times its size: JSON of news unpacks to three to thirty times, gzip can reach a thousand
_SMALL = 16 * _MIB  # bytes, up to which it may expand as it likes


@dataclass(frozen=True, slots=True)
class Limits:
    """What goes beyond one of these is an error that names its setting, and is not read further.

    Args:
        file_mib: largest file, in MiB on disk.
        unpacked_mib: largest file once it is unpacked, in MiB.
        page_mib: largest HTML page, in MiB: a parser makes many times that of it in memory.
        records: most lines of one JSON Lines file, records of one JSON file, or files of one archive.
        bad_records: most records of one source that give no article before the rest is left.
        article_chars: longest article, in code points.
        article_s: time limit for reading one article out of its source, in seconds.
        fetch_s: time limit for fetching one address, in seconds.
        private_addresses: whether addresses of loopback and of private networks are fetched.
        trust_stated: whether the address that a page states counts wherever the page came from.
    """

    file_mib: int = 256
    unpacked_mib: int = 1_024
    page_mib: int = 10
    records: int = 200_000
    bad_records: int = 1_000
    article_chars: int = 1_000_000
    article_s: float = 60.0
    fetch_s: float = 20.0
    private_addresses: bool = False
    trust_stated: bool = False

    @property
    def file_bytes(self) -> int:
        """The largest file, in bytes."""
        return self.file_mib * _MIB

    @property
    def unpacked_bytes(self) -> int:
        """The largest file once it is unpacked, in bytes."""
        return self.unpacked_mib * _MIB

    def most_unpacked(self, size: int) -> int:
        """How many bytes a packed file of this size may give: as the limit says, and not out of proportion to it."""
        return min(self.unpacked_bytes, max(_SMALL, _EXPANDS * size))

    @property
    def page_bytes(self) -> int:
        """The largest HTML page, in bytes."""
        return self.page_mib * _MIB

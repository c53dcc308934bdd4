"""A host and a port -> a connection to an address that has been checked, within one deadline. Names httpcore.

Promises: a name is resolved once for a connection, and what it resolves to is what is checked and what is connected to,
so that no second answer of a name server can lead elsewhere; every wait (for the name, the connection, the TLS
handshake, each read and write) ends at the deadline. What it does not know: HTTP, redirects, which page is wanted.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore

__all__ = ["CheckedNetwork", "PrivateAddress", "Resolver", "is_public", "resolve"]

Resolver = Callable[[str, int], Sequence[str]]
"""A host and a port -> the IP addresses of the host."""

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is reached


class PrivateAddress(Exception):
    """A host leads to an address that is not of the public internet."""

    def __init__(self, host: str, address: str) -> None:
        self.host = host
        self.address = address
        super().__init__(host if host == address else f"{host} ({address})")


def is_public(address: str) -> bool:
    """Say whether an IP address is of the public internet, and none of loopback, link-local, private and the like.

    An IPv6 address that stands for an IPv4 address (mapped, NAT64, 6to4) is judged as that one.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        ip = _embedded(ip) or ip
    site_local = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or site_local)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as the system resolves it; also of an IP address in any spelling."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A moment of ``time.monotonic``."""

    at: float

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            httpcore.TimeoutException: none are.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.TimeoutException("the deadline is over")
        return left


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to permitted addresses only, and waits until a moment of ``time.monotonic`` at the latest.

    A host is refused whole if one of its addresses is not permitted. ``resolver`` is how names become addresses. The
    time limits that a caller names for single steps do not count: the deadline does.
    """

    def __init__(self, deadline: float, permitted: Callable[[str], bool], resolver: Resolver) -> None:
        self._deadline = _Deadline(deadline)
        self._permitted = permitted
        self._resolver = resolver
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that accepts.

        Raises:
            PrivateAddress: it may not be connected to.
            httpcore.TimeoutException: the deadline is over.
            httpcore.ConnectError: there is no such name, or nobody accepts.
        """
        addresses = self._resolved(host, port)
        for address in addresses:
            if not self._permitted(address):
                raise PrivateAddress(host, address)
        failure: Exception = httpcore.ConnectError("the name has no address")
        for position, address in enumerate(addresses):
            share = self._deadline.left() / (len(addresses) - position)
            try:
                stream = self._plain.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise failure

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """Ask the resolver in a thread of its own: the system's takes no time limit."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:  # a label that is too long is a UnicodeError
                answers.put(httpcore.ConnectError(str(error)))

        threading.Thread(target=ask, daemon=True, name=f"resolving {host}").start()
        try:
            answer = answers.get(timeout=self._deadline.left())
        except queue.Empty:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


class _BoundedStream(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline, whatever limit the caller names."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

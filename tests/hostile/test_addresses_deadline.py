"""One deadline holds for the name, redirects, headers and body of an address together."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from qa.errors import SourceError
from tests.hostile.newspapers import INSIDE, fetch, talking

LIMIT_S = 0.5
ENOUGH_S = 8  # far beyond the limit, so that a busy machine fails nothing; what has no deadline drips for ever


def _too_slow(source: str, resolver: object = None) -> None:
    started = time.monotonic()
    more = {"resolver": resolver} if resolver else {}
    found = fetch(source, timeout_s=LIMIT_S, permitted=lambda address: True, **more)  # type: ignore[arg-type]
    assert time.monotonic() - started < ENOUGH_S
    assert isinstance(found, SourceError)
    assert found.reason == f"no complete answer within {LIMIT_S:g} s"
    assert "FETCH_TIMEOUT_S" in found.remedy


def _drip(connection: socket.socket, done: threading.Event, head: bytes, drop: bytes) -> None:
    """Say ``head``, and then a drop at a time, each well within any limit for a single read."""
    connection.sendall(head)
    while not done.wait(0.02):
        connection.sendall(drop)


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Many: a\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["a header", "headers", "interim answers", "body", "chunks"],
)
def test_what_drips_ends_at_the_deadline(head: bytes, drop: bytes) -> None:
    with talking(lambda connection, done: _drip(connection, done, head, drop)) as where:
        _too_slow(f"http://{where}/")


def test_a_handshake_that_drips_ends_at_the_deadline() -> None:
    record = b"\x16\x03\x03\x40\x00"  # a TLS record of 16 KiB, of which a byte comes at a time
    with talking(lambda connection, done: _drip(connection, done, record, b"\x02")) as where:
        _too_slow(f"https://{where}/")


def test_a_server_that_says_nothing_ends_at_the_deadline() -> None:
    with talking(lambda connection, done: _drip(connection, done, b"", b"")) as where:
        _too_slow(f"http://{where}/")


def test_redirects_share_one_deadline() -> None:
    def move(connection: socket.socket, done: threading.Event) -> None:
        connection.recv(4_096)
        done.wait(LIMIT_S * 0.4)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with talking(move) as where:
        _too_slow(f"http://{where}/")


def test_a_name_that_is_not_resolved_ends_at_the_deadline() -> None:
    done = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        done.wait(30)
        return [INSIDE]

    _too_slow("http://slow.example/", resolve)
    done.set()

"""Real sockets against a real server with short time-outs; nothing here is faster than the machine must be."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from email.parser import BytesParser
from http.client import HTTPMessage
from pathlib import Path

import pytest

from qa.settings import WebSettings, load_settings
from tests.serving import serving
from tests.web.archive import FakeArchive
from web.app import SECURITY_HEADERS, create_app

LONG = 60  # seconds in which anything has to happen, however busy the machine is
HALF = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Half"
WHOLE = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Reached:
    """A server that was started, and connections to it, which are closed in the end."""

    def __init__(self, address: str, stack: ExitStack) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self.place = (host, int(port))
        self._stack = stack

    def connect(self, sent: bytes = b"", *, buffer: int | None = None) -> socket.socket:
        connection = self._stack.enter_context(socket.socket())
        if buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        connection.settimeout(LONG)
        connection.connect(self.place)
        connection.sendall(sent)
        return connection

    def status(self, sent: bytes = WHOLE) -> int:
        return answer(self.connect(sent))[0]


Reach = Callable[..., Reached]


@pytest.fixture
def reach() -> Iterator[Reach]:
    with ExitStack() as stack:

        def start(archive: FakeArchive | None = None, **limits: object) -> Reached:
            app = create_app(load_settings(web=WebSettings(**limits)), archive or FakeArchive())
            return Reached(stack.enter_context(serving(app, **limits)), stack)

        yield start


def answer(connection: socket.socket) -> tuple[int, HTTPMessage, bytes]:
    """The status, the headers and the body of what comes next on a connection."""
    with connection.makefile("rb") as stream:
        line = stream.readline()
        assert line, "closed without an answer"
        head = bytearray()
        while (read := stream.readline()) not in {b"\r\n", b""}:
            head += read
        headers = BytesParser(HTTPMessage).parsebytes(bytes(head))
        return int(line.split()[1]), headers, stream.read(int(headers["content-length"]))


def closed(connection: socket.socket) -> bool:
    """Wait for the end of a connection, whatever comes before."""
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        pass
    return True


def assert_is_problem(connection: socket.socket, status: int, name: str) -> None:
    found, headers, body = answer(connection)
    assert (found, headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(body)["type"] == f"/problems/{name}"
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert headers["connection"] == "close"
    assert closed(connection)


def test_headers_that_do_not_come_are_waited_for_no_longer_however_they_trickle(reach: Reach) -> None:
    server = reach(header_timeout_s=0.3)
    connection = server.connect(HALF)
    for _ in range(3):
        time.sleep(0.05)
        connection.sendall(b"x")
    assert_is_problem(connection, 408, "request-too-slow")


def test_a_connection_on_which_nothing_is_ever_asked_is_closed_in_silence(reach: Reach) -> None:
    connection = reach(header_timeout_s=0.2).connect()
    assert connection.recv(100) == b""


def test_a_connection_on_which_nothing_more_is_asked_is_closed(reach: Reach) -> None:
    connection = reach(idle_timeout_s=0.2).connect(WHOLE)
    assert answer(connection)[0] == 200
    assert closed(connection)


def test_half_of_a_second_request_is_not_waited_for_either(reach: Reach) -> None:
    connection = reach(header_timeout_s=0.3, idle_timeout_s=LONG).connect(WHOLE)
    assert answer(connection)[0] == 200
    connection.sendall(HALF)
    assert_is_problem(connection, 408, "request-too-slow")


def test_a_body_that_does_not_come_is_waited_for_no_longer(reach: Reach) -> None:
    head = b"POST /api/answer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
    assert_is_problem(reach(body_timeout_s=0.2).connect(head), 408, "request-too-slow")


def test_an_answer_that_takes_long_is_waited_for(reach: Reach) -> None:
    class Slow(FakeArchive):
        def outlets(self) -> list[tuple[str, int]]:
            time.sleep(0.6)
            return []

    server = reach(Slow(), header_timeout_s=0.2, idle_timeout_s=0.2, body_timeout_s=0.2)
    assert server.status(b"GET /articles HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200


@pytest.mark.slow
def test_a_reader_who_takes_nothing_is_dropped(reach: Reach) -> None:
    class Long(FakeArchive):
        def examples(self) -> list[str]:
            return ["x" * 1000] * 8_000

    server = reach(Long(), max_connections=1, idle_timeout_s=0.3)
    stalled = server.connect(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", buffer=4096)
    assert stalled.recv(1, socket.MSG_PEEK)
    until = time.monotonic() + LONG
    while server.status() == 503:  # the one place is his
        assert time.monotonic() < until
        time.sleep(0.05)
    received = 0
    with suppress(ConnectionError):
        while read := stalled.recv(65536):
            received += len(read)
    assert received < 8_000_000


@pytest.mark.parametrize("nonsense", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"a\r\n\r\n"])
def test_what_is_not_http_is_a_problem_with_the_security_headers(reach: Reach, nonsense: bytes) -> None:
    assert_is_problem(reach().connect(nonsense), 400, "request-malformed")


def test_a_body_that_is_not_http_is_a_problem_too(reach: Reach) -> None:
    head = b"POST /api/answer HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert_is_problem(reach().connect(head + b"no size\r\n"), 400, "request-malformed")


def test_a_websocket_is_answered_as_a_page_is(reach: Reach) -> None:
    upgrade = b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"
    status, headers, _ = answer(reach().connect(b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n" + upgrade + b"\r\n"))
    assert status == 404
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_after_a_fault_of_ours_the_connection_is_closed(reach: Reach, capfd: pytest.CaptureFixture[str]) -> None:
    server = reach(FakeArchive(fails=ZeroDivisionError("of a test")))
    connection = server.connect(b"GET /api/answer?question=x HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert_is_problem(connection, 500, "internal-error")


def test_the_address_of_the_longest_conversation_is_read(reach: Reach) -> None:
    query = "&".join(["q=a" + "%F0%9F%98%80" * 499] * 8).encode()
    head = b"GET /?" + query + b" HTTP/1.1\r\nHost: localhost\r\nReferer: http://localhost/?" + query + b"\r\n\r\n"
    assert reach().status(head) == 200


def test_one_connection_too_many_ends_the_one_that_was_waited_for_longest(reach: Reach) -> None:
    server = reach(max_connections=3, header_timeout_s=LONG, idle_timeout_s=LONG)
    oldest = server.connect(HALF)
    idle = server.connect(WHOLE)
    assert answer(idle)[0] == 200
    newer = server.connect(HALF)
    assert server.status() == 200
    assert closed(oldest)
    newer.sendall(b": 1\r\n\r\n")
    assert answer(newer)[0] == 200
    idle.sendall(WHOLE)
    assert answer(idle)[0] == 200


def test_where_everybody_is_being_served_one_more_is_told_to_come_back(reach: Reach) -> None:
    server = reach(max_connections=2, body_timeout_s=LONG)
    head = b"POST /api/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"
    served = [server.connect(head), server.connect(head)]
    assert all(connection.recv(100).startswith(b"HTTP/1.1 100") for connection in served)
    refused = server.connect()
    found, headers, _ = answer(refused)
    assert found == 503
    assert int(headers["retry-after"]) > 0
    assert headers["content-security-policy"] == SECURITY_HEADERS["Content-Security-Policy"]


SERVER = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
import socket
from qa.settings import WebSettings, load_settings
from tests.web.archive import FakeArchive
from web.app import create_app
from web.serving import make_server
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
limits = WebSettings(max_connections=100_000, header_timeout_s=5)
make_server(create_app(load_settings(), FakeArchive()), limits).run([listener])
"""


@contextmanager
def few_files() -> Iterator[tuple[str, int]]:
    """A server that may open 1,024 files."""
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        try:
            yield "127.0.0.1", int(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.slow
def test_half_sent_headers_neither_deafen_the_server_nor_stay() -> None:
    with few_files() as place, ExitStack() as stack:
        server = Reached(f"http://{place[0]}:{place[1]}", stack)
        assert server.status() == 200
        half = [server.connect(HALF) for _ in range(700)]
        assert server.status() == 200
        assert all(closed(connection) for connection in half)
        assert server.status() == 200

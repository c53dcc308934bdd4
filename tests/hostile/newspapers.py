"""Small web servers on loopback addresses of their own, with the pages that a test gives them."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from qa.errors import SourceError
from qa.ingestion.connecting import is_public, resolve
from qa.ingestion.fetching import AddressReader
from qa.protocols import Draft

OUTSIDE = "127.0.0.2"  # plays a host of the public internet
INSIDE = "127.0.0.1"

TEXT = "The council of Marrow voted on Monday to close the ferry for the winter.\n\nNobody gave a reason for it."


@dataclass
class Page:
    """One answer of a server."""

    body: str = TEXT
    kind: str = "text/plain"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    login: str | None = None  # "user:password" that it asks for


def moved(location: str) -> Page:
    return Page("", status=302, headers={"Location": location, "Connection": "close"})


@dataclass
class Newspaper:
    """A running server; ``asked`` fills with the path and the login of each request."""

    address: str
    pages: dict[str, Page]
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@contextmanager
def newspaper(host: str = INSIDE, **pages: Page) -> Iterator[Newspaper]:
    """Serve each page under ``/name``; more may be put into ``pages`` later."""
    here = Newspaper("", dict(pages))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            login = self.headers.get("Authorization")
            decoded = base64.b64decode(login.split()[-1]).decode() if login else None
            here.asked.append((self.path, decoded))
            page = here.pages.get(self.path.strip("/"), Page("gone", status=404))
            if page.login and page.login != decoded:
                page = Page("a login is needed", status=401, headers={"WWW-Authenticate": "Basic"})
            self.send_response(page.status)
            self.send_header("Content-Type", f"{page.kind}; charset=utf-8")
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body.encode())

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer((host, 0), Handler) as server:
        here.address = f"http://{host}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield here
        server.shutdown()
        thread.join()


@contextmanager
def talking(talk: Callable[[socket.socket, threading.Event], None], host: str = INSIDE) -> Iterator[str]:
    """Hand each connection to ``talk`` in a thread, with an event that is set at the end; yields HOST:PORT."""
    done = threading.Event()
    with socket.create_server((host, 0)) as listener:
        listener.settimeout(0.05)

        def accept() -> None:
            while not done.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = listener.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        def serve(connection: socket.socket) -> None:
            with connection, contextlib.suppress(OSError):
                connection.settimeout(10)
                talk(connection, done)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"{host}:{listener.getsockname()[1]}"
        done.set()
        thread.join()


def outside_only(address: str) -> bool:
    """The real rule, but that one loopback address plays the public internet."""
    return address == OUTSIDE or is_public(address)


def fetch(
    source: str,
    *,
    timeout_s: float = 20,
    trust_stated: bool = False,
    permitted: Callable[[str], bool] = outside_only,
    resolver: Callable[[str, int], list[str]] = resolve,
) -> Draft | SourceError:
    """What the reader of addresses makes of one."""
    (found,) = AddressReader(100_000, timeout_s, trust_stated, permitted, resolver).read(source)
    return found

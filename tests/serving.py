"""A real server on a free port, in a thread of the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from qa.settings import WebSettings
from web.serving import make_server


@contextmanager
def serving(app: FastAPI, **limits: object) -> Iterator[str]:
    """Serve ``app`` within limits of the test's own; yields its address, without a slash."""
    server = make_server(app, WebSettings(port=0, **limits), "error")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < deadline, "the server took too long to start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)

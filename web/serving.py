"""Settings -> a running server: binds the address first, so that a port in use is one clear error."""

from __future__ import annotations

import socket
import sys

import uvicorn
from fastapi import FastAPI

from qa.errors import SettingsError
from qa.settings import Settings, WebSettings
from web.app import SECURITY_HEADERS, create_app
from web.connections import Limits, connection_class, most_connections
from web.hosts import is_loopback

__all__ = ["address_of", "make_server", "serve"]

BACKLOG = 128  # connections that are taken in one turn of the loop, before any of them is looked at
# A conversation is in the address of its page, and again in the Referer: eight questions of 500 letters, each of which
# may need twelve bytes there.
MAX_HEAD_BYTES = 128 * 1024


def serve(settings: Settings) -> None:
    """Serve until interrupted, and say where.

    Raises:
        SettingsError: the address or port cannot be listened on, or would be open to others to change the archive.
        QaError: the archive is there but cannot be opened.
    """
    web = settings.web
    if web.edit and not is_loopback(web.host):
        raise SettingsError(
            f"`--edit` lets everybody who reaches {web.host} change the archive, so it is for this machine alone.",
            remedy="Leave the host at 127.0.0.1, or leave `--edit` out and set QA_WEB__WRITE_TOKEN.",
        )
    listener = _listen(web)
    sys.stderr.write(f"On Record is at {address_of(*listener.getsockname()[:2])} (Ctrl+C stops it)\n")
    server = make_server(create_app(settings), web)
    with listener:
        server.run(sockets=[listener])


def address_of(host: str, port: int) -> str:
    """Write the address at which a server that listens there is visited from this machine."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (listened on everywhere, called so nowhere)
    return f"http://{f'[{here}]' if ':' in here else here}:{port}"


def make_server(app: FastAPI, web: WebSettings, log_level: str = "warning") -> uvicorn.Server:
    """Make a server of ``app`` whose connections are bounded by ``web``; it listens where it is told when it runs."""
    limits = Limits(most_connections(web.max_connections), web.header_timeout_s, web.idle_timeout_s, SECURITY_HEADERS)
    config = uvicorn.Config(
        app,
        host=web.host,
        port=web.port,
        http=connection_class(limits),
        loop="asyncio",  # uvloop takes every connection that comes before it looks at one
        ws="none",
        log_level=log_level,
        server_header=False,
        forwarded_allow_ips="*",  # the scheme that a proxy names, for links; nothing here is decided by an address
        backlog=BACKLOG,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def _listen(web: WebSettings) -> socket.socket:
    try:
        family = socket.getaddrinfo(web.host, web.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {web.host} port {web.port}: {error.strerror}.",
            remedy="Choose another port with `qa serve --port 0` (any free one) or QA_WEB__PORT.",
        ) from error

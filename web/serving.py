"""Settings -> a running server: binds the address first, so that a port in use is one clear error."""

from __future__ import annotations

import socket
import sys

import uvicorn

from qa.errors import SettingsError
from qa.settings import Settings, WebSettings
from web.app import create_app

__all__ = ["serve"]


def serve(settings: Settings) -> None:
    """Serve until interrupted, and say where.

    Raises:
        SettingsError: the address or port cannot be listened on.
        QaError: the archive is there but cannot be opened.
    """
    web = settings.web
    listener = _listen(web)
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (listened on everywhere, called so nowhere)
    shown = f"[{here}]" if ":" in here else here
    sys.stderr.write(f"On Record is at http://{shown}:{port} (Ctrl+C stops it)\n")
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), log_level="warning", server_header=False, timeout_graceful_shutdown=5)
    )
    with listener:
        server.run(sockets=[listener])


def _listen(web: WebSettings) -> socket.socket:
    try:
        family = socket.getaddrinfo(web.host, web.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {web.host} port {web.port}: {error.strerror}.",
            remedy="Choose another port with `qa serve --port 0` (any free one) or QA_WEB__PORT.",
        ) from error

"""A program's request -> whether it may read: everybody, or whoever bears ``QA_WEB__READ_TOKEN``, where that is set.

Promises: with a token set nothing below `/api/`, `/v1/` and `/mcp` is answered without it, not even that something is
not there, and its comparison takes as long for every guess; who may write may read. The pages stay open, for people
whom a proxy has let in: a browser has no token to send. What this does not know: what is read.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.admission import Admission

__all__ = ["ReadersOnly", "bearer_of"]

_CLOSED = ("/api/", "/v1/", "/mcp/")


class ReadersOnly:
    """Middleware that answers itself for a program without the token, with ``refuse``.

    Args:
        app: what is given the other requests.
        token: what programs have to bear; None lets everybody read.
        admission: who may write.
        refuse: answers for whoever bears neither.
    """

    def __init__(
        self, app: ASGIApp, token: SecretStr | None, admission: Admission, refuse: Callable[[Request], Response]
    ) -> None:
        self.app = app
        self._token = token.get_secret_value().encode() if token else None
        self._admission = admission
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the token, where the address is a program's."""
        if scope["type"] == "http" and not self._may_read(scope):
            await self._refuse(Request(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _may_read(self, scope: Scope) -> bool:
        if self._token is None or not (scope["path"] == "/mcp" or scope["path"].startswith(_CLOSED)):
            return True
        return hmac.compare_digest(bearer_of(scope).encode(), self._token) or self._admission.bears_token(scope)


def bearer_of(scope: Scope) -> str:
    """Return what a request bears as a token, in a header that no other site can have a browser send."""
    kind, _, value = Headers(scope=scope).get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""

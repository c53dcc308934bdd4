"""A request for what the archive alone decides -> 304 without the work, while nothing in the archive has changed.

An article's version, a statement and their pages are made of the archive and of their address. Who shows the validator
(ETag) that such an address was answered with is told that it still holds, without the article being read again, its
statements found or its page drawn, as long as the catalog counts no further change, of whatever process.

Promises: the number of changes is taken before the work, so that a change meanwhile is never missed; any change forgets
everything, so that what has been erased is gone for everybody; a start forgets all, and so does a new version of this
program; memory is bounded. What this does not know: what is sent. Routes say that they last by depending on `lasting`.

Grep for: ETag, If-None-Match, 304, cache, validator.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.errors import QaError
from web.sending import OF_BODY, has_it
from web.site import Site, site_of

__all__ = ["Lasting", "lasting"]

MOST = 2_000  # addresses, of about a kilobyte each
LONGEST = 2_000  # bytes of an address that is remembered
_NOTED = "onrecord.changes"

logger = logging.getLogger(__name__)
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Answered:
    """What an address was answered with: its validator, the other headers, and the state of the archive before."""

    changes: int
    tag: str
    headers: list[tuple[bytes, bytes]]


def lasting(request: Request, site: Annotated[Site, Depends(site_of)]) -> None:
    """Say that the answer to this request is made of its address and the archive, and of nothing else."""
    noted: list[int] | None = request.scope.get(_NOTED)
    if noted is not None:
        noted.append(site.archive.changes())


class Lasting:
    """Middleware: remembers validators of what lasts, and says that they hold."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._answered: OrderedDict[_Key, _Answered] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 304 where that is known to be right; else pass on, and remember."""
        if scope["type"] != "http" or scope["method"] != "GET" or len(scope["query_string"]) > LONGEST:
            await self.app(scope, receive, send)
            return
        asked, key = Headers(scope=scope), _key(scope)
        known = self._answered.get(key)
        if known and has_it(asked, known.tag) and known.changes == _changes(scope):
            await send({"type": "http.response.start", "status": 304, "headers": list(known.headers)})
            await send({"type": "http.response.body", "body": b""})
            return
        noted: list[int] = []

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304} and noted:
                self._remember(key, noted[0], Headers(raw=list(message["headers"])))
            await send(message)

        await self.app({**scope, _NOTED: noted}, receive, send_noting)

    def _remember(self, key: _Key, changes: int, headers: Headers) -> None:
        if tag := headers.get("etag"):
            kept = [pair for pair in headers.raw if pair[0].decode("latin-1").lower() not in OF_BODY]
            self._answered[key] = _Answered(changes, tag, kept)
            self._answered.move_to_end(key)
            while len(self._answered) > MOST:
                self._answered.popitem(last=False)


def _key(scope: Scope) -> _Key:
    host = Headers(scope=scope).get("host", "")  # links in an answer are of the name that was called
    return (scope["scheme"], host, scope.get("root_path", ""), scope["path"], scope["query_string"])


def _changes(scope: Scope) -> int | None:
    """The state of the archive now; None where it cannot be told, which is somebody else's to report."""
    site: Site = scope["app"].state.site
    try:
        return site.archive.changes()
    except QaError as error:
        logger.warning("Whether the archive has changed could not be told: %s", error)
        return None

"""A request -> whether it may change the archive: a program by its token, a person in a browser on "Add" and "Feeds".

Promises: without ``QA_WEB__WRITE_TOKEN`` and without `qa serve --edit` nobody may; `--edit` opens these pages to
whoever calls this machine by its own name on its loopback address, and to nobody whom a proxy sends; no other site can
have a browser change anything (CSRF): a form is taken only from this server's own pages, as the browser itself says in
``Sec-Fetch-Site``, or in ``Origin`` where a connection is not one that browsers trust. The cookie of an opened page is
worth nothing once the server has ended. What this does not know: what is put in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from qa.settings import WebSettings
from web.hosts import is_loopback

__all__ = ["COOKIE", "Admission"]

COOKIE = "onrecord-add"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via")


class Admission:
    """Who may change the archive of one server.

    Args:
        web: the token, and whether the page is open on this machine.
    """

    def __init__(self, web: WebSettings) -> None:
        self._token = web.write_token.get_secret_value() if web.write_token else None
        self._edit = web.edit and is_loopback(web.host)
        self._opened = hmac.new(secrets.token_bytes(32), b"opened", hashlib.sha256).hexdigest()

    @property
    def takes_token(self) -> bool:
        """Whether there is a token that opens anything."""
        return self._token is not None

    @property
    def possible(self) -> bool:
        """Whether there is anybody who may."""
        return self.takes_token or self._edit

    def is_token(self, given: str) -> bool:
        """Whether this is the token."""
        return self._token is not None and hmac.compare_digest(given.strip().encode(), self._token.encode())

    def bears_token(self, scope: Scope) -> bool:
        """Whether a program's request carries the token, in a header that no other site can have a browser send."""
        kind, _, value = Headers(scope=scope).get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self.is_token(value)

    @property
    def cookie(self) -> str:
        """What the browser of somebody who gave the token keeps."""
        return self._opened

    def is_open(self, scope: Scope) -> bool:
        """Whether the page is open to whoever sends this."""
        headers = Headers(scope=scope)
        if self._edit and is_loopback(headers.get("host", "")) and not any(name in headers for name in _FORWARDED):
            return True
        kept = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        return self.takes_token and hmac.compare_digest(kept.encode(), self._opened.encode())

    def is_own(self, scope: Scope) -> bool:
        """Whether a form was sent from a page of this server; what says nothing of it is none of a browser's."""
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        origin = urlsplit(headers.get("origin", ""))
        return bool(origin.netloc) and origin.netloc.lower() == headers.get("host", "").lower()

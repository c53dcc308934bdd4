"""The host that a request names -> whether it is this server: nobody else's name leads into the archive.

A page on any site can have its own name resolved to this machine and then read what this server answers (DNS
rebinding). Promises: a request that names a host other than the configured ones, the one listened on and this machine's
own (``localhost``, 127.0.0.0/8, ::1) never reaches the application, so that every absolute address that is made from a
request is one of those; headers of proxies (``X-Forwarded-Host``) are not looked at.

What it does not know: which port a visitor used, since whoever forwards a port may choose another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["TrustedHosts", "host_name", "is_loopback"]

_AUTHORITY = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+)(?::(?P<port>\d{0,5}))?", re.ASCII)
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(/?.*)", re.IGNORECASE | re.DOTALL)
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 (addresses that are listened on and name no host)


class TrustedHosts:
    """Middleware that answers for a request to another host itself, with ``refuse``.

    Args:
        app: what is given the others.
        names: hosts that are this server, beside this machine's own names.
        refuse: answers for another host.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str], refuse: Callable[[Request], Response]) -> None:
        self.app = app
        self.names = {name for given in names if (name := host_name(given.strip())) and name not in _EVERYWHERE}
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the host, which an absolute target (RFC 9112, 3.2.2) names in place of the header."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _origin_form(scope)
        named = Headers(scope=scope).getlist("host")
        # HTTP/1.0 need not name a host, and browsers always do; addresses are then made from the address listened on.
        if not named or (len(named) == 1 and self._is_here(named[0])):
            await self.app(scope, receive, send)
        else:
            await self.refuse(Request(scope))(scope, receive, send)

    def _is_here(self, authority: str) -> bool:
        name = host_name(authority)
        return name is not None and (name in self.names or is_loopback(name))


def host_name(authority: str) -> str | None:
    """Return the host of ``host[:port]`` in the one form in which hosts are compared; None where it is malformed.

    Letter case, a port and the dot at the end of a full name do not count; IPv6 addresses need brackets before a port.
    """
    try:
        return ip_address(authority).compressed
    except ValueError:
        pass
    match = _AUTHORITY.fullmatch(authority)
    if match is None or int(match["port"] or 0) > 65_535:
        return None
    name = match["name"].lower()
    if name.startswith("["):
        try:
            return IPv6Address(name[1:-1]).compressed
        except ValueError:
            return None
    return name.removesuffix(".") or None


def is_loopback(authority: str) -> bool:
    """Whether ``host[:port]`` is this machine as it calls itself: ``localhost``, 127.0.0.0/8, ::1."""
    name = host_name(authority)
    if name is None or name == "localhost":
        return name is not None
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _origin_form(scope: Scope) -> Scope:
    """Turn an absolute target into a path and the host that it names."""
    match = _ABSOLUTE.fullmatch(scope.get("raw_path") or b"")
    if match is None:
        return scope
    raw_path = match[2] if match[2].startswith(b"/") else b"/" + match[2]
    headers = [(b"host", match[1]), *(pair for pair in scope["headers"] if pair[0] != b"host")]
    return {**scope, "raw_path": raw_path, "path": unquote(raw_path.decode("latin-1")), "headers": headers}

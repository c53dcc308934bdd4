"""What a source calls an article's address -> a well-formed http(s) URL, or None; its login, and the rest of it.

Promise: the result holds only characters that RFC 3986 allows in a URL, so it is safe in a terminal and in a page, and
it parses; applied to its own result it changes nothing. It names no user and no password: those are for fetching and
are neither stored nor shown. White space, backslashes and characters that no URL holds are treated as browsers treat
them (https://url.spec.whatwg.org/#concept-basic-url-parser), but for a stray ``%``, which is encoded. Not known here:
whether the address exists.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv6Address
from urllib.parse import quote, unquote, urlsplit, urlunsplit

__all__ = ["login_of", "web_address", "without_login"]

_BORDER = "".join(map(chr, range(0x21)))  # C0 controls and the space
_BEFORE_QUERY = re.compile(r"[^?#]*")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_REST = "%!$&'()*+,;=:@/?[]"
_LOGIN = re.compile(r"(?<=://)[^/?#]*@")
_HOST_AND_PORT = re.compile(r"[^:]*://(?:[^/?#:@]*|\[[^/?#\]@]*\])(?::\d*)?(?:[/?#]|\Z)")


def web_address(raw: str) -> str | None:
    """Repair an http(s) address; None where there is none: another scheme, no host, a bad port, a lone surrogate."""
    raw = re.sub(r"[\t\n\r]", "", raw.strip(_BORDER))
    try:
        parts = urlsplit(_BEFORE_QUERY.sub(lambda before: before[0].replace("\\", "/"), raw, count=1))
        host = _host(parts.hostname or "")
        if not host or parts.scheme not in {"http", "https"}:
            return None
        port = "" if parts.port is None else f":{parts.port}"
        rest = [_encoded(part, _REST) for part in (parts.path, parts.query, parts.fragment)]
        return urlunsplit((parts.scheme, host + port, *rest))
    except ValueError:
        return None


def login_of(address: str) -> tuple[str, str] | None:
    """User and password of a URL, decoded; None where it has none."""
    found = _LOGIN.search(address)
    if found is None:
        return None
    user, _, password = found[0][:-1].partition(":")
    return unquote(user), unquote(password)


def without_login(address: str) -> str:
    """An address without user and password, for requests, messages and logs; anything else stays as it is.

    A password with a bare ``/``, ``?`` or ``#`` makes another address of it, with an ``@`` behind what is then no port:
    all before that goes.
    """
    if _LOGIN.search(address):
        return _LOGIN.sub("", address, count=1)
    scheme, mark, rest = address.partition("://")
    if not mark or "@" not in rest or _HOST_AND_PORT.match(address):
        return address
    return scheme + mark + rest.rpartition("@")[2]


def _host(host: str) -> str:
    """A host in ASCII; empty when it is none.

    Raises:
        ValueError: it cannot be written in ASCII, or is no IPv6 address although it has colons.
    """
    if ":" in host:
        return "" if "%" in host else f"[{IPv6Address(host)}]"
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    # IDNA 2003 turns ß into ss and drops joiners, which for browsers are other hosts: rather none than a wrong one.
    same = name == host or name.encode().decode("idna") == unicodedata.normalize("NFKC", host).lower()
    return name if same and _NAME.fullmatch(name) else ""


def _encoded(part: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=safe)

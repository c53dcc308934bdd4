"""A whole response -> as little as has to be sent: nothing where the visitor has it (ETag), else packed (gzip).

Promises: a validator is made of what would be sent, so it is another as soon as the archive, the day or this program
makes the answer another; it is weak, since packed and unpacked bytes have the same. A response that is sent piece by
piece (an export, a stream of events) goes through untouched and unheld. Nothing is packed for whoever bears a token or
a cookie, or for a request that another site had a browser send: how well a secret packs beside words of that site's
choosing would tell the secret (BREACH). What this does not know: what is sent.

Grep for: ETag, If-None-Match, 304, gzip, Content-Encoding, compression.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OF_BODY", "Sending", "has_it", "tag_of"]

LEAST = 1_000  # bytes: less is in one packet in any case
MOST_HELD = 16 * 2**20
LONG = 64 * 1024  # bytes that are packed in a thread, so that the loop does not wait for them
LEVEL = 5
_PACKABLE = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")
OF_BODY = ("content-length", "content-type", "content-encoding", "content-disposition")  # what a 304 leaves out
_OTHERS = {"cross-site", "same-site"}  # another port of this machine is the same site


class Sending:
    """Middleware: validators, and packing, for whole responses."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a whole response until it is there, and send what is needed of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        body = bytearray()

        async def send_sparingly(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_whole(message):
                held.append(message)
            elif message["type"] == "http.response.body" and held:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    for each in await _spared(scope, held.pop(), bytes(body)):
                        await send(each)
            else:
                await send(message)

        await self.app(scope, receive, send_sparingly)


def tag_of(content: str | bytes) -> str:
    """Make the validator of a content, for a response whose bytes differ in what does not count."""
    content = content.encode() if isinstance(content, str) else content
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def has_it(headers: Headers, tag: str) -> bool:
    """Whether the visitor says that they have what ``tag`` stands for; compared weakly (RFC 9110, 13.1.2)."""
    known = {each.strip().removeprefix("W/") for each in headers.get("if-none-match", "").split(",")}
    return tag.removeprefix("W/") in known or "*" in known


def _is_whole(start: Message) -> bool:
    """Whether the response is there as a whole, of a length that can be held."""
    length = Headers(raw=start["headers"]).get("content-length", "")
    return start["status"] == 200 and length.isdecimal() and int(length) <= MOST_HELD


async def _spared(scope: Scope, start: Message, body: bytes) -> list[Message]:
    asked, headers = Headers(scope=scope), MutableHeaders(raw=list(start["headers"]))
    if scope["method"] == "GET" and "no-store" not in headers.get("cache-control", ""):
        tag = headers.setdefault("ETag", tag_of(body))
        if has_it(asked, tag):
            raw = [pair for pair in headers.raw if pair[0].decode("latin-1").lower() not in OF_BODY]
            return [{**start, "status": 304, "headers": raw}, {"type": "http.response.body", "body": b""}]
    if _is_packable(headers, body):
        headers.add_vary_header("Accept-Encoding")
        if _unpacks(asked.get("accept-encoding", "")) and _keeps_no_secret(asked):
            if scope["path"].startswith("/static/"):
                body = _packed_once(body)
            else:
                body = await run_in_threadpool(_packed, body) if len(body) > LONG else _packed(body)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
            if (tag := headers.get("etag", "W/")) and not tag.startswith("W/"):
                headers["ETag"] = f"W/{tag}"
    return [{**start, "headers": headers.raw}, {"type": "http.response.body", "body": body}]


def _is_packable(headers: Headers, body: bytes) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    readable = kind.startswith(_PACKABLE) or kind.endswith(("+json", "+xml"))
    return readable and len(body) >= LEAST and "content-encoding" not in headers


def _unpacks(accepted: str) -> bool:
    """Whether gzip is among what an ``Accept-Encoding`` takes (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = parameter.strip().removeprefix("q=").strip() or "1"
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    try:
        return float(weight) > 0
    except ValueError:
        return False


def _keeps_no_secret(asked: Headers) -> bool:
    return not {"authorization", "cookie"} & set(asked) and asked.get("sec-fetch-site") not in _OTHERS


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)


@lru_cache(maxsize=32)
def _packed_once(body: bytes) -> bytes:
    """Pack a style sheet or a script, which stays as it is as long as this program runs."""
    return _packed(body)

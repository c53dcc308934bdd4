"""An http(s) address -> one draft. The only module of this stage that names httpx or uses a network.

Redirects are followed, five at most; size and time are bounded; a page must call itself HTML or plain text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from qa.errors import SourceError
from qa.ingestion.files import decode, one_draft
from qa.ingestion.pages import page_draft
from qa.ingestion.plain import plain_draft
from qa.ingestion.sources import is_address
from qa.protocols import Draft

__all__ = ["AddressReader"]

_HTML = ("text/html", "application/xhtml+xml")
_HEADERS = {"User-Agent": "OnRecord/1 (news archive)", "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5"}


@dataclass(frozen=True, slots=True)
class AddressReader:
    """Fetches pages of at most ``max_bytes`` within ``timeout_s`` seconds each."""

    max_bytes: int
    timeout_s: float

    def accepts(self, source: str) -> bool:
        """Whether this is an address; those that are not http(s) are refused when read, with the reason."""
        return is_address(source)

    def read(self, source: str) -> Iterator[Draft | SourceError]:
        """Yield the page's article."""
        return one_draft(lambda: self._draft(source))

    def _draft(self, source: str) -> Draft:
        if not source.lower().startswith(("http://", "https://")):
            raise SourceError(source, "only http:// and https:// addresses are fetched")
        kind, address, page = self._fetch(source)
        if kind in _HTML:
            return page_draft(page, source, address)
        if kind == "text/plain":
            return plain_draft(decode(page, source), address)
        raise SourceError(source, f"the address gives {kind or 'an unnamed type'}, not HTML or plain text")

    def _fetch(self, source: str) -> tuple[str, str, bytes]:
        """Content type, final address and body."""
        deadline = time.monotonic() + self.timeout_s
        try:
            with (
                httpx.Client(
                    follow_redirects=True, max_redirects=5, timeout=self.timeout_s, headers=_HEADERS
                ) as client,
                client.stream("GET", source) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise SourceError(
                        source, f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
                    )
                kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
                return kind, str(response.url), self._bounded(source, response, deadline)
        except httpx.TimeoutException as error:
            raise self._too_slow(source) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(source, f"could not be fetched: {error or type(error).__name__}") from error

    def _bounded(self, source: str, response: httpx.Response, deadline: float) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self.max_bytes:
                raise SourceError(source, f"the page has more than {self.max_bytes / 2**20:.0f} MiB")
            if time.monotonic() > deadline:
                raise self._too_slow(source)
        return bytes(body)

    def _too_slow(self, source: str) -> SourceError:
        return SourceError(
            source, f"no complete answer within {self.timeout_s:g} s", remedy="Raise QA_INGESTION__FETCH_TIMEOUT_S."
        )

"""An http(s) address -> one draft. The only module of this stage that names httpx.

Promises: one deadline holds for names, redirects (five at most), headers and body together; size is bounded; a page
must call itself HTML or plain text; addresses that are not of the public internet are refused unless they are allowed.
User and password of an address go to its own host and into nothing else. Proxies of the environment are not used: what
one of them would connect to could not be checked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpcore
import httpx

from qa.errors import SourceError
from qa.ingestion.addresses import login_of, without_login
from qa.ingestion.connecting import CheckedNetwork, PrivateAddress, Resolver, is_public, resolve
from qa.ingestion.files import decode
from qa.ingestion.guarding import one_draft
from qa.ingestion.hosts import attested
from qa.ingestion.pages import load_parser, page_draft
from qa.ingestion.plain import plain_draft
from qa.ingestion.sources import is_address
from qa.protocols import Draft

__all__ = ["AddressReader"]

_HTML = ("text/html", "application/xhtml+xml")
_HEADERS = {"User-Agent": "OnRecord/1 (news archive)", "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5"}
_REDIRECTS = 5
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class AddressReader:
    """Fetches pages of at most ``max_bytes`` within ``timeout_s`` seconds each, and ``article_s`` more to read one.

    ``permitted`` says to which IP addresses it may connect, ``resolver`` is how names become addresses;
    ``trust_stated`` takes a page's word for its address even where its host does not speak for it.
    """

    max_bytes: int
    timeout_s: float
    trust_stated: bool = False
    permitted: Callable[[str], bool] = is_public
    resolver: Resolver = resolve
    article_s: float = 60.0

    def accepts(self, source: str) -> bool:
        """Whether this is an address; those that are not http(s) are refused when read, with the reason."""
        return is_address(source)

    def read(self, source: str) -> Iterator[Draft | SourceError]:
        """Yield the page's article."""
        load_parser()
        name = without_login(source)
        return one_draft(lambda: self._draft(name, login_of(source)), name, self.timeout_s + self.article_s)

    def _draft(self, source: str, login: tuple[str, str] | None) -> Draft:
        if not source.lower().startswith(("http://", "https://")):
            raise SourceError(source, "only http:// and https:// addresses are fetched")
        kind, address, page = self._fetch(source, login)
        if kind in _HTML:
            draft = page_draft(page, source, address, self.max_bytes)
        elif kind == "text/plain":
            draft = plain_draft(decode(page, source), address)
        else:
            raise SourceError(source, f"the address gives {kind or 'an unnamed type'}, not HTML or plain text")
        return attested(draft, address, trust_stated=self.trust_stated)

    def _fetch(self, source: str, login: tuple[str, str] | None) -> tuple[str, str, bytes]:
        """Content type, final address and body."""
        network = CheckedNetwork(time.monotonic() + self.timeout_s, self.permitted, self.resolver)
        try:
            with httpx.Client(transport=_Transport(network), headers=_HEADERS, trust_env=False) as client:
                return self._follow(client, source, login)
        except PrivateAddress as error:
            reason = f"it leads to {error}, which is not an address of the public internet"
            raise SourceError(source, reason, remedy="QA_INGESTION__PRIVATE_ADDRESSES=true allows these.") from error
        except httpcore.TimeoutException as error:
            reason = f"no complete answer within {self.timeout_s:g} s"
            raise SourceError(source, reason, remedy="Raise QA_INGESTION__FETCH_TIMEOUT_S.") from error
        except httpx.RemoteProtocolError as error:  # httpx's own: its words may hold a password
            raise SourceError(source, "could not be fetched: it redirects to what is no address") from error
        except _FAILURES as error:
            raise SourceError(source, f"could not be fetched: {error or type(error).__name__}") from error

    def _follow(self, client: httpx.Client, source: str, login: tuple[str, str] | None) -> tuple[str, str, bytes]:
        url = httpx.URL(source)
        for _ in range(1 + _REDIRECTS):
            with client.stream("GET", url, auth=login) as response:
                if response.next_request is None:
                    return self._answer(source, response)
            url, login = _redirected(url, login, str(response.next_request.url))
            if url.scheme not in {"http", "https"}:
                raise SourceError(source, f"could not be fetched: it redirects to an address of {url.scheme}:")
        raise SourceError(source, f"could not be fetched: more than {_REDIRECTS} redirects")

    def _answer(self, source: str, response: httpx.Response) -> tuple[str, str, bytes]:
        if response.status_code != httpx.codes.OK:
            raise SourceError(source, f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self.max_bytes:
                raise SourceError(source, f"the page has more than {self.max_bytes / 2**20:.0f} MiB")
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        return kind, str(response.url), bytes(body)


def _redirected(
    before: httpx.URL, login: tuple[str, str] | None, target: str
) -> tuple[httpx.URL, tuple[str, str] | None]:
    """The next address without a login, and the login for it: its own, or the last one if its server is the same."""
    after = httpx.URL(without_login(target))
    same = (before.scheme, before.host, before.port) == (after.scheme, after.host, after.port)
    upgraded = (before.host, before.scheme, before.port) == (after.host, "http", None) and after.scheme == "https"
    stays = same or (upgraded and after.port is None)
    return after, login_of(target) or (login if stays else None)


class _Transport(httpx.BaseTransport):
    """Hands httpx's requests to a network of our own, which httpx has no public way to take."""

    def __init__(self, network: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        target = request.url
        url = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
        made = httpcore.Request(request.method, url, headers=request.headers.raw, content=b"")
        answer = self._pool.handle_request(made)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=dict(answer.extensions)
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()

"""An http(s) address -> the server's answer, whatever its status. The only module of this stage that names httpx.

Promises: one deadline holds for names, redirects (five at most), headers and body together; size is bounded, also of
what is unpacked (gzip); addresses that are not of the public internet are refused unless they are permitted, redirects
too. User and password of an address go to its own host and into nothing else. Proxies of the environment are not used:
what one of them would connect to could not be checked. What this does not know: what a body holds, and whether a host
wants to be asked at all (:mod:`qa.ingestion.courtesy`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import httpcore
import httpx

from qa.errors import SourceError
from qa.ingestion.addresses import login_of, without_login
from qa.ingestion.connecting import CheckedNetwork, PrivateAddress, Resolver, is_public, resolve

__all__ = ["AGENT", "Reply", "Requester"]

AGENT = "OnRecord/1 (news archive)"
_REDIRECTS = 5
_FOR_EVER = (httpx.codes.MOVED_PERMANENTLY, httpx.codes.PERMANENT_REDIRECT)
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: ``body`` at ``address`` after all redirects; ``source`` names it in errors.

    The body of any status but 200 is left.

    ``kind`` is its content type without parameters, ``charset`` the one that the header states, ``headers`` have names
    in lower case. ``moved_to`` is the address to ask from now on, where the answer is to be found there for ever.
    """

    source: str
    status: int
    address: str
    body: bytes
    reason: str = ""
    kind: str = ""
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None

    @property
    def problem(self) -> str:
        """The status in words, for an error."""
        return f"the server answered {self.status} {self.reason}".rstrip()


def _any(address: str) -> None:
    """Ask every host."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Asks for bodies of at most ``max_bytes`` within ``timeout_s`` seconds each.

    ``permitted`` says to which IP addresses it may connect, ``resolver`` is how names become addresses.
    """

    max_bytes: int
    timeout_s: float
    permitted: Callable[[str], bool] = is_public
    resolver: Resolver = resolve

    def get(
        self, source: str, headers: Mapping[str, str] | None = None, *, before: Callable[[str], object] = _any
    ) -> Reply:
        """Ask for an address and follow its redirects.

        Args:
            source: the address; a login in it is used and is in no message.
            headers: of the request, beside our name.
            before: is told each address to which a redirect leads before it is asked, and raises where it may not be.

        Raises:
            SourceError: there is no answer, or it is too large.
        """
        name, login = without_login(source), login_of(source)
        if not name.lower().startswith(("http://", "https://")):
            raise SourceError(name, "only http:// and https:// addresses are fetched")
        network = CheckedNetwork(time.monotonic() + self.timeout_s, self.permitted, self.resolver)
        sent = {"User-Agent": AGENT, **(headers or {})}
        try:
            with httpx.Client(transport=_Transport(network), headers=sent, trust_env=False) as client:
                return self._follow(client, name, login, before)
        except PrivateAddress as error:
            reason = f"it leads to {error}, which is not an address of the public internet"
            raise SourceError(name, reason, remedy="QA_INGESTION__PRIVATE_ADDRESSES=true allows these.") from error
        except httpcore.TimeoutException as error:
            reason = f"no complete answer within {self.timeout_s:g} s"
            raise SourceError(name, reason, remedy="Raise QA_INGESTION__FETCH_TIMEOUT_S.") from error
        except httpx.RemoteProtocolError as error:  # httpx's own: its words may hold a password
            raise SourceError(name, "could not be fetched: it redirects to what is no address") from error
        except _FAILURES as error:
            raise SourceError(name, f"could not be fetched: {error or type(error).__name__}") from error

    def _follow(
        self, client: httpx.Client, source: str, login: tuple[str, str] | None, before: Callable[[str], object]
    ) -> Reply:
        url, moved_to, for_ever = httpx.URL(source), None, True
        for _ in range(1 + _REDIRECTS):
            with client.stream("GET", url, auth=login) as response:
                if response.next_request is None:
                    return self._reply(source, response, moved_to)
            url, login = _redirected(url, login, str(response.next_request.url))
            if url.scheme not in {"http", "https"}:
                raise SourceError(source, f"could not be fetched: it redirects to an address of {url.scheme}:")
            for_ever = for_ever and response.status_code in _FOR_EVER
            moved_to = str(url) if for_ever else moved_to
            before(str(url))
        raise SourceError(source, f"could not be fetched: more than {_REDIRECTS} redirects")

    def _reply(self, source: str, response: httpx.Response, moved_to: str | None) -> Reply:
        body = bytearray()
        for piece in response.iter_bytes() if response.status_code == httpx.codes.OK else ():
            body += piece
            if len(body) > self.max_bytes:
                raise SourceError(source, f"the page has more than {self.max_bytes / 2**20:.0f} MiB")
        return Reply(
            source,
            response.status_code,
            str(response.url),
            bytes(body),
            response.reason_phrase,
            response.headers.get("content-type", "").split(";")[0].strip().lower(),
            response.charset_encoding,
            {name.lower(): value for name, value in response.headers.items()},
            moved_to,
        )


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

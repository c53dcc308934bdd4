"""An http(s) address -> what it gives -> drafts. The only module of this stage that names httpx.

What reads a body is chosen by its content type, from one table. Promises: one deadline holds for names, redirects (five
at most), headers and body together, and one for each article; size is bounded; a host vouches for its own articles
only, whatever reads them; addresses that are not of the public internet are refused unless they are allowed.
User and password of an address go to its own host and into nothing else. Proxies of the environment are not used: what
one of them would connect to could not be checked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import httpcore
import httpx

from qa.errors import SourceError
from qa.ingestion.addresses import login_of, without_login
from qa.ingestion.connecting import CheckedNetwork, PrivateAddress, Resolver, is_public, resolve
from qa.ingestion.encodings import decode
from qa.ingestion.guarding import guarded, one_draft
from qa.ingestion.hosts import attested
from qa.ingestion.pages import load_parser, page_draft
from qa.ingestion.plain import plain_draft
from qa.ingestion.sources import is_address
from qa.protocols import Draft

__all__ = ["CONTENTS", "AddressReader", "ContentReader", "Fetched"]

_AGENT = "OnRecord/1 (news archive)"
_REDIRECTS = 5
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its ``body``, at ``address`` after all redirects; ``source`` names it in errors.

    ``charset`` is what the header states.
    """

    source: str
    kind: str
    address: str
    body: bytes
    charset: str | None = None


ContentReader = Callable[[Fetched, float], Iterator[Draft | SourceError]]  # the float: seconds for each article


def _page(fetched: Fetched, article_s: float) -> Iterator[Draft | SourceError]:
    load_parser()
    most = len(fetched.body)  # was bounded while it was fetched
    return one_draft(
        lambda: page_draft(fetched.body, fetched.source, fetched.address, most, charset=fetched.charset),
        fetched.source,
        article_s,
    )


def _plain(fetched: Fetched, article_s: float) -> Iterator[Draft | SourceError]:
    def draft() -> Draft:
        return plain_draft(decode(fetched.body, fetched.source, declared=fetched.charset), fetched.address)

    return one_draft(draft, fetched.source, article_s)


# What reads a body, by content type, preferred first. A kind that holds several articles yields several drafts.
CONTENTS: Mapping[str, ContentReader] = {"text/html": _page, "application/xhtml+xml": _page, "text/plain": _plain}


@dataclass(frozen=True, slots=True)
class AddressReader:
    """Fetches bodies of at most ``max_bytes`` within ``timeout_s`` seconds, and takes ``article_s`` for each article.

    ``contents`` says what reads which content type, ``permitted`` to which IP addresses it may connect, ``resolver`` is
    how names become addresses; ``trust_stated`` takes a page's word for its address even where its host does not speak
    for it.
    """

    max_bytes: int
    timeout_s: float
    trust_stated: bool = False
    permitted: Callable[[str], bool] = is_public
    resolver: Resolver = resolve
    article_s: float = 60.0
    contents: Mapping[str, ContentReader] = field(default_factory=lambda: CONTENTS)

    def accepts(self, source: str) -> bool:
        """Whether this is an address; those that are not http(s) are refused when read, with the reason."""
        return is_address(source)

    def read(self, source: str) -> Iterator[Draft | SourceError]:
        """Yield the articles of what the address gives."""
        name = without_login(source)
        fetched = guarded(lambda: self._fetch(name, login_of(source)), name, self.timeout_s + self.article_s)
        if isinstance(fetched, SourceError):
            yield fetched
            return
        for found in self.contents[fetched.kind](fetched, self.article_s):
            if isinstance(found, SourceError):
                yield found
            else:
                vouched = partial(attested, found, fetched.address, trust_stated=self.trust_stated)
                yield guarded(vouched, name, self.article_s, line=found.line)

    def _fetch(self, source: str, login: tuple[str, str] | None) -> Fetched:
        if not source.lower().startswith(("http://", "https://")):
            raise SourceError(source, "only http:// and https:// addresses are fetched")
        network = CheckedNetwork(time.monotonic() + self.timeout_s, self.permitted, self.resolver)
        try:
            with httpx.Client(transport=_Transport(network), headers=self._headers, trust_env=False) as client:
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

    @property
    def _headers(self) -> dict[str, str]:
        accepted = ", ".join(f"{kind};q=0.5" if kind == "text/plain" else kind for kind in self.contents)
        return {"User-Agent": _AGENT, "Accept": accepted}

    def _follow(self, client: httpx.Client, source: str, login: tuple[str, str] | None) -> Fetched:
        url = httpx.URL(source)
        for _ in range(1 + _REDIRECTS):
            with client.stream("GET", url, auth=login) as response:
                if response.next_request is None:
                    return self._answer(source, response)
            url, login = _redirected(url, login, str(response.next_request.url))
            if url.scheme not in {"http", "https"}:
                raise SourceError(source, f"could not be fetched: it redirects to an address of {url.scheme}:")
        raise SourceError(source, f"could not be fetched: more than {_REDIRECTS} redirects")

    def _answer(self, source: str, response: httpx.Response) -> Fetched:
        if response.status_code != httpx.codes.OK:
            raise SourceError(source, f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self.max_bytes:
                raise SourceError(source, f"the page has more than {self.max_bytes / 2**20:.0f} MiB")
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in self.contents:
            reason = f"the address gives {kind or 'an unnamed type'}, which nothing here reads"
            raise SourceError(source, reason, remedy=f"Supported: {', '.join(self.contents)}.")
        return Fetched(source, kind, str(response.url), bytes(body), response.charset_encoding)


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

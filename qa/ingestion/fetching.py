"""An http(s) address -> what it gives -> drafts.

What reads a body is chosen by its content type, from one table. Promises: what :mod:`qa.ingestion.requesting` promises
of every fetch, and one deadline for each article; a host vouches for its own articles only, whatever reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from qa.errors import SourceError
from qa.ingestion.addresses import without_login
from qa.ingestion.connecting import Resolver, is_public, resolve
from qa.ingestion.encodings import decode
from qa.ingestion.guarding import guarded, one_draft
from qa.ingestion.hosts import attested
from qa.ingestion.pages import load_parser, page_draft
from qa.ingestion.plain import plain_draft
from qa.ingestion.requesting import Reply, Requester
from qa.ingestion.sources import is_address
from qa.protocols import Draft

__all__ = ["CONTENTS", "AddressReader", "ContentReader", "Fetched", "accepting", "drafts_of"]


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


def accepting(contents: Mapping[str, ContentReader] = CONTENTS) -> dict[str, str]:
    """The header that says what is read."""
    return {"Accept": ", ".join(f"{kind};q=0.5" if kind == "text/plain" else kind for kind in contents)}


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
        requester = Requester(self.max_bytes, self.timeout_s, self.permitted, self.resolver)
        name, headers = without_login(source), accepting(self.contents)
        reply = guarded(lambda: requester.get(source, headers), name, self.timeout_s + self.article_s)
        if isinstance(reply, SourceError):
            yield reply
        else:
            yield from drafts_of(reply, self.article_s, trust_stated=self.trust_stated, contents=self.contents)


def drafts_of(
    reply: Reply,
    article_s: float,
    *,
    trust_stated: bool = False,
    contents: Mapping[str, ContentReader] = CONTENTS,
) -> Iterator[Draft | SourceError]:
    """Yield the articles of an answer, each as its host vouches for it; arguments as of :class:`AddressReader`."""
    if reply.status != 200:
        yield SourceError(reply.source, reply.problem)
        return
    if reply.kind not in contents:
        reason = f"the address gives {reply.kind or 'an unnamed type'}, which nothing here reads"
        yield SourceError(reply.source, reason, remedy=f"Supported: {', '.join(contents)}.")
        return
    fetched = Fetched(reply.source, reply.kind, reply.address, reply.body, reply.charset)
    for found in contents[reply.kind](fetched, article_s):
        if isinstance(found, SourceError):
            yield found
        else:
            vouched = partial(attested, found, reply.address, trust_stated=trust_stated)
            yield guarded(vouched, reply.source, article_s, line=found.line)

"""Hosts -> who may speak for whom, and what an outlet is called. The only module that names tld.

A page says of itself what it likes: its address (``rel=canonical``), its site's name. Rules for what counts:

- An address that a page states counts if the server that gave the page is that host, or belongs to it: the page of
  ``amp.gazette.example`` may say ``gazette.example``, up to the domain that somebody has registered; ``www.`` aside.
- A site's name counts if it fits the registered domain: one of the name's words or abbreviations in order make up the
  domain's own part ("The New York Times" and ``nytimes``, "Deutsche Welle" and ``dw``); of a name in parts ("The
  Gazette: Top stories") the part that does. Else the domain is the name.

Promise: no network; the list of public suffixes is the one that tld brings along. What it does not know: whether a
domain that sounds like a newspaper's is the newspaper's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from qa.protocols import Draft
from qa.text import fold

__all__ = ["attested", "is_name_of", "outlet_at", "outlet_of_feed", "speaks_for"]

_INFLECTED, _ENDING = 5, 2  # letters of a last word that may have an ending in the host, and of the ending
_USUAL_PORTS = (None, 80, 443)
_PARTS = re.compile(r"\s+[-–—|·•»>/]+\s+|:\s+")  # of "Top stories | The Gazette"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def attested(draft: Draft, fetched: str | None = None, *, trust_stated: bool = False) -> Draft:
    """Keep of what a page says about itself what counts.

    Args:
        draft: the page, with the address and the outlet that it states.
        fetched: the address that it came from; None for a file, whose owner answers for its address.
        trust_stated: take the page's word for its address, wherever it came from.
    """
    if fetched is None:
        return replace(draft, outlet=outlet_at(draft.location, draft.outlet))
    counts = trust_stated or speaks_for(fetched, draft.location)
    location = draft.location if counts else fetched
    return replace(draft, location=location, outlet=outlet_at(location, draft.outlet), origin=urlsplit(fetched).netloc)


def speaks_for(fetched: str, stated: str) -> bool:
    """Say whether what came from one web address may have the other one's name."""
    ours, theirs = urlsplit(fetched), urlsplit(stated)
    if _port(ours) != _port(theirs):
        return False
    host, claimed = _host(ours), _host(theirs)
    registered = _registered(host)
    return host == claimed or (
        registered is not None and f".{host}".endswith(f".{claimed}") and f".{claimed}".endswith(f".{registered}")
    )


def outlet_at(address: str, name: str | None) -> str | None:
    """The outlet of an address: the name if it fits the host, else the registered domain; of a file, the name."""
    host = urlsplit(address).hostname
    if host is None or not address.startswith("http"):
        return name
    domain = _registered(host) or host
    own = domain.partition(".")[0] if _is_name(host) else host
    if not name or not _fits(name, own):
        return domain
    return next((part for part in map(str.strip, _PARTS.split(name)) if _fits(part, own)), name)


def is_name_of(address: str, name: str) -> bool:
    """Say whether a name fits the host of an address, as the name of a site has to."""
    host = urlsplit(address).hostname
    if host is None or not _is_name(host) or not address.startswith("http"):
        return False
    return _fits(name, (_registered(host) or host).partition(".")[0])


def outlet_of_feed(address: str, title: str | None) -> str | None:
    """The outlet of a feed's article by the feed's title; where its host has no domain, who added the feed vouches."""
    host = urlsplit(address).hostname
    return title if title and host and _registered(host) is None else outlet_at(address, title)


def _port(address: SplitResult) -> int | None:
    return None if address.port in _USUAL_PORTS else address.port


def _host(address: SplitResult) -> str:
    """The host without ``www.``, which by custom changes nothing, and without the dot of the root."""
    host = (address.hostname or "").rstrip(".")
    return host if _registered(host) == host else host.removeprefix("www.")


def _is_name(host: str) -> bool:
    """Say whether a host is a name and not an IP address."""
    return ":" not in host and not host.rstrip(".").rpartition(".")[2].isdigit()


def _registered(host: str) -> str | None:
    """The domain that somebody has registered (``gazette.co.example`` of ``www.gazette.co.example``), if there is one.

    Names under a top-level domain that is on no list are registered right below it, as publicsuffix.org has it.
    """
    import tld  # takes a fifth of a second, which `qa ask` should not pay

    labels = host.rstrip(".").split(".")
    if len(labels) < 2 or not _is_name(host):
        return None
    known: str | None = tld.get_fld(f"https://{'.'.join(labels)}", fail_silently=True)
    return known or ".".join(labels[-2:])


def _fits(name: str, label: str) -> bool:
    """Say whether words of the name, each whole or cut short, make up the label in their order."""
    if label.startswith("xn--"):
        label = label[4:].encode().decode("punycode", errors="replace")
    wanted = re.sub(r"[\W_]", "", fold(label))
    spellings = (name, name.translate(_UMLAUTS), name.replace("&", " and "))
    return bool(wanted) and any(_made_up(wanted, re.findall(r"[^\W_]+", fold(one))) for one in spellings)


def _made_up(wanted: str, words: list[str]) -> bool:
    """Say whether the words make it up, the last of them with an ending ("Sundsholms Tidning", sundsholmstidningen)."""
    last = words[-1] if words and len(words[-1]) >= _INFLECTED else None
    bare = [wanted[:-size] for size in range(1, _ENDING + 1)] if last else []
    return _makes_up(wanted, words) or any(each.endswith(last or "") and _makes_up(each, words) for each in bare)


def _makes_up(wanted: str, words: list[str]) -> bool:
    reached = {0}
    for word in ("the", *words):
        reached |= {
            start + size
            for start in reached
            for size in range(1, len(word) + 1)
            if wanted.startswith(word[:size], start)
        }
    return len(wanted) in reached

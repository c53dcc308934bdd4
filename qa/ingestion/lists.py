"""A page's tree -> the articles that it links to, where it is a list of them (a front page, an archive page).

Told by structure: many headlines that are links, each in a card of its own, and hardly a paragraph that stands in none.
A page that says of itself that it is an article is none. *Grep for*: front page, section page, archive page.
Promise: an article with a list of others beside it is an article. What it does not know: whether the links lead to
articles; a list of fewer than five.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from qa.ingestion.jsonld import articles_in, objects_in
from qa.ingestion.pruning import text_of

__all__ = ["linked_articles"]

_MOST = 20  # links that are offered
_FEWEST = 5  # headlines of a list
_STATED = 3  # where the page says that it is one
_PROSE = 80  # code points of a paragraph that is prose
_HEADLINE = 15  # and of a headline, at least; scripts without spaces say as much in a third
_DENSE = 6
_CARD = 600  # code points of a card, at most
_UP = 5  # elements around a paragraph or a link that may be its card
_AROUND = ("nav", "footer", "header", "aside")
_LISTS = ("itemlist", "collectionpage", "searchresultspage")
_ARTICLES = (
    "//meta[@property='og:type' and starts-with(@content, 'article')] | //meta[@property='article:published_time']"
)


def linked_articles(tree: Any, address: str) -> tuple[tuple[str, str], ...]:
    """The address and headline of each article that a list links to, its own site's first; nothing of an article.

    Args:
        tree: the parsed page.
        address: where it is; relative links of a page in a file lead nowhere and are left out.
    """
    if articles_in(tree) or tree.xpath(_ARTICLES):
        return ()
    links: dict[str, str] = {}
    for url, headline in _headlines(tree, address):
        links.setdefault(url, headline)
    stated = any(str(each.get("@type", "")).lower() in _LISTS for each in objects_in(tree))
    if len(links) < (_STATED if stated else _FEWEST):
        return ()
    own = [each for each in tree.iter("p", "div", "td", "dd") if _is_prose(each) and not _is_in_card(each)]
    if len(own) > 1 or sum(len(_text(each)) for each in own) > _CARD:
        return ()
    host = _host(address)
    found = sorted(links.items(), key=lambda link: _host(link[0]) != host)
    return tuple(found[:_MOST])


def _headlines(tree: Any, address: str) -> Iterator[tuple[str, str]]:
    """The links that are headlines: in a heading, around one, or alone in an item of a list or a card."""
    base = next((str(each) for each in tree.xpath("//base/@href")), "")
    for link in tree.iter("a"):
        url = urljoin(urljoin(address, base), (link.get("href") or "").strip()).partition("#")[0]
        text = _text(_heading_in(link))
        if not url.startswith(("http://", "https://")) or not _is_long_enough(text) or url == address:
            continue
        if urlsplit(url).path in ("", "/") or any(each.tag in _AROUND for each in link.iterancestors()):
            continue
        if _is_headline(link):
            yield url, text


def _heading_in(link: Any) -> Any:
    return next(link.iterdescendants("h1", "h2", "h3", "h4", "h5"), link)


def _is_headline(link: Any) -> bool:
    if _heading_in(link) is not link:
        return True
    for around in list(link.iterancestors())[:_UP]:
        if around.tag in ("h1", "h2", "h3", "h4", "h5", "dt"):
            return True
        if around.tag in ("li", "td", "div", "article"):
            return around.tag == "article" or _is_most_of(link, around, 0.6)
        if around.tag == "p":
            return _is_most_of(link, around, 0.9)
    return False


def _is_most_of(link: Any, around: Any, share: float) -> bool:
    size = len(_text(link))
    return text_of(around, 4 * size + _CARD) is not None and size >= share * len(_text(around))


def _is_long_enough(text: str) -> bool:
    dense = sum(ord(sign) > 0x2E80 for sign in text) > len(text) / 2
    return len(text) >= _DENSE if dense else len(text) >= _HEADLINE and " " in text


def _is_prose(element: Any) -> bool:
    """Whether it is a block with no block in it that is as long as a paragraph, and mostly no link."""
    if next(element.iterdescendants("p", "div", "ul", "ol", "table", "article", "section"), None) is not None:
        return False
    size = len(_text(element))
    return size >= _PROSE and sum(len(_text(link)) for link in element.iter("a")) < size / 2


def _is_in_card(element: Any) -> bool:
    """Whether one of the few elements around it holds a headline that is a link, and little besides."""
    for around in list(element.iterancestors())[:_UP]:
        if around.tag in ("body", "main", "html"):
            return False
        most = _CARD + len(_text(element))
        if text_of(around, 2 * most) is None or len(_text(around)) > most:
            return False
        if any(_is_headline(link) for link in around.iter("a") if _is_long_enough(_text(_heading_in(link)))):
            return True
    return any(each.tag == "a" for each in element.iterancestors())


def _text(element: Any) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in element.text_content()).split())


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")

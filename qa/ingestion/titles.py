"""What a page says its article and its site are called -> the outlet's name; the headline without it, never the logo.

*Grep for*: title, headline, logo, site suffix. What an extractor found stands where the page prints it or states it in
its head; else JSON-LD, ``og:title``, a headline element and ``title`` follow in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qa.ingestion.hosts import is_name_of
from qa.ingestion.jsonld import is_article, names_of, objects_in
from qa.ingestion.page_dates import is_logo, largest
from qa.text import fold

__all__ = ["site_of", "title_of", "with_headlines_alone", "without_site"]

_BARS = re.compile(r"\s+(?:[|–—·•»:-]|::|/)\s+|\s*[|»_]\s*|:\s+")
_HOST = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?")  # an address, where a name was asked for
_HEADLINE = 10  # letters of a headline, at least
_HOME_LINKS = 3
_MOST_SITE = 60  # code points of a site's name


def title_of(tree: Any, articles: list[dict[str, Any]], site: str | None, found: str | None) -> str | None:
    """Choose the headline.

    Args:
        tree: the parsed page.
        articles: its JSON-LD articles, its own first.
        site: what the site is called, where that is known.
        found: what an extractor took for the title.
    """
    stated = [*_stated(tree, articles)]
    known = " ".join(_key(each) for each in stated)
    extracted = [found] if found and _key(found) and _key(found) in known else []
    if extracted and (printed := next((each for each in stated if _ends(extracted[0], each)), None)):
        extracted = [printed]  # "Hohenfels: Pool stays shut" is said to networks, and its end printed as the headline
    sites = [name for name in (site, *_site_names(tree)) if name]
    for title in [*extracted, *stated, found or ""]:
        line = without_site(" ".join(title.split()), sites)
        if line and not any(_same(line, name) for name in sites):
            return line
    return found


def without_site(title: str, sites: list[str]) -> str:
    """Take a site's own name off either end of a title, with the bar or dash that parts them."""
    pieces = list(_BARS.finditer(title))
    for bar in reversed(pieces):
        if _is_site(title[bar.end() :], sites):
            return without_site(title[: bar.start()].rstrip(), sites)
    for bar in pieces:
        if _is_site(title[: bar.start()], sites):
            return without_site(title[bar.end() :].lstrip(), sites)
    return title


def _is_site(text: str, sites: list[str]) -> bool:
    return 0 < len(text) <= _MOST_SITE and any(_same(text, name) for name in sites)


def _same(one: str, name: str) -> bool:
    return _key(one) == _key(name) != "" or _key(one) == "the" + _key(name) or "the" + _key(one) == _key(name)


def _key(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _site_names(tree: Any) -> Iterator[str]:
    """What the page calls its site: in its head, and in a heading that is its logo."""
    yield from (str(each) for each in tree.xpath('//meta[@property="og:site_name"]/@content'))
    yield from (" ".join(each.text_content().split()) for each in tree.iter("h1") if is_logo(each))


def site_of(tree: Any, found: str | None, address: str = "") -> str | None:
    """What the page calls its outlet: in its head, as publisher (JSON-LD, microdata), as website, or by its logo.

    Args:
        tree: the parsed page.
        found: what an extractor took for it.
        address: the page's; of what only an end of the title or a picture at the top says, its host has to fit.
    """
    objects = list(objects_in(tree))
    by_id = {str(each["@id"]): each for each in objects if "@id" in each and "name" in each}
    publishers = [each.get("publisher") for each in objects if is_article(each)]
    named = [by_id.get(str(each.get("@id")), each) if isinstance(each, dict) else each for each in publishers]
    published = '//*[@itemprop="publisher"]//*[@itemprop="name"]'
    stated = (
        *(str(each) for each in tree.xpath('//meta[@property="og:site_name"]/@content')),
        *(name for each in named for name in names_of(each)),
        *(str(each.get("name")) for each in objects if each.get("@type") == "WebSite" and each.get("name")),
        *(each.get("content") or each.text_content() for each in tree.xpath(published)),
        *_site_names(tree),
        found or "",
        *(link.text_content() for link in tree.xpath("//header//a[@href='/']")[:_HOME_LINKS]),
        *(name for name in _hinted(tree) if is_name_of(address, name)),
    )
    lines = [line for each in stated if (line := " ".join(each.split()))]
    return next((line for line in lines if not _HOST.fullmatch(line)), next(iter(lines), None))


def _hinted(tree: Any) -> Iterator[str]:
    """What may be the site's name: either end of the title, the text of a picture that leads to the front page."""
    title = " ".join("".join(tree.xpath("/html/head/title//text()")[:1]).split())
    for bar in reversed(list(_BARS.finditer(title))):
        yield title[bar.end() :]
        yield title[: bar.start()]
    yield from (str(name) for name in tree.xpath("//a[@href='/']//img/@alt")[:_HOME_LINKS])


def with_headlines_alone(tree: Any) -> Any:
    """Take out of each ``h1``, in place, what stands beside the headline that ``title`` has: a kicker, a column."""
    title = _key("".join(tree.xpath("/html/head/title//text()")[:1]))
    for heading in tree.iter("h1"):
        inner = next((each for each in heading.iter("span", "a", "em", "strong") if _begins(title, each)), None)
        if inner is not None and _key(inner.text_content()) != _key(heading.text_content()):
            said = inner.text_content()
            for child in list(heading):
                heading.remove(child)
            heading.text = said
    return tree


def _ends(title: str, headline: str) -> bool:
    """Whether a headline is what stands behind a title's first colon."""
    return _key(title.partition(": ")[2]) == _key(headline) != ""


def _begins(title: str, element: Any) -> bool:
    said = _key(element.text_content())
    return len(said) >= _HEADLINE and title.startswith(said)


def _stated(tree: Any, articles: list[dict[str, Any]]) -> Iterator[str]:
    tree = with_headlines_alone(tree)
    yield from (" ".join(each.text_content().split()) for each in tree.xpath("//article//h1 | //main//h1"))
    yield from (value for each in articles[:1] if isinstance(value := each.get("headline"), str))
    yield from (str(each) for each in tree.xpath('//meta[@property="og:title"]/@content'))
    yield from (" ".join(each.text_content().split()) for each in tree.iter("h1"))
    headings = tree.xpath('//*[self::h1 or self::h2][contains(@class, "headline") or contains(@class, "title")]')
    yield from (" ".join(each.text_content().split()) for each in headings)
    if not headings and (line := largest(tree)) is not None:
        yield " ".join(line.text_content().split())
    yield from (" ".join(each.text_content().split()) for each in tree.xpath("/html/head/title"))

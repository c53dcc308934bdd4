"""An HTML page -> one draft. The only module that names trafilatura.

trafilatura tells the article from its boilerplate and finds title, outlet and address; dates, bylines and encodings are
read here, where they are stated (:mod:`qa.ingestion.page_dates`, ``bylines``, ``encodings``). Whether what a page says
of itself counts is decided in :mod:`qa.ingestion.hosts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.asides import without_asides
from qa.ingestion.blocks import in_paragraphs, text_in
from qa.ingestion.boxes import without_boxes
from qa.ingestion.bylines import byline_of
from qa.ingestion.encodings import decode_page
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import one_draft
from qa.ingestion.hosts import attested
from qa.ingestion.jsonld import articles_in, text_stated, updates_of
from qa.ingestion.languages import language_of
from qa.ingestion.limits import Limits
from qa.ingestion.lists import linked_articles
from qa.ingestion.page_dates import dates_of, head_of
from qa.ingestion.pruning import pruned
from qa.ingestion.titles import site_of, title_of, with_headlines_alone
from qa.ingestion.trees import is_cut
from qa.protocols import Draft

__all__ = ["HtmlReader", "bare", "known_of", "load_parser", "page_draft"]

_SPACE = re.compile(r"[ \t\r\n]+")
_SAVE = "If the page shows an article, save it as .txt or .md."
_SENTENCE = re.compile(r"[.!?…。][\"'”’»)]*\Z")
_SHORTEST = 60  # code points of an article: a sentence, or three in Chinese
_ENOUGH = 0.7  # of a page's paragraphs, that a second reading has to find
_LEAD = 60  # code points of sentences above the text
_MOST_LINKS = 20_000  # on a page: each costs a third of a millisecond, and no article has a tenth of them
_SAMPLE = 40  # paragraphs by which the language is told
_META = 2_000  # code points of what a meta element says to the extractor
_NO_LEAD = ("a", "p", "div", "time", "ul", "h2", "h3", "h4", "table", "section")
_LISTED = ("li", "dd", "dt", "h2", "h3", "h4")
_AROUND = 2  # paragraphs, of which it is told what is around a text
_VERBATIM = ("pre", "textarea", "script", "style")


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads ``.html`` and ``.htm`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is an HTML file."""
        return name.lower().endswith((".html", ".htm"))

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield the page's article."""
        load_parser()
        return one_draft(lambda: self._draft(file), file.name, self.limits.article_s)

    def _draft(self, file: SourceFile) -> Draft:
        page = file.read(self.limits.file_bytes)
        return attested(page_draft(page, file.name, file.address, self.limits.page_bytes))


def load_parser() -> None:
    """Import what parses pages, before the time of one of them counts: what may be stopped must not be an import."""
    import trafilatura  # noqa: F401 - takes most of a second, which `qa ask` should not pay


def page_draft(page: bytes, source: str, location: str, max_bytes: int, *, charset: str | None = None) -> Draft:
    """Extract the article of a page, as it says; ``location`` stands in for a page that names no address of its own.

    Raises:
        SourceError: the page has more than ``max_bytes`` or very many links, is in no encoding that can be told, cannot
            be parsed or not to its end, or holds no article.
    """
    if len(page) > max_bytes:
        raise SourceError(
            source,
            f"the page has {len(page) / 2**20:.1f} MiB, more than the limit of {max_bytes / 2**20:.0f}",
            remedy="Raise QA_INGESTION__MAX_PAGE_MIB, or save its article as .txt or .md.",
        )
    html = decode_page(page, source, declared=charset)
    import trafilatura

    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            raise SourceError(source, "no text", remedy=_SAVE)
        _check_shape(tree, source)
        if links := linked_articles(tree, location):
            raise _a_list(source, links)
        articles = articles_in(tree)
        own = location if location.startswith("http") else None
        page = without_boxes(bare(tree), **known_of(tree, articles))
        found, text = _extracted(page, own)
    except SourceError:
        raise
    except Exception as error:  # it wraps several parsers and names no error of its own
        raise SourceError(source, f"the page could not be parsed: {error}") from error
    body = _body(text, articles)
    if not body:
        raise SourceError(source, "no text", remedy=_SAVE)
    address = web_address(getattr(found, "url", None) or "") or location
    outlet = site_of(tree, _stated_name(found), address)
    days = dates_of(tree, articles, address, today=datetime.now(UTC).date())
    return Draft(
        location=address,
        body=body,
        title=title_of(tree, articles, outlet, getattr(found, "title", None)),
        byline=byline_of(tree, articles, outlet, getattr(found, "author", None)),
        outlet=outlet,
        published=days.published,
        modified=days.modified,
        language=getattr(found, "language", None) or next(iter(tree.xpath("/html/@lang")), None),
        clutter=True,
        page=True,
    )


def bare(tree: Any) -> Any:
    """A copy of a page in paragraphs, without what tells by itself that it is not the article's."""
    copied = deepcopy(tree)
    for meta in copied.iter("meta"):  # the extractor compares each author with each other
        meta.set("content", (meta.get("content") or "")[:_META])
    return without_asides(pruned(in_paragraphs(_on_one_line(with_headlines_alone(copied)))))


def known_of(tree: Any, articles: list[dict[str, Any]]) -> dict[str, str]:
    """What a page says of its article, by which boxes beside it are told (:func:`qa.ingestion.boxes.boxes_in`)."""
    outlet = site_of(tree, None)
    prose = " ".join(each.text_content() for each in islice(tree.iter("p"), _SAMPLE))
    return {
        "title": title_of(deepcopy(tree), articles, outlet, None) or "",
        "outlet": outlet or "",
        "language": language_of(prose, next(iter(tree.xpath("/html/@lang")), None)),
        "stated": next((said for each in articles if (said := text_stated(each))), ""),
    }


def _extracted(page: Any, own: str | None) -> tuple[Any, str]:
    """What the extractor finds, and its text.

    It dumps a whole page, menus and all, where it finds less than its default size; a short article is then read again
    without that.
    """
    import trafilatura

    told: dict[str, Any] = {"url": own, "with_metadata": True, "include_comments": False}
    prose = sum(len(each.text_content()) for each in page.iter("p"))
    found = trafilatura.bare_extraction(deepcopy(page), **told)
    text = _text_of(found)
    if text and "\n\n" not in text and sum(1 for _ in page.iter("p")) > 1:
        shorter = trafilatura.bare_extraction(deepcopy(page), config=_for_short_ones(), **told)
        if len(said := _text_of(shorter)) >= _ENOUGH * min(prose, len(text)):
            found, text = shorter, said
    if (holder := _passed_over(page, text)) is not None:
        holder.set("itemprop", "articleBody")
        whole = trafilatura.bare_extraction(deepcopy(page), **told)
        if set(text.split("\n\n")) <= set((said := _text_of(whole)).split("\n\n")):
            found, text = whole, said
    return found, _with_lead(page, text)


def _passed_over(page: Any, text: str) -> Any:
    """The box around a text where lists and headings stand among its paragraphs that it does not have; else None.

    Where nothing that an extractor knows is called the article's, it collects paragraphs alone.
    """
    lines = set(text.split("\n\n"))
    blocks = [each for each in page.iter("p") if _SPACE.sub(" ", each.text_content()).strip() in lines]
    if len(blocks) < _AROUND:
        return None
    around = set(blocks[0].iterancestors("div", "section"))
    for each in blocks[1:]:
        around &= set(each.iterancestors("div", "section"))
    holder = next((each for each in blocks[0].iterancestors("div", "section") if each in around), None)
    if holder is None:
        return None
    found, begun = {"".join(line.split()) for line in lines}, False
    for each in holder.iter():
        begun = begun or each is blocks[0]
        if begun and each.tag in _LISTED and (said := "".join(each.text_content().split())) and said not in found:
            return holder
    return None


def _text_of(found: Any) -> str:
    return text_in(found.body) if found is not None and found.text else ""


@cache
def _for_short_ones() -> Any:
    from trafilatura.settings import use_config

    told = use_config()
    told.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST))
    return told


def _with_lead(page: Any, text: str) -> str:
    """Put before a text the sentences that the page has between its headline and it, in a block of their own."""
    found = "".join(text.split())
    leads: list[str] = []
    for element in head_of(page):
        said = _SPACE.sub(" ", element.text_content()).strip()
        if said and "".join(said.split()) in found:
            break
        alone = element.tag in ("p", "div", "h2") and next(element.iterdescendants(*_NO_LEAD), None) is None
        if alone and len(said) >= _LEAD and _SENTENCE.search(said):
            leads.append(said)
    return "\n\n".join([*leads, text]) if text else text


def _check_shape(tree: Any, source: str) -> None:
    """Refuse a page that was not parsed to its end, or of which each link would cost its time."""
    if is_cut(tree):
        raise SourceError(source, "its elements lie in each other too deep; not all of it can be read", remedy=_SAVE)
    links = int(tree.xpath("count(//a)"))
    if links > _MOST_LINKS:
        raise SourceError(source, f"the page has {links} links, more than the limit of {_MOST_LINKS}", remedy=_SAVE)


def _a_list(source: str, links: tuple[tuple[str, str], ...]) -> SourceError:
    """The error of a page that is no article but a list of some."""
    remedy = "Put in the articles that it links to; `qa feeds add` follows a site's news."
    error = SourceError(source, f"this is a list of articles and no article; it links to {len(links)}", remedy=remedy)
    error.links = links
    return error


def _body(text: str, articles: list[dict[str, Any]]) -> str:
    """What was extracted; of a live blog its entries, where the page shows only the first of them.

    A page that is filled in by its scripts shows nothing: its text is what JSON-LD states.
    """
    updates = "\n\n".join(_SPACE.sub(" ", entry) for each in articles for entry in updates_of(each))
    stated = updates or next((said for each in articles if (said := text_stated(each))), "")
    return stated if len(updates) > 2 * len(text) or not text else text


def _on_one_line(tree: Any) -> Any:
    """Line breaks in a page's source are spaces (HTML 5, white space), and only ``br`` and blocks begin a line."""
    kept = {each for verbatim in tree.iter(*_VERBATIM) for each in verbatim.iter()}
    for element in tree.iter():
        if element not in kept:
            element.text = element.text and _SPACE.sub(" ", element.text)
        if element not in kept or element.tag in _VERBATIM:
            element.tail = element.tail and _SPACE.sub(" ", element.tail)
    return tree


def _stated_name(found: Any) -> str | None:
    """The name of the site, where the page states one: trafilatura makes it of the address, login and all, if not."""
    if found is None:
        return None
    authority = (found.url or "").partition("://")[2].partition("/")[0]
    return None if authority.endswith(found.sitename or "") else found.sitename

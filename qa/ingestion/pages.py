"""An HTML page -> one draft. The only module that names trafilatura.

The page's own address, title, date, outlet and author come from its metadata; paragraphs stay paragraphs. Whether what
it says of itself counts is decided in :mod:`qa.ingestion.hosts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.dates import parse_date, parse_moment
from qa.ingestion.files import file_address, read_bytes
from qa.ingestion.guarding import one_draft
from qa.ingestion.hosts import attested
from qa.ingestion.limits import Limits
from qa.protocols import Draft

__all__ = ["HtmlReader", "load_parser", "page_draft"]

_MODIFIED = (
    '//meta[@property="article:modified_time" or @property="og:updated_time" or @itemprop="dateModified"]/@content'
)


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads ``.html`` and ``.htm`` files within the limits."""

    limits: Limits

    def accepts(self, source: str) -> bool:
        """Whether this is an HTML file."""
        return source.lower().endswith((".html", ".htm"))

    def read(self, source: str) -> Iterator[Draft | SourceError]:
        """Yield the page's article."""
        load_parser()
        return one_draft(lambda: self._draft(source), source, self.limits.article_s)

    def _draft(self, source: str) -> Draft:
        page = read_bytes(source, self.limits.file_bytes)
        return attested(page_draft(page, source, file_address(source), self.limits.page_bytes))


def load_parser() -> None:
    """Import what parses pages, before the time of one of them counts: what may be stopped must not be an import."""
    import trafilatura  # noqa: F401 - takes most of a second, which `qa ask` should not pay


def page_draft(page: bytes, source: str, location: str, max_bytes: int) -> Draft:
    """Extract the article of a page, as it says; ``location`` stands in for a page that names no address of its own.

    Raises:
        SourceError: the page has more than ``max_bytes``, cannot be parsed, or holds no article.
    """
    if len(page) > max_bytes:
        raise SourceError(
            source,
            f"the page has {len(page) / 2**20:.1f} MiB, more than the limit of {max_bytes / 2**20:.0f}",
            remedy="Raise QA_INGESTION__MAX_PAGE_MIB, or save its article as .txt or .md.",
        )
    import trafilatura

    try:
        tree = trafilatura.load_html(page)
        own = location if location.startswith("http") else None
        found = (
            None
            if tree is None
            else trafilatura.bare_extraction(page, url=own, with_metadata=True, include_comments=False)
        )
    except Exception as error:  # it wraps several parsers and names no error of its own
        raise SourceError(source, f"the page could not be parsed: {error}") from error
    if found is None or not found.text:
        raise SourceError(source, "no text", remedy="If the page shows an article, save it as .txt or .md.")
    return Draft(
        location=web_address(found.url or "") or location,
        body=found.text.replace("\n", "\n\n"),
        title=found.title,
        byline=found.author,
        outlet=_stated_name(found),
        published=parse_date(found.date or ""),
        modified=_modified(tree),
        language=found.language or next(iter(tree.xpath("/html/@lang")), None),
        clutter=True,
    )


def _stated_name(found: Any) -> str | None:
    """The name of the site, where the page states one: trafilatura makes it of the address, login and all, if not."""
    authority = (found.url or "").partition("://")[2].partition("/")[0]
    return None if authority.endswith(found.sitename or "") else found.sitename


def _modified(tree: Any) -> datetime | None:
    return next((moment for value in tree.xpath(_MODIFIED) if (moment := parse_moment(str(value)))), None)

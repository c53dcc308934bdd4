"""An article from a PDF, and spans of it -> the pages on which they stand, and a page's picture.

Promise: a box lies around words of the span alone; a page whose words are not found has no box. What this module does
not know: how a page is drawn (:mod:`qa.ingestion.pdf_pages`), and where its boxes are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.assistant.keeping.originals import Originals
from qa.errors import PageNotFound, SourceError
from qa.ingestion import Sought, layout_of_page, picture_of_page
from qa.records import PrintedPage
from qa.types import Article, Span

__all__ = ["picture", "printed_pages"]

_AROUND = 200  # code points before and after, by which words are told from the same words elsewhere on the page
_MOST_PAGES = 5
_DRAW_S = 10.0


def printed_pages(article: Article, spans: Sequence[Span], originals: Originals) -> list[PrintedPage]:
    """The pages on which these spans stand, in order; the first page where there are none."""
    data = originals.of(article.id) if article.pages else None
    if data is None:
        return []
    wanted: dict[int, list[Sought]] = {} if spans else {article.pages[0].number: []}
    for span in spans:
        for number, part in _on_pages(article, span):
            wanted.setdefault(number, []).append(_sought(article.text, part))
    pages = []
    for number in sorted(wanted)[:_MOST_PAGES]:
        try:
            layout = layout_of_page(data, number, wanted[number])
        except SourceError:  # it could be read once, so this is no longer that file
            continue
        pages.append(PrintedPage(article.id, number, layout))
    return pages


def picture(article: Article, number: int, originals: Originals) -> bytes:
    """A page as a PNG.

    Raises:
        PageNotFound: its source has no such page, is not kept, or cannot be drawn.
        OutOfTime: drawing it takes too long.
    """
    data = originals.of(article.id) if article.pages else None
    if data is None:
        raise PageNotFound(article.id, number, "its source is not kept here")
    try:
        return picture_of_page(data, number, seconds=_DRAW_S)
    except SourceError as error:
        raise PageNotFound(article.id, number, error.reason) from error


def _on_pages(article: Article, span: Span) -> Iterator[tuple[int, Span]]:
    """The parts of a span that stand on one page each."""
    ends = [page.start for page in article.pages[1:]] + [len(article.text)]
    for page, end in zip(article.pages, ends, strict=True):
        start, stop = max(span.start, page.start), min(span.end, end)
        if start < stop:
            yield page.number, Span(start, stop)


def _sought(text: str, span: Span) -> Sought:
    return Sought(text[max(0, span.start - _AROUND) : span.start], span.of(text), text[span.end : span.end + _AROUND])

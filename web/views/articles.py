"""Articles -> the page of one with its marks, and the pager of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from qa.answering.days import written
from qa.output.links import is_web_address, page_picture, permalink, source_href
from qa.records import PrintedPage
from qa.types import Article, Correction, Span
from web.views.cards import CiteLink, Corrected, Credit, cite_links, corrected, credit
from web.views.pieces import Piece, cut

__all__ = ["ArticleView", "Pager", "article", "pager"]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, or the standfirst."""

    standfirst: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as it was printed; boxes are (left, top, width, height) in thousandths of its width and of its height."""

    number: int
    picture: str
    width: int
    height: int
    boxes: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its marks. ``newer`` and ``older`` lead to other versions, ``locations`` to other places."""

    credit: Credit
    dateline: str | None
    language: str
    paragraphs: tuple[ParagraphView, ...]
    marks: int
    source_href: str | None
    locations: tuple[tuple[str, str], ...]
    newer: str | None
    older: tuple[tuple[str, str], ...]
    modified: str | None
    cite: tuple[CiteLink, ...]
    json_href: str
    corrected: tuple[Corrected, ...]
    printed: tuple[PageView, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands, and where it leads."""

    number: int
    pages: int
    newer: str | None
    older: str | None


def article(
    article: Article,
    versions: Sequence[tuple[str, datetime]],
    marks: Sequence[Span],
    corrections: Sequence[Correction] = (),
    printed: Sequence[PrintedPage] = (),
) -> ArticleView:
    """Draw an article with ``marks``.

    ``versions`` are its own and others of the same addresses, ``corrections`` what has been corrected in it, both the
    newest first; words that do not hold any more are struck through. ``printed`` are pages of its source.
    """
    ids = list(dict.fromkeys(version_id for version_id, _ in versions))
    seen = dict(reversed(versions))
    newer = ids[0] if ids and ids[0] != article.id else None
    older = ids[ids.index(article.id) + 1 :] if article.id in ids else []
    return ArticleView(
        credit=credit(article, marks),
        dateline=article.dateline,
        language=article.language,
        paragraphs=tuple(_paragraphs(article, marks, [one.span for each in corrections for one in each.struck])),
        marks=len(marks),
        source_href=_article_source(article, marks),
        locations=tuple(
            (location.outlet or location.url, location.url)
            for location in article.locations
            if location.url != article.url and is_web_address(location.url)
        ),
        newer=permalink(newer, ()) if newer else None,
        older=tuple((written(seen[version_id].date()), permalink(version_id, ())) for version_id in older),
        modified=written(article.modified.date()) if article.modified else None,
        cite=cite_links(article.id, marks),
        json_href=f"/api/articles/{article.id}",
        corrected=tuple(corrected(one, article, Span(0, len(article.text))) for one in corrections),
        printed=tuple(map(_page, printed)),
    )


def _page(page: PrintedPage) -> PageView:
    boxes = tuple(
        (round(1000 * box.left), round(1000 * box.top), round(1000 * box.width) or 1, round(1000 * box.height) or 1)
        for box in page.layout.boxes
    )
    picture = page_picture(page.article_id, page.number)
    return PageView(page.number, picture, round(page.layout.width), round(page.layout.height), boxes)


def pager(number: int, pages: int, query: Sequence[tuple[str, str]], path: str = "/articles") -> Pager:
    """Say where page ``number`` of a list leads."""

    def address(page: int) -> str:
        return f"{path}?{urlencode([*query, ('page', str(page))])}"

    newer = address(min(number - 1, max(1, pages))) if number > 1 else None
    return Pager(number, max(1, pages), newer, address(number + 1) if number < pages else None)


def _paragraphs(article: Article, marks: Sequence[Span], struck: Sequence[Span]) -> Iterator[ParagraphView]:
    begun: set[int] = set()
    for paragraph in article.paragraphs:
        pieces = tuple(cut(article.text, paragraph.span, marks, paragraph.span, begun, struck=struck))
        yield ParagraphView(paragraph.span == article.standfirst, pieces)


def _article_source(article: Article, marks: Sequence[Span]) -> str | None:
    if marks:
        return source_href(article, marks[0])
    return article.url if is_web_address(article.url) else None

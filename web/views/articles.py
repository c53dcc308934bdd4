"""Articles -> the page of one with its marks, and the pager of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from qa.answering.days import written
from qa.attribution.lexicon import DETERMINERS, PRONOUNS
from qa.output.links import MAX_MARKS, is_web_address, page_picture, permalink, source_href
from qa.records import PrintedPage
from qa.stories import readable
from qa.types import Article, Correction, LentDetail, Span, Statement, StatementKind, Story
from web.views.back import Back, came_from
from web.views.cards import CiteLink, Corrected, Credit, cite_links, copy_credit, corrected, credit, denied_spans
from web.views.pieces import Piece, cut

__all__ = ["AGAINST", "ArticleView", "Pager", "article", "pager"]

AGAINST = "against"
"""What an address calls the article with which another is compared."""
NAMELESS = PRONOUNS | DETERMINERS
"""Words that alone name nobody: "who", "that"."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is reported in a paragraph; ``href`` marks what they say there."""

    speaker: str
    href: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, or the standfirst.

    ``voiced`` says that somebody is reported in it, and ``voices`` who, where that is not as in the one before.
    """

    standfirst: bool
    pieces: tuple[Piece, ...]
    voiced: bool = False
    voices: tuple[Voice, ...] = ()


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
    """An article with its marks.

    ``newer`` and ``older`` lead to other versions, the older ones each with what they have otherwise, ``locations`` to
    other places, ``lent`` names what one of them states of it and the first does not, ``back`` to the answer from which
    the visitor came. ``copies`` are the others of its story, ``standing`` is what it is among them, ``compared`` what
    it has otherwise than another article.
    """

    credit: Credit
    dateline: str | None
    language: str
    paragraphs: tuple[ParagraphView, ...]
    marks: int
    source_href: str | None
    locations: tuple[tuple[str, str], ...]
    newer: str | None
    lent: tuple[tuple[str, str, str | None], ...]
    older: tuple[tuple[str, str, str], ...]
    modified: str | None
    cite: tuple[CiteLink, ...]
    json_href: str
    corrected: tuple[Corrected, ...]
    printed: tuple[PageView, ...]
    back: str | None
    copies: tuple[CopyView, ...] = ()
    standing: str = ""
    compared: ComparedView | None = None


@dataclass(frozen=True, slots=True)
class CopyView:
    """Another copy of the story; ``standing`` tells the earliest, the fullest and how many words it has."""

    credit: Credit
    standing: str
    differs_href: str


@dataclass(frozen=True, slots=True)
class ComparedView:
    """What an article has otherwise than another: "same", "added" or "removed", and the words."""

    other: Credit
    stretches: tuple[tuple[str, str], ...]


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
    *,
    printed: Sequence[PrintedPage] = (),
    statements: Sequence[Statement] = (),
    back: Back | None = None,
    story: Story | None = None,
    against: Article | None = None,
) -> ArticleView:
    """Draw an article with ``marks``.

    ``versions`` are its own and others of the same addresses, ``corrections`` what has been corrected in it, both the
    newest first; words that do not hold any more are struck through. ``statements`` are its own, in reading order,
    ``printed`` pages of its source; ``story`` holds its copies, ``against`` is what it is compared with.
    """
    ids = list(dict.fromkeys(version_id for version_id, _ in versions))
    seen = dict(reversed(versions))
    newer = ids[0] if ids and ids[0] != article.id else None
    older = ids[ids.index(article.id) + 1 :] if article.id in ids else []
    denied = tuple(span for one in statements for span in denied_spans(article, one))
    voices = _voices(article, statements, back)
    struck = [one.span for each in corrections for one in each.struck]
    return ArticleView(
        credit=credit(article, marks),
        dateline=article.dateline,
        language=article.language,
        paragraphs=tuple(_paragraphs(article, marks, struck, denied, voices)),
        marks=len(marks),
        source_href=_article_source(article, marks),
        locations=tuple(
            (location.outlet or location.url, location.url)
            for location in article.locations
            if location.url != article.url and is_web_address(location.url)
        ),
        lent=tuple(_lent(article)),
        newer=permalink(newer, ()) if newer else None,
        older=tuple(
            (written(seen[version_id].date()), permalink(version_id, ()), _differs(article.id, version_id))
            for version_id in older
        ),
        modified=written(article.modified.date()) if article.modified else None,
        cite=cite_links(article.id, marks),
        json_href=f"/api/articles/{article.id}",
        corrected=tuple(corrected(one, article, Span(0, len(article.text))) for one in corrections),
        printed=tuple(map(_page, printed)),
        back=back.href if back else None,
        copies=tuple(_copies(article.id, story)) if story else (),
        standing=_standing(story, article.id) if story else "",
        compared=_compared(article, against) if against else None,
    )


def _lent(article: Article) -> Iterator[tuple[str, str, str | None]]:
    """What another address states, that address, and where it leads."""
    words = {LentDetail.PUBLISHED: "date", LentDetail.BYLINE: "byline", LentDetail.OUTLET: "outlet"}
    by_place: dict[str, list[str]] = {}
    for one in article.lent:
        by_place.setdefault(one.url, []).append(words[one.detail])
    outlets = {place.url: place.outlet for place in article.locations}
    for url, details in by_place.items():
        on_the_web = is_web_address(url)
        named = outlets.get(url) or (url if on_the_web else "another file")
        yield (
            " and ".join(details).replace(" and ", ", ", len(details) - 2).capitalize(),
            named,
            url if on_the_web else None,
        )


def _copies(article_id: str, story: Story) -> Iterator[CopyView]:
    for copy in story.others(article_id):
        yield CopyView(copy_credit(copy), _standing(story, copy.article_id), _differs(article_id, copy.article_id))


def _standing(story: Story, article_id: str) -> str:
    copy = next((one for one in story.copies if one.article_id == article_id), None)
    if copy is None:
        return ""
    told = ["the earliest"] * (copy == story.first) + ["the fullest"] * (copy == story.fullest)
    return ", ".join([*told, f"{copy.words:,} words"])


def _differs(article_id: str, other_id: str) -> str:
    return f"{permalink(article_id, ())}?{urlencode({AGAINST: other_id})}#differences"


def _compared(article: Article, other: Article) -> ComparedView:
    stretches = ((change.value, words) for change, words in readable(other.text, article.text))
    return ComparedView(credit(other), tuple(stretches))


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


def _paragraphs(
    article: Article,
    marks: Sequence[Span],
    struck: Sequence[Span],
    denied: Sequence[Span],
    voices: Sequence[tuple[Voice, ...]],
) -> Iterator[ParagraphView]:
    begun: set[int] = set()
    before: list[str] = []
    for paragraph, heard in zip(article.paragraphs, voices, strict=True):
        pieces = tuple(cut(article.text, paragraph.span, marks, paragraph.span, begun, struck=struck, denied=denied))
        names = [voice.speaker for voice in heard]
        told = () if names == before else tuple(voice for voice in heard if voice.speaker.lower() not in NAMELESS)
        yield ParagraphView(paragraph.span == article.standfirst, pieces, bool(heard), told)
        before = names


def _voices(article: Article, statements: Sequence[Statement], back: Back | None) -> list[tuple[Voice, ...]]:
    """Who is reported in each paragraph, in the order of their words."""
    said = sorted(
        (span, one.speaker.name or one.speaker.mention)
        for one in statements
        if one.speaker and one.kind is StatementKind.SPEECH
        for span in one.content
    )
    return [
        tuple(
            Voice(name, came_from(permalink(article.id, spans), back))
            for name, spans in _by_speaker(said, paragraph.span).items()
        )
        for paragraph in article.paragraphs
    ]


def _by_speaker(said: Sequence[tuple[Span, str]], within: Span) -> dict[str, list[Span]]:
    """What each says in a paragraph, as marks that one address can have: not more than it holds, none over another."""
    found: dict[str, list[Span]] = {}
    for span, name in said:
        if span.overlaps(within):
            spans = found.setdefault(name, [])
            if len(spans) < MAX_MARKS and not any(span.overlaps(other) for other in spans):
                spans.append(span)
    return found


def _article_source(article: Article, marks: Sequence[Span]) -> str | None:
    if marks:
        return source_href(article, marks[0])
    return article.url if is_web_address(article.url) else None

"""A PDF -> one draft, with the page on which each part of its text stands. Only this and `pdf_pages` name pypdfium2.

What is on the pages is put in order in :mod:`qa.ingestion.layout`. Title, byline and day are those that the head of the
text states, the title being what is set largest on the first page, else those of the file's properties; a page that a
browser printed has the day of the printing there, which is none of the article's. A file whose pages are pictures (a
scan) is an error that says what makes text of it.

Promise: ``Draft.pages`` are places in ``Draft.body``, which is in normal form already. pdfium is one library for the
whole process and not safe for two threads: it is used under a lock. What it does not know: whether a text under a
picture (OCR's) is right.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

from qa.errors import SourceError
from qa.ingestion.bylines import named
from qa.ingestion.cleaning import same_line
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import one_draft
from qa.ingestion.headers import read_header
from qa.ingestion.layout import Laid, Piece, paragraphs_of_pages
from qa.ingestion.limits import Limits
from qa.protocols import Draft
from qa.text import normalise

__all__ = ["HYPHENS", "PdfReader", "one_at_a_time", "opened"]

_MOST_PAGES = 2_000
_OCR = "Make a text layer with OCR, for instance `ocrmypdf in.pdf out.pdf`, and ingest that."
_GAP = 1.2  # sizes of type between two characters of one line that belong to two pieces
HYPHENS = (0x02, 0xFFFE)  # what pdfium puts where a line ends with a hyphen
_FILE_NAME = re.compile(r"\A(?:microsoft |untitled|document\d*\Z)|\.\w{2,5}\Z", re.IGNORECASE)
_PRINTED = re.compile(r"\b(?:mozilla|chrome|chromium|firefox|safari|edge|wkhtmltopdf|puppeteer)\b", re.IGNORECASE)
_DAY = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads ``.pdf`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a PDF."""
        return name.lower().endswith(".pdf")

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield the file's article."""
        import pypdfium2  # noqa: F401 - takes a tenth of a second, which is no article's time

        return one_draft(lambda: self._draft(file), file.name, self.limits.article_s)

    def _draft(self, file: SourceFile) -> Draft:
        data = file.read(self.limits.file_bytes)
        with one_at_a_time:
            pages, told = _read(data, file.name, 2 * self.limits.article_chars)
        laid = [replace(each, text=text) for each in paragraphs_of_pages(pages) if (text := each.text.strip())]
        if not laid:
            many = "its page is a picture" if len(pages) == 1 else f"its {len(pages)} pages are pictures"
            raise SourceError(file.name, f"no text: {many} (a scan)", remedy=_OCR)
        return replace(_drafted(laid, told, file.address), original=data)


def _read(data: bytes, source: str, most: int) -> tuple[list[tuple[float, list[Piece]]], Mapping[str, str]]:
    import pypdfium2

    pages: list[tuple[float, list[Piece]]] = []
    with opened(data, source) as document:
        if len(document) > _MOST_PAGES:
            reason = f"it has {len(document):,} pages, more than the limit of {_MOST_PAGES:,}"
            raise SourceError(source, reason, remedy="Split it.")
        try:
            for page in document:
                text = page.get_textpage()
                most -= text.count_chars()
                if most < 0:
                    reason = "it has more text than one article may have"
                    raise SourceError(source, reason, remedy="Raise QA_INGESTION__MAX_ARTICLE_CHARS, or split it.")
                pages.append((page.get_height(), list(_pieces_of(text))))
                page.close()
        except pypdfium2.PdfiumError as error:
            raise SourceError(source, f"page {len(pages) + 1} cannot be read: {error}") from error
        return pages, document.get_metadata_dict(skip_empty=True)


@contextmanager
def opened(data: bytes, source: str) -> Iterator[Any]:
    """Open a PDF (pypdfium2's document); to be used under the lock.

    Raises:
        SourceError: it is damaged, none, or under a password.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(source, "it is under a password", remedy="Save it without one.") from error
        raise SourceError(source, "it cannot be read as a PDF: it is damaged, cut off, or none") from error
    try:
        yield document
    finally:
        document.close()


def _pieces_of(textpage: Any) -> Iterator[Piece]:
    """Runs of characters of one line that stand close together."""
    from pypdfium2 import raw

    run: list[tuple[str, float, float, float, float, float]] = []
    space = False
    box = [ctypes.c_double() for _ in range(4)]
    for place in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, place)
        character = "-" if code in HYPHENS else chr(code) if 0 < code < 0x110000 else ""
        if not character.strip() or character < " ":
            space = True
            continue
        if not raw.FPDFText_GetCharBox(textpage, place, box[0], box[1], box[2], box[3]):
            continue
        left, right, bottom, top = (each.value for each in box)
        size = abs(raw.FPDFText_GetFontSize(textpage, place)) or top - bottom
        loose = _loose(textpage, place) or (bottom, top)
        if run and not _goes_on(run[-1], left, loose, size):
            yield _piece(run)
            run = []
        run.append(((" " if space and run else "") + character, left, loose[0], right, loose[1], size))
        space = False
    if run:
        yield _piece(run)


def _loose(textpage: Any, place: int) -> tuple[float, float] | None:
    """Bottom and top of a character's line, which do not depend on the letter."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, place, rect):
        return None
    return float(rect.bottom), float(rect.top)


def _goes_on(
    last: tuple[str, float, float, float, float, float], left: float, loose: tuple[float, float], size: float
) -> bool:
    middle = (loose[0] + loose[1]) / 2
    same_row = last[2] < middle < last[4]
    return same_row and -0.5 * size < left - last[3] < _GAP * size and abs(size - last[5]) < 0.3 * size


def _piece(run: Sequence[tuple[str, float, float, float, float, float]]) -> Piece:
    text = normalise("".join(each[0] for each in run))
    sizes = [each[5] for each in run]
    return Piece(
        " ".join(text.split()),
        min(each[1] for each in run),
        min(each[2] for each in run),
        max(each[3] for each in run),
        max(each[4] for each in run),
        median(sizes),
    )


def _drafted(laid: list[Laid], told: Mapping[str, str], home: str) -> Draft:
    texts = [each.text for each in laid]
    header = read_header(texts, title=_largest(laid, told.get("Title", "")))
    kept = _kept(laid, [*([header.standfirst] if header.standfirst else ()), *header.body])
    stated = told.get("Title", "").strip()
    body, pages = _with_pages(kept)
    return Draft(
        location=home,
        body=body,
        title=header.title or (stated if stated and not _FILE_NAME.search(stated) else None),
        byline=header.byline or "; ".join(named(told.get("Author", ""))) or None,
        outlet=header.outlet,
        published=header.published or _begun(told),
        modified=header.modified,
        standfirst=header.standfirst,
        dateline=header.dateline,
        pages=pages,
    )


def _largest(laid: Sequence[Laid], stated: str) -> str | None:
    """The headline: what is set larger than the text on the first page; the property's title where that is printed."""
    first = [each for each in laid if each.turns[0][1] == laid[0].turns[0][1]]
    if stated and (printed := next((each.text for each in first if same_line(each.text, stated)), None)):
        return printed
    usual = median(size for each in laid for size in [each.size] * len(each.text))
    most = max(each.size for each in first)
    return next((each.text for each in first if each.size == most), None) if most > 1.15 * usual else None


def _kept(laid: Sequence[Laid], texts: Sequence[str]) -> list[Laid]:
    """The paragraphs that these texts are, in their order."""
    left = list(laid)
    kept = []
    for text in texts:
        place = next((n for n, each in enumerate(left) if each.text == text), None)
        if place is not None:
            kept.append(left.pop(place))
    return kept


def _with_pages(laid: Sequence[Laid]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The body, and where in it each page begins."""
    body = ""
    pages: list[tuple[int, int]] = []
    for each in laid:
        body += "\n\n" if body else ""
        pages += [(len(body) + place, page) for place, page in each.turns if not pages or pages[-1][1] != page]
        body += each.text
    return body, tuple(pages)


def _begun(told: Mapping[str, str]) -> date | None:
    """The day on which the file was made, unless a browser made it of a page that was there before."""
    return None if _PRINTED.search(told.get("Creator", "")) else _day(told.get("CreationDate", ""))


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

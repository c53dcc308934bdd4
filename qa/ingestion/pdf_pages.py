"""A page of a PDF -> its picture (PNG), and where on it words of its article stand.

The words are looked for among the page's own characters, spaces, hyphens and punctuation aside, since the article's
text has been put in order since; what stands around them tells which of several equal places is meant. What is found
only in part is boxed in part.

Promises: boxes are fractions of the picture, whichever way the page is turned; a picture has at most ``_WIDTH`` x
``_HEIGHT`` pixels, and drawing gives up when its time is over. What it does not know: the article, and where the file
is kept.
"""

from __future__ import annotations

import ctypes
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any

from qa.errors import OutOfTime, SourceError
from qa.ingestion.pdf import HYPHENS, one_at_a_time, opened

__all__ = ["Box", "PageLayout", "Sought", "layout_of_page", "picture_of_page"]

Rect = tuple[float, float, float, float]  # left, bottom, right, top, in the page's own units

_WIDTH, _HEIGHT = 1_240, 2_480  # pixels; A4 at 150 dots an inch is 1,240 wide
_AROUND = (60, 20, 0)  # letters and digits before and after, as many as agree
_TELLING = 12  # letters and digits in a row that are the words' where the whole of them is not found


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions of its width and height; the origin is at the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page: how wide and high it is, in points, and a box for each line of the words that were looked for."""

    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that stand on a page, with the text before and after them."""

    before: str
    words: str
    after: str


def layout_of_page(data: bytes, number: int, sought: Sequence[Sought]) -> PageLayout:
    """Say where on page ``number`` (from 1) of a PDF words stand.

    Raises:
        SourceError: it has no such page, or cannot be read.
    """
    with one_at_a_time, opened(data, f"page {number}") as document:
        page = _page(document, number)
        letters, places = _letters(page.get_textpage())
        found = [place for each in sought for place in _found(letters, each)]
        boxes = _lines(page, [places[n] for n in dict.fromkeys(found)])
        return PageLayout(page.get_width(), page.get_height(), tuple(boxes))


def picture_of_page(data: bytes, number: int, *, seconds: float) -> bytes:
    """Draw page ``number`` (from 1) of a PDF as a PNG.

    Raises:
        SourceError: it has no such page, or cannot be drawn.
        OutOfTime: drawing it takes longer than ``seconds``.
    """
    import pypdfium2
    from pypdfium2 import raw

    ends = time.monotonic() + seconds
    with one_at_a_time, opened(data, f"page {number}") as document:
        page = _page(document, number)
        scale = min(_WIDTH / page.get_width(), _HEIGHT / page.get_height())
        width, height = max(1, round(scale * page.get_width())), max(1, round(scale * page.get_height()))
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        pause = raw.IFSDK_PAUSE(version=1)
        pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > ends)
        state = raw.FPDF_RenderPageBitmap_Start(
            bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_LCD_TEXT, pause
        )
        raw.FPDF_RenderPage_Close(page)
        if state == raw.FPDF_RENDER_TOBECONTINUED:
            raise OutOfTime(seconds)
        if state != raw.FPDF_RENDER_DONE:
            raise SourceError(f"page {number}", "it cannot be drawn")
        picture = BytesIO()
        bitmap.to_pil().save(picture, "PNG", optimize=False)
        return picture.getvalue()


def _page(document: Any, number: int) -> Any:
    if not 1 <= number <= len(document):
        raise SourceError(f"page {number}", f"the file has {len(document)} pages")
    return document[number - 1]


def _letters(textpage: Any) -> tuple[str, list[int]]:
    """The letters and digits of a page as they are drawn, and which of its characters each is of."""
    from pypdfium2 import raw

    letters: list[str] = []
    places: list[int] = []
    for place in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, place)
        if code not in HYPHENS and 0 < code < 0x110000:
            told = _told(chr(code))
            letters += told
            places += [place] * len(told)
    return "".join(letters), places


def _told(text: str) -> str:
    """What of a text two settings of it share: letters and digits, without ligatures and case."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def _found(letters: str, sought: Sought) -> Iterator[int]:
    """Which letters of the page the words are."""
    before, words, after = _told(sought.before), _told(sought.words), _told(sought.after)
    if not words:
        return
    for around in _AROUND:
        start = before[len(before) - min(around, len(before)) :]
        at = letters.find(start + words + after[:around])
        if at >= 0:
            yield from range(at + len(start), at + len(start) + len(words))
            return
    for block in SequenceMatcher(None, letters, words, autojunk=False).get_matching_blocks():
        if block.size >= _TELLING:
            yield from range(block.a, block.a + block.size)


def _lines(page: Any, places: Sequence[int]) -> Iterator[Box]:
    """One box for each run of characters that stand beside each other."""
    textpage = page.get_textpage()
    run: Rect | None = None
    for place in places:
        rect = _rect(textpage, place)
        if rect is None:
            continue
        joined = _joined(run, rect) if run else rect
        if run and not joined:
            yield _as_seen(page, run)
        run = joined or rect
    if run:
        yield _as_seen(page, run)


def _rect(textpage: Any, place: int) -> Rect | None:
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, place, rect):
        return None
    return rect.left, rect.bottom, rect.right, rect.top


def _joined(run: Rect, rect: Rect) -> Rect | None:
    """Both as one where they stand on one line with no more than a space between them."""
    left, bottom, right, top = run
    high = top - bottom
    if not bottom < (rect[1] + rect[3]) / 2 < top or not -0.5 * high < rect[0] - right < high:
        return None
    return min(left, rect[0]), min(bottom, rect[1]), max(right, rect[2]), max(top, rect[3])


def _as_seen(page: Any, rect: Rect) -> Box:
    """A rectangle of the page's own units where it is seen, whichever way the page is turned."""
    from pypdfium2 import raw

    side = 1_000_000  # of a device as fine as fractions need
    corners = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, side, side, 0, x, y, across, down)
        corners.append((across.value / side, down.value / side))
    (left, top), (right, bottom) = corners
    return Box(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))

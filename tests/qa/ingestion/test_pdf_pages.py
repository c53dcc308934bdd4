"""A page of a PDF is drawn, and words are found where they are seen."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from qa.errors import OutOfTime, SourceError
from qa.ingestion import Sought, layout_of_page, picture_of_page
from tests.qa.ingestion.pdfs import Words, pdf
from tests.qa.ingestion.test_pdf import page, two_columns

FILE = pdf([page(1, two_columns()), [(60, 400, 12, "Nobody cheered. Nobody cheered at all.")]])


def _boxes(number: int, before: str, words: str, after: str = "", data: bytes = FILE) -> list[tuple[float, ...]]:
    layout = layout_of_page(data, number, [Sought(before, words, after)])
    return [tuple(round(each, 3) for each in (box.left, box.top, box.width, box.height)) for box in layout.boxes]


def test_words_are_boxed_line_by_line_in_fractions_of_the_page() -> None:
    first, second = _boxes(1, "", "close the ferry between Harrowmere")
    assert (first[1], second[1]) == pytest.approx((1 - 709 / 842, 1 - 697 / 842), abs=0.004), "lines of 12 points"
    assert second[0] == pytest.approx(60 / 595, abs=0.002), "the left margin"
    assert first[0] > second[0]
    assert 0.01 < first[3] < 0.02


def test_a_hyphen_at_the_end_of_a_line_parts_nothing() -> None:
    first, second = _boxes(1, "its owner, a ", "transport company, would")
    assert first[0] > second[0]
    assert first[1] < second[1]


def test_the_words_around_tell_which_of_two_places_is_meant() -> None:
    (first,) = _boxes(2, "", "Nobody cheered", ". Nobody cheered at all.")
    (second,) = _boxes(2, "Nobody cheered. ", "Nobody cheered", " at all.")
    assert first[0] < second[0]
    assert first[1] == second[1]


def test_what_is_found_in_part_is_boxed_in_part() -> None:
    assert _boxes(2, "", "The meeting ended.") == []
    (part,) = _boxes(2, "", "Nobody cheered at all, said an islander who had come.")
    (whole,) = _boxes(2, "Nobody cheered. ", "Nobody cheered at all", ".")
    assert part == whole


def test_a_page_that_is_turned_has_its_boxes_where_they_are_seen() -> None:
    words: list[Words] = [(60, 800, 12, "Nobody cheered.")]
    (straight,) = _boxes(1, "", "Nobody cheered", data=pdf([words]))
    turned = pdf([words]).replace(b"/Type/Page/Parent", b"/Type/Page/Rotate 90/Parent")
    (seen,) = _boxes(1, "", "Nobody cheered", data=turned)
    assert straight[2] > straight[3]
    assert seen[3] > seen[2], "it runs down the page"
    assert seen[0] > 0.9, "what was at the top is at the right"


def test_a_page_is_drawn() -> None:
    with Image.open(BytesIO(picture_of_page(FILE, 1, seconds=60))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1240, 1755))
        assert picture.getextrema() != ((255, 255),) * 3
    (box,) = layout_of_page(FILE, 2, [Sought("", "Nobody cheered", "")]).boxes
    with Image.open(BytesIO(picture_of_page(FILE, 2, seconds=60))) as picture:
        left, top = round(box.left * picture.width), round(box.top * picture.height)
        right, bottom = round((box.left + box.width) * picture.width), round((box.top + box.height) * picture.height)
        grey = picture.convert("L")
        assert min(grey.crop((left, top, right, bottom)).tobytes()) < 100, "ink is in the box"
        assert min(grey.crop((left, top - 60, right, top - 10)).tobytes()) == 255, "none above"


def test_a_page_of_odd_measures_is_drawn_within_bounds() -> None:
    for measures in (b"[0 0 10 20000]", b"[0 0 14400 14400]", b"[0 0 1 1]"):
        data = FILE.replace(b"[0 0 595 842]", measures)
        with Image.open(BytesIO(picture_of_page(data, 1, seconds=60))) as picture:
            assert 1 <= picture.width <= 1240
            assert 1 <= picture.height <= 2480


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_an_error(number: int) -> None:
    with pytest.raises(SourceError, match="the file has 2 pages"):
        picture_of_page(FILE, number, seconds=60)
    with pytest.raises(SourceError, match="the file has 2 pages"):
        layout_of_page(FILE, number, [])


def test_what_is_no_pdf_is_an_error() -> None:
    with pytest.raises(SourceError, match="cannot be read as a PDF"):
        picture_of_page(b"%PDF-1.4 nothing", 1, seconds=60)


def test_a_page_that_takes_long_to_draw_is_given_up() -> None:
    many: list[Words] = [
        (10 + n % 500, 10 + n % 800, 10, "Nobody cheered when the vote was counted") for n in range(4000)
    ]
    with pytest.raises(OutOfTime):
        picture_of_page(pdf([many]), 1, seconds=0.0)

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.types import Article, Span
from tests.qa.ingestion.pdfs import Words, pdf
from tests.qa.ingestion.reading import paragraphs, read_error, read_one
from tests.qa.ingestion.test_packed import written, zipped

TOLD = "/Title(Microsoft Word - release.doc)/Author(Odile Brandreth)/CreationDate(D:20260112093000+01'00')"
LEFT = [
    "The council voted on Monday to close the",
    "ferry between Harrowmere and the island of",
    "Lunt, which has carried the islanders since",
    "long before anyone there can remember it.",
    "  The harbour master said that the boat had",
    "become too old, and that its owner, a trans-",
    "port company, would not repair it any more.",
]
RIGHT = [
    "  Nobody cheered when the vote was counted in",
    "the small hall, where three dozen islanders",
    "had waited since the morning for the result.",
    "  The last boat sails on Friday. After that a",
    "bus will go by way of the bridge at Oxley, a",
    "journey of three hours that nobody on the is-",
    "land wants to make twice in one working day.",
]


def column(lines: list[str], left: float, top: float) -> list[Words]:
    return [
        (left + (10 if line.startswith(" ") else 0), top - 12 * n, 10, line.strip()) for n, line in enumerate(lines)
    ]


def page(number: int, *parts: list[Words]) -> list[Words]:
    edges: list[Words] = [
        (60, 810, 8, "The Harrow Courier"),
        (450, 810, 8, f"Issue {number}"),
        (290, 30, 8, str(number)),
    ]
    return [*edges, *(words for part in parts for words in part)]


def two_columns(headline: str = "Ferry to Lunt will close on Friday") -> list[Words]:
    # The right column is drawn first: what counts is where it stands.
    return [*column(RIGHT, 310, 700), (60, 740, 20, headline), *column(LEFT, 60, 700)]


def test_the_day_on_which_a_browser_printed_a_page_is_not_the_articles(tmp_path: Path) -> None:
    for creator, day in (("Microsoft Word", date(2026, 1, 12)), ("Mozilla/5.0 \\(X11\\) Chrome/130", None)):
        file = pdf([page(1, two_columns())], f"{TOLD}/Creator({creator})")
        assert read_one(written(tmp_path, "a.pdf", file)).published == day


def test_columns_are_read_one_after_the_other_and_hyphens_are_joined(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, "a.pdf", pdf([page(1, two_columns()), page(2, two_columns("More"))], TOLD)))
    read = paragraphs(article)
    assert article.title == "Ferry to Lunt will close on Friday"
    assert read[0].startswith("The council voted on Monday to close the ferry between Harrowmere")
    assert read[1].endswith("a transport company, would not repair it any more.")
    assert read[2].startswith("Nobody cheered")
    assert read[3].startswith("The last boat sails")
    assert "nobody on the island wants" in read[3]
    assert "Courier" not in article.text, "a running head"
    assert not any(line.isdigit() for line in article.text.split("\n"))
    assert (article.byline, article.published) == ("Odile Brandreth", date(2026, 1, 12))


def test_every_part_of_the_text_knows_its_page(tmp_path: Path) -> None:
    first = column(["The council voted on Monday to close", "the ferry between Harrowmere and the"], 60, 90)
    second = column(["island of Lunt, as nobody would pay", "for it.", "", "Nobody cheered."], 60, 750)
    article = read_one(written(tmp_path, "a.pdf", pdf([first, [word for word in second if word[3]], page(3)])))
    assert paragraphs(article)[0] == (
        "The council voted on Monday to close the ferry between Harrowmere and the island of Lunt, "
        "as nobody would pay for it."
    )

    def page_at(words: str) -> int | None:
        start = article.text.index(words)
        return article.page_of(Span(start, start + len(words)))

    assert [page_at("The council"), page_at("the ferry"), page_at("island"), page_at("Nobody cheered")] == [1, 1, 2, 2]


def test_what_the_head_states_counts_before_the_properties(tmp_path: Path) -> None:
    head: list[Words] = [
        (60, 760, 18, "Ferry to Lunt will close"),
        (60, 730, 10, "By Corin Vale"),
        (60, 710, 10, "3 February 2026"),
    ]
    article = read_one(written(tmp_path, "a.pdf", pdf([[*head, *column(LEFT, 60, 690)]], TOLD)))
    assert (article.title, article.byline) == ("Ferry to Lunt will close", "Corin Vale")
    assert article.published == date(2026, 2, 3)
    assert paragraphs(article)[0].startswith("The council voted")
    assert article.page_of(article.paragraphs[0].span) == 1


def test_a_scan_says_that_it_has_no_text_and_what_makes_one(tmp_path: Path) -> None:
    error = read_error(written(tmp_path, "a.pdf", pdf([[], []])))
    assert error.reason == "no text: its 2 pages are pictures (a scan)"
    assert "ocrmypdf" in error.remedy


def test_what_is_no_pdf_is_an_error(tmp_path: Path) -> None:
    whole = pdf([column(LEFT, 60, 700)])
    for data in (b"", b"%PDF-1.7", whole[:200], b"no pdf"):
        assert "cannot be read as a PDF" in read_error(written(tmp_path, "a.pdf", data)).reason
    assert "more text" in read_error(written(tmp_path, "b.pdf", whole), article_chars=100).reason


def test_a_pdf_in_an_archive_keeps_its_pages(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, "a.zip", zipped({"a.pdf": pdf([column(LEFT, 60, 700)])})))
    assert isinstance(article, Article)
    assert article.pages[0].number == 1


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            ("11/23/26, 9:14 AM", "Ferry to Lunt will close - The Harrow Courier"),
            ("https://courier.example/ferry", "1/1"),
        ),
        (
            ("Ferry to Lunt will close - The Harrow Courier", "https://courier.example/ferry"),
            ("1 of 1", "11/23/2026, 9:14 AM"),
        ),
        (("Ferry to Lunt will close", "23.11.26, 09:14"), ("https://courier.example/ferry", "Seite 1 von 1")),
    ],
)
def test_what_a_browser_prints_around_a_page_is_no_text(
    tmp_path: Path, above: tuple[str, str], below: tuple[str, str]
) -> None:
    around: list[Words] = [
        (place, base, 8, text)
        for base, pair in ((825, above), (15, below))
        for place, text in zip((25, 330), pair, strict=True)
    ]
    head: list[Words] = [(60, 760, 20, "Ferry to Lunt will close on Friday"), (60, 735, 10, "By Corin Vale")]
    text = [*head, *column(LEFT, 60, 700), *column(RIGHT, 60, 600)]
    article = read_one(written(tmp_path, "a.pdf", pdf([[*around, *text]])))
    assert article.text == read_one(written(tmp_path, "b.pdf", pdf([text]))).text
    assert (article.title, article.byline) == ("Ferry to Lunt will close on Friday", "Corin Vale")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (
            "On 3/2/2026, at 9:14, the council met in room 4 of 7",
            "and put its vote on the net at council.example the same day.",
        ),
        (
            "Press release, 12/05/2025, 10:30: https://council.example/ferry",
            "The plan was backed by 2 of 3 councillors on Monday.",
        ),
        ("https://courier.example, updated at 10:30 on Friday", "1/3 of voters, 12/05/2025"),
    ],
)
def test_a_first_or_last_line_of_a_page_that_a_browser_did_not_print_stays(
    tmp_path: Path, first: str, last: str
) -> None:
    lines = [*column([first], 60, 800), *column(LEFT, 60, 700), *column([last], 60, 40)]
    article = read_one(written(tmp_path, "a.pdf", pdf([lines])))
    assert last in article.text
    assert first in "\n".join((article.title, article.text))


_COLUMNS = [
    ["The harbour froze on Sunday,", "and the ferry stayed at its", "quay until the ice had gone."],
    ["The harbour master forbade it", "at noon. At one she was seen", "on the ice with a flask."],
    ["The ice is eleven centimetres", "thick near the quay, and four", "where the river comes in."],
]


def _columns(top: float) -> list[Words]:
    return [
        (40 + 180 * at, top - 12 * row, 10, line) for at, lines in enumerate(_COLUMNS) for row, line in enumerate(lines)
    ]


def _text(tmp_path: Path, pages: list[list[Words]]) -> list[str]:
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf(pages))
    return paragraphs(read_one(file))


def test_a_table_is_read_by_rows_after_the_columns_above_it_and_before_those_below(tmp_path: Path) -> None:
    rows = [("Place", "Centimetres", "Measured by"), ("Quay", "11", "Farr"), ("Middle", "4", "nobody")]
    cells = [(40 + 180 * at, 640 - 14 * row, 10, cell) for row, line in enumerate(rows) for at, cell in enumerate(line)]
    page = [*_columns(740), (40, 660, 14, "How thick the ice is"), *cells, *_columns(560)]
    told = [" ".join(lines) for lines in _COLUMNS]
    table = ["How thick the ice is", "Place | Centimetres | Measured by", "Quay | 11 | Farr", "Middle | 4 | nobody"]
    read = _text(tmp_path, [page])
    assert " ".join(read) == " ".join([*told, *table, *told])
    assert set(table) <= set(read)


def test_names_and_what_stands_behind_their_colons_are_no_cells(tmp_path: Path) -> None:
    rows = [("Contact:", "Ana Luz, harbour office"), ("Mail:", "ana@skerrow.example"), ("Phone:", "555 0142")]
    cells = [(40 + 180 * at, 600 - 14 * row, 10, cell) for row, line in enumerate(rows) for at, cell in enumerate(line)]
    assert "Contact: Ana Luz, harbour office" in _text(tmp_path, [[*_columns(740), *cells]])


@pytest.mark.parametrize(
    ("letter", "first", "begins"),
    [
        ("T", "he harbour of Skerrow froze on Sunday, as it had in", "The harbour of Skerrow"),
        ("A", "ship lay at the quay all week, and a ship lay outside,", "A ship lay at the quay"),
        ("A", "fter a cold week a ship lay at the quay, and a band", "After a cold week a ship"),
    ],
)
def test_a_large_letter_that_begins_a_text_belongs_to_its_word(
    tmp_path: Path, letter: str, first: str, begins: str
) -> None:
    page: list[Words] = [
        (40, 780, 24, "The ice year"),
        (40, 726, 34, letter),
        (66, 742, 10, first),
        (66, 730, 10, "1963. Two hundred people walked over to the island."),
        (40, 718, 10, "They had sledges and a brass band that had lost its tuba."),
    ]
    text = " ".join(_text(tmp_path, [page]))
    assert text.startswith(begins)
    assert text.endswith("walked over to the island. They had sledges and a brass band that had lost its tuba.")

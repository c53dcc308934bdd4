from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qa.ingestion.headers import find_dateline
from tests.qa.ingestion.reading import paragraphs, read_error, read_one

SCRAPED = """January 13, 2026
Ostrel Ferry Will Close After ‘112 Good Years’ Despite Protest
Valley Latest News

Ostrel Ferry Will Close After ‘112 Good Years’ Despite Protest

Jan 12, 2026

Council votes five to four, but the U.K. subsidy for a bridge remains open

Harrowmere : The council said Monday that the ferry was “not cheap” and would close.

“We have nothing against ferries,” Mayor Ilse Varnholt said.

Spread the love

Leave a Reply

Your email address will not be published. Required fields are marked *"""


def test_a_scraped_article_gives_its_own_title_date_place_and_standfirst(tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(SCRAPED, encoding="utf-8")
    article = read_one(file)
    assert article.title == "Ostrel Ferry Will Close After ‘112 Good Years’ Despite Protest"
    assert article.published == date(2026, 1, 12)
    assert article.dateline == "Harrowmere"
    assert article.standfirst == article.paragraphs[0].span
    assert paragraphs(article) == [
        "Council votes five to four, but the U.K. subsidy for a bridge remains open",
        "Harrowmere : The council said Monday that the ferry was “not cheap” and would close.",
        "“We have nothing against ferries,” Mayor Ilse Varnholt said.",
    ]
    assert article.url == file.as_uri()
    assert [location.url for location in article.locations] == [file.as_uri()]


def test_the_real_article_gives_eleven_paragraphs_and_no_clutter() -> None:
    data = os.environ.get("ONRECORD_DATA")
    seed = Path(data or "", "..", "seed", "zelensky-berlin-talks.txt")
    if not data or not seed.exists():
        pytest.skip("ONRECORD_DATA does not lie beside the seed article")
    article = read_one(seed)
    assert article.title == "Zelensky Says Berlin Talks With Trump Envoys Show ‘Real Progress’ Despite Differences"
    assert article.published == date(2025, 12, 15)
    assert article.dateline == "Berlin"
    assert article.standfirst is not None
    assert article.standfirst.of(article.text).startswith("Security guarantees advance, but Ukraine and U.S. remain")
    assert len(article.paragraphs) == 11
    assert paragraphs(article)[1].startswith("Berlin : Ukrainian President")
    assert paragraphs(article)[10].endswith("“a free, sovereign and strong Ukraine.”")


def test_prose_without_a_head_keeps_its_first_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "prose.txt"
    first = "The ferry, which has crossed the river since 1914, will make its last journey on a day in spring, he said."
    file.write_text(f"{first}\n\nNobody cheered.")
    article = read_one(file)
    assert paragraphs(article) == [first, "Nobody cheered."]
    assert article.title.endswith("its last journey on a day in spring…")
    assert len(article.title) <= 101
    assert article.published is None


@pytest.mark.parametrize(
    "text", ["It rained.", "It rained\n\nIt snowed.", "One line", "It rained.\n\nThen it stopped."]
)
def test_short_texts_keep_their_prose(tmp_path: Path, text: str) -> None:
    file = tmp_path / "short.txt"
    file.write_text(text)
    assert paragraphs(read_one(file))[-1] == text.rsplit("\n\n", 1)[-1]


def test_labelled_lines_and_a_byline_are_read(tmp_path: Path) -> None:
    file = tmp_path / "labelled.txt"
    file.write_text(
        "Will the ferry ever sail again?\nBy Odile Brandreth and Piet Marlowe-Ash\nSource: Harrowmere Courier\n"
        "Published: Jan 12, 2026\nUpdated: 2026-01-13T10:00:00Z\nURL: https://courier.example/ferry\n\n"
        "It will not, the council said."
    )
    article = read_one(file)
    assert article.title == "Will the ferry ever sail again?"
    assert article.byline == "Odile Brandreth and Piet Marlowe-Ash"
    assert article.outlet == "Harrowmere Courier"
    assert article.published == date(2026, 1, 12)
    assert article.modified == datetime(2026, 1, 13, 10, tzinfo=UTC)
    assert article.url == "https://courier.example/ferry"
    assert article.text == "It will not, the council said."


def test_what_the_head_does_not_account_for_stays_in_the_body(tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text("Ferry to close in April\n\nTHE VOTE\n\nThe council voted on Monday.")
    assert paragraphs(read_one(file)) == ["THE VOTE", "The council voted on Monday."]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Café “closed”.".encode("utf-8-sig"), "Café “closed”."),
        ("Café “closed”.".encode("utf-16"), "Café “closed”."),
        ("Café “closed”.".encode("cp1252"), "Café “closed”."),
        (b"One line.\r\n\r\nTwo.\r\n", "One line.\n\nTwo."),
    ],
)
def test_old_encodings_are_read(tmp_path: Path, data: bytes, expected: str) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(data)
    assert read_one(file).text == expected


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"caf\x81 \x8d closed", b"\xff\xfea"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "binary.txt"
    file.write_bytes(data)
    assert "not text" in read_error(file).reason


@pytest.mark.parametrize(
    ("text", "reason"), [("", "no text"), (" \n\u200b\n", "no text"), ("Advertisement\n\nRead More", "furniture")]
)
def test_a_file_without_an_article_is_an_error(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "empty.txt"
    file.write_text(text, encoding="utf-8")
    assert reason in read_error(file).reason


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("Berlin : The talks went on.", "Berlin"),
        ("KYIV, Ukraine (AP) — Talks went on.", "KYIV, Ukraine"),
        ("WASHINGTON - Talks went on.", "WASHINGTON"),
        ("New York CNN Business —", "New York"),
        ("CNN —", None),
        ("CNN Business —", None),
        ("UPDATE: The talks ended.", None),
        ("Smith - The man from Kyiv - left.", None),
        ("The talks went on.", None),
        ("Merz: “It was a breakthrough.”", None),
    ],
)
def test_datelines_are_told_from_sentences(paragraph: str, place: str | None) -> None:
    assert find_dateline(paragraph) == place


@pytest.mark.parametrize(
    ("line", "url"),
    [("https://courier.example/ä\x1b[31m", "https://courier.example/%C3%A4[31m"), ("http://[bad/x", None)],
)
def test_a_line_with_the_address_is_taken_where_it_is_one(tmp_path: Path, line: str, url: str | None) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"Ferry to close\n\nURL: {line}\n\nThe council voted to close the ferry.\n", encoding="utf-8")
    assert read_one(file).url == (url or file.as_uri())

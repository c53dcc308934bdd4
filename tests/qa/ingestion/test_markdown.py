from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.qa.ingestion.reading import paragraphs, read_error, read_one

FULL = """---
title: "Ferry to close: a vote"
date: 2026-01-12
modified: 2026-01-13T10:00:00+00:00
author: [Odile Brandreth, Piet Marlowe-Ash]
source: The Harrowmere Courier
url: https://courier.example/ferry
standfirst: Council votes five to four
language: en-GB
dateline: Harrowmere
---

The council **voted** on [Monday](https://courier.example/monday)
to close the *ferry*.

## What next

> “Nothing,” the mayor said. The file is snake_case_name, 2 * 3 * 4.

- One boat
- Two buses
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "article.md"
    file.write_text(text, encoding="utf-8")
    return file


def test_front_matter_gives_the_fields_and_the_marks_are_taken_off(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, FULL))
    assert article.title == "Ferry to close: a vote"
    assert article.published == date(2026, 1, 12)
    assert article.modified == datetime(2026, 1, 13, 10, tzinfo=UTC)
    assert article.byline == "Odile Brandreth, Piet Marlowe-Ash"
    assert article.outlet == "The Harrowmere Courier"
    assert article.url == "https://courier.example/ferry"
    assert article.language == "en"
    assert article.dateline == "Harrowmere"
    assert article.standfirst == article.paragraphs[0].span
    assert paragraphs(article) == [
        "Council votes five to four",
        "The council voted on Monday to close the ferry.",
        "What next",
        "“Nothing,” the mayor said. The file is snake_case_name, 2 * 3 * 4.",
        "- One boat",
        "- Two buses",
    ]


def test_a_standfirst_that_opens_the_body_is_not_printed_twice(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, "---\ntitle: T\nstandfirst: It closes.\n---\nIt closes.\n\nReally."))
    assert paragraphs(article) == ["It closes.", "Really."]
    assert article.standfirst == article.paragraphs[0].span


def test_the_first_heading_is_the_title_where_there_is_no_front_matter(tmp_path: Path) -> None:
    article = read_one(written(tmp_path, "# Ferry to close #\n\nThe council voted."))
    assert (article.title, article.text) == ("Ferry to close", "The council voted.")
    assert article.url == (tmp_path / "article.md").as_uri()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: T\nby: [a, b\n---\nText.", 4, "front matter"),
        ("---\ntitle: one: two\n---\nText.", 2, "front matter"),
        ("---\ntitle: T\n\nText.", 1, "closing ---"),
        ("---\n- a\n---\nText.", 2, "name: value"),
        ("---\ndate: 2026-13-45\n---\nText.", 1, "front matter"),
        ("---\ntitle: T\nauthor: &a [*a]\n---\nText.", 3, "*a is an alias"),
        ("---\ntitle: " + "[" * 5_000 + "\n---\nText.", 1, "nested too deeply"),
        ("---\ntitle: !!bool maybe\n---\nText.", 1, "front matter"),
        ("---\ntitle: !!int ''\n---\nText.", 1, "front matter"),
        ("---\ntitle: !!timestamp soon\n---\nText.", 1, "front matter"),
        ('---\ntitle: "\\UFFFFFFFF"\n---\nText.', 1, "front matter"),
        ("---\nviews: " + "9" * 5_000 + "\n---\nText.", 1, "front matter"),
        ("---\ndate: last week\n---\nText.", None, "'last week' is not a date"),
        ("---\ntitle: T\n---\n\n", None, "no text"),
    ],
)
def test_a_bad_file_is_an_error_with_its_line(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    error = read_error(written(tmp_path, text))
    assert error.line == line
    assert reason in error.reason

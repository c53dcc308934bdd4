from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qa.ingestion.dates import parse_date, parse_moment
from qa.ingestion.months import MONTHS
from qa.text import fold

DAY = date(2025, 12, 15)


@pytest.mark.parametrize(
    "line",
    [
        "2025-12-15",
        "2025/12/15",
        "20251215",
        "2025-12-15T23:30:00-05:00",
        "20251215T233000Z",
        "Dec 15, 2025",
        "Dec. 15, 2025",
        "December 15, 2025",
        "DECEMBER 15TH, 2025",
        "Monday, December 15, 2025",
        "Mon 15 Dec 2025 14.05 GMT",
        "15 December 2025",
        "15th of December 2025",
        "3:04 PM EST, Mon December 15, 2025",
        "Dec 15, 2025 at 3:04 pm EST",
        "15. Dezember 2025",
        "Montag, 15.12.2025, 14:05 Uhr",
        "le 15 décembre 2025",
        " Dec 15, 2025 | 10:00 ",
    ],
)
def test_a_line_that_is_a_date_is_read(line: str) -> None:
    assert parse_date(line) == DAY


def test_the_accented_months_are_read() -> None:
    assert parse_date("1er août 2025") == date(2025, 8, 1)
    assert parse_date("3. März 2025") == date(2025, 3, 3)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "December 15",
        "03/04/2025",
        "February 30, 2025",
        "2025-13-01",
        "He was born on December 15, 2025.",
        "December 15, 2025 was a Monday",
        "May 2025",
        "12345678901",
        "December 15, 2025" + " " * 50 + "," * 50 + "x",
    ],
)
def test_nothing_is_guessed(line: str) -> None:
    assert parse_date(line) is None


def test_a_moment_keeps_its_time_zone() -> None:
    assert parse_moment("2025-12-15T10:00:00-05:00") == datetime(2025, 12, 15, 10, tzinfo=timezone(timedelta(hours=-5)))


def test_a_moment_without_a_time_zone_is_utc() -> None:
    assert parse_moment("2025-12-15T10:00:00") == datetime(2025, 12, 15, 10, tzinfo=UTC)
    assert parse_moment("Dec 15, 2025") == datetime(2025, 12, 15, tzinfo=UTC)
    assert parse_moment("yesterday") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("22. srpna 2024 13:07", date(2024, 8, 22)),
        ("24 липня 2024, 10:15", date(2024, 7, 24)),
        ("11 Ιουνίου 2024", date(2024, 6, 11)),
        ("15 Nisan 2024", date(2024, 4, 15)),
        ("3. toukokuuta 2024", date(2024, 5, 3)),
        ("2024. május 30.", date(2024, 5, 30)),
        ("4 listopada 2024", date(2024, 11, 4)),
    ],
)
def test_months_are_known_in_the_languages_that_name_them(line: str, day: date) -> None:
    assert parse_date(line) == day


def test_no_name_stands_for_two_months() -> None:
    names = [fold(name) for month in MONTHS for name in set(month.split())]
    assert sorted(names) == sorted(set(names))

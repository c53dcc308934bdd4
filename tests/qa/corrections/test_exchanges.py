from __future__ import annotations

from datetime import date

import pytest

from qa.corrections.exchanges import exchanges_in
from qa.types import Span


def exchanged(text: str) -> list[tuple[str | None, str | None]]:
    found = exchanges_in(text, Span(0, len(text)), date(2026, 1, 14))
    return [(one.right.of(text) if one.right else None, one.wrong.of(text) if one.wrong else None) for one in found]


@pytest.mark.parametrize(
    ("notice", "right", "wrong"),
    [
        ("Tamble Crossings employs 48 people, not 84.", "48", "84"),
        ("The company employs not 84 but 48 people.", "48", "84"),
        ("The fee is €2.4 million a year, not €4.2 million.", "€2.4 million", "€4.2 million"),
        ("The meeting was on Tuesday, not Monday.", "Tuesday", "Monday"),
        ("The bridge was built in 1914, not 1941.", "1914", "1941"),
        ("The keeper plays for Ostrel, not Harrowmere.", "Ostrel", "Harrowmere"),
        ("An earlier version of this story said 84 people were employed. It is 48.", "48", "84"),
        ("A previous version misstated the number of boats. There are two.", "two", None),
        ("Die Firma beschäftigt 48 Menschen, nicht 84.", "48", "84"),
    ],
)
def test_what_a_notice_puts_in_the_place_of_what(notice: str, right: str | None, wrong: str | None) -> None:
    assert exchanged(notice) == [(right, wrong)]


@pytest.mark.parametrize(
    "notice",
    [
        "The place was wrong in the 50 States feature on July 26.",
        "An earlier version of this story misspelled the mayor’s name.",
        "The article gave the wrong day. The vote is on 12 January.",
    ],
)
def test_figures_of_names_and_dates_are_not_exchanged(notice: str) -> None:
    assert exchanged(notice) == []

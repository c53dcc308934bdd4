"""What somebody is called beside the name is a slice of the text, and ends where it does."""

from __future__ import annotations

import pytest

from qa.attribution.capitals import find_names
from qa.attribution.roles import apposition, title_before


def beside(text: str) -> tuple[str, str]:
    one = next(one for one in find_names(text) if "Reck" in one.words or "Voss" in one.words or "Varn" in one.words)
    return title_before(text, one), apposition(text, one)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("It was former German Chancellor Ada Voss", "former German Chancellor"),
        ("It was said by harbour spokesman Tomas Reck", "harbour spokesman"),
        ("They asked Secretary of State Ilse Varn", "Secretary of State"),
        ("They asked Ostrel resident Ilse Varn", "Ostrel resident"),
        ("Republican Tomas Reck", ""),
        ("The bridge hit Tomas Reck", ""),
    ],
)
def test_a_title_ends_where_the_name_begins(text: str, title: str) -> None:
    assert beside(text)[0] == title
    assert title in text


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Tomas Reck, the harbour’s director, left.", "the harbour’s director"),
        ("Tomas Reck (D-Ohio), the top lawmaker, left.", "the top lawmaker"),
        ("The museum’s director, Tomas Reck, left.", "The museum’s director"),
        ("The glazier, Tomas Reck, left.", "The glazier"),
        ("When the nurse came, Tomas Reck left.", ""),
        ("Tomas Reck, who was late, left.", ""),
        ("In the harbour, Tomas Reck left.", ""),
    ],
)
def test_an_apposition_stands_on_either_side_and_is_no_clause(text: str, role: str) -> None:
    assert beside(text)[1] == role

"""Capitals become the body that they stand for."""

from __future__ import annotations

import pytest

from qa.people import profiles_of
from qa.types import Naming


def body(name: str, articles: int = 3) -> Naming:
    return Naming(name.lower(), name, None, articles, organisation=True, articles=articles)


def speakers(*namings: Naming, pins: dict[str, str] | None = None) -> list[set[str]]:
    return [set(one.spellings) for one in profiles_of(namings, pins or {})]


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("HRB", "Harbour and River Board"),
        ("H.R.B.", "Harbour River Board"),
        ("CTC", "Centres for Tide Control and Prevention"),
        ("USTS", "U.S. Tide Survey"),
        ("NWT", "Non-Wetting Trust"),
    ],
)
def test_capitals_are_the_body_whose_initials_they_are(letters: str, name: str) -> None:
    assert speakers(body(letters), body(name)) == [{letters, name}]
    assert profiles_of([body(letters, 9), body(name)], {})[0].name == name


@pytest.mark.parametrize(
    ("letters", "name"),
    [("HB", "Harbour Board"), ("HRB", "Harbour Board"), ("Hrb", "Harbour River Board"), ("UTS", "U.S. Tide Survey")],
)
def test_other_letters_are_not(letters: str, name: str) -> None:
    assert len(speakers(body(letters), body(name))) == 2


def test_letters_of_two_bodies_are_nobodys_unless_nearly_all_articles_name_one() -> None:
    letters = body("HRB")
    assert len(speakers(letters, body("Harbour River Board", 4), body("Highland Rail Board", 3))) == 3
    assert speakers(letters, body("Harbour River Board", 9), body("Highland Rail Board", 1))[0] == {
        "HRB",
        "Harbour River Board",
    }


def test_a_body_that_one_article_names_is_nobodys_long_name() -> None:
    assert len(speakers(body("HRB", 9), body("Harbour River Board", 1))) == 2


def test_people_have_no_initials_here() -> None:
    person = Naming("hanna ruth bell", "Hanna Ruth Bell", None, 5, articles=5)
    assert len(speakers(body("HRB"), person)) == 2


def test_what_a_user_has_set_apart_stays_apart() -> None:
    assert len(speakers(body("HRB"), body("Harbour River Board"), pins={"hrb": "hrb"})) == 2

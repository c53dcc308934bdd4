"""A definite title is the one who holds it, or nobody."""

from __future__ import annotations

import pytest

from qa.attribution.people import find_people
from qa.attribution.titles import fits_epithet, holder, is_epithet, is_title


def held(phrase: str, text: str) -> str | None:
    person = holder(phrase, find_people(text))
    return person.name if person else None


@pytest.mark.parametrize("phrase", ["the mayor", "The museum’s director", "its chairman", "the Ohio senator"])
def test_a_definite_phrase_with_an_office_is_a_title(phrase: str) -> None:
    assert is_title(phrase)


@pytest.mark.parametrize("phrase", ["a mayor", "mayor", "the bridge", "The Ostrel Star"])
def test_whatever_is_indefinite_or_no_office_is_none(phrase: str) -> None:
    assert not is_title(phrase)


def test_what_the_article_itself_calls_somebody_is_a_title_there() -> None:
    assert not is_title("the glazier")
    assert is_title("the glazier", {"glazier"})


@pytest.mark.parametrize("phrase", ["the 34-year-old", "the billionaire", "the 50-year-old woman"])
def test_an_epithet_takes_somebody_up_without_an_office(phrase: str) -> None:
    assert is_epithet(phrase)
    assert not is_epithet(phrase.replace("the", "a"))


TWO = "French President Ada Voss met Polish President Jan Holt and Sen. Tomas Reck (R-Ohio)."


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the French president", "Ada Voss"),
        ("the Polish leader", "Jan Holt"),
        ("the Ohio senator", "Tomas Reck"),
        ("the Republican lawmaker", "Tomas Reck"),
        ("the president", None),
        ("the vice president", None),
        ("the German president", None),
    ],
)
def test_a_title_is_the_only_one_who_has_all_of_it(phrase: str, name: str | None) -> None:
    assert held(phrase, TWO) == name


def test_of_two_who_hold_a_title_the_one_who_is_named_far_more_often_is_meant() -> None:
    text = "President Ada Voss met President Jan Holt."
    assert held("the president", text) is None
    assert held("the president", f"{text} Voss spoke. Voss left. Voss slept.") == "Ada Voss"


def test_of_two_who_hold_a_title_the_one_who_stands_beside_is_meant() -> None:
    text = "President Ada Voss met President Jan Holt."
    beside = holder("the president", find_people(text), range(text.index("Jan"), len(text)))
    assert beside is not None
    assert beside.name == "Jan Holt"


def test_nothing_that_is_said_of_somebody_may_speak_against_an_epithet() -> None:
    reck, *_ = find_people("Sen. Tomas Reck (R-Ohio) left.")
    assert fits_epithet("the Republican", reck, 3)
    assert not fits_epithet("the Democrat", reck, 3)
    assert not fits_epithet("the Texas lawmaker", reck, 3)
    assert not fits_epithet("the billionaire", reck, 3)
    assert fits_epithet("the candidate", reck, 3)
    assert not fits_epithet("the candidate", reck, 2)

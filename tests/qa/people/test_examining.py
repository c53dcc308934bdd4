"""Speakers become proposals to merge and to split, each with its reason."""

from __future__ import annotations

import pytest

from qa.people import profiles_of
from qa.people.examining import Proposal, proposals
from qa.people.spelling import folded_name
from qa.types import Naming


def naming(name: str, statements: int = 1, role: str | None = None, *, organisation: bool = False) -> Naming:
    return Naming(folded_name(name), name, role, statements, articles=statements, organisation=organisation)


def proposed(*namings: Naming, pins: dict[str, str] | None = None) -> list[Proposal]:
    return proposals(profiles_of(namings, pins or {}), namings, pins or {})


@pytest.mark.parametrize(
    ("name", "other", "organisation", "reason"),
    [
        ("Harbour Board", "Harbour Board on Monday", True, "with “on monday”"),
        ("Tomas Reck", "Watch Tomas Reck", False, "with “watch”"),
        ("Leonora Quill", "Leonara Quill", False, "one letter"),
        ("Tomas Reck", "T. Reck", False, "initial"),
    ],
)
def test_what_may_be_one_is_proposed_with_its_reason(name: str, other: str, organisation: bool, reason: str) -> None:
    [one] = proposed(naming(name, 5, organisation=organisation), naming(other, 2, organisation=organisation))
    assert (one.how, one.name, one.other, one.statements) == ("merge", name, other, 2)
    assert reason in one.reason


@pytest.mark.parametrize(
    "names",
    [
        ("Tomas Reck", "Thea Reck"),
        ("Tomas Reck", "Thea Reck", "T. Reck"),
        ("Tomas Reck", "Ada Voss"),
        ("Daniel Voss", "Danielle Voss"),
        ("Tomas Reck", "Tomas Reck Jr."),
    ],
)
def test_what_is_two_or_may_be_either_is_not_proposed(names: tuple[str, ...]) -> None:
    assert proposed(*map(naming, names)) == []


def test_what_many_bodies_are_called_is_none_of_them() -> None:
    names = ("Supreme Court", "Marrow Supreme Court", "Ostrel Supreme Court")
    assert proposed(*(naming(name, organisation=True) for name in names)) == []
    [one] = proposed(*(naming(name, organisation=True) for name in (*names, "U.S. Supreme Court")))
    assert {one.name, one.other} == {"Supreme Court", "U.S. Supreme Court"}


def test_capitals_that_were_read_as_a_person_are_proposed_to_be_the_body() -> None:
    [one] = proposed(naming("Marine Rescue Office", 5, organisation=True), naming("MRO", 2))
    assert (one.name, one.other) == ("Marine Rescue Office", "MRO")
    assert "begin with MRO" in one.reason


def test_a_lone_surname_is_proposed_to_be_its_only_bearers() -> None:
    [one] = proposed(naming("Tomas Reck", 4, "harbour master"), naming("Reck", 2, "singer"))
    assert (one.how, one.name, one.other) == ("merge", "Tomas Reck", "Reck")


def test_a_spelling_with_other_roles_is_proposed_to_stand_apart() -> None:
    both = (naming("Tomas Reck", 4, "harbour master"), naming("Tomas K. Reck", 1, "singer"))
    [one] = [each for each in proposed(*both) if each.how == "split"]
    assert (one.name, one.other) == ("Tomas Reck", "Tomas K. Reck")
    assert one.reason == "articles call “Tomas K. Reck” singer, and the others harbour master"


def test_what_a_user_has_decided_is_not_proposed_again() -> None:
    pins = {folded_name("T. Reck"): folded_name("T. Reck")}
    assert proposed(naming("Tomas Reck", 4), naming("T. Reck"), pins=pins) == []

"""Outlets by name: which one is meant, which is lacking."""

from __future__ import annotations

import pytest

from qa.answering import is_outlets_name, lacking_outlets, outlets_called

KNOWN = ("The Harrowmere Courier", "Lindenhoe Courier", "Ostrel Valley Gazette")


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        ("the Courier", KNOWN[:2]),
        ("harrowmere courier", KNOWN[:1]),
        ("Ostrel Valley Gazette", KNOWN[2:]),
        ("Courier", ()),
        ("the Valley", ()),
        ("the", ()),
        ("the mayor", ()),
    ],
)
def test_an_outlet_is_called_by_its_name_or_the_end_of_it(asked: str, called: tuple[str, ...]) -> None:
    assert outlets_called(asked, KNOWN) == called


@pytest.mark.parametrize(
    ("asked", "is_one"),
    [
        ("the Financial Times", True),
        ("Reuters", True),
        ("die Süddeutsche Zeitung", True),
        ("the Harrowmere Courrier", True),
        ("Lady Gaga", False),
        ("the mayor of Harrowmere", False),
        ("the", False),
    ],
)
def test_an_outlet_that_is_lacking_is_known_by_what_outlets_are_called(asked: str, is_one: bool) -> None:
    assert is_outlets_name(asked, KNOWN) is is_one


def test_of_outlets_that_lack_the_nearest_comes_first() -> None:
    lacking = lacking_outlets(["Ostrel Gazette"], KNOWN)
    assert lacking
    assert (lacking.words, lacking.instead[0]) == ("Ostrel Gazette", "Ostrel Valley Gazette")

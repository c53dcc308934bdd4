"""Outlets by name: which one is meant, which is lacking."""

from __future__ import annotations

import pytest

from qa.answering import lacking_outlets, outlets_called

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


def test_of_outlets_that_lack_the_nearest_comes_first() -> None:
    lacking = lacking_outlets(["Ostrel Gazette"], KNOWN)
    assert lacking
    assert (lacking.words, lacking.instead[0]) == ("Ostrel Gazette", "Ostrel Valley Gazette")

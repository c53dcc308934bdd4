"""The thing that a question leaves for an "it" that comes after."""

from __future__ import annotations

import pytest

from qa.questions.things import is_of_a_thing, thing_in


@pytest.mark.parametrize(
    ("asked", "thing"),
    [
        ("Where is the library?", "the library"),
        ("Where is the finance committee?", "the finance committee"),
        ("How many people does the ferry company employ?", "the ferry company"),
        ("When did the fire at the school start?", "the fire at the school"),
        ("When was the ferry closed?", "the ferry"),
        ("Why did the council close the Tamble ferry?", "the Tamble ferry"),
        ("How much did the new wing of the hospital cost?", "the new wing of the hospital"),
        ("When was the fire at the school?", "the fire at the school"),
        ("When was the storm in Port Ellery?", "the storm in Port Ellery"),
        ("What is the population of Port Ellery?", "the population of Port Ellery"),
        ("Did the pilots make it to television?", "the pilots"),
        ("Was the tour successful?", None),
        ("Who is Ilse Varnholt?", None),
        ("Why?", None),
    ],
)
def test_the_thing_is_found_without_the_verb(asked: str, thing: str | None) -> None:
    assert thing_in(asked) == thing


@pytest.mark.parametrize(
    ("asked", "means_one"),
    [
        ("when does it open?", True),
        ("how much did it cost?", True),
        ("What is its budget?", True),
        ("how long does it take to get there?", False),
        ("Is it true that he left?", False),
        ("Who said “it is not easy”?", False),
        ("When did the council say it would decide?", False),
        ("Does Tamble Crossings say why it lost money?", False),
        ("who voted?", False),
    ],
)
def test_it_means_a_thing_from_before_only_where_nothing_nearer_is_meant(asked: str, means_one: bool) -> None:
    assert bool(is_of_a_thing(asked)) is means_one

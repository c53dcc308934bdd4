"""A noun phrase is the organisation that it names, or takes up again, or none."""

from __future__ import annotations

import pytest

from qa.attribution.organisations import Organisations

TEXT = (
    "The International Monetary Fund met the Lower Ostrel Times. The Blue Strand Lines company came. Experts and "
    "voters came. A poll was out. Officials were late, and so was the harbour."
)


def named(phrase: str, text: str = TEXT, last: str | None = None) -> str | None:
    return Organisations(text, last).named(phrase, len(text))


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("The White House", "White House"),
        ("U.S. officials", "U.S. officials"),
        ("the Saudi government", "Saudi government"),
        ("Police", "Police"),
        ("Moscow", "Moscow"),
        ("the IMF", "International Monetary Fund"),
        ("the Times", "Lower Ostrel Times"),
        ("the fund", "International Monetary Fund"),
        ("Congress", "Congress"),
        ("the Harbour Trust in Sandle", "Harbour Trust"),
    ],
)
def test_a_body_has_its_longest_name(phrase: str, name: str) -> None:
    assert named(phrase) == name


@pytest.mark.parametrize(
    "phrase", ["experts", "Experts", "the poll", "Officials", "Many officials", "Reck and the Guild", "", "the harbour"]
)
def test_crowds_documents_and_nouns_are_none(phrase: str) -> None:
    assert named(phrase) is None


def test_the_company_is_the_one_that_spoke_last_else_the_nearest_with_the_noun() -> None:
    assert named("the company", last="Tamble Crossings") == "Tamble Crossings"
    assert named("the company") == "Blue Strand Lines company"
    assert named("the union", last="Tamble Crossings") is None
    assert named("a company", last="Tamble Crossings") is None


def test_which_is_the_body_that_ends_right_before_it() -> None:
    text = "They asked the Ostrel Police Department, which"
    assert Organisations(text).nearest(text.index("which")) == "Ostrel Police Department"
    assert Organisations("They asked experts, which").nearest(19) is None

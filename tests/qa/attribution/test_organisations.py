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


def test_a_paper_is_taken_up_by_what_it_is() -> None:
    known = Organisations("Rain fell. It was wet, said Harbourlight. The paper disagreed, and so did the agency.")
    known.spoke("Harbourlight", 23)
    assert known.reported("the paper", 40) == "Harbourlight"
    assert known.reported("The magazine", 40) == "Harbourlight"
    assert known.reported("a paper", 40) is None
    assert known.reported("the green paper", 40) is None
    assert known.reported("the paper", 4000) is None


@pytest.mark.parametrize("name", ["Harbour Council", "FDA", "Moscow", "Ministry of Tides", "Ostrel diplomats"])
def test_what_is_no_paper_is_not_taken_up_as_one(name: str) -> None:
    known = Organisations(f"Rain fell. It was wet, said {name}. The paper disagreed.")
    known.spoke(name, 23)
    assert known.reported("the paper", 40) is None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Channel 4", "Channel 4"),
        ("France 24", "France 24"),
        ("the Council on Tidal Affairs", "Council on Tidal Affairs"),
        ("the Harbour Trust on Monday", "Harbour Trust"),
        ("the Harbour Trust on December 13", "Harbour Trust"),
        ("The Sunday Times", "Sunday Times"),
    ],
)
def test_a_name_keeps_its_number_and_what_it_is_on(phrase: str, name: str) -> None:
    assert Organisations("It rained.").named(phrase, 9) == name


def test_a_paper_may_be_called_like_people_where_its_article_shows_a_name() -> None:
    assert Organisations("It rained, said The Ferry Pilot. It was late.").paper("The Ferry Pilot") == "Ferry Pilot"
    assert Organisations("The pilot left. The Pilot said so.").paper("The Pilot") is None
    assert Organisations("He left, The President said.").paper("The President") is None

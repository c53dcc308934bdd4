"""Places and parties have one spelling each, whatever an article calls them."""

from __future__ import annotations

import pytest

from qa.attribution.places import BELONGING, PARTIES, facts_of, is_place, spellings_of


@pytest.mark.parametrize(
    ("phrase", "facts"),
    [
        ("the South Carolina senator", {"south-carolina", "senator"}),
        ("R-S.C.", {"republican", "south-carolina"}),
        ("D", {"democratic"}),
        ("Ukraine’s president", {"ukraine", "president"}),
        ("the former German chancellor", {"germany", "chancellor"}),
        ("South Korean envoy", {"south-korea", "envoy"}),
        ("West Virginia", {"west-virginia"}),
        ("", set()),
    ],
)
def test_what_a_phrase_says_is_in_one_spelling(phrase: str, facts: set[str]) -> None:
    assert facts_of(phrase) == facts


@pytest.mark.parametrize("word", ["German", "Kyiv", "N.C.", "the hague", "GOP"])
def test_countries_states_and_parties_are_known_by_every_name(word: str) -> None:
    assert is_place(word)


@pytest.mark.parametrize("word", ["Ostrel", "German chancellor", ""])
def test_other_words_are_none(word: str) -> None:
    assert not is_place(word)


def test_every_spelling_leads_back_to_its_place() -> None:
    assert spellings_of("poland") == ("poland", "polish", "warsaw")
    assert spellings_of("ostrel") == ()
    for place in BELONGING:
        assert all(place in facts_of(spelling) for spelling in spellings_of(place))
    assert PARTIES < BELONGING

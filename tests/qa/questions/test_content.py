"""What a question asks for beside its words."""

from __future__ import annotations

import pytest

from qa.questions import asks_for_several, names_in, several_things


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which regions are they to cede?", True),
        ("WHICH REGIONS ARE THEY TO CEDE?", True),
        ("Which people were named?", True),
        ("what two harbour towns were flooded", True),
        ("On which days was it shut?", True),
        ("Which region is to be ceded?", False),
        ("What has the council ruled out?", False),
        ("What was lost?", False),
        ("What does it cost?", False),
        ("Which process is it?", False),
        ("Which bus goes to the harbour?", False),
        ("Who are the ministers?", False),
    ],
)
def test_several_things_are_asked_for_by_a_plural(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


@pytest.mark.parametrize(
    ("topic", "bare"),
    [("the jets", "jets"), ("people", "people"), ("the budget", None), ("the crisis", None), ("the Tories", None)],
)
def test_a_topic_is_several_things_or_one(topic: str, bare: str | None) -> None:
    assert several_things(topic) == bare


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which mayor is Ilse Varnholt?", ["Ilse Varnholt"]),
        ("Welche Regionen soll Harrow abtreten?", []),
        ("Wann wurde Ilse Varnholt gewählt?", ["Ilse Varnholt"]),
        ("What Did Ilse Varnholt Say?", []),
    ],
)
def test_a_word_that_asks_is_no_part_of_a_name(question: str, names: list[str]) -> None:
    assert names_in(question) == names

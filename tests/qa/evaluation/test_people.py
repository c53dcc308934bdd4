"""How well an archive's speakers are gathered is counted."""

from __future__ import annotations

from datetime import date

from qa.evaluation.people import Score, half_of, sample, surnames
from qa.people import profiles_of
from qa.types import Naming

DAY = date(2024, 4, 1)


def test_names_are_given_back_to_their_bearers_by_the_other_articles() -> None:
    told = [("tomas reck", at, DAY) for at in range(10)] + [("thea reck", 10, DAY)]
    half, other = half_of("reck"), {"tune": "report", "report": "tune"}[half_of("reck")]
    assert surnames(told) == {half: Score(right=10, wrong=1), other: Score()}


def test_a_name_whose_article_names_another_bearer_is_not_taken_away() -> None:
    told = [("tomas reck", at, DAY) for at in range(10)] + [("thea reck", 0, DAY)]
    assert surnames(told)[half_of("reck")] == Score(right=9)


def test_a_surname_with_one_bearer_is_not_counted() -> None:
    assert surnames([("tomas reck", at, None) for at in range(10)]) == {"tune": Score(), "report": Score()}


def test_a_sample_is_drawn_from_those_who_say_most_and_is_the_same_each_time() -> None:
    profiles = profiles_of([Naming(f"reck {at}", f"Reck {at}", None, 900 - at) for at in range(800)], {})
    drawn = sample(profiles)
    assert drawn == sample(profiles)
    assert len(drawn) == 200
    assert all(place <= 500 and profiles[place - 1] is one for place, one in drawn)

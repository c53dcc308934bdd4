"""Cases are made by rule and counted."""

from __future__ import annotations

from qa.evaluation.damaged import ALTERATIONS, DAMAGES, Case, cases, render
from qa.verification import Verdict
from tests.newsprint import HARBOUR, article


def test_the_same_seed_makes_the_same_cases_half_of_them_damaged() -> None:
    made = list(cases([article(HARBOUR)], 40, 3))
    assert made == list(cases([article(HARBOUR)], 40, 3))
    assert made != list(cases([article(HARBOUR)], 40, 4))
    assert sum(one.damage for one in made) == 20
    assert {one.done for one in made} <= {*DAMAGES, *ALTERATIONS}
    assert not [one for one in made if one.quotation in HARBOUR]


def test_damage_called_altered_is_a_false_alarm_and_an_alteration_called_damaged_is_missed() -> None:
    told = [
        (Case("a", "a space lost", True), Verdict.ALTERED),
        (Case("b", "a space lost", True), Verdict.DAMAGED),
        (Case("c", "a word dropped", False), Verdict.DAMAGED),
        (Case("d", "a word dropped", False), Verdict.ABSENT),
    ]
    page = render(told, 1, 7)
    assert "| **damaged**: false alarms | 2 | 1 of 2, 50.0 % |" in page
    assert "| **altered**: missed | 2 | 1 of 2, 50.0 % |" in page

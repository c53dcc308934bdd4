"""Cases are made by rule and counted."""

from __future__ import annotations

from qa.evaluation.damaged import ALTERATIONS, DAMAGES, Case, Swap, cases, render, swaps
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
    page = render(told, [(Swap("a", "b"), Verdict.DAMAGED), (Swap("a", "c"), Verdict.ALTERED)], 1, 7)
    assert "| **damaged**: false alarms | 2 | 1 of 2, 50.0 % |" in page
    assert "| **altered**: missed | 2 | 1 of 2, 50.0 % |" in page
    assert "2; taken for damage: 1." in page


def test_names_that_scans_confuse_stand_in_each_others_place_where_articles_have_both() -> None:
    told = [f"On day {day} the warden met {name} and nobody else." for day in range(3) for name in ("Hecker", "Becker")]
    once = ["Then the warden met Hauer.", "Then the warden met Bauer.", "Then she met Hill, and Hlll was misprinted."]
    made = list(swaps([article(text) for text in (*told, *once)]))
    assert made == [Swap(told[0], told[1]), Swap(told[1], told[0])]

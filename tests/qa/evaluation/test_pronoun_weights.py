"""Weights are learnt from pronouns whose person is known, and stay where nothing speaks against them."""

from __future__ import annotations

import pytest

from qa.attribution.pronouns import FITTED
from qa.evaluation.pronoun_weights import Example, fit, of_row
from qa.evaluation.pronouns import Row

TEXT = "Ilse Varn met Anna Holt in May. Varn said that she was late."
ANNA = TEXT.index("Anna")


def row(*, ilse: bool, anna: bool) -> Row:
    return Row(TEXT, "she", TEXT.index("she"), (("Ilse Varn", 0, ilse), ("Anna Holt", ANNA, anna)))


@pytest.mark.parametrize(
    ("ilse", "anna", "right"),
    [(True, False, [True, False, False]), (False, True, [False, True, False]), (False, False, [False, False, True])],
)
def test_of_a_row_whoever_is_meant_is_right_or_everybody_else(ilse: bool, anna: bool, right: list[bool]) -> None:
    example = of_row(row(ilse=ilse, anna=anna), FITTED)
    assert example is not None
    assert list(example.right) == right


def test_a_weight_goes_where_the_right_choices_have_its_sign_and_no_further_than_the_pull_lets_it() -> None:
    one = Example((({"near": 1.0},), ({"far": 1.0}, {"far": 2.0}), ({"nothing": 1.0},)), (True, False, False))
    free, held = (fit([one] * 4, FITTED, FITTED, pull, steps=80) for pull in (0.001, 100.0))
    assert free["near"] > 1
    assert free["far"] < 0 < held["near"] + 0.1
    assert abs(held["near"]) < 0.1
    assert held["subject"] == pytest.approx(FITTED["subject"], abs=0.05)

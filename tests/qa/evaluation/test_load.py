from __future__ import annotations

from qa.evaluation.load import Asked, table


def test_good_answers_refusals_and_late_ones_are_told_apart() -> None:
    asked = [Asked(200, 1.0, False), Asked(200, 3.0, False), Asked(503, 0.1, True), Asked(504, 9.0, False)]
    row = table([(16, asked)], 4).splitlines()[-1]
    assert row == "| 16 | 0.50 | 2.00 | 2.90 | 25% | 1 of 1 | 0.10 | 1 |"


def test_nobody_answered_is_a_row_too() -> None:
    assert table([(1, [])], 1).splitlines()[-1] == "| 1 | 0.00 | 0.00 | 0.00 | 0% | 0 of 0 | 0.00 | 0 |"

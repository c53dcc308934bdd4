"""Abstaining is measured by what it costs and what it buys."""

from __future__ import annotations

import pytest

from qa.evaluation.abstention import Judged, calibration_error, coverage_at, lowest_safe, risk_curve

SURE = [Judged(0.9, True)] * 5 + [Judged(0.6, True), Judged(0.6, False)] + [Judged(0.2, False)] * 3


def test_the_curve_counts_the_surest_answers_first() -> None:
    curve = risk_curve(SURE)
    assert [wrong for _, _, wrong in curve[:6]] == [0] * 6
    assert curve[-1] == pytest.approx((1.0, 0.2, 0.4))


def test_coverage_is_the_most_that_can_be_answered_at_an_accuracy() -> None:
    assert coverage_at(SURE, 1.0) == 0.6
    assert coverage_at(SURE, 0.6) == 1.0
    assert coverage_at([Judged(0.9, False)], 0.5) == 0


def test_a_confidence_that_is_the_share_of_right_answers_has_no_calibration_error() -> None:
    assert calibration_error([Judged(0.75, True)] * 3 + [Judged(0.75, False)]) == pytest.approx(0)
    assert calibration_error([Judged(1.0, False)]) == pytest.approx(1)


def test_the_threshold_keeps_both_promises() -> None:
    assert lowest_safe(SURE, [0.1] * 10, wrong=0.2, false=0.1) == pytest.approx(0.21)
    assert lowest_safe(SURE, [0.7] * 10, wrong=0.2, false=0.1) == pytest.approx(0.71)
    assert lowest_safe(SURE, [], wrong=0.0, false=0.1) == pytest.approx(0.61)
    assert lowest_safe([Judged(1.0, False)], [], wrong=0.0, false=0.0) == 1.0

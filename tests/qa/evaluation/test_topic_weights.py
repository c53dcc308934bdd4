"""Weights are fitted to lists that were counted by hand."""

from __future__ import annotations

import numpy as np

from qa.evaluation.topic_weights import Listed, fit


def listed(*rows: tuple[float, float, bool]) -> Listed:
    return Listed(frozenset(), np.array([row[:2] for row in rows]), np.array([row[2] for row in rows]))


def test_a_sign_that_tells_weighs_more_than_one_that_does_not() -> None:
    lists = [listed((1.0, 0.0, True), (0.9, 1.0, True), (0.1, 0.0, False), (0.0, 1.0, False)) for _ in range(5)]
    intercept, tells, idle = fit(lists, slice(0, None))
    assert intercept < 0 < tells
    assert abs(idle) < tells / 5

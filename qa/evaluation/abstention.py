"""Answers with their confidence and whether they are right -> what abstaining costs and buys.

Shares are between 0 and 1. Coverage is the share of questions that are answered, surest first.

What this does not know: what was asked, and which threshold is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Judged", "calibration_error", "coverage_at", "lowest_safe", "risk_curve"]

_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The best answer to one question: how sure, and whether it is right."""

    confidence: float
    right: bool


def risk_curve(judged: Sequence[Judged], points: int = 10) -> list[tuple[float, float, float]]:
    """For each tenth of the questions, surest first: (coverage, least confidence, share of the answered wrong)."""
    ranked = sorted(judged, key=lambda one: -one.confidence)
    curve = []
    for point in range(1, points + 1):
        answered = ranked[: max(1, round(len(ranked) * point / points))]
        wrong = sum(not one.right for one in answered) / len(answered)
        curve.append((len(answered) / len(ranked), answered[-1].confidence, wrong))
    return curve


def coverage_at(judged: Sequence[Judged], accuracy: float) -> float:
    """The greatest coverage at which at least a share of ``accuracy`` of the answered is right."""
    ranked = sorted(judged, key=lambda one: -one.confidence)
    right, best = 0, 0
    for count, one in enumerate(ranked, start=1):
        right += one.right
        if right >= accuracy * count:
            best = count
    return best / len(ranked)


def calibration_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error over ten bins of equal width."""
    error = 0.0
    for low in range(_BINS):
        held = [one for one in judged if low <= min(_BINS - 1e-9, _BINS * one.confidence) < low + 1]
        error += abs(sum(one.confidence for one in held) - sum(one.right for one in held))
    return error / len(judged)


def lowest_safe(inside: Sequence[Judged], outside: Sequence[float], wrong: float, false: float) -> float:
    """Choose the lowest threshold, in steps of 0.01, that keeps both promises.

    Args:
        inside: answers to questions that the archive may answer.
        outside: confidences for questions that it does not.
        wrong: most of the answers given inside may be wrong.
        false: most of the questions outside may be answered.
    """
    for step in range(101):
        given = [one for one in inside if one.confidence >= step / 100]
        answered = sum(sure >= step / 100 for sure in outside)
        if sum(not one.right for one in given) <= wrong * len(given) and answered <= false * len(outside):
            return step / 100
    return 1.0

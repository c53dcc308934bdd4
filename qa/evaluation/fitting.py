"""Questions with known answers -> the sentence reader's weights and the calibration of its margins.

The reader's model is one choice among the sentences read and "no answer", which has one constant score:
``softmax(weights x features)``. Where several sentences are right, their probabilities add up. The calibration is a
logistic regression of "the best candidate is right" on its margin, the span reader's confidence one of "the proposal is
right" on its features. All are convex, and fitted by L-BFGS with a small
pull towards zero.

What this does not know: whether other questions are like these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.answering.calibration import Calibration
from qa.reading.sentence import WEIGHTS

if TYPE_CHECKING:
    import torch

__all__ = ["Example", "fit_calibration", "fit_confidence", "fit_line", "fit_reader", "lowest_threshold"]

_PULL = 1e-3


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features (sentences, WEIGHTS), and which sentences are right."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]


def fit_reader(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Fit the weights of the features and the score of no answer."""
    import torch

    longest = max(len(example.features) for example in examples)
    features = torch.zeros(len(examples), longest, len(WEIGHTS), dtype=torch.float64)
    there = torch.zeros(len(examples), longest, dtype=torch.bool)
    right = torch.zeros(len(examples), longest, dtype=torch.bool)
    for row, example in enumerate(examples):
        features[row, : len(example.features)] = torch.tensor(example.features)
        there[row, : len(example.features)] = True
        right[row, : len(example.right)] = torch.tensor(example.right)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        scores = (features @ weights[:-1]).masked_fill(~there, -1e9)
        nothing = weights[-1].expand(len(examples))
        everything = torch.logsumexp(torch.cat([scores, nothing[:, None]], dim=1), dim=1)
        answered = torch.logsumexp(scores.masked_fill(~right, -1e9), dim=1)
        return (everything - torch.where(right.any(dim=1), answered, nothing)).mean()

    *fitted, nothing = (round(weight, 2) for weight in _minimise(loss, len(WEIGHTS) + 1))
    return dict(zip(WEIGHTS, fitted, strict=True)), nothing


def fit_calibration(margins: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Fit the probability that the best candidate is right; the threshold is left at a half."""
    intercept, margin = (round(weight, 2) for weight in _fit_logistic([[margin] for margin in margins], right))
    return Calibration(intercept, margin, threshold=0.5)


def fit_confidence(
    described: Sequence[Mapping[str, float]], right: Sequence[bool], against: Collection[str] = ()
) -> tuple[float, dict[str, float]]:
    """Fit the probability that a proposal is right to its features; return the intercept and the weights by name.

    Features in ``against`` may only lower it and the others only raise it: one that comes out the other way stands for
    something else and is left out, the most harmful first.
    """
    names = sorted(described[0])
    while True:
        rows = np.array([[one[name] for name in names] for one in described])
        intercept, *weights = _fit_logistic(rows.tolist(), right)
        effects = {name: (-1 if name in against else 1) * weight for name, weight in zip(names, weights, strict=True)}
        worst = min(names, key=lambda name: effects[name] * float(rows[:, names.index(name)].std()))
        if effects[worst] >= 0:
            return intercept, dict(zip(names, weights, strict=True))
        names.remove(worst)


def fit_line(values: Sequence[float], right: Sequence[bool], importance: Sequence[float]) -> tuple[float, float]:
    """Fit shift and slope of a logistic model of one value, where some examples count more than others."""
    shift, slope = _fit_logistic([[value] for value in values], right, importance)
    return shift, slope


def _fit_logistic(
    rows: Sequence[Sequence[float]], right: Sequence[bool], importance: Sequence[float] | None = None
) -> list[float]:
    import torch

    counts = torch.tensor(importance, dtype=torch.float64) if importance else None
    inputs = torch.tensor([[1.0, *row] for row in rows], dtype=torch.float64)
    target = torch.tensor([float(one) for one in right], dtype=torch.float64)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weights, target, counts)

    return [round(weight, 3) for weight in _minimise(loss, len(rows[0]) + 1)]


def lowest_threshold(unanswerable: Sequence[float], false: float) -> float:
    """Choose the lowest confidence, in steps of 0.01, that at most a share of ``false`` of the unanswerable reach."""
    steps = (step / 100 for step in range(101))
    return next(step for step in steps if sum(sure >= step for sure in unanswerable) <= false * len(unanswerable))


def _minimise(loss: Callable[[torch.Tensor], torch.Tensor], size: int) -> list[float]:
    import torch

    weights = torch.zeros(size, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss(weights) + _PULL * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return [float(weight) for weight in weights.detach()]

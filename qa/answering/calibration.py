"""Evidence becomes a confidence between 0 and 1: a logistic model of the margin, and the threshold that goes with it.

Promise: the confidence rises with the margin, and among questions like those that it was fitted on about that share
of answers is right. The lexical evidence (words, names and numbers of the question) is in the reader's margin.

What it does not know: whether these questions are like those. Each reader has margins of its own and needs a
calibration of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from qa.types import Candidate

__all__ = ["SENTENCE_READER", "Calibration"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a reader's margin becomes a confidence, and the lowest confidence that is answered."""

    intercept: float
    margin: float
    threshold: float

    def confidence(self, candidate: Candidate) -> float:
        """Return the probability that the candidate answers the question."""
        logit = self.intercept + self.margin * candidate.margin
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


# Fitted by `python -m qa.evaluation.answers DATA --limit 500 --fit`: see docs/results.
SENTENCE_READER = Calibration(intercept=0.56, margin=1.09, threshold=0.22)

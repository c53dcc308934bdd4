"""Evidence becomes a confidence between 0 and 1: a logistic model of two features, and the threshold that goes with it.

Promise: the confidence rises with both features, and among questions like those that it was fitted on about that share
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
    """Weights of a candidate's margin and of its passage's cosine with the question; the lowest confidence answered."""

    intercept: float
    margin: float
    similarity: float
    threshold: float

    def confidence(self, candidate: Candidate) -> float:
        """Return the probability that the candidate answers the question."""
        similarity = candidate.hit.similarity or 0.0
        logit = self.intercept + self.margin * candidate.margin + self.similarity * similarity
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


SENTENCE_READER = Calibration(intercept=-2.0, margin=0.6, similarity=2.0, threshold=0.4)

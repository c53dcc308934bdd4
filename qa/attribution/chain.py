"""Scores of labels word by word -> the best allowed sequence of labels, and how likely each label is.

A linear chain (Lafferty, McCallum and Pereira 2001): a sequence scores what its words give and what its transitions do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chain", "Floats"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """Scores of a first label, of a label behind another (label, next label), and of a last one."""

    begins: Floats
    follows: Floats
    ends: Floats

    def best(self, scores: Floats) -> NDArray[np.int64]:
        """The best sequence (Viterbi) for ``scores`` (words, labels)."""
        if not len(scores):
            return np.zeros(0, dtype=np.int64)
        total = self.begins + scores[0]
        came: list[NDArray[np.int64]] = []
        for here in scores[1:]:
            reached = total[:, None] + self.follows
            came.append(reached.argmax(axis=0))
            total = reached.max(axis=0) + here
        labels = [int((total + self.ends).argmax())]
        for origins in reversed(came):
            labels.append(int(origins[labels[-1]]))
        return np.array(labels[::-1], dtype=np.int64)

    def likelihoods(self, scores: Floats) -> Floats:
        """How likely each label is at each word (forward-backward): (words, labels)."""
        if not len(scores):
            return scores
        weights = np.exp((scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
        moves = np.exp(self.follows.astype(np.float64))
        forward, backward = np.empty_like(weights), np.empty_like(weights)
        here = np.exp(self.begins.astype(np.float64)) * weights[0]
        forward[0] = here / here.sum()
        for place in range(1, len(weights)):
            here = (forward[place - 1] @ moves) * weights[place]
            forward[place] = here / here.sum()
        back = np.exp(self.ends.astype(np.float64))
        backward[-1] = back / back.sum()
        for place in range(len(weights) - 2, -1, -1):
            back = moves @ (backward[place + 1] * weights[place + 1])
            backward[place] = back / back.sum()
        both = forward * backward
        likely: Floats = (both / both.sum(axis=1, keepdims=True)).astype(np.float32)
        return likely

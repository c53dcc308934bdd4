"""Words and cues -> how likely each word is part of the source or the content of each cue.

A link is judged from a projection of the word and one of the cue, from the word's label, and from where the word stands
seen from the cue. The projections come from the network; the rest is small enough for numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.attribution.chain import Floats

__all__ = ["LINKS", "PLACES", "Links", "places"]

LINKS = 3  # none, source, content
_REACHES = np.array([1, 2, 3, 4, 5, 7, 10, 16, 26, 46, 81])  # distances in words, each bucket from here on
_DISTANCES = 2 * len(_REACHES) + 1
PLACES = _DISTANCES + 3 + 3


def places(paragraphs: NDArray[np.int64], cues: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Describe every word's place by three numbers below ``PLACES``: (cues, words, 3).

    The first is the distance in words, before or behind the cue; the second how many other cues stand between (0, 1,
    more); the third how many paragraph borders do.

    Args:
        paragraphs: the number of each word's paragraph.
        cues: words ``[begin, end)`` of every cue of the window, in order.
    """
    words = np.arange(len(paragraphs))
    begins = np.array([begin for begin, _ in cues], dtype=np.int64)
    ends = np.array([end for _, end in cues], dtype=np.int64)
    before = begins[:, None] - words  # (cues, words), positive before the cue
    behind = words - ends[:, None] + 1
    bucket = np.searchsorted(_REACHES, np.maximum(before, behind), side="right")
    distance = np.where(before > 0, bucket, np.where(behind > 0, len(_REACHES) + bucket, 0))
    passed = np.searchsorted(begins, words, side="right")  # cues that begin at a word or before it
    number = np.arange(len(cues))[:, None]
    between = np.where(before > 0, number - passed, np.maximum(passed - number - 1, 0))
    breaks = np.abs(paragraphs - paragraphs[begins][:, None])
    return np.stack((distance, _DISTANCES + np.clip(between, 0, 2), _DISTANCES + 3 + np.clip(breaks, 0, 2)), axis=2)


@dataclass(frozen=True, slots=True)
class Links:
    """The weights of the judgement, as :mod:`qa.training.attribution_network` learns them.

    ``of_place`` (PLACES, width), ``of_tag`` (labels, width), ``judge`` (width, LINKS) with ``bias`` (LINKS,), and
    ``judge_pair`` (paired, LINKS). Projections are ``width + paired`` wide.
    """

    of_place: Floats
    of_tag: Floats
    judge: Floats
    bias: Floats
    judge_pair: Floats

    def likelihoods(self, words: Floats, cues: Floats, tags: Floats, where: NDArray[np.int64]) -> Floats:
        """How likely each word (words, projection) is nothing, source or content to each cue: (cues, words, LINKS).

        Args:
            words: projections of the words.
            cues: projections of the cues, each the mean over its words.
            tags: how likely each label is for each word, without its neighbours.
            where: what :func:`places` says.
        """
        width = len(self.judge)
        mixed = words[:, :width] + tags @ self.of_tag + cues[:, None, :width]
        for kind in range(where.shape[2]):
            mixed += self.of_place[where[:, :, kind]]
        paired = np.einsum("wk,ck,kl->cwl", words[:, width:], cues[:, width:], self.judge_pair, optimize=True)
        judged = np.maximum(mixed, 0.0) @ self.judge + self.bias + paired
        return softmax(judged)


def softmax(scores: Floats) -> Floats:
    """Turn scores into shares of one over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares

"""Evidence becomes a confidence between 0 and 1: logistic models, each with the threshold that goes with it.

Promise: among questions like those that a model was fitted on, about that share of answers is right. The sentence
reader's model (:class:`Calibration`) knows the margin alone, since its reader's margin holds all other evidence; the
span reader's (:class:`SpanConfidence`) also looks at the other proposals, at how passages were found and at the words
around the span, and where a second reader has read them again, :class:`TwiceConfidence` at what it says; both are files
beside the weights that they were fitted for.

What it does not know: whether these questions are like those. Each reader, and each training of the span reader, has
margins of its own and needs a model of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from qa.answering.proposals import Proposal
from qa.errors import ModelMismatch, ModelMissing
from qa.types import Candidate

__all__ = [
    "CONFIDENCE",
    "HIGH",
    "SENTENCE_READER",
    "Calibration",
    "Confidence",
    "SpanConfidence",
    "TwiceConfidence",
    "compared_features_of",
    "features_of",
]

CONFIDENCE = "confidence.json"
HIGH = 0.85  # confidence from which people are told that it is high
_FARTHEST = 12.0  # margins and gaps beyond this say no more

Model = TypeVar("Model")


class Confidence(Protocol):
    """How sure each of a question's proposals is, and from where on an answer is given."""

    @property
    def threshold(self) -> float:
        """The lowest confidence that is answered."""
        ...

    def of(self, proposals: Sequence[Proposal]) -> list[float]:
        """The probability of each of a question's proposals to be right; higher margins come first."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a reader's margin becomes a confidence, and the lowest confidence that is answered."""

    intercept: float
    margin: float
    threshold: float

    def confidence(self, candidate: Candidate) -> float:
        """Return the probability that the candidate answers the question."""
        return _logistic(self.intercept + self.margin * candidate.margin)

    def of(self, proposals: Sequence[Proposal]) -> list[float]:
        """Judge each proposal by its best candidate alone."""
        return [self.confidence(proposal.best) for proposal in proposals]


# Fitted by `python -m qa.evaluation.answers DATA --limit 500 --fit`: see docs/results.
SENTENCE_READER = Calibration(intercept=0.56, margin=1.09, threshold=0.22)


@dataclass(frozen=True, slots=True)
class SpanConfidence:
    """A logistic model over :func:`features_of`.

    ``weights`` are by feature; ``reader`` is the SHA-256 of the weights it was fitted for, ``fitted`` how.
    """

    intercept: float
    weights: Mapping[str, float]
    threshold: float
    reader: str
    fitted: Mapping[str, Any] = field(default_factory=dict)

    def of(self, proposals: Sequence[Proposal]) -> list[float]:
        """Judge each proposal beside the others."""
        return [
            _logistic(self.intercept + sum(weight * features[name] for name, weight in self.weights.items()))
            for features in features_of(proposals)
        ]

    def write(self, folder: Path) -> None:
        """Write the file beside the weights."""
        _write(folder, asdict(self))

    @classmethod
    def read(cls, folder: Path, reader: str) -> SpanConfidence:
        """Read the file beside the weights whose SHA-256 is ``reader``.

        Raises:
            ModelMissing: there is none.
            ModelMismatch: it is damaged, or was fitted for other weights.
        """
        remedy = "Install On Record again, or set QA_READING__READER=sentence."
        return _read(folder, lambda read: cls(**read), {"reader": reader}, remedy)


@dataclass(frozen=True, slots=True)
class TwiceConfidence:
    """What two readers make of a proposal together: a logistic model over :func:`compared_features_of`.

    Where nothing was read again it is the first reader's confidence, which is so from ``sure`` on. ``weights`` are by
    feature; ``second`` is the SHA-256 of the weights that read again, ``first.reader`` that of the first reader's,
    ``fitted`` how.
    """

    first: SpanConfidence
    sure: float
    intercept: float
    weights: Mapping[str, float]
    threshold: float
    second: str
    fitted: Mapping[str, Any] = field(default_factory=dict)

    def of(self, proposals: Sequence[Proposal]) -> list[float]:
        """Judge each proposal beside the others."""
        sure = self.first.of(proposals)
        if not any(_again(proposal) is not None for proposal in proposals):
            return sure
        return [
            _logistic(self.intercept + sum(weight * features[name] for name, weight in self.weights.items()))
            for features in compared_features_of(proposals, sure)
        ]

    def write(self, folder: Path) -> None:
        """Write the file beside the second reader's weights."""
        _write(folder, {**asdict(self), "first": self.first.reader})

    @classmethod
    def read(cls, folder: Path, second: str, first: SpanConfidence) -> TwiceConfidence:
        """Read the file beside the second reader's weights; raises as :meth:`SpanConfidence.read`."""
        remedy = "Install On Record again, or set QA_READING__SECOND=false."
        digests = {"first": first.reader, "second": second}
        return _read(folder, lambda read: cls(**{**read, "first": first}), digests, remedy)


def _write(folder: Path, model: Mapping[str, Any]) -> None:
    (folder / CONFIDENCE).write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


def _read(folder: Path, build: Callable[[dict[str, Any]], Model], digests: Mapping[str, str], remedy: str) -> Model:
    """Build a model from the file in a folder; ``digests`` are of the weights that it has to be fitted for."""
    path = folder / CONFIDENCE
    if not path.is_file():
        raise ModelMissing(f"There is no confidence for the reader at {path}.", remedy=remedy)
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        model = build(read)
        fits = all(read[name] == digest for name, digest in digests.items())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMismatch(f"{path} cannot be read: {error}", remedy=remedy) from error
    if not fits:
        raise ModelMismatch(f"{path} was fitted for other weights than those beside it.", remedy=remedy)
    return model


def features_of(proposals: Sequence[Proposal]) -> list[dict[str, float]]:
    """Describe each of a question's proposals by name: its best candidate, those that agree, and those that do not."""
    margins = [_bounded(proposal.best.margin) for proposal in proposals]
    described = []
    for number, proposal in enumerate(proposals):
        best = proposal.best
        rival = max((margin for other, margin in enumerate(margins) if other != number), default=-_FARTHEST)
        elsewhere = {one.hit.passage.id: one for one in reversed(proposal.candidates) if one is not best}
        elsewhere.pop(best.hit.passage.id, None)
        described.append(
            {
                "margin": margins[number],
                "gap": _bounded(margins[number] - rival),
                "agreement": min(2.0, sum(_logistic(one.margin) for one in elsewhere.values())),
                "similarity": best.hit.similarity or 0.0,
                "first": 1 / best.hit.rank,
                **best.evidence,
            }
        )
    return described


def compared_features_of(proposals: Sequence[Proposal], sure: Sequence[float]) -> list[dict[str, float]]:
    """Describe each of a question's proposals by name: what the first reader is sure of, and what the second says.

    ``again`` is the second network's margin, ``again_gap`` how far it is ahead of the best other one's; a proposal that
    was not read again is ``unread``, and has neither.
    """
    margins = [_again(proposal) for proposal in proposals]
    described = []
    for number, (margin, first) in enumerate(zip(margins, sure, strict=True)):
        others = [other for at, other in enumerate(margins) if other is not None and at != number]
        rival = max(others, default=-_FARTHEST)
        described.append(
            {
                "sure": math.log(first / (1 - first)),
                "again": margin if margin is not None else 0.0,
                "again_gap": _bounded(margin - rival) if margin is not None else 0.0,
                "unread": float(margin is None),
            }
        )
    return described


def _again(proposal: Proposal) -> float | None:
    """The second network's best margin in a proposal; None where it was not read again."""
    read = [one.again for one in proposal.candidates if one.again is not None]
    return _bounded(max(read)) if read else None


def _bounded(value: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, value))


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

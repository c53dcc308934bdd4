"""Questions with known answers -> the span reader's confidence, and from where on it answers.

The model is logistic: the probability that a proposal is right from :func:`qa.answering.calibration.features_of`, over
the five likeliest proposals of each question. The threshold is the lowest at which at most 10 % of the answers given to
questions that the archive may answer are wrong, and at most 10 % of the questions off the archive are answered.

What this does not know: whether other questions are like these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answering import Confidence, SpanConfidence
from qa.answering.calibration import features_of
from qa.answering.proposals import Proposal, proposals
from qa.evaluation.abstention import Judged, lowest_safe
from qa.evaluation.asking import Kind, Situation
from qa.evaluation.fitting import fit_confidence
from qa.evaluation.pools import Case
from qa.protocols import Reader
from qa.types import Candidate

__all__ = ["fit"]

WRONG = 0.1  # most of the answers given on questions that the archive may answer
FALSE = 0.1  # most of the questions off the archive that are answered
_FITTED_ON = 5  # proposals of one question


@dataclass(frozen=True, slots=True)
class _Read:
    """A question's candidates; fitting looks at them several times."""

    situation: Situation
    case: Case
    candidates: list[Candidate]

    def proposals(self) -> list[Proposal]:
        return proposals(self.candidates)

    def is_right(self, proposal: Proposal) -> bool:
        best = proposal.best
        passage = best.hit.passage
        text = best.span.shifted(-passage.span.start).of(passage.text)
        return self.situation.is_right(self.case, passage.article_id, best.span, text)


def fit(listed: Sequence[Situation], reader: Reader, top_k: int) -> SpanConfidence:
    """Fit the logistic model and choose its threshold.

    The threshold is the lowest at which at most 10 % of the answers given inside are wrong and at most 10 % of the
    questions off the archive are answered.
    """
    reads = [
        _Read(
            situation,
            case,
            reader.read(situation.question(case), situation.hits(case, situation.pool.retriever, top_k)),
        )
        for situation in listed
        for case in situation.questions
    ]
    reads = [read for read in reads if read.candidates]
    described, right = [], []
    for read in reads:
        proposed = read.proposals()
        for features, proposal in list(zip(features_of(proposed), proposed, strict=True))[:_FITTED_ON]:
            described.append(features)
            right.append(read.is_right(proposal))
    intercept, weights = fit_confidence(described, right)
    model = SpanConfidence(intercept, weights, 0.5, "")
    return replace(model, threshold=_threshold(reads, model))


def _threshold(reads: Sequence[_Read], model: Confidence) -> float:
    inside, outside = [], []
    for read in reads:
        proposed = read.proposals()
        sure, best = max(zip(model.of(proposed), proposed, strict=True), key=lambda pair: pair[0])
        if read.situation.kind is Kind.ANSWERABLE:
            inside.append(Judged(sure, read.is_right(best)))
        elif read.situation.kind is Kind.OFF:
            outside.append(sure)
    return lowest_safe(inside, outside, WRONG, FALSE)

"""Questions with known answers -> the span reader's confidence, and from where on it answers.

The model is logistic: the probability that the words of a question's likeliest proposal are right, from
:func:`qa.answering.calibration.features_of`. It is then levelled (Platt 1999, "Probabilistic outputs for support vector
machines"): what it says is the share of right answers where three questions in four have an answer. Of those that it
is fitted on two in five do, and what is asked of an archive is seldom made to mislead. Levelling changes no order.

The threshold is the lowest at which at most 8 % of the questions off the archive are answered, and 30 % of those made
unanswerable: less than is promised, since other questions are not like these, and of those made by rule some can be
answered after all. ``--wrong`` adds a bound on the answers given to questions that the archive may answer: the share
that stand in a sentence without a right answer.
What a bound of 10 % would take is noted in any case. On news it costs more than half of the right answers: a newsroom
that wants it sets ``QA_ANSWERING__THRESHOLD``.

Where a second reader reads again what the first is not sure of, a second model of the same kind is fitted to both, over
the questions of which something was read again: it sees the proposals that were, and the likeliest of the others.

What this does not know: whether other questions are like these.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from qa.answering import Confidence, SpanConfidence, TwiceConfidence
from qa.answering.calibration import compared_features_of, features_of
from qa.answering.proposals import Proposal, proposals
from qa.evaluation.abstention import Judged, lowest_safe
from qa.evaluation.asking import Kind, Situation
from qa.evaluation.fitting import fit_confidence, fit_line
from qa.evaluation.pools import Case
from qa.protocols import Reader
from qa.types import Candidate, Span

__all__ = ["fit", "fit_twice"]

Model = TypeVar("Model", SpanConfidence, TwiceConfidence)

CAREFUL = 0.1  # most of the answers given that are wrong, for the threshold that is noted
FALSE = {Kind.OFF: 0.08, Kind.MADE: 0.3}  # most of the questions without an answer that are answered
ANSWERABLE = 0.75  # share of the questions that have an answer, for what a confidence promises
AGAINST = ("echo", "names_absent", "numbers_absent", "unfit")  # features that speak against a proposal


@dataclass(frozen=True, slots=True)
class _Read:
    """A question's candidates; fitting looks at them several times."""

    situation: Situation
    case: Case
    candidates: list[Candidate]

    def proposals(self) -> list[Proposal]:
        """The answers that the candidates give."""
        return proposals(self.candidates)

    def is_right(self, proposal: Proposal) -> bool:
        """Whether the proposal's words are right."""
        return self.situation.is_right(self.case, *_place(proposal.best, proposal.best.span))

    def is_cited(self, proposal: Proposal) -> bool:
        """Whether the sentence that the proposal would be shown in is right."""
        return self.situation.is_cited(self.case, *_place(proposal.best, proposal.best.sentence))


def _place(candidate: Candidate, span: Span) -> tuple[str, Span, str]:
    passage = candidate.hit.passage
    return passage.article_id, span, span.shifted(-passage.span.start).of(passage.text)


def fit(listed: Sequence[Situation], reader: Reader, top_k: int, wrong: float = 1.0) -> SpanConfidence:
    """Fit the logistic model and choose its threshold, with at most a share of ``wrong`` of the answers wrong."""
    reads = _read_all(listed, reader, top_k)
    likeliest = [read.proposals() for read in reads]
    described = [features_of(proposed)[0] for proposed in likeliest]
    right = [read.is_right(proposed[0]) for read, proposed in zip(reads, likeliest, strict=True)]
    model = _levelled(SpanConfidence(*fit_confidence(described, right, AGAINST), 0.5, ""), reads)
    noted = {"threshold for at most 10 % wrong": _threshold(reads, model, CAREFUL)}
    return replace(model, threshold=_threshold(reads, model, wrong), fitted=noted)


def fit_twice(
    listed: Sequence[Situation], reader: Reader, first: SpanConfidence, *, sure: float, top_k: int, wrong: float = 1.0
) -> TwiceConfidence:
    """Fit the model for two readers; ``reader`` reads again what the ``first`` one's confidence is less than ``sure``.

    The threshold is chosen as by :func:`fit`.
    """
    reads = _read_all(listed, reader, top_k)
    described: list[dict[str, float]] = []
    right: list[bool] = []
    for read in reads:
        proposed = read.proposals()
        features = compared_features_of(proposed, first.of(proposed))
        likeliest = sorted(range(len(proposed)), key=lambda number: -features[number]["sure"])
        unread = [number for number in likeliest if features[number]["unread"]]
        for number in likeliest if len(unread) < len(likeliest) else []:
            if number in unread[:1] or number not in unread:
                described.append(features[number])
                right.append(read.is_right(proposed[number]))
    model = TwiceConfidence(first, sure, *fit_confidence(described, right, ("unread",)), 0.5, "")
    model = _levelled(model, reads, [read for read in reads if any(one.again is not None for one in read.candidates)])
    noted = {"threshold for at most 10 % wrong": _threshold(reads, model, CAREFUL)}
    return replace(model, threshold=_threshold(reads, model, wrong), fitted=noted)


def _read_all(listed: Sequence[Situation], reader: Reader, top_k: int) -> list[_Read]:
    reads = [
        _Read(
            situation,
            case,
            reader.read(situation.question(case), situation.hits(case, situation.pool.retriever, top_k)),
        )
        for situation in listed
        for case in situation.questions
    ]
    return [read for read in reads if read.candidates]


def _levelled(model: Model, reads: Sequence[_Read], judged: Sequence[_Read] | None = None) -> Model:
    """The same order of proposals, with the likeliest of a question right as often as is said.

    ``judged`` are those of the questions that the model is for, all of them where it is None.
    """
    sure, right, importance = [], [], []
    share = sum(read.situation.kind is Kind.ANSWERABLE for read in reads) / len(reads)
    for read in reads if judged is None else judged:
        proposed = read.proposals()
        best, likeliest = max(zip(model.of(proposed), proposed, strict=True), key=lambda pair: pair[0])
        sure.append(math.log(best / (1 - best)))
        right.append(read.is_right(likeliest))
        answerable = read.situation.kind is Kind.ANSWERABLE
        importance.append(ANSWERABLE / share if answerable else (1 - ANSWERABLE) / (1 - share))
    shift, slope = fit_line(sure, right, importance)
    weights = {name: round(slope * weight, 3) for name, weight in model.weights.items()}
    return replace(model, intercept=round(shift + slope * model.intercept, 3), weights=weights)


def _threshold(reads: Sequence[_Read], model: Confidence, wrong: float) -> float:
    inside: list[Judged] = []
    without: dict[Kind, list[float]] = {kind: [] for kind in FALSE}
    for read in reads:
        proposed = read.proposals()
        sure, best = max(zip(model.of(proposed), proposed, strict=True), key=lambda pair: pair[0])
        if read.situation.kind is Kind.ANSWERABLE:
            inside.append(Judged(sure, read.is_cited(best)))
        elif read.situation.kind in without:
            without[read.situation.kind].append(sure)
    return max(lowest_safe(inside, without[kind], wrong, most) for kind, most in FALSE.items())

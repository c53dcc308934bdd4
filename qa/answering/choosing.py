"""Candidates become an :class:`Outcome`: the best ones are cited, or none is good enough.

Promises: citations are numbered from 1, best first; what is cited beside the best is nearly as good as the best;
near-identical sentences are one citation. Below the threshold there is no answer, and the nearest sentences are shown
as what they are.

What it does not know: which reader made the candidates; its margins are read through a :class:`Calibration`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answering.calibration import SENTENCE_READER, Calibration
from qa.answering.citing import Find, cite, fold_repeats
from qa.types import Answer, AnswerKind, Article, Candidate, Citation, NoAnswer, NoAnswerReason, Outcome, Question

__all__ = ["answer_from_candidates", "cite_nearest"]

_NEARLY = 0.8  # what is cited beside the best has at least this share of its confidence


def answer_from_candidates(
    question: Question,
    candidates: Sequence[Candidate],
    articles: Mapping[str, Article],
    *,
    threshold: float | None = None,
    max_citations: int = 5,
    nearest: int = 3,
    calibration: Calibration = SENTENCE_READER,
) -> Outcome:
    """Choose what to cite, or refuse.

    Args:
        question: what was asked.
        candidates: a reader's, in any order.
        articles: by id, at least those that the candidates point into.
        threshold: lowest confidence that is answered; None takes the calibration's own.
        max_citations: most citations of an answer.
        nearest: most sentences shown with a refusal.
        calibration: of the reader that made the candidates.
    """
    if not candidates:
        dated = question.published_after or question.published_before
        return NoAnswer(question, NoAnswerReason.OUTSIDE_DATES if dated else NoAnswerReason.NOTHING_FOUND)
    lowest = calibration.threshold if threshold is None else threshold
    ranked = _disjoint(sorted(candidates, key=calibration.confidence, reverse=True))
    best = calibration.confidence(ranked[0])
    if best < lowest:
        return NoAnswer(question, NoAnswerReason.BELOW_THRESHOLD, _citations(ranked, articles, nearest))
    good = [candidate for candidate in ranked if calibration.confidence(candidate) >= max(lowest, _NEARLY * best)]
    whole = all(candidate.span == candidate.sentence for candidate in good)
    kind = AnswerKind.SENTENCE if whole else AnswerKind.SPAN
    return Answer(question, kind, _citations(good, articles, max_citations), best)


def cite_nearest(
    candidates: Sequence[Candidate], articles: Mapping[str, Article], at_most: int
) -> tuple[Citation, ...]:
    """Cite what comes nearest to an answer without being one, as a refusal shows it; ``candidates`` best first."""
    return _citations(_disjoint(candidates), articles, at_most)


def _disjoint(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Leave out candidates that share words with a better one."""
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(
            candidate.hit.passage.article_id == better.hit.passage.article_id and candidate.span.overlaps(better.span)
            for better in kept
        ):
            kept.append(candidate)
    return kept


def _citations(ranked: Sequence[Candidate], articles: Mapping[str, Article], at_most: int) -> tuple[Citation, ...]:
    finds = [
        Find(articles[candidate.hit.passage.article_id], candidate.span, candidate.sentence, candidate.hit.passage.span)
        for candidate in ranked
    ]
    return tuple(cite(number, find) for number, find in enumerate(fold_repeats(finds)[:at_most], start=1))

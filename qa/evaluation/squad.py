"""Predicted and gold answers -> exact match and F1, as the official SQuAD 2.0 script defines them.

Scores are percentages. A question's score is its best over the gold answers; a question without gold answers is right
exactly when the prediction is empty. "Best threshold" is the score that the best cut on the no-answer score would have
reached on these very questions: an upper bound, not a promise.

Source: "evaluate-v2.0.py" of the SQuAD site (normalisation, ``compute_f1``, ``find_best_thresh``).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

__all__ = ["Scores", "exact_match", "f1", "normalise_answer", "score"]

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)

Measure = Callable[[str, str], float]


def normalise_answer(text: str) -> str:
    """Lower-case, drop ASCII punctuation and articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(gold: str, predicted: str) -> float:
    """1 when both are the same after normalisation, else 0."""
    return float(normalise_answer(gold) == normalise_answer(predicted))


def f1(gold: str, predicted: str) -> float:
    """Harmonic mean of precision and recall of words; with no words on a side, 1 when both have none."""
    gold_words, predicted_words = normalise_answer(gold).split(), normalise_answer(predicted).split()
    if not gold_words or not predicted_words:
        return float(gold_words == predicted_words)
    common = (Counter(gold_words) & Counter(predicted_words)).total()
    return 2 * common / (len(gold_words) + len(predicted_words))


@dataclass(frozen=True, slots=True)
class Scores:
    """Percentages; None where there is no such question. ``best_*`` are those at the best threshold."""

    questions: int
    exact: float
    f1: float
    has_answer: int
    has_answer_exact: float | None
    has_answer_f1: float | None
    no_answer_exact: float | None
    best_exact: float
    best_exact_threshold: float
    best_f1: float
    best_f1_threshold: float

    def as_dict(self) -> dict[str, float | int | None]:
        """Plain values, rounded to two decimals (thresholds to four)."""
        return {
            name: round(value, 4 if "threshold" in name else 2) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def score(
    gold: Sequence[Sequence[str]],
    predicted: Sequence[str],
    no_answer: Sequence[float],
    threshold: float | None = None,
) -> Scores:
    """Score predictions.

    Args:
        gold: the acceptable answers of each question; none when it has no answer.
        predicted: the best span of each question, whatever its score.
        no_answer: how much speaks for no answer, for each question; any scale.
        threshold: questions whose ``no_answer`` is above it count as not answered; None: every prediction is taken.

    Raises:
        ValueError: there are no questions, or the three differ in length.
    """
    if not gold:
        raise ValueError("there are no questions to score")
    exacts = [_best(exact_match, *pair) for pair in zip(gold, predicted, strict=True)]
    f1s = [_best(f1, *pair) for pair in zip(gold, predicted, strict=True)]
    answered = [bool(answers) for answers in gold]
    best_exact, exact_threshold = _best_threshold(exacts, answered, predicted, no_answer)
    best_f1, f1_threshold = _best_threshold(f1s, answered, predicted, no_answer)
    if threshold is not None:
        exacts = _refused(exacts, answered, no_answer, threshold)
        f1s = _refused(f1s, answered, no_answer, threshold)
    return Scores(
        questions=len(gold),
        exact=_mean(exacts) or 0.0,
        f1=_mean(f1s) or 0.0,
        has_answer=sum(answered),
        has_answer_exact=_mean([value for value, has in zip(exacts, answered, strict=True) if has]),
        has_answer_f1=_mean([value for value, has in zip(f1s, answered, strict=True) if has]),
        no_answer_exact=_mean([value for value, has in zip(exacts, answered, strict=True) if not has]),
        best_exact=best_exact,
        best_exact_threshold=exact_threshold,
        best_f1=best_f1,
        best_f1_threshold=f1_threshold,
    )


def _best(measure: Measure, gold: Sequence[str], predicted: str) -> float:
    """The best over the gold answers that have a word; the empty answer where there are none."""
    answers = [answer for answer in gold if normalise_answer(answer)] or [""]
    return max(measure(answer, predicted) for answer in answers)


def _refused(
    values: Sequence[float], answered: Sequence[bool], no_answer: Sequence[float], threshold: float
) -> list[float]:
    return [
        float(not has) if speaks > threshold else value
        for value, has, speaks in zip(values, answered, no_answer, strict=True)
    ]


def _best_threshold(
    values: Sequence[float], answered: Sequence[bool], predicted: Sequence[str], no_answer: Sequence[float]
) -> tuple[float, float]:
    """The best mean over all cuts, in percent, and the lowest cut that reaches it."""
    current = float(sum(not has for has in answered))
    best, cut = current, 0.0
    for index in sorted(range(len(values)), key=lambda index: no_answer[index]):
        if answered[index]:
            current += values[index]
        elif predicted[index]:
            current -= 1
        if current > best:
            best, cut = current, no_answer[index]
    return 100 * best / len(values), cut


def _mean(values: Sequence[float]) -> float | None:
    return 100 * sum(values) / len(values) if values else None

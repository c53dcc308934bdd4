"""Questions about a passage that may not answer them -> how often the product answers all the same.

    python -m qa.evaluation.unanswerable FILE... [--weights DIR] [--second [DIR]] [--split kept] [--sample N]

The hardest refusal: the question was written for its passage, by somebody who had read it, and shares its words and
names. Each question is read over its own passage alone, found first and as similar as the encoder says, and judged by
the confidence that is shipped; with ``--second``, by both readers. Default are the paragraphs that no reader was
trained on (:mod:`qa.splits`).

What this does not know: other passages, whose agreement or rivalry the confidence also looks at.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.answering.proposals import proposals
from qa.assistant import models_dir
from qa.assistant.reading import READER, SECOND, Reading, span_reading
from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.errors import SourceError
from qa.evaluation.reader import Asked, read_questions
from qa.evaluation.squad import score
from qa.protocols import Encoder
from qa.settings import load_settings
from qa.splits import KEPT
from qa.types import FoundBy, Hit, Passage, Question, Span

__all__ = ["Told", "main", "report", "tell"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the product would answer, whatever its confidence; "" where it read no span."""

    text: str
    confidence: float


def tell(asked: Asked, similarity: float, reading: Reading) -> Told:
    """Read one question's own passage as the only hit."""
    passage = Passage("asked:0", "asked", Span(0, len(asked.context)), "", asked.context)
    hit = Hit(passage, 1, 1.0, FoundBy.FUSION, similarity=similarity)
    proposed = proposals(reading.reader.read(Question(asked.question), [hit]))
    if not proposed:
        return Told("", 0.0)
    sure, best = max(zip(reading.confidence.of(proposed), proposed, strict=True), key=lambda pair: pair[0])
    return Told(best.best.span.of(asked.context), sure)


def report(questions: Sequence[Asked], told: Sequence[Told], threshold: float) -> dict[str, float | int | None]:
    """Shares and scores in percent: at the shipped threshold, and the F1 of the best one.

    "unanswerable, answered" is what must be low; F1 counts an unanswerable question that is refused as 1.
    """
    scores = score(
        [asked.answers for asked in questions],
        [one.text for one in told],
        [-one.confidence for one in told],
        -threshold,
    )
    given = [bool(one.text) and one.confidence >= threshold for one in told]
    answered = {
        has: [gave for asked, gave in zip(questions, given, strict=True) if bool(asked.answers) is has]
        for has in (True, False)
    }
    return {
        "questions": len(questions),
        "unanswerable": len(answered[False]),
        "unanswerable, answered": _percent(answered[False]),
        "answerable, answered": _percent(answered[True]),
        "F1": round(scores.f1, 1),
        "F1 at the best threshold": round(scores.best_f1, 1),
        "best threshold": round(-scores.best_f1_threshold, 3),
    }


def _percent(values: Sequence[bool]) -> float | None:
    return round(100 * sum(values) / len(values), 1) if values else None


def _similarities(questions: Sequence[Asked], encoder: Encoder) -> list[float]:
    asked = encoder.encode([one.question for one in questions])
    passages = encoder.encode([f"\n{one.context}" for one in questions])
    return [float(value) for value in (asked * passages).sum(axis=1)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the report as JSON."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.unanswerable", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path, default=READER, help="folder of the span reader")
    parser.add_argument("--second", type=Path, nargs="?", const=SECOND, help="with the network that reads again")
    parser.add_argument("--split", default=KEPT, help="rows of this split")
    parser.add_argument("--sample", type=int, help="only so many questions of each file, drawn with a fixed seed")
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args(arguments)
    questions: list[Asked] = []
    for path in chosen.files:
        rows = read_questions(path, chosen.split)
        questions += random.Random(0).sample(rows, min(chosen.sample or len(rows), len(rows)))  # noqa: S311
    if not questions:
        raise SourceError(str(chosen.files[0]), f"no file has questions of the split {chosen.split!r}")
    encoder = load_encoder(PACKAGED_MODEL, models_dir(load_settings()), threads=chosen.threads)
    reading = span_reading(chosen.weights, chosen.second, threads=chosen.threads)
    similar = _similarities(questions, encoder)
    told = [tell(asked, one, reading) for asked, one in zip(questions, similar, strict=True)]
    threshold = reading.confidence.threshold
    print(json.dumps({"threshold": threshold, **report(questions, told, threshold)}, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()

"""Folders of span readers, side by side -> milliseconds to read one window, by threads.

    python -m qa.evaluation.pace FILE --weights DIR... [--threads 1 2] [--questions 20] [--rounds 7]

Each round reads the same questions, each over its own context, with every reader in turn, so that what else the machine
does falls on all of them alike. Medians over the rounds: of the wall clock, and of the time that processors spent,
which other work does not lengthen as much.

What this does not know: what the readers answer, and retrieval.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from qa.evaluation.reader import read_questions
from qa.reading.span import SpanModel

__all__ = ["main", "pace"]

Pairs = Sequence[tuple[str, str]]


def pace(models: Sequence[SpanModel], pairs: Pairs, rounds: int) -> list[tuple[float, float]]:
    """Milliseconds of wall clock and of processors for one pair, the median over ``rounds``, for each model."""
    taken: list[list[tuple[float, float]]] = [[] for _ in models]
    for number in range(rounds + 1):
        for model, times in zip(models, taken, strict=True):
            wall, processors = time.perf_counter(), time.process_time()
            for pair in pairs:
                model.find_all([pair])
            spent = (time.perf_counter() - wall, time.process_time() - processors)
            if number:  # the first round warms up
                times.append((1_000 * spent[0] / len(pairs), 1_000 * spent[1] / len(pairs)))
    return [(statistics.median(one for one, _ in each), statistics.median(two for _, two in each)) for each in taken]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the medians as JSON."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.pace", description=__doc__)
    parser.add_argument("file", type=Path, help="questions with contexts of one window")
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args(arguments)
    asked = read_questions(chosen.file)[: chosen.questions]
    pairs = [(one.question, one.context) for one in asked]
    figures = {}
    for threads in chosen.threads:
        models = [SpanModel(folder, threads=threads) for folder in chosen.weights]
        for folder, (wall, processors) in zip(chosen.weights, pace(models, pairs, chosen.rounds), strict=True):
            figures[f"{folder.name}, {threads} threads"] = {"ms": round(wall, 1), "processor ms": round(processors, 1)}
    print(json.dumps(figures, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()

"""What was reached before -> whether it still is: floors that fall only with a reason.

    python -m qa.evaluation.gate [--data DIR]
    python -m qa.evaluation.gate [--data DIR] --renew [--lower REASON]

``floors.json`` holds, with the digests of the questions and of the reader's weights that they were measured with:

- how many of the sample questions the archive of ``corpus/`` answers rightly;
- the F1 of the span reader on a sample of question sets, where ``--data`` (or ``ONRECORD_DATA``) has them and where the
  reader is;
- how many times as long a whole answer takes as embedding one fixed text, so that it compares across machines.

The gate fails below a floor, and when a digest differs: whoever changes the questions or the weights renews the floors
with ``--renew``, which refuses to lower one unless a reason is given; the reasons stay in the file.

What it does not know: how good the answers are on an archive of the real size (:mod:`qa.evaluation.open`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.assistant import Assistant, models_dir, prepare_encoder
from qa.assistant.reading import READER, SECOND
from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.evaluation.reader import predict, read_questions
from qa.evaluation.reader import report as reader_report
from qa.evaluation.regression import read_corpus, run
from qa.reading import GRAPH, SpanModel
from qa.settings import load_settings

__all__ = ["FLOORS", "Floors", "Measured", "faults", "main", "measure_sample", "reader_digest", "renewed"]

FLOORS = Path(__file__).with_name("floors.json")
QUESTIONS = Path(__file__).with_name("sample_questions.jsonl")
_SETS = (("squadshifts_wiki", 120), ("newsqa", 60))
_SLOWER = 1.5  # times as long as the floor's own measurement: timings scatter
_ROUNDS = 3
_TEXT = (
    "The council of the harbour town voted by nine to six to close the ferry that has crossed the river since 1898. "
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by name, more is better but for those in ``slower``, and the digests that they belong to."""

    digests: dict[str, str]
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """What is in ``floors.json``."""

    digests: dict[str, str]
    floors: dict[str, float]
    lowered: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path = FLOORS) -> Floors:
        """Read the file."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path = FLOORS) -> None:
        """Write the file."""
        content = {"digests": self.digests, "floors": self.floors, "lowered": self.lowered}
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def faults(measured: Measured, floors: Floors) -> list[str]:
    """Say what has fallen below its floor and what was changed without renewing the floors; empty when all is well."""
    changed = [
        f"{name} has changed since the floors were set: renew them with `python -m qa.evaluation.gate --renew`"
        for name, digest in measured.digests.items()
        if floors.digests.get(name) != digest
    ]
    fallen = [
        f"{name} is {figure:g}, and the floor is {floors.floors[name]:g}"
        for name, figure in measured.figures.items()
        if name in floors.floors and not _holds(name, figure, floors.floors[name])
    ]
    return changed + fallen


def renewed(measured: Measured, floors: Floors, reason: str | None) -> Floors:
    """Set the floors to what was measured; one that was not measured stays.

    Raises:
        ValueError: a floor would fall and no reason is given.
    """
    lower = [
        f"{name} from {floors.floors[name]:g} to {figure:g}"
        for name, figure in measured.figures.items()
        if name in floors.floors and not _holds(name, figure, floors.floors[name])
    ]
    if lower and not reason:
        raise ValueError(f"this lowers {', '.join(lower)}: give the reason with --lower")
    entry = {"on": str(datetime.now(UTC).date()), "what": ", ".join(lower), "why": reason or ""}
    # A time within the tolerance does not become the floor, or the tolerance would add up from one renewal to the next.
    kept = {
        name: min(figure, floors.floors.get(name, figure)) if _is_time(name) and not lower else figure
        for name, figure in measured.figures.items()
    }
    return Floors(measured.digests, {**floors.floors, **kept}, floors.lowered + [entry] * bool(lower))


def _holds(name: str, figure: float, floor: float) -> bool:
    return figure <= _SLOWER * floor if _is_time(name) else figure >= floor


def _is_time(name: str) -> bool:
    return name.startswith("time")


def reader_digest() -> str:
    """The SHA-256 of the packaged weights, those that read again among them; "sentence" without any."""
    if not (READER / GRAPH).is_file():
        return "sentence"
    weights = [file for folder in (READER, SECOND) for file in sorted(folder.glob("reader*"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in weights)).hexdigest()


def measure_sample(assistant: Assistant, corpus: Path) -> Measured:
    """Ask the sample questions of an archive that holds the corpus."""
    content = QUESTIONS.read_bytes()
    rows = [json.loads(line) for line in content.splitlines() if line.strip()]
    results = run(rows, read_corpus(corpus), assistant.ask)
    digests = {"questions": hashlib.sha256(content).hexdigest(), "reader": reader_digest()}
    return Measured(digests, {"sample questions right": sum(result.passed for result in results)})


def _measure(corpus: Path, data: Path | None) -> Measured:
    """Measure everything that this machine can."""
    settings = load_settings()
    prepare_encoder(settings)
    models = models_dir(settings).resolve()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "models").symlink_to(models)
        own = load_settings(data_dir=Path(folder))
        with Assistant.open(own, label="gate", write=True) as assistant:
            assistant.ingest([str(corpus)])
        with Assistant.open(own, label="gate") as assistant:
            sample = measure_sample(assistant, corpus)
            questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
            answer = _median_ms([lambda asked=asked: assistant.ask(asked) for asked in questions])  # type: ignore[misc]
        encoder = load_encoder(PACKAGED_MODEL, models)
        unit = _median_ms([lambda: encoder.encode([_TEXT * 4])] * 20)
    figures = {**sample.figures, "time of an answer, in embeddings": round(answer / unit, 2)}
    if data and reader_digest() != "sentence":
        figures |= _reader_figures(data)
    return Measured(sample.digests, figures)


def _median_ms(calls: Sequence[Callable[[], object]]) -> float:
    """The median over the calls of each one's best time."""
    best = []
    for call in calls:
        times = []
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            call()
            times.append(time.perf_counter() - began)
        best.append(min(times) * 1_000)
    return statistics.median(best)


def _reader_figures(data: Path) -> dict[str, float]:
    model = SpanModel(READER)
    figures = {}
    for name, size in _SETS:
        rows = read_questions(data / "qa" / f"{name}.jsonl.gz")
        asked = random.Random(0).sample(rows, min(size, len(rows)))  # noqa: S311
        scores: dict[str, Any] = reader_report(asked, predict(model, asked), None)["all"]
        figures[f"reader F1, {name}"] = float(scores["f1"])
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.gate", description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--data", type=Path, default=os.environ.get("ONRECORD_DATA"), help="folder of the shared data")
    parser.add_argument("--renew", action="store_true", help="set the floors to what is measured now")
    parser.add_argument("--lower", metavar="REASON", help="why a floor may fall")
    options = parser.parse_args(arguments)
    measured = _measure(options.corpus, Path(options.data) if options.data else None)
    for name, figure in measured.figures.items():
        sys.stdout.write(f"{name}: {figure:g}\n")
    floors = Floors.read() if FLOORS.is_file() else Floors({}, {})
    try:
        found = [] if options.renew else faults(measured, floors)
        if options.renew:
            renewed(measured, floors, options.lower).write()
    except ValueError as refusal:
        found = [str(refusal)]
    for fault in found:
        sys.stdout.write(f"FAILED: {fault}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

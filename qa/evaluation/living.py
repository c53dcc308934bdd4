"""What askers notice while articles come in: `qa serve` under a closed loop, without and during an ingestion.

    python -m qa.evaluation.living ARCHIVE.jsonl.gz [--before 1000] [--during 500] [--turns 5] [--askers 4]
                                   [--seconds 60] [--output docs/results/living-DATE.md]

An archive of the first records is made in a folder of its own and served. Askers ask in a closed loop: in turns for
some seconds while nothing comes in, and while `qa ingest` of the next records hands them to the server, so that what
else the machine does, and the archive's growth, count on both sides. The questions are headlines and questions for what
somebody said, of what was there at the beginning. Every citation of every answer is compared with the text of its
article afterwards. What this does not know: whether answers are right.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from itertools import pairwise
from pathlib import Path
from typing import Any

from qa.evaluation.filing import commit, named
from qa.evaluation.load import headlines, quantile, serving
from qa.settings import load_settings

__all__ = ["DURING", "WITHOUT", "Phase", "faults", "main", "report"]

CLI = (sys.executable, "-c", "from qa.cli import main; main()")
WARM_UP = 40  # questions before anything is counted
LIMIT_S = 10.0
MOST = 2.5  # times the p95 without an ingestion
WITHOUT, DURING = "without an ingestion", "during one"


@dataclass(slots=True)
class Phase:
    """What askers got in one span of time: seconds of each answer, what was no answer, and what was cited."""

    name: str
    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    cited: set[tuple[str, int, int, str]] = field(default_factory=set)
    citations: int = 0
    wall: float = 0.0
    note: str = ""

    def take(self, status: int, body: bytes, seconds: float) -> None:
        """Count one answer."""
        if status != 200:
            self.errors[str(status)] += 1
            return
        self.seconds.append(seconds)
        outcome = json.loads(body)
        for citation in [*outcome["citations"], *outcome["nearest"]]:
            self.citations += 1
            for words, text in (
                (citation, citation["cited_text"]),
                (citation["sentence"], citation["sentence"]["text"]),
            ):
                self.cited.add((citation["article"]["id"], words["start"], words["end"], text))


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print, or write, a page."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.living")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--before", type=int, default=1000)
    parser.add_argument("--during", type=int, default=500)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--askers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="onrecord-living-") as made:
        phases, torn = _measure(Path(made), options)
    page = report(named(sys.argv[1:] if given is None else given), options.askers, phases, torn)
    if options.output:
        options.output.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


def faults(phases: Sequence[Phase], text_of: Callable[[str], str | None]) -> list[str]:
    """Name every citation that is no exact slice of its article."""
    cited = sorted(set().union(*(phase.cited for phase in phases)))
    texts = {article_id: text_of(article_id) for article_id in {one[0] for one in cited}}
    return [
        f"{article_id}[{start}:{end}]: {text!r}"
        for article_id, start, end, text in cited
        if (texts[article_id] or "")[start:end] != text
    ]


def _measure(folder: Path, options: argparse.Namespace) -> tuple[list[Phase], list[str]]:
    data = folder / "data"
    data.mkdir(mode=0o700)
    shutil.copytree(load_settings().data_dir / "models", data / "models")
    parts = [options.during * turn // options.turns for turn in range(options.turns + 1)]
    files = [folder / "before.jsonl", *(folder / f"during-{turn}.jsonl" for turn in range(options.turns))]
    with gzip.open(options.archive, "rt", encoding="utf-8") as lines:
        for file, number in zip(files, [options.before, *(end - begin for begin, end in pairwise(parts))], strict=True):
            file.write_text("".join(itertools.islice(lines, number)), encoding="utf-8")
    _ingest(data, files[0])
    phases = []
    with serving(LIMIT_S, data) as place, ThreadPoolExecutor(1) as other:
        questions = _questions(place)
        _ask(place, questions, options.askers, Phase("warm-up"), _count(WARM_UP))
        for file in files[1:]:
            without, during = Phase(WITHOUT), Phase(DURING)
            _ask(place, questions, options.askers, without, _time(options.seconds / options.turns))
            over = threading.Event()
            ingestion = other.submit(_ingest, data, file, over)
            _ask(place, questions, options.askers, during, over.is_set)
            during.note = ingestion.result()
            phases += [without, during]
        return phases, faults(phases, lambda article_id: _text_of(place, article_id))


def _ingest(data: Path, source: Path, over: threading.Event | None = None) -> str:
    """Have the command put a file in; what became of it."""
    try:
        command = [*CLI, "ingest", str(source), "--data-dir", str(data), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own command)
    finally:
        if over:
            over.set()
    try:
        came = json.loads(done.stdout)
    except ValueError as error:
        raise SystemExit((done.stdout + done.stderr).strip()) from error
    counts = {**came["counts"], **({"failed": len(came["failures"])} if came["failures"] else {})}
    return ", ".join(f"{number} {name}" for name, number in counts.items()) + f", in {came['seconds']:.0f} s"


def _questions(place: tuple[str, int]) -> list[str]:
    speakers = _get(place, "/api/speakers?limit=50")["speakers"]
    said = [f"What did {speaker['name']} say?" for speaker in speakers]
    return [one for pair in itertools.zip_longest(headlines(place), said) for one in pair if one]


def _ask(place: tuple[str, int], questions: Sequence[str], askers: int, phase: Phase, over: Callable[[], bool]) -> None:
    """Let ``askers`` ask one question after the other until it is over."""
    numbers, lock, begun = itertools.count(), threading.Lock(), time.monotonic()

    def asks() -> None:
        connection = HTTPConnection(*place, timeout=120)
        while not over():
            question = questions[next(numbers) % len(questions)]
            asked = time.monotonic()
            try:
                connection.request(
                    "POST", "/api/answer", json.dumps({"question": question}), {"Content-Type": "application/json"}
                )
                response = connection.getresponse()
                body = response.read()
            except (OSError, HTTPException) as error:
                connection.close()
                with lock:
                    phase.errors[type(error).__name__] += 1
                continue
            with lock:
                phase.take(response.status, body, time.monotonic() - asked)
        connection.close()

    with ThreadPoolExecutor(askers) as threads:
        for going in [threads.submit(asks) for _ in range(askers)]:
            going.result()
    phase.wall = time.monotonic() - begun


def _together(name: str, phases: Sequence[Phase]) -> Phase:
    """The phases as one."""
    made = Phase(name)
    for one in phases:
        made.seconds += one.seconds
        made.errors += one.errors
        made.cited |= one.cited
        made.citations += one.citations
        made.wall += one.wall
    return made


def _count(most: int) -> Callable[[], bool]:
    left = itertools.count()
    return lambda: next(left) >= most


def _time(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _text_of(place: tuple[str, int], article_id: str) -> str | None:
    text: str | None = _get(place, f"/api/articles/{article_id}").get("text")
    return text


def _get(place: tuple[str, int], path: str) -> Any:
    connection = HTTPConnection(*place, timeout=120)
    connection.request("GET", path)
    found = json.loads(connection.getresponse().read())
    connection.close()
    return found


def report(options: str, askers: int, phases: Sequence[Phase], torn: Sequence[str]) -> str:
    """Write what came of it, as Markdown."""
    sides = [_together(name, [one for one in phases if one.name == name]) for name in (WITHOUT, DURING)]
    calm, busy = (quantile(one.seconds, 95) for one in sides)
    rows = [
        f"| {one.name} | {one.wall:.0f} | {len(one.seconds)} | {sum(one.errors.values())} | {one.citations} | "
        f"{1000 * quantile(one.seconds, 50):.0f} | {1000 * quantile(one.seconds, 95):.0f} | "
        f"{quantile(one.seconds, 95) / calm if calm else 0:.2f} |"
        for one in sides
    ]
    turns = [
        f"| {turn} | {1000 * quantile(without.seconds, 95):.0f} | {1000 * quantile(during.seconds, 95):.0f} | "
        f"{quantile(during.seconds, 95) / (quantile(without.seconds, 95) or 1):.2f} | {during.note} |"
        for turn, (without, during) in enumerate(zip(phases[::2], phases[1::2], strict=True), start=1)
    ]
    wrong = sum((one.errors for one in phases), Counter[str]())
    kept = not wrong and not torn and busy <= MOST * calm
    lines = [
        "# Answers while articles come in",
        "",
        f"Command: `python -m qa.evaluation.living {options}`, commit {commit()}, {datetime.now(UTC):%Y-%m-%d}.",
        f"Machine: {os.cpu_count()} cores, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the end, "
        "shared with the askers and others: only ratios within one run count.",
        "",
        f"{askers} askers in a closed loop, in {len(turns)} turns without and during an ingestion.",
        "",
        "| when | s | answers | errors | citations | p50 ms | p95 ms | p95, times that without |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        "| turn | p95 ms without | during | times | what came in |",
        "|---|---|---|---|---|",
        *turns,
        "",
        f"Errors: {', '.join(f'{number} × {name}' for name, number in sorted(wrong.items())) or 'none'}. "
        f"Citations that are no exact slice of their article: {len(torn)}.",
        f"Asked for: no error, no such citation, a p95 of at most {MOST} times that without: "
        f"{'kept' if kept else 'not kept'}.",
        *[f"- {one}" for one in torn[:10]],
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

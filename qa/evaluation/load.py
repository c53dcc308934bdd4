"""How many good answers a server gives when more ask than it can serve: `qa serve` under a closed loop of askers.

    python -m qa.evaluation.load [--askers 1,4,16,64] [--seconds 20] [--limit 10] [--pause 0.1] [--output FILE]

Every asker waits for an answer and then asks the next question at once; one who is refused asks again after ``--pause``
seconds, whatever ``Retry-After`` says. The questions are headlines of articles in the archive of ``QA_DATA_DIR``, the
server is a process of its own with ``QA_WEB__ANSWER_TIMEOUT_S`` set to ``--limit``, and the askers share its machine.
A good answer is status 200. What this does not know: whether answers are right (see ``qa.evaluation.answers``).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from qa.evaluation.filing import commit, named

__all__ = ["Asked", "headlines", "main", "quantile", "serving", "table"]

WARM_UP = 8  # questions before anything is counted


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the status of its answer, how long it took, and whether a refusal said when to come back."""

    status: int
    seconds: float
    told: bool


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print, or write, a table."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.load")
    parser.add_argument("--askers", default="1,4,16,64")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--limit", type=float, default=10)
    parser.add_argument("--pause", type=float, default=0.1)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(given)
    rows: list[tuple[int, list[Asked]]] = []
    with serving(options.limit) as place:
        questions = headlines(place)
        _ask(place, questions, 2, until=time.monotonic() + 60, pause=options.pause, most=WARM_UP)
        for askers in map(int, options.askers.split(",")):
            until = time.monotonic() + options.seconds
            rows.append((askers, _ask(place, questions, askers, until=until, pause=options.pause)))
    text = _report(named(sys.argv[1:] if given is None else given), rows, options.seconds)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def table(rows: Sequence[tuple[int, Sequence[Asked]]], seconds: float) -> str:
    """Write what came of each number of askers, as Markdown."""
    lines = [
        "| askers | good answers/s | p50 s | p95 s | 503 | of them with Retry-After | 503 p95 s | 504 and other |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for askers, asked in rows:
        good = [one.seconds for one in asked if one.status == 200]
        refused = [one for one in asked if one.status == 503]
        cells = [
            f"{len(good) / seconds:.2f}",
            f"{quantile(good, 50):.2f}",
            f"{quantile(good, 95):.2f}",
            f"{len(refused) / len(asked):.0%}" if asked else "0%",
            str(sum(one.told for one in refused)) + f" of {len(refused)}",
            f"{quantile([one.seconds for one in refused], 95):.2f}",
            str(len(asked) - len(good) - len(refused)),
        ]
        lines.append(f"| {askers} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _ask(
    place: tuple[str, int],
    questions: Sequence[str],
    askers: int,
    *,
    until: float,
    pause: float,
    most: int | None = None,
) -> list[Asked]:
    """Let ``askers`` ask in a closed loop; what is answered after ``until`` counts for nobody."""
    asked: list[Asked] = []
    numbers, lock = count(), threading.Lock()

    def asks() -> None:
        connection = HTTPConnection(*place, timeout=120)
        while time.monotonic() < until:
            number = next(numbers)
            if most is not None and number >= most:
                break
            one = _one(connection, questions[number % len(questions)])
            if time.monotonic() < until:
                with lock:
                    asked.append(one)
            if one.status != 200:
                time.sleep(pause)
        connection.close()

    with ThreadPoolExecutor(askers) as threads:
        for going in [threads.submit(asks) for _ in range(askers)]:
            going.result()
    return asked


def _one(connection: HTTPConnection, question: str) -> Asked:
    begun = time.monotonic()
    body = json.dumps({"question": question}).encode()
    connection.request("POST", "/api/answer", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    return Asked(response.status, time.monotonic() - begun, response.headers["Retry-After"] is not None)


def headlines(place: tuple[str, int]) -> list[str]:
    """Return the titles of articles of a served archive, which are asked as questions."""
    connection = HTTPConnection(*place, timeout=120)
    connection.request("GET", "/api/articles?limit=100")
    found = json.loads(connection.getresponse().read())["articles"]
    connection.close()
    return [article["title"][:300] for article in found]


@contextmanager
def serving(limit_s: float, data_dir: Path | None = None) -> Iterator[tuple[str, int]]:
    """Start ``qa serve`` on a free port; yields host and port."""
    command = [sys.executable, "-c", "from qa.cli import main; main()", "serve", "--port", "0"]
    command += ["--data-dir", str(data_dir)] if data_dir else []
    environment = {**os.environ, "QA_WEB__ANSWER_TIMEOUT_S": f"{limit_s:g}"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603 (our own server)
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            address = next((word for word in said.split() if word.startswith("http://")), None)
            if address is None:
                raise SystemExit(said.strip() or "The server did not start.")
            parts = urlsplit(address)
            place = (str(parts.hostname), int(parts.port or 80))
            _await(place)
            yield place
        finally:
            process.terminate()


def _await(place: tuple[str, int]) -> None:
    """Wait until the models are loaded and somebody answers."""
    for _ in range(600):
        try:
            connection = HTTPConnection(*place, timeout=120)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise SystemExit("The server is not ready; `qa doctor` says more.")


def quantile(values: Sequence[float], percent: int) -> float:
    """Return a percentile."""
    if len(values) < 2:
        return sum(values)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _report(options: str, rows: Sequence[tuple[int, Sequence[Asked]]], seconds: float) -> str:
    head = [
        "# A server with more askers than it can serve",
        "",
        f"Command: `python -m qa.evaluation.load {options}`, commit {commit()}, {datetime.now(UTC):%Y-%m-%d}.",
        f"Machine: {os.cpu_count()} cores, Python {sys.version.split()[0]}, shared with others and with the askers: "
        "only ratios within one run count.",
        "",
    ]
    return "\n".join(head) + "\n" + table(rows, seconds)


if __name__ == "__main__":
    main()

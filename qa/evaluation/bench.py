"""How fast and how big: ingestion, answers, start-up, memory, beside the same retrieval with torch in the same run.

    python -m qa.evaluation.bench --articles FILE.jsonl.gz [--sizes 1000,10000,60000] [--output docs/results/bench.md]

Each size is an archive of its own: the file's first articles, until there are so many passages. One that is already in
``--data-dir`` is asked and not made again; what making it took is kept beside it. Questions are the headlines of
articles that are in the archive, spread evenly: for time it does not matter whether they have an answer.
Every measured process is a fresh one, and the two encoders take turns question by question, so that a busy machine
slows both alike. What this does not know: whether the answers are right (see ``qa.evaluation.answers``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from qa.assistant import Assistant, models_dir, prepare_encoder
from qa.assistant.keeping.attributing import limits_of
from qa.evaluation.filing import commit, machine
from qa.ingestion import cut_passages, read_articles
from qa.settings import Settings, load_settings
from qa.types import Article

__all__ = ["main"]

QUESTIONS = 60
WARM_UP = 5
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What making an archive took."""

    articles: int
    passages: int
    seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers of one fresh process over one archive; times in milliseconds."""

    articles: int
    passages: int
    open_ms: float
    whole: list[float]
    retrieval: list[float]
    retrieval_torch: list[float]
    resident_mib: float
    command_s: list[float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and write its result file."""
    options = _options(arguments)
    sizes = [int(size) for size in options.sizes.split(",")]
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="onrecord-bench-"))
    common = load_settings(data_dir=folder)
    prepare_encoder(common)
    rows = []
    for size in sizes:
        settings = common.model_copy(update={"data_dir": folder / f"passages-{size}"})
        made = _make(settings, models_dir(common), options.articles, size)
        _say(f"{made.passages} passages in {made.seconds:.0f} s")
        if not options.only_make:
            rows.append((made, _in_fresh_process(_answer, settings, not options.no_torch)))
            _say(f"answered: p50 {_percentile(rows[-1][1].whole, 50):.0f} ms")
    if options.only_make:
        return
    report = _report(rows, options.articles, common)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(report, encoding="utf-8")
    _say(f"Written: {options.output}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.bench", description="Measure speed and memory.")
    data = os.environ.get("ONRECORD_DATA")
    default = Path(data) / "archive" / "news-2023.jsonl.gz" if data else None
    parser.add_argument(
        "--articles", type=Path, default=default, required=default is None, help="JSON Lines, may be .gz"
    )
    parser.add_argument("--sizes", default="1000,10000,60000", help="passages, ascending")
    parser.add_argument("--data-dir", type=Path, help="where archives are kept for another run; temporary by default")
    parser.add_argument("--only-make", action="store_true", help="make the archives and ask nothing")
    parser.add_argument("--no-torch", action="store_true", help="leave out the comparison with torch")
    stamp = datetime.now(UTC).date().isoformat()
    parser.add_argument("--output", type=Path, default=Path("docs/results") / f"bench-{stamp}.md")
    return parser.parse_args(arguments)


def _in_fresh_process(work: Callable[..., Result], *arguments: object) -> Result:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from lines


def _make(settings: Settings, models: Path, articles: Path, passages: int) -> Ingestion:
    """Make an archive of so many passages, or find out what making it took."""
    kept = settings.data_dir / "ingestion.json"
    if kept.is_file():
        return Ingestion(**json.loads(kept.read_text(encoding="utf-8")))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not models_dir(settings).exists():
        models_dir(settings).symlink_to(models.resolve())
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as portion:
        portion.writelines(_first(settings, _lines(articles), passages))
        portion.flush()
        made = _in_fresh_process(_grow, settings, portion.name)
    kept.write_text(json.dumps(asdict(made)), encoding="utf-8")
    return made


def _first(settings: Settings, lines: Iterator[str], passages: int) -> Iterator[str]:
    """The first lines, one article each, that together have so many passages."""
    limits = limits_of(settings.ingestion)
    have = 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as one:
        for line in lines:
            if have >= passages:
                return
            one.seek(0)
            one.truncate()
            one.write(line)
            one.flush()
            found = read_articles(one.name, limits, now=datetime.now(UTC))
            have += sum(len(cut_passages(article)) for article in found if isinstance(article, Article))
            yield line


def _grow(settings: Settings, portion: str) -> Ingestion:
    started = time.perf_counter()
    with Assistant.open(settings, label="bench", write=True) as assistant:
        report = assistant.ingest([portion])
    seconds = time.perf_counter() - started
    return Ingestion(sum(report.counts.values()), report.passages, seconds, _memory_mib("VmHWM"))


def _answer(settings: Settings, with_torch: bool) -> Answering:
    started = time.perf_counter()
    with Assistant.open(settings, label="bench") as assistant:
        questions = _questions(assistant)
        assistant.ask(questions[0])
        opened = (time.perf_counter() - started) * 1_000
        for question in questions[1:WARM_UP]:
            assistant.ask(question)
        asked = questions[WARM_UP:]
        whole, retrieval = [], []
        for question in asked:
            timings = assistant.ask(question).timings_ms
            whole.append(timings["total"])
            retrieval.append(timings["retrieve"])
        resident = _memory_mib("VmRSS")
        ours, torchs = _compare(assistant, settings, asked) if with_torch else (retrieval, [])
        status = assistant.status()
    return Answering(
        status.articles, status.passages, opened, whole, ours, torchs, resident, _command_times(settings, questions[:5])
    )


def _questions(assistant: Assistant) -> list[str]:
    _, total = assistant.articles(limit=1)
    wanted = QUESTIONS + WARM_UP
    offsets = sorted({number * total // wanted for number in range(wanted)})
    return [assistant.articles(limit=1, offset=offset)[0][0].title[:300] for offset in offsets]


def _compare(assistant: Assistant, settings: Settings, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Time our retrieval and the same with sentence-transformers in torch as its encoder, in turns."""
    from qa.embedding import PACKAGED_MODEL, load_encoder
    from qa.questions import understand

    options = settings.embedding
    encoder = load_encoder(
        PACKAGED_MODEL,
        settings.data_dir / "models",
        backend="torch",
        threads=options.threads,
        batch_size=options.batch_size,
        max_tokens=options.max_tokens,
    )
    encoder.encode(["warm up"])
    retrievers = (assistant.retriever, assistant.retriever_with(encoder))
    times: tuple[list[float], list[float]] = ([], [])
    for text in questions:
        question = understand(text)[0]
        for retriever, spent in zip(retrievers, times, strict=True):
            started = time.perf_counter()
            retriever.retrieve(question, settings.retrieval.top_k)
            spent.append((time.perf_counter() - started) * 1_000)
    return times


def _command_times(settings: Settings, questions: Sequence[str]) -> list[float]:
    """Seconds from starting ``qa ask`` to its end, one process a question."""
    environment = {**os.environ, "QA_DATA_DIR": str(settings.data_dir)}
    times = []
    for question in questions:
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 (our own command)
            [sys.executable, "-m", "qa.cli", "ask", "--json", question],
            env=environment,
            check=False,
            capture_output=True,
        )
        times.append(time.perf_counter() - started)
    return times


def _report(rows: Sequence[tuple[Ingestion, Answering]], articles: Path, settings: Settings) -> str:
    lines = [
        "# Speed and memory",
        "",
        f"Command: `make bench` (`python -m qa.evaluation.bench`), commit {commit()}, {datetime.now(UTC):%Y-%m-%d}.",
        f"Machine: {machine()}; {settings.embedding.threads} threads for encoding. Data: `{articles.name}`.",
        f"{QUESTIONS} questions (headlines of ingested articles) a size; the machine is shared: trust ratios first.",
        "",
        "| passages | articles | ingested articles/s | passages/s | answer p50 ms | p95 ms | retrieval p50 ms "
        "| the same with torch p50 ms | ratio | resident MiB | peak while ingesting MiB | first answer ms "
        "| `qa ask` s |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for grown, answers in rows:
        ours, torch = _percentile(answers.retrieval, 50), _percentile(answers.retrieval_torch, 50)
        cells = [
            f"{answers.passages}",
            f"{answers.articles}",
            f"{grown.articles / grown.seconds:.1f}",
            f"{grown.passages / grown.seconds:.0f}",
            f"{_percentile(answers.whole, 50):.1f}",
            f"{_percentile(answers.whole, 95):.1f}",
            f"{ours:.1f}",
            f"{torch:.1f}",
            f"{torch / ours:.1f}" if ours else "",
            f"{answers.resident_mib:.0f}",
            f"{grown.peak_mib:.0f}",
            f"{answers.open_ms:.0f}",
            f"{statistics.median(answers.command_s):.2f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [
        "",
        "Resident: the asking process after all questions, before torch is imported for the comparison. First answer: "
        "from opening the archive to the first answer, models and index loaded. `qa ask`: whole process, median of 5. "
        "An archive that `--data-dir` already had shows what making it took then.",
    ]
    return "\n".join(lines) + "\n"


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def _memory_mib(what: str) -> float:
    """Read VmRSS (resident now) or VmHWM (its peak); getrusage would count the parent's peak before the fork too."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1_024
    raise OSError(f"/proc/self/status has no {what}")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()

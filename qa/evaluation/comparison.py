"""Our span reader beside Haystack's and txtai's: the same questions, the same passages, weights of the same size.

    pip install --constraint constraints.txt --editable '.[comparison]'
    python -m qa.evaluation.comparison [--weights DIR ...] [--run RUN] [--articles FILE.jsonl.gz] [--output FILE.md]

An archive is made of the first articles of the file; its headlines are the questions, and what our retrieval finds for
each is what every reader reads. Each ``--weights`` folder is a row of our reader, reading all passages; the first, by
default what is shipped, is what the others are beside. A second row has it as it is served, where it stops early.
Haystack and txtai get the same network in float32 from ``--run``, a folder of :mod:`qa.training.reader`; without it
they get the packaged encoder with a head that learnt nothing, which has the same shape and takes the same time. Every
reader has two threads and its own defaults, and has the question and the passages as it wants them before the clock
starts.

Promises: the readers take turns in one process, question by question, and who begins changes, so that a busy machine
slows all alike; the peak of memory is that of a fresh process that only loads one reader and reads.

What it does not know: whether what is read is right (see ``qa.evaluation.reader``), and what retrieval takes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qa.evaluation.filing import deliver
from qa.types import Hit, Question

if TYPE_CHECKING:  # a process that measures memory imports only what its reader needs
    from torch import Tensor

    from qa.settings import Settings

__all__ = [
    "Asked",
    "load_haystack",
    "load_ours",
    "load_served",
    "load_txtai",
    "main",
    "percentile",
    "render",
    "take_turns",
    "to_transformers",
]

NEEDED = ("haystack", "haystack_integrations", "txtai")
PACKAGES = ("haystack-ai", "transformers-haystack", "txtai", "transformers", "torch", "onnxruntime")
PASSAGES = 8
THREADS = 2
WARM_UP = 5
ENVIRONMENT = {
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "RAYON_NUM_THREADS": str(THREADS),  # tokenizers' threads, in all three
    "TRANSFORMERS_VERBOSITY": "error",
}
_PAUSE_S = 0.02  # after a turn, until the threads of its runtime have gone to sleep

GRAPH = "reader.onnx"  # as qa.reading.span has it, which brings onnxruntime

Call = Callable[[], object]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the passages that every reader reads."""

    question: Question
    hits: tuple[Hit, ...]

    @property
    def texts(self) -> list[str]:
        """The passages' texts."""
        return [hit.passage.text for hit in self.hits]


Reader = tuple[Callable[[Path, Sequence[Asked]], list[Call]], Path]  # loads a reader and readies its calls; weights


def take_turns(calls: Mapping[str, Sequence[Call]], warm_up: int) -> dict[str, list[float]]:
    """Time each reader's call for each question, in milliseconds; the first ``warm_up`` questions do not count."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number, turn in enumerate(zip(*calls.values(), strict=True)):
        first = number % len(turn)
        named = list(zip(calls, turn, strict=True))
        for name, call in named[first:] + named[:first]:
            time.sleep(_PAUSE_S)
            started = time.perf_counter()
            call()
            spent = time.perf_counter() - started
            if number >= warm_up:
                times[name].append(spent * 1_000)
    return times


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least ``percent`` of all do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def to_transformers(base: Path, learnt: Mapping[str, Tensor] | None, folder: Path) -> int:
    """Write a span network as a BertForQuestionAnswering; return its number of parameters.

    Args:
        base: folder of the encoder that the network was made from; its tokenizer is copied.
        learnt: weights of the network, by the names that training gives them; None: the encoder's and a random head.
        folder: where to write.
    """
    import torch
    from transformers import BertForQuestionAnswering

    torch.manual_seed(0)
    model = BertForQuestionAnswering.from_pretrained(base)
    if learnt is not None:
        heads = {"encoder": "bert", "head": "qa_outputs"}
        parts = ((name.partition("."), value) for name, value in learnt.items())
        model.load_state_dict({f"{heads[part]}.{rest}": value for (part, _, rest), value in parts})
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copyfile(base / name, folder / name)
    return sum(parameter.numel() for parameter in model.parameters())


def _write_weights(run: Path | None, folder: Path) -> int:
    """Write the weights for the others; return the number of parameters."""
    import torch

    from qa.embedding.sources import PACKAGED_MODEL, locate

    base = locate(PACKAGED_MODEL).folder
    assert base is not None, "the packaged model is a folder"
    learnt = torch.load(run / "checkpoint.pt", weights_only=True)["average"] if run else None
    return to_transformers(base, learnt, folder)


def load_ours(folder: Path, asked: Sequence[Asked]) -> list[Call]:
    """Our reader."""
    from qa.reading.span import SpanModel, SpanReader

    reader = SpanReader(SpanModel(folder, threads=THREADS))
    return [partial(reader.read, one.question, one.hits) for one in asked]


def load_served(folder: Path, asked: Sequence[Asked]) -> list[Call]:
    """Our reader as it is served: the last four passages are read only where the first four say too little."""
    from qa.assistant.reading import span_reading

    reader = span_reading(folder, threads=THREADS).reader
    return [partial(reader.read, one.question, one.hits) for one in asked]


def load_haystack(folder: Path, asked: Sequence[Asked]) -> list[Call]:
    """Haystack's extractive reader."""
    import torch
    from haystack import Document
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

    torch.set_num_threads(THREADS)
    reader = TransformersExtractiveReader(str(folder), device=ComponentDevice.from_str("cpu"))
    reader.warm_up()
    return [
        partial(reader.run, query=one.question.text, documents=[Document(content=text) for text in one.texts])
        for one in asked
    ]


def load_txtai(folder: Path, asked: Sequence[Asked]) -> list[Call]:
    """The extractive pipeline of txtai."""
    import torch
    from txtai.pipeline import Questions

    torch.set_num_threads(THREADS)
    reader = Questions(str(folder), gpu=False)
    answer = reader.answer

    def answer_or_none(*arguments: object) -> object:
        try:
            return answer(*arguments)
        except TypeError:  # it asks for the words at [CLS], where a network says that nothing answers
            return None

    reader.answer = answer_or_none
    return [partial(reader, [one.question.text] * len(one.texts), one.texts) for one in asked]


def _time(readers: Mapping[str, Reader], asked: Sequence[Asked]) -> dict[str, list[float]]:
    return take_turns({name: load(folder, asked) for name, (load, folder) in readers.items()}, WARM_UP)


def _peak_mib(reader: Reader, asked: Sequence[Asked]) -> float:
    """Read everything once, and say what this process held at most (VmHWM; getrusage counts the parent's too)."""
    load, folder = reader
    for call in load(folder, asked):
        call()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1_024


def _ask(settings: Settings, articles: Path, size: int, questions: int) -> list[Asked]:
    """Make the archive, and find the passages for headlines that are spread evenly over it."""
    from qa.assistant import Assistant, prepare_encoder

    prepare_encoder(settings)
    with gzip.open(articles, "rt", encoding="utf-8") if articles.suffix == ".gz" else articles.open() as lines:
        portion = settings.data_dir / "portion.jsonl"
        portion.write_text("".join(islice(lines, size)), encoding="utf-8")
    with Assistant.open(settings, label="comparison", write=True) as assistant:
        assistant.ingest([str(portion)])
        listed, total = assistant.articles(limit=size)
        chosen = [listed[number * total // questions].title for number in range(questions)]
        return [
            Asked(question, tuple(assistant.retriever.retrieve(question, PASSAGES)))
            for question in map(Question, chosen)
        ]


def render(times: Mapping[str, Sequence[float]], peaks: Mapping[str, float]) -> str:
    """A table in Markdown; ratios are to the first reader, of the medians and question by question."""
    ours = next(iter(times.values()))
    lines = [
        "| reader | p50 ms | p95 ms | p50 beside the first | median of the questions' ratios | peak MiB |",
        "|---|---|---|---|---|---|",
    ]
    for name, spent in times.items():
        ratio = percentile(spent, 50) / percentile(ours, 50)
        paired = statistics.median(other / own for own, other in zip(ours, spent, strict=True))
        cells = [f"{percentile(spent, 50):.1f}", f"{percentile(spent, 95):.1f}", f"{ratio:.2f}", f"{paired:.2f}"]
        lines.append("| " + " | ".join([name, *cells, f"{peaks[name]:.0f}"]) + " |")
    return "\n".join(lines) + "\n"


def _heading(
    options: argparse.Namespace, given: Sequence[str], commit: str, asked: Sequence[Asked], parameters: int
) -> str:
    shown = [Path(argument).name if "/" in argument else argument for argument in given]
    learnt = "the averaged weights of the run" if options.run else "the packaged encoder, a head that learnt nothing"
    lengths = [len(text) for one in asked for text in one.texts]
    lines = [
        f"# Reading beside Haystack and txtai, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"- command: `{' '.join(['python -m qa.evaluation.comparison', *shown])}`",
        f"- commit: {commit}",
        f"- machine: {_machine()}; {THREADS} threads for each reader",
        f"- packages: {', '.join(f'{name} {version(name)}' for name in PACKAGES)}",
        *(f"- {_row(folder)}: sha256 {_graph_sha256(folder)}" for folder in options.weights),
        f"- Haystack and txtai: {parameters / 1e6:.1f} M parameters in float32, {learnt}",
        f"- read: {len(asked) - WARM_UP} headlines after {WARM_UP} to warm up, of {options.size} articles of "
        f"`{options.articles.name}`; {PASSAGES} passages each, {statistics.median(lengths):.0f} characters (median)",
        "",
        "Reading alone, without retrieval and without the question's embedding; question by question in turns.",
    ]
    return "\n".join(lines) + "\n\n"


def _row(weights: Path) -> str:
    return f"On Record, `{weights.name}`, {(weights / GRAPH).stat().st_size / 1e6:.0f} MB"


def _confident(weights: Path) -> bool:
    """Whether the reader has a confidence, which says when it may stop reading."""
    return (weights / "confidence.json").is_file()


def _graph_sha256(weights: Path) -> str:
    return hashlib.sha256((weights / GRAPH).read_bytes()).hexdigest()


def _commit() -> str:
    """The commit that is read from, and whether the package differs from it."""
    shown = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],  # noqa: S607
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return shown.stdout.strip() or "unknown"


def _machine() -> str:
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        processor = next(names, platform.machine())
    load = os.getloadavg()[1]
    return f"{os.cpu_count()} cores, {processor}, load {load:.1f}, Python {platform.python_version()}"


def _in_fresh_process(work: Callable[..., Result], *arguments: object) -> Result:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.comparison", description="Compare readers' speed.")
    data = os.environ.get("ONRECORD_DATA")
    default = Path(data) / "archive" / "news-2023.jsonl.gz" if data else None
    shipped = Path(__file__).parents[1] / "weights" / "reader"
    parser.add_argument("--weights", type=Path, action="append", help="folder of our reader; unset: the shipped one")
    parser.add_argument("--run", type=Path, help="training run whose averaged weights the others get")
    parser.add_argument(
        "--articles", type=Path, default=default, required=default is None, help="JSON Lines, may be .gz"
    )
    parser.add_argument("--size", type=int, default=300, help="articles in the archive")
    parser.add_argument("--questions", type=int, default=60, help="headlines that are asked and timed")
    parser.add_argument("--output", type=Path, help="Markdown file to write; unset: printed")
    options = parser.parse_args(arguments)
    options.weights = options.weights or [shipped]
    if lacking := [folder for folder in options.weights if not (folder / GRAPH).is_file()]:
        parser.error(f"there is no {GRAPH} in {lacking[0]}; name a folder of `python -m qa.training.export`")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparison; the result goes to ``--output`` or is printed."""
    given = sys.argv[1:] if arguments is None else arguments
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        sys.exit(
            f"The comparison needs {', '.join(missing)}, which is not installed. Install the group into an environment "
            "of its own: pip install --constraint constraints.txt --editable '.[comparison]'"
        )
    options = _options(given)
    from qa.settings import load_settings

    os.environ.update(ENVIRONMENT)
    commit = _commit()  # another may be current when all is read
    with tempfile.TemporaryDirectory(prefix="onrecord-comparison-") as name:
        folder = Path(name)
        settings = load_settings(data_dir=folder / "archive")
        asked = _in_fresh_process(_ask, settings, options.articles, options.size, options.questions + WARM_UP)
        others = folder / "others"
        parameters = _in_fresh_process(_write_weights, options.run, others)
        readers: dict[str, Reader] = {_row(weights): (load_ours, weights) for weights in options.weights}
        served = {
            f"{_row(weights)}, as served": (load_served, weights) for weights in options.weights if _confident(weights)
        }
        readers |= {**served, "Haystack": (load_haystack, others), "txtai": (load_txtai, others)}
        times = _in_fresh_process(_time, readers, asked)
        peaks = {name: _in_fresh_process(_peak_mib, reader, asked) for name, reader in readers.items()}
    text = _heading(options, given, commit, asked, parameters) + render(times, peaks)
    deliver(text, options.output)


if __name__ == "__main__":
    main()

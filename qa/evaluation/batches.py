"""Each network run one input at a time beside batches: how long either takes, and how far a batch moves what comes out.

    python -m qa.evaluation.batches ARTICLES.jsonl.gz [--articles 12] [--rounds 5]
        [--output docs/results/batches-DATE.md]

ARTICLES is a source as `qa ingest` takes it. Inputs are those of the product: the passages of the first articles for
the encoder, a question with each of them for the reader, the articles' windows for the attributor. One at a time is
:class:`qa.graphs.Graph`; batches hold inputs of like length, padded, in a session whose products the threads share. The
two take turns, so that a busy machine slows both; times of the processor count what threads spend on waiting for work.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np

from qa.assistant import models_dir, prepare_encoder
from qa.assistant.keeping.attributing import ATTRIBUTION, articles_of
from qa.assistant.reading import READER
from qa.attribution import marking, windows
from qa.attribution.masking import find_quotations
from qa.embedding import PACKAGED_MODEL, OnnxEncoder
from qa.embedding.card import MODEL
from qa.evaluation.filing import commit, deliver, named
from qa.graphs import Graph, Inputs, Outputs, open_session
from qa.ingestion import cut_passages
from qa.reading import GRAPH
from qa.reading.span import TOKENIZER
from qa.reading.windows import Wordpieces, collate, cut_windows
from qa.settings import Settings, load_settings
from qa.types import Article

__all__ = ["Compared", "compare", "in_batches"]

_QUESTION = "What did the minister announce on Friday, and who was against it?"
_THREADS = 2
_MASK = "attention_mask"


@dataclass(frozen=True, slots=True)
class Compared:
    """Medians over rounds: seconds one at a time, and how many times as long batches take, by clock and processor.

    ``moved`` is the largest difference of any number that comes out, as a share of the largest number.
    """

    inputs: int
    tokens: int
    seconds: float
    clock: float
    processor: float
    moved: float


def compare(graph: Path, inputs: Sequence[Inputs], batch_tokens: int, *, rounds: int) -> Compared:
    """Run ``inputs`` both ways in turns; batches hold at most ``batch_tokens`` padded wordpieces."""
    network, session = Graph(graph, _THREADS), open_session(graph, _THREADS)
    alone, batched = network.run_each(inputs), in_batches(session.run, inputs, batch_tokens)
    spent = [
        (_spent(lambda: network.run_each(inputs)), _spent(lambda: in_batches(session.run, inputs, batch_tokens)))
        for _ in range(rounds)
    ]
    return Compared(
        len(inputs),
        sum(_length(one) for one in inputs),
        statistics.median(ours[0] for ours, _ in spent),
        statistics.median(theirs[0] / ours[0] for ours, theirs in spent),
        statistics.median(theirs[1] / ours[1] for ours, theirs in spent),
        _moved(inputs, alone, batched),
    )


def in_batches(run: Callable[[None, Inputs], Outputs], inputs: Sequence[Inputs], batch_tokens: int) -> list[Outputs]:
    """Run inputs in padded batches; what comes out, in their order."""
    outputs: dict[int, Outputs] = {}
    for group in _groups([_length(one) for one in inputs], batch_tokens):
        values = run(None, _batch([inputs[index] for index in group]))
        for row, index in enumerate(group):
            outputs[index] = [value[row : row + 1] for value in values]
    return [outputs[index] for index in range(len(inputs))]


def _batch(inputs: Sequence[Inputs]) -> Inputs:
    longest = max(map(_length, inputs))
    return {
        name: np.concatenate([np.pad(one[name], ((0, 0), (0, longest - _length(one)))) for one in inputs])
        for name in inputs[0]
    }


def _groups(lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Indexes in order of length, in groups whose padded size stays within ``batch_tokens``."""
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        if group and lengths[index] * (len(group) + 1) > batch_tokens:
            yield group
            group = []
        group.append(index)
    yield group


def _length(one: Inputs) -> int:
    return int(one[_MASK].shape[1])


def _moved(inputs: Sequence[Inputs], alone: Sequence[Outputs], batched: Sequence[Outputs]) -> float:
    """The largest difference; what stands at padding, of which no input has more than the longest, counts for none."""
    largest = furthest = 0.0
    for one, ours, theirs in zip(inputs, alone, batched, strict=True):
        real = int(one[_MASK].sum())
        for own, other in zip(ours, theirs, strict=True):
            if own.shape[1] == _length(one):
                own, other = own[:, :real], other[:, :real]  # noqa: PLW2901
            largest = max(largest, float(np.abs(own).max()))
            furthest = max(furthest, float(np.abs(own - other).max()))
    return furthest / largest


def _spent(call: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - clock, time.process_time() - processor


def _parts(articles: Sequence[Article], settings: Settings) -> Iterator[tuple[str, Path, Sequence[Inputs], int]]:
    """Each network with its inputs, and how many wordpieces a batch of them held before they were run one at a time."""
    passages = [passage.text for article in articles for passage in cut_passages(article)]
    folder = models_dir(settings) / PACKAGED_MODEL.lower()
    yield "encoder", folder / MODEL, OnnxEncoder(folder).inputs(passages), 512
    wordpieces = Wordpieces(READER / TOKENIZER)
    question, *texts = wordpieces.tokens_of([_QUESTION, *passages])
    read: Sequence[Inputs] = [
        collate([window]).inputs for text in texts for window in cut_windows(question, text, 256, 64)
    ]
    yield "reader", READER / GRAPH, read, 512
    marked: Sequence[Inputs] = [
        windows.collate([window]).inputs
        for article in articles
        for window in windows.pack(_words(article, wordpieces), overlap=64)
    ]
    yield "attributor", ATTRIBUTION / marking.GRAPH, marked, 256


def _words(article: Article, wordpieces: Wordpieces) -> windows.Words:
    spans = [paragraph.span for paragraph in article.paragraphs]
    return windows.words_of(article.text, spans, find_quotations(article.text), wordpieces)


def _report(articles: Sequence[Article], settings: Settings, rounds: int, given: Sequence[str]) -> str:
    rows = []
    for name, graph, inputs, batch_tokens in _parts(articles, settings):
        found = compare(graph, inputs, batch_tokens, rounds=rounds)
        rows.append(
            f"| {name} | {found.inputs} | {found.tokens} | {batch_tokens} | {found.seconds:.2f} | {found.clock:.2f} "
            f"| {found.processor:.2f} | {found.moved:.3f} |"
        )
    lines = [
        f"# One at a time, or batches, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"Command: `python -m qa.evaluation.batches {named(given)}` at commit {commit()}; "
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}. {len(articles)} articles, {_THREADS} threads, medians of {rounds} rounds "
        "in turns.",
        "",
        "| network | inputs | wordpieces | in a batch | one at a time, s | batches take, times as long | times the "
        "processor's time | a batch moves numbers by up to, of the largest |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a result goes to ``--output`` or is printed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(description="Compare inputs one at a time with batches.")
    parser.add_argument("source", help="articles, as `qa ingest` takes them")
    parser.add_argument("--articles", type=int, default=12, help="articles that are read, from the first")
    parser.add_argument("--rounds", type=int, default=5, help="times that either way is run")
    parser.add_argument("--output", type=Path, help="Markdown file to write")
    options = parser.parse_args(given)
    settings = load_settings()
    prepare_encoder(settings)
    found = (one for one in articles_of([options.source], settings.ingestion) if isinstance(one, Article))
    shown = [Path(argument).name if argument == options.source else argument for argument in given]
    text = _report(list(islice(found, options.articles)), settings, options.rounds, shown)
    deliver(text, options.output)


if __name__ == "__main__":
    main()

"""How often the right passage is found: by words, by meaning, and by each way of putting the two together.

    python -m qa.evaluation.retrieval DATA [--limit 1000] [--output docs/results/retrieval-DATE.md]
    python -m qa.evaluation.retrieval DATA --store postgresql://… [--output docs/results/engines-DATE.md]

DATA is a folder with ``qa/<set>.jsonl.gz`` (:mod:`qa.evaluation.pools` says what is in them). The contexts of a set are
pooled into one archive, cut, stored and indexed as the product does it; a passage is right when it holds a gold answer
at its place in the context that the question was written for. Training questions choose how scores are fused (the best
mean of Recall@5, Recall@20 and MRR over the sets); development questions are reported and choose nothing.

What this does not know: whether another passage answers as well; it counts as wrong, so the figures are a lower bound.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.evaluation.filing import commit, deliver
from qa.evaluation.pools import Case, Pool, cases, open_pool, read_rows, scratch_schema
from qa.protocols import Encoder
from qa.retrieval import FusionRetriever, fuse
from qa.retrieval.fusion import DENSE_WEIGHT
from qa.types import Question, Span

__all__ = ["Figures", "Measured", "Trial", "choose", "measure", "methods", "reciprocal_ranks", "render"]

CHOOSING = (("newsqa", "train"), ("squadshifts_wiki", "train"), ("tydiqa_en", "train"))
REPORTED = (("squadshifts_wiki", "dev"), ("newsqa", "dev"))
CANDIDATES = 100
TOP_K = 24

Scores = dict[str, float]
Method = Callable[[Scores, Scores], list[str]]


@dataclass(frozen=True, slots=True)
class Trial:
    """One question: the scores that each retriever gave, and the right passages among them."""

    lexical: Scores
    dense: Scores
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A set of questions, and milliseconds per question of the lexical, the dense and the fused search (medians)."""

    name: str
    passages: int
    trials: list[Trial]
    milliseconds: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Recall@5, Recall@20 and mean reciprocal rank, each between 0 and 1."""

    recall_5: float
    recall_20: float
    mrr: float

    @classmethod
    def of(cls, trials: Sequence[Trial], method: Method) -> Figures:
        """Rank every trial's passages by ``method`` and count."""
        ranks = [_first_right(method(trial.lexical, trial.dense), trial.right) for trial in trials]
        return cls(
            sum(rank <= 5 for rank in ranks) / len(ranks),
            sum(rank <= 20 for rank in ranks) / len(ranks),
            sum(1 / rank for rank in ranks) / len(ranks),
        )

    @property
    def mean(self) -> float:
        """What methods are chosen by."""
        return (self.recall_5 + self.recall_20 + self.mrr) / 3


def methods() -> dict[str, Method]:
    """Every way of ranking that is compared."""
    compared: dict[str, Method] = {
        "lexical": lambda lexical, _: list(lexical),
        "dense": lambda _, dense: list(dense)[:CANDIDATES],
        "reciprocal ranks, k 10": lambda lexical, dense: reciprocal_ranks(lexical, dense, 10),
        "reciprocal ranks, k 60": lambda lexical, dense: reciprocal_ranks(lexical, dense, 60),
    }
    for weight in (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        compared[f"convex, dense {weight}"] = _convex(weight)
    return compared


def reciprocal_ranks(lexical: Scores, dense: Scores, k: int) -> list[str]:
    """Fuse by the sum of 1 / (k + rank); equal sums in order of id."""
    sums: Scores = {}
    for ranking in (list(lexical), list(dense)[:CANDIDATES]):
        for rank, id_ in enumerate(ranking, start=1):
            sums[id_] = sums.get(id_, 0.0) + 1 / (k + rank)
    return sorted(sums, key=lambda id_: (-sums[id_], id_))


def measure(path: Path, split: str, limit: int, encoder: Encoder, store: str | None = None) -> Measured:
    """Pool up to ``limit`` rows of a set and search for each answerable question."""
    rows = read_rows(path, split)[:limit]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        schema = stack.enter_context(scratch_schema(store)) if store else None
        pool = stack.enter_context(open_pool(rows, folder, encoder, store=schema))
        answerable = [case for case in cases(rows) if case.gold]
        found = [_search(pool, case) for case in answerable]
        spent = zip(*(milliseconds for _, milliseconds in found), strict=True)
        lexical, dense, fused = map(statistics.median, spent)
        name = f"{path.name.removesuffix('.jsonl.gz')} {split}"
        return Measured(name, pool.passages, [trial for trial, _ in found], (lexical, dense, fused))


def choose(measured: Iterable[Measured]) -> tuple[str, dict[str, float]]:
    """The method with the best mean over all sets, and every method's mean."""
    sets = list(measured)
    means = {
        name: statistics.mean(Figures.of(each.trials, method).mean for each in sets)
        for name, method in methods().items()
    }
    return max(means, key=lambda name: means[name]), means


def render(chosen: str, means: dict[str, float], choosing: Sequence[Measured], reported: Sequence[Measured]) -> str:
    """Tables in Markdown."""
    lines = [
        "## Choosing (training questions)",
        "",
        f"Best mean of Recall@5, Recall@20 and MRR over {_sizes(choosing)}: **{chosen}**. "
        f"The product uses: convex, dense {DENSE_WEIGHT}.",
        "",
        "| method | mean | " + " | ".join(f"{each.name} R@5 / R@20 / MRR" for each in choosing) + " |",
        "|---|---|" + "---|" * len(choosing),
        *_table(choosing, means),
        "",
        "## Reported (development questions, which chose nothing)",
        "",
        f"{_sizes(reported)}.",
        "",
        "| method | " + " | ".join(f"{each.name} R@5 / R@20 / MRR" for each in reported) + " |",
        "|---|" + "---|" * len(reported),
        *_table(reported),
        "",
        "| milliseconds per question (median) | lexical | dense, the question's encoding included | fused, top 24 |",
        "|---|---|---|---|",
        *(f"| {each.name} | " + " | ".join(f"{time:.1f}" for time in each.milliseconds) + " |" for each in reported),
    ]
    return "\n".join(lines) + "\n"


def render_engines(sqlite: Sequence[Measured], postgres: Sequence[Measured]) -> str:
    """Both engines beside each other, as the product ranks, in Markdown."""
    ways = {"by words": "lexical", "by meaning": "dense", "fused, as answered": f"convex, dense {DENSE_WEIGHT}"}
    lines = [
        "## Both engines (development questions)",
        "",
        f"{_sizes(sqlite)}. Recall@5 / Recall@20 / MRR.",
        "",
        "| set | ranked | SQLite and Chroma | PostgreSQL | same first 20 passages |",
        "|---|---|---|---|---|",
    ]
    for one, other in zip(sqlite, postgres, strict=True):
        for way, name in ways.items():
            method = methods()[name]
            cells = (_cell(Figures.of(each.trials, method)) for each in (one, other))
            pairs = zip(one.trials, other.trials, strict=True)
            same = sum(
                method(left.lexical, left.dense)[:20] == method(right.lexical, right.dense)[:20]
                for left, right in pairs
            )
            lines.append(f"| {one.name} | {way} | {' | '.join(cells)} | {same} of {len(one.trials)} |")
    lines += [
        "",
        "| milliseconds per question (median) | by words | by meaning, with the encoding | fused, top 24 |",
        "|---|---|---|---|",
    ]
    for engine, sets in (("SQLite and Chroma", sqlite), ("PostgreSQL", postgres)):
        lines += (
            f"| {engine}, {each.name} | " + " | ".join(f"{time:.1f}" for time in each.milliseconds) + " |"
            for each in sets
        )
    return "\n".join(lines) + "\n"


def _search(pool: Pool, case: Case) -> tuple[Trial, tuple[float, float, float]]:
    fusion = pool.retriever
    assert isinstance(fusion, FusionRetriever)
    question = Question(case.question)
    start = time.perf_counter()
    lexical = fusion.lexical.scores(question, CANDIDATES)
    after_words = time.perf_counter()
    fusion.dense.scores(question, CANDIDATES)
    after_meaning = time.perf_counter()
    fusion.retrieve(question, TOP_K)
    end = time.perf_counter()
    dense = fusion.dense.scores(question, CANDIDATES, also=lexical)
    right = frozenset(id_ for id_ in {**lexical, **dense} if _is_right(id_, case))
    spent = (after_words - start, after_meaning - after_words, end - after_meaning)
    return Trial(lexical, dense, right), (spent[0] * 1000, spent[1] * 1000, spent[2] * 1000)


def _is_right(passage_id: str, case: Case) -> bool:
    article_id, _, span = passage_id.partition(":")
    start, _, end = span.partition("-")
    return article_id == case.article_id and any(Span(int(start), int(end)).contains(gold) for gold in case.gold)


def _convex(weight: float) -> Method:
    return lambda lexical, dense: [id_ for id_, _ in fuse(lexical, dense, weight)]


def _first_right(ranking: Iterable[str], right: frozenset[str]) -> float:
    return next((rank for rank, id_ in enumerate(ranking, start=1) if id_ in right), float("inf"))


def _sizes(sets: Iterable[Measured]) -> str:
    return ", ".join(f"{each.name} ({len(each.trials)} questions, {each.passages} passages)" for each in sets)


def _table(sets: Sequence[Measured], means: dict[str, float] | None = None) -> Iterable[str]:
    for name, method in methods().items():
        figures = [Figures.of(each.trials, method) for each in sets]
        cells = [_cell(each) for each in figures]
        yield "| " + " | ".join([name, *([f"{means[name]:.4f}"] if means else []), *cells]) + " |"


def _cell(figures: Figures) -> str:
    return f"{figures.recall_5:.3f} / {figures.recall_20:.3f} / {figures.mrr:.3f}"


def _heading(paths: Iterable[Path], arguments: Sequence[str], encoder: Encoder) -> str:
    digests = "\n".join(f"- `{path.name}` {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths)
    return (
        f"# Retrieval, {datetime.now(UTC):%Y-%m-%d}\n\n"
        f"Command: `python -m qa.evaluation.retrieval {' '.join(arguments)}` at commit {commit()}; "
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; "
        f"encoder {encoder.name} `{encoder.digest}`.\n\nSHA-256 of the questions:\n\n{digests}\n\n"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a result goes to ``--output`` or is printed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(description="Measure retrieval on pooled questions.")
    parser.add_argument("data", type=Path, help="folder that holds qa/*.jsonl.gz")
    parser.add_argument("--models", type=Path, default=Path("qa-data/models"), help="folder of compiled encoders")
    parser.add_argument("--limit", type=int, default=1_000, help="rows of each set that are pooled")
    parser.add_argument("--store", help="compare both engines alone: address of a PostgreSQL database with pgvector")
    parser.add_argument("--output", type=Path, help="Markdown file to write")
    options = parser.parse_args(given)
    encoder = load_encoder(PACKAGED_MODEL, options.models)
    paths = {name: options.data / "qa" / f"{name}.jsonl.gz" for name, _ in CHOOSING + REPORTED}
    named = {str(options.data): "DATA", str(options.models): "MODELS", options.store: "URL"}
    shown = [named.get(argument, argument) for argument in given]  # folders of this machine say nothing
    heading = _heading(paths.values(), shown, encoder)
    if options.store:
        sqlite, postgres = (
            [measure(paths[name], split, options.limit, encoder, store) for name, split in REPORTED]
            for store in (None, options.store)
        )
        deliver(heading + render_engines(sqlite, postgres), options.output)
        return
    choosing = [measure(paths[name], split, options.limit, encoder) for name, split in CHOOSING]
    reported = [measure(paths[name], split, options.limit, encoder) for name, split in REPORTED]
    deliver(heading + render(*choose(choosing), choosing, reported), options.output)


if __name__ == "__main__":
    main()

"""Questions against the pooled contexts of whole files as one archive -> how good the final answer is.

    python -m qa.evaluation.open FILE... [--second [DIR]] [--limit N] [--ablation N] [--output FILE]
    python -m qa.evaluation.open FILE... --fit [--weights DIR] [--second [DIR]]

This is the product's number; :mod:`qa.evaluation.asking` says what is asked and what counts as right. The table has
the two readers and the three retrievers side by side, each with its time.

``--second`` asks the two readers together, as they are shipped. ``--fit`` fits the span reader's confidence on one half
of the development questions and writes it beside the weights (:mod:`qa.evaluation.confidence`), with ``--second`` that
for both readers; the other half is what is reported. Training questions would not do: the readers were trained on them,
and their margins there are those of somebody who knows the answers.

What this does not know: how the same weights read when the right passage is given (:mod:`qa.evaluation.reader`).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from qa.answering import SENTENCE_READER, SpanConfidence
from qa.assistant import models_dir
from qa.assistant.reading import READER, SECOND, Reading, digest_of, read_again, span_reading
from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.evaluation.abstention import risk_curve
from qa.evaluation.asking import Kind, Situation, Trial, ask_all, situations, summary
from qa.evaluation.confidence import fit, fit_twice
from qa.evaluation.filing import commit
from qa.evaluation.pools import Pool
from qa.protocols import Encoder, Retriever
from qa.reading import SentenceReader, SpanModel, SpanReader
from qa.settings import RetrievalSettings, load_settings

__all__ = ["main"]

RETRIEVERS: dict[str, Callable[[Pool], Retriever]] = {
    "lexical": lambda pool: pool.retriever.lexical,
    "dense": lambda pool: pool.retriever.dense,
    "fused": lambda pool: pool.retriever,
}


@dataclass(frozen=True, slots=True)
class Method:
    """A reader over a retriever, and the situations that it is measured in."""

    name: str
    retriever: Callable[[Pool], Retriever]
    reading: Reading

    def ask(self, listed: Sequence[Situation], top_k: int) -> list[Trial]:
        """Ask everything."""
        return [trial for one in listed for trial in ask_all(one, self.retriever(one.pool), self.reading, top_k)]


def report(listed: Sequence[Situation], readings: dict[str, Reading], top_k: int, ablation: int) -> list[str]:
    """Ask everything; the span reader over fused hits, the product, comes first and in full."""
    product = Method("span, fused", RETRIEVERS["fused"], readings["span"])
    trials = product.ask(listed, top_k)
    few = [replace(one, questions=one.questions[:ablation]) for one in listed]
    compared = {
        f"{reader}, {name}": (Method(name, retriever, reading).ask(few, top_k), reading)
        for reader, reading in readings.items()
        for name, retriever in RETRIEVERS.items()
    }
    sets = {one.dataset: [trial for trial in trials if trial.dataset == one.dataset] for one in listed}
    inside = [trial.judged for trial in trials if trial.kind is Kind.ANSWERABLE]
    threshold = product.reading.confidence.threshold
    return [
        f"## The product, {len(inside)} answerable questions",
        "",
        *_table({"all": summary(trials, threshold), **{name: summary(of, threshold) for name, of in sets.items()}}),
        "",
        f"## Readers and retrievers, the first {ablation} questions of each set",
        "",
        *_table({name: summary(of, reading.confidence.threshold) for name, (of, reading) in compared.items()}),
        "",
        "## Risk and coverage of the product, answerable questions",
        "",
        "| answered | least confidence | wrong of those answered |",
        "|---|---|---|",
        *(f"| {100 * share:.0f} % | {least:.2f} | {100 * wrong:.1f} % |" for share, least, wrong in risk_curve(inside)),
    ]


def _table(columns: dict[str, dict[str, float]]) -> list[str]:
    rows = list(dict.fromkeys(row for figures in columns.values() for row in figures))
    return [
        "| percent | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 1) + "|",
        *(
            f"| {row} | " + " | ".join(f"{of[row]:.1f}" if row in of else "" for of in columns.values()) + " |"
            for row in rows
        ),
    ]


def _heading(options: argparse.Namespace, reading: Reading, passages: int) -> list[str]:
    names = " ".join([*(path.name for path in options.files), *(["--second"] if options.second else [])])
    return [
        f"# Answers over whole files as one archive, {datetime.now(UTC).date()}",
        "",
        f"- command: `python -m qa.evaluation.open {names} --limit {options.limit} --ablation {options.ablation}`",
        f"- commit: {commit()}",
        f"- machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"{options.threads} threads",
        f"- archive: {passages} passages; split {options.split}, second half; the {options.top_k} best hits are read",
        f"- reader: {reading.name}; threshold {reading.confidence.threshold}",
        "",
        "Answered, EM and F1 are at each reader's shipped threshold; a question that is not answered scores 0.",
        "",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    options = _options(arguments)
    encoder = load_encoder(PACKAGED_MODEL, models_dir(load_settings()), threads=options.threads)
    half = 0 if options.fit else 1
    with situations(options.files, options.split, options.limit, options.cache, encoder, half=half) as listed:
        text = _fit(options, listed) if options.fit else _report(options, listed, encoder)
    sys.stdout.write(text)
    if options.output and not options.fit:
        options.output.write_text(text, encoding="utf-8")


def _report(options: argparse.Namespace, listed: Sequence[Situation], encoder: Encoder) -> str:
    span = span_reading(options.weights, options.second, threads=options.threads)
    readings = {"sentence": Reading(SentenceReader(encoder), SENTENCE_READER), "span": span}
    lines = _heading(options, span, listed[0].pool.passages)
    return "\n".join([*lines, *report(listed, readings, options.top_k, options.ablation)]) + "\n"


def _fit(options: argparse.Namespace, listed: Sequence[Situation]) -> str:
    reader = SpanReader(SpanModel(options.weights, threads=options.threads), enough=options.enough)
    names = " ".join(path.name for path in options.files)
    chosen = f"--second --sure {options.sure} --limit {options.limit} --least {options.least}"
    how = {
        "by": f"python -m qa.evaluation.open {names} --fit {chosen if options.second else ''}".rstrip(),
        "split": f"{options.split}, first half",
        "questions": sum(len(one.questions) for one in listed),
        "on": str(datetime.now(UTC).date()),
    }
    if options.second:
        first = SpanConfidence.read(options.weights, digest_of(options.weights))
        again = read_again(reader, first, options.second, sure=options.sure, threads=options.threads)
        twice = fit_twice(listed, again, first, sure=options.sure, top_k=options.top_k, wrong=options.wrong)
        noted = {**how, **twice.fitted, "threshold of these sets": twice.threshold}
        least = max(twice.threshold, options.least)
        twice = replace(twice, threshold=least, second=digest_of(options.second), fitted=noted)
        twice.write(options.second)
        return f"{twice}\n"
    model = fit(listed, reader, options.top_k, options.wrong)
    noted = {**how, "enough": options.enough, **model.fitted}
    model = replace(model, reader=digest_of(options.weights), fitted=noted)
    model.write(options.weights)
    return f"{model}\n"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.open", description=__doc__.split("\n")[0])
    parser.add_argument(
        "files", type=Path, nargs="+", help="question sets in JSON Lines; two or more to be off archive"
    )
    parser.add_argument("--weights", type=Path, default=READER, help="folder of the span reader")
    parser.add_argument("--second", type=Path, nargs="?", const=SECOND, help="with the network that reads again")
    parser.add_argument("--sure", type=float, default=0.8, help="confidence from which nothing is read again, to fit")
    parser.add_argument("--split", default="dev", help="whose questions; the archive holds every split's contexts")
    parser.add_argument("--limit", type=int, default=1_000, help="questions of each file")
    parser.add_argument("--ablation", type=int, default=150, help="questions of each situation in the comparison")
    parser.add_argument("--top-k", type=int, default=RetrievalSettings().top_k, help="passages that are read")
    parser.add_argument(
        "--enough", type=float, default=3.0, help="margin from which four passages are enough, to fit for"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=Path("qa-data/pools"), help="archives are kept here")
    parser.add_argument("--wrong", type=float, default=1.0, help="most of the answers that may be wrong, to fit for")
    parser.add_argument(
        "--least", type=float, default=0.0, help="lowest threshold of two readers, whatever these sets say"
    )
    parser.add_argument("--fit", action="store_true", help="fit the span reader's confidence instead")
    parser.add_argument("--output", type=Path, help="write the result there as well")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

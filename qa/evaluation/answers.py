"""Question sets -> how often answers are right, how often the archive is silent, and at which confidence.

    python -m qa.evaluation.answers DATA [--limit 300] [--output docs/results/answers-DATE.md]
    python -m qa.evaluation.answers DATA --fit

DATA is a folder with the question sets as gzipped JSON Lines. Measured in the open setting, over all contexts of a set
pooled into one archive:

- **answerable**: a set's questions against its own archive. An answer is right when its first citation stands in the
  right article and its sentence holds a right answer; *place* counts only the very sentence that was annotated.
- **withheld**: the same questions when the article that answers is left out of what was found.
- **off the archive**: the same questions against the other set's archive.
- **near misses**: questions written so that their own context looks as if it answered and does not.

``--fit`` uses train questions alone: half of them for the reader's weights, the other half for the calibration and the
threshold: the lowest confidence at which at most 10 % of the withheld and off-archive questions are answered (near
misses left out). It prints the constants of ``qa/reading/sentence.py`` and ``qa/answering/calibration.py``; what is
reported is dev, which it never sees.

What this does not know: answers that the annotators did not mark (they count as wrong), and withheld questions that
another article happens to answer (they count as false answers).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from qa.answering import Calibration
from qa.answering.calibration import SENTENCE_READER
from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.evaluation.filing import commit
from qa.evaluation.fitting import Example, fit_calibration, fit_reader, lowest_threshold
from qa.evaluation.pools import Case, Pool, Remembering, cases, open_pool, read_rows
from qa.protocols import Encoder, Reader
from qa.questions import understand
from qa.reading import SentenceReader
from qa.reading.sentence import sentences_of
from qa.text import fold
from qa.types import Candidate, Hit, QuestionKind, Span

__all__ = ["Situation", "Trial", "curve", "main", "run_trials"]

SETS = ("newsqa", "squadshifts_wiki")  # each is off the other's archive
NEAR_MISSES = "squad_train_cs224n"
TOP_K = 24  # retrieved, so that enough are left where the right article is withheld
PASSAGES = 8  # read, as in the product
FALSE_ANSWERS = 0.1


@dataclass(frozen=True, slots=True)
class Situation:
    """Questions against an archive; ``answerable`` is whether it holds answers that may be found."""

    name: str
    pool: Pool
    questions: Sequence[Case]
    answerable: bool
    withheld: bool = False

    def hits(self, case: Case) -> list[Hit]:
        """Retrieve for one question."""
        hits = self.pool.retriever.retrieve(understand(case.question)[0], TOP_K)
        if self.withheld:
            hits = [hit for hit in hits if hit.passage.article_id != case.article_id]
        return [replace(hit, rank=rank) for rank, hit in enumerate(hits[:PASSAGES], start=1)]


@dataclass(frozen=True, slots=True)
class Trial:
    """One question asked: the evidence for the best candidate and whether it is right."""

    best: Candidate
    right: bool
    place: bool
    answerable: bool


@contextmanager
def open_situations(data: Path, split: str, limit: int, encoder: Encoder) -> Iterator[list[Situation]]:
    """Make an archive of each set and list what is asked of them. Near misses have a train split, which is halved."""
    with ExitStack() as stack:
        pools: dict[str, tuple[Pool, list[Case]]] = {}
        for name in (*SETS, NEAR_MISSES):
            rows = read_rows(data / f"{name}.jsonl.gz", "train" if name == NEAR_MISSES else split)
            if name == NEAR_MISSES:
                rows = [row for row in rows if not row["answers"]][split != "train" :: 2]
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            pools[name] = (stack.enter_context(open_pool(rows[:limit], folder, encoder)), cases(rows[:limit]))
        yield list(_situations(pools))


def _situations(pools: Mapping[str, tuple[Pool, list[Case]]]) -> Iterator[Situation]:
    for name, other in (SETS, SETS[::-1]):
        pool, questions = pools[name]
        yield Situation(f"{name}, answerable", pool, questions, answerable=True)
        yield Situation(f"{name}, withheld", pool, questions, answerable=False, withheld=True)
        yield Situation(f"{name}, off the archive", pools[other][0], questions, answerable=False)
    yield Situation("near misses", *pools[NEAR_MISSES], answerable=False)


def run_trials(situation: Situation, reader: Reader) -> list[Trial]:
    """Ask every question for a span and judge the best candidate."""
    trials = []
    for case in situation.questions:
        question = replace(understand(case.question)[0], kind=QuestionKind.SPAN)
        candidates = reader.read(question, situation.hits(case))
        if candidates:
            best = max(candidates, key=SENTENCE_READER.confidence)
            right, place = _judge(best, case, situation)
            trials.append(Trial(best, right, place, situation.answerable))
    return trials


def _judge(best: Candidate, case: Case, situation: Situation) -> tuple[bool, bool]:
    if not situation.answerable or best.hit.passage.article_id != case.article_id:
        return False, False
    text = situation.pool.articles[case.article_id].text
    sentence = fold(best.sentence.of(text))
    return any(fold(gold.of(text)) in sentence for gold in case.gold), _touches(best.sentence, case.gold)


def _touches(sentence: Span, gold: Sequence[Span]) -> bool:
    return any(sentence.overlaps(span) for span in gold)


def curve(trials: Sequence[Trial], calibration: Calibration) -> list[tuple[float, float, float]]:
    """For each tenth of the questions, surest first: (share answered, least confidence, share of them wrong)."""
    ranked = sorted(trials, key=lambda trial: -calibration.confidence(trial.best))
    points = []
    for tenth in range(1, 11):
        answered = ranked[: max(1, round(len(ranked) * tenth / 10))]
        wrong = sum(not trial.right for trial in answered) / len(answered)
        points.append((len(answered) / len(ranked), calibration.confidence(answered[-1].best), wrong))
    return points


def fit(data: Path, limit: int, encoder: Encoder) -> str:
    """Fit on train questions; return the constants as text."""
    with open_situations(data, "train", limit, encoder) as situations:
        examples = [
            example
            for situation in situations
            for example in _examples(replace(situation, questions=situation.questions[::2]), encoder)
        ]
        weights, nothing = fit_reader(examples)
        reader = SentenceReader(encoder, weights=weights, nothing=nothing)
        trials = [
            trial
            for situation in situations
            if situation.name != "near misses"
            for trial in run_trials(replace(situation, questions=situation.questions[1::2]), reader)
        ]
    right = [trial.right for trial in trials]
    calibration = fit_calibration([trial.best.margin for trial in trials], right)
    unanswerable = [calibration.confidence(trial.best) for trial in trials if not trial.answerable]
    threshold = lowest_threshold(unanswerable, FALSE_ANSWERS)
    return f"WEIGHTS = {weights}\nNOTHING = {nothing}\nSENTENCE_READER = {replace(calibration, threshold=threshold)}\n"


def _examples(situation: Situation, encoder: Encoder) -> Iterator[Example]:
    reader = SentenceReader(encoder)
    for case in situation.questions:
        sentences = [sentence for hit in situation.hits(case) for sentence in sentences_of(hit)]
        if sentences:
            chosen, features = reader.features(understand(case.question)[0], sentences)
            right = [
                situation.answerable
                and sentence.hit.passage.article_id == case.article_id
                and _touches(sentence.span, case.gold)
                for sentence in chosen
            ]
            yield Example(features, np.array(right))


def report(data: Path, limit: int, encoder: Encoder, command: str) -> str:
    """Measure on dev questions; return the result file."""
    reader = SentenceReader(encoder)
    with open_situations(data, "dev", limit, encoder) as situations:
        tried = {situation.name: run_trials(situation, reader) for situation in situations}
        sizes = {situation.name: situation.pool.passages for situation in situations}
    answerable = [trial for trials in tried.values() for trial in trials if trial.answerable]
    lines = [
        f"# Answers of the sentence reader, {datetime.now(UTC).date()}",
        "",
        f"- command: `{command}`",
        f"- commit: {commit()}",
        f"- machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        f"- encoder: {encoder.name}, {encoder.digest[:16]}; threshold {SENTENCE_READER.threshold}",
        "",
        "## At the threshold",
        "",
        "| questions | passages | asked | answered | right of those answered | same, annotated sentence | "
        "best sentence right, unthresholded |",
        "|---|---|---|---|---|---|---|",
        *(_row(name, sizes[name], trials) for name, trials in tried.items()),
        "",
        "Every answer to a question that is withheld, off the archive or a near miss is a false one.",
        "",
        "## Risk and coverage, answerable questions",
        "",
        *_curve_table(answerable),
        "",
        "## Risk and coverage, answerable and withheld and off the archive together",
        "",
        *_curve_table([trial for name, trials in tried.items() if name != "near misses" for trial in trials]),
        "",
        "## Confidence against truth, the same questions",
        "",
        *_reliability([trial for name, trials in tried.items() if name != "near misses" for trial in trials]),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, passages: int, trials: Sequence[Trial]) -> str:
    answered = [trial for trial in trials if SENTENCE_READER.confidence(trial.best) >= SENTENCE_READER.threshold]
    if not trials[0].answerable:
        return f"| {name} | {passages} | {len(trials)} | {_share(len(answered), trials)} | | | |"
    right, place = sum(trial.right for trial in answered), sum(trial.place for trial in answered)
    return (
        f"| {name} | {passages} | {len(trials)} | {_share(len(answered), trials)} | {_share(right, answered)} | "
        f"{_share(place, answered)} | {_share(sum(trial.right for trial in trials), trials)} |"
    )


def _share(count: int, of: Sequence[Trial]) -> str:
    return f"{100 * count / len(of):.1f} %" if of else ""


def _curve_table(trials: Sequence[Trial]) -> list[str]:
    header = ["| answered | least confidence | wrong of those answered |", "|---|---|---|"]
    return header + [
        f"| {100 * coverage:.0f} % | {least:.2f} | {100 * wrong:.1f} % |"
        for coverage, least, wrong in curve(trials, SENTENCE_READER)
    ]


def _reliability(trials: Sequence[Trial]) -> list[str]:
    lines = ["| confidence | questions | right |", "|---|---|---|"]
    for low in range(10):
        held = [trial for trial in trials if low <= min(9.99, 10 * SENTENCE_READER.confidence(trial.best)) < low + 1]
        if held:
            right = _share(sum(trial.right for trial in held), held)
            lines.append(f"| {low / 10:.1f} to {(low + 1) / 10:.1f} | {len(held)} | {right} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.answers", description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder of the question sets")
    parser.add_argument("--limit", type=int, default=300, help="questions of each set")
    parser.add_argument("--models", type=Path, default=Path("qa-data/models"), help="folder of compiled models")
    parser.add_argument("--fit", action="store_true", help="fit on train questions instead of measuring dev")
    parser.add_argument("--output", type=Path, help="write the result there as well")
    options = parser.parse_args(arguments)
    encoder = Remembering(load_encoder(PACKAGED_MODEL, options.models))
    command = f"python -m qa.evaluation.answers DATA --limit {options.limit}"
    result = (
        fit(options.data, options.limit, encoder)
        if options.fit
        else report(options.data, options.limit, encoder, command)
    )
    sys.stdout.write(result)
    if options.output:
        options.output.write_text(result, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Questions that ask for a reason -> how often they are answered, and rightly by the span and by its whole sentence.

    python -m qa.evaluation.reasons ester.jsonl.gz

The questions of a set that ask why or how, or for a cause, are asked of all of its contexts pooled into one archive,
and once more with their own article withheld. An answer is right when what is cited touches a gold span.

What this does not know: reasons that the annotators did not mark, and other articles that tell a withheld reason; both
count as wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.answering.proposals import proposals
from qa.assistant.reading import SECOND, Reading, span_reading
from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.evaluation.pools import Case, Pool, cases, open_pool, read_rows
from qa.questions import understand
from qa.types import Candidate, Hit, Question, QuestionKind, Span

__all__ = ["Told", "ask", "asks_for_a_reason", "main", "render"]

TOP_K, PASSAGES = 24, 8  # retrieved, so that enough are left where an article is withheld; read, as in the product
_REASON = re.compile(
    r"^\W*(?:why|how (?:did|do|does|can|could|is|are|was|were|will|would|has|have)"
    r"|what (?:caused|causes|made|led|forced|prompted)|what (?:is|was|were|are) the (?:reasons?|causes?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one question; ``falsely``: whether it is answered although its article is withheld."""

    answered: bool
    by_span: bool
    by_sentence: bool
    falsely: bool


def asks_for_a_reason(question: str) -> bool:
    """Whether a question asks why or how something is, or for a cause."""
    return bool(_REASON.search(question))


def ask(pool: Pool, reading: Reading, case: Case) -> Told:
    """Ask one question, with its article and without."""
    question = replace(understand(case.question)[0], kind=QuestionKind.EXPLANATION)
    hits = pool.retriever.retrieve(question, TOP_K)
    sure, best = _best(reading, question, hits)
    without, _ = _best(reading, question, [hit for hit in hits if hit.passage.article_id != case.article_id])
    lowest = reading.confidence.threshold
    ours = best if best and best.hit.passage.article_id == case.article_id else None
    by_span = ours is not None and _touches(ours.span, case)
    by_sentence = ours is not None and _touches(ours.sentence, case)
    return Told(sure >= lowest, by_span, by_sentence, without >= lowest)


def _best(reading: Reading, question: Question, hits: Sequence[Hit]) -> tuple[float, Candidate | None]:
    """The likeliest candidate of the first passages and how sure it is."""
    read = [replace(hit, rank=rank) for rank, hit in enumerate(hits[:PASSAGES], start=1)]
    proposed = proposals(reading.reader.read(question, read))
    sure = zip(reading.confidence.of(proposed), proposed, strict=True)
    return max(((confidence, one.best) for confidence, one in sure), key=lambda pair: pair[0], default=(0.0, None))


def _touches(span: Span, case: Case) -> bool:
    return any(span.overlaps(gold) for gold in case.gold)


def render(told: Iterable[Told]) -> str:
    """Count as a table."""
    every = list(told)
    answered = [one for one in every if one.answered]
    figures = (
        len(every),
        len(answered),
        sum(one.by_span for one in answered),
        sum(one.by_sentence for one in answered),
        sum(one.falsely for one in every),
    )
    return (
        "| asked | answered | right by the span | right by its sentence | withheld and answered |\n"
        f"|---|---|---|---|---|\n| {' | '.join(map(str, figures))} |\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.reasons", description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="a question set")
    parser.add_argument("--models", type=Path, default=Path("qa-data/models"), help="folder of compiled models")
    options = parser.parse_args(arguments)
    rows = [row for row in read_rows(options.data, None) if asks_for_a_reason(row["question"])]
    encoder, reading = load_encoder(PACKAGED_MODEL, options.models), span_reading(second=SECOND)
    with tempfile.TemporaryDirectory() as folder, open_pool(rows, Path(folder), encoder) as pool:
        sys.stdout.write(render(ask(pool, reading, case) for case in cases(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

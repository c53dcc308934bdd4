"""Questions with known answers -> which of them the archive still gets right.

    python -m qa.evaluation.regression [QUESTIONS.jsonl] [--corpus corpus]

asks the archive in the data folder (``QA_DATA_DIR``), into which the corpus has been ingested, and exits with 1 when a
question is answered wrongly. A row is ``{"id", "question", "answerable", "gold": [{"article", "text"}], "reason"}``;
``article`` is a file of the corpus (``name#2``: its second article). A follow-up has the ``earlier`` questions too. A
citation is right when it shares a character
with a gold text. A question is right when its first citation is, or when it has no answer and the archive says so, for
the given reason if there is one.

What this does not know: whether a citation beyond the gold is wrong or was only not marked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.ingestion import Limits, read_articles
from qa.settings import load_settings
from qa.types import Answer, Article, Citation, NoAnswer, Outcome, Span

__all__ = ["Result", "main", "read_corpus", "run"]

_SAMPLE = Path(__file__).with_name("sample_questions.jsonl")
Ask = Callable[..., Outcome]  # of a question, with the earlier ones where a row has any


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question.

    ``found`` of the ``gold`` texts are cited; ``right`` of the ``cited`` citations are gold.
    """

    id: str
    question: str
    passed: bool
    said: str
    found: int
    gold: int
    right: int
    cited: int


def read_corpus(folder: Path) -> dict[str, Article]:
    """Read a folder's articles as ingestion does, by file name; the second article of a file is ``name#2``."""
    corpus: dict[str, Article] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != "README.md":
            found = read_articles(str(path), Limits(), now=datetime.now(UTC))
            for number, article in enumerate((one for one in found if isinstance(one, Article)), start=1):
                corpus[path.name if number == 1 else f"{path.name}#{number}"] = article
    return corpus


def run(rows: Iterable[Mapping[str, Any]], corpus: Mapping[str, Article], ask: Ask) -> list[Result]:
    """Ask every question and judge the outcome.

    Raises:
        ValueError: a gold text is not in its article.
    """
    return [_judge(row, corpus, _asked(row, ask)) for row in rows]


def _asked(row: Mapping[str, Any], ask: Ask) -> Outcome:
    return ask(row["question"], earlier=row["earlier"]) if row.get("earlier") else ask(row["question"])


def _judge(row: Mapping[str, Any], corpus: Mapping[str, Article], outcome: Outcome) -> Result:
    gold = [_places(entry["article"], entry["text"], corpus) for entry in row["gold"]]
    if isinstance(outcome, NoAnswer):
        passed = not row["answerable"] and row.get("reason") in (None, outcome.reason.value)
        return Result(row["id"], row["question"], passed, f"no answer: {outcome.reason.value}", 0, len(gold), 0, 0)
    right = [any(_is_at(citation, places) for places in gold) for citation in outcome.citations]
    found = sum(any(_is_at(citation, places) for citation in outcome.citations) for places in gold)
    return Result(
        row["id"],
        row["question"],
        bool(row["answerable"]) and right[0],
        _said(outcome),
        found,
        len(gold),
        sum(right),
        len(right),
    )


def _said(outcome: Answer) -> str:
    return f"{outcome.confidence:.2f} {outcome.text!r}" + (
        f" and {len(outcome.citations) - 1} more" if len(outcome.citations) > 1 else ""
    )


def _places(file: str, text: str, corpus: Mapping[str, Article]) -> list[tuple[str, Span]]:
    """Every place of a gold text in its article."""
    article = corpus[file]
    starts = [start for start in range(len(article.text)) if article.text.startswith(text, start)]
    if not starts:
        raise ValueError(f"{file} does not hold the gold text {text!r}")
    return [(article.id, Span(start, start + len(text))) for start in starts]


def _is_at(citation: Citation, places: Sequence[tuple[str, Span]]) -> bool:
    """Whether the citation is at a gold place, or an article that says the same is."""
    also = {article.id for article in citation.also_in}
    return any(id_ in also or (id_ == citation.article.id and citation.span.overlaps(span)) for id_, span in places)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.regression", description=__doc__.split("\n")[0])
    parser.add_argument("questions", nargs="?", type=Path, default=_SAMPLE)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with Assistant.open(load_settings()) as assistant:
        results = run(rows, read_corpus(options.corpus), assistant.ask)
    for result in results:
        mark = "ok   " if result.passed else "WRONG"
        counts = f"gold {result.found}/{result.gold}, cited {result.right}/{result.cited}"
        sys.stdout.write(f"{mark} {result.id}: {result.question} -> {result.said} ({counts})\n")
    passed = sum(result.passed for result in results)
    sys.stdout.write(f"{passed} of {len(results)} right\n")
    return 0 if passed == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())

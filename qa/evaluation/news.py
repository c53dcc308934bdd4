"""Questions about a news archive, made by hand -> what is answered, what is wrong, what is refused though it is there.

    QA_DATA_DIR=FOLDER python -m qa.evaluation.news [QUESTIONS.jsonl] [--half tune|report]
                       [--fill ARCHIVE.jsonl.gz --others N] [--output docs/results/news-DATE.md] [--wrong]

Each question stands alone and is asked of the archive in the data folder as ``qa ask`` asks it. ``--fill`` first
ingests the articles that the questions are about, and the first N others of that file, into the folder. A row is
``{"id", "half", "article", "question", "kind", "answers", "premise"}``: ``article`` is the address of one, ``answers``
are exact words of it, any of which is right, and empty for a question that nothing in the whole archive answers;
``kind`` then says in which way it is near an article, and ``premise`` what is so instead. The halves share no article.

An answer is right when its F1 with one of the answers is at least a half or when it holds one of them whole.

What this does not know: right answers that the one reader who made the set did not think of.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.evaluation.abstention import Judged, calibration_error, coverage_at
from qa.evaluation.filing import commit, deliver, machine
from qa.evaluation.gate import reader_digest
from qa.evaluation.squad import exact_match, f1, normalise_answer
from qa.settings import load_settings
from qa.types import Answer, Outcome

__all__ = ["QUESTIONS", "Told", "fill", "judge", "main", "read_questions", "render"]

QUESTIONS = Path(__file__).with_name("news_questions.jsonl")
ANSWERABLE = "answerable"
HALVES = ("tune", "report")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one question; ``nearest``: whether the first nearest sentence of a refusal holds the answer."""

    row: Mapping[str, Any]
    said: str | None
    confidence: float = 0.0
    right: bool = False
    exact: bool = False
    nearest: bool = False


def read_questions(path: Path = QUESTIONS, half: str | None = None) -> list[dict[str, Any]]:
    """Read the questions of a half, or all of them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if half in {None, row["half"]}]


def judge(row: Mapping[str, Any], outcome: Outcome) -> Told:
    """Compare an outcome with what a row says of it; nothing is right where nothing answers."""
    answers: Sequence[str] = row["answers"]
    if not isinstance(outcome, Answer):
        first = next((one.sentence.of(one.article.text) for one in outcome.nearest), "")
        return Told(row, None, nearest=any(_holds(first, answer) for answer in answers))
    said = outcome.text
    right = any(f1(answer, said) >= 0.5 or _holds(said, answer) for answer in answers)
    return Told(row, said, outcome.confidence, right, any(exact_match(answer, said) for answer in answers))


def _holds(text: str, answer: str) -> bool:
    return f" {normalise_answer(answer)} " in f" {normalise_answer(text)} "


def fill(assistant: Assistant, archive: Path, wanted: set[str], others: int) -> None:
    """Ingest the wanted articles of an archive and the first ``others`` that are not wanted.

    Args:
        assistant: opened for writing.
        archive: articles, ``.jsonl`` or ``.jsonl.gz``.
        wanted: addresses of articles.
        others: how many more.
    """
    content = gzip.decompress(archive.read_bytes()) if archive.suffix == ".gz" else archive.read_bytes()
    lines = [(json.loads(line)["url"], line) for line in content.splitlines() if line.strip()]
    rest = set(islice((url for url, _ in lines if url not in wanted), others))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.jsonl"
        path.write_bytes(b"".join(line + b"\n" for url, line in lines if url in wanted | rest))
        assistant.ingest([str(path)])


def render(told: Sequence[Told], articles: int) -> str:
    """Write what was counted as a page of Markdown."""
    return "\n".join(
        [
            f"# Questions about news that stand alone, {datetime.now(UTC):%Y-%m-%d}",
            "",
            f"{machine()}; commit {commit()}; reader `{reader_digest()[:16]}`; {articles} articles.",
            "",
            *_answerable(told),
            "",
            *_unanswerable(told),
            "",
        ]
    )


def _halves(told: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    for half in HALVES:
        if chosen := [one for one in told if one.row["half"] == half]:
            yield half, chosen
    yield "**all**", list(told)


def _answerable(told: Sequence[Told]) -> Iterator[str]:
    yield (
        "| half | answerable | answered | right | exact | wrong among answered | refused though there "
        "| of them, first nearest sentence right | coverage at 90 % right | calibration error |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for half, chosen in _halves([one for one in told if one.row["kind"] == ANSWERABLE]):
        given, refused = ([one for one in chosen if (one.said is None) is none] for none in (False, True))
        judged = [Judged(one.confidence, one.right) for one in given] + [Judged(0.0, False) for _ in refused]
        cells = [
            str(len(chosen)),
            _share(len(given), chosen),
            str(sum(one.right for one in given)),
            str(sum(one.exact for one in given)),
            _share(sum(not one.right for one in given), given),
            _share(len(refused), chosen),
            _share(sum(one.nearest for one in refused), refused),
            f"{100 * coverage_at(judged, 0.9):.1f} %" if judged else "",
            f"{100 * calibration_error(judged[: len(given)]):.1f}" if given else "",
        ]
        yield f"| {half} | {' | '.join(cells)} |"


def _unanswerable(told: Sequence[Told]) -> Iterator[str]:
    asked = [one for one in told if one.row["kind"] != ANSWERABLE]
    kinds = list(dict.fromkeys(one.row["kind"] for one in asked))
    yield f"| half | falsely answered | {' | '.join(kinds)} |"
    yield "|---|---|" + "---|" * len(kinds)
    for half, chosen in _halves(asked):
        groups = [chosen, *([one for one in chosen if one.row["kind"] == kind] for kind in kinds)]
        cells = [_share(sum(one.said is not None for one in group), group) for group in groups]
        yield f"| {half} | {' | '.join(cells)} |"


def _share(count: int, of: Sequence[Told]) -> str:
    return f"{count} of {len(of)}, {100 * count / len(of):.1f} %" if of else ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask the questions and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.news", description=main.__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--fill", type=Path, metavar="ARCHIVE", help="first ingest the articles concerned from here")
    parser.add_argument("--others", type=int, default=0, help="and so many others of it")
    parser.add_argument("--wrong", action="store_true", help="list what is not as it should be")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    rows = read_questions(options.questions, options.half)
    if options.fill:
        with Assistant.open(load_settings(), write=True) as assistant:
            fill(assistant, options.fill, {row["article"] for row in rows}, options.others)
    with Assistant.open(load_settings()) as assistant:
        told = [judge(row, assistant.ask(row["question"])) for row in rows]
        page = render(told, assistant.status().articles)
    for one in told:
        if options.wrong and (one.right if one.row["kind"] == ANSWERABLE else one.said is None) is False:
            row = one.row
            said = f"{one.confidence:.2f} {one.said!r}, not {row['answers'][:2]}"
            sys.stdout.write(f"{row['id']} {row['kind']}: {row['question']} -> {said}\n")
    deliver(page, options.output)


if __name__ == "__main__":
    main()

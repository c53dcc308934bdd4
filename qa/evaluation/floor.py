"""Questions that an archive answers, nearly answers, or knows nothing of -> how sure a refusal's likeliest sentence is.

    QA_DATA_DIR=ARCHIVE python -m qa.evaluation.floor DATA/qa/squadshifts_wiki.jsonl.gz [--half tune] [--sample 60]

The floor (:mod:`qa.answering.choosing`) tells "not sure", with sentences to read, from "not in this archive". It has to
keep what stands in the archive and was refused, and to drop what is about something else altogether: the questions of
another set's file. It is set on the half ``tune`` of the news questions and reported on the half ``report``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from qa.assistant import Assistant
from qa.evaluation.news import HALVES, read_questions
from qa.settings import load_settings
from qa.types import NoAnswer, NoAnswerReason, Standing

__all__ = ["main", "table"]

_QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def table(refusals: dict[str, list[NoAnswer]]) -> list[str]:
    """One line for each kind of question: how many are refused, how many of these "not sure", quantiles."""
    lines = [f"| questions | refused | not sure | {' | '.join(f'{at:.0%}' for at in _QUANTILES)} |"]
    lines.append("|---" * (3 + len(_QUANTILES)) + "|")
    for kind, found in refusals.items():
        values = sorted(one.likeliest for one in found)
        shown = [f"{values[round(at * (len(values) - 1))]:.3f}" if values else "" for at in _QUANTILES]
        unsure = sum(one.standing is Standing.NOT_SURE for one in found)
        lines.append(f"| {kind} | {len(found)} | {unsure} | {' | '.join(shown)} |")
    return lines


def _refusals(assistant: Assistant, questions: Iterable[str]) -> list[NoAnswer]:
    outcomes = [assistant.ask(question) for question in questions]
    return [one for one in outcomes if isinstance(one, NoAnswer) and one.reason is NoAnswerReason.BELOW_THRESHOLD]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.floor", description=__doc__)
    parser.add_argument("others", type=Path, help="a question set about other things")
    parser.add_argument("--half", choices=HALVES, default="tune")
    parser.add_argument("--sample", type=int, default=60, help="questions of the other set")
    chosen = parser.parse_args(arguments)
    news = read_questions(half=chosen.half)
    with gzip.open(chosen.others, "rt", encoding="utf-8") as lines:
        others = [json.loads(line)["question"] for line in lines]
    with Assistant.open(load_settings()) as assistant:
        refusals = {
            "in the archive": _refusals(assistant, (row["question"] for row in news if row["answers"])),
            "nearly in it": _refusals(assistant, (row["question"] for row in news if not row["answers"])),
            "about other things": _refusals(assistant, random.Random(3).sample(others, chosen.sample)),  # noqa: S311
        }
    print("\n".join(table(refusals)))  # noqa: T201


if __name__ == "__main__":
    main()

"""Lists of what somebody says about a topic, counted by hand -> how much of them is found, and how much else.

    QA_DATA_DIR=FOLDER python -m qa.evaluation.topics [LISTS.jsonl] [--half tune|report] [--lists]
                       [--output docs/results/topics-DATE.md]

The archive is that of :mod:`qa.evaluation.news` (its ``--fill`` makes it). A row is ``{"half", "speaker", "topic",
"right", "either"}``: ``right`` are all of the speaker's statements in that archive that are about the topic, by article
and first code point, ``either`` those that a reader may count or not; they count neither way. One reader read every
statement of the fourteen speakers, with its headline, before any list was asked for.

What this does not know: statements that the attributor misses; one that it finds no more (or elsewhere) is left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.evaluation.filing import commit, deliver, machine
from qa.settings import load_settings
from qa.types import Answer, Outcome

__all__ = ["LISTS", "Counted", "count", "main", "render"]

LISTS = Path(__file__).with_name("topics.jsonl")
HALVES = ("tune", "report")
_MOST = 1_000  # statements of a list

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """One list: statements that are rightly there, that are wrongly there, and that are not."""

    row: dict[str, Any]
    found: int
    wrong: int
    missed: int
    first_right: bool | None  # None where nothing is listed


def count(row: dict[str, Any], outcome: Outcome, known: set[Place]) -> Counted:
    """Compare an outcome with a row; ``known`` are the places of all statements of the speaker."""
    right, either = ({(article, start) for article, start in row[name]} for name in ("right", "either"))
    listed = [
        (one.article.id, one.statement.content[0].start)
        for one in (outcome.citations if isinstance(outcome, Answer) else ())
        if one.statement
    ]
    wanted = right & known
    first = next((place in right for place in listed if place not in either), None)
    return Counted(row, len(wanted & set(listed)), len(set(listed) - right - either), len(wanted - set(listed)), first)


def ask(assistant: Assistant, row: dict[str, Any]) -> Counted:
    """Ask for a list as the page does."""
    said = assistant.statements(speaker=row["speaker"], limit=_MOST)
    known = {
        (one.article.id, one.statement.content[0].start)
        for one in (said.citations if isinstance(said, Answer) else ())
        if one.statement
    }
    return count(row, assistant.statements(speaker=row["speaker"], about=row["topic"], limit=_MOST), known)


def render(counted: Sequence[Counted], articles: int, *, lists: bool = False) -> str:
    """Lay out the page."""
    lines = [
        f"# What somebody says about a topic, {datetime.now(UTC).date()}",
        "",
        f"{machine()}; commit {commit()}; {articles} articles.",
        "",
        "| half | lists | statements | found | of what is listed, right | F1 | lists that begin with a right one |",
        "|---|---|---|---|---|---|---|",
        *(
            _row(half, [one for one in counted if half in (one.row["half"], "**all**")])
            for half in (*HALVES, "**all**")
        ),
    ]
    if lists:
        lines += [
            "",
            "| half | speaker | topic | found | missed | wrong |",
            "|---|---|---|---|---|---|",
            *_each(counted),
        ]
    return "\n".join([*lines, ""])


def _row(half: str, counted: Sequence[Counted]) -> str:
    found, wrong, missed = (sum(getattr(one, name) for one in counted) for name in ("found", "wrong", "missed"))
    recall, precision = _percent(found, found + missed), _percent(found, found + wrong)
    f1 = f"{200 * found / (2 * found + wrong + missed):.1f}" if found else ""
    begin = sum(one.first_right is True for one in counted)
    return f"| {half} | {len(counted)} | {found + missed} | {recall} | {precision} | {f1} | {begin} |"


def _each(counted: Sequence[Counted]) -> Iterator[str]:
    for one in counted:
        row = one.row
        yield f"| {row['half']} | {row['speaker']} | {row['topic']} | {one.found} | {one.missed} | {one.wrong} |"


def _percent(part: int, of: int) -> str:
    return f"{part} of {of}, {100 * part / of:.1f} %" if of else ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask for the lists and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.topics", description=main.__doc__)
    parser.add_argument("rows", nargs="?", type=Path, default=LISTS, metavar="LISTS")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--lists", action="store_true", help="show each list")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    with Assistant.open(load_settings()) as assistant:
        counted = [ask(assistant, row) for row in rows if options.half in (None, row["half"])]
        page = render(counted, assistant.status().articles, lists=options.lists)
    deliver(page, options.output)


if __name__ == "__main__":
    main()

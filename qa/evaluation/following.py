"""Follow-up questions with what each leans on -> how often the right parts are carried over, and how often wrong ones.

A row is ``{"id", "half", "earlier": [questions], "question", "speaker", "topic", "first", "last", "stands_alone"}``:
whom, on what and from when the last question asks for once it is understood; None where it asks for no such thing.
Right: each of the three is as the row says. Wrongly carried: a part that came from the conversation is another than the
row's, or a question that stands alone was given any.

    QA_DATA_DIR=FOLDER python -m qa.evaluation.following FILE [--half tune] [--output PAGE]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.evaluation.filing import commit, deliver, machine
from qa.settings import load_settings
from qa.text import fold, word_spans
from qa.types import Part, Question

__all__ = ["Judged", "judge", "main", "render"]

_EMPTY = frozenset(("the", "a", "an", "der", "die", "das", "den", "dem"))


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one row: ``parts`` says of speaker, topic and days whether each is as it should be."""

    row: Mapping[str, Any]
    question: Question
    parts: Mapping[str, bool]

    @property
    def right(self) -> bool:
        """Whether all of it is as it should be."""
        return all(self.parts.values())

    @property
    def wrongly_carried(self) -> bool:
        """Whether anything was carried that should not have been."""
        if self.row["stands_alone"]:
            return self.question.completed
        names = {Part.SPEAKER: "speaker", Part.TOPIC: "topic", Part.DATES: "days"}
        return any(not self.parts[names[one.part]] for one in self.question.carried)


def judge(row: Mapping[str, Any], question: Question) -> Judged:
    """Compare a reading with what a row says of it."""
    scope = question.scope
    days = [day.isoformat() if day else None for day in (scope.published_after, scope.published_before)]
    wanted = [row["first"], row["last"]]
    return Judged(
        row,
        question,
        {
            "speaker": _same_person(row["speaker"], question),
            "topic": _words(row["topic"]) == _words(question.topic)
            or (row["topic"] is None and not question.completed),
            "days": all(days) if wanted == ["week", "week"] else days == wanted,
        },
    )


def _same_person(wanted: str | None, question: Question) -> bool:
    """Whether the surname is asked for, as a speaker or, in "who is he?", in the words of the question."""
    if wanted is None:
        return not question.completed
    surname = fold(wanted).split()[-1]
    return surname in fold(question.speaker or "").split() or (
        question.speaker is None and surname in fold(question.text)
    )


def _words(text: str | None) -> frozenset[str]:
    return frozenset(fold(span.of(text)) for span in word_spans(text)) - _EMPTY if text else frozenset()


def render(judged: Sequence[Judged], title: str) -> str:
    """Draw the shares of each half, and each row of the tune half that is not right."""
    halves = [half for half in ("tune", "report") if any(one.row["half"] == half for one in judged)]
    rows = {half: [one for one in judged if one.row["half"] == half] for half in halves}
    lines = [title, ""]
    lines.append(f"| | {' | '.join(f'{half} ({len(rows[half])})' for half in halves)} |")
    lines.append("|---" * (len(halves) + 1) + "|")
    measures: list[tuple[str, Callable[[Judged], bool]]] = [
        *((f"right {part}", partial(_has, part)) for part in ("speaker", "topic", "days")),
        ("all three", lambda one: one.right),
        ("something carried that should not have been", lambda one: one.wrongly_carried),
    ]
    for name, holds in measures:
        counts = (sum(map(holds, rows[half])) for half in halves)
        shares = (f"{count}, {100 * count / len(rows[half]):.1f} %" for half, count in zip(halves, counts, strict=True))
        lines.append(f"| {name} | {' | '.join(shares)} |")
    lines.append("")
    lines += [_told(one) for one in rows.get("tune", ()) if not one.right]
    return "\n".join(lines) + "\n"


def _has(part: str, one: Judged) -> bool:
    return one.parts[part]


def _told(one: Judged) -> str:
    lacking = ", ".join(part for part, right in one.parts.items() if not right)
    earlier = " ".join(one.row["earlier"])
    return f"- {one.row['id']}, wrong {lacking}: “{earlier}” “{one.row['question']}” was read as “{one.question.text}”"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print or file the shares, and each row of the tune half that is not right."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.following", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("tune", "report"))
    parser.add_argument("--output", type=Path, help="write the page there instead of printing it")
    chosen = parser.parse_args(arguments)
    rows = [json.loads(line) for line in chosen.file.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if chosen.half in {None, row["half"]}]
    with Assistant.open(load_settings()) as assistant:
        judged = [judge(row, assistant.understood(row["question"], earlier=row["earlier"])) for row in rows]
        articles = assistant.status().articles
    title = f"# Follow-up questions\n\nCommit {commit()}, {machine()}, {articles} articles."
    deliver(render(judged, title), chosen.output)


if __name__ == "__main__":
    main()

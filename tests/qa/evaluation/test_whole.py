"""Statements of whole articles have the verdict that was given to them as long as they are found so."""

from __future__ import annotations

import json
from dataclasses import replace

from qa.attribution import RuleAttributor
from qa.evaluation.mouths import digest_of
from qa.evaluation.whole import SAMPLE, VERDICTS, judge, key_of, render
from qa.types import Speaker
from tests.newsprint import article

FOUND = RuleAttributor().attribute(article("“It rained,” said Orla Venning. “It is wet,” said Tomas Reck."))


def _row(number: int, verdict: str) -> dict[str, object]:
    one = FOUND[number]
    name, source, cue, content = key_of(one)
    speaker = one.speaker.name if one.speaker else None
    parts = {"source": source, "cue": cue, "content": content}
    row = {"article": name, "half": "report", "name": digest_of(speaker), "verdict": verdict, **parts}
    return dict(json.loads(json.dumps(row)))


def test_a_statement_has_its_verdict_until_its_speaker_is_another() -> None:
    rows = [_row(0, "right"), _row(1, "wrong")]
    assert judge(rows, FOUND) == {("report", "right"): 1, ("report", "wrong"): 1}
    other = [replace(FOUND[0], speaker=Speaker("Reck", "Tomas Reck")), FOUND[1]]
    assert judge(rows, other) == {("report", "unread"): 1, ("report", "wrong"): 1}


def test_what_is_found_no_more_is_gone_and_what_nobody_read_is_unread() -> None:
    assert judge([_row(0, "right")], FOUND) == {("report", "right"): 1, ("report", "unread"): 1}
    counts = judge([_row(0, "right"), _row(1, "right")], FOUND[:1])
    assert counts == {("report", "right"): 1, ("report", "gone"): 1}
    assert "| report | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 100.0 % |" in render(counts)


def test_the_sample_has_verdicts_and_no_text() -> None:
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    assert {row["verdict"] for row in rows} <= set(VERDICTS)
    assert {row["half"] for row in rows} == {"tune", "report"}
    assert set(rows[0]) == {"file", "row", "article", "half", "source", "cue", "content", "name", "verdict"}

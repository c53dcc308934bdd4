"""Pairs that were judged by reading keep their verdict as long as they are found."""

from __future__ import annotations

import json
from dataclasses import replace

from qa.answering import Opposed, find_of, opposed
from qa.attribution import RuleAttributor
from qa.evaluation.contrary import SAMPLE, VERDICTS, judge, key_of, render
from tests.newsprint import article

PRINTED = article("Orla Venning accused Tomas Reck of theft. Tomas Reck denied the allegations.")


def _pairs() -> list[Opposed]:
    return opposed([find_of(PRINTED, one) for one in RuleAttributor().attribute(PRINTED)], {})


def _row(pair: Opposed, verdict: str) -> dict[str, object]:
    name, claim, otherwise = key_of(pair)
    row = {"article": name, "half": "report", "claim": claim, "otherwise": otherwise, "verdict": verdict}
    return dict(json.loads(json.dumps(row)))


def test_a_pair_has_its_verdict_until_it_is_another() -> None:
    [pair] = _pairs()
    assert judge([_row(pair, "wrong")], [pair]) == {("report", "wrong"): 1}
    turned = replace(pair, claim=pair.otherwise, otherwise=pair.claim)
    counts = judge([_row(pair, "right")], [turned])
    assert counts == {("report", "unread"): 1, ("report", "gone"): 1}
    assert "| report | 0 | 0 | 1 | 1 | 0.0 % |" in render(counts)


def test_the_sample_has_verdicts_and_no_text() -> None:
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    assert {row["verdict"] for row in rows} == {"right", "wrong"} < set(VERDICTS)
    assert {row["half"] for row in rows} == {"tune", "report"}
    fields = {"file", "row", "article", "half", "claim", "otherwise", "verdict", "why"}
    assert all(set(row) == fields and row["why"] for row in rows)
    assert all((row["half"] == "report") == (1300 <= int(row["row"]) < 3200) for row in rows)

"""Lists about a topic are counted beside what one reader counted."""

from __future__ import annotations

import json
from typing import Any

from qa.evaluation.topics import LISTS, Counted, count, render
from qa.types import NoAnswer, NoAnswerReason, Question

ROW: dict[str, Any] = {"half": "tune", "speaker": "Reck", "topic": "quay", "right": [["a", 1], ["a", 9]], "either": []}


def test_every_row_has_something_that_is_right_and_nothing_that_is_both() -> None:
    rows = [json.loads(line) for line in LISTS.read_text(encoding="utf-8").splitlines()]
    assert {row["half"] for row in rows} == {"tune", "report"}
    for row in rows:
        right, either = ({tuple(place) for place in row[name]} for name in ("right", "either"))
        assert right
        assert not right & either


def test_a_refusal_misses_all_that_is_still_there() -> None:
    refused = NoAnswer(Question("?"), NoAnswerReason.SILENT_ON_TOPIC)
    assert count(ROW, refused, {("a", 1), ("b", 2)}) == Counted(ROW, 0, 0, 1, None)


def test_shares_are_of_all_lists_of_a_half() -> None:
    page = render([Counted(ROW, 3, 1, 0, True), Counted({**ROW, "half": "report"}, 1, 0, 3, False)], 7)
    assert "| tune | 1 | 3 | 3 of 3, 100.0 % | 3 of 4, 75.0 % | 85.7 | 1 |" in page
    assert "| **all** | 2 | 7 | 4 of 7, 57.1 % | 4 of 5, 80.0 % | 66.7 | 1 |" in page

"""Questions for a reason are told from others, and counted by span and by sentence."""

from __future__ import annotations

import pytest

from qa.evaluation.reasons import Told, asks_for_a_reason, render


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Why was the ferry closed?", True),
        ("how did the thieves get in", True),
        ("What caused the fire?", True),
        ("How many herons were counted?", False),
        ("Who closed the ferry?", False),
        ("What cause does she support?", False),
    ],
)
def test_a_question_for_a_reason_is_told_by_its_beginning(question: str, asks: bool) -> None:
    assert asks_for_a_reason(question) is asks


def test_only_what_is_answered_is_right_and_what_is_withheld_is_false() -> None:
    told = [Told(True, True, True, False), Told(True, False, True, True), Told(False, True, True, False)]
    assert render(told).splitlines()[-1] == "| 3 | 2 | 1 | 2 | 1 |"

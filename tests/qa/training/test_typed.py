"""Questions are spelt as people type them, and still ask the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from qa.training.batches import batches
from qa.training.typed import as_typed
from tests.qa.training.small import RECIPE, WORDPIECES, examples

QUESTIONS = [f"Who keeps the harbour gate number {number} of Ostrel's quay?" for number in range(60)]


def test_a_question_is_spelt_the_same_each_time() -> None:
    assert as_typed(QUESTIONS[0], 4) == as_typed(QUESTIONS[0], 4)
    assert len(as_typed("Why?", 3)) == 3
    assert all(as_typed("Why?", 3))


def test_haste_leaves_capitals_and_often_the_mark_away() -> None:
    hasty = [as_typed(question)[0] for question in QUESTIONS]
    assert all(typed == typed.lower() for typed in hasty)
    assert 20 < sum(not typed.endswith("?") for typed in hasty) < 60


def test_keywords_keep_who_and_the_names() -> None:
    keywords = "who keeps harbour gate number 7 ostrel's quay"
    assert keywords in {typed for seed in range(30) for typed in as_typed(QUESTIONS[7], seed + 2)}


def test_a_slip_changes_a_letter_or_two_of_one_word() -> None:
    slips = [
        (question.lower().rstrip("?").replace("'", ""), typed.rstrip("?").replace("'", ""))
        for question in QUESTIONS
        for typed in as_typed(question, 3)[1:]
        if len(typed.split()) == len(question.split())
    ]
    assert slips
    for asked, typed in slips:
        changed = [pair for pair in zip(asked.split(), typed.split(), strict=True) if pair[0] != pair[1]]
        assert len(changed) <= 1
        assert all(abs(len(one) - len(other)) <= 1 for one, other in changed)


def test_a_share_of_the_questions_is_asked_as_typed(tmp_path: Path) -> None:
    rows = examples(tmp_path)
    asked = {tuple(row.question.ids) for row in rows} | {tuple(row.question.ids[:-1]) for row in rows}
    typed = {tuple(one.ids) for row in rows for one in row.typed}

    def seen(share: float) -> set[tuple[int, ...]]:
        found = set()
        for batch in islice(batches(replace(RECIPE, typed=share), rows, {}), 60):
            found |= {tuple(window[1 : list(window).index(102)]) for window in batch.batch.ids}
        return found

    assert seen(0.0) <= asked
    assert seen(1.0) - asked
    assert seen(1.0) <= typed | {one[:-1] for one in typed}
    assert WORDPIECES.vocabulary.separator == 102

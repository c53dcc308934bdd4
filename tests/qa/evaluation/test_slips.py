"""Slips that are made to measure what they cost: one word, one letter, the same for one seed."""

from __future__ import annotations

import random

from qa.evaluation.news import Told
from qa.evaluation.slips import render, slipped


def test_a_slip_is_one_letter_of_one_word_within_it() -> None:
    question = "How many herons were counted at the old harbour in 2024?"
    made = [slip for seed in range(80) if (slip := slipped(question, random.Random(seed)))]
    assert {one.kind for one in made} == {"dropped", "doubled", "exchanged", "replaced"}
    for one in made:
        assert question.replace(one.meant, one.typed, 1) == one.text != question
        assert one.typed[0] == one.meant[0]
        assert abs(len(one.typed) - len(one.meant)) <= 1
    assert slipped(question, random.Random(3)) == slipped(question, random.Random(3))
    assert slipped("Is it so?", random.Random(1)) is None


def test_the_page_counts_answers_and_what_became_of_each_slip() -> None:
    slip = slipped("counted herons", random.Random(1))
    assert slip is not None
    right, none = Told({}, "418", right=True), Told({}, None)
    page = render([(slip, right, none, right, slip.meant), (slip, right, none, none, None)], 3)
    assert "| as it stands | 2 | 2 | 0 |" in page
    assert "| with a slip, nothing mended | 0 | 0 | 0 |" in page
    assert "| **all** | 2 | 1 | 0 | 1 |" in page

"""A number is asked of somebody or something, and an article that never names it has none of theirs."""

from __future__ import annotations

import pytest

from qa.answering.subjects import subject_asked


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        ("How many people does the mill employ?", {"mill"}),
        ("how many passengers did the ferry carry in 2016", {"ferry"}),
        ("And how much does the old ferry lose each year?", {"old", "ferry"}),
        ("How many people does the old mill in Tamble employ?", {"old", "mill"}),
        ("How many people does the company employ?", set()),  # an article may only have its name
        ("How many medals did the US win?", set()),
        ("How much did the U.K. spend on it?", set()),
        ("how many medals did the uk win", set()),
        ("How many people had the ability to read?", set()),  # what they had
        ("How many people does a nurse see?", set()),
        ("How many people work at the mill?", set()),
        ("How many people did they see?", set()),
        ("Who owns the mill?", set()),
    ],
)
def test_the_subject_stands_behind_the_verb(asked: str, subject: set[str]) -> None:
    assert subject_asked(asked) == subject

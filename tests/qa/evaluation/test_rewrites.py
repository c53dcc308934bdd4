"""What is carried over in a conversation is compared with what a person filled in."""

from __future__ import annotations

from typing import Any

import pytest

from qa.evaluation.rewrites import judge, kind_of, reading_of, render

SAID = [
    "Alma Reiss (harbour master)",
    "Early years",
    "Where was she born?",
    "In Ostrel.",
    "Who taught Reiss?",
    "Tomas Pell did.",
]


def row(question: str, rewrite: str, history: list[str] = SAID) -> dict[str, Any]:
    return {"History": history, "Question": question, "Rewrite": rewrite}


def told(question: str, rewrite: str, history: list[str] = SAID) -> str:
    one = row(question, rewrite, history)
    return judge(one, reading_of(one)).told


@pytest.mark.parametrize(
    ("question", "rewrite", "verdict"),
    [
        ("When did he die?", "When did Tomas Pell die?", "agrees"),
        ("When did he die?", "When did the harbour dog die?", "wrong"),
        ("What did Reiss call him?", "What did Reiss call Tomas Pell?", "missed"),
        ("What did Reiss build?", "What did Reiss build?", "rightly nothing"),
    ],
)
def test_a_question_is_judged_by_what_a_person_filled_in(question: str, rewrite: str, verdict: str) -> None:
    assert told(question, rewrite) == verdict


def test_the_title_is_what_is_talked_about_first() -> None:
    assert told("Where was she born?", "Where was Alma Reiss born?", SAID[:2]) == "agrees"


def test_questions_are_told_apart_by_what_they_lean_with() -> None:
    asked = ["Was he there?", "Did they sing?", "When was that?", "And in March?"]
    assert [kind_of(one) for one in asked] == ["he, she", "they", "it, this, that", "no pronoun"]


def test_the_tables_count_every_question_once() -> None:
    rows = [row("When did he die?", "When did Tomas Pell die?"), row("What did Reiss build?", "What did Reiss build?")]
    lines = list(render([judge(one, reading_of(one)) for one in rows]))
    assert "| **all** | 2 | 1 | 1 | 1, 100.0 % | 0, 0.0 % | 0, 0.0 % | 0, 0.0 % |" in lines
    assert "| who | 1 | 1, 100.0 % | 0, 0.0 % | 0, 0.0 % |" in lines

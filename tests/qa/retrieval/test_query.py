"""What is looked up for a question."""

from __future__ import annotations

import pytest

from qa.retrieval.query import terms_of
from qa.types import Question, QuestionKind


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Who is the Kremlin spokesman?", ["kremlin", "spokesman"]),
        ("Which NATO article would the guarantees mirror?", ["nato", "article", "guarantees", "mirror"]),
        ("what is Merz’s plan, and is the plan Merz's?", ["merz", "plan"]),
        ("the players' union", ["players", "union"]),
        ("Wie hoch ist der Étang?", ["wie", "hoch", "ist", "der", "etang"]),
    ],
)
def test_terms_are_the_words_that_a_passage_about_it_would_hold(text: str, terms: list[str]) -> None:
    assert terms_of(Question(text)) == terms


def test_a_question_of_stop_words_is_looked_up_as_it_stands() -> None:
    assert terms_of(Question("What did she say?")) == ["what", "did", "she", "say"]


@pytest.mark.parametrize("text", ["", "?!", "😀"])
def test_a_question_without_a_word_has_no_terms(text: str) -> None:
    assert terms_of(Question(text)) == []


def test_a_question_about_statements_is_its_speaker_and_its_topic() -> None:
    asked = Question("what did Merz say about the army?", QuestionKind.STATEMENTS, "Merz", "the army")
    assert terms_of(asked) == ["merz", "army"]
    assert terms_of(Question("what did Merz say?", QuestionKind.STATEMENTS, "Merz")) == ["merz"]
    assert terms_of(Question("compare them", QuestionKind.COMPARISON, "Merz", "the army", other="Trump")) == [
        "merz",
        "trump",
        "army",
    ]

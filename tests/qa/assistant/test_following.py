"""A conversation with the sample archive: what a question leaves out comes from those before it."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.types import Answer, Carried, NoAnswer, Outcome, Part

BUDGET = "What did Tomas Reck say about the budget?"


def speakers_of(outcome: Outcome) -> set[str | None]:
    assert isinstance(outcome, Answer)
    return {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker}


def test_he_is_whose_statements_were_asked_for(sample: Assistant) -> None:
    outcome = sample.ask("what did he say about accounts?", earlier=[BUDGET])
    assert outcome.question.carried == (Carried(Part.SPEAKER, "Tomas Reck", "he"),)
    assert speakers_of(outcome) == {"Tomas Reck"}
    assert isinstance(outcome, Answer)
    assert any("accounts" in one.exact for one in outcome.citations)


def test_he_is_whom_an_answer_names(sample: Assistant) -> None:
    outcome = sample.ask("what else did he say?", earlier=["Who is the Kremlin spokesman?"])
    assert speakers_of(outcome) == {"Dmitry Peskov"}


def test_without_a_conversation_he_is_nobody(sample: Assistant) -> None:
    outcome = sample.ask("what else did he say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.question.carried == ()


def test_another_name_is_asked_about_the_same(sample: Assistant) -> None:
    outcome = sample.ask("and Zelensky?", earlier=["What did Merz say about the guarantees?"])
    assert outcome.question.text == "What did Zelensky say about the guarantees?"
    assert outcome.question.topic == "the guarantees"


@pytest.mark.parametrize("question", ["Who is the Kremlin spokesman?", "What did Merz say?"])
def test_a_question_that_stands_alone_is_answered_as_ever(sample: Assistant, question: str) -> None:
    alone, after = sample.ask(question), sample.ask(question, earlier=[BUDGET, "who is he?"])
    assert isinstance(alone, Answer)
    assert isinstance(after, Answer)
    assert (after.question, after.citations) == (alone.question, alone.citations)

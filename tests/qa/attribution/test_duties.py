"""Who does what is read alike from a question, a relative clause and an office."""

from __future__ import annotations

import pytest

from qa.attribution.duties import clause_behind
from qa.attribution.offices import duty_asked


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who chairs the finance committee?", "who chairs the finance committee"),
        ("who chairs the finance committee", "finance committee chairwoman"),
        ("Who leads the finance committee?", "who chairs the finance committee"),
        ("Who runs the museum?", "The museum’s director"),
        ("Who runs the museum?", "who has run the museum since 2019"),
        ("Who is running the museum?", "executive director of the museum"),
        ("Who leads the opposition?", "who leads the opposition on the council"),
        ("Who led the party?", "who led the party until 2014"),
        ("Who founded the bakery?", "who founded the bakery in 1993"),
        ("Who runs the harbour office?", "who is head of the harbour office"),
    ],
)
def test_a_duty_is_found_in_other_words(question: str, told: str) -> None:
    asked = duty_asked(question)
    assert asked is not None
    assert asked.is_told_by(told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who leads the council?", "who leads the opposition on the council"),
        ("Who runs the museum?", "the museum’s deputy director"),
        ("Who runs the museum?", "former director of the museum"),
        ("Who runs the museum?", "research director of the museum"),
        ("Who runs the bakery?", "a manager at the bakery"),
        ("Who leads the party?", "who led the party until 2014"),
        ("Who leads the party?", "who was leader of the party"),
        ("Who runs the museum of art?", "The museum’s director"),
        ("Who owns the ferry?", "who runs the ferry"),
        ("Who chairs the finance committee?", "who chairs the health committee"),
    ],
)
def test_another_duty_is_not_taken_for_it(question: str, told: str) -> None:
    asked = duty_asked(question)
    assert asked is not None
    assert not asked.is_told_by(told)


@pytest.mark.parametrize(
    "question", ["Who ran for mayor?", "Who is the mayor?", "Who called the fire brigade?", "Why?"]
)
def test_what_asks_for_no_duty_is_none(question: str) -> None:
    assert duty_asked(question) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ana Varn, who called the fire brigade, left.",
        "Ana Varn, who ran into the house, left.",
        "Ana Varn, a baker, left.",
    ],
)
def test_what_somebody_once_did_is_no_clause_of_a_duty(text: str) -> None:
    assert clause_behind(text, len("Ana Varn")) is None

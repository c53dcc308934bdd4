"""A topic and texts become where its words stand, and what share of it any part has."""

from __future__ import annotations

import pytest

from qa.answering.traces import Traces
from qa.types import Span


def share(topic: str, text: str, part: Span | None = None) -> float:
    traces = Traces(topic)
    return traces.share(traces.of(text), part or Span(0, len(text)))


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("gas prices", "The price of gas"),
        ("policies", "one policy"),
        ("the virus", "two viruses"),
        ("Musk", "Musk’s plan"),
        ("Musk", "Musk's plan"),
        ("ÖLPREIS", "der Ölpreis"),
        ("cafe", "at the café"),
    ],
)
def test_words_are_compared_without_case_accent_plural_and_possessive(topic: str, text: str) -> None:
    assert share(topic, text) == 1


@pytest.mark.parametrize(("topic", "text"), [("art", "the party starts"), ("tax", "a taxi"), ("the war", "a warning")])
def test_a_word_is_no_part_of_another(topic: str, text: str) -> None:
    assert share(topic, text) == 0


def test_a_word_that_only_begins_alike_counts_for_a_part() -> None:
    assert 0 < share("immigrants", "on immigration") < share("immigrants", "an immigrant")


def test_half_of_a_topic_counts_a_quarter() -> None:
    assert share("world cup", "around the world") == pytest.approx(0.25)


def test_only_the_part_that_is_asked_for_is_looked_at() -> None:
    text = "The ferry. The quay."
    assert share("quay", text, Span(0, 10)) == 0
    assert share("quay", text, Span(11, 20)) == 1


def test_positions_hold_behind_letters_that_would_become_longer() -> None:
    text = "ß … ﬁ ferry"
    traces = Traces("ferry")
    assert traces.of(text).starts == (text.index("ferry"),)

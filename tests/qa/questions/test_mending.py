"""Slips in the words that questions are made of are read; names, topics and other words are left alone."""

from __future__ import annotations

import pytest

from qa.questions import understand
from qa.questions.mending import mended
from qa.types import QuestionKind


@pytest.mark.parametrize(
    ("typed", "speaker", "topic"),
    [
        ("wat did merz say", "merz", None),
        ("Waht did Merz say?", "Merz", None),
        ("what dd merz sya abuot the talks", "merz", "the talks"),
        ("what did the mayor tink about the quay", "the mayor", "the quay"),
        ("was ht Merz gesgt", "Merz", None),
    ],
)
def test_a_slip_in_a_question_word_is_read_as_what_was_meant(typed: str, speaker: str, topic: str | None) -> None:
    readings = understand(typed)
    assert [one.kind for one in readings] == [QuestionKind.STATEMENTS, QuestionKind.SPAN]
    assert (readings[0].speaker, readings[0].topic, readings[0].text) == (speaker, topic, typed)


@pytest.mark.parametrize("typed", ["whats the latest on the ferry", "Whats the latest on the ferry??"])
def test_what_is_typed_without_its_apostrophe_is_read_with_it(typed: str) -> None:
    reading, _ = understand(typed)
    assert (reading.kind, reading.topic, reading.text) == (QuestionKind.LATEST, "the ferry", typed)


@pytest.mark.parametrize("typed", ["what did merz pay", "what did Green Bay lose", "a day at the quay", "Chat Did it"])
def test_other_words_are_not_slips(typed: str) -> None:
    assert understand(typed)[0].kind is not QuestionKind.STATEMENTS


def test_a_question_that_fits_as_it_stands_is_not_mended() -> None:
    (reading,) = understand("what did sai say about the quay")
    assert reading.speaker == "sai"
    assert not list(mended("what did merz say"))
    assert not list(mended(" ".join(["wat", *["sya"] * 30])))

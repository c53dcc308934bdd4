"""What speaks for a sentence."""

from __future__ import annotations

import pytest

from qa.questions import AnswerType, Asked, stem
from qa.reading.evidence import has_type, stems, weigh


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Who is the spokesman?", AnswerType.PERSON),
        ("whose dog is it", AnswerType.PERSON),
        ("When did it close?", AnswerType.DATE),
        ("In what year did it close?", AnswerType.DATE),
        ("How many boats sank?", AnswerType.NUMBER),
        ("What percentage voted?", AnswerType.NUMBER),
        ("Where is Ostrel?", AnswerType.PLACE),
        ("Wann schließt der Hafen?", AnswerType.DATE),
        ("What happened?", None),
    ],
)
def test_the_question_word_tells_what_would_answer(asked: str, expected: AnswerType | None) -> None:
    assert Asked.of(asked).expects is expected


@pytest.mark.parametrize(
    ("expected", "sentence", "present"),
    [
        (AnswerType.PERSON, "The spokesman, Dario Peskin, left.", True),
        (AnswerType.PERSON, "The spokesman of the Port left.", False),
        (AnswerType.DATE, "It closed on Monday.", True),
        (AnswerType.DATE, "It may close.", False),
        (AnswerType.NUMBER, "Twelve boats sank.", True),
        (AnswerType.NUMBER, "Boats sank.", False),
        (AnswerType.PLACE, "It lies in Ostrel.", True),
        (AnswerType.PLACE, "It lies in ruins.", False),
    ],
)
def test_a_sentence_has_an_expression_of_the_expected_type_or_not(
    expected: AnswerType, sentence: str, present: bool
) -> None:
    assert has_type(expected, sentence, Asked.of("Who is the Port spokesman?")) is present


def test_letter_case_of_the_question_makes_no_difference() -> None:
    asked = "Did Reck sell 12 boats in Ostrel?"
    assert Asked.of(asked) == Asked.of(asked.lower()) == Asked.of(asked.upper())
    assert Asked.of(asked).content == ("reck", "sell", "12", "boat", "ostrel")


def test_case_possessive_plural_and_endings_are_levelled() -> None:
    assert stem("Guarantees") == stem("guarantee’s") == stem("guaranteed")
    assert stem("glass") != stem("glas")
    assert stem("1923456") == "1923456"


def test_a_rare_word_weighs_more_than_one_that_every_sentence_has() -> None:
    asked = Asked.of("Which gate has the heron?")
    sentences = [stems("The gate is open."), stems("The gate is shut."), stems("The heron is at the gate.")]
    weights = weigh(asked, sentences)
    assert weights.share(stems("heron")) > weights.share(stems("gate"))
    assert weights.share(sentences[2]) == pytest.approx(1)
    assert weights.share(frozenset()) == 0


def test_a_question_of_nothing_but_common_words_still_has_words_to_look_for() -> None:
    assert Asked.of("Who is he?").content == ("who", "is", "he")

"""Of two numbers in a sentence, the one beside the year that is asked for."""

from __future__ import annotations

import pytest

from qa.reading.years import beside_the_year
from qa.types import Candidate, Question
from tests.newsprint import article, hits, span_of

FERRY = "The ferry carried 310,000 passengers last year, down from 520,000 in 2016."
COSTS = "It cost €2.4 million this year and €1.1 million of taxes in 2016, said Ada Voss on May 4 in 2019."
TEXT = f"{FERRY} {COSTS}"


def read(asked: str, words: str, sentence: str) -> str:
    source = article(TEXT)
    candidate = Candidate(hits(source)[0], span_of(words, source), span_of(sentence, source), 1.0, 0.0)
    (one,) = beside_the_year(Question(asked), [candidate])
    assert (one.score, one.sentence) == (candidate.score, candidate.sentence)
    return one.span.of(source.text)


@pytest.mark.parametrize(
    ("asked", "words", "sentence", "number"),
    [
        ("How many passengers did the ferry carry in 2016?", "310,000 passengers", FERRY, "520,000"),
        ("how many passengers in 2016", "520,000 in 2016", FERRY, "520,000 in 2016"),
        ("How much did it cost in 2016?", "€2.4 million", COSTS, "€1.1 million"),
        ("How many passengers did the ferry carry last year?", "310,000", FERRY, "310,000"),
        ("How many passengers did the ferry carry in 2012?", "310,000", FERRY, "310,000"),
        ("How many more were there in 2016 than in 2025?", "310,000", FERRY, "310,000"),
        ("How much did it cost in 2019?", "€2.4 million", COSTS, "€2.4 million"),
        ("Who spoke in 2016?", "€2.4 million", COSTS, "€2.4 million"),
        ("How much did it cost in 2016?", "Ada Voss", COSTS, "Ada Voss"),
    ],
)
def test_another_number_of_the_sentence_gives_way_to_the_one_beside_the_year(
    asked: str, words: str, sentence: str, number: str
) -> None:
    assert read(asked, words, sentence) == number

"""A topic and statements become the share of its words that each has around it."""

from __future__ import annotations

import pytest

from qa.answering.relevance import by_words
from qa.answering.statements import find_of
from qa.citing import Find
from qa.types import Speaker, Statement, StatementForm
from tests.newsprint import article, span_of

TEXT = """\
The council met on the quay for two hours. Reck, asked about immigration, said patience was a virtue.

Reck said the quay had been fenced off. The engineer left early.
"""


def finds(*contents: str) -> list[Find]:
    source = article(TEXT)
    return [
        find_of(
            source, Statement(source.id, Speaker("Reck"), (), (), (span_of(words, source),), StatementForm.INDIRECT)
        )
        for words in contents
    ]


def test_words_count_most_in_the_statement_then_in_its_sentence_then_in_its_paragraph() -> None:
    said, beside = finds("the quay had been fenced off", "patience was a virtue")
    own, paragraph = by_words("the quay", [said, beside])
    [sentence] = by_words("immigration", [beside])
    assert 1 == own > sentence > paragraph > 0
    assert by_words("football", [said]) == [0]


def test_a_word_that_only_begins_alike_counts_for_a_part() -> None:
    [beside] = finds("patience was a virtue")
    assert 0 < by_words("immigrants", [beside])[0] < by_words("immigration", [beside])[0]


def test_one_of_two_words_beside_what_is_said_is_not_the_topic() -> None:
    [said] = finds("patience was a virtue")
    assert by_words("immigration", [said])[0] > 0.8
    assert by_words("immigration reform", [said])[0] < 0.36, "too little to be listed"


@pytest.mark.parametrize("topic", ["the", "", "…"])
def test_a_topic_without_a_telling_word_is_compared_all_the_same(topic: str) -> None:
    [score] = by_words(topic, finds("patience was a virtue"))
    assert 0 <= score <= 1

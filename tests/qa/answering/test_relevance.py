"""A topic and statements become how far each is about it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.answering import topic_relevance
from qa.answering.relevance import by_words
from qa.answering.statements import find_of
from qa.citing import Find
from qa.protocols import Vectors
from qa.types import Speaker, Statement, StatementForm
from tests.newsprint import WordEncoder, article, span_of

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


def test_meaning_can_see_more_than_words() -> None:
    class Synonyms(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return super().encode([text.replace("pier", "quay had been fenced off") for text in texts])

    [found] = finds("the quay had been fenced off")
    assert by_words("pier", [found]) == [0]
    assert topic_relevance(Synonyms())("pier", [found])[0] > 0.5


def test_of_many_statements_only_the_likeliest_are_compared_by_meaning() -> None:
    seen: list[str] = []

    class Counting(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            seen.extend(texts)
            return super().encode(texts)

    text = "\n\n".join(f"Reck said that number {n} of the plans was on its way." for n in range(300))
    source = article(text)
    many = [
        find_of(
            source, Statement(source.id, None, (), (), (span_of(f"number {n} of", source),), StatementForm.INDIRECT)
        )
        for n in range(300)
    ]
    near = [0.0] * 300
    near[250] = 0.8
    scores = topic_relevance(Counting(), lambda topic, found: near)("harvest", many)
    assert len(seen) < 150
    assert any("number 250" in text for text in seen)
    assert scores[250] == max(scores)

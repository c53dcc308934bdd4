"""A topic and statements become how likely each is about it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.answering import topic_relevance
from qa.answering.statements import find_of
from qa.citing import Find
from qa.protocols import Vectors
from qa.types import Statement, StatementForm
from tests.newsprint import WordEncoder, article, span_of

LISTED = 0.45


def finds(text: str, *contents: str, title: str = "Untitled") -> list[Find]:
    source = article(text, title=title)
    return [
        find_of(source, Statement(source.id, None, (), (), (span_of(words, source),), StatementForm.INDIRECT))
        for words in contents
    ]


def likely(topic: str, *of: Find, near: Sequence[float] | None = None) -> Sequence[float]:
    return topic_relevance(WordEncoder(), (lambda *_: near) if near else None)(topic, of)


def test_one_word_of_a_topic_of_two_is_not_the_topic() -> None:
    cup = finds("Reck said the world cup was a feast.", "the world cup was a feast")
    attacks = finds("Reck said attacks around the world had grown.", "attacks around the world had grown")
    played, grown = likely("the world cup", *cup, *attacks, near=[0.5, 0.5])
    assert grown < LISTED < played


def test_a_word_that_everything_of_theirs_has_tells_less_than_one_that_little_has() -> None:
    text = (
        "Reck said the bridge needed paint.\n\nReck said the bridge was closed.\n\nReck said the bridge toll would "
        "rise.\n\nReck said tolls were fair."
    )
    said = finds(text, "the bridge needed paint", "the bridge was closed", "tolls were fair")
    paint, closed, fair = likely("bridge toll", *said, near=[0.3, 0.3, 0.3])
    assert fair > paint
    assert fair > closed


def test_the_paragraph_before_tells_what_it_is() -> None:
    told = "The ferry has been late since May.\n\nReck said it would be mended."
    untold = "The library has been cold since May.\n\nReck said it would be heated."
    [mended], [heated] = finds(told, "it would be mended"), finds(untold, "it would be heated")
    near = [0.3, 0.3]
    assert likely("the ferry", mended, heated, near=near)[0] > 5 * likely("the ferry", mended, heated, near=near)[1]


def test_the_headline_tells_what_a_statement_is_about() -> None:
    text = "Reck said patience was a virtue."
    [plain], [headed] = (
        finds(text, "patience was a virtue", title=title) for title in ("Patience", "Ferry strike: Reck on the strike")
    )
    assert likely("ferry strike", headed)[0] > likely("ferry strike", plain)[0]


def test_meaning_can_see_more_than_words() -> None:
    class Synonyms(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return super().encode([text.replace("pier", "quay had been fenced off") for text in texts])

    text = "Reck said the quay had been fenced off."
    [sees] = topic_relevance(Synonyms())("pier", finds(text, "the quay had been fenced off"))
    [blind] = topic_relevance(WordEncoder())("pier", finds(text, "the quay had been fenced off"))
    assert sees > 5 * blind


def test_of_many_statements_only_the_least_certain_are_compared_by_their_own_meaning() -> None:
    seen: list[str] = []

    class Counting(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            seen.extend(texts)
            return super().encode(texts)

    text = "\n\n".join(f"Reck said that number {n} of the plans was on its way." for n in range(300))
    many = finds(text, *(f"number {n} of" for n in range(300)))
    near = [0.0] * 300
    near[250] = 0.8
    scores = topic_relevance(Counting(), lambda topic, found: near)("harvest", many)
    assert len(seen) < 50
    assert scores[250] == max(scores)


@pytest.mark.parametrize("topic", ["the", "", "…", "Über"])
def test_a_topic_without_a_telling_word_is_compared_all_the_same(topic: str) -> None:
    [score] = likely(topic, *finds("Reck said patience was a virtue.", "patience was a virtue"), near=[0.2])
    assert 0 <= score <= 1


def test_no_statement_is_about_anything() -> None:
    assert list(topic_relevance(WordEncoder())("the ferry", [])) == []

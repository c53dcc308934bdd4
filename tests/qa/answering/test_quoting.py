"""Who said it is answered by whoever says these very words."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answering import understand
from qa.answering.quoting import answer_from_quotation, quoted_words
from qa.types import Article, Speaker, Statement, StatementForm
from tests.newsprint import article, span_of

VARN = article("Council President Ilse Varn said the talks were “not easy” but good.", published=date(2025, 1, 1))
HE = article("Tomas Reck spoke. The talks, he said, were “not easy.” Nobody else did.", published=date(2026, 1, 1))
KNOWN = {one.id: one for one in (VARN, HE)}


def statement(of: Article, source: str, content: str) -> Statement:
    spans = (span_of(source, of),), (span_of("said", of),), (span_of(content, of),)
    return Statement(of.id, Speaker(source), *spans, StatementForm.MIXED)


STATEMENTS = [
    statement(HE, "he", "were “not easy.”"),
    statement(VARN, "Council President Ilse Varn", "the talks were “not easy” but good"),
]


@pytest.mark.parametrize(
    "asked", ["who said 'not easy'", 'Who said "Not easy"?', "WHO SAID “NOT EASY”?", "Who called it 'not easy'?"]
)
def test_the_speaker_is_cited_by_name_before_a_pronoun(asked: str) -> None:
    answer = answer_from_quotation(understand(asked), STATEMENTS, KNOWN)
    assert answer is not None
    assert [citation.exact for citation in answer.citations] == ["Council President Ilse Varn", "he"]
    assert all("not easy" in citation.sentence.of(citation.article.text) for citation in answer.citations)


@pytest.mark.parametrize("asked", ["Who said no?", "Who is 'not easy'?", "What did Varn call 'not easy'?"])
def test_other_questions_quote_nobody(asked: str) -> None:
    assert quoted_words(understand(asked)) == []


def test_words_that_nobody_says_give_no_outcome() -> None:
    assert answer_from_quotation(understand("who said 'easy not'"), STATEMENTS, KNOWN) is None

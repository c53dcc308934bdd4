"""Who said it is answered by whoever says these very words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from qa.answering.quoting import answer_from_quotation
from qa.questions import understand
from qa.types import (
    Answer,
    Article,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    QuestionKind,
    Speaker,
    Statement,
    StatementForm,
    StatementKind,
)
from tests.newsprint import article, span_of

VARN = article("Council President Ilse Varn said the talks were “not easy” but good.", published=date(2025, 1, 1))
HE = article("Tomas Reck spoke. The talks, he said, were “not easy.” Nobody else did.", published=date(2026, 1, 1))
KNOWN = {one.id: one for one in (VARN, HE)}


def statement(of: Article, source: str, content: str) -> Statement:
    spans = (span_of(source, of),), (span_of("said", of),), (span_of(content, of),)
    return Statement(of.id, Speaker(source), *spans, StatementForm.MIXED)


def outcome_of(asked: str, statements: Sequence[Statement], known: Mapping[str, Article] = KNOWN) -> Outcome:
    question = understand(asked)[0]
    assert question.kind is QuestionKind.QUOTATION
    return answer_from_quotation(question, statements, known)


STATEMENTS = [
    statement(HE, "he", "were “not easy.”"),
    statement(VARN, "Council President Ilse Varn", "the talks were “not easy” but good"),
]


@pytest.mark.parametrize(
    "asked", ["who said 'not easy'", 'Who said "Not easy"?', "WHO SAID “NOT EASY”?", "Who called it 'not easy'?"]
)
def test_the_speaker_is_cited_by_name_before_a_pronoun(asked: str) -> None:
    answer = outcome_of(asked, STATEMENTS)
    assert isinstance(answer, Answer)
    assert [citation.exact for citation in answer.citations] == ["Council President Ilse Varn", "he"]
    assert all("not easy" in citation.sentence.of(citation.article.text) for citation in answer.citations)


@pytest.mark.parametrize("asked", ["who said not easy", "Who said that the talks were not easy?"])
def test_the_words_need_no_quotation_marks(asked: str) -> None:
    answer = outcome_of(asked, STATEMENTS)
    assert isinstance(answer, Answer)
    assert answer.text == "Council President Ilse Varn"


def test_words_on_both_sides_of_the_cue_are_one_quotation() -> None:
    source = article("“We still,” said Ilse Varn, “have hope.”")
    parts = (span_of("“We still,”", source), span_of("“have hope.”", source))
    said = Statement(
        source.id,
        Speaker("Ilse Varn"),
        (span_of("Ilse Varn", source),),
        (span_of("said", source),),
        parts,
        StatementForm.DIRECT,
        confidence=0.75,
    )
    answer = outcome_of("who said 'we still have hope'", [said], {source.id: source})
    assert isinstance(answer, Answer)
    assert (answer.text, answer.confidence) == ("Ilse Varn", 0.75)


def test_what_somebody_believes_is_nothing_that_they_said() -> None:
    believed = replace(STATEMENTS[1], kind=StatementKind.OTHER)
    assert isinstance(outcome_of("who said 'not easy'", [believed]), NoAnswer)


@pytest.mark.parametrize(
    ("asked", "found"), [("Who called the talks easy?", True), ("Who called the weather easy?", False)]
)
def test_words_said_of_something_stand_beside_it(asked: str, found: bool) -> None:
    assert isinstance(outcome_of(asked, STATEMENTS), Answer) is found


def test_words_that_nobody_says_are_a_refusal_that_names_them() -> None:
    outcome = outcome_of("who said 'easy not'", STATEMENTS)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.missing.words) == (NoAnswerReason.SILENT_ON_TOPIC, "easy not")

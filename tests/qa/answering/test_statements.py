"""Statements become a list of citations or a refusal."""

from __future__ import annotations

from datetime import date

from qa.answering import answer_from_statements, topic_relevance, understand
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    NoAnswer,
    NoAnswerReason,
    Speaker,
    Statement,
    StatementForm,
)
from tests.newsprint import HARBOUR, WordEncoder, article, span_of

MERZ = Speaker("Merz", "Friedrich Merz", "German Chancellor")


def statement(of: Article, *content: str, cue: str | None = None) -> Statement:
    return Statement(
        of.id,
        MERZ,
        (),
        (span_of(cue, of),) if cue else (),
        tuple(span_of(words, of) for words in content),
        StatementForm.MIXED,
    )


def test_statements_are_cited_newest_first_and_in_reading_order() -> None:
    old = article("Merz said winter was near. Merz said wood was dear.", published=date(2025, 1, 1))
    new = article("Merz said spring was late. Merz said rain was rare.", published=date(2025, 5, 1))
    undated = article("Merz said time was short.", published=None)
    statements = [
        statement(undated, "time was short"),
        statement(old, "wood was dear"),
        statement(old, "winter was near"),
        statement(new, "rain was rare"),
        statement(new, "spring was late"),
    ]
    articles = {one.id: one for one in (old, new, undated)}
    outcome = answer_from_statements(understand("what did merz say"), statements, articles, speaker_known=True)
    assert isinstance(outcome, Answer)
    assert outcome.kind is AnswerKind.STATEMENTS
    assert [citation.exact for citation in outcome.citations] == [
        "spring was late",
        "rain was rare",
        "winter was near",
        "wood was dear",
        "time was short",
    ]
    assert [citation.number for citation in outcome.citations] == [1, 2, 3, 4, 5]
    assert all(citation.statement for citation in outcome.citations)


def test_an_interrupted_statement_is_one_slice_from_its_first_to_its_last_fragment() -> None:
    source = article("“We still,” Merz said after the talks, “have hope.” Nobody answered.")
    outcome = answer_from_statements(
        understand("what did merz say"),
        [statement(source, "“We still,”", "“have hope.”", cue="said")],
        {source.id: source},
        speaker_known=True,
    )
    assert isinstance(outcome, Answer)
    citation = outcome.citations[0]
    assert citation.exact == "“We still,” Merz said after the talks, “have hope.”"
    assert citation.sentence.of(source.text) == citation.exact
    assert citation.statement is not None
    assert [span.of(source.text) for span in citation.statement.content] == ["“We still,”", "“have hope.”"]


def test_two_statements_of_one_sentence_are_two_citations() -> None:
    source = article(HARBOUR)
    statements = [
        statement(source, "“Lund’s needless delay,”"),
        statement(source, "peace on the quay would only be possible with “a deep, safe and open channel.”"),
    ]
    outcome = answer_from_statements(
        understand("what did merz say"), statements, {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == 2


def test_a_statement_in_two_outlets_is_one_citation_with_also_in() -> None:
    one = article("Merz called it “a very large step.”", outlet="Gazette")
    two = article("The chancellor called the move “a very large step.”", outlet="Courier")
    statements = [statement(source, "“a very large step.”") for source in (one, two)]
    outcome = answer_from_statements(
        understand("what did merz say"), statements, {one.id: one, two.id: two}, speaker_known=True
    )
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == 1
    assert len(outcome.citations[0].also_in) == 1


def test_what_is_about_the_topic_comes_first_and_what_is_not_stays_out() -> None:
    source = article(
        "Merz said football was his first love. Merz said guarantees had been given. "
        "Merz said the security guarantees were substantial."
    )
    statements = [
        statement(source, "football was his first love"),
        statement(source, "guarantees had been given"),
        statement(source, "the security guarantees were substantial"),
    ]

    def relevance(topic: str, finds: object) -> list[float]:
        assert topic == "security guarantees"
        return [0.1, 0.3, 0.9]

    outcome = answer_from_statements(
        understand("What did Merz say about security guarantees?"),
        statements,
        {source.id: source},
        speaker_known=True,
        relevance=relevance,
    )
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == [
        "the security guarantees were substantial",
        "guarantees had been given",
    ]


def test_a_speaker_who_is_silent_on_the_topic_is_a_refusal_with_what_was_said() -> None:
    source = article(HARBOUR)
    outcome = answer_from_statements(
        understand("What did Merz say about football?"),
        [statement(source, "“Lund’s needless delay,”")],
        {source.id: source},
        speaker_known=True,
        relevance=topic_relevance(WordEncoder()),
    )
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SILENT_ON_TOPIC
    assert [citation.exact for citation in outcome.nearest] == ["“Lund’s needless delay,”"]


def test_a_speaker_without_a_statement_is_silent_when_known_and_else_unknown() -> None:
    question = understand("What did Macron say?")
    for known, reason in ((True, NoAnswerReason.SPEAKER_SILENT), (False, NoAnswerReason.SPEAKER_UNKNOWN)):
        outcome = answer_from_statements(question, [], {}, speaker_known=known)
        assert isinstance(outcome, NoAnswer)
        assert outcome.reason is reason


def test_statements_outside_the_dates_or_outlets_asked_for_are_not_cited() -> None:
    source = article("Merz said winter was near.", published=date(2025, 1, 1), outlet="Gazette")
    statements = [statement(source, "winter was near")]
    asked = {
        "in": understand("what did merz say", published_before=date(2025, 1, 1), outlets=["Gazette"]),
        "later": understand("what did merz say", published_after=date(2025, 1, 2)),
        "elsewhere": understand("what did merz say", outlets=["Courier"]),
    }
    outcomes = {
        name: answer_from_statements(question, statements, {source.id: source}, speaker_known=True)
        for name, question in asked.items()
    }
    assert isinstance(outcomes["in"], Answer)
    reasons = [outcome.reason for outcome in outcomes.values() if isinstance(outcome, NoAnswer)]
    assert reasons == [NoAnswerReason.OUTSIDE_DATES] * 2


def test_an_undated_article_does_not_answer_for_dates() -> None:
    source = article("Merz said winter was near.", published=None)
    question = understand("what did merz say", published_after=date(2025, 1, 1))
    outcome = answer_from_statements(
        question, [statement(source, "winter was near")], {source.id: source}, speaker_known=True
    )
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.OUTSIDE_DATES

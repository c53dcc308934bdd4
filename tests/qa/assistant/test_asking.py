"""The whole pipeline over the sample archive: exact citations, or an honest refusal."""

from __future__ import annotations

from datetime import date

import pytest

from qa.assistant import Assistant
from qa.errors import ArchiveEmpty, IndexStale, QuestionError
from qa.settings import Settings
from qa.types import Answer, AnswerKind, NoAnswer, NoAnswerReason


def _answer(sample: Assistant, question: str) -> Answer:
    outcome = sample.ask(question)
    assert isinstance(outcome, Answer), outcome.reason
    for citation in outcome.citations:
        assert citation.article.text[citation.span.start : citation.span.end] == citation.exact
        assert citation.sentence.contains(citation.span)
    assert [citation.number for citation in outcome.citations] == list(range(1, len(outcome.citations) + 1))
    return outcome


@pytest.mark.parametrize(
    "question", ["What did Merz say?", "what did merz say", "WHAT DID MERZ SAY", "Was hat Merz gesagt?"]
)
def test_what_somebody_said_is_a_list_of_their_statements_alone(sample: Assistant, question: str) -> None:
    answer = _answer(sample, question)
    assert answer.kind is AnswerKind.STATEMENTS
    speakers = {
        citation.statement.speaker.name
        for citation in answer.citations
        if citation.statement and citation.statement.speaker
    }
    assert speakers == {"Friedrich Merz"}
    words = " ".join(citation.exact for citation in answer.citations)
    for said in ("chance for a real peace process", "a very important step forward", "Putin’s criminal attack"):
        assert said in words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is the Kremlin spokesman?", "Peskov"),
        ("Which NATO article would the guarantees mirror?", "Article Five"),
    ],
)
def test_a_question_for_a_fact_cites_the_sentence_that_has_it(sample: Assistant, question: str, words: str) -> None:
    answer = _answer(sample, question)
    first = answer.citations[0]
    assert words in first.sentence.of(first.article.text)
    assert 0 < answer.confidence <= 1
    assert answer.timings_ms["total"] > 0


def test_a_person_who_is_named_and_says_nothing_gets_a_refusal(sample: Assistant) -> None:
    outcome = sample.ask("What did Macron say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SPEAKER_SILENT
    assert outcome.nearest


def test_a_person_who_is_not_named_gets_another_refusal(sample: Assistant) -> None:
    outcome = sample.ask("What did Olaf Scholz say?")
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.SPEAKER_UNKNOWN


@pytest.mark.parametrize(
    "question", ["Who won the 1966 World Cup?", "What is the boiling point of mercury?", "xqzzt flrrp"]
)
def test_what_the_archive_does_not_say_is_refused(sample: Assistant, question: str) -> None:
    outcome = sample.ask(question)
    assert isinstance(outcome, NoAnswer), [citation.exact for citation in getattr(outcome, "citations", ())]


def test_dates_and_outlets_filter_before_ranking(sample: Assistant) -> None:
    everything = _answer(sample, "Who is the Kremlin spokesman?")
    outlet = everything.citations[0].article.outlet
    assert outlet is not None
    assert isinstance(sample.ask("Who is the Kremlin spokesman?", outlets=[outlet]), Answer)
    nowhere = sample.ask("Who is the Kremlin spokesman?", outlets=["No such paper"])
    assert isinstance(nowhere, NoAnswer)
    assert nowhere.reason is NoAnswerReason.OUTSIDE_DATES
    silent = sample.ask("What did Merz say?", outlets=["No such paper"])
    assert isinstance(silent, NoAnswer)
    assert silent.reason is NoAnswerReason.OUTSIDE_DATES
    assert isinstance(sample.ask("What did Merz say?", outlets=[outlet.upper()]), Answer), "case makes no difference"
    early = sample.ask("Who is the Kremlin spokesman?", published_before=date(1999, 1, 1))
    assert isinstance(early, NoAnswer)
    assert early.reason is NoAnswerReason.OUTSIDE_DATES


def test_example_questions_have_answers(sample: Assistant) -> None:
    examples = sample.examples()
    assert len(examples) >= 3
    for example in examples:
        assert isinstance(sample.ask(example), Answer), example


def test_an_empty_question_is_an_error(sample: Assistant) -> None:
    with pytest.raises(QuestionError):
        sample.ask("  ?! ")


def test_an_empty_archive_says_how_to_fill_it(settings: Settings) -> None:
    with Assistant.open(settings, write=True) as assistant:
        with pytest.raises(ArchiveEmpty, match="qa ingest"):
            assistant.ask("Who?")
        assert not assistant.status().ready


def test_another_encoder_makes_the_index_stale(corpus_settings: Settings) -> None:
    shorter = corpus_settings.embedding.model_copy(update={"max_tokens": 64})
    with (
        Assistant.open(corpus_settings.model_copy(update={"embedding": shorter})) as assistant,
        pytest.raises(IndexStale, match="qa rebuild"),
    ):
        assistant.ask("Who is the Kremlin spokesman?")

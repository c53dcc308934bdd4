"""Candidates become an answer or a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answering import Calibration, answer_from_candidates, cite_nearest, understand
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Candidate,
    FoundBy,
    Hit,
    NoAnswer,
    NoAnswerReason,
    Passage,
    Span,
)
from tests.newsprint import HARBOUR, article, span_of

QUESTION = understand("Who is the port spokesman?")
# Margin 0 is a confidence of a half.
PLAIN = Calibration(intercept=0.0, margin=1.0, threshold=0.5)


def candidate(words: str, of: Article, margin: float, *, sentence: str | None = None) -> Candidate:
    passage = Passage(f"{of.id}:0-{len(of.text)}", of.id, Span(0, len(of.text)), of.title, of.text)
    return Candidate(
        Hit(passage, 1, 1.0, FoundBy.FUSION, 0.5), span_of(words, of), span_of(sentence or words, of), margin, 0.0
    )


def test_the_best_candidate_is_cited_first_whatever_the_order() -> None:
    source = article(HARBOUR)
    candidates = [
        candidate("Reck repeated that the port would stay", source, 3.0),
        candidate("Port spokesman Dario Peskin", source, 3.5),
    ]
    outcome = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert [(c.number, c.exact) for c in outcome.citations] == [
        (1, "Port spokesman Dario Peskin"),
        (2, "Reck repeated that the port would stay"),
    ]
    assert outcome.text == "Port spokesman Dario Peskin"
    assert 0.5 < outcome.confidence < 1


def test_a_candidate_that_is_far_worse_than_the_best_is_not_cited() -> None:
    source = article(HARBOUR)
    candidates = [candidate("Dario Peskin", source, 5.0), candidate("Keir Lund", source, 0.5)]
    outcome = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert [c.exact for c in outcome.citations] == ["Dario Peskin"]


def test_below_the_threshold_the_nearest_sentences_come_with_the_refusal() -> None:
    source = article(HARBOUR)
    candidates = [candidate("Dario Peskin", source, -0.1), candidate("Keir Lund", source, -2.0)]
    outcome = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN, nearest=1)
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is NoAnswerReason.BELOW_THRESHOLD
    assert [c.exact for c in outcome.nearest] == ["Dario Peskin"]


def test_the_callers_threshold_wins_over_the_calibrations() -> None:
    source = article(HARBOUR)
    candidates = [candidate("Dario Peskin", source, 1.0)]
    refused = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN, threshold=0.9)
    given = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN, threshold=0.0)
    assert isinstance(refused, NoAnswer)
    assert isinstance(given, Answer)


def test_nothing_found_and_nothing_in_these_dates_are_two_reasons() -> None:
    dated = understand("Who?", published_after=date(2030, 1, 1))
    for question, reason in ((QUESTION, NoAnswerReason.NOTHING_FOUND), (dated, NoAnswerReason.OUTSIDE_DATES)):
        outcome = answer_from_candidates(question, [], {})
        assert isinstance(outcome, NoAnswer)
        assert outcome.reason is reason


def test_a_span_inside_its_sentence_makes_a_span_answer_and_a_whole_one_a_sentence_answer() -> None:
    source = article(HARBOUR)
    sentence = (
        "Port spokesman Dario Peskin said the company was waiting for details of the proposals discussed in Marrow."
    )
    short = candidate("Dario Peskin", source, 3.0, sentence=sentence)
    whole = candidate(sentence, source, 3.0)
    kinds = []
    for one in (short, whole):
        outcome = answer_from_candidates(QUESTION, [one], {source.id: source}, calibration=PLAIN)
        assert isinstance(outcome, Answer)
        kinds.append(outcome.kind)
    assert kinds == [AnswerKind.SPAN, AnswerKind.SENTENCE]


def test_overlapping_candidates_are_cited_once_as_the_better_one() -> None:
    source = article(HARBOUR)
    candidates = [candidate("spokesman Dario Peskin", source, 2.9), candidate("Dario Peskin", source, 3.0)]
    outcome = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert [c.exact for c in outcome.citations] == ["Dario Peskin"]


def test_two_outlets_with_one_report_are_one_citation() -> None:
    one, two = (
        article("Ada Voss won the vote.", outlet="Gazette"),
        article("Ada Voss has won the vote.", outlet="Courier"),
    )
    candidates = [candidate(one.text, one, 3.0), candidate(two.text, two, 2.9)]
    outcome = answer_from_candidates(QUESTION, candidates, {one.id: one, two.id: two}, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == 1
    assert outcome.citations[0].also_in == (two,)


@pytest.mark.parametrize("at_most", [1, 2])
def test_no_more_is_cited_than_was_asked_for(at_most: int) -> None:
    source = article(HARBOUR)
    candidates = [candidate(words, source, 3.0) for words in ("Dario Peskin", "Keir Lund", "Emma Macron")]
    outcome = answer_from_candidates(
        QUESTION, candidates, {source.id: source}, calibration=PLAIN, max_citations=at_most
    )
    assert isinstance(outcome, Answer)
    assert len(outcome.citations) == at_most
    assert len(cite_nearest(candidates, {source.id: source}, at_most)) == at_most


def test_confidence_rises_with_the_margin_and_stays_between_0_and_1() -> None:
    source = article(HARBOUR)
    confidences = [PLAIN.confidence(candidate("Marrow", source, margin)) for margin in (-1e9, -2.0, 0.0, 2.0, 1e9)]
    assert confidences == sorted(confidences)
    assert 0 <= confidences[0] < confidences[2] == 0.5 < confidences[-1] <= 1

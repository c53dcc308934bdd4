"""Candidates become an answer or a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answering import Calibration, answer_from_candidates, cite_nearest
from qa.questions import plain
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
    QuestionKind,
    Scope,
    Span,
    Standing,
)
from tests.newsprint import HARBOUR, article, span_of

QUESTION = plain("Who is the port spokesman?")
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


def test_why_is_told_by_whole_sentences_each_once_and_at_most_three() -> None:
    sentences = [f"It closed for {cause} alone, Ada Voss said." for cause in ("damp", "rain", "fog", "debt")]
    source = article(" ".join(sentences))
    causes = [(sentence, sentence.split()[3]) for sentence in sentences]
    found = [candidate(cause, source, 3.0 - at / 10, sentence=said) for at, (said, cause) in enumerate(causes)]
    found.append(candidate("Ada Voss", source, 2.9, sentence=sentences[0]))
    question = replace(plain("Why did it close?"), kind=QuestionKind.EXPLANATION)
    outcome = answer_from_candidates(question, found, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert outcome.kind is AnswerKind.EXPLANATION
    assert [c.exact for c in outcome.citations] == sentences[:3]
    spans = answer_from_candidates(plain("Why did it close?"), found, {source.id: source}, calibration=PLAIN)
    assert isinstance(spans, Answer)
    assert (spans.kind, spans.citations[0].exact) == (AnswerKind.SPAN, "damp")


def test_a_sentence_near_which_nobody_of_the_question_is_named_explains_nothing() -> None:
    source = article("It closed for damp alone, Ada Voss said.")
    found = candidate("damp", source, 3.0, sentence="It closed for damp alone, Ada Voss said.")
    question = replace(plain("Does Ilse Varnholt regret it?"), kind=QuestionKind.EXPLANATION)
    for absent, told in ((0.5, Answer), (1.0, NoAnswer)):
        one = replace(found, evidence={"names_absent": absent})
        assert isinstance(answer_from_candidates(question, [one], {source.id: source}, calibration=PLAIN), told)


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


@pytest.mark.parametrize(
    ("text", "score", "standing"),
    [
        ("Who is the port spokesman?", -0.1, Standing.NOT_SURE),  # the passage has the question's words
        ("Who is the spokesman of the airline?", -0.1, Standing.NOT_SURE),  # half of them, and it is likely enough
        ("Who is the spokesman of the airline?", -9.0, Standing.NOT_IN_ARCHIVE),
        ("Who won the chess tournament?", -0.1, Standing.NOT_IN_ARCHIVE),
    ],
)
def test_a_refusal_says_whether_there_is_something_to_read(text: str, score: float, standing: Standing) -> None:
    source = article(HARBOUR)
    candidates = [candidate("Dario Peskin", source, score)]
    outcome = answer_from_candidates(plain(text), candidates, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, NoAnswer)
    assert outcome.standing is standing


def test_what_is_near_is_shown_as_sentences_each_of_them_once() -> None:
    source = article(HARBOUR)
    around = span_of("Dario Peskin", source)
    sentence = next(one for one in (source.text.split(". ")) if "Dario Peskin" in one)
    first, second = sentence.split()[0], "Dario Peskin"
    candidates = [candidate(second, source, -1.0, sentence=sentence), candidate(first, source, -2.0, sentence=sentence)]
    outcome = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, NoAnswer)
    assert [one.exact for one in outcome.nearest] == [sentence]
    assert outcome.nearest[0].span.contains(around)


def test_the_callers_threshold_wins_over_the_calibrations() -> None:
    source = article(HARBOUR)
    candidates = [candidate("Dario Peskin", source, 1.0)]
    refused = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN, threshold=0.9)
    given = answer_from_candidates(QUESTION, candidates, {source.id: source}, calibration=PLAIN, threshold=0.0)
    assert isinstance(refused, NoAnswer)
    assert isinstance(given, Answer)


def test_nothing_found_and_nothing_in_these_dates_are_two_reasons() -> None:
    dated = plain("Who?", Scope(date(2030, 1, 1)))
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
    assert len(cite_nearest(QUESTION, candidates, {source.id: source}, at_most)) == 1, "one a passage"


def test_a_refusal_shows_who_is_named_first_and_nothing_that_asks_or_has_no_word_of_the_question() -> None:
    told = "Emma Macron opened the quay."
    sources = [article(text) for text in (f"{told} It rained.", "The quay is long.", "Why the quay?", "Bees sleep.")]
    sentences = ["The quay is long.", "Why the quay?", "Bees sleep.", told]
    by_text = {sentence: one for one in sources for sentence in sentences if sentence in one.text}
    candidates = [candidate(one, by_text[one], 4.0 - at) for at, one in enumerate(sentences)]
    near = cite_nearest(plain("Did Emma Macron close the quay?"), candidates, {one.id: one for one in sources}, 4)
    assert [one.exact for one in near] == [told, "The quay is long."]


def test_where_the_archive_speaks_of_it_the_likeliest_sentence_stays_first_whomever_it_names() -> None:
    likely, named = (
        article("The quay was closed in May by the harbour board."),
        article("Emma Macron saw the quay close in May."),
    )
    candidates = [candidate(likely.text, likely, 1.0), candidate(named.text, named, 0.5)]
    articles = {one.id: one for one in (likely, named)}
    asked = plain("When did Emma Macron close the quay?")
    outcome = answer_from_candidates(asked, candidates, articles, threshold=0.99, calibration=PLAIN)
    assert isinstance(outcome, NoAnswer)
    assert outcome.to_read
    assert [one.exact for one in outcome.nearest] == [likely.text, named.text]


def test_confidence_rises_with_the_margin_and_stays_between_0_and_1() -> None:
    source = article(HARBOUR)
    confidences = [PLAIN.confidence(candidate("Marrow", source, margin)) for margin in (-1e9, -2.0, 0.0, 2.0, 1e9)]
    assert confidences == sorted(confidences)
    assert 0 <= confidences[0] < confidences[2] == 0.5 < confidences[-1] <= 1


def test_the_same_answer_from_two_articles_is_cited_from_both_before_another_answer() -> None:
    one = article("Dario Peskin speaks for the port of Marrow.")
    two = article("The port's spokesman, Dario Peskin, would not comment on Friday.")
    other = article("Keir Lund speaks for the ferry.")
    candidates = [
        candidate("Dario Peskin", one, 3.0, sentence=one.text),
        candidate("Keir Lund", other, 2.9, sentence=other.text),
        candidate("Dario Peskin", two, 1.0, sentence=two.text),
    ]
    known = {source.id: source for source in (one, two, other)}
    outcome = answer_from_candidates(plain("Who spoke?"), candidates, known, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert [citation.exact for citation in outcome.citations] == ["Dario Peskin", "Dario Peskin", "Keir Lund"]
    assert [citation.article for citation in outcome.citations] == [one, two, other]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Who is the mayor?", "Keir Lund"),
        ("who's the current mayor", "Keir Lund"),
        ("Who was elected mayor?", "Dario Peskin"),
    ],
)
def test_where_the_present_is_asked_for_the_newest_of_good_answers_comes_first(asked: str, first: str) -> None:
    old = article("Mayor Dario Peskin opened the lock.", published=date(2020, 1, 1))
    new = article("The new mayor, Keir Lund, closed it.", published=date(2025, 1, 1))
    candidates = [
        candidate("Dario Peskin", old, 3.0, sentence=old.text),
        candidate("Keir Lund", new, 2.9, sentence=new.text),
    ]
    outcome = answer_from_candidates(
        plain(asked), candidates, {old.id: old, new.id: new}, calibration=PLAIN, threshold=0.1
    )
    assert isinstance(outcome, Answer)
    assert outcome.citations[0].exact == first


@pytest.mark.parametrize(("asked", "answered"), [("Who mended the crane?", False), ("What mended the crane?", True)])
def test_more_confidence_is_wanted_of_a_person_than_of_anything_else(asked: str, answered: bool) -> None:
    source = article(HARBOUR)
    found = [candidate("Dario Peskin", source, 0.2)]  # a confidence of 0.55
    outcome = answer_from_candidates(plain(asked), found, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, Answer) is answered
    own = answer_from_candidates(plain(asked), found, {source.id: source}, calibration=PLAIN, threshold=0.5)
    assert isinstance(own, Answer)


TOWNS = "The line would end in the southern Marrow towns of Tamble and Ostrel."


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Which towns would the line end in?", "Tamble and Ostrel"),
        ("WHICH TOWNS WOULD THE LINE END IN?", "Tamble and Ostrel"),
        ("Where would the line end?", "southern Marrow"),
        ("Which town has the end of the line?", "southern Marrow"),
    ],
)
def test_where_several_are_asked_for_what_names_several_beside_the_likeliest_comes_first(
    asked: str, first: str
) -> None:
    source = article(TOWNS)
    found = [
        candidate("southern Marrow", source, 2.0, sentence=TOWNS),
        candidate("Tamble and Ostrel", source, 0.4, sentence=TOWNS),
    ]
    outcome = answer_from_candidates(plain(asked), found, {source.id: source}, calibration=PLAIN)
    assert isinstance(outcome, Answer)
    assert outcome.text == first
    assert (outcome.confidence < 0.7) == (first == "Tamble and Ostrel")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("When was Angela Merkin elected?", NoAnswerReason.SPEAKER_UNKNOWN),
        ("When was Dario Peskin elected?", NoAnswerReason.BELOW_THRESHOLD),
        ("When was she elected?", NoAnswerReason.BELOW_THRESHOLD),
    ],
)
def test_a_refusal_says_when_the_archive_never_names_the_person(asked: str, reason: NoAnswerReason) -> None:
    source = article(HARBOUR)
    outcome = answer_from_candidates(
        plain(asked),
        [candidate("Marrow", source, -5.0)],
        {source.id: source},
        calibration=PLAIN,
        mentions=source.text.count,
    )
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason is reason

"""What the words around a span say for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.reading.support import with_evidence
from qa.types import Candidate, Question
from tests.newsprint import article, hits, span_of

TEXT = "Ada Voss counted 418 herons in Marrow in 2019. It rained.\n\nNobody counted the gulls of Ostrel."


def evidence(asked: str, words: str) -> dict[str, float]:
    source = article(TEXT)
    sentence = span_of("Ada Voss counted 418 herons in Marrow in 2019.", source)
    candidate = Candidate(hits(source)[0], span_of(words, source), sentence, 1.0, 0.0)
    return dict(with_evidence(Question(asked), [candidate])[0].evidence)


def test_a_sentence_with_the_questions_words_covers_it_in_any_letter_case() -> None:
    assert evidence("Who counted herons?", "Ada Voss")["covered"] == 1
    assert evidence("WHO COUNTED HERONS", "Ada Voss") == evidence("who counted herons", "Ada Voss")
    assert 0 < evidence("Who counted gulls?", "Ada Voss")["covered"] < 1


@pytest.mark.parametrize(
    ("asked", "words", "unfit"),
    [
        ("Who counted them?", "Ada Voss", 0),
        ("Who counted them?", "herons", 1),
        ("How many were there?", "418", 0),
        ("How many were there?", "herons", 1),
        ("When was it?", "2019", 0),
        ("When was it?", "Marrow", 1),
        ("Where was it?", "Marrow", 0),
        ("What was counted?", "herons", 0),
    ],
)
def test_a_span_without_what_is_asked_for_is_unfit(asked: str, words: str, unfit: float) -> None:
    assert evidence(asked, words)["unfit"] == unfit


def test_a_span_that_repeats_the_question_and_a_number_that_is_nowhere_are_seen() -> None:
    assert evidence("Who is Ada Voss?", "Ada Voss")["echo"] == 1
    assert evidence("What happened in 2031?", "Ada Voss")["numbers_absent"] == 1
    assert evidence("What happened in 2019?", "Ada Voss")["numbers_absent"] == 0


def test_a_name_that_is_nowhere_is_seen_where_capitals_tell_names() -> None:
    assert evidence("Who counted herons in Marrow?", "Ada Voss")["names_absent"] == 0
    assert evidence("Who counted herons in Brakken?", "Ada Voss")["names_absent"] == 1
    assert evidence("Did Ada count herons in Brakken?", "Ada Voss")["names_absent"] == 0.5
    assert evidence("who counted herons in brakken", "Ada Voss")["names_absent"] == 0
    assert evidence("WHO COUNTED HERONS IN BRAKKEN", "Ada Voss")["names_absent"] == 0


def test_nothing_but_the_evidence_is_added() -> None:
    source = article(TEXT)
    candidate = Candidate(hits(source)[0], span_of("418", source), span_of("418", source), 1.0, 0.0)
    assert replace(with_evidence(Question("How many?"), [candidate])[0], evidence={}) == candidate
    assert with_evidence(Question("How many?"), []) == []

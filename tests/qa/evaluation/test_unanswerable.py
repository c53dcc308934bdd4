"""How often a question gets an answer from its own passage, which does not have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answering import Calibration
from qa.assistant.reading import Reading
from qa.evaluation.reader import Asked
from qa.evaluation.unanswerable import Told, report, tell
from qa.reading import SpanModel, SpanReader
from tests.qa.reading.test_span import network_that_likes

PASSAGE = "Ada Voss keeps the gate. She has kept it for ten years."
ASKED = Asked("1", "port", PASSAGE, "Who keeps the gate?", ("Ada Voss",))
UNANSWERED = Asked("2", "port", PASSAGE, "Who built the gate?", ())


def reading(folder: Path, words: dict[str, float]) -> Reading:
    reader = SpanReader(SpanModel(network_that_likes(folder, words), threads=1))
    return Reading(reader, Calibration(0.0, 1.0, 0.5), "a table")


def test_a_question_is_read_over_its_own_passage(tmp_path: Path) -> None:
    told = tell(ASKED, 0.8, reading(tmp_path, {"voss": 4, "ada": 3}))
    assert told.text in {"Ada", "Voss", "Ada Voss"}
    assert told.confidence > 0.9


def test_no_answer_beats_what_the_network_does_not_like(tmp_path: Path) -> None:
    assert tell(ASKED, 0.8, reading(tmp_path, {})).confidence < 0.1


def test_a_passage_without_words_has_no_answer(tmp_path: Path) -> None:
    assert tell(Asked("3", "port", "  ", "Who?", ()), 0.0, reading(tmp_path, {})) == Told("", 0.0)


def test_answers_and_refusals_are_counted_apart() -> None:
    told = [Told("Ada Voss", 0.9), Told("Ada Voss", 0.6), Told("ten years", 0.7)]
    figures = report([ASKED, UNANSWERED, UNANSWERED], told, 0.65)
    assert figures["unanswerable, answered"] == 50.0
    assert figures["answerable, answered"] == 100.0
    assert figures["F1"] == pytest.approx(66.7)
    assert (figures["F1 at the best threshold"], figures["best threshold"]) == (100.0, 0.9)


def test_a_file_without_unanswerable_questions_has_no_share_of_them() -> None:
    assert report([ASKED], [Told("Ada Voss", 0.9)], 0.5)["unanswerable, answered"] is None

"""The metric is the official one, case by case."""

from __future__ import annotations

import pytest

from qa.evaluation.squad import exact_match, f1, normalise_answer, score


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("The  Iron Lady!", "iron lady"),
        ("an apple, a day", "apple day"),
        ("theatre", "theatre"),
        ("U.S.-led", "usled"),
        ("“quoted”", "“quoted”"),  # the official script knows ASCII punctuation only
        ("the", ""),
    ],
)
def test_answers_are_normalised_as_in_the_official_script(text: str, normalised: str) -> None:
    assert normalise_answer(text) == normalised


@pytest.mark.parametrize(
    ("gold", "predicted", "exact", "overlap"),
    [
        ("the Black Sea", "Black Sea.", 1, 1),
        ("Black Sea", "the Black Sea coast", 0, 0.8),
        ("5 percent", "5", 0, 2 / 3),
        ("tea tea", "tea", 0, 2 / 3),  # words count as often as both have them
        ("Kyiv", "Warsaw", 0, 0),
        ("the", "a", 1, 1),  # nothing left on both sides
        ("the", "Kyiv", 0, 0),
    ],
)
def test_exact_match_and_f1_of_one_pair(gold: str, predicted: str, exact: float, overlap: float) -> None:
    assert exact_match(gold, predicted) == exact
    assert f1(gold, predicted) == pytest.approx(overlap)


def test_the_best_of_several_gold_answers_counts() -> None:
    scores = score([["Kyiv", "the capital, Kyiv"]], ["capital Kyiv"], [0.0])
    assert (scores.exact, scores.f1) == (100, 100)


def test_an_unanswerable_question_is_right_only_when_nothing_is_predicted() -> None:
    scores = score([[], []], ["", "Kyiv"], [0.0, 0.0])
    assert scores.no_answer_exact == 50
    assert scores.has_answer_f1 is None


def test_above_the_threshold_a_prediction_counts_as_none() -> None:
    gold, predicted, no_answer = [["Kyiv"], ["Rome"], [], []], ["Kyiv", "Rome", "x", "y"], [-2.0, 1.0, 2.0, -1.0]
    answered = score(gold, predicted, no_answer)
    assert (answered.exact, answered.has_answer_exact, answered.no_answer_exact) == (50, 100, 0)
    refused = score(gold, predicted, no_answer, threshold=0.0)
    assert (refused.exact, refused.has_answer_exact, refused.no_answer_exact) == (50, 50, 50)


def test_the_best_threshold_is_the_cut_that_would_have_scored_most() -> None:
    gold, predicted, no_answer = [["Kyiv"], ["Rome"], [], []], ["Kyiv", "Rome", "x", "y"], [-2.0, 1.0, 2.0, -1.0]
    scores = score(gold, predicted, no_answer)
    assert (scores.best_exact, scores.best_exact_threshold) == (75, -2)
    assert score(gold, predicted, no_answer, threshold=scores.best_f1_threshold).f1 == scores.best_f1


def test_refusing_everything_is_a_threshold_too() -> None:
    assert score([[], [], ["Kyiv"]], ["x", "y", "Rome"], [0.0, 0.0, 0.0]).best_f1 == pytest.approx(200 / 3)


def test_no_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="no questions"):
        score([], [], [])


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        score([["Kyiv"]], [], [])

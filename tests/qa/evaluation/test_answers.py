"""Answers are measured in the open setting, and the reader is fitted on other questions than are reported."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.answering import Calibration
from qa.evaluation.answers import Situation, Trial, curve, fit, report, run_trials
from qa.evaluation.fitting import Example, fit_calibration, fit_reader, lowest_threshold
from qa.evaluation.pools import cases, open_pool, read_rows
from qa.reading import SentenceReader
from qa.reading.sentence import WEIGHTS
from qa.types import Candidate, FoundBy, Hit, Passage, Span
from tests.newsprint import HARBOUR, WordEncoder

HERONS = "Warden Ada Voss counted 418 herons.\r\n\r\nShe counted them twice, in the rain and in the fog."


def row(name: str, context: str, question: str, answer: str | None, split: str = "dev") -> dict[str, Any]:
    answers = [{"text": answer, "start": context.index(answer)}] if answer else []
    return {
        "id": name,
        "title": "A_title",
        "context": context,
        "question": question,
        "answers": answers,
        "split": split,
    }


ROWS = [
    row("1", HARBOUR, "Who is the port spokesman?", "Dario Peskin"),
    row("2", HERONS, "How many herons did Ada Voss count?", "418"),
    row("3", HERONS, "In what weather did she count them twice?", "in the fog"),
    row("4", HARBOUR, "Who is the port's doctor?", None),
]


def trial(margin: float, *, right: bool = True) -> Trial:
    passage = Passage("a:0-5", "a", Span(0, 5), "", "words")
    hit = Hit(passage, 1, 1.0, FoundBy.FUSION, 0.5)
    return Trial(Candidate(hit, Span(0, 5), Span(0, 5), margin, 0.0), right, right, answerable=True)


def test_gold_answers_are_found_in_the_normalised_text_where_they_stood() -> None:
    context = "It rained.\r\n\r\nIt rained again\u00a0in May."
    second = context.rindex("rained")
    made = cases([{**row("1", context, "What?", None), "answers": [{"text": "rained", "start": second}]}])
    assert made[0].gold == (Span(15, 21),)


def test_a_row_whose_answer_is_nowhere_is_left_out_and_one_without_an_answer_stays() -> None:
    lost = {**ROWS[0], "answers": [{"text": "Nobody of that name", "start": 3}]}
    assert [case.gold for case in cases([lost, ROWS[3]])] == [()]


def test_rows_of_a_split_come_in_one_order(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    other = row("5", HERONS, "Why?", None, split="train")
    for rows in ([*ROWS, other], [other, *ROWS[::-1]]):
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
        assert {read["id"] for read in read_rows(path, "dev")} == {"1", "2", "3", "4"}
        assert [read["id"] for read in read_rows(path, "dev")] == [read["id"] for read in read_rows(path, "dev")][:4]


@pytest.mark.slow
def test_an_answer_is_right_in_the_right_article_alone(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with open_pool(ROWS, tmp_path, encoder) as pool:
        assert len(pool.articles) == 2
        answerable = Situation("answerable", pool, cases(ROWS[:3]), answerable=True)
        withheld = Situation("withheld", pool, cases(ROWS[:3]), answerable=False, withheld=True)
        assert [one.right for one in run_trials(answerable, SentenceReader(encoder))] == [True, True, True]
        for case in withheld.questions:
            hits = withheld.hits(case)
            assert case.article_id not in {hit.passage.article_id for hit in hits}
            assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert not any(one.right for one in run_trials(withheld, SentenceReader(encoder)))


def test_the_curve_counts_the_surest_answers_first() -> None:
    plain = Calibration(intercept=0, margin=1, threshold=0.5)
    trials = [trial(margin / 2, right=margin >= 5) for margin in range(10)]
    points = curve(trials, plain)
    assert [coverage for coverage, _, _ in points] == pytest.approx([n / 10 for n in range(1, 11)])
    assert [wrong for _, _, wrong in points[:5]] == [0] * 5
    assert points[-1][2] == pytest.approx(0.5)
    assert [least for _, least, _ in points] == sorted((least for _, least, _ in points), reverse=True)


def test_the_threshold_lets_no_more_than_the_given_share_of_false_answers_through() -> None:
    unanswerable = [0.1, 0.2, 0.3, 0.4]
    assert lowest_threshold(unanswerable, 0.25) == pytest.approx(0.31)
    assert lowest_threshold(unanswerable, 0.0) == pytest.approx(0.41)
    assert lowest_threshold(unanswerable, 1.0) == 0


@pytest.mark.slow
def test_fitting_learns_which_feature_tells_the_right_sentence_and_when_there_is_none() -> None:
    generator = np.random.default_rng(7)
    examples = []
    for number in range(300):
        features = generator.normal(0, 0.1, (5, len(WEIGHTS)))
        right = np.zeros(5, dtype=bool)
        if number % 2:
            right[number % 5] = True
            features[right, 0] += 1
        examples.append(Example(features, right))
    weights, nothing = fit_reader(examples)
    first, *others = weights.values()
    assert first > max(map(abs, others))
    assert 0 < nothing < first


@pytest.mark.slow
def test_the_fitted_confidence_is_the_share_of_right_answers() -> None:
    margins = [0.0] * 100 + [2.0] * 100
    right = [number < 20 for number in range(100)] + [number < 90 for number in range(100)]
    calibration = fit_calibration(margins, right)
    for margin, share in ((0.0, 0.2), (2.0, 0.9)):
        assert calibration.confidence(trial(margin).best) == pytest.approx(share, abs=0.05)


@pytest.mark.slow
def test_the_whole_measurement_runs_on_the_question_sets() -> None:
    if "ONRECORD_DATA" not in os.environ:
        pytest.skip("ONRECORD_DATA does not name the folder of the question sets")
    data = Path(os.environ["ONRECORD_DATA"]) / "qa"
    result = report(data, 12, WordEncoder(), "the command")
    for part in ("newsqa, answerable", "squadshifts_wiki, withheld", "near misses", "Risk and coverage", "Confidence"):
        assert part in result
    fitted = fit(data, 12, WordEncoder())
    assert "WEIGHTS = {'similarity'" in fitted
    assert "threshold=" in fitted

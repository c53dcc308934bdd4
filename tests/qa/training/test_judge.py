"""A judge starts as the reader, learns from the reader's candidates, and is served as it was trained."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from qa.assistant.reading import READER
from qa.errors import ModelError, SettingsError
from qa.reading import SpanModel, SpanReader
from qa.reading.span import GRAPH
from qa.training.candidates import NOTHING, RIGHT, WRONG, Graded, Group, gather, load_groups
from qa.training.dequantising import float_weights
from qa.training.judge import JudgeRun, streams
from qa.training.judge_batches import batch_of, batches, to_sheets
from qa.training.judge_export import export_judge
from qa.training.judge_network import judge_loss, load_judge, worth
from qa.training.judge_recipe import JudgeRecipe, Share, load_judge_recipe
from qa.training.judging import Judge, collate
from qa.training.reader import packaged_base
from qa.training.running import train
from qa.types import FoundBy, Hit, Passage, Question, Span
from tests.qa.training.small import HARBOUR, WORDPIECES, write_rows

RUNS = Path(__file__).parents[3] / "qa" / "training" / "runs"
RECIPE = JudgeRecipe(
    seed=3,
    steps=2,
    warmup=1,
    learning_rate=1e-3,
    weight_decay=0.0,
    clip=1.0,
    dropout=0.1,
    ema=0.5,
    frozen=5,
    questions=2,
    candidates=4,
    beside=1,
    absent=0.0,
    shards=2,
    sets={"small": Share(answerable=4, unanswerable=1, made=1)},
)


def _graded(words: str, is_a: int, f1: float = 0.0) -> Graded:
    start = HARBOUR.index(words)
    return Graded("", HARBOUR, start, start + len(words), is_a, f1, 1.0)


GROUPS = [
    Group(
        "1",
        "small",
        "answerable",
        "Who keeps the gate?",
        (_graded("Tomas Reck", NOTHING), _graded("Ada Voss", RIGHT, 1.0)),
    ),
    Group(
        "2",
        "small",
        "answerable",
        "How many boats were there?",
        (_graded("41", RIGHT, 0.5), _graded("last week", WRONG)),
    ),
    Group("3", "small", "unanswerable", "Who is the captain?", (_graded("Tomas Reck", NOTHING),)),
    Group(
        "4", "small", "answerable", "What does it cost?", (_graded("£3.5 million", RIGHT, 1.0), _graded("41", NOTHING))
    ),
]


def test_the_shipped_recipe_can_be_read_and_a_misspelt_one_cannot(tmp_path: Path) -> None:
    assert load_judge_recipe(RUNS / "judge-1.toml").sets["newsqa"].answerable > 0
    (tmp_path / "r.toml").write_text("sed = 1\n[sets]\n")
    with pytest.raises(SettingsError, match=r"r\.toml"):
        load_judge_recipe(tmp_path / "r.toml")


def test_the_share_of_the_answer_goes_to_the_right_or_to_none() -> None:
    judged = to_sheets(GROUPS, WORDPIECES)
    assert [one.shares for one in judged] == [(0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0), (0.0, 1.0, 0.0)]
    batch = batch_of(judged[1:3])
    assert batch.places.tolist() == [[0, 1], [2, -1]]
    assert batch.kinds.tolist() == [RIGHT, WRONG, NOTHING]
    assert batch.shares.tolist() == [[0, 1, 0], [1, 0, 0]]


def test_batches_depend_on_the_recipe_and_their_number_alone() -> None:
    judged = to_sheets(GROUPS, WORDPIECES)
    first = [batch for batch, _ in zip(batches(RECIPE, judged), range(5), strict=False)]
    later = [batch for batch, _ in zip(batches(RECIPE, judged, 3), range(2), strict=False)]
    for one, other in zip(first[3:], later, strict=True):
        np.testing.assert_array_equal(one.inputs["input_ids"], other.inputs["input_ids"])


@pytest.mark.slow
def test_candidates_are_graded_by_the_marked_answers(tmp_path: Path) -> None:
    write_rows(tmp_path)
    groups = list(gather(RECIPE, tmp_path, SpanReader(SpanModel(READER, threads=1))))
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(_plain(group)) + "\n" for group in groups))
    assert load_groups(tmp_path / "c.jsonl") == groups
    keeper = next(one for one in groups if one.question == "Who keeps the gate of Ostrel?" and one.kind == "answerable")
    best = keeper.candidates[0]
    assert (best.text[best.start : best.end], best.is_a, best.f1) == ("Ada Voss", RIGHT, 1.0)
    assert len(best.text) < len(HARBOUR), "a sentence and its neighbours"
    unanswered = [one for group in groups if group.kind != "answerable" for one in group.candidates]
    assert unanswered
    assert {one.is_a for one in unanswered} == {NOTHING}


def _plain(group: Group) -> dict[str, object]:
    return asdict(group)


@pytest.mark.slow
def test_float_weights_score_as_the_int8_graph_does_and_the_judge_starts_from_them() -> None:
    network = load_judge(packaged_base(), READER / GRAPH).eval()
    sheets = to_sheets(GROUPS[:1], WORDPIECES)[0].sheets
    with torch.no_grad():
        logits = network(*(torch.from_numpy(one) for one in collate(sheets).values()))
    assert torch.equal(logits[:, 1:], torch.zeros(2, 2))
    assert float(logits[1, 0] - logits[0, 0]) > 3, "the keeper beats the harbour master before the first step"


def test_what_is_no_graph_has_no_weights(tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"broken\.onnx"):
        float_weights(tmp_path / "broken.onnx")


@pytest.mark.slow
def test_training_lowers_the_loss_resumes_and_is_served_as_trained(tmp_path: Path) -> None:
    judged = to_sheets(GROUPS, WORDPIECES)

    def run(steps: int, *, resume: bool = False) -> JudgeRun:
        torch.manual_seed(0)
        started = JudgeRun.start(replace(RECIPE, steps=steps), load_judge(packaged_base(), READER / GRAPH, 0.1, 5))
        if resume:
            started.load(tmp_path / "checkpoint.pt")
        train(started, streams(started, judged), tmp_path)
        return started

    whole = batch_of(judged)
    before = judge_loss(load_judge(packaged_base(), READER / GRAPH).eval(), whole).item()
    trained = run(8)
    trained.network.eval()
    assert judge_loss(trained.network, whole).item() < before
    resumed = run(9, resume=True)
    assert resumed.step == 9
    (tmp_path / "recipe.toml").write_text(_toml())
    card = json.loads(export_judge(tmp_path, tmp_path / "served").read_text())
    assert card["bytes"] < 25_000_000
    network = load_judge(packaged_base())
    network.load_state_dict(resumed.average.weights)
    candidate = next(
        one
        for one in SpanReader(SpanModel(READER, threads=1)).read(Question("Who keeps the gate?"), [_hit()])
        if one.span.of(HARBOUR) == "Ada Voss"
    )
    served = Judge(tmp_path / "served", threads=1).worth("Who keeps the gate?", [candidate])[0]
    sheet = Judge(tmp_path / "served", threads=1)._sheets("Who keeps the gate?", [candidate])
    with torch.no_grad():
        trained_worth = float(worth(network.eval()(*(torch.from_numpy(one) for one in collate(sheet).values())))[0])
    assert served == pytest.approx(trained_worth, abs=1.0), "int8 is near float"


def _hit() -> Hit:
    return Hit(Passage("a:0", "a", Span(0, len(HARBOUR)), "", HARBOUR), 1, 1.0, FoundBy.FUSION)


def _toml() -> str:
    plain = {name: value for name, value in RECIPE.as_dict().items() if name != "sets"}
    listed = "\n".join(f"{name} = {value}" for name, value in plain.items())
    return f"{listed}\n[sets]\nnewsqa = {{ answerable = 1 }}\n"

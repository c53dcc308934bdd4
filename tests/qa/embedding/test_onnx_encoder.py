"""The encoder that runs without torch."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.embedding import PACKAGED_MODEL, OnnxEncoder, TextEncoder, load_encoder
from qa.errors import ModelMismatch, ModelMissing

TEXTS = [
    "The harbour master resigned on Friday.",
    "Who resigned?",
    "",
    "“Genug ist genug”, sagte Jürgen Groß – 😀 \u0301 İstanbul",
    "A long report on the harbour, its cranes and its debts. " * 40,
]
SHORT = [*TEXTS[:-1], "Its cranes and its debts are older than the quay. " * 3]


@pytest.fixture(scope="module")
def models(compiled_models: Path) -> Path:
    return compiled_models


@pytest.fixture(scope="module")
def encoder(models: Path) -> TextEncoder:
    return load_encoder(PACKAGED_MODEL, models, compile_missing=False)


@pytest.fixture(scope="module")
def on_threads(models: Path) -> dict[int, TextEncoder]:
    """The encoder by how many texts it runs at the same time."""
    return {n: load_encoder(PACKAGED_MODEL, models, threads=n, compile_missing=False) for n in (1, 3)}


@pytest.fixture(scope="module")
def alone(encoder: TextEncoder) -> list[bytes]:
    """The bits of each text's vector when nothing else is encoded with it."""
    return [encoder.encode([text]).tobytes() for text in SHORT]


def test_every_text_gets_a_vector_of_length_one(encoder: TextEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: TextEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(len(SHORT))), data=st.data())
@pytest.mark.parametrize("threads", [1, 3])
def test_a_vector_depends_on_its_text_alone(
    on_threads: dict[int, TextEncoder], alone: list[bytes], threads: int, order: list[int], data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=3)))
    for start, end in pairwise([0, *cuts, len(order)]):
        group = order[start:end]
        vectors = on_threads[threads].encode([SHORT[index] for index in group])
        assert [vector.tobytes() for vector in vectors] == [alone[index] for index in group]


def test_a_question_is_nearest_to_the_text_that_answers_it(encoder: TextEncoder) -> None:
    question, *texts = encoder.encode(
        ["Who wrote the novel?", "The novel is by Ines Varga.", "Rain is expected in the north.", "Shares fell again."]
    )
    assert np.argmax(np.stack(texts) @ question) == 0


def test_what_is_beyond_the_longest_text_makes_no_difference(models: Path) -> None:
    short = load_encoder(PACKAGED_MODEL, models, max_tokens=16, compile_missing=False)
    beginning = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    vectors = short.encode([beginning]), short.encode([f"{beginning} and then something else altogether"])
    np.testing.assert_allclose(*vectors, atol=1e-6)


def test_the_digest_names_the_vector_space(models: Path, encoder: TextEncoder) -> None:
    quick = load_encoder(PACKAGED_MODEL, models, threads=1, compile_missing=False)
    short = load_encoder(PACKAGED_MODEL, models, max_tokens=64, compile_missing=False)
    beyond_the_model = load_encoder(PACKAGED_MODEL, models, max_tokens=8_192, compile_missing=False)
    assert quick.digest == encoder.digest == beyond_the_model.digest != short.digest
    assert encoder.name == "all-MiniLM-L6-v2"


def test_a_model_without_prompts_treats_questions_like_passages(encoder: TextEncoder) -> None:
    assert encoder.for_questions() is encoder


def test_the_model_is_found_under_its_name_on_the_hub_too(models: Path, encoder: TextEncoder) -> None:
    full_name = load_encoder(f"sentence-transformers/{PACKAGED_MODEL}", models, compile_missing=False)
    assert (full_name.name, full_name.digest) == (encoder.name, encoder.digest)


def test_encoding_imports_no_torch(models: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from qa.embedding import load_encoder\n"
        "load_encoder('all-MiniLM-L6-v2', Path(sys.argv[1]), compile_missing=False).encode(['a', 'b'])\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(models)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_model_that_is_not_compiled_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="all-MiniLM-L6-v2") as caught:
        load_encoder(PACKAGED_MODEL, tmp_path, compile_missing=False)
    assert "qa prepare" in caught.value.remedy


def test_a_damaged_model_is_not_used(models: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(models / PACKAGED_MODEL.lower(), tmp_path / "copy"))
    with (copy / "model.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelMismatch, match=r"model\.onnx"):
        OnnxEncoder(copy)


@pytest.mark.parametrize("content", ["", "{}", '{"name": 1', "[]"])
def test_a_damaged_card_is_named(models: Path, tmp_path: Path, content: str) -> None:
    copy = Path(shutil.copytree(models / PACKAGED_MODEL.lower(), tmp_path / "copy"))
    (copy / "card.json").write_text(content)
    with pytest.raises(ModelMismatch, match=r"card\.json") as caught:
        OnnxEncoder(copy)
    assert str(copy) in caught.value.remedy


def test_a_model_compiled_by_another_version_is_not_used(models: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(models / PACKAGED_MODEL.lower(), tmp_path / PACKAGED_MODEL.lower()))
    card = (copy / "card.json").read_text()
    (copy / "card.json").write_text(card.replace('"int8', '"int4'))
    with pytest.raises(ModelMismatch, match="another version"):
        load_encoder(PACKAGED_MODEL, tmp_path, compile_missing=False)

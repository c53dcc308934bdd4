"""An ONNX graph in float32 -> the same graph with int8 weights, right on every x86-64 processor with AVX2.

The products' inputs are quantised as they come, one range for a whole text, so large values cost the small ones their
precision. Each choice was measured; the table is under ``docs/results`` (``python -m qa.evaluation.embedding``):

- weights are scaled per output channel: per tensor, vectors keep a cosine of only 0.85 with the original's;
- weights take seven bits (``reduce_range``): without VNNI, pairs of products are summed in 16 bits and saturate;
  so vectors are the same on either kind of processor;
- inputs are balanced first: a channel that is large is divided by a factor that its weights are multiplied with
  (SmoothQuant, arXiv 2211.10438, eq. 4). The factors come from what the channels carry on a few sample texts;
- products that narrow (more inputs than outputs, as after an activation function) are scaled per row instead: there a
  few tokens are large, not a few channels;
- token embeddings are int8 too: 22 MiB in place of 56, for 0.0004 of the cosine.

Whoever changes anything here changes ``qa.embedding.scheme.QUANTISATION``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from qa.embedding.scheme import SHIPPED, Scheme

__all__ = ["Inputs", "quantise"]

MIGRATION = 0.6  # how much of a channel's size goes into the weights: 0 none, 1 all
_TINY = 1e-5

Inputs = dict[str, NDArray[np.int64]]  # names of the graph's inputs -> (text, token)
Floats = NDArray[np.float32]


def quantise(source: Path, target: Path, samples: Sequence[Inputs], scheme: Scheme = SHIPPED) -> None:
    """Write the graph in ``source`` to ``target`` with int8 weights, balanced on the ``samples``."""
    model = onnx.load(source)
    products = _products(model)
    widening = {name: nodes for name, nodes in products.items() if not _narrows(model, nodes[0])}
    largest = _largest(source, list(widening), samples)
    for name, nodes in products.items():
        if name in widening and scheme.balance:
            _balance(model, name, nodes, largest[name])
        elif name not in widening and scheme.scale_rows:
            _scale_rows(model, name, nodes)
    balanced = target.with_suffix(".balanced.onnx")
    onnx.save(model, balanced)
    with _quiet():
        quantize_dynamic(
            balanced,
            target,
            op_types_to_quantize=["MatMul", "Gather"] if scheme.embeddings else ["MatMul"],
            per_channel=scheme.per_channel,
            reduce_range=scheme.reduce_range,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
    balanced.unlink()


def _products(model: onnx.ModelProto) -> dict[str, list[onnx.NodeProto]]:
    """The products with weights, by the name of their input."""
    weights = {weight.name for weight in model.graph.initializer if len(weight.dims) == 2}
    products: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            products.setdefault(node.input[0], []).append(node)
    return products


def _weight(model: onnx.ModelProto, node: onnx.NodeProto) -> onnx.TensorProto:
    return next(weight for weight in model.graph.initializer if weight.name == node.input[1])


def _narrows(model: onnx.ModelProto, node: onnx.NodeProto) -> bool:
    inputs, outputs = _weight(model, node).dims
    return bool(inputs > outputs)


def _largest(source: Path, names: list[str], samples: Sequence[Inputs]) -> dict[str, Floats]:
    """For each named value, the largest magnitude of each channel over the samples."""
    model = onnx.load(source)
    for name in names:
        model.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    taken = {one.name for one in session.get_inputs()}
    runs = [  # (sample, name) -> (text, token, channel)
        session.run(names, {one: values for one, values in inputs.items() if one in taken}) for inputs in samples
    ]
    return {
        name: np.max([np.abs(values[index]).max(axis=(0, 1)) for values in runs], axis=0)
        for index, name in enumerate(names)
    }


def _balance(model: onnx.ModelProto, name: str, nodes: list[onnx.NodeProto], largest: Floats) -> None:
    """Divide the channels of ``name`` by factors and multiply the rows of its weights with them."""
    weights = [_weight(model, node) for node in nodes]
    arrays = [numpy_helper.to_array(weight) for weight in weights]  # (input channel, output channel)
    heaviest = np.max([np.abs(array).max(axis=1) for array in arrays], axis=0)
    factors = np.maximum(largest, _TINY) ** MIGRATION / np.maximum(heaviest, _TINY) ** (1 - MIGRATION)
    for weight, array in zip(weights, arrays, strict=True):
        weight.CopyFrom(numpy_helper.from_array((array * factors[:, None]).astype(np.float32), weight.name))
    inverse = numpy_helper.from_array((1 / factors).astype(np.float32), f"{name}:factors")
    model.graph.initializer.append(inverse)
    _insert_before(model, nodes[0], helper.make_node("Mul", [name, inverse.name], [f"{name}:balanced"]))
    for node in nodes:
        node.input[0] = f"{name}:balanced"


def _scale_rows(model: onnx.ModelProto, name: str, nodes: list[onnx.NodeProto]) -> None:
    """Divide every token of ``name`` by its largest value before its products, and multiply them with it after."""
    floor = numpy_helper.from_array(np.array([_TINY], dtype=np.float32), f"{name}:floor")
    model.graph.initializer.append(floor)
    for node in (
        helper.make_node("ReduceMax", [name], [f"{name}:largest"], axes=[-1], keepdims=1),
        helper.make_node("Max", [f"{name}:largest", floor.name], [f"{name}:scale"]),
        helper.make_node("Div", [name, f"{name}:scale"], [f"{name}:scaled"]),
    ):
        _insert_before(model, nodes[0], node)
    for product in nodes:
        result = product.output[0]
        product.input[0], product.output[0] = f"{name}:scaled", f"{result}:scaled"
        at = list(model.graph.node).index(product) + 1
        model.graph.node.insert(at, helper.make_node("Mul", [product.output[0], f"{name}:scale"], [result]))


def _insert_before(model: onnx.ModelProto, node: onnx.NodeProto, new: onnx.NodeProto) -> None:
    model.graph.node.insert(list(model.graph.node).index(node), new)


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back the quantiser's advice, which it gives through the root logger."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)

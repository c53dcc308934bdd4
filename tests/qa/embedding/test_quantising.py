"""What the int8 weights must be, whatever processor runs them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from qa.embedding import PACKAGED_MODEL

PRODUCTS = {
    "MatMulInteger",
    "DynamicQuantizeMatMul",
    "MatMulIntegerToFloat",
}  # the latter two as onnxruntime makes them


def test_no_product_can_saturate_without_vnni(compiled_models: Path) -> None:
    """AVX2 adds two products of an unsigned and a signed byte in 16 bits."""
    model = onnx.load(compiled_models / PACKAGED_MODEL.lower() / "model.onnx")
    weights = {weight.name: weight for weight in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type in PRODUCTS]
    assert len(products) == 36, "six layers of six products"
    for node in products:
        values = numpy_helper.to_array(weights[node.input[1]])
        assert values.dtype == np.int8
        largest = int(np.abs(values.astype(int)).max())
        assert 2 * 255 * largest <= np.iinfo(np.int16).max

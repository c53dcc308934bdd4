"""A graph without masks gives, for texts without padding, what it gave with them."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper

from qa.embedding.unpadding import without_masks


def attending(layers: int) -> onnx.ModelProto:
    """Self-attention as PyTorch exports it, in layers, over (1, token, 4); a mask of 0 adds minus infinity."""
    nodes = [
        helper.make_node("Cast", ["attention_mask"], ["allowed"], to=TensorProto.BOOL),
        helper.make_node("Where", ["allowed", "zero", "never"], ["forbidding"]),
    ]
    for layer, (came, out) in enumerate([("text", "0")] + [(str(n), str(n + 1)) for n in range(layers - 1)]):
        nodes += [
            helper.make_node("Transpose", [came], [f"turned{layer}"], perm=[0, 2, 1]),
            helper.make_node("MatMul", [came, f"turned{layer}"], [f"raw{layer}"]),
            helper.make_node("Add", [f"raw{layer}", "forbidding"], [f"scores{layer}"]),
            helper.make_node("Softmax", [f"scores{layer}"], [f"soft{layer}"], axis=-1),
            helper.make_node("IsNaN", [f"soft{layer}"], [f"void{layer}"]),
            helper.make_node("Where", [f"void{layer}", "zero", f"soft{layer}"], [f"weights{layer}"]),
            helper.make_node("MatMul", [f"weights{layer}", came], [out]),
        ]
    graph = helper.make_graph(
        [*nodes, helper.make_node("ReduceSum", ["attention_mask"], ["length"], keepdims=0)],
        "attending",
        [
            helper.make_tensor_value_info("text", TensorProto.FLOAT, [1, None, 4]),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, [1, None]),
        ],
        [
            helper.make_tensor_value_info(str(layers - 1), TensorProto.FLOAT, [1, None, 4]),
            helper.make_tensor_value_info("length", TensorProto.INT64, []),
        ],
        [
            helper.make_tensor("zero", TensorProto.FLOAT, [], [0.0]),
            helper.make_tensor("never", TensorProto.FLOAT, [], [-np.inf]),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def run(model: onnx.ModelProto, text: NDArray[np.float32], mask: NDArray[np.int64]) -> list[NDArray[np.float32]]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return [np.asarray(one) for one in session.run(None, {"text": text, "attention_mask": mask})]


def test_what_comes_out_is_the_same_to_the_bit_and_nothing_of_the_mask_is_left_but_what_counts() -> None:
    masked = attending(3)
    bare = without_masks(attending(3))
    assert [node.op_type for node in bare.graph.node if node.op_type in {"Add", "Where", "IsNaN", "Cast"}] == []
    for length in (1, 2, 9, 40):
        text = np.random.default_rng(length).normal(size=(1, length, 4)).astype(np.float32)
        mask = np.ones((1, length), dtype=np.int64)
        for one, other in zip(run(masked, text, mask), run(bare, text, mask), strict=True):
            assert np.array_equal(one, other)


def test_a_sum_before_a_softmax_that_has_nothing_of_the_mask_stays() -> None:
    model = attending(1)
    for node in model.graph.node:
        if node.op_type == "Add":
            node.input[1] = "zero"
    assert "Add" in [node.op_type for node in without_masks(model).graph.node]

"""Graphs are run as we say, not as onnxruntime would by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from onnx import TensorProto, helper, save

from qa.graphs import open_graph


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Adds two rows and normalises the sum."""
    rows = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, 2]) for name in ("left", "right", "out")]
    nodes = [
        helper.make_node("Add", ["left", "right"], ["sum"]),
        helper.make_node("LayerNormalization", ["sum", "scale", "bias"], ["out"], axis=-1, epsilon=1e-5),
    ]
    weights = [
        helper.make_tensor(name, TensorProto.FLOAT, [2], values)
        for name, values in (("scale", [1, 1]), ("bias", [0, 0]))
    ]
    made = helper.make_graph(nodes, "rows", rows[:2], rows[2:], weights)
    save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), tmp_path / "rows.onnx")
    return tmp_path / "rows.onnx"


def test_a_graph_runs_with_the_threads_that_are_asked_for(graph: Path) -> None:
    session = open_graph(graph, 3)
    assert session.get_session_options().intra_op_num_threads == 3
    assert session.get_providers() == ["CPUExecutionProvider"]


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"rows\.onnx"):
        open_graph(tmp_path / "rows.onnx", 1)

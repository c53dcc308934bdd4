"""Graphs are run as we say, not as onnxruntime would by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, save

from qa.deadline import within
from qa.errors import OutOfTime
from qa.graphs import Graph, Inputs, open_session


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


def rows(*values: float) -> Inputs:
    return {
        name: np.array([[[value, 0.0]]], dtype=np.float32)
        for name, value in zip(("left", "right"), values, strict=True)
    }


def test_a_session_runs_with_the_threads_that_are_asked_for(graph: Path) -> None:
    session = open_session(graph, 3)
    assert session.get_session_options().intra_op_num_threads == 3
    assert session.get_providers() == ["CPUExecutionProvider"]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_every_input_gets_what_it_gets_alone_in_its_place(graph: Path, threads: int) -> None:
    network = Graph(graph, threads)
    inputs = [rows(number % 3 - 1, 0.5) for number in range(7)]
    together = [outputs[0].tolist() for outputs in network.run_each(inputs)]
    assert together == [network.run_each([one])[0][0].tolist() for one in inputs]
    assert together[0] != together[2]
    assert network.run_each([]) == []


@pytest.mark.parametrize("threads", [1, 2])
def test_no_input_is_run_when_time_is_over(graph: Path, threads: int) -> None:
    with within(0.0), pytest.raises(OutOfTime):
        Graph(graph, threads).run_each([rows(1.0, 2.0)] * 3)


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"rows\.onnx"):
        Graph(tmp_path / "rows.onnx", 1)

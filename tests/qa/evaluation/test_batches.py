"""Networks are compared on the same inputs, whichever way they are run."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from qa.evaluation.batches import compare, in_batches
from qa.graphs import Inputs, Outputs
from qa.reading import GRAPH
from tests.qa.reading.test_span import network_that_likes


def inputs(*lengths: int) -> list[Inputs]:
    made = [np.arange(1, length + 1, dtype=np.int64)[None] for length in lengths]
    return [{"input_ids": one, "attention_mask": np.ones_like(one), "token_type_ids": one * 0} for one in made]


def test_batches_hold_inputs_of_like_length_and_come_back_in_order() -> None:
    shapes = []

    def run(_: None, batch: Inputs) -> Outputs:
        shapes.append(batch["input_ids"].shape)
        return [batch["attention_mask"].sum(axis=1, keepdims=True)]

    outputs = in_batches(run, inputs(9, 2, 5, 3, 4), 10)
    assert shapes == [(2, 3), (2, 5), (1, 9)]
    assert [int(output[0, 0]) for (output,) in outputs] == [9, 2, 5, 3, 4]


def test_without_quantisation_batches_move_nothing(tmp_path: Path) -> None:
    found = compare(network_that_likes(tmp_path, {"voss": 4}) / GRAPH, inputs(9, 2, 5), 64, rounds=1)
    assert (found.inputs, found.tokens) == (3, 16)
    assert found.moved < 1e-6
    assert min(found.seconds, found.clock, found.processor) > 0

"""A file with an ONNX graph -> a network that runs inputs on the CPU, each by itself.

The one place that says how onnxruntime runs our networks. Int8 products quantise a whole input at once, so what shares
a batch would change what comes out; one input at a time, on one thread each, it does not, and batches took 1.7 times as
long (``python -m qa.evaluation.batches``; the figures are under ``docs/results``). Adding and normalising stay two
operations: on a CPU the kernel that onnxruntime 1.32 would fuse them into is slower than the two apart.

Promises: what comes out for an input depends on that input alone, bit for bit: not on the others, their order or the
number of threads; between two inputs a time limit is looked at. What this module does not know: what goes in and comes
out, and where the weights lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import Any, Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from qa import deadline
from qa.errors import ModelError, ModelMissing

__all__ = ["Graph", "Inputs", "open_session", "optimise"]

Inputs = Mapping[str, NDArray[np.int64]]  # names of a graph's inputs -> values, a batch of one
Outputs = list[NDArray[Any]]

_SLOW = ("SkipLayerNormFusion",)
_ERRORS_ONLY = 3


class Graph:
    """A network in a file; holds no state between calls and may be run by several threads at once.

    Args:
        path: the graph. Whatever onnxruntime raises for one that is missing or damaged is raised: its exceptions have
            no common base.
        threads: inputs that one call runs at the same time.
    """

    def __init__(self, path: Path, threads: int) -> None:
        self._session = open_session(path, threads=1)
        self._taken = {one.name for one in self._session.get_inputs()}
        self._threads = threads

    @classmethod
    def load(cls, path: Path, threads: int, *, name: str, remedy: str) -> Self:
        """Open a graph that an operator knows as ``name``.

        Raises:
            ModelMissing: there is no such file.
            ModelError: it cannot be loaded.
        """
        if not path.is_file():
            raise ModelMissing(f"There is no {name} at {path}.", remedy=remedy)
        try:
            return cls(path, threads)
        except Exception as error:  # onnxruntime's exceptions have no common base
            raise ModelError(f"{path} cannot be loaded: {error}", remedy=remedy) from error

    def run_each(self, inputs: Sequence[Inputs]) -> list[Outputs]:
        """Run inputs, each by itself; what comes out, in the graph's and in their order.

        An input that the graph does not take (the types of a network without any) is left out.

        Raises:
            OutOfTime: the time limit around this call is over.
        """
        if len(inputs) < 2 or self._threads < 2:
            return [self._run(one) for one in inputs]
        longest_first = sorted(
            range(len(inputs)), key=lambda index: -_size(inputs[index])
        )  # so that threads end as one
        with ThreadPoolExecutor(min(self._threads, len(inputs))) as workers:
            runs = {index: workers.submit(copy_context().run, self._run, inputs[index]) for index in longest_first}
        return [runs[index].result() for index in range(len(inputs))]

    def _run(self, one: Inputs) -> Outputs:
        deadline.check()
        taken = {name: values for name, values in one.items() if name in self._taken}
        return [np.asarray(output) for output in self._session.run(None, taken)]


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open the graph in ``path``; every single product of a run is shared by ``threads`` threads."""
    return _session(path, _options(threads))


def optimise(path: Path, target: Path) -> None:
    """Write the graph in ``path`` as onnxruntime makes it over when it is opened, so that it opens three times as fast.

    What comes out is the same, bit for bit. What is done for one kind of processor alone is left to the opening.
    """
    options = _options(1)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    _session(path, options)


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    return options


def _session(path: Path, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(str(path), options, providers=providers, disabled_optimizers=list(_SLOW))


def _size(one: Inputs) -> int:
    return max(values.size for values in one.values())

"""A file with an ONNX graph -> a session that runs it on the CPU with as many threads as are asked for.

The one place that says how onnxruntime runs our networks. Adding and normalising stay two operations: on a CPU the
kernel that onnxruntime 1.32 would fuse them into is slower than the two apart.

What this module does not know: what goes in and comes out, and where the weights lie.
"""

from __future__ import annotations

from pathlib import Path

import onnxruntime

__all__ = ["open_graph"]

_SLOW = ("SkipLayerNormFusion",)
_ERRORS_ONLY = 3


def open_graph(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open the graph in ``path``; a call of the session uses ``threads`` threads.

    Raises whatever onnxruntime raises for a file that is missing or damaged: its exceptions have no common base.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(str(path), options, providers=providers, disabled_optimizers=list(_SLOW))

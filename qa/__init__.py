"""On Record: exact, cited answers from a news archive, without an LLM."""

import os

# onnxruntime reports its use to its maker unless this is set before it is first imported, wherever that happens.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"

"""On Record: exact, cited answers from a news archive, without an LLM.

    from qa import Assistant, Texts, verify

`docs/library.md` says what each does. Each is loaded when it is first named, so that a command that needs less starts
sooner.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.verification import Texts
    from qa.verification import verify_in as verify

__all__ = ["Assistant", "Texts", "__version__", "verify"]

# onnxruntime reports its use to its maker unless this is set before it is first imported, wherever that happens.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.2.0"

_PUBLIC = {
    "Assistant": ("qa.assistant", "Assistant"),
    "Texts": ("qa.verification", "Texts"),
    "verify": ("qa.verification", "verify_in"),
}


def __getattr__(name: str) -> object:
    """Load what is public when it is first named."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)

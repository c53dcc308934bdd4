"""Texts -> vectors of length 1.

:func:`load_encoder` gives an encoder for a model's name; :func:`compile_encoder` makes the int8 ONNX model that the
ordinary one runs on. Encoding imports onnxruntime and tokenizers; onnx, torch and sentence-transformers are imported
only to compile a model or where the torch backend is chosen.

What this stage does not know: passages, questions, where vectors are kept.
"""

from qa.embedding.compiling import compile_encoder
from qa.embedding.loading import TextEncoder, load_encoder
from qa.embedding.onnx_encoder import OnnxEncoder
from qa.embedding.sources import PACKAGED_MODEL
from qa.embedding.torch_encoder import TorchEncoder

__all__ = ["PACKAGED_MODEL", "OnnxEncoder", "TextEncoder", "TorchEncoder", "compile_encoder", "load_encoder"]

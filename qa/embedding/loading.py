"""A model's name and a folder of compiled models -> an encoder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from qa.embedding.card import CARD, Card
from qa.embedding.compiling import compile_encoder
from qa.embedding.onnx_encoder import OnnxEncoder
from qa.embedding.scheme import QUANTISATION
from qa.embedding.sources import ModelSource, locate
from qa.embedding.torch_encoder import TorchEncoder
from qa.errors import ModelMismatch, ModelMissing
from qa.protocols import Encoder

__all__ = ["TextEncoder", "load_encoder"]

_GPU_DEVICES = (Path("/dev/nvidia0"), Path("/dev/kfd"))


class TextEncoder(Encoder, Protocol):
    """An encoder that may put another prompt before questions than before passages."""

    def for_questions(self) -> Encoder:
        """The encoder of the same space for questions."""
        ...


def load_encoder(
    model: str,
    folder: Path,
    *,
    backend: Literal["auto", "onnx", "torch"] = "auto",
    threads: int = 2,
    batch_size: int = 4,
    max_tokens: int = 256,
    compile_missing: bool = True,
    on_progress: Callable[[str], None] | None = None,
) -> TextEncoder:
    """Load the encoder for ``model``, compiling it where that has not been done.

    Args:
        model: the packaged model, a folder, or a name on the Hugging Face hub.
        folder: where compiled models are kept.
        backend: onnx, torch, or auto: torch only where there is a GPU and the model is not the packaged one.
        threads: threads that one encoding uses.
        batch_size: texts that torch runs at once.
        max_tokens: longest text in wordpieces.
        compile_missing: compile a model that is not in ``folder``, or was compiled from other weights; otherwise raise.
        on_progress: told what a compile is doing.

    Raises:
        ModelMissing: the model is not compiled and may not be, or is nowhere.
        ModelMismatch: the compiled model is damaged or was made from other weights.
        ModelError: the model cannot be compiled.
    """
    source = locate(model)
    if backend == "torch" or (backend == "auto" and not source.packaged and _gpu()):
        return TorchEncoder(model, batch_size=batch_size, max_tokens=max_tokens)
    compiled = folder / source.slug
    problem = _problem(source, compiled)
    if problem and not compile_missing:
        raise problem
    if problem:
        compile_encoder(model, folder, threads=threads, on_progress=on_progress)
    return OnnxEncoder(compiled, threads=threads, max_tokens=max_tokens)


def _problem(source: ModelSource, compiled: Path) -> ModelMissing | ModelMismatch | None:
    """Why the compiled model cannot be used, if it cannot. The packaged weights are fixed by their version."""
    remedy = "Run `qa prepare`."
    if not (compiled / CARD).is_file():
        return ModelMissing(f"The model {source.name!r} has not been compiled into {compiled}.", remedy=remedy)
    card = Card.read(compiled)
    if card.quantisation != QUANTISATION:
        return ModelMismatch(f"{compiled} was compiled by another version of On Record.", remedy=remedy)
    if not source.packaged and source.folder is not None and card.source_sha256 != source.sha256():
        return ModelMismatch(f"The weights in {source.folder} have changed since they were compiled.", remedy=remedy)
    return None


def _gpu() -> bool:
    """Say whether torch can use a GPU; torch, slow to import, is asked only where a device is there."""
    if not any(device.exists() for device in _GPU_DEVICES):
        return False
    import torch

    return torch.cuda.is_available()

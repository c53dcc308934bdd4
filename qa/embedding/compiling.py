"""A sentence-transformers model -> a folder that onnxruntime and tokenizers can encode with.

Done once per model: load through sentence-transformers, export the whole model (transformer, pooling, normalisation) to
one ONNX graph, quantise it, take out what padding needs, make it over as onnxruntime would at every start, and compare
the result with the original on a few texts. The folder appears by one rename, so a compile that is killed leaves no
half model. Needs torch; encoding does not.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.embedding.card import MODEL, TOKENIZER, Card
from qa.embedding.onnx_encoder import OnnxEncoder
from qa.embedding.scheme import QUANTISATION, SHIPPED, Scheme
from qa.embedding.sources import locate, open_model, sha256_of
from qa.embedding.torch_encoder import module_names, prompt_for_passages, prompt_for_questions
from qa.errors import ModelError
from qa.graphs import optimise

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["compile_encoder"]

Progress = Callable[[str], None]

LOWEST_COSINE = 0.98  # below it the compiled model is not the model that was asked for
_ABANDONED_AFTER_S = 3600.0
_INPUTS = ("input_ids", "attention_mask")
_TEXTS = (  # what the quantiser balances on and the result is compared on
    "Who said so?",
    "Which articles did the treaty leave out, and who asked for that?",
    "Town council rejects new harbour fees",
    "The mayor of Brücken said on Tuesday that the ferry would run again “before the first frost”.",
    "Fishermen had blocked the quay for two days. Ana Šimić, who speaks for them, called the vote “a start, no more”; "
    "the council's treasurer, a former dock worker, said the £1.2m gap would be closed from next year's budget.",
    "LONDON (Reuters) - Shares fell 3.4% on Friday, their steepest drop since 2008, after the central bank raised its "
    "key rate by half a percentage point to 5.25% and warned that a recession could not be ruled out.",
    "Correction: an earlier version of this text gave a wrong date for the trial. It opens on 14 March.",
    "President Okafor and the visiting foreign minister signed nothing. “We talked about gas, about grain and about "
    "prisoners,” the minister told reporters at the airport, “and on none of the three are we where we want to be.”",
    "The striker scored twice before half-time, limped off after 61 minutes and watched from the bench as the visitors,"
    " down to ten men, drew level in stoppage time.",
    "Researchers at two universities followed 12,000 patients for nine years. Those who slept less than six hours a "
    "night were a fifth more likely to fall ill, but the study, which has not been peer-reviewed, could not say why.",
    "Subscribe to our newsletter! Read more: 10 recipes for autumn | Weather | Sport | © 2023",
    "After months of talks the two unions agreed to a pay rise, to be paid in three steps and reviewed each spring. "
    * 8,
)


def compile_encoder(
    model: str,
    folder: Path,
    *,
    threads: int = 2,
    on_progress: Progress | None = None,
    scheme: Scheme = SHIPPED,
    lowest_cosine: float = LOWEST_COSINE,
) -> Path:
    """Compile ``model`` into a folder of its own under ``folder``, replacing what is there.

    Args:
        model: the packaged model, a folder, or a name on the Hugging Face hub.
        folder: where compiled models are kept.
        threads: threads that the comparison uses.
        on_progress: told, in a few words each, what is being done.
        scheme: how to quantise; measurements leave one choice out.
        lowest_cosine: refuse a result whose vectors are farther from the original's.

    Returns:
        The compiled model's folder.

    Raises:
        ModelMissing: the model is not here and cannot be fetched.
        ModelMismatch: the packaged weights are not the expected ones.
        ModelError: the model cannot be compiled; the torch backend may still run it.
    """
    tell = on_progress or (lambda _: None)
    source = locate(model)
    tell(f"loading {source.name}")
    original, digest = open_model(source)
    building = _workshop(folder, source.slug)
    try:
        _build(original, source.name, digest, building, tell=tell, scheme=scheme)
        tell("comparing with the original")
        _compare(original, OnnxEncoder(building, threads=threads), source.name, lowest_cosine)
        return _put(building, folder / source.slug)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _build(
    original: SentenceTransformer, name: str, digest: str, folder: Path, *, tell: Progress, scheme: Scheme
) -> None:
    import onnx  # takes a quarter of a second, which `qa ask` should not pay

    from qa.embedding.quantising import quantise
    from qa.embedding.unpadding import without_masks

    tell("exporting to ONNX")
    full, int8 = folder / "float32.onnx", folder / "int8.onnx"
    try:
        _export(original, full)
        tell("quantising to int8")
        quantise(full, int8, _samples(original), scheme)
        onnx.save(without_masks(onnx.load(int8)), int8)
        optimise(int8, folder / MODEL)
        original.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    except Exception as error:  # torch, onnx and tokenizers raise anything on an architecture they do not know
        raise _uncompilable(name, f"{type(error).__name__}: {error}") from error
    full.unlink()
    int8.unlink()
    Card(
        name=name,
        source_sha256=digest,
        model_sha256=sha256_of([folder / MODEL]),
        quantisation=QUANTISATION,
        modules=module_names(original),
        dimension=int(original.get_embedding_dimension() or 0),
        max_tokens=int(original.max_seq_length or 512),
        pad_id=int(original.tokenizer.pad_token_id or 0),
        passage_prompt=prompt_for_passages(original.prompts),
        question_prompt=prompt_for_questions(original.prompts),
    ).write(folder)


def _export(original: SentenceTransformer, target: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        """The model as a function of token ids and mask, with vectors of length 1."""

        def __init__(self) -> None:
            super().__init__()
            self.original = original

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = self.original({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

    example = original.tokenizer(list(_TEXTS[:2]), padding=True, return_tensors="pt")
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called legacy at every use
        torch.onnx.export(
            Whole().eval(),  # or dropout is exported too
            tuple(example[name] for name in _INPUTS),
            str(target),
            dynamo=False,
            opset_version=17,
            input_names=list(_INPUTS),
            output_names=["vectors"],
            dynamic_axes={**{name: {0: "text", 1: "token"} for name in _INPUTS}, "vectors": {0: "text"}},
        )


def _samples(original: SentenceTransformer) -> list[dict[str, NDArray[np.int64]]]:
    encodings = [original.tokenizer([text], truncation=True, return_tensors="np") for text in _TEXTS]
    return [{name: encoding[name] for name in _INPUTS} for encoding in encodings]


def _compare(original: SentenceTransformer, compiled: OnnxEncoder, name: str, lowest_cosine: float) -> None:
    """Refuse a compiled model whose vectors are not the original's: an export may freeze what depends on the input."""
    expected = original.encode(
        list(_TEXTS), prompt=prompt_for_passages(original.prompts), normalize_embeddings=True, show_progress_bar=False
    )
    try:
        vectors = compiled.encode(_TEXTS)
    except Exception as error:  # onnxruntime's exceptions have no common base
        raise _uncompilable(name, f"{type(error).__name__}: {error}") from error
    lowest = float(np.min(np.sum(vectors * expected, axis=1)))
    if lowest < lowest_cosine:
        raise _uncompilable(name, f"its vectors have a cosine of only {lowest:.3f} with the original's")


def _uncompilable(name: str, reason: str) -> ModelError:
    return ModelError(
        f"{name!r} could not be compiled to int8 ONNX: {reason}",
        remedy="Set QA_EMBEDDING__BACKEND=torch to run it with sentence-transformers.",
    )


def _workshop(folder: Path, slug: str) -> Path:
    """A new folder to build in, beside where the result will be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        return Path(tempfile.mkdtemp(prefix=f".{slug}.", dir=folder))
    except OSError as error:
        raise ModelError(
            f"The compiled model cannot be written into {folder}: {error.strerror}.",
            remedy="QA_DATA_DIR names a folder that you may write to.",
        ) from error


def _put(building: Path, target: Path) -> Path:
    """Move a finished folder into place; what was there is gone a moment before."""
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        target.rename(old / "old")
        building.rename(target)
        shutil.rmtree(old)
    else:
        building.rename(target)
    return target


def _sweep(folder: Path) -> None:
    """Remove what killed compiles left behind."""
    for left in folder.glob(".*.*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _ABANDONED_AFTER_S:
            shutil.rmtree(left, ignore_errors=True)

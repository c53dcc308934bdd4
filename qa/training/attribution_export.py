"""A checkpoint of the attributor -> the folder that serves: an int8 ONNX graph, its heads, its tokenizer and its card.

    python -m qa.training.attribution_export RUN --output DIR [--variant balanced] [--scores NAME=FILE ...]

As :mod:`qa.training.export` does for the reader. The chain and the links are in ``heads.npz``, in float: numpy reads
them. ``decoding.json`` is what ``python -m qa.training.attribution_decoding`` chooses.
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

from qa.attribution.marking import GRAPH, HEADS, TOKENIZER
from qa.attribution.masking import find_quotations
from qa.attribution.windows import collate, pack, words_of
from qa.embedding.quantising import quantise
from qa.text import paragraph_spans
from qa.training.attribution_network import AttributionNetwork, load_network
from qa.training.attribution_recipe import load_recipe
from qa.training.reader import packaged_base
from qa.training.serving import INPUTS, LICENCE, Served, parse_scores, write_served
from qa.wordpieces import Wordpieces

__all__ = ["VARIANTS", "export"]

OUTPUTS = ("tags", "persons", "words", "cues")
VARIANTS = ("balanced", "float")
_TEXTS = "the texts are their publishers', and were used to train and to measure only"
POLNEAR = {
    "source": "PolNeAR v1.0 train (Newell, Margolin, Ruths, LREC 2018)",
    "licence": f"none stated; {_TEXTS}",
}
NEWS = {
    "source": "1,500 articles of news archives up to 2023, labelled by the weights of earlier runs and by nobody else",
    "licence": f"none stated; {_TEXTS}",
}

_SAMPLE = (  # what the quantiser balances on
    "Fishermen blocked the quay of Ostrel for two days. “Nobody asked us,” said Ana Šimić, who speaks for them, “and "
    "nobody will be asked next time.” The harbour master told reporters that a machine would cost £3.5 million.\n\n"
    "According to Mayor Ilse Varn, the council wants to decide by 14 March; she called the protest 'a misunderstanding "
    "among friends'. He hopes it ends soon, his deputy wrote on Monday: \"We talked about gas, about grain and about "
    'prisoners, and on none of the three are we where we want to be."\n\n'
    "LONDON - Shares fell 3.4% on Friday, their steepest drop since 2008, after the central bank warned that a "
    "recession could not be ruled out. The bank did not say when it would decide. U.S. officials believe it will."
)


def heads_of(network: AttributionNetwork) -> dict[str, NDArray[np.float32]]:
    """The chain's and the links' weights, by the names that serving knows."""
    weights = {
        "begins": network.begins + network.begins_allowed,
        "follows": network.transitions + network.follows,
        "ends": network.ends + network.ends_allowed,
        "of_place": network.of_place.weight,
        "of_tag": network.of_tag.weight.T,
        "judge": network.judge.weight.T,
        "bias": network.judge.bias,
        "judge_pair": network.judge_pair.weight.T,
    }
    return {name: value.detach().numpy() for name, value in weights.items()}


def export(
    run: Path, output: Path, variant: str = "balanced", scores: dict[str, Any] | None = None, base: Path | None = None
) -> Path:
    """Write the serving folder of a training run; return the card's path."""
    recipe = load_recipe(run / "recipe.toml")
    base = base or packaged_base()
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    network = load_network(base, 0.0)
    network.load_state_dict(state["average"])
    output.mkdir(parents=True, exist_ok=True)
    np.savez(output / HEADS, **heads_of(network))  # type: ignore[arg-type]
    samples = [_inputs(Wordpieces(base / TOKENIZER))]
    card = {
        "name": run.name,
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "licence": LICENCE,
        "sets": {"polnear": POLNEAR, **({"news": NEWS} if recipe.silver else {})},
        "recipe": recipe.as_dict(),
        "variant": variant,
        "scores": scores or {},
    }
    int8 = None if variant == "float" else partial(quantise, samples=samples)
    return write_served(Served(GRAPH, network, base / TOKENIZER, OUTPUTS, int8), output, state, card)


def _inputs(wordpieces: Wordpieces) -> dict[str, NDArray[np.int64]]:
    words = words_of(_SAMPLE, paragraph_spans(_SAMPLE), find_quotations(_SAMPLE), wordpieces)
    batch = collate(pack(words))
    return dict(zip(INPUTS, (batch.ids, batch.attention, batch.types), strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.attribution_export", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--variant", choices=VARIANTS, default="balanced")
    parser.add_argument("--scores", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--base", type=Path, help="folder of the base model; unset: the packaged one")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    print(export(chosen.run, chosen.output, chosen.variant, parse_scores(chosen.scores), chosen.base))  # noqa: T201


if __name__ == "__main__":
    main()

"""A checkpoint of the judge -> the folder that serves: an int8 ONNX graph, its tokenizer and its card.

    python -m qa.training.judge_export RUN --output DIR

``RUN`` is a folder of :mod:`qa.training.judge`; the averaged weights are what is exported, in the way of
:mod:`qa.training.export`. The card names every set, the recipe, how far the run had come and what it scored on the
questions that it held out, the reader that it judges, and the digest of the graph.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import torch

from qa.assistant.reading import READER, digest_of
from qa.embedding.quantising import quantise
from qa.training.export import SAMPLES
from qa.training.judge_network import load_judge
from qa.training.judge_recipe import load_judge_recipe
from qa.training.judging import GRAPH, INPUTS, TOKENIZER, Sheet, collate, sheet_of
from qa.training.reader import packaged_base
from qa.training.serving import LICENCE, Served, sets_of, write_served
from qa.types import Span
from qa.wordpieces import Wordpieces

__all__ = ["export_judge"]


def export_judge(run: Path, output: Path, reader: Path = READER) -> Path:
    """Write the serving folder of a training run; return the card's path."""
    recipe = load_judge_recipe(run / "recipe.toml")
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    network = load_judge(packaged_base())
    network.load_state_dict(state["average"])
    samples = [collate([sheet]) for sheet in _sheets(Wordpieces(reader / TOKENIZER))]
    lines = (run / "log.jsonl").read_text(encoding="utf-8").splitlines() if (run / "log.jsonl").is_file() else ["{}"]
    card = {
        "name": run.name,
        "base": "the span reader's own encoder (qa/weights/reader), which its candidates come from",
        "reader": digest_of(reader),
        "licence": LICENCE,
        "sets": sets_of(recipe.sets),
        "recipe": recipe.as_dict(),
        "held out": json.loads(lines[-1]),
    }
    served = Served(GRAPH, network, reader / TOKENIZER, ("judged",), partial(quantise, samples=samples), INPUTS)
    return write_served(served, output, state, card)


def _sheets(wordpieces: Wordpieces) -> list[Sheet]:
    """Sheets to balance on: of each sample its middle word."""
    made = []
    for question, text in SAMPLES:
        asked, heading, around = wordpieces.tokens_of([question, "", text])
        middle = len(around) // 2
        span = Span(int(around.starts[middle]), int(around.ends[middle]))
        made.append(sheet_of(asked, heading, around, span, wordpieces.vocabulary))
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.judge_export", description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--reader", type=Path, default=READER, help="folder of the reader that it judges")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    print(export_judge(chosen.run, chosen.output, chosen.reader))  # noqa: T201


if __name__ == "__main__":
    main()

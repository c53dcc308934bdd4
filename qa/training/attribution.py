"""A recipe and annotated articles -> the weights of the attributor.

    python -m qa.training.attribution RECIPE --data polnear/train.jsonl.gz --output DIR
        [--after RUN] [--silver FILE] [--minutes N] [--resume]

The output folder, the schedule and what is promised are those of :mod:`qa.training.reader`. One article in twenty is
held out (:func:`qa.training.attribution_rows.held_out`), for thresholds to be chosen on.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from qa.training.attribution_formats import reformatted
from qa.training.attribution_network import AttributionNetwork, attribution_loss, load_network
from qa.training.attribution_recipe import AttributionRecipe, load_recipe
from qa.training.attribution_rows import Data, LinkedBatch, batches, held_out, read_rows, to_annotated
from qa.training.reader import packaged_base
from qa.training.running import Run, train
from qa.training.team import Team, work_together
from qa.wordpieces import Wordpieces

__all__ = ["AttributionRun", "streams"]


class AttributionRun(Run[AttributionRecipe, AttributionNetwork, LinkedBatch]):
    """An attributor in training."""

    def loss_of(self, batch: LinkedBatch) -> Tensor:
        """How badly the attributions of a batch are found."""
        return attribution_loss(self.network, batch, links=self.recipe.links, names=self.recipe.names)

    @classmethod
    def pace_of(cls, name: str, recipe: AttributionRecipe) -> float:
        """What is new learns faster than what is known."""
        return 1.0 if name.startswith("encoder.") else recipe.heads


def streams(run: AttributionRun, data: Data) -> Iterator[list[LinkedBatch]]:
    """The batches of this member, step by step, from the step on that ``run`` has reached."""
    return map(list, zip(*(batches(run.recipe, data, shard, run.step) for shard in run.shards), strict=True))


def load_data(annotated: Path, silver: Path | None, wordpieces: Wordpieces) -> Data:
    """Read annotated articles, without those that are held out, and articles that weights have labelled."""
    rows = [row for row in read_rows(annotated) if not held_out(row)]
    pages = [page for row in rows if (page := reformatted(row))]
    labelled = read_rows(silver) if silver else []
    return Data(*([to_annotated(row, wordpieces) for row in some] for some in (rows, pages, labelled)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.attribution", description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="annotated articles, .jsonl or .jsonl.gz")
    parser.add_argument("--silver", type=Path, help="what qa.training.attribution_silver wrote")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model; unset: the packaged one")
    parser.add_argument("--after", type=Path, help="output folder of a run whose averaged weights are the beginning")
    parser.add_argument("--minutes", type=float, help="training time after which the schedule has come to its end")
    parser.add_argument("--processes", type=int, default=2, help="each of one thread; a divisor of the recipe's shards")
    parser.add_argument("--resume", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.output.mkdir(parents=True, exist_ok=True)
    kept = chosen.output / "recipe.toml"
    if not chosen.resume:
        shutil.copyfile(chosen.recipe, kept)
    recipe = load_recipe(kept)
    if bool(recipe.after) != bool(chosen.after):
        parser.error(f"{kept} goes on from {recipe.after!r}: name its output with --after, or no output where it is ''")
    base = chosen.base or packaged_base()
    data = load_data(chosen.data, chosen.silver, Wordpieces(base / "tokenizer.json"))

    def work(team: Team) -> None:
        torch.manual_seed(recipe.seed)
        run = AttributionRun.start(recipe, load_network(base, recipe.dropout, freeze_words=recipe.freeze_words))
        run.team = team
        if chosen.after:
            run.go_on_from(chosen.after)
        if chosen.resume:
            run.load(chosen.output / "checkpoint.pt")
        train(run, streams(run, data), chosen.output, chosen.minutes and chosen.minutes * 60)

    work_together(chosen.processes, recipe.shards, work)


if __name__ == "__main__":
    main()

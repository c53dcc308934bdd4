"""A recipe file -> the values that a judge's training needs, as :mod:`qa.training.recipe` reads a reader's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from qa.errors import SettingsError

__all__ = ["JudgeRecipe", "Share", "load_judge_recipe"]


@dataclass(frozen=True, slots=True)
class Share:
    """Of one set: how many answerable rows, how many that their context does not answer, how many made ones.

    ``made`` are questions of :mod:`qa.training.made`, changed from answerable rows so that these no longer answer.
    """

    answerable: int = 0
    unanswerable: int = 0
    made: int = 0


@dataclass(frozen=True, slots=True)
class JudgeRecipe:
    """Everything that decides the weights, besides the data and the reader that found the candidates.

    A step takes the mean gradient of ``shards`` batches of ``questions`` with the best ``candidates`` of each.
    ``beside`` is how many retrieved passages stand beside a row's own, and a share ``absent`` of the answerable rows is
    asked of these alone. The lowest ``frozen`` layers stay as they are.
    """

    seed: int
    steps: int
    warmup: int
    learning_rate: float
    weight_decay: float
    clip: float
    dropout: float
    ema: float
    frozen: int
    questions: int
    candidates: int
    beside: int
    absent: float
    shards: int
    sets: Mapping[str, Share]

    def as_dict(self) -> dict[str, Any]:
        """The recipe as plain values, for the card."""
        return {**asdict(self), "sets": {name: asdict(share) for name, share in self.sets.items()}}


def load_judge_recipe(path: Path) -> JudgeRecipe:
    """Read a recipe.

    Raises:
        SettingsError: the file is missing or not TOML, or a key is unknown, missing or of the wrong kind.
    """
    try:
        values = tomllib.loads(path.read_text())
        sets = {name: Share(**amounts) for name, amounts in values.pop("sets").items()}
        return JudgeRecipe(**values, sets=sets)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        known = ", ".join(field.name for field in fields(JudgeRecipe))
        raise SettingsError(f"{path} is not a recipe: {error}.", remedy=f"A recipe has: {known}.") from error

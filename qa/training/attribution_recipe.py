"""A recipe file -> the values that a run of the attributor needs; as :mod:`qa.training.recipe` does for the reader."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from qa.errors import SettingsError

__all__ = ["AttributionRecipe", "load_recipe"]


@dataclass(frozen=True, slots=True)
class AttributionRecipe:
    """Everything that decides the weights, besides the data itself.

    ``after`` names the recipe whose averaged weights are the beginning; empty for those of the base. A step takes the
    mean gradient of ``shards`` batches of ``windows`` windows of up to ``max_tokens`` wordpieces. What is not of the
    encoder learns ``heads`` times as fast; ``links`` and ``names`` weigh their losses beside that of the labels. For
    each annotated article, a pass also sees ``formats`` pages made of quotations in other formats, and ``silver``
    articles that other weights have labelled. The rest is as in :class:`qa.training.recipe.Recipe`.
    """

    base: str
    after: str
    seed: int
    steps: int
    warmup: int
    learning_rate: float
    heads: float
    links: float
    names: float
    formats: float
    silver: float
    weight_decay: float
    clip: float
    dropout: float
    ema: float
    freeze_words: bool
    shards: int
    windows: int
    max_tokens: int

    def as_dict(self) -> dict[str, Any]:
        """The recipe as plain values, for the card."""
        return asdict(self)


def load_recipe(path: Path) -> AttributionRecipe:
    """Read a recipe.

    Raises:
        SettingsError: the file is missing or not TOML, or a key is unknown or missing.
    """
    try:
        return AttributionRecipe(**tomllib.loads(path.read_text()))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        known = ", ".join(field.name for field in fields(AttributionRecipe))
        raise SettingsError(f"{path} is not a recipe: {error}.", remedy=f"A recipe has exactly: {known}.") from error

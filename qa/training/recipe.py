"""A recipe file -> the values that a training run needs; the file and its seed decide the whole run.

A recipe is TOML: what to start from, which sets in which amounts, how windows are cut, and the schedule. Unknown or
missing keys are errors, so that a misspelt setting cannot pass as a default.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from qa.errors import SettingsError

__all__ = ["Mix", "Recipe", "load_recipe"]


@dataclass(frozen=True, slots=True)
class Mix:
    """How often the rows of one file are seen in a pass; 0.5 means a different half each time.

    ``made`` is how often an answerable row's twin is, whose question was made unanswerable (:mod:`qa.training.made`).
    ``headed``: its titles are what its contexts stand under, and not labels.
    """

    answerable: float
    unanswerable: float = 1.0
    away: float = 0.0
    made: float = 0.0
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the weights, besides the data itself.

    Lengths are wordpieces. ``short`` bounds the passage part of a short window, a share ``full`` of windows takes all
    that ``max_tokens`` leaves room for. ``negatives`` is the share of answerable rows that, in each pass, are also seen
    with a retrieved passage of another context. A step takes the mean gradient of ``shards`` batches of
    ``batch_tokens`` padded wordpieces. ``mask`` is the share of passage wordpieces outside the answer that are hidden.
    With ``freeze_words`` the word embeddings stay as they are: they are half of the weights, and the words that
    training never shows keep their place beside those that it does. So do the first
    ``freeze_layers`` layers. ``ema`` is the decay of the averaged weights,
    which are what ships. A share ``typed`` of the questions is spelt as people type them
    (:mod:`qa.training.typed`). A share ``headings`` of the questions whose context has a heading is
    asked with it, beside others that have one: else a heading would tell which passage is the question's own.

    ``after`` names the recipe whose weights this one goes on from, "" where it starts from the base. ``beside`` is how
    many retrieved passages are read beside each context, under one normalisation, and ``absent`` the share of
    answerable questions for which such a passage also takes the context's own place. What ships is the mean of the
    weights of this run and of the one that ``keeps`` names, the latter's counting ``kept``: it knows what to refuse as
    well as this one, and loses less of what the earlier one reads (Wortsman et al. 2022, arXiv 2109.01903).
    """

    base: str
    after: str
    keeps: str
    kept: float
    seed: int
    steps: int
    warmup: int
    learning_rate: float
    weight_decay: float
    clip: float
    dropout: float
    mask: float
    ema: float
    freeze_words: bool
    freeze_layers: int
    shards: int
    batch_tokens: int
    max_tokens: int
    short: tuple[int, int]
    full: float
    negatives: float
    beside: int
    absent: float
    typed: float
    headings: float
    sets: Mapping[str, Mix]

    def as_dict(self) -> dict[str, Any]:
        """The recipe as plain values, for the card."""
        return {**asdict(self), "sets": {name: asdict(mix) for name, mix in self.sets.items()}}


def load_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        SettingsError: the file is missing or not TOML, or a key is unknown, missing or of the wrong kind.
    """
    try:
        values = tomllib.loads(path.read_text())
        sets = {name: Mix(**amounts) for name, amounts in values.pop("sets").items()}
        short = (int(values["short"][0]), int(values.pop("short")[1]))
        return Recipe(**values, short=short, sets=sets)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, IndexError) as error:
        known = ", ".join(field.name for field in fields(Recipe))
        raise SettingsError(f"{path} is not a recipe: {error}.", remedy=f"A recipe has exactly: {known}.") from error

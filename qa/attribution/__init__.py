"""Article -> who said what in it, by a trained token model where its weights are, else by rules."""

from __future__ import annotations

from pathlib import Path

from qa.attribution.marking import GRAPH
from qa.attribution.model import TokenAttributor
from qa.attribution.rules import RuleAttributor
from qa.protocols import Attributor

__all__ = ["GRAPH", "RuleAttributor", "TokenAttributor", "load_attributor"]


def load_attributor(folder: Path | None, *, threads: int = 2) -> Attributor:
    """Load the token model in ``folder``; without a folder, or where it holds no graph, take the rules.

    Raises:
        ModelMissing: the folder has a graph, but lacks what belongs to it.
        ModelError: the graph cannot be loaded.
    """
    if folder is None or not (folder / GRAPH).is_file():
        return RuleAttributor()
    return TokenAttributor(folder, threads=threads)

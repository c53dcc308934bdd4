"""Lists of what somebody says about a topic, counted by hand -> how much each sign of it counts.

    python -m qa.evaluation.topic_weights DATA [LISTS.jsonl]

``DATA`` is a data folder with the first 600 articles of the news archive in the training data. Of the *tune* half of
the lists (rows as :mod:`qa.evaluation.topics` has them), every statement of the speaker is a row: its signs
(:class:`qa.answering.topical.Signs`), and whether it is about the topic. Two logistic regressions are fitted, with the
context that some statements are compared in and without, with a pull towards zero on signs of equal spread. A list of
many weighs less for each. Printed are the weights that stand in ``qa/answering/topical.py``, and, each list judged by
weights that were fitted on the others, recall and precision at several thresholds.

What it does not know: whether other topics are like these.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answering import find_of
from qa.answering.topical import Signs, in_context, signs_of
from qa.assistant.parts import Parts
from qa.catalog import Catalog
from qa.citing import Find
from qa.people import find_speakers, profiles_of
from qa.settings import load_settings
from qa.types import StatementKind

__all__ = ["Listed", "fit", "main"]

LISTS = Path(__file__).with_name("topics_first600.jsonl")
Place = tuple[str, int]
Floats = NDArray[np.float64]

_PULL = 3.0
_STEPS = 50
_FEWEST = 4  # a list of fewer weighs as one of so many


@dataclass(frozen=True, slots=True)
class Listed:
    """One list's rows: signs (statements, signs), and which are about the topic; ``about`` is where those stand."""

    about: frozenset[Place]
    rows: Floats
    right: NDArray[np.bool_]


def read(data: Path, rows: Sequence[Mapping[str, Any]]) -> Iterator[Listed]:
    """See the signs of every statement that a list's speaker makes."""
    with ExitStack() as resources:
        catalog = Catalog.open(data / "catalog.sqlite", write=False)
        parts = Parts(load_settings(data_dir=data), catalog, write=False, resources=resources)
        profiles = profiles_of(catalog.namings(), catalog.pins())
        for row in rows:
            names = [name for one in find_speakers(row["speaker"], profiles) for name in one.spellings]
            said = [one for one in catalog.statements_by(names) if one.content and one.kind is StatementKind.SPEECH]
            articles = catalog.articles(list({one.article_id for one in said}))
            yield _listed(parts, catalog, row, [find_of(articles[one.article_id], one) for one in said])


def _listed(parts: Parts, catalog: Catalog, row: Mapping[str, Any], finds: Sequence[Find]) -> Listed:
    ids = [id_ or "" for id_ in catalog.passages_at([(find.article.id, find.span.start) for find in finds])]
    near = parts.nearest(row["topic"], set(ids) - {""})
    signs = signs_of(row["topic"], finds, [near.get(id_, 0.0) for id_ in ids])
    vectors = parts.encoder.encode([row["topic"], *map(in_context, finds)])
    rows = np.array([astuple(one) for one in signs])
    rows[:, -1] = vectors[1:] @ vectors[0]
    about, either = (frozenset((id_, start) for id_, start in row[name]) for name in ("right", "either"))
    places = [(find.article.id, find.statement.content[0].start) for find in finds if find.statement]
    right = np.array([place in about for place in places])
    kept = np.array([place not in either for place in places])
    return Listed(about, rows[kept], right[kept])


def fit(lists: Sequence[Listed], columns: slice) -> Floats:
    """Fit the intercept and the weights of some signs, by Newton's method."""
    rows = np.concatenate([one.rows[:, columns] for one in lists])
    right = np.concatenate([one.right for one in lists]).astype(float)
    counts = np.concatenate([np.full(len(one.right), max(_FEWEST, one.right.sum()) ** -0.5) for one in lists])
    counts /= counts.mean()
    spread = rows.std(0) + 1e-9
    inputs = np.c_[np.ones(len(rows)), rows / spread]
    pull = np.r_[1e-6, np.full(rows.shape[1], _PULL)]
    fitted = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-inputs @ fitted))
        slope = inputs.T @ (counts * (sure - right)) + pull * fitted
        bend = (inputs.T * (counts * sure * (1 - sure))) @ inputs + np.diag(pull)
        fitted -= np.linalg.solve(bend, slope)
    weights = np.concatenate([fitted[:1], fitted[1:] / spread])
    return weights


def _held_out(lists: Sequence[Listed], columns: slice) -> list[Floats]:
    """Each list's probabilities, by weights fitted on the lists that are of other statements."""
    judged = []
    for one in lists:
        others = [each for each in lists if each is not one and not one.about & each.about]
        weights = fit(others, columns)
        judged.append(1 / (1 + np.exp(-weights[0] - one.rows[:, columns] @ weights[1:])))
    return judged


def _table(lists: Sequence[Listed], judged: Sequence[Floats]) -> Iterator[str]:
    for threshold in np.arange(0.1, 0.75, 0.05):
        shown = [sure >= threshold for sure in judged]
        found = sum(int((on & one.right).sum()) for on, one in zip(shown, lists, strict=True))
        total, right = sum(int(on.sum()) for on in shown), sum(int(one.right.sum()) for one in lists)
        yield f"{threshold:.2f}: recall {found / right:.3f}, precision {found / max(1, total):.3f}"


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Print weights, and how the tune half fares by weights fitted without the list at hand."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.topic_weights", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("rows", nargs="?", type=Path, default=LISTS, metavar="LISTS")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    lists = list(read(options.data, [row for row in rows if row["half"] == "tune"]))
    names = [field.name for field in fields(Signs)]
    for title, columns in (("with context", slice(0, None)), ("without", slice(0, -1))):
        fitted = fit(lists, columns)
        weights = ", ".join(f"{name}={weight:.2f}" for name, weight in zip(names, fitted[1:], strict=False))
        write(f"{title}: ({fitted[0]:.2f}, Signs({weights}))\n")
        write("\n".join(_table(lists, _held_out(lists, columns))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

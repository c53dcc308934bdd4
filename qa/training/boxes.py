"""Pages whose article is known -> the weights by which boxes beside an article are told (:mod:`qa.ingestion.boxes`).

    python -m qa.training.boxes [FOLDER] [--held-out SET ...] [--output qa/weights/boxes] [--each]

``FOLDER`` is the page gate's (``tests/pages``). A box that holds a sentence of gold's paragraphs is the article's; one
of what ``may`` stand there is left out of the fit; any other is not. The model is logistic with a quadratic penalty,
fitted by Newton's method; a box of the article that is taken for another costs ``DEAR`` times what the opposite does.
The card counts boxes that the model in question has not seen: of all pages but the sets ``--held-out`` by tenfold
cross-validation over pages, and of these sets by the weights, which are those of all other pages.

What this does not know: how often which kind of box is met outside.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.ingestion.boxes import FEATURES, MARGIN, boxes_in
from qa.ingestion.encodings import decode_page
from qa.ingestion.jsonld import articles_in
from qa.ingestion.pages import bare, known_of
from qa.text import normalise, sentence_spans

PAGES = Path("tests/pages")
DEAR = 6.0
PENALTY = 0.3
FOLDS = 10
SEED = 11
_NO_PENALTY = 1e-6
_STEPS, _DONE = 60, 1e-8
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One box: the page it is of, its figures, whether it is the article's, and its words."""

    page: str
    values: tuple[float, ...]
    kept: bool
    text: str


def rows_of(folder: Path) -> list[tuple[str, list[Row]]]:
    """The boxes of each page that are the article's for certain or are not, with the page's set."""
    import trafilatura

    found = []
    known: dict[str, dict[str, Any]] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for name, gold in known.items():
        page = (folder / f"{name}.html").read_bytes()
        tree = trafilatura.load_html(decode_page(page, name, declared=gold.get("charset")))
        boxes = boxes_in(bare(tree), **known_of(tree, articles_in(tree)))
        kinds = [(box, _is_articles(box.texts, gold)) for box in boxes]
        rows = [Row(name, box.values, kept, " ".join(box.texts)) for box, kept in kinds if kept is not None]
        found.append((str(gold.get("set", "")), rows))
    return found


def _is_articles(texts: Sequence[str], gold: dict[str, Any]) -> bool | None:
    said = _line(" ".join(texts))
    sentences = (span.of(line) for line in map(_line, gold["paragraphs"]) for span in sentence_spans(line))
    if any(sentence in said for sentence in sentences):
        return True
    return None if any(_line(each) in said for each in gold.get("may", ())) else False


def _line(text: str) -> str:
    return " ".join(normalise(text).split())


def fit(rows: Sequence[Row]) -> Floats:
    """The weights of ``FEATURES`` and behind them the bias: (features + 1,)."""
    x = _figures(rows)
    y = np.array([row.kept for row in rows], dtype=np.float64)
    cost = np.where(y > 0, DEAR, 1.0)
    penalty = np.diag([PENALTY] * len(FEATURES) + [_NO_PENALTY])
    weights = np.zeros(x.shape[1], dtype=np.float64)
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (cost * (share - y)) + penalty @ weights
        step = np.linalg.solve((x.T * (cost * share * (1 - share))) @ x + penalty, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < _DONE:
            break
    return np.asarray(weights, dtype=np.float64)


def told(rows: Sequence[Row], weights: Floats) -> list[tuple[Row, bool]]:
    """Each box with whether it is taken for the article's."""
    return list(zip(rows, (_figures(rows) @ weights >= -MARGIN).tolist(), strict=True)) if rows else []


def _figures(rows: Sequence[Row]) -> Floats:
    return np.array([[*row.values, 1.0] for row in rows], dtype=np.float64)


def counts(found: Sequence[tuple[Row, bool]]) -> dict[str, int]:
    """How many boxes there are of each kind, and how many are taken for the other."""
    return {
        "the article's": sum(row.kept for row, _ in found),
        "of these lost": sum(row.kept and not kept for row, kept in found),
        "others": sum(not row.kept for row, _ in found),
        "of these left": sum(not row.kept and kept for row, kept in found),
    }


def crossed(pages: Sequence[list[Row]]) -> list[tuple[Row, bool]]:
    """Each box as the model of the other pages tells it."""
    order = list(range(len(pages)))
    random.Random(SEED).shuffle(order)  # noqa: S311 (no secret)
    parts = [order[at::FOLDS] for at in range(FOLDS)]
    return [
        each
        for part in parts
        for each in told(
            [row for at in part for row in pages[at]],
            fit([row for at, rows in enumerate(pages) if at not in part for row in rows]),
        )
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the card, and write weights and card with ``--output``; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.boxes", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=PAGES)
    parser.add_argument("--held-out", nargs="*", default=[], metavar="SET", help="sets of pages that are not fitted to")
    parser.add_argument("--output", type=Path, help="the folder for weights.json and card.json")
    parser.add_argument("--each", action="store_true", help="name each box that is taken for the other kind")
    options = parser.parse_args(arguments)
    pages = rows_of(options.folder)
    seen = [rows for group, rows in pages if group not in options.held_out]
    weights = fit([row for rows in seen for row in rows])
    folded = crossed(seen)
    unseen = told([row for group, rows in pages if group in options.held_out for row in rows], weights)
    card = {
        "name": "boxes-1",
        "licence": "Apache-2.0; fitted to pages of our own making",
        "recipe": {"dear": DEAR, "penalty": PENALTY, "folds": FOLDS, "seed": SEED, "pages": len(seen)},
        "held out": options.held_out,
        "scores": {"cross-validated": counts(folded), "held out": counts(unseen)},
    }
    sys.stdout.write(json.dumps(card, indent=1) + "\n")
    if options.each:
        wrong = [(row, kept) for row, kept in [*folded, *unseen] if row.kept != kept]
        sys.stdout.writelines(f"{'left' if kept else 'lost'} {row.page}: {row.text}\n" for row, kept in wrong)
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        named = dict(zip(FEATURES, (round(float(weight), 4) for weight in weights), strict=False))
        stored = {"weights": named, "bias": round(float(weights[-1]), 4)}
        for name, content in (("weights", stored), ("card", card)):
            (options.output / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Pronouns whose person is known -> the weights by which the resolver weighs whom a pronoun takes up.

    python -m qa.evaluation.pronoun_weights gap-development.tsv polnear/dev.jsonl.gz --output FOLDER

The model is one choice among the people of a text and nobody: ``softmax(weights · signs)``, where of a person's
mentions the one that weighs most counts. It is fitted on GAP's development rows and on the ``tune`` half of the hand
labels (:mod:`qa.evaluation.speakers`), each label counting as several rows, with a pull towards :data:`PRIOR`: what an
encyclopedia cannot know, above all who has just spoken, stays near what was chosen for news. Since whom earlier
pronouns mean depends on the weights, rows are read again after each round. What it makes is written into
:data:`qa.attribution.pronouns.FITTED` (LOG.md).

What this does not know: whether an encyclopedia's pronouns are like a newspaper's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.attribution.masking import find_quotations, mask_quotations
from qa.attribution.people import find_people
from qa.attribution.person import Person
from qa.attribution.phrases import read_phrase
from qa.attribution.pronouns import FITTED, GENDERS, Salience, Signs, Weights
from qa.attribution.resolvers import resolved
from qa.attribution.scene import Scene
from qa.evaluation.pronouns import Row, read_rows
from qa.evaluation.speakers import Label, half_of, read_labels
from qa.evaluation.statements import read_rows as read_articles
from qa.types import Resolution, Span, Speaker

__all__ = ["PRIOR", "Example", "fit", "main", "of_label", "of_row"]

Floats = NDArray[np.float64]
PRIOR: Weights = {
    "spoke": 2.6,
    "subject": 2.1,
    "unnamed": 2.6,
    "acting": 1.6,
    "bound": -2.0,
    "sentences": -1.0,
    "nothing": -2.5,
}
Choices = Sequence[tuple[Person | None, list[Signs]]]


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun: for each choice the signs of its mentions, whether it is right, and how much the pronoun counts."""

    choices: tuple[tuple[Signs, ...], ...]
    right: tuple[bool, ...]
    counts: float = 1.0


def of_row(row: Row, weights: Weights) -> Example | None:
    """A row of GAP's; None where none of its people was found, or all were.

    Where neither of its names is meant, everybody else and nobody are right.
    """
    masked = mask_quotations(row.text, find_quotations(row.text))
    salience = Salience(masked, find_people(masked), weights, row.heading)
    choices = salience.signs(row.position, GENDERS[row.pronoun.lower()])
    named = [
        [
            person is not None
            and (
                person.is_called(name.split())
                or any(place <= at < place + len(name) for at in salience.positions[person.number])
            )
            for name, place, _ in row.names
        ]
        for person, _ in choices
    ]
    meant = [is_meant for _, _, is_meant in row.names]
    right = [any(map(np.logical_and, one, meant)) if any(meant) else not any(one) for one in named]
    return _example(choices, right, 1.0)


def of_label(label: Label, choices: Choices, text: str, counts: float) -> Example | None:
    """A hand label with what spoke for whom when its pronoun was read."""
    right = [
        label.verdict(Speaker("", person.name if person else None, None, Resolution.PRONOUN), text) == "right"
        for person, _ in choices
    ]
    return _example(choices, right, counts)


def _example(choices: Choices, right: Sequence[bool], counts: float) -> Example | None:
    there = [(tuple(signs), is_right) for (_, signs), is_right in zip(choices, right, strict=True) if signs]
    if len({is_right for _, is_right in there}) < 2:
        return None
    return Example(tuple(signs for signs, _ in there), tuple(is_right for _, is_right in there), counts)


def examples_of_labels(path: Path, weights: Weights, counts: float) -> Iterator[Example]:
    """The pronouns of the labels' half for choosing, each read when the sources before it are known."""
    labels = read_labels()
    for row in read_articles(path):
        wanted = {one.source: one for one in labels.get(row.get("id", ""), ()) if one.kind == "pronoun"}
        if not wanted or half_of(row["id"]) != "tune":
            continue
        text = row["text"]
        scene = Scene(text, mask_quotations(text, find_quotations(text)), weights, row["title"] or "")
        for source in sorted({Span(*one["source"][0]) for one in row["attributions"] if one["source"]}):
            phrase = read_phrase(source.of(text), source.start)
            if source in wanted and phrase.word in GENDERS:
                choices = scene.salience.signs(source.start, GENDERS[phrase.word])
                if example := of_label(wanted[source], choices, text, counts):
                    yield example
            scene.note(source, phrase, resolved(phrase, scene))


def fit(examples: Sequence[Example], start: Weights, prior: Weights, pull: float, steps: int = 300) -> dict[str, float]:
    """Fit the weights by gradient descent (Adam), the best mention of each choice taken anew at every step."""
    names = sorted(set(prior).union(*(signs for one in examples for choice in one.choices for signs in choice)))
    column = {name: number for number, name in enumerate(names)}
    table, mention_of, choice_of, right, counts = _table(examples, column)
    towards = np.array([prior.get(name, 0.0) for name in names])
    weights = np.array([start.get(name, 0.0) for name in names])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = table @ weights
        best = _best(scores, mention_of)
        gradient = _gradient(table[best], scores[best], choice_of, right, counts) + pull * (weights - towards)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        corrected = first / (1 - 0.9**step), second / (1 - 0.99**step)
        weights -= 0.03 * corrected[0] / (np.sqrt(corrected[1]) + 1e-8)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _table(
    examples: Sequence[Example], column: dict[str, int]
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
    """All mentions as rows of signs, the choice of each, its example, which are right, what each example counts."""
    rows: list[Floats] = []
    mention_of: list[int] = []
    choice_of: list[int] = []
    right: list[float] = []
    for number, example in enumerate(examples):
        for choice, is_right in zip(example.choices, example.right, strict=True):
            for signs in choice:
                row = np.zeros(len(column))
                for name, value in signs.items():
                    row[column[name]] = value
                rows.append(row)
                mention_of.append(len(right))
            choice_of.append(number)
            right.append(float(is_right))
    counts = np.array([example.counts for example in examples])
    return np.stack(rows), np.array(mention_of), np.array(choice_of), np.array(right), counts / counts.sum()


def _best(scores: Floats, mention_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """The mention of each choice that weighs most."""
    order = np.lexsort((-scores, mention_of))
    first = np.concatenate(([True], mention_of[order][1:] != mention_of[order][:-1]))
    return order[first]


def _gradient(signs: Floats, scores: Floats, choice_of: NDArray[np.int64], right: Floats, counts: Floats) -> Floats:
    """The gradient of the mean negative log-likelihood that a right choice is made."""
    powers = np.exp(scores - np.maximum.reduceat(scores, np.flatnonzero(np.diff(choice_of, prepend=-1)))[choice_of])
    of_all = np.bincount(choice_of, powers)[choice_of]
    of_right = np.maximum(np.bincount(choice_of, powers * right)[choice_of], 1e-300)
    gradient: Floats = signs.T @ ((powers / of_all - powers * right / of_right) * counts[choice_of])
    return gradient


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.pronoun_weights", description=main.__doc__)
    parser.add_argument("gap", type=Path, help="GAP's development rows")
    parser.add_argument("labelled", type=Path, help="PolNeAR's dev articles, which the hand labels are about")
    parser.add_argument("--pull", type=float, default=0.002)
    parser.add_argument("--counts", type=float, default=10.0, help="how many rows a hand label counts as")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    weights: Weights = FITTED
    for _ in range(options.rounds):
        examples = [*_of_gap(options.gap, weights), *examples_of_labels(options.labelled, weights, options.counts)]
        weights = fit(examples, weights, PRIOR, options.pull)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _of_gap(path: Path, weights: Weights) -> Iterable[Example]:
    return filter(None, (of_row(row, weights) for row in read_rows(path)))


if __name__ == "__main__":
    main()

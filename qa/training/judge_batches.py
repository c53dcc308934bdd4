"""Groups of graded candidates -> an endless, reproducible stream of batches for the judge.

Each pass goes once through all groups in a new order; groups of like length share a batch.

Promise: batch ``n`` depends on the recipe, the groups and ``n`` alone, so a run resumes by its step number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from qa.training.candidates import RIGHT, Group
from qa.training.judge_recipe import JudgeRecipe
from qa.training.judging import Sheet, collate, sheet_of
from qa.types import Span
from qa.wordpieces import Integers, Wordpieces

__all__ = ["JudgeBatch", "Judged", "batch_of", "batches", "to_sheets"]

_LIKE = 32  # batches whose questions are sorted by length together


@dataclass(frozen=True, slots=True)
class Judged:
    """A group on sheets; ``kinds`` are what each is, ``shares`` of the answer: nothing first, then each candidate's."""

    sheets: tuple[Sheet, ...]
    kinds: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class JudgeBatch:
    """``inputs`` are (sheets, length), ``kinds`` (sheets,), ``places`` (questions, candidates) rows of the sheets.

    ``shares`` are (questions, 1 + candidates) and sum to 1.
    """

    inputs: dict[str, Integers]
    kinds: NDArray[np.int64]
    places: NDArray[np.int64]
    shares: NDArray[np.float32]


def to_sheets(groups: Sequence[Group], wordpieces: Wordpieces) -> list[Judged]:
    """Put every candidate on its sheet."""
    texts = [text for group in groups for text in (group.question, *_texts(group))]
    unique = list(dict.fromkeys(texts))
    tokens = dict(zip(unique, wordpieces.tokens_of(unique), strict=True))
    judged = []
    for group in groups:
        sheets = tuple(
            sheet_of(
                tokens[group.question],
                tokens[one.heading],
                tokens[one.text],
                Span(one.start, one.end),
                wordpieces.vocabulary,
            )
            for one in group.candidates
        )
        right = [one.f1 if one.is_a == RIGHT else 0.0 for one in group.candidates]
        total = sum(right)
        shares = (0.0, *(share / total for share in right)) if total else (1.0, *right)
        judged.append(Judged(sheets, tuple(one.is_a for one in group.candidates), shares))
    return judged


def _texts(group: Group) -> Iterator[str]:
    for one in group.candidates:
        yield one.heading
        yield one.text


def batches(recipe: JudgeRecipe, groups: Sequence[Judged], first: int = 0) -> Iterator[JudgeBatch]:
    """Yield batches from number ``first`` on."""
    per_pass = len(groups) // recipe.questions
    for number in count(first // per_pass):
        ordered = _ordered(recipe, groups, number)
        skipped = first % per_pass if number == first // per_pass else 0
        for at in range(skipped, per_pass):
            yield batch_of(ordered[at * recipe.questions : (at + 1) * recipe.questions])


def _ordered(recipe: JudgeRecipe, groups: Sequence[Judged], number: int) -> list[Judged]:
    """The order of one pass: drawn, then stretches of it sorted by length, then their batches drawn anew."""
    random = np.random.default_rng((recipe.seed, number))
    drawn = [groups[index] for index in random.permutation(len(groups))]
    stretch = _LIKE * recipe.questions
    rows: list[list[Judged]] = []
    for start in range(0, len(drawn), stretch):
        part = sorted(drawn[start : start + stretch], key=lambda one: max(map(len, one.sheets)))
        rows += [part[at : at + recipe.questions] for at in range(0, len(part), recipe.questions)]
    whole = [row for row in rows if len(row) == recipe.questions]
    mixed = [whole[index] for index in random.permutation(len(whole))]
    return [one for row in mixed for one in row]


def batch_of(groups: Sequence[Judged]) -> JudgeBatch:
    """Collate several questions."""
    most = max(len(group.sheets) for group in groups)
    places = np.full((len(groups), most), -1, dtype=np.int64)
    shares = np.zeros((len(groups), 1 + most), dtype=np.float32)
    row = 0
    for number, group in enumerate(groups):
        size = len(group.sheets)
        places[number, :size] = np.arange(row, row + size)
        shares[number, : size + 1] = group.shares
        row += size
    kinds = np.array([kind for group in groups for kind in group.kinds], dtype=np.int64)
    return JudgeBatch(collate([sheet for group in groups for sheet in group.sheets]), kinds, places, shares)

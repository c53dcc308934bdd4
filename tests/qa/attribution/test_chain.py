"""The chain against every sequence there is."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.attribution.chain import Chain
from qa.attribution.labels import (
    CONTENT,
    CUE,
    LABELS,
    NEVER,
    SOURCE,
    Part,
    begins_allowed,
    ends_allowed,
    follows,
    parts_of,
    tagged,
)

WORDS, SOME = 4, 3


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(5)


def small(chance: np.random.Generator) -> tuple[Chain, np.ndarray, dict[tuple[int, ...], float]]:
    """A chain of three labels, scores of four words, and the score of each sequence."""
    chain = Chain(*(chance.normal(size=shape).astype(np.float32) for shape in (SOME, (SOME, SOME), SOME)))
    scores = chance.normal(size=(WORDS, SOME)).astype(np.float32)
    totals = {}
    for labels in product(range(SOME), repeat=WORDS):
        total = chain.begins[labels[0]] + chain.ends[labels[-1]] + sum(scores[i, one] for i, one in enumerate(labels))
        steps = pairwise(labels)
        totals[labels] = float(total + sum(chain.follows[one, after] for one, after in steps))
    return chain, scores, totals


def test_the_best_sequence_is_the_best_of_all(chance: np.random.Generator) -> None:
    for _ in range(20):
        chain, scores, totals = small(chance)
        assert tuple(chain.best(scores).tolist()) == max(totals, key=lambda labels: totals[labels])


def test_likelihoods_are_shares_of_all_sequences(chance: np.random.Generator) -> None:
    chain, scores, totals = small(chance)
    weights = {labels: np.exp(total) for labels, total in totals.items()}
    for word, label in product(range(WORDS), range(SOME)):
        share = sum(weight for labels, weight in weights.items() if labels[word] == label) / sum(weights.values())
        assert chain.likelihoods(scores)[word, label] == pytest.approx(share, abs=1e-5)


def test_no_words_have_no_labels() -> None:
    chain = Chain(np.zeros(2, np.float32), np.zeros((2, 2), np.float32), np.zeros(2, np.float32))
    nothing = np.zeros((0, 2), dtype=np.float32)
    assert len(chain.best(nothing)) == len(chain.likelihoods(nothing)) == 0


def test_labels_give_back_the_parts_that_they_were_made_of() -> None:
    parts = [Part(0, 1, SOURCE), Part(1, 3, CUE), Part(3, 7, CONTENT), Part(7, 8, CONTENT), Part(9, 10, CUE)]
    assert list(parts_of(tagged(10, parts))) == parts


def test_a_part_that_shares_a_word_with_one_before_it_is_left_out() -> None:
    assert list(parts_of(tagged(6, [Part(0, 3, SOURCE), Part(2, 5, CUE)]))) == [Part(0, 3, SOURCE)]


@given(st.lists(st.integers(0, LABELS - 1), min_size=1, max_size=12))
def test_whatever_is_scored_the_sequence_is_one_of_whole_parts(wanted: list[int]) -> None:
    chain = Chain(begins_allowed(), follows(), ends_allowed())
    scores = np.zeros((len(wanted), LABELS), dtype=np.float32)
    scores[np.arange(len(wanted)), wanted] = 5.0
    labels = chain.best(scores)
    assert tagged(len(labels), parts_of(labels)).tolist() == labels.tolist()
    steps = pairwise(labels.tolist())
    assert all(chain.follows[one, after] > NEVER for one, after in steps)

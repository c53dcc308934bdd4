"""What every vector index promises, run over each implementation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa.indexing import ChromaIndex
from qa.protocols import VectorIndex, Vectors

DIMENSION = 8


def unit(rows: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    normed: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normed


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    with ChromaIndex.open(tmp_path, None, "passages", encoder_digest="one", dimension=DIMENSION) as opened:
        yield opened


def names(count: int) -> list[str]:
    return [f"article:{row}-{row + 1}" for row in range(count)]


def rounded(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(id_, round(cosine, 4)) for id_, cosine in found]


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert (index.count(), index.ids(), index.nearest(unit(1)[0], 5)) == (0, set(), [])


def test_the_nearest_come_best_first_with_their_cosine(index: VectorIndex) -> None:
    vectors = unit(50)
    index.add(names(50), vectors)
    question = unit(1, seed=1)[0]
    expected = sorted(zip(names(50), (vectors @ question).tolist(), strict=True), key=lambda pair: -pair[1])[:10]
    found = index.nearest(question, 10)
    assert [id_ for id_, _ in found] == [id_ for id_, _ in expected]
    assert [cosine for _, cosine in found] == pytest.approx([cosine for _, cosine in expected], abs=1e-5)


def test_more_may_be_asked_for_than_there_are(index: VectorIndex) -> None:
    index.add(names(3), unit(3))
    assert len(index.nearest(unit(1)[0], 100)) == 3
    assert len(index.nearest(unit(1)[0], 100, among=names(2))) == 2
    assert index.nearest(unit(1)[0], 0) == []


@pytest.mark.parametrize("allowed", [1, 10, 1_500, 3_000])
def test_among_restricts_the_search_to_few_and_to_many(index: VectorIndex, allowed: int) -> None:
    vectors = unit(3_000)
    index.add(names(3_000), vectors)
    question = unit(1, seed=2)[0]
    among = set(names(3_000)[:allowed])
    best = np.argsort(-(vectors[:allowed] @ question))[:20]
    assert [id_ for id_, _ in index.nearest(question, 20, among=among)] == [names(3_000)[row] for row in best]


def test_ids_that_the_index_does_not_have_are_no_obstacle(index: VectorIndex) -> None:
    index.add(names(1_200), unit(1_200))
    strangers = [f"stranger:{row}-{row + 1}" for row in range(1_200)]
    assert [id_ for id_, _ in index.nearest(unit(1)[0], 5, among=[*strangers[:3], names(1)[0]])] == names(1)
    assert len(index.nearest(unit(1)[0], 50, among=[*strangers, *names(10)])) == 10
    assert index.nearest(unit(1)[0], 5, among=strangers) == index.nearest(unit(1)[0], 5, among=[]) == []
    index.remove(strangers)
    assert index.count() == 1_200


def test_among_nothing_finds_nothing(index: VectorIndex) -> None:
    index.add(names(3), unit(3))
    assert index.nearest(unit(1)[0], 3, among=()) == []


def test_an_id_that_is_there_is_overwritten(index: VectorIndex) -> None:
    first, second = unit(2)
    index.add(["a", "b"], np.stack([first, first]))
    index.add(["a"], second[np.newaxis])
    assert index.count() == 2
    assert rounded(index.nearest(second, 1)) == [("a", 1.0)]


def test_the_last_of_two_equal_ids_in_one_call_wins(index: VectorIndex) -> None:
    first, second = unit(2)
    index.add(["a", "a"], np.stack([first, second]))
    assert rounded(index.nearest(second, 5)) == [("a", 1.0)]


def test_what_has_been_removed_is_not_found_and_may_come_back(index: VectorIndex) -> None:
    vectors = unit(20)
    index.add(names(20), vectors)
    index.remove(names(10))
    assert index.ids() == set(names(20)[10:])
    assert len(index.nearest(vectors[0], 20)) == 10
    index.add(names(1), vectors[:1])
    assert index.nearest(vectors[0], 1)[0][0] == names(1)[0]


def test_nothing_may_be_added_or_removed(index: VectorIndex) -> None:
    index.add([], unit(0))
    index.remove([])
    assert index.count() == 0


def test_more_ids_than_fit_into_one_call_go_in_and_come_out(index: VectorIndex) -> None:
    index.add(names(6_000), unit(6_000))
    assert index.ids() == set(names(6_000))
    index.remove(names(5_999))
    assert index.ids() == {names(6_000)[-1]}


def test_vectors_of_the_wrong_shape_are_refused(index: VectorIndex) -> None:
    with pytest.raises(ValueError, match="expected vectors"):
        index.add(["a"], np.ones((1, DIMENSION + 1), dtype=np.float32))
    with pytest.raises(ValueError, match="expected a vector"):
        index.nearest(np.ones(DIMENSION - 1, dtype=np.float32), 1)

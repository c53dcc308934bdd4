"""What every vector index promises, run over each implementation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa.indexing import ChromaIndex
from qa.indexing.postgres import PostgresIndex
from qa.protocols import VectorIndex, Vectors

DIMENSION = 8


def unit(rows: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    normed: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normed


@pytest.fixture(params=["chroma", "postgres"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    if request.param == "chroma":
        with ChromaIndex.open(tmp_path, None, "passages", encoder_digest="one", dimension=DIMENSION) as opened:
            yield opened
        return
    address = request.getfixturevalue("postgres").schema()
    with PostgresIndex.open(address, encoder_digest="one", dimension=DIMENSION) as kept:
        yield kept


def names(count: int) -> list[str]:
    return [f"article:{row}-{row + 1}" for row in range(count)]


def rounded(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(id_, round(cosine, 3)) for id_, cosine in found]


def assert_nearest(found: list[tuple[str, float]], vectors: Vectors, question: Vectors) -> None:
    """Each has its own cosine, and one as high as whoever belongs in its place; 0.001 is what half precision costs."""
    cosines = dict(zip(names(len(vectors)), (vectors @ question).tolist(), strict=True))
    best = sorted(cosines.values(), reverse=True)[: len(found)]
    assert [cosine for _, cosine in found] == pytest.approx([cosines[id_] for id_, _ in found], abs=1e-3)
    assert [cosines[id_] for id_, _ in found] == pytest.approx(best, abs=2e-3)
    assert len({id_ for id_, _ in found}) == len(found)


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert (index.count(), index.ids(), index.nearest(unit(1)[0], 5)) == (0, set(), [])


def test_the_nearest_come_best_first_with_their_cosine(index: VectorIndex) -> None:
    vectors = unit(50)
    index.add(names(50), vectors)
    question = unit(1, seed=1)[0]
    found = index.nearest(question, 10)
    assert len(found) == 10
    assert_nearest(found, vectors, question)


def test_more_may_be_asked_for_than_there_are(index: VectorIndex) -> None:
    index.add(names(3), unit(3))
    assert len(index.nearest(unit(1)[0], 100)) == 3
    assert len(index.nearest(unit(1)[0], 100, among=names(2))) == 2
    assert index.nearest(unit(1)[0], 0) == []


def test_among_restricts_the_search_to_few_and_to_many(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.indexing.postgres._FEW", 1_000)  # as it is for Chroma
    vectors = unit(2_000)
    index.add(names(2_000), vectors)
    question = unit(1, seed=2)[0]
    for allowed in (1, 10, 999, 1_200, 2_000):
        found = index.nearest(question, 20, among=set(names(2_000)[:allowed]))
        assert len(found) == min(20, allowed)
        assert_nearest(found, vectors[:allowed], question)


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
    many = 6_000 if isinstance(index, ChromaIndex) else 1_500  # Chroma takes 5,461 at once, PostgreSQL is given 1,000
    index.add(names(many), unit(many))
    assert index.ids() == set(names(many))
    index.remove(names(many - 1))
    assert index.ids() == {names(many)[-1]}


def test_vectors_of_the_wrong_shape_are_refused(index: VectorIndex) -> None:
    with pytest.raises(ValueError, match="expected vectors"):
        index.add(["a"], np.ones((1, DIMENSION + 1), dtype=np.float32))
    with pytest.raises(ValueError, match="expected a vector"):
        index.nearest(np.ones(DIMENSION - 1, dtype=np.float32), 1)

"""Retrievers over a store, an index and an encoder that are small enough to reckon with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.protocols import PassageStore, Retriever, VectorIndex, Vectors
from qa.retrieval import DenseRetriever, FusionRetriever, LexicalRetriever, fuse
from qa.types import FoundBy, Passage, Question, Scope, Span

TEXTS = {"a": "ferry boat", "b": "ferry", "c": "harbour", "d": "tax", "e": "boat boat boat"}
VECTORS = {"a": (1.0, 0.0), "b": (0.8, 0.6), "c": (0.6, 0.8), "d": (0.0, 1.0), "e": (-1.0, 0.0)}


class Store(PassageStore):
    """Scores by counting; the outlet ``coast`` has a, b and c."""

    def __init__(self, *, gone: Collection[str] = ()) -> None:
        self.gone = set(gone)

    def search(self, terms: Sequence[str], top_k: int, scope: Scope) -> list[tuple[str, float]]:
        permitted = self.permitted(scope)
        counts = {
            id_: float(sum(text.split().count(term) for term in terms))
            for id_, text in TEXTS.items()
            if permitted is None or id_ in permitted
        }
        found = sorted(((id_, count) for id_, count in counts.items() if count), key=lambda item: (-item[1], item[0]))
        return found[:top_k]

    def permitted(self, scope: Scope) -> set[str] | None:
        if scope.unbounded:
            return None
        return {"a", "b", "c"} if "coast" in scope.outlets else set()

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        return {id_: Passage(id_, id_, Span(0, 1), "", TEXTS[id_]) for id_ in ids if id_ not in self.gone}


class Index(VectorIndex):
    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        raise NotImplementedError

    def remove(self, ids: Collection[str]) -> None:
        raise NotImplementedError

    def nearest(self, vector: Vectors, top_k: int, *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        cosines = [
            (id_, float(np.dot(vector, stored))) for id_, stored in VECTORS.items() if among is None or id_ in among
        ]
        return sorted(cosines, key=lambda item: -item[1])[:top_k]

    def ids(self) -> set[str]:
        return set(VECTORS)

    def count(self) -> int:
        return len(VECTORS)


class Encoder:
    """Every question is about (1, 0)."""

    name = digest = "fake"
    dimension = 2

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.array([(1.0, 0.0)] * len(texts), dtype=np.float32)


def fusion(store: Store | None = None, *, candidates: int = 100, dense_weight: float = 0.5) -> FusionRetriever:
    used = store or Store()
    dense = DenseRetriever(used, Index(), Encoder())
    return FusionRetriever(LexicalRetriever(used), dense, candidates=candidates, dense_weight=dense_weight)


RETRIEVERS: list[Retriever] = [
    LexicalRetriever(Store()),
    DenseRetriever(Store(), Index(), Encoder()),
    fusion(),
]


def ids(retriever: Retriever, question: Question, top_k: int = 10) -> list[str]:
    return [hit.passage.id for hit in retriever.retrieve(question, top_k)]


def test_words_rank_by_their_score() -> None:
    assert ids(RETRIEVERS[0], Question("Which boat, which ferry?")) == ["e", "a", "b"]


def test_meaning_ranks_by_the_cosine() -> None:
    assert ids(RETRIEVERS[1], Question("anything")) == ["a", "b", "c", "d", "e"]


def test_both_rank_first_what_words_and_meaning_agree_on() -> None:
    assert ids(RETRIEVERS[2], Question("ferry"))[:2] == ["a", "b"]


@pytest.mark.parametrize("retriever", RETRIEVERS)
def test_ranks_count_from_one_and_scores_fall(retriever: Retriever) -> None:
    hits = retriever.retrieve(Question("ferry boat"), 10)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.found_by for hit in hits}) == 1


@pytest.mark.parametrize("retriever", RETRIEVERS)
def test_no_more_than_top_k_are_returned(retriever: Retriever) -> None:
    assert len(retriever.retrieve(Question("ferry boat"), 2)) == 2


@pytest.mark.parametrize("retriever", RETRIEVERS)
def test_outlets_restrict_what_is_ranked(retriever: Retriever) -> None:
    assert set(ids(retriever, Question("ferry boat tax", scope=Scope(outlets=("coast",))))) <= {"a", "b", "c"}
    assert ids(retriever, Question("ferry boat tax", scope=Scope(outlets=("coast",))), 1)
    assert ids(retriever, Question("ferry boat tax", scope=Scope(outlets=("nobody",)))) == []


@pytest.mark.parametrize("top_k", [1, 2, 5])
def test_a_hit_that_is_no_longer_in_the_archive_is_left_out(top_k: int) -> None:
    found = ids(fusion(Store(gone={"a"})), Question("ferry"), top_k)
    assert "a" not in found
    assert len(found) == min(top_k, 4)


def test_fused_hits_carry_both_scores() -> None:
    by_id = {hit.passage.id: hit for hit in fusion(candidates=1).retrieve(Question("boat"), 2)}
    assert by_id["e"].lexical_score == 3.0
    assert by_id["e"].similarity == -1.0, "found by words alone; its cosine is looked up"
    assert by_id["a"].similarity == 1.0
    assert {hit.found_by for hit in by_id.values()} == {FoundBy.FUSION}


def test_a_question_without_words_is_answered_by_meaning() -> None:
    assert ids(RETRIEVERS[0], Question("?")) == []
    assert ids(RETRIEVERS[2], Question("?"))[0] == "a"


def test_all_weight_on_one_side_gives_its_ranking() -> None:
    assert ids(fusion(dense_weight=1.0), Question("boat")) == ["a", "b", "c", "d", "e"]
    assert ids(fusion(dense_weight=0.0), Question("boat"))[:2] == ["e", "a"]


SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.0, 30.0), max_size=8)
COSINES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1.0, 1.0), max_size=8)


@given(SCORES, COSINES, st.floats(0.0, 1.0))
@example({"a": 0.0, "b": 5e-324}, {"b": 0.0}, 0.25)  # the least number above 0: a share of it is it again
def test_a_fused_score_is_between_nothing_and_one(
    lexical: dict[str, float], dense: dict[str, float], weight: float
) -> None:
    fused = fuse(lexical, dense, weight)
    assert {id_ for id_, _ in fused} == set(lexical) | set(dense)
    assert all(-1e-9 <= score <= 1 + 1e-9 for _, score in fused)


@given(SCORES, COSINES, st.floats(0.0, 1.0))
def test_the_order_of_the_input_makes_no_difference(
    lexical: dict[str, float], dense: dict[str, float], weight: float
) -> None:
    turned = dict(reversed(lexical.items())), dict(reversed(dense.items()))
    assert fuse(lexical, dense, weight) == fuse(*turned, weight)


def test_equal_scores_come_in_order_of_id() -> None:
    assert [id_ for id_, _ in fuse({"b": 1.0, "a": 1.0}, {"d": 0.5, "c": 0.5}, 0.5)] == ["a", "b", "c", "d"]

"""What is not sure is read again: no candidate is lost, new ones are slices too, and what is sure costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.reading import SecondReader, SpanModel, SpanReader
from qa.types import Candidate, Hit, Question
from tests.newsprint import HARBOUR, article, hits
from tests.qa.reading.test_span import network_that_likes

ASKED = Question("Who gave the money?")
SOURCE = article(HARBOUR)
FAR = article("\n\n".join([HARBOUR, *["The gulls said nothing, as gulls do when it rains in Marrow."] * 30]))


def read(
    tmp_path: Path, second: dict[str, float], found: list[Hit], *, confidence: float = 0.3, asked: Question = ASKED
) -> list[Candidate]:
    first = SpanReader(SpanModel(network_that_likes(tmp_path / "first", {"varn": 4}), threads=1))

    def load() -> SpanModel:
        return SpanModel(network_that_likes(tmp_path / "second", second), threads=1)

    def likeliest(candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        return [(confidence, one) for one in candidates]

    return SecondReader(first, load, likeliest, sure=0.8).read(asked, found)


def test_a_candidate_that_both_find_has_both_margins(tmp_path: Path) -> None:
    best = read(tmp_path, {"varn": 1.5}, hits(SOURCE))[0]
    assert best.span.of(SOURCE.text) == "Varn"
    assert best.margin == pytest.approx(8)
    assert best.again == pytest.approx(3)


def test_what_only_the_second_finds_is_a_candidate_with_the_least_margin_of_its_passage(tmp_path: Path) -> None:
    found = read(tmp_path, {"ilse": 5}, hits(SOURCE))
    (new,) = [one for one in found if one.span.of(SOURCE.text) == "Ilse"]
    assert new.again == pytest.approx(10)
    assert new.sentence.of(SOURCE.text).startswith("Council President Ilse Varn said")
    assert new.margin == min(one.margin for one in found if one.hit.passage.id == new.hit.passage.id)
    assert new.evidence.keys() == found[0].evidence.keys()


def test_what_the_second_does_not_find_has_the_margin_that_it_would_have_there(tmp_path: Path) -> None:
    found = read(tmp_path, {"envoys": 4}, hits(SOURCE))
    varn = next(one for one in found if one.again is not None)
    assert varn.span.of(SOURCE.text) == "Varn"
    assert varn.again == pytest.approx(-10)


def test_no_candidate_of_the_first_is_lost_or_moved(tmp_path: Path) -> None:
    alone = {(one.span, one.margin) for one in read(tmp_path, {}, hits(FAR), confidence=0.9)}
    again = {(one.span, one.margin) for one in read(tmp_path, {"ilse": 5}, hits(FAR))}
    assert alone < again


def test_what_is_sure_is_not_read_again_and_loads_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, {"ilse": 5}, hits(SOURCE), confidence=0.8)
    assert [one for one in found if one.again is not None] == []
    assert not (tmp_path / "second").exists()


def test_only_the_likeliest_places_are_read_again(tmp_path: Path) -> None:
    found = read(tmp_path, {"gulls": 5}, hits(FAR))
    read_again = [one for one in found if one.again is not None]
    assert read_again
    assert len({one.hit.passage.id for one in read_again}) <= 2 < len({one.hit.passage.id for one in found})
    assert found[0].again is not None


def test_nothing_to_read_is_read_by_nobody(tmp_path: Path) -> None:
    assert read(tmp_path, {"ilse": 5}, []) == []
    assert not (tmp_path / "second").exists()


def test_what_lacks_the_year_of_the_question_is_not_read_again(tmp_path: Path) -> None:
    found = read(tmp_path, {"ilse": 5}, hits(SOURCE), asked=Question("Who gave the money in 1931?"))
    assert found
    assert [one for one in found if one.again is not None] == []
    assert not (tmp_path / "second").exists()

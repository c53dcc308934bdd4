"""How sure an answer is depends on its rivals, and the model belongs to one reader's weights."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qa.answering import CONFIDENCE, SpanConfidence, TwiceConfidence
from qa.answering.calibration import compared_features_of, features_of
from qa.answering.proposals import proposals
from qa.errors import ModelMismatch, ModelMissing
from tests.qa.answering.test_proposals import candidate

MODEL = SpanConfidence(0.0, {"gap": 1.0, "agreement": 1.0}, 0.5, "digest")
TWICE = TwiceConfidence(MODEL, 0.8, 0.0, {"sure": 1.0, "again": 1.0, "again_gap": 0.5, "unread": -3.0}, 0.4, "second")


def test_a_rival_lowers_the_confidence_and_a_second_witness_raises_it() -> None:
    alone = [candidate("Peskin", "It was Peskin.", 2.0)]
    rival = [*alone, candidate("Reck", "It was Reck.", 1.5)]
    witness = [*rival, candidate("Peskin", "They named Peskin.", 1.0)]
    by_itself, beside_a_rival, with_a_witness = (MODEL.of(proposals(one))[0] for one in (alone, rival, witness))
    assert beside_a_rival < with_a_witness < by_itself


def test_what_the_reader_saw_is_among_the_features() -> None:
    seen = replace(candidate("Peskin", "It was Peskin.", 2.0), evidence={"covered": 0.25})
    assert features_of(proposals([seen]))[0]["covered"] == 0.25


def test_a_passage_does_not_bear_witness_to_itself() -> None:
    twice = "Peskin spoke, and Peskin left."
    first = candidate("Peskin", twice, 2.0)
    again = replace(first, span=first.span.shifted(18), score=1.0)
    assert features_of(proposals([first, again]))[0]["agreement"] == 0


def test_the_confidence_is_read_as_it_was_written(tmp_path: Path) -> None:
    MODEL.write(tmp_path)
    assert SpanConfidence.read(tmp_path, "digest") == MODEL


def test_a_confidence_for_other_weights_is_refused_and_a_missing_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=CONFIDENCE):
        SpanConfidence.read(tmp_path, "digest")
    MODEL.write(tmp_path)
    with pytest.raises(ModelMismatch, match="other weights"):
        SpanConfidence.read(tmp_path, "another")
    (tmp_path / CONFIDENCE).write_text(json.dumps({"threshold": 1}))
    with pytest.raises(ModelMismatch, match="cannot be read"):
        SpanConfidence.read(tmp_path, "digest")


def test_what_was_not_read_again_is_judged_as_by_the_first_reader_alone() -> None:
    proposed = proposals([candidate("Peskin", "It was Peskin.", 2.0), candidate("Reck", "It was Reck.", 1.5)])
    assert TWICE.of(proposed) == MODEL.of(proposed)


def test_a_second_reader_decides_between_what_the_first_finds_about_as_likely() -> None:
    first, second = candidate("Peskin", "It was Peskin.", 2.0), candidate("Reck", "It was Reck.", 1.5)
    unsure = [replace(first, again=-2.0), replace(second, again=3.0)]
    peskin, reck = TWICE.of(proposals(unsure))
    assert peskin < MODEL.of(proposals([first, second]))[0] < reck


def test_features_of_two_readers_tell_what_was_read_again_and_what_was_not() -> None:
    read = replace(candidate("Peskin", "It was Peskin.", 2.0), again=3.0)
    beside = replace(candidate("Lund", "It was Lund.", 1.7), again=1.0)
    proposed = proposals([read, beside, candidate("Reck", "It was Reck.", 1.5)])
    told = compared_features_of(proposed, [0.5, 0.5, 0.5])
    assert [one["unread"] for one in told] == [0, 0, 1]
    assert [one["again"] for one in told] == [3.0, 1.0, 0.0]
    assert [one["again_gap"] for one in told] == [2.0, -2.0, 0.0]
    assert {one["sure"] for one in told} == {0.0}


def test_the_confidence_of_two_readers_belongs_to_both(tmp_path: Path) -> None:
    TWICE.write(tmp_path)
    assert TwiceConfidence.read(tmp_path, "second", MODEL) == TWICE
    with pytest.raises(ModelMismatch, match="other weights"):
        TwiceConfidence.read(tmp_path, "another", MODEL)
    with pytest.raises(ModelMismatch, match="other weights"):
        TwiceConfidence.read(tmp_path, "second", replace(MODEL, reader="another"))

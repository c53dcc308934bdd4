"""How sure an answer is depends on its rivals, and the model belongs to one reader's weights."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qa.answering import CONFIDENCE, SpanConfidence
from qa.answering.calibration import features_of
from qa.answering.proposals import proposals
from qa.errors import ModelMismatch, ModelMissing
from tests.qa.answering.test_proposals import candidate

MODEL = SpanConfidence(0.0, {"gap": 1.0, "agreement": 1.0}, 0.5, "digest")


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

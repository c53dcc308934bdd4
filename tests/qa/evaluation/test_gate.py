"""Floors hold, and fall only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.evaluation.gate import Floors, Measured, faults, measure_sample, renewed

DIGESTS = {"questions": "q", "reader": "r"}
FLOORS = Floors(DIGESTS, {"sample questions right": 30, "time of an answer": 10})


def test_what_is_as_good_as_before_passes_and_a_little_more_time_is_scatter() -> None:
    assert faults(Measured(DIGESTS, {"sample questions right": 30, "time of an answer": 12}), FLOORS) == []


@pytest.mark.parametrize(
    ("digests", "figures", "named"),
    [
        (DIGESTS, {"sample questions right": 29}, "sample questions right is 29"),
        (DIGESTS, {"time of an answer": 16}, "time of an answer is 16"),
        ({**DIGESTS, "reader": "other"}, {"sample questions right": 35}, "reader has changed"),
        ({**DIGESTS, "questions": "other"}, {"sample questions right": 35}, "questions has changed"),
    ],
)
def test_what_fell_and_what_changed_is_named(digests: dict[str, str], figures: dict[str, float], named: str) -> None:
    assert [fault for fault in faults(Measured(digests, figures), FLOORS) if named in fault]


def test_a_floor_rises_in_silence_and_falls_only_with_a_reason_that_stays() -> None:
    better, worse = (Measured(DIGESTS, {"sample questions right": right}) for right in (31.0, 29.0))
    assert renewed(better, FLOORS, None).floors == {"sample questions right": 31, "time of an answer": 10}
    with pytest.raises(ValueError, match="from 30 to 29"):
        renewed(worse, FLOORS, None)
    lowered = renewed(worse, FLOORS, "two questions were ambiguous")
    assert lowered.floors["sample questions right"] == 29
    assert lowered.lowered[0]["why"] == "two questions were ambiguous"


def test_renewing_again_and_again_does_not_add_the_tolerance_up() -> None:
    floors = Floors({}, {"time of an answer": 10.0}, [])
    for _ in range(3):
        floors = renewed(Measured({}, {"time of an answer": 14.0}), floors, None)
    assert floors.floors["time of an answer"] == 10.0
    assert renewed(Measured({}, {"time of an answer": 8.0}), floors, None).floors["time of an answer"] == 8.0


def test_the_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    FLOORS.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == FLOORS


def test_the_sample_archive_is_above_its_floor(sample: Assistant, corpus: Path) -> None:
    assert faults(measure_sample(sample, corpus), Floors.read()) == []

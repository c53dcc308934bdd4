from __future__ import annotations

import pytest

from web.waiting import Line, Piece


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def begun(line: Line, kind: str = "ask", size: int = 1) -> Piece:
    piece = line.join(kind, size)
    line.begin(piece)
    return piece


def taught(places: int, **takes: float) -> tuple[Line, Clock]:
    """A line that has seen work of some kinds."""
    clock = Clock()
    line = Line(places, guess_s=1, clock=clock)
    for kind, seconds in takes.items():
        piece = begun(line, kind)
        clock.now += seconds
        line.leave(piece)
    return line, clock


def test_with_a_free_place_nobody_waits_however_long_work_takes() -> None:
    line, _ = taught(2, ask=100)
    begun(line)
    assert line.wait_s() == 0


def test_the_wait_is_what_is_left_of_the_piece_that_ends_first() -> None:
    line, clock = taught(2, ask=4)
    begun(line)
    clock.now += 1
    begun(line)
    clock.now += 1
    assert line.wait_s() == 2


def test_each_piece_that_waits_goes_to_the_place_that_is_free_first() -> None:
    line, _ = taught(2, ask=4, verify=1)
    begun(line)
    begun(line, "verify")
    line.join("verify")  # from 1 to 2
    line.join("ask", 2)  # from 2 to 10
    assert line.wait_s() == 4


def test_a_piece_that_hangs_costs_its_own_place_alone() -> None:
    line, clock = taught(2, ask=1)
    begun(line)
    clock.now += 1000
    assert line.wait_s() == 0
    begun(line)
    assert line.wait_s() == 1


def test_what_is_expected_follows_what_is_seen_for_each_kind() -> None:
    line, clock = taught(1, ask=1, verify=10)
    for _ in range(30):
        piece = begun(line, "ask", 2)
        clock.now += 6
        line.leave(piece)
    assert line.takes_s("ask") == pytest.approx(3, abs=0.01)
    assert line.takes_s("verify") == 10
    assert line.takes_s("never seen") == 10


def test_nothing_is_learnt_from_a_piece_that_was_never_begun() -> None:
    line, clock = taught(1, ask=1)
    piece = line.join("ask")
    clock.now += 50
    line.leave(piece)
    assert line.takes_s("ask") == 1
    assert len(line) == 0

"""Several processes that share the batches of a step."""

from __future__ import annotations

import pytest

from qa.training.team import Team, work_together


def test_one_process_works_alone() -> None:
    seen: list[tuple[int, int]] = []

    def work(team: Team) -> None:
        seen.append((team.rank, team.size))

    work_together(1, 4, work)
    assert seen == [(0, 1)]


@pytest.mark.parametrize(("size", "shards"), [(2, 1), (3, 4), (0, 4)])
def test_processes_that_would_have_nothing_to_do_are_refused(size: int, shards: int) -> None:
    with pytest.raises(SystemExit, match=f"{size} processes cannot share the {shards} shards"):
        work_together(size, shards, lambda team: None)

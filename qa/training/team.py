"""Processes that share the work of each training step: each computes gradients of its own batches, all take one step.

Threads of one process wait for each other some hundred times in a step, processes once: on two cores that others use
too, a step takes two processes 0.7 s where it takes two threads 1 to 6 s.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import torch
from torch import Tensor, distributed

__all__ = ["Team", "work_together"]


class Team:
    """One member's view of the team; a team of one does nothing.

    Args:
        rank: the member's number, from 0.
        size: how many members there are.
        meeting: a path, not yet there, at which the members find each other.
    """

    def __init__(self, rank: int = 0, size: int = 1, meeting: Path | None = None) -> None:
        self.rank = rank
        self.size = size
        if size > 1:
            distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=size)

    def total(self, values: Tensor) -> None:
        """Replace ``values`` by their sum over the members."""
        if self.size > 1:
            distributed.all_reduce(values)


def work_together(size: int, shards: int, work: Callable[[Team], None]) -> None:
    """Call ``work`` in ``size`` processes, this one included, each with one thread, and wait for all.

    The others are forked: what is loaded before is shared. No parallel region of torch may have run before.

    Raises:
        SystemExit: ``size`` does not divide the ``shards`` of a step, so that some would have nothing to do.
    """
    if size < 1 or shards % size:
        raise SystemExit(
            f"{size} processes cannot share the {shards} shards of this recipe's steps: pass --processes 1."
        )
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        meeting = Path(folder) / "meeting"
        forked = [
            get_context("fork").Process(target=_member, args=(rank, size, meeting, work), daemon=True)
            for rank in range(1, size)
        ]
        for process in forked:
            process.start()
        _member(0, size, meeting, work)
        for process in forked:
            process.join()


def _member(rank: int, size: int, meeting: Path, work: Callable[[Team], None]) -> None:
    torch.set_num_threads(1)
    work(Team(rank, size, meeting))
    if size > 1:
        distributed.destroy_process_group()

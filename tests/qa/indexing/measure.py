"""Vectors -> what the index costs on this machine, as JSON: ``python -m tests.qa.indexing.measure [VECTORS.npy]``.

Without a file of vectors (rows of length 1), topics with noise stand in for an archive: 60,000 rows of 384 numbers
around 3,000 topics that are themselves near each other. Questions are rows that are left out of the index.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from qa.indexing import ChromaIndex
from qa.protocols import Vectors

COUNT, QUESTIONS, TOP_K, ADDED_AT_ONCE = 60_000, 100, 100, 2_000


def main() -> None:
    """Measure and print."""
    vectors = np.load(sys.argv[1])[: COUNT + QUESTIONS] if len(sys.argv) > 1 else topical(COUNT + QUESTIONS)
    questions, vectors = vectors[:QUESTIONS], vectors[QUESTIONS:]
    ids = [f"{row:016x}:0-400" for row in range(len(vectors))]
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(measured(Path(folder), ids, vectors, questions), indent=2) + "\n")


def measured(folder: Path, ids: list[str], vectors: Vectors, questions: Vectors) -> dict[str, float]:
    """Build an index and ask it."""
    figures: dict[str, float] = {"vectors": len(ids)}

    def opened() -> ChromaIndex:
        return ChromaIndex.open(folder, None, "passages", encoder_digest="measured", dimension=vectors.shape[1])

    with opened() as index:
        before, started = resident_mb(), time.perf_counter()
        for at in range(0, len(ids), ADDED_AT_ONCE):
            index.add(ids[at : at + ADDED_AT_ONCE], vectors[at : at + ADDED_AT_ONCE])
        figures["added_per_s"] = len(ids) / (time.perf_counter() - started)
        figures["building_mb"] = resident_mb() - before
        shares = []
        for question in questions:
            best = {ids[row] for row in np.argpartition(-(vectors @ question), TOP_K)[:TOP_K]}
            shares.append(len(best & {id_ for id_, _ in index.nearest(question, TOP_K)}) / TOP_K)
        figures[f"recall_at_{TOP_K}"] = float(np.mean(shares))
        figures["nearest_p50_ms"] = timed(questions, partial(index.nearest, top_k=TOP_K))
        for size in (100, 1_000, 5_000, len(ids) // 2):
            some: Collection[str] = set(ids[:: len(ids) // size][:size])
            figures[f"among_{size}_p50_ms"] = timed(questions[:20], partial(index.nearest, top_k=TOP_K, among=some))
    started = time.perf_counter()
    with opened() as index:
        index.nearest(questions[0], TOP_K)
        figures["opened_and_asked_s"] = time.perf_counter() - started
    figures["disk_mb"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    return {name: round(value, 4) for name, value in figures.items()}


def timed(questions: Vectors, ask: Callable[[Vectors], object]) -> float:
    """The median time of a question, in milliseconds."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1_000)
    return median(times)


def topical(rows: int) -> Vectors:
    """Unit vectors in overlapping topics."""
    rng = np.random.default_rng(0)
    themes = rng.normal(size=(60, 384))
    topics = themes[rng.integers(0, 60, 3_000)] + rng.normal(size=(3_000, 384))
    vectors = topics[rng.integers(0, 3_000, rows)] + rng.normal(scale=0.9, size=(rows, 384))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def resident_mb() -> float:
    """This process's resident memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096 / 2**20


if __name__ == "__main__":
    main()

"""How rankings are counted, and the measurement from end to end on a handful of questions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qa.evaluation.retrieval import (
    Figures,
    Measured,
    Trial,
    choose,
    measure,
    methods,
    reciprocal_ranks,
    render,
    render_engines,
)
from qa.protocols import Vectors
from tests.postgres import Server

CONTEXTS = {
    "The ferry to Altstrand ran aground at noon.": (
        "Where did the ferry to Altstrand run?",
        "aground",
    ),
    "The council raised the harbour tax to nine percent.": ("What is the harbour tax?", "nine percent"),
    "Ines Varga won the novel prize on Sunday.": ("Who won the novel prize?", "Ines Varga"),
}


class LettersEncoder:
    """Counts letters, so that texts with the same letters are near each other."""

    name = digest = "letters"
    dimension = 26

    def encode(self, texts: Sequence[str]) -> Vectors:
        counts = [[text.lower().count(chr(97 + letter)) + 0.01 for letter in range(26)] for text in texts]
        vectors = np.array(counts, dtype=np.float32)
        normed: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normed


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rows = [
        {
            "id": str(number),
            "title": "News",
            "context": context,
            "question": question,
            "answers": [{"text": answer, "start": context.index(answer)}],
            "split": "dev",
        }
        for number, (context, (question, answer)) in enumerate(CONTEXTS.items())
    ]
    path = tmp_path / "small.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def trial(right_at: int | None) -> Trial:
    ids = [f"p{rank}" for rank in range(1, 31)]
    right = frozenset([f"p{right_at}"]) if right_at else frozenset[str]()
    return Trial({id_: 1.0 / rank for rank, id_ in enumerate(ids, start=1)}, {}, right)


def test_recall_counts_the_first_right_passage_and_mrr_its_rank() -> None:
    figures = Figures.of([trial(1), trial(5), trial(6), trial(21), trial(None)], methods()["lexical"])
    assert (figures.recall_5, figures.recall_20) == (2 / 5, 3 / 5)
    assert figures.mrr == pytest.approx((1 + 1 / 5 + 1 / 6 + 1 / 21) / 5)


def test_reciprocal_ranks_prefer_what_both_found() -> None:
    assert reciprocal_ranks({"a": 9.0, "b": 8.0}, {"c": 0.9, "b": 0.8}, 60) == ["b", "a", "c"]


def test_the_method_with_the_best_mean_is_chosen() -> None:
    by_words = Measured("words", 30, [trial(1)], (0.0, 0.0, 0.0))
    chosen, means = choose([by_words])
    assert means[chosen] == max(means.values()) == 1.0
    assert means["dense"] == 0.0


def test_a_set_is_measured_from_its_file_to_its_table(questions: Path) -> None:
    measured = measure(questions, "dev", 10, LettersEncoder())
    assert (measured.name, measured.passages, len(measured.trials)) == ("small dev", 3, 3)
    assert all(len(trial.right) == 1 for trial in measured.trials)
    assert Figures.of(measured.trials, methods()["lexical"]) == Figures(1.0, 1.0, 1.0)
    table = render(*choose([measured]), [measured], [measured])
    assert "| lexical | 1.000 / 1.000 / 1.000 |" in table


def test_both_engines_are_measured_beside_each_other_and_rank_alike(questions: Path, postgres: Server) -> None:
    sqlite, store = (measure(questions, "dev", 10, LettersEncoder(), url) for url in (None, postgres.url))
    for one, other in zip(sqlite.trials, store.trials, strict=True):
        assert list(other.lexical) == list(one.lexical)
        assert list(other.lexical.values()) == pytest.approx(list(one.lexical.values()), rel=1e-6), "FTS5's formula"
    table = render_engines([sqlite], [store])
    assert "| small dev | by words | 1.000 / 1.000 / 1.000 | 1.000 / 1.000 / 1.000 | 3 of 3 |" in table

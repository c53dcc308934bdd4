"""Readers are timed side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.evaluation.pace import main
from tests.qa.reading.test_span import network_that_likes


def test_every_reader_is_timed_with_every_number_of_threads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "1", "dataset": "x", "context": "Ada came.", "question": "Who came?", "split": "dev", "answers": []}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    folders = [str(network_that_likes(tmp_path / name, {"ada": 3})) for name in ("one", "other")]
    main([str(tmp_path / "rows.jsonl"), "--weights", *folders, "--rounds", "2"])
    figures = json.loads(capsys.readouterr().out)
    assert list(figures) == ["one, 1 threads", "other, 1 threads", "one, 2 threads", "other, 2 threads"]
    assert all(one["ms"] > 0 and one["processor ms"] > 0 for one in figures.values())

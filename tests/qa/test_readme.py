"""The README claims nothing that a result file does not say, and its Python runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = [line for line in README.splitlines() if line.startswith("|") and "docs/results/" in line]


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_every_figure_stands_in_the_result_that_it_names(row: str) -> None:
    _, _, figures, source, _ = row.split("|")
    path = re.search(r"\((docs/results/[^)]+)\)", source)
    assert path is not None
    result = (ROOT / path[1]).read_text(encoding="utf-8")
    numbers = re.findall(r"\d+(?:\.\d+)?", figures)
    assert numbers
    for number in numbers:
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", result), number


def test_there_are_figures() -> None:
    assert len(ROWS) >= 5


def test_every_page_that_it_links_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


ASKED = re.findall(r"\$ \.venv/bin/qa ask (.*)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("question", "shown"), ASKED, ids=[question for question, _ in ASKED])
def test_what_it_shows_of_an_answer_is_what_is_printed(corpus_settings: Settings, question: str, shown: str) -> None:
    command = [sys.executable, "-m", "qa.cli", "ask", *question.split()]
    environment = {**os.environ, "QA_DATA_DIR": str(corpus_settings.data_dir), "COLUMNS": "200"}
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120).stdout
    lines = [line.rstrip() for line in shown.partition("…\n")[0].splitlines() if line.strip()]
    said = [line.rstrip() for line in printed.splitlines() if line.strip()]
    assert said[: len(lines)] == lines
    if "[1]" in shown:
        assert len(re.findall(r"^\[", printed, re.MULTILINE)) == len(re.findall(r"^\[", shown, re.MULTILINE))


def test_its_python_runs(corpus_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    monkeypatch.setenv("QA_DATA_DIR", str(corpus_settings.data_dir))
    exec(compile(code[1], "README.md", "exec"), {})


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 150

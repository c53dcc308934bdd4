"""The README claims nothing that a result file does not say, and its Python runs."""

from __future__ import annotations

import re
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


def test_its_python_runs(corpus_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    monkeypatch.setenv("QA_DATA_DIR", str(corpus_settings.data_dir))
    exec(compile(code[1], "README.md", "exec"), {})


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 150

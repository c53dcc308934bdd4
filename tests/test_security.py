"""docs/security.md promises what tests hold: each promise names some, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PROMISES = re.findall(r"^- \*\*(.+?)\*\*(.*?)(?=^- |^Not promised|\Z)", TEXT, re.MULTILINE | re.DOTALL)
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("promise", "held"), PROMISES, ids=[promise for promise, _ in PROMISES])
def test_every_promise_names_a_test(promise: str, held: str) -> None:
    assert re.search(r"^  - `tests/[\w/]+\.py::\w+`$", held, re.MULTILINE), promise


def test_there_are_promises() -> None:
    assert len(PROMISES) >= 15

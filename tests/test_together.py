"""With several workers, tests that share what is dear run on one of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFTEST = """
import pytest
from tests.together import Together

@pytest.hookimpl
def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)
"""
TESTS = """
import os, pathlib, pytest
@pytest.mark.parametrize("number", range(8))
def test_one(number):
    pathlib.Path(__file__).with_name(f"{pathlib.Path(__file__).stem}-{os.environ['PYTEST_XDIST_WORKER']}").touch()
"""


def test_one_worker_runs_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for path in ("tests/packaging/test_wheel.py", "tests/browser/test_a.py", "tests/browser/test_b.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(TESTS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "--import-mode=importlib", "tests"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert "24 passed" in done.stdout, done.stdout + done.stderr
    workers = {path.name.partition("-") for path in tmp_path.rglob("test_*-gw*")}
    assert len([stem for stem, _, _ in workers if stem == "test_wheel"]) == 1
    assert len({worker for stem, _, worker in workers if stem != "test_wheel"}) == 1

"""`make` says what it does, and which step failed; what pip prints beside that is not shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIP = """#!/bin/sh
echo "WARNING: there is a newer pip" >&2
case "$*" in *{fails}*) echo "ERROR: no matching distribution" >&2; exit 1;; esac
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Makefile beside an environment whose programs only pretend."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    return tmp_path


def _make(folder: Path, fails: str, verb: str = "install") -> subprocess.CompletedProcess[str]:
    for name in ("python", "qa"):
        program = folder / ".venv" / "bin" / name
        program.write_text(PIP.format(fails=fails))
        program.chmod(0o755)
    command = ["make", f"PYTHON={sys.executable}", verb]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_an_installation_says_its_steps_and_nothing_of_pips_warnings(copy: Path) -> None:
    made = _make(copy, "nothing")
    assert made.returncode == 0
    assert "Installing PyTorch" in made.stdout
    assert "Installing On Record" in made.stdout
    assert "newer pip" not in made.stdout


@pytest.mark.parametrize(
    ("fails", "step"),
    [("torch", "Installing PyTorch"), ("editable", "Installing On Record"), ("prepare", "preparing the encoder")],
)
def test_a_step_that_fails_is_named_with_what_it_printed(copy: Path, fails: str, step: str) -> None:
    made = _make(copy, fails)
    assert made.returncode != 0
    assert f"This step failed: {step}" in made.stderr
    assert "no matching distribution" in made.stderr


def test_serving_says_where_the_samples_go_and_how_long_it_takes(copy: Path) -> None:
    made = _make(copy, "nothing", "serve")
    assert made.returncode == 0
    assert "Putting the sample articles into" in made.stdout
    assert "seconds" in made.stdout
    verbs = subprocess.run(["make", "help"], cwd=copy, capture_output=True, text=True, check=True, timeout=60).stdout
    [told] = [line for line in verbs.splitlines() if line.startswith("serve ")]
    for word in ("sample articles", "qa-data", "installs", "minutes"):
        assert word in told

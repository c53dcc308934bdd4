"""The wheel, installed with its dependencies into an empty environment, answers without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
_NO_NETWORK = ("Temporary failure in name resolution", "NewConnectionError", "Network is unreachable")


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program with nothing of this environment's Python about it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QA_", "VIRTUAL"))}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_500,
    )


def pip(*arguments: str | Path, cwd: Path, python: str | Path = sys.executable) -> None:
    """Let pip do something; without a registry the tests that need it are skipped."""
    done = run(python, "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments, cwd=cwd)
    if done.returncode and any(sign in done.stderr + done.stdout for sign in _NO_NETWORK):
        pytest.skip("no package registry answers")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of what git knows here, so that nothing else gets in and nothing is written beside it."""
    copy, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    run("git", "checkout-index", "--all", f"--prefix={copy}/", cwd=ROOT)
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", made, copy, cwd=copy)
    [found] = made.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel, and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    pip("install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel, cwd=folder, python=python)
    return python.parent


def test_the_wheel_holds_what_serves_and_no_research(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("qa/weights/reader/reader.onnx", "qa/corpus/ferry-correction.md", "web/templates/_card.html"):
        assert needed in names
    assert any(name.startswith("web/static/") for name in names)
    for research in ("qa/evaluation/", "qa/training/", "tests/", "docs/"):
        assert not [name for name in names if name.startswith(research)]


def test_an_installed_wheel_answers_from_the_sample_archive(installed: Path, tmp_path: Path) -> None:
    def qa(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(installed / "qa", *arguments, cwd=tmp_path, QA_DATA_DIR=str(tmp_path / "data"))

    empty = qa("ask", "Who is the Kremlin spokesman?")
    assert empty.returncode == 4
    assert "Traceback" not in empty.stderr
    demo = qa("demo")
    assert demo.returncode == 0, demo.stderr
    asked = qa("ask", "When does the ferry stop running?")  # by the networks and the vectors
    assert asked.returncode == 0, asked.stderr
    assert "1 March" in asked.stdout
    assert "Dmitry Peskov" in qa("ask", "Who is the Kremlin spokesman?").stdout
    assert "that she had met the developer" in qa("ask", "What did Ilse Varnholt deny?").stdout


def test_an_installed_wheel_says_what_research_needs(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "python", "-c", "import qa, web; import qa.evaluation", cwd=tmp_path)
    assert "No module named 'qa.evaluation'" in done.stderr

"""Every step of `make train` calls a program that there is, with options that it has, on what an earlier step wrote."""

from __future__ import annotations

import argparse
import importlib
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Never

import pytest

ROOT = Path(__file__).parents[3]
STEPS = 18


class _Understood(Exception):
    """A program has understood its command line."""


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What make would run over a folder that has the sets, without the interpreter."""
    if (make := shutil.which("make")) is None:
        pytest.skip("there is no make")
    data = tmp_path_factory.mktemp("data")
    for name in ("qa/squadshifts_wiki", "archive/news-2023", "polnear/train"):
        (data / f"{name}.jsonl.gz").parent.mkdir(exist_ok=True)
        (data / f"{name}.jsonl.gz").touch()
    command = [make, "--dry-run", "--file", "qa/training/order.mk", f"ONRECORD_DATA={data}", f"OUT={data}/out"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = printed.replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines if " -m " in line]


@pytest.fixture(scope="module")
def steps(commands: list[list[str]]) -> list[list[str]]:
    """The command lines of our own programs among them."""
    return [command for command in commands if command[1].startswith("qa.")]


def test_every_step_of_the_training_is_there(steps: list[list[str]]) -> None:
    assert len(steps) == STEPS


@pytest.mark.parametrize("number", range(STEPS))
def test_a_step_is_understood_by_its_program(
    steps: list[list[str]], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, module, *arguments = steps[number]
    parse = argparse.ArgumentParser.parse_args

    def parsed(parser: argparse.ArgumentParser, args: list[str] | None = None) -> Never:
        parse(parser, args)
        raise _Understood

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", parsed)
    monkeypatch.chdir(ROOT)
    with pytest.raises(_Understood):
        importlib.import_module(module).main(arguments)


def test_a_step_reads_what_is_there_or_an_earlier_one_wrote(commands: list[list[str]]) -> None:
    written: list[str] = []
    for _, _, *arguments in commands:
        outputs = [after for option, after in pairwise(arguments) if option in {"--output", "--cache", "--dest"}]
        for path in arguments:
            if path.startswith("/") and path not in outputs and "/out/" in path:
                there = (path, str(Path(path).parent)) if "*" in path else (path,)
                assert any(one in there or one.startswith(f"{path}/") for one in written), path
        written += outputs

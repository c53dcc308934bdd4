"""The help of the command line: whole at any width, in groups, with examples that are commands."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from qa.cli import app
from qa.cli.verbs import Group

ROOT = Path(__file__).resolve().parents[3]
NOT_IN_A_WHEEL = re.compile(
    r"\bdocs/|README|CONTRIBUTING|\bMakefile|`make |\btests/|qa\.(evaluation|training)|qa/corpus"
)
SHIPPED = [
    path
    for package in ("qa", "web")
    for path in sorted((ROOT / package).rglob("*.py"))
    if not {"evaluation", "training"} & set(path.relative_to(ROOT).parts)
]


def _commands(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        yield (*before, name), command
        if hasattr(command, "commands"):
            yield from _commands(command, (*before, name))


COMMANDS = dict(_commands(typer.main.get_command(app)))


def _help(*names: str, columns: int) -> str:
    """What ``--help`` prints in a terminal of so many columns."""
    shown = CliRunner().invoke(app, [*names, "--help"], prog_name="qa", terminal_width=columns - 2)
    assert shown.exit_code == 0, shown.output
    return shown.output


@pytest.mark.parametrize("columns", [80, 60])
@pytest.mark.parametrize("names", [(), *COMMANDS], ids=" ".join)
def test_no_description_is_clipped_and_no_line_is_too_long(names: tuple[str, ...], columns: int) -> None:
    shown = _help(*names, columns=columns)
    assert [line for line in shown.splitlines() if len(line) > columns] == []
    assert not re.search(r"\w\.\.\.$", shown.partition("\n\n")[2], re.MULTILINE)
    assert "<" not in shown, "a metavar says what is wanted, and not a type of Python's"
    assert "--data-dir FOLDER" in shown
    assert "Commands:" not in shown or names, "every verb stands in a group"


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_verb_has_an_example_that_is_a_command_with_options_that_it_has(names: tuple[str, ...]) -> None:
    command = COMMANDS[names]
    assert command.epilog, f"give `qa {' '.join(names)}` an example: qa.cli.verbs.verb"
    example = command.epilog.removeprefix("Example: ").partition(" > ")[0]
    assert shlex.split(example)[: len(names) + 1] == ["qa", *names]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in shlex.split(example) if word.startswith("-")} <= options
    assert f"Example: {example}" in _help(*names, columns=80)
    assert f"$ {example}" in _help(*names[:-1], columns=60)


def test_the_groups_stand_in_their_order() -> None:
    shown = _help(columns=80)
    places = [shown.index(f"\n{group}:") for group in Group]
    assert places == sorted(places)


def test_days_and_names_are_called_what_they_are() -> None:
    for names in (("ask",), ("chat",), ("list",), ("statements",)):
        shown = _help(*names, columns=80)
        assert re.search(r"--after YYYY-MM-DD +Published", shown)
        assert re.search(r"--outlet NAME +Only", shown)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_message_points_to_a_file_that_a_wheel_does_not_install(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings are for readers
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            found = NOT_IN_A_WHEEL.search(node.value)
            assert not found or node.value in {"README", "README.md"}, f"line {node.lineno}: {node.value}"
    for node in ast.walk(tree):  # what the command line shows of a function is its docstring
        if path.parent.name == "cli" and isinstance(node, ast.FunctionDef):
            assert not NOT_IN_A_WHEEL.search(ast.get_docstring(node) or ""), node.name


def test_no_page_points_to_such_a_file() -> None:
    for path in (*(ROOT / "web" / "templates").rglob("*.html"), *(ROOT / "web" / "static").rglob("*.js")):
        assert not NOT_IN_A_WHEEL.search(path.read_text(encoding="utf-8")), path

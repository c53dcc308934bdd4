"""Commands -> the help that a terminal shows: verbs in groups, each told whole and with one example.

Promises: a description wraps and is never clipped, however narrow the terminal; what an argument is called stands
alone, without the name of a Python type; every command's help shows its example and ``--data-dir``. What it does not
know: what a command does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

__all__ = ["DATA_DIR", "Group", "Verb", "Verbs", "verb", "verbs"]

DATA_DIR = "--data-dir"  # of every command

_ANY = (f"{DATA_DIR} FOLDER", "The archive's own folder; otherwise it is QA_DATA_DIR.")
_WHOLE = 10_000  # letters from which a description would be clipped
_EXAMPLE = "Example: "
_BETWEEN, _LEAST = re.compile(r"(\d+)<=x<=(\d+)"), re.compile(r"x>=(\d+)")  # how the library writes bounds
Function = TypeVar("Function", bound=Callable[..., Any])


class Group(StrEnum):
    """What verbs are for, in the order in which the help has them."""

    BEGIN = "Begin"
    ASK = "Ask"
    READ = "Read"
    FILL = "Put in and take out"
    SERVE = "Serve"
    CARE = "Look after the archive"


class Verb(TyperCommand):
    """A command whose help names its arguments without their types, and ``--data-dir`` among its options."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Name arguments as they are, without braces around those that are needed."""
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options."""
        _write_parameters(self.get_params(ctx), ctx, formatter)


class Verbs(TyperGroup):
    """Commands whose help stands in groups, each with its example."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, then the commands."""
        _write_parameters(self.get_params(ctx), ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the groups in their order; commands that have none stand last."""
        commands = {name: self.commands[name] for name in self.list_commands(ctx) if not self.commands[name].hidden}
        widest = max(map(len, commands), default=0)
        for heading in [*Group, None]:
            members = {name: one for name, one in commands.items() if getattr(one, "rich_help_panel", None) == heading}
            if members:
                with formatter.section(heading or "Commands"):
                    for name, command in members.items():
                        formatter.write_dl([(f"{name:<{widest}}", command.get_short_help_str(_WHOLE))])
                        if command.epilog:
                            at = " " * (formatter.current_indent + widest + 2)
                            formatter.write(f"{at}$ {command.epilog.removeprefix(_EXAMPLE)}\n")


def _write_parameters(parameters: Iterable[Any], ctx: Any, formatter: Any) -> None:
    arguments, options = list[tuple[str, str]](), list[tuple[str, str]]()
    for parameter in parameters:
        if (record := parameter.get_help_record(ctx)) is None:
            continue
        told = _LEAST.sub(r"at least \1", _BETWEEN.sub(r"\1 to \2", record[1]))
        if isinstance(parameter, TyperArgument):
            arguments.append((parameter.display_name_raw, told))
        else:
            options.append((record[0], told))
    options[-1:] = [_ANY, *options[-1:]]  # --help stays the last one
    for heading, rows in (("Arguments", arguments), ("Options", options)):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def verb(
    app: typer.Typer, example: str, group: Group | None = None, *, name: str | None = None
) -> Callable[[Function], Function]:
    """Make a function a command of ``app``, with an example of its use."""
    return app.command(name, cls=Verb, rich_help_panel=group, epilog=f"{_EXAMPLE}{example}")


def verbs(app: typer.Typer, several: typer.Typer, example: str, group: Group, *, name: str) -> None:
    """Put commands under one name of ``app``, with an example of their use."""
    app.add_typer(several, name=name, cls=Verbs, rich_help_panel=group, epilog=f"{_EXAMPLE}{example}")

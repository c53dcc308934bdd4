"""``qa settings``: every setting with what it is now, what it may be and what it means.

It reads the environment alone, and not through the settings' own checks: it also prints where one of them is wrong.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from qa.cli.command import AsJson, print_json, print_line
from qa.errors import SettingsError

__all__ = ["settings"]

Words = Annotated[list[str] | None, typer.Argument(metavar="WORD", help="Only settings whose names have these words.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print all of them as a table in Markdown.")]


def settings(words: Words = None, markdown: Markdown = False, as_json: AsJson = False) -> None:
    """Print what can be set by the environment, with its bounds."""
    from qa.settings import describe_settings, described_settings

    if markdown:
        print_line(describe_settings().rstrip("\n"))
        return
    wanted = [word.upper() for word in words or ()]
    shown = [one for one in described_settings() if all(word in one.name for word in wanted)]
    if not shown:
        raise SettingsError(f"No setting has {' and '.join(wanted)} in its name.", remedy="`qa settings` lists all.")
    now = {name.upper(): value for name, value in os.environ.items()}
    given = {one.name: "(secret)" if one.secret else now[one.name] for one in shown if one.name in now}
    if as_json:
        print_json(
            [
                {
                    "name": one.name,
                    "set": given.get(one.name),
                    "default": one.default,
                    "bounds": one.bounds,
                    "meaning": one.meaning,
                }
                for one in shown
            ]
        )
        return
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from qa.cli.rendering import console

    for one in shown:
        value = f"{given[one.name]}, set; default {one.default}" if one.name in given else one.default
        bounds = f"   {one.bounds}" if one.bounds else ""
        first = Text.assemble((one.name, "bold"), f" = {value}", (bounds, "dim"))
        console().print(Group(first, Padding(Text(one.meaning), (0, 0, 0, 4), expand=False)))

"""A page of figures -> printed, or a file under ``docs/results/``; and what such a page says of where it comes from.

What this does not know: what was measured.
"""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["commit", "deliver", "machine", "named"]


def deliver(page: str, output: Path | None) -> None:
    """Write a page to the file that was asked for, or print it where none was."""
    if output:
        output.write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page if page.endswith("\n") else f"{page}\n")


def named(arguments: Sequence[object]) -> str:
    """The arguments of a command as a page has them: of a file its name, since folders are those of one machine."""
    return shlex.join(Path(each).name if os.sep in each and "://" not in each else each for each in map(str, arguments))


def commit() -> str:
    """The commit that is measured."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"  # noqa: S603


def machine() -> str:
    """The machine that measures."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        return f"{os.cpu_count()} cores, {next(models, platform.machine())}, Python {platform.python_version()}"

r"""What the commands share: their options, exit codes, how they open an archive and how they print.

Promise: heavy libraries are imported by what needs them, when it needs them; a terminal that lacks a character shows
its number (``\u201c``), and JSON is JSON on any.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import IntEnum
from types import FrameType
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from qa.cli.verbs import DATA_DIR
from qa.errors import QaError, SettingsError, remedy_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from qa.assistant import Assistant
    from qa.assistant.sharing.work import Writer
    from qa.settings import Settings
    from qa.types import Scope

__all__ = [
    "ANSWER_LIMIT_S",
    "After",
    "AsJson",
    "Before",
    "ExitCode",
    "Outlets",
    "Quiet",
    "absolute",
    "change_archive",
    "compile_encoder",
    "drop_output",
    "open_archive",
    "print_body",
    "print_json",
    "print_line",
    "print_whatever",
    "read_settings",
    "scope_of",
    "stopping",
    "system_error",
    "take_data_dir",
    "tell_missing_outlets",
]

Result = TypeVar("Result")


ANSWER_LIMIT_S = 300.0  # whoever waits at a terminal can interrupt; what nobody watches ends by itself


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_REMEDIES = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "See that you may read and write there, or choose another folder."),
    errno.EROFS: "Choose a folder on a disk that can be written, with QA_DATA_DIR.",
    errno.EMFILE: "Allow more open files with `ulimit -n`.",
    errno.ENFILE: "Too many programs have files open; end some.",
    errno.ENOMEM: "Make memory free, or set a smaller QA_INGESTION__BATCH_ARTICLES.",
    errno.EIO: "The disk may be failing: copy what is on it first.",
    **dict.fromkeys((errno.ENOENT, errno.EISDIR, errno.ENOTDIR), "`qa doctor` says what is missing or in the way."),
}


class ExitCode(IntEnum):
    """What a script learns from a command."""

    DONE = 0
    IMPERFECT = 1
    USAGE = 2
    NOT_IN_ARCHIVE = 3
    IMPOSSIBLE = 4
    NOT_SURE = 5
    INTERRUPTED = 130


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only what went wrong.")]


def _day(given: str) -> date:
    """Read a day as an option has it."""
    from pydantic_core import PydanticCustomError  # what typer prints as it is

    try:
        if _DAY.fullmatch(given):
            return date.fromisoformat(given)
        told = f"{given!r} is not written as a day is"
    except ValueError:
        told = f"there is no day {given!r}"
    raise PydanticCustomError("day", "{told}; write it as 2025-12-31", {"told": told})


After = Annotated[
    date | None,
    typer.Option("--after", parser=_day, metavar="YYYY-MM-DD", help="Published on this day or later."),
]
Before = Annotated[
    date | None,
    typer.Option("--before", parser=_day, metavar="YYYY-MM-DD", help="Published on this day or earlier."),
]
Outlets = Annotated[
    list[str] | None,
    typer.Option("--outlet", metavar="NAME", help="Only this outlet; may be given several times."),
]


def scope_of(after: date | None, before: date | None, outlets: list[str] | None) -> Scope:
    """Make the options for dates and outlets the scope that the assistant takes."""
    from qa.types import Scope

    return Scope(after, before, tuple(outlets or ()))


def tell_missing_outlets(archive: Assistant, scope: Scope) -> bool:
    """Name the chosen outlets that the archive does not have, with those that it has; whether there are any."""
    missing = archive.missing_outlets(scope)
    if missing is None:
        return False
    from rich.text import Text

    from qa.answering import told_outlets
    from qa.cli.rendering import console

    console(stderr=True).print(Text(told_outlets(missing)))
    return True


def take_data_dir(arguments: Sequence[str]) -> list[str]:
    """Take ``--data-dir FOLDER`` out of any command's arguments, and make it the setting.

    Raises:
        SettingsError: no folder is named.
    """
    left: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            left += [argument, *rest]
        elif argument == DATA_DIR or argument.startswith(f"{DATA_DIR}="):
            folder = argument.partition("=")[2] or next(rest, "")
            if not folder.strip():
                raise SettingsError(f"{DATA_DIR} names no folder.", remedy=f"Write {DATA_DIR} FOLDER.")
            os.environ["QA_DATA_DIR"] = folder
        else:
            left.append(argument)
    return left


def read_settings() -> Settings:
    """Read the settings from the environment."""
    from qa.settings import load_settings

    return load_settings()


def open_archive(settings: Settings, label: str) -> Assistant:
    """Open the archive for reading; another process may change it meanwhile."""
    from qa.assistant import Assistant

    return Assistant.open(settings, label=label)


def change_archive(
    settings: Settings, label: str, do: Callable[[Writer], Result], *, quiet: bool = False, lasting: bool = False
) -> Result:
    """Do something that changes the archive, here or in the process that owns it.

    For whom it waits is said, and of ``lasting`` work also who has taken it.
    """
    from qa.assistant.sharing.keeper import change

    def say(whom: Sequence[str]) -> None:
        if not quiet:
            sys.stderr.write(f"Waiting for {', then '.join(whom)}; this comes next.\n" if whom else "Now it is on.\n")

    def say_taken(owner: str) -> None:
        if lasting and not quiet:
            sys.stderr.write(f"{owner} has the archive and does this.\n")

    return change(settings, label, do, say, say_taken)


def compile_encoder(settings: Settings) -> None:
    """Compile the encoder if it is not there, saying so, since it takes a while."""
    from qa.assistant import prepare_encoder

    def say(step: str) -> None:
        sys.stderr.write(f"Preparing the encoder: {step} ...\n")

    prepare_encoder(settings, on_progress=say)


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Lend a question that is yes from the first Ctrl-C on; a second one interrupts."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        sys.stderr.write("\nStopping once what is under way is in; Ctrl-C again does not wait for it.\n")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def absolute(source: str) -> str:
    """A file or folder as any process finds it, wherever that stands; an address stays as it is."""
    if not source.strip() or "://" in source:
        return source
    path = os.path.abspath(source)  # noqa: PTH100 - links stay as they are
    return os.path.realpath(path) if path.startswith(("/dev/", "/proc/")) else path  # those are each process's own


def print_line(line: str) -> None:
    """Print one line of a result."""
    sys.stdout.write(line + "\n")


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print_line(json.dumps(value, ensure_ascii=not _is_unicode(), indent=2))


def print_body(body: BaseModel) -> None:
    """Print a body of the API as JSON."""
    print_line(body.model_dump_json(indent=2, ensure_ascii=not _is_unicode()))


def print_whatever() -> None:
    """Let standard output take characters that the terminal's encoding lacks, as their numbers."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def drop_output() -> None:
    """Forget what was printed and could not be written, so that Python does not try again when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def system_error(error: OSError) -> QaError:
    """What an operator is told about an error of the system that nobody expected where it came."""
    what = error.strerror or str(error) or type(error).__name__
    where = f"{error.filename}: " if error.filename is not None else ""
    return QaError(f"{where}{what}.", remedy=remedy_of(error, _REMEDIES.get(error.errno or 0, "")))


def _is_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().startswith(("utf", "u8"))

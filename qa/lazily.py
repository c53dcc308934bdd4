r"""What a module names -> what is made when it is first used, so that a command pays for what it needs alone.

    _YEAR = pattern(r"\b(?:19|20)\d\d\b")             a regular expression, compiled when it is first used
    __getattr__ = members(__name__, {"rows": …})   a package's public names, each loaded when it is first named

Promise: whoever uses either sees no difference; a mistake in a pattern is told at its first use, and a test compiles
every one. What this module does not know: what is worth waiting for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, cast

__all__ = ["members", "pattern"]

_OF_A_PATTERN = [name for name in dir(re.Pattern) if not name.startswith("_")]


class Made:
    """What is left of a :class:`Waiting` pattern once it has been used: the compiled one's attributes."""


class Waiting(Made):
    """A pattern that nobody has used yet."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        vars(self).update({each: getattr(compiled, each) for each in _OF_A_PATTERN})
        self.__class__ = Made  # type: ignore[assignment]  # its attributes are looked up as any object's from now on
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what does as ``re.compile(text, flags)`` does; it is compiled when it is first used.

    Compiling takes some tenths of a millisecond, and for a pattern of many alternatives tens of milliseconds.
    """
    return cast("re.Pattern[str]", Waiting(text, flags))


def members(package: str, names: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """Return a package's ``__getattr__`` (PEP 562) that loads the module of a public name when it is first named.

    Args:
        package: its name.
        names: its modules, each with the public names that are its own.
    """
    home = {name: module for module, theirs in names.items() for name in theirs}

    def find(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{home[name]}"), name)

    return find

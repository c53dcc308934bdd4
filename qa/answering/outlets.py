"""Outlets that were asked for, and those that an archive has -> which it lacks, and which may be meant.

Promise: names compare without letter case, and what is nearest to a mistyped or shortened name comes first; the rest
stay in their order. "The Courier" is whichever outlet's name ends so. What it does not know: how the outlets were
chosen, and who is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from qa.text import fold
from qa.types import Missing

__all__ = ["is_outlets_name", "lacking_outlets", "outlets_called", "told_outlets"]

_LISTED = 8  # outlets that a sentence names
_NEAR = 0.6  # likeness from which a name may be meant
_SLIP = 0.85  # likeness of a name with a slip
_COMPARED = 5, 1_000  # names asked for, and names of the archive, that are compared
_PART = 0.95  # what the likeness to one word of a name counts beside that to all of it
# What newspapers, stations and agencies are called by the last word of their names; people are not.
_PRESS_WORDS = """
times post journal herald tribune gazette courier guardian telegraph mirror observer examiner inquirer enquirer
chronicle dispatch bulletin mail news newspaper magazine weekly daily radio television tv broadcasting today bbc cnn
nbc abc cbs npr msnbc reuters afp dpa zeitung anzeiger tagblatt tageblatt rundschau nachrichten allgemeine rundfunk
fernsehen ard zdf
"""
_PRESS = frozenset(_PRESS_WORDS.split())


def lacking_outlets(asked: Sequence[str], known: Sequence[str]) -> Missing | None:
    """Which of the outlets asked for are not known, and those that are, the nearest first; None where none lacks."""
    there = {name.casefold() for name in known}
    unknown = [name for name in asked if name.casefold() not in there]
    if not unknown:
        return None
    near = {name: max(_likeness(one, name) for one in unknown[: _COMPARED[0]]) for name in known[: _COMPARED[1]]}
    nearest = sorted((name for name in near if near[name] >= _NEAR), key=lambda name: -near[name])
    return Missing(" or ".join(unknown), tuple(dict.fromkeys([*nearest, *known])))


def outlets_called(asked: str, known: Sequence[str]) -> tuple[str, ...]:
    """The outlets whose name is this, or ends with it: "the Courier" is The Harrowmere Courier, no bare "Courier"."""
    wanted = _name_words(asked)
    if not wanted:
        return ()
    shortened = len(asked.split()) > 1
    names = {name: _name_words(name) for name in known}
    return tuple(
        name for name, words in names.items() if words == wanted or (shortened and words[-len(wanted) :] == wanted)
    )


def is_outlets_name(asked: str, known: Sequence[str]) -> bool:
    """Whether a name is a newspaper's or station's by its last word ("the Financial Times"), or nearly a known one."""
    words = _name_words(asked)
    named = bool(words) and not _PRESS.isdisjoint((words[-1], *words[-1].split("-")))
    return named or any(_ratio(" ".join(words), " ".join(_name_words(one))) >= _SLIP for one in known[: _COMPARED[1]])


def _name_words(name: str) -> list[str]:
    words = re.findall(r"\w+", fold(name))
    return words[1:] if words[:1] in (["the"], ["der"], ["die"], ["das"]) else words


def told_outlets(missing: Missing) -> str:
    """Say which outlets an archive lacks and which it has."""
    names = missing.instead
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    has = f" It has articles from {', '.join(names[:_LISTED])}{more}." if names else ""
    return f"The archive has no articles from {missing.words or 'this outlet'}.{has}"


def _likeness(asked: str, name: str) -> float:
    """How much two names have in common: as they are, or the shorter one with a word of the longer."""
    whole, parts = (asked.casefold(), name.casefold()), re.findall(r"\w+", name.casefold())
    return max(_ratio(*whole), *(_PART * _ratio(whole[0], part) for part in parts), 0.0)


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0.0

"""Pairs of copies -> stories: each article in one at most, the closest pairs first.

Two groups become one when more than half of the pairs between them are copies. So a round-up that holds two stories
does not make them one: it goes to the one that it has more of. Two texts of one outlet are no copies by words that this
outlet has in a third text as well, when weeks lie between them: those it repeats, as a newsletter does its pitch; a
story is told within days. Promise: the order in which articles came in does not matter. What it does not know: texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qa.stories.comparing import NEARLY_ALL

__all__ = ["MOST_CANDIDATES", "Edge", "stories_of"]

MOST_CANDIDATES = 200
"""Articles with which a new one is compared at most, those that share most bands with it first."""

_REPEATED = 3  # texts of one outlet that share words
_APART = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two articles that share text, by their keys, and the share of the longer one that both have.

    ``copies`` tells whether they are copies by their texts alone, ``home`` whether one outlet has published both.
    """

    one: int
    other: int
    weight: float
    copies: bool = True
    home: bool = False


def stories_of(edges: Iterable[Edge], days: Mapping[int, date | None] | None = None) -> list[list[int]]:
    """The stories, each with its articles' keys in order, by their first keys; ``days``: when each was published."""
    ordered = sorted(_copies(list(edges), days or {}), key=lambda edge: (-edge.weight, edge.one, edge.other))
    near: dict[int, set[int]] = defaultdict(set)
    for edge in ordered:
        near[edge.one].add(edge.other)
        near[edge.other].add(edge.one)
    story = {key: key for key in near}
    members = {key: {key} for key in near}
    for edge in ordered:
        left, right = story[edge.one], story[edge.other]
        if left != right and _mostly_copies(members[left], members[right], near):
            into, gone = (left, right) if len(members[left]) >= len(members[right]) else (right, left)
            for key in members[gone]:
                story[key] = into
            members[into] |= members.pop(gone)
    return sorted(sorted(keys) for keys in members.values() if len(keys) > 1)


def _copies(edges: list[Edge], days: Mapping[int, date | None]) -> Iterable[Edge]:
    """Those that are copies when one knows what their outlets repeat."""
    home: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        if edge.home:
            home[edge.one].add(edge.other)
            home[edge.other].add(edge.one)
    for edge in edges:
        pair = {edge.one, edge.other}
        repeated = edge.home and edge.weight < NEARLY_ALL and _repeats(pair | home[edge.one] & home[edge.other], days)
        if edge.copies and not repeated:
            yield edge


def _repeats(keys: set[int], days: Mapping[int, date | None]) -> bool:
    known = [day for key in keys if (day := days.get(key))]
    return len(keys) >= _REPEATED and max(known, default=date.min) - min(known, default=date.min) > _APART


def _mostly_copies(one: set[int], other: set[int], near: dict[int, set[int]]) -> bool:
    few, many = sorted((one, other), key=len)
    copies = sum(len(near[key] & many) for key in few)
    compared = len(few) * min(len(many), MOST_CANDIDATES)  # no article has been compared with more
    return 2 * copies > compared

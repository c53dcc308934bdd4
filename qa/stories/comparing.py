"""Two texts -> how much of each stands in the other, and whether that makes them copies of one story.

Two texts are aligned at the runs of four words that each has once: of those, the longest series that stands in the same
order in both, each run made as long as it goes. Promises: it costs time in proportion to the texts' lengths, times a
logarithm; the order of the two does not matter. Copies share at least half of the shorter one's words, and of its head
or the other's at least some: texts that differ at the head and have the rest in common share a tail (older entries of a
live blog, what an outlet says of itself), not a story. Where they share less than nearly all, what is exchanged between
the shared runs must not be a figure or a name here and there, since that is how columns differ that share a frame (a
market report, a tide table). What it does not know: who wrote first, and whether an outlet has the shared words in all
that it prints (:mod:`qa.stories.grouping` looks at that). A cut copy of less than a fifth of a text finds nobody
(:mod:`qa.stories.sketching`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from qa.text import fold, words_in

__all__ = [
    "LEAST_WORDS",
    "NEARLY_ALL",
    "RULES",
    "Kinship",
    "Overlap",
    "Words",
    "aligned_runs",
    "kinship",
    "overlap",
    "words_of",
]

RULES = "4"
"""Changes whenever the same two texts, or statements of copies, may be judged otherwise."""

LEAST_WORDS = 20
"""Words below which a text is too short to be told from others that share its phrases."""

NEARLY_ALL = 0.95
"""The share of the longer text from which two are one, whatever differs."""

_RUN = 4  # words that both must have one after the other
_SHARED = 0.5  # of the shorter text
_SHARED_AT_HOME = 0.7  # of two texts of one outlet, which share more than stories
_SHARED_PART = 0.25  # of one outlet's texts, from which on it may be that the outlet repeats them
_HEAD = 100  # words with which a text says what it is about; of a short one a third
_SHARED_HEAD = 0.25
_SMALL = 12  # words of a gap that exchanges something within a sentence
_EXCHANGES = 1.2  # figures and names exchanged in 100 shared words, from which texts share a frame
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words, as printed and as they are compared (without case and accents)."""

    printed: tuple[str, ...]
    folded: tuple[str, ...]


class Kinship(StrEnum):
    """What two texts are to each other."""

    SAME = "same"
    """Word for word the same text, whatever its punctuation and case."""
    EDITED = "edited"
    """One is the other, cut, extended or reworded in part; or both are so of a third one."""
    PART = "part"
    """They share much and are no copies; looked for between texts of one outlet, which repeats itself."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two texts lie on each other.

    ``shared`` is how many words lie in aligned runs; ``head`` which share of the one text's head or the other's does,
    whichever is more; ``exchanged`` how many short gaps between two runs have other figures or names in one text than
    in the other.
    """

    one: int
    other: int
    shared: int
    head: float
    exchanged: int

    @property
    def of_shorter(self) -> float:
        """The share of the shorter text that stands in the longer one."""
        return self.shared / max(1, min(self.one, self.other))

    @property
    def of_longer(self) -> float:
        """The share of the longer text that stands in the shorter one."""
        return self.shared / max(1, self.one, self.other)


def words_of(text: str) -> Words:
    """The words of a text; its punctuation is not compared."""
    printed = tuple(words_in(text))
    folded = {word: fold(word) for word in set(printed)}  # most words of a text stand there more than once
    return Words(printed, tuple(folded[word] for word in printed))


def overlap(one: Words, other: Words) -> Overlap:
    """Lay two texts' words on each other."""
    left, right = one.folded, other.folded
    if left == right:
        return Overlap(len(left), len(right), len(left), 1.0, 0)
    runs = aligned_runs(left, right)
    exchanged = sum(
        _exchanges(one.printed[at + length : then], other.printed[there + length : thence])
        for (at, there, length), (then, thence, _) in pairwise(runs)
    )
    head = max(
        _of_head(len(left), [(at, length) for at, _, length in runs]),
        _of_head(len(right), [(there, length) for _, there, length in runs]),
    )
    return Overlap(len(left), len(right), sum(length for _, _, length in runs), head, exchanged)


def kinship(found: Overlap, *, one_outlet: bool = False) -> Kinship:
    """Decide what two texts are to each other; ``one_outlet``: both were published by the same one."""
    if min(found.one, found.other) < LEAST_WORDS:
        return Kinship.NONE
    if found.shared == found.one == found.other:
        return Kinship.SAME
    if (
        found.of_shorter >= (_SHARED_AT_HOME if one_outlet else _SHARED)
        and found.head >= _SHARED_HEAD
        and (found.of_longer >= NEARLY_ALL or found.exchanged * 100 <= _EXCHANGES * found.shared)
    ):
        return Kinship.EDITED
    return Kinship.PART if one_outlet and found.of_shorter >= _SHARED_PART else Kinship.NONE


def aligned_runs(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """The aligned runs of words in their order: where each begins in both, and how many words it has."""
    runs: list[tuple[int, int, int]] = []
    end, end_there = 0, 0  # of what is taken
    for at, there in _in_order(_anchors(one, other)):
        if at < end or there < end_there:
            continue
        start, begin = at, there
        while start > end and begin > end_there and one[start - 1] == other[begin - 1]:
            start, begin = start - 1, begin - 1
        end, end_there = at + _RUN, there + _RUN
        while end < len(one) and end_there < len(other) and one[end] == other[end_there]:
            end, end_there = end + 1, end_there + 1
        runs.append((start, begin, end - start))
    return runs


def _of_head(words: int, runs: Iterable[tuple[int, int]]) -> float:
    """The share of a text's first words that lie in runs, each where it begins and how many words it has."""
    head = max(1, min(_HEAD, words // 3))
    return sum(max(0, min(at + length, head) - at) for at, length in runs) / head


def _exchanges(gap: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a short gap has figures or names on both sides, and other ones."""
    if not gap or not other or len(gap) > _SMALL or len(other) > _SMALL:
        return False
    facts, others = set(_facts(gap)), set(_facts(other))
    return bool(facts) and bool(others) and facts.isdisjoint(others)


def _facts(words: Sequence[str]) -> Iterator[str]:
    return (fold(word) for word in words if _FIGURE.search(word) or word[0].isupper())


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Where the runs of words that each text has exactly once stand in both, in the order of the first."""
    here, there = _once(one), _once(other)
    return [(at, there[run]) for run, at in here.items() if at >= 0 and there.get(run, -1) >= 0]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Each run of words and where it stands; -1 for one that stands there more than once."""
    found: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - _RUN + 1):
        run = tuple(words[at : at + _RUN])
        found[run] = -1 if run in found else at
    return found


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs in which both numbers grow (patience sorting)."""
    tops: list[int] = []  # the smallest second number at which a series of each length ends
    ends: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        at = bisect_left(tops, there)
        before.append(ends[at - 1] if at else -1)
        if at == len(tops):
            tops.append(there)
            ends.append(number)
        else:
            tops[at], ends[at] = there, number
    series = []
    number = ends[-1] if ends else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]

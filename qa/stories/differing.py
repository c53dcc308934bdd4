"""Two texts -> what one has otherwise than the other, word by word, as stretches of both.

The long runs of words that both share are found first (:mod:`qa.stories.comparing`), then difflib compares what lies
between two of them, so that the time does not grow with the square of the texts' lengths. Promise: the stretches of
each side, one after the other, are that side's text: nothing is left out or made up; a word has the space and
punctuation behind it. What it does not know: which of the two is right, or first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from qa.deadline import check
from qa.stories.comparing import aligned_runs
from qa.text import fold, word_spans
from qa.types import Span

__all__ = ["Change", "Stretch", "differences", "readable"]

_LONG = 600  # words of a gap from which it is shown as exchanged whole

Piece = tuple[int, int, int, int]  # from and to in one list, from and to in the other


class Change(StrEnum):
    """What a stretch is."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: of the second where it is the same in both or added, of the first where it is removed."""

    change: Change
    span: Span


def differences(one: str, other: str) -> list[Stretch]:
    """What has to be removed from ``one`` and added to it to get ``other``, in the order of reading."""
    left, right = _pieces(one), _pieces(other)
    stretches: list[Stretch] = []
    done = (0, 0)
    for at, end, there, thence in [
        *_same(_folded(one, left), _folded(other, right)),
        (len(left),) * 2 + (len(right),) * 2,
    ]:
        stretches += _stretch(Change.REMOVED, left[done[0] : at])
        stretches += _stretch(Change.ADDED, right[done[1] : there])
        stretches += _stretch(Change.SAME, right[there:thence])
        done = (end, thence)
    return stretches


def readable(one: str, other: str) -> Iterator[tuple[Change, str]]:
    """What differs, to be read from the first to the last piece; white space is never said to be added or removed.

    Where one text ends and the other goes on, the space between is the other's.
    """
    last = ""
    for stretch in differences(one, other):
        text = one if stretch.change is Change.REMOVED else other
        before, words = text[: stretch.span.start], stretch.span.of(text)
        bare = words.rstrip()
        gap = before[len(before.rstrip()) :] if last and not last[-1].isspace() else ""
        last = words or last
        yield from ((change, part) for change, part in _parts(stretch.change, gap, bare, words[len(bare) :]) if part)


def _parts(change: Change, gap: str, bare: str, after: str) -> list[tuple[Change, str]]:
    return [(Change.SAME, gap), (change, bare), (Change.SAME, after)]


def _same(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    """What is the same in both, in order."""
    end, end_there = 0, 0
    for at, there, length in [*aligned_runs(one, other), (len(one), len(other), 0)]:
        check()
        if at - end <= _LONG and there - end_there <= _LONG:
            matcher = SequenceMatcher(None, one[end:at], other[end_there:there], autojunk=False)
            for begin, start, size in matcher.get_matching_blocks():
                if size:
                    yield end + begin, end + begin + size, end_there + start, end_there + start + size
        if length:
            yield at, at + length, there, there + length
        end, end_there = at + length, there + length


def _pieces(text: str) -> list[Span]:
    """The words, each with what stands behind it up to the next; the first with what stands before it."""
    starts = [span.start for span in word_spans(text)]
    return [
        Span(0 if number == 0 else start, end)
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=False))
    ]


def _folded(text: str, pieces: Sequence[Span]) -> list[str]:
    return [" ".join(fold(piece.of(text)).split()) for piece in pieces]


def _stretch(change: Change, pieces: Sequence[Span]) -> Iterator[Stretch]:
    if pieces:
        yield Stretch(change, Span(pieces[0].start, pieces[-1].end))

"""What the network says about the wordpieces of a window -> the spans that may answer, best first.

A span's score is the sum of its beginning's and its end's; the null score is the same sum at [CLS]. Both are raw: their
difference is what compares with other windows and other passages. Spans of one window do not overlap, have at most
``longest`` wordpieces, and begin and end at borders of words. Of a span that goes on behind a comma and of what stands
before that comma, the shorter is taken where it scores nearly as well: the network is unsure of lists, and who asks for
one name is not helped by three.

What this module does not know: quotations and sentences; the reader widens spans to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.reading.windows import Window
from qa.types import Span

__all__ = ["LONGEST_SPAN", "Found", "best_of_windows", "decode", "scored"]

Scores = NDArray[np.float32]

LONGEST_SPAN = 30  # wordpieces
_NEARLY = 1.0  # how much less the shorter of two spans may score; chosen on development questions
_LOOKED_AT = 64  # best-scored spans of a window among which disjoint ones are sought


@dataclass(frozen=True, slots=True)
class Found:
    """A span in the passage's code points; ``margin`` is how far it beats no answer."""

    span: Span
    score: float
    null_score: float

    @property
    def margin(self) -> float:
        """How far the span beats no answer in its own window."""
        return self.score - self.null_score


def decode(window: Window, begins: Scores, ends: Scores, n_best: int = 1, longest: int = LONGEST_SPAN) -> list[Found]:
    """Find up to ``n_best`` disjoint spans, best first; none in a window without passage.

    Args:
        window: what was read.
        begins: score of each position of the window as a beginning, (length,) or longer by padding.
        ends: the same for ends.
        n_best: most spans.
        longest: most wordpieces of a span.
    """
    size = len(window.passage)
    if not size:
        return []
    null = float(begins[0] + ends[0])
    inside = slice(window.passage_at, window.passage_at + size)
    reach = min(longest, size)
    empty = np.where(window.passage.starts == window.passage.ends, np.float32(-np.inf), np.float32(0))
    padded = np.concatenate([ends[inside] + empty, np.full(reach - 1, -np.inf, dtype=np.float32)])
    scores = (begins[inside] + empty)[:, None] + np.lib.stride_tricks.sliding_window_view(
        padded, reach
    )  # (first, length - 1)
    starts, stops = window.passage.starts, window.passage.ends
    found: list[Found] = []
    for flat in _best(scores.ravel(), _LOOKED_AT if n_best > 1 else 1):
        first, more = divmod(flat, reach)
        if not np.isfinite(scores[first, more]) or len(found) == n_best:
            break
        if any(starts[first] < other.span.end and other.span.start < stops[first + more] for other in found):
            continue
        more = _before_comma(window.passage.ids[first:] == window.vocabulary.comma, scores[first], more)
        found.append(Found(Span(int(starts[first]), int(stops[first + more])), float(scores[first, more]), null))
    return found


def scored(window: Window, begins: Scores, ends: Scores, span: Span) -> Found | None:
    """What the network says about one span, to the borders of the wordpieces that it touches; None where none does."""
    starts, stops = window.passage.starts, window.passage.ends
    touched = np.flatnonzero((starts < span.end) & (stops > span.start) & (starts < stops))
    if not len(touched):
        return None
    first, last = window.passage_at + touched[0], window.passage_at + touched[-1]
    reached = Span(int(starts[touched[0]]), int(stops[touched[-1]]))
    return Found(reached, float(begins[first] + ends[last]), float(begins[0] + ends[0]))


def _best(scores: Scores, at_most: int) -> list[int]:
    """Where the highest of ``scores`` (n,) stand, best first, the earlier of equal ones first."""
    top = np.sort(np.argpartition(-scores, at_most - 1)[:at_most]) if at_most < len(scores) else np.arange(len(scores))
    return [int(place) for place in top[np.argsort(-scores[top], kind="stable")]]


def _before_comma(commas: NDArray[np.bool_], scores: Scores, more: int) -> int:
    """Where a span that has ``more`` wordpieces after its first ends, of the ends at which it scores nearly as well.

    ``commas`` and ``scores`` are of the span's wordpieces and those behind it: which are commas, what a span scores
    that ends there.
    """
    ends = np.flatnonzero(commas[1 : more + 1])
    return next((int(end) for end in ends if scores[end] >= scores[more] - _NEARLY), more)


def best_of_windows(found: Iterable[Found], n_best: int) -> list[Found]:
    """Merge what overlapping windows of one passage gave: best margin first, disjoint."""
    kept: list[Found] = []
    for candidate in sorted(found, key=lambda one: (-one.margin, one.span)):
        if len(kept) < n_best and not any(candidate.span.overlaps(other.span) for other in kept):
            kept.append(candidate)
    return kept

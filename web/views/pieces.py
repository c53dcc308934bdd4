"""A range of an article's text -> pieces, cut where marks begin and end.

Promise: joined again, the pieces are the article's words, character for character. Escaping is the templates' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.types import Span

__all__ = ["Piece", "cut"]

_CLOSING = re.compile(r"[.,;:!?…)\]”’»\"']*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    ``mark`` is the number of the mark that it lies in; ``anchor`` says that the mark begins here, ``aside`` that the
    text only stands around the sentence that is cited, ``attributing`` that it names the speaker or is the cue,
    ``changed`` that it is worded otherwise than before: "word", or "figure" for numbers and dates, ``struck`` that it
    does not hold any more, ``denied`` that its speaker denies it. ``over`` is the number of the mark that is over after
    it, with the punctuation that follows a mark.
    """

    text: str
    mark: int | None
    anchor: bool
    aside: bool
    attributing: bool = False
    changed: str | None = None
    struck: bool = False
    over: int | None = None
    denied: bool = False


def cut(
    text: str,
    window: Span,
    marks: Sequence[Span],
    sentence: Span,
    begun: set[int],
    *,
    attributing: Sequence[Span] = (),
    changed: Sequence[tuple[Span, bool]] = (),
    struck: Sequence[Span] = (),
    denied: Sequence[Span] = (),
) -> Iterator[Piece]:
    """Cut ``window`` at every end of a mark, of the sentence, of what attributes, is worded otherwise or is struck.

    ``begun`` remembers marks that have their anchor; ``changed`` says of each stretch whether it is a figure.
    """
    cut_at = (*marks, sentence, *attributing, *(span for span, _ in changed), *struck, *denied)
    over = {_over(text, span, marks): number for number, span in reversed(list(enumerate(marks, start=1)))}
    ends = {edge for span in cut_at for edge in (span.start, span.end)} | set(over)
    edges = {edge for edge in ends if window.start < edge < window.end}
    cuts = sorted({window.start, window.end, *edges})
    for start, end in pairwise(cuts):
        here = Span(start, end)
        mark = next((number for number, span in enumerate(marks, start=1) if span.contains(here)), None)
        anchor = mark is not None and mark not in begun
        if mark is not None:
            begun.add(mark)
        attributes = mark is None and any(span.contains(here) for span in attributing)
        figures = [figure for span, figure in changed if span.contains(here)]
        otherwise = ("figure" if any(figures) else "word") if figures else None
        holds = not any(span.contains(here) for span in struck)
        unsaid = mark is not None and any(span.contains(here) for span in denied)
        aside = not sentence.contains(here)
        yield Piece(here.of(text), mark, anchor, aside, attributes, otherwise, not holds, over.get(end), unsaid)


def _over(text: str, mark: Span, marks: Sequence[Span]) -> int:
    """Where a mark is over, with the punctuation after it that no other mark has."""
    following = _CLOSING.match(text, mark.end)
    assert following
    return min([following.end(), *(other.start for other in marks if mark.end <= other.start)])

"""A range of an article's text -> pieces, cut where marks begin and end.

Promise: joined again, the pieces are the article's words, character for character. Escaping is the templates' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.types import Span

__all__ = ["Piece", "cut"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    ``mark`` is the number of the mark that it lies in; ``anchor`` says that the mark begins here, ``aside`` that the
    text only stands around the sentence that is cited.
    """

    text: str
    mark: int | None
    anchor: bool
    aside: bool


def cut(text: str, window: Span, marks: Sequence[Span], sentence: Span, begun: set[int]) -> Iterator[Piece]:
    """Cut ``window`` at every end of a mark or of the sentence; ``begun`` remembers marks that have their anchor."""
    edges = {edge for span in (*marks, sentence) for edge in (span.start, span.end) if window.start < edge < window.end}
    cuts = sorted({window.start, window.end, *edges})
    for start, end in pairwise(cuts):
        here = Span(start, end)
        mark = next((number for number, span in enumerate(marks, start=1) if span.contains(here)), None)
        anchor = mark is not None and mark not in begun
        if mark is not None:
            begun.add(mark)
        yield Piece(here.of(text), mark, anchor, aside=not sentence.contains(here))

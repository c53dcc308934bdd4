"""An article -> the passages that are indexed: a paragraph, short neighbours joined, a long one cut at sentences.

Sizes are counted in estimated wordpieces, since no tokenizer is asked: a passage stays under ``_MOST``, which with its
heading fits into the encoder's 256; one under ``_FEW`` takes its next neighbour in. Together the passages hold all that
is not space, in order, and no two overlap.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from qa.text import sentence_spans
from qa.types import Article, Passage, Span

__all__ = ["cut_passages"]

_MOST = 150  # about 85 words: as short as readers and encoders like it, long enough to hold a thought
_FEW = 60
_LONGEST_UNIT = 100  # code points; a longer run without a space is cut
_UNIT = re.compile(r"[^\W_]+|\S")


def cut_passages(article: Article) -> list[Passage]:
    """Cut an article into passages, in reading order; each is one contiguous slice of its text."""
    spans: list[Span] = []
    sizes: list[int] = []
    for span in _pieces(article):
        size = _size(span.of(article.text))
        if spans and min(sizes[-1], size) < _FEW and sizes[-1] + size <= _MOST:
            spans[-1] = Span(spans[-1].start, span.end)
            sizes[-1] += size
        else:
            spans.append(span)
            sizes.append(size)
    return [
        Passage(f"{article.id}:{span.start}-{span.end}", article.id, span, article.heading, span.of(article.text))
        for span in spans
    ]


def _pieces(article: Article) -> Iterator[Span]:
    """Paragraphs; of a long one, runs of sentences of about equal size."""
    for paragraph in article.paragraphs:
        size = _size(paragraph.span.of(article.text))
        if size <= _MOST:
            yield paragraph.span
        else:
            yield from _runs(article.text, paragraph.span, aim=math.ceil(size / math.ceil(size / (0.9 * _MOST))))


def _runs(text: str, paragraph: Span, aim: int) -> Iterator[Span]:
    run, run_size = None, 0
    for sentence in (part for whole in sentence_spans(text, paragraph) for part in _short_enough(text, whole)):
        size = _size(sentence.of(text))
        if run and (run_size >= aim or run_size + size > _MOST):
            yield run
            run, run_size = None, 0
        run, run_size = Span(run.start if run else sentence.start, sentence.end), run_size + size
    if run:
        yield run


def _short_enough(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence that is longer than a passage is cut wherever the passage is full."""
    start, size = sentence.start, 0
    for unit in _UNIT.finditer(text, sentence.start, sentence.end):
        for position in range(unit.start(), unit.end(), _LONGEST_UNIT):
            piece = _size(text[position : min(position + _LONGEST_UNIT, unit.end())])
            if size + piece > _MOST:
                yield _trimmed(text, start, position)
                start, size = position, 0
            size += piece
    yield _trimmed(text, start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _size(text: str) -> int:
    """Estimate wordpieces: one for a short word or a mark, more for long words, one a character beyond Latin script."""
    return sum(_unit_size(unit) for unit in _UNIT.findall(text))


def _unit_size(unit: str) -> int:
    return (len(unit) + 5) // 6 if unit < "\u0250" else len(unit)

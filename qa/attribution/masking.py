"""A text -> the same text with its quotations blanked, position for position.

Nothing inside a quotation is then taken for a cue, a subject or a name, and no punctuation inside it ends a sentence.
Promise: the masked text is as long as the text; a quotation keeps an opening and a closing mark, always “ and ”, the
case of its first letter, and the stop before its closing mark, because borders of sentences depend on these.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from qa.text import quotation_spans
from qa.types import Span

__all__ = ["CLOSE", "OPEN", "find_quotations", "mask_quotations", "touching"]

OPEN, INSIDE, CLOSE = "“", "x", "”"


def find_quotations(text: str) -> list[Span]:
    """Find the quotations of a text, those in doubled single marks (''so'') with the whole of their marks."""
    return [
        Span(span.start, span.end + (text[span.start : span.start + 2] == text[span.end - 1 : span.end + 1] == "''"))
        for span in quotation_spans(text)
    ]


def touching(spans: Sequence[Span], span: Span) -> Iterator[Span]:
    """Those of disjoint spans, in order, that share a code point with ``span``; the others are not looked at."""
    for at in range(bisect_right(spans, span.start, key=lambda one: one.end), len(spans)):
        if spans[at].start >= span.end:
            break
        yield spans[at]


def mask_quotations(text: str, quotations: Sequence[Span]) -> str:
    """Blank what is inside quotations, but for their marks and last stop; positions stay."""
    masked = list(text)
    for quotation in quotations:
        masked[quotation.start : quotation.end] = _mask(quotation.of(text))
    return "".join(masked)


def _mask(quotation: str) -> str:
    closed = quotation[-1] in "\"'”’“‘»«›" and len(quotation) > 2
    letter = next((character for character in quotation if character.isalnum()), INSIDE)
    first = INSIDE.upper() if letter.isupper() else INSIDE
    if not closed:
        return OPEN + first + INSIDE * (len(quotation) - 2)
    stop = quotation.rstrip("'")[-1:] if quotation.endswith("''") else quotation[-2]
    last = stop if stop in ",.?!…" else INSIDE
    return OPEN + (first + INSIDE * (len(quotation) - 3))[: len(quotation) - 3] + last + CLOSE

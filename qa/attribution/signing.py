"""Lines that sign a quotation or announce one -> who said it: "“…” — Orla Venning", "And from Ruth Amadi:".

A signature is a dash and a name at the end of a paragraph, behind a quotation or below what it signs (as embedded posts
are). An announcement is a paragraph that is nothing but "from" and a name, above a quotation. Promise: the name is a
line's own, never of the paragraph beside. The word to look for: signature, attribution line, embedded post.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.attribution.capitals import CAPITALS
from qa.attribution.drafts import Draft, Page, claimed
from qa.attribution.masking import touching
from qa.types import Span

__all__ = ["signed"]

_NAME = rf"(?:(?:the|our)\s+)?[{CAPITALS}][^\n“”\"—–:;!?]{{2,90}}?"
_HANDLE = r"\s*\(@\w+\)[^\n]*"
_SIGNATURE = re.compile(rf"(?P<dash>[—–―]|--?|~)\s?(?P<who>{_NAME})(?P<post>{_HANDLE})?[.\s]*\Z")
_LEAD = r"(?:(?:and|also|then|next|finally|another|this|a|the|more)\b,?\s+)*"
_FROM = re.compile(
    rf"\A{_LEAD}(?:(?:statement|message|word|words|note|letter|reaction|comment|response)\s+)?(?:comes\s+)?"
    rf"(?P<cue>from(?:\s+the\s+(?:desk|office|pen)\s+of)?)\s+(?P<who>{_NAME})[:.]?\Z",
    re.IGNORECASE,
)
_WORDS = 14  # a signature of more is a sentence
_VERB = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|said|says|[a-z]{3,}ed)\s")
_SURE = 0.9


def signed(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Add what lines sign and announce."""
    lines: list[Span] = []
    found: list[Draft] = []
    for number, paragraph in enumerate(page.paragraphs):
        above = page.paragraphs[number - 1] if number else None
        below = page.paragraphs[number + 1] if number + 1 < len(page.paragraphs) else None
        one = _signature(page, paragraph, above) or (_announcement(page, paragraph, below) if below else None)
        if one:
            lines.append(paragraph)
            found.append(one)
    contents = sorted({part for one in found for part in one.content}, key=lambda span: span.start)
    return [*claimed(_apart(drafts, lines, found), contents), *found]


def _apart(drafts: list[Draft], lines: Sequence[Span], found: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that take the lines' words for a source or a cue of something else."""
    taken = [span for one in found for span in (one.source, one.cue) if span]
    taken.sort(key=lambda span: span.start)

    def within(draft: Draft) -> bool:
        whole = Span(min(one.start for one in draft.content), max(one.end for one in draft.content))
        return draft.source is None and any(line.contains(whole) for line in touching(lines, whole))

    return [
        draft
        for draft in drafts
        if not (draft.source and any(touching(taken, draft.source)))
        and not (draft.cue and any(touching(taken, draft.cue)))
        and not within(draft)
    ]


def _signature(page: Page, paragraph: Span, above: Span | None) -> Draft | None:
    """Read "“…” — NAME", or "— NAME" below a paragraph."""
    last = page.masked.rfind("”", paragraph.start, paragraph.end) + 1
    start = max(last, paragraph.start)
    line = page.text[start : paragraph.end]
    blank = len(line) - len(line.lstrip())
    match = _SIGNATURE.match(line, blank)
    if match is None or len(match["who"].split()) > _WORDS or _VERB.search(match["who"]):
        return None
    source = Span(start + match.start("who"), start + len(line[: match.end("who")].rstrip(" .,")))
    cue = Span(start + match.start("dash"), start + match.end("dash"))
    if last > paragraph.start:
        content = Span(paragraph.start, last)
        whole = page.quoted(content)
    elif above:
        content = above
        whole = page.quoted(above) or match["post"] is not None
    else:
        return None
    return Draft(source, cue, (content,), _SURE, said=True) if whole else None


def _announcement(page: Page, paragraph: Span, below: Span) -> Draft | None:
    """Read "From NAME:" above a quotation."""
    match = _FROM.match(page.text[paragraph.start : paragraph.end])
    if match is None or len(match["who"].split()) > _WORDS or not page.masked.startswith("“", below.start):
        return None
    if not page.quoted(below) or not match["who"][0].isupper():
        return None
    source = Span(*match.span("who")).shifted(paragraph.start)
    return Draft(source, Span(*match.span("cue")).shifted(paragraph.start), (below,), _SURE, said=True)

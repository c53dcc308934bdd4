"""Words that somebody reports of somebody else -> the speaker's, via who reports: "“…,” Pell said, according to X".

Where the words that a source behind them is given hold a subject and a cue of their own, that subject speaks and the
source is whom the article has the words from. Promise: the outer source never becomes the speaker then, and the inner
attribution is no part of the content. The word to look for: via, second-hand, according to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.attribution.drafts import Draft, Page
from qa.attribution.masking import CLOSE
from qa.attribution.subjects import subject_before
from qa.types import Span

__all__ = ["passed_on"]

_ACCORDING = re.compile(r"according to|(?:has |had )?(?:reported|reports)", re.IGNORECASE)
_SAID = re.compile(
    r"\s(?P<cue>(?:has |had )?(?:said|says|told|wrote|writes|added|insisted|argued|claimed|warned|replied|explained)"
    r"(?: (?:him|her|them|us|reporters|police|investigators|the \w+))?)\Z"
)
_WHOM = r"[^,.;“”\n]{2,60}?"
_BEHIND = re.compile(
    rf"(?:,?\s+according to\s+(?P<who>{_WHOM})|,\s+(?P<paper>{_WHOM})\s+(?:has\s+|had\s+)?(?:reported|reports))"
    r"(?=[,.;]|\Z)"
)
_REACH = 120  # code points


def passed_on(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give second-hand words to who speaks, via who reports them."""
    return [each for draft in drafts for each in _split(page, draft, drafts)]


def _split(page: Page, draft: Draft, drafts: list[Draft]) -> Iterator[Draft]:
    inner = _inner(page, draft)
    if inner is None:
        yield _with_via(page, draft, drafts)
        return
    yield inner


def _inner(page: Page, draft: Draft) -> Draft | None:
    """Read "CONTENT, NAME said" in what a source behind it is given."""
    if draft.cue is None or draft.source is None or not _ACCORDING.fullmatch(draft.cue.of(page.text)):
        return None
    last = max(draft.content, key=lambda one: one.end)
    if last.start > draft.cue.start:
        return None
    words = page.masked[last.start : last.end].rstrip(" ,")
    said = _SAID.search(words)
    before = re.search(rf".*(?:{CLOSE}|,)(?=\s)", words[: said.start()], re.DOTALL) if said else None
    if said is None or before is None:
        return None
    subject = subject_before(words, before.end(), said.start())
    kept = words[: before.end()].rstrip(",")
    if subject is None or not kept or words[before.end() : subject.start].strip():
        return None
    at = last.start
    content = (*(one for one in draft.content if one != last), Span(at, at + len(kept)))
    cue = Span(*said.span("cue")).shifted(at)
    return replace(draft, source=subject.shifted(at), cue=cue, content=content, via=draft.source)


def _with_via(page: Page, draft: Draft, drafts: list[Draft]) -> Draft:
    """Add whom the article has a statement from, where the sentence says so right behind it."""
    if draft.cue is None or draft.source is None or draft.via:
        return draft
    end = max(draft.source.end, draft.cue.end, *(one.end for one in draft.content))
    match = _BEHIND.match(page.masked, end, end + _REACH)
    if match is None or any(one.source and one.source.overlaps(Span(end, match.end())) for one in drafts):
        return draft
    return replace(draft, via=Span(*match.span("who" if match["who"] else "paper")))

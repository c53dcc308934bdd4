"""Drafts -> the same without questions that nobody asks: "Asked if it would sail, Venning said it was possible".

The participle tells what somebody answers; it is no statement of its own. A verb of speech behind another one, inside
the words that the first one's subject reports, has another subject: those words are the first one's statement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.attribution.drafts import Draft, Page, claimed
from qa.attribution.patterns import Attribution, find_attributions
from qa.text import sentence_spans
from qa.types import Span

__all__ = ["answered"]

_ASKED = re.compile(
    r"(?:(?:when|if|repeatedly|then|later|once)\s+)*(?:asked|pressed|questioned|quizzed|prompted|challenged)\b.*",
    re.IGNORECASE,
)
_NEW_SUBJECT = re.compile(r"(?:that\s+)?(?:[A-Z][\w’'-]+|he|she|(?:the|a|an|her|his)\s+\w+)\s+\w+")
_ADDRESSEE = re.compile(r"(?:(?:the|a|his|her)\s+[a-z]+|them|me|us)\s+(?=(?:that\s+)?(?:[A-Z]|he\b|she\b|the\b|a\b))")
_OF_HER = re.compile(r"\s+(?:her|him)\s+(?:if|whether|why|what|where|when|how|that|to)\b")


def answered(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Drop questions put by nobody, and give a report that another verb was cut from back to its subject."""
    drafts = [draft for draft in drafts if not _is_put(page, draft, drafts)]
    for draft in list(drafts):
        if whole := _around(page, draft):
            content = whole.content
            rest = [one for one in drafts if one is not draft]
            if any(one.cue and one.cue.overlaps(whole.cue) for one in rest):
                continue
            drafts = [*claimed(rest, content), Draft(draft.source, whole.cue, content, draft.confidence)]
    return drafts


def _is_put(page: Page, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a draft is the question that another one of its sentence answers."""
    if (
        draft.cue is None
        or (draft.source and draft.source.start < draft.cue.end)
        or not _ASKED.fullmatch(draft.cue.of(page.text))
    ):
        return False
    clause = page.masked[: draft.cue.start].rstrip(" ")
    opens = not clause or clause[-1] in "\n.!?”,;—–" or re.search(r"\b(?:when|if|and|but)\Z", clause, re.IGNORECASE)
    end = next((s.end for s in _sentences(page, draft.cue)), draft.cue.end)
    answer = any(other.source and other.cue and draft.cue.end < other.cue.start <= end for other in drafts)
    return bool(opens) and answer


def _sentences(page: Page, at: Span) -> list[Span]:
    paragraph = next((one for one in page.paragraphs if one.contains(at)), None)
    return [one for one in sentence_spans(page.masked, paragraph) if one.contains(at)] if paragraph else []


def _around(page: Page, draft: Draft) -> Attribution | None:
    """The report of the same subject inside which a draft's cue has a subject of its own.

    "She told the jury Rolfe stood over her and asked her if …": whoever is asked is not who asks.
    """
    source, cue = draft.source, draft.cue
    if source is None or cue is None or not source.end < cue.start or "\n" in page.masked[source.end : cue.start]:
        return None
    sentence = next(iter(_sentences(page, cue)), None)
    if sentence is None or not _OF_HER.match(page.masked, cue.end):
        return None
    for found in find_attributions(page.masked, [sentence]):
        if found.source is None or not found.source.overlaps(source) or len(found.content) > 1:
            continue
        told = found.content[0]
        if found.cue.end <= told.start and told.end < cue.start and page.masked[told.end : cue.start] == " and ":
            addressed = _ADDRESSEE.match(page.masked, told.start, told.end)
            start = addressed.end() if addressed else told.start
            subject = _NEW_SUBJECT.match(page.masked, start, told.end)
            whole = Span(start, max(one.end for one in draft.content))
            return replace(found, content=(whole,)) if subject and whole.start < cue.start < whole.end else None
    return None

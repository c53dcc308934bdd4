"""A paragraph's sentences -> who said what in them, as bare spans.

In a text whose quotations are masked, each cue is looked at with what stands left and right of it:

    SOURCE cue (that) content                      Zelensky said that talks were “not easy”
    “content,” SOURCE cue / cue SOURCE, “content”  “I have,” Varnholt said, “and I did not.”
    according to SOURCE, content                   According to the trust, the weir was the reason.
    …, participle content                          Merz praised it, calling it “a step”

Promise: conservative about the source, which has to be the subject of its cue: whoever is merely mentioned in the
content is never taken for its speaker. What this module does not know: who "he" is (:mod:`qa.attribution.speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa import deadline
from qa.attribution.cues import Cue, Use, find_cues
from qa.attribution.lexicon import ADDRESSED
from qa.attribution.masking import CLOSE, OPEN
from qa.attribution.subjects import subject_after, subject_before, subject_of
from qa.text import sentence_spans
from qa.types import Span

__all__ = ["Attribution", "find_attributions"]

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHEN = rf"(?:(?:on|late|early|last)\s+)*{_DAY}(?:\s+(?:morning|night|evening|afternoon))?|yesterday|today|this\s+week"
# What may stand between a cue and its clause.
_BETWEEN = re.compile(
    rf"(?:\s+(?:{_WHEN})\b)?(?:\s+in\s+(?:an?|his|her|their|its|the)\s+(?:\w+\s+)?(?:statement|interview|letter|speech|"
    rf"email|tweet|post|report|newsletter)\b)?(?:\s+(?:{_WHEN})\b)?(?:\s+[a-z]+ly(?=[,:]?\s*{OPEN}))?"
)
_ADDRESSEE = re.compile(
    r"\s+(?:(?:him|her|them|me|us|you|reporters|journalists|voters|supporters|lawmakers)\b"
    r"|(?:[\w’'.&-]+\s+){0,8}?[\w’'.&-]+(?=\s+(?:that|how|why|whether|what|if)\b|[,:]?\s*“|[,:;]|\.?\Z)"
    r"|(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+[A-Z][\w’'.&-]*)*)"
)
# Where a content ends although the sentence goes on.
_AFTERTHOUGHT = re.compile(
    r",?\s+(?:which|whom)\s+(?=(?:he|she|they|it)\s)|,\s+(?:an?|the)\s+(?:stance|claim|charge|position|view|accusation|"
    r"move|statement|figure|demand|promise)\b|,\s+referring\s+to\b|;\s"
)
_JOINT = {
    True: re.compile(rf"(?:,|(?<={CLOSE}))\s+(?:(?:and|but|while)\s+)?\Z"),
    False: re.compile(r",?\s+(?:and|but)\s+\Z|,\s+(?:and|but|while|though|although)\s+[^,“”;:]{1,60}\s\Z"),
}
_JOINT_REACH = 100  # code points
_CUES = 20  # cues behind one that may end its content
_LONGEST = 3_000  # code points; what is longer is no sentence of news, and its parts are looked at again and again
_SOURCE_END = re.compile(r",\s|;|\s“|\.?\Z")
# After the subject and cue of an interrupted quotation comes its other half …
_OTHER_HALF = re.compile(rf"(?:[,.:;—–]\s*)({OPEN})")
# … or nothing that could be a clause.
_ASIDE = re.compile(
    rf"\s*(?:[,.;:{CLOSE}]|\Z|\b(?:{_WHEN})\b|(?:in|at|on|during|to|before|after|of|about|from|as|when|while|with|"
    r"last|this|via|by|for)\s)"
)
_ADVERBIAL = re.compile(rf"(?:in|on|at|to|of|about|during)\s+\S+(?:\s+\S+)?|recently|later|{_WHEN}")
_QUOTATIONS = re.compile(rf"(?:{OPEN}[Xx]*[,.?!…]?{CLOSE}?\s*)+")
_OPENING = re.compile(r"(?:But|And|So|Yet|However,|Still,|Meanwhile,)\s+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content in article coordinates, not yet resolved to a person."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]


def find_attributions(masked: str, paragraphs: Sequence[Span]) -> Iterator[Attribution]:
    """Find the attributions of a masked text, in reading order."""
    for number, paragraph in enumerate(paragraphs):
        below = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        quoted = below is not None and masked.startswith(OPEN, below.start)
        announced = below if quoted and masked.endswith(":", paragraph.start, paragraph.end) else None
        last: list[Attribution] = []
        for sentence in sentence_spans(masked, paragraph):
            deadline.check()
            words = sentence.of(masked)
            found = [] if len(words) > _LONGEST else [_shifted(each, sentence.start) for each in _in_sentence(words)]
            if not found and last and _QUOTATIONS.fullmatch(words):  # goes on after its attribution
                *last, open_one = last
                found = [replace(open_one, content=(*open_one.content, sentence))]
            elif announced and sentence.end == paragraph.end:
                found += _announcing(words, sentence.start, announced)
            yield from last
            last = found
        yield from last


def _announcing(words: str, start: int, announced: Span) -> list[Attribution]:
    """Read "Cruz continued:" with the quotation in the paragraph below."""
    cue = next((cue for cue in reversed(find_cues(words)) if words[cue.end :].strip(" :") == ""), None)
    source = subject_before(words, 0, cue.start) if cue else None
    if cue is None or source is None:
        return []
    return [Attribution(source.shifted(start), Span(cue.start, cue.end).shifted(start), (announced,))]


def _shifted(attribution: Attribution, by: int) -> Attribution:
    source = attribution.source and attribution.source.shifted(by)
    return Attribution(source, attribution.cue.shifted(by), tuple(span.shifted(by) for span in attribution.content))


def _in_sentence(text: str) -> list[Attribution]:
    """Read one masked sentence from left to right; a cue inside an earlier content is part of that content."""
    cues = find_cues(text)
    found: list[Attribution] = []
    free, subject = 0, None
    for cue in cues:
        if cue.start < free:
            continue
        if attribution := _attribute(text, cue, free, _content_end(text, cue, cues), subject):
            found.append(attribution)
            subject = attribution.source or subject
            free = max(span.end for span in (*attribution.content, attribution.cue))
    return found


def _content_end(text: str, cue: Cue, cues: Sequence[Cue]) -> int:
    """Where the words after ``cue`` stop being its content: an afterthought, or the next cue of the same speaker."""
    afterthought = _AFTERTHOUGHT.search(text, cue.end)
    limit = afterthought.start() if afterthought else len(text)
    behind = cues[bisect_left(cues, cue.end, key=lambda one: one.start) :][:_CUES]
    for later in behind:
        joint = _joint(text, cue.end, later.start, weak=later.participle or later.use is Use.ACCORDING)
        if joint:
            return min(limit, joint.start())
    return limit


def _joint(text: str, start: int, end: int, *, weak: bool) -> re.Match[str] | None:
    """What joins the words before ``end`` to a cue there; no joint is longer than ``_JOINT_REACH``."""
    return _JOINT[weak].search(text, max(start, end - _JOINT_REACH), end)


def _attribute(text: str, cue: Cue, free: int, limit: int, subject: Span | None) -> Attribution | None:
    if cue.use is Use.ACCORDING:
        return _according(text, cue, free, limit)
    if cue.participle:
        source, joined = subject or subject_of(text), _joint(text, 0, cue.start, weak=True)
        if not joined:  # "While welcoming what he called “a step”, Merz said"
            if text.count(" ", 0, cue.start) > 1:
                return None
            limit = min(limit, text.find(",", cue.end) % (len(text) + 1))
        return _standard(text, cue, source, limit) if source and source.start != cue.start else None
    if cue.inverts and (after := _inverted(text, cue, free, limit)):
        return after
    source = subject_before(text, free, cue.start)
    if source is None:
        joined = _joint(text, 0, cue.start, weak=False)
        return _standard(text, cue, subject or subject_of(text), limit) if joined else None
    return _parenthetical(text, cue, source, free, limit) or _standard(text, cue, source, limit)


def _according(text: str, cue: Cue, free: int, limit: int) -> Attribution | None:
    end = _SOURCE_END.search(text, cue.end)
    source = _trimmed(text, cue.end, end.start()) if end else None
    left = _left(text, 0 if _joint(text, 0, cue.start, weak=True) else free, cue.start)
    content = left or (_trimmed(text, source.end, limit) if source else None)
    return _attribution(source, cue, content)


def _inverted(text: str, cue: Cue, free: int, limit: int) -> Attribution | None:
    """Read "“content,” cue SOURCE" and its other half."""
    left = text[free : cue.start].rstrip()
    if not left.endswith((CLOSE, ",")) or (left.endswith(",") and subject_before(text, free, cue.start)):
        return None
    source = subject_after(text, cue.end)
    return (
        _attribution(source, cue, _left(text, free, cue.start), _other_half(text, source.end, limit))
        if source
        else None
    )


def _parenthetical(text: str, cue: Cue, source: Span, free: int, limit: int) -> Attribution | None:
    """Read "“content,” SOURCE cue, “content”" and "content, SOURCE cue, content"; None when it is neither."""
    before = text[free : source.start].rstrip()
    after = _past_addressee(text, cue)
    finished = before[-2:-1] in [*",.?!…"] and not text.startswith(" that ", after)
    if before.endswith(CLOSE) and (finished or _ASIDE.match(text, after)):
        return _attribution(source, cue, _left(text, free, source.start), _other_half(text, cue.end, limit))
    if before.endswith(",") and re.match(r"\s*(?:,|\.?\Z)", text[after:]):
        return _attribution(source, cue, _left(text, free, source.start), _trimmed(text, after, limit))
    return None


def _standard(text: str, cue: Cue, source: Span | None, limit: int) -> Attribution | None:
    """Read "SOURCE cue (that) content"."""
    start = _past_addressee(text, cue)
    if cue.use is Use.OBJECT and text[start:].startswith(" as "):
        start += len(" as")
    content = _trimmed(text, start, limit)
    if content is None or (cue.quoting and OPEN not in content.of(text)) or _ADVERBIAL.fullmatch(content.of(text)):
        return None
    return _attribution(source, cue, content)


def _past_addressee(text: str, cue: Cue) -> int:
    """Where the content may start: after "reporters", "on Monday", "in a statement"."""
    position = cue.end
    if cue.verb in ADDRESSED and (addressee := _ADDRESSEE.match(text, position)):
        position = addressee.end()
    between = _BETWEEN.match(text, position)
    return between.end() if between and cue.use is Use.CLAUSE else position


def _other_half(text: str, start: int, limit: int) -> Span | None:
    quotation = _OTHER_HALF.search(text, start, limit)
    return _trimmed(text, quotation.start(1), limit) if quotation else None


def _left(text: str, start: int, end: int) -> Span | None:
    """The content before a subject: without what links it to earlier sentences, and no mere adverbial."""
    span = _trimmed(text, start, end)
    if span is None:
        return None
    opening = _OPENING.match(text, span.start, span.end)
    start = opening.end() if opening else span.start
    if span.of(text).endswith(CLOSE) and (colon := text.find(f": {OPEN}", start, span.end)) >= 0:
        start = colon + 2
    adverbial = text.count(" ", start, span.end) < 3 and _ASIDE.match(text[start : span.end].lower() + " ")
    return None if adverbial and OPEN not in text[start : span.end] else Span(start, span.end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without space and punctuation at its borders, but with its quotation marks."""
    while start < end and text[start] in " ,:;.—–-\n":
        start += 1
    while start < end and text[end - 1] in " ,:;.—–-\n":
        end -= 1
    return Span(start, end) if start < end else None


def _attribution(source: Span | None, cue: Cue, *content: Span | None) -> Attribution | None:
    fragments = tuple(span for span in content if span)
    return Attribution(source, Span(cue.start, cue.end), fragments) if fragments else None

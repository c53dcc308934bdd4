"""Attributions, annotated or found, as sets of word numbers; and which of them are the same.

Rows are PolNeAR's: ``text`` and ``attributions`` with ``source``, ``cue`` and ``content`` as lists of ``[start, end]``,
``type`` (direct, indirect, mixed). Who an annotated source means is what the resolver says of it, so that a difference
between annotated and found speakers is one of finding, not of resolving.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qa.attribution.masking import find_quotations, mask_quotations
from qa.attribution.speakers import speakers_of
from qa.text import paragraph_spans
from qa.types import Article, Resolution, Span, Speaker, Statement, StatementKind

__all__ = ["PARTS", "Attributed", "annotated", "article_of", "found", "match", "resolve_annotated"]

PARTS = ("all", "speech cue", "other cue", "direct", "mixed", "indirect")
# Independent of the rules' own lexicon, so that a longer lexicon does not change what is measured.
_SPEECH = re.compile(
    r":|\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|according to|"
    r"(?:add|ask|announc|not|report|argu|explain|declar|claim|insist|warn|suggest|acknowledg|conced|admit|admitt|"
    r"confirm|stat|repl|respond|answer|tweet|predict|promis|pledg|vow|urg|assert|alleg|stress|emphasiz|reiterat|"
    r"recall|remark|observ|complain|jok|conclud|call|describ|criticiz|prais|condemn|reject|dismiss|denounc|accus|"
    r"den|blast|slam|quip|lament|counter|caution|testif)(?:e|es|ed|ies|ied|y|s|ing)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution as sets of word numbers, and where its source begins and ends.

    ``speech`` goes by the cue; ``said`` when the attributor lists it as a statement.
    """

    source: frozenset[int]
    content: frozenset[int]
    form: str
    speech: bool
    speaker: Speaker | None = None
    said: bool = True
    at: Span | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the table that it counts in."""
        return ("all", "speech cue" if self.speech else "other cue", self.form)

    @property
    def person(self) -> str | None:
        """The name of the person who speaks."""
        human = self.speaker and self.speaker.resolution is not Resolution.ORGANISATION
        return self.speaker.name if self.speaker and human else None


def article_of(text: str) -> Article:
    """Wrap a text as it stands: the annotation counts its code points, so it is not normalised."""
    return Article.bare(text, paragraph_spans(text))


def resolve_annotated(row: dict[str, Any]) -> dict[Span, Speaker]:
    """Say whom the annotated sources of a row mean."""
    text = row["text"]
    sources = (Span(*each["source"][0]) for each in row["attributions"] if each["source"])
    return speakers_of(text, mask_quotations(text, find_quotations(text)), sources, row.get("title") or "")


def annotated(row: dict[str, Any], words: Sequence[Span], speakers: dict[Span, Speaker]) -> list[Attributed]:
    """Read a row's attributions; those without content are left out."""
    text = row["text"]
    return [
        Attributed(
            source=_numbers([Span(*part) for part in each["source"]], words),
            content=content,
            form=each["type"],
            speech=_reports(text[start:end] for start, end in each["cue"]),
            speaker=speakers[at] if at else None,
            at=at,
        )
        for each in row["attributions"]
        for at in [Span(*each["source"][0]) if each["source"] else None]
        if (content := _numbers([Span(*part) for part in each["content"]], words))
    ]


def found(statements: Iterable[Statement], text: str, words: Sequence[Span]) -> list[Attributed]:
    """Read what an attributor found."""
    return [
        Attributed(
            source=_numbers(each.source, words),
            content=_numbers(each.content, words),
            form=each.form.value,
            speech=_reports(span.of(text) for span in each.cue),
            speaker=each.speaker,
            said=each.kind is StatementKind.SPEECH,
        )
        for each in statements
    ]


def match(
    gold: Sequence[Attributed], found: Sequence[Attributed], *, joint: bool = False
) -> list[tuple[int, int, float]]:
    """Pair gold with found one to one, best content overlap first: (gold, found, IoU) of at least .5."""
    pairs = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            iou = _iou(one.content, other.content)
            if iou >= 0.5 and (not joint or _same_source(one, other)):
                pairs.append((g, f, iou))
    chosen: list[tuple[int, int, float]] = []
    for g, f, iou in sorted(pairs, key=lambda pair: (-pair[2], pair)):
        if all(g != other[0] and f != other[1] for other in chosen):
            chosen.append((g, f, iou))
    return chosen


def _reports(cue: Iterable[str]) -> bool:
    return bool(_SPEECH.search(" ".join(cue)))


def _numbers(spans: Iterable[Span], words: Sequence[Span]) -> frozenset[int]:
    """The numbers of the words that any of the spans touches."""
    return frozenset(number for span in spans for number, word in enumerate(words) if word.overlaps(span))


def _iou(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _same_source(one: Attributed, other: Attributed) -> bool:
    return one.source == other.source or _iou(one.source, other.source) >= 0.5

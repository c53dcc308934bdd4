"""The verification of a quotation -> its verdict in words, the words that differ, and where they are from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from qa.answering.denying import denied
from qa.output.links import speaker_href
from qa.tokens import tokens_of
from qa.types import Span
from qa.verification.verifying import Difference, Verdict, Verification
from web.views.cards import Card, card
from web.views.pieces import Piece, cut

__all__ = ["VERDICT_WORDS", "Check", "Stretch", "check", "inline"]

VERDICT_WORDS = {
    Verdict.VERBATIM: ("Word for word", "These words stand in the archive as quoted."),
    Verdict.DAMAGED: ("Damaged in transit", "The archive has these words; letters, hyphens or spaces were misread."),
    Verdict.ALTERED: ("Altered", "The archive has these words, but not all of them as quoted."),
    Verdict.STITCHED: ("Stitched together", "The parts are in the archive, but not together as quoted."),
    Verdict.ABSENT: ("Not found", "No article in this archive has these words."),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a quotation; ``source`` is what the article has instead, None where it has the same."""

    quoted: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A quotation after its check. ``pieces`` are its own words, with those marked that differ."""

    verdict: str
    heading: str
    explanation: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    changes: tuple[Difference, ...]
    stretches: tuple[Stretch, ...]
    speakers: tuple[tuple[str, str | None], ...]
    deniers: tuple[tuple[str, str | None], ...]


def check(result: Verification) -> Check:
    """Draw the result of a check."""
    heading, explanation = VERDICT_WORDS[result.verdict]
    whole = Span(0, len(result.quotation))
    differing = [each.quoted_span for each in result.differences if each.quoted_span]
    return Check(
        verdict=result.verdict.value,
        heading=heading,
        explanation=explanation,
        pieces=tuple(cut(result.quotation, whole, differing, whole, set())),
        cards=tuple(card(citation, citation.sentence) for citation in result.citations),
        changes=result.differences,
        stretches=inline(result),
        speakers=tuple((name, speaker_href(name)) for name in _speakers(result, denying=False)),
        deniers=tuple((name, speaker_href(name)) for name in _speakers(result, denying=True)),
    )


def inline(result: Verification) -> tuple[Stretch, ...]:
    """The words of a quotation in a row, each change where it is."""
    return tuple(_stretches(result))


def _stretches(result: Verification) -> Iterator[Stretch]:
    text, done = result.quotation, 0
    for piece in result.pieces if result.differences else ():
        quoted = [one.span for one in tokens_of(text) if piece.span.contains(one.span)]
        source = piece.citation.article.text
        there = [one.span for one in tokens_of(source) if piece.citation.span.contains(one.span)]
        at = beside = 0  # how many words of the quotation and of the source are told
        for change in piece.differences:
            if change.quoted_span:
                same = bisect_left(quoted, change.quoted_span) - at
            else:
                same = bisect_left(there, change.source_span or piece.citation.span) - beside
            at, beside = at + same, beside + same
            start = quoted[at].start if at < len(quoted) else piece.span.end
            if done < start:
                yield Stretch(text[done:start])
            done = max(done, start)
            yield Stretch(change.quoted, change.source)
            if change.quoted_span:
                done = change.quoted_span.end
                at += sum(change.quoted_span.contains(span) for span in quoted)
            if change.source_span:
                beside += sum(change.source_span.contains(span) for span in there)
    if done < len(text):
        yield Stretch(text[done:])


def _speakers(result: Verification, *, denying: bool) -> tuple[str, ...]:
    """Who says it, or denies it, each once; nobody without a name."""
    cited = [(one.article, one.statement) for one in result.citations if one.statement]
    said = [statement.speaker for article, statement in cited if denied(statement, article) is denying]
    return tuple(dict.fromkeys(one.name for one in said if one and one.name))

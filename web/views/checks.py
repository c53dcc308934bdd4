"""The verification of a quotation -> its verdict in words, the words that differ, and where they are from."""

from __future__ import annotations

from dataclasses import dataclass

from qa.types import Span
from qa.verification.verifying import Difference, Verdict, Verification
from web.views.cards import Card, card
from web.views.pieces import Piece, cut

__all__ = ["Check", "check"]

VERDICT_WORDS = {
    Verdict.VERBATIM: ("Word for word", "These words stand in the archive as quoted."),
    Verdict.ALTERED: ("Altered", "The archive has these words, but not all of them as quoted."),
    Verdict.STITCHED: ("Stitched together", "The parts are in the archive, but not together as quoted."),
    Verdict.ABSENT: ("Not found", "No article in this archive has these words."),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A quotation after its check. ``pieces`` are its own words, with those marked that differ."""

    verdict: str
    heading: str
    explanation: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    changes: tuple[Difference, ...]


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
    )

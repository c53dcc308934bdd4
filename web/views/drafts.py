"""The check of a draft -> its text with its quotations marked, and each of them with what the archive has of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qa.answering.denying import denied
from qa.output.links import speaker_href
from qa.types import Span, Speaker
from qa.verification.drafting import Checked, DraftCheck, Judgement
from qa.verification.verifying import Verdict, Verification
from web.views.cards import Card, card
from web.views.checks import VERDICT_WORDS, Stretch, inline
from web.views.pieces import Piece, cut

__all__ = ["DraftView", "QuotationView", "draft"]

JUDGEMENT_WORDS = {
    **{Judgement(verdict.value): words for verdict, words in VERDICT_WORDS.items()},
    Judgement.MISATTRIBUTED: ("Said by another", "The archive has these words from somebody else."),
}


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A quotation of a draft.

    ``verdict`` says in words how it differs where it is somebody else's too; ``said_by`` is who says it in the draft,
    ``speakers`` who in the archive, with their pages; ``stretches`` are its words with what differs, ``more`` counts
    places that are not shown.
    """

    number: int
    judgement: str
    heading: str
    explanation: str
    verdict: str | None
    said_by: str | None
    speakers: tuple[tuple[str, str | None], ...]
    denied: bool
    stretches: tuple[Stretch, ...]
    cards: tuple[Card, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft: its own words in pieces, whose marks are its quotations, how many are what, and all of them."""

    heading: str
    counts: tuple[tuple[str, str, int], ...]
    pieces: tuple[Piece, ...]
    quotations: tuple[QuotationView, ...]


def draft(check: DraftCheck) -> DraftView:
    """Draw the result of a check."""
    whole, spans = Span(0, len(check.text)), [one.span for one in check.quotations]
    found = Counter(one.judgement for one in check.quotations)
    number = len(check.quotations)
    return DraftView(
        heading=f"{number} quotation{'' if number == 1 else 's'}",
        counts=tuple(
            (judgement.value, JUDGEMENT_WORDS[judgement][0], found[judgement])
            for judgement in Judgement
            if found[judgement]
        ),
        pieces=tuple(cut(check.text, whole, spans, whole, set())),
        quotations=tuple(_quotation(number, one) for number, one in enumerate(check.quotations, start=1)),
    )


def _quotation(number: int, one: Checked) -> QuotationView:
    heading, explanation = JUDGEMENT_WORDS[one.judgement]
    verdict, shown = one.verification.verdict, tuple(_places(one.verification))
    differs = one.misattributed and verdict is not Verdict.VERBATIM
    return QuotationView(
        number=number,
        judgement=one.judgement.value,
        heading=heading,
        explanation=explanation,
        verdict=VERDICT_WORDS[verdict][0] if differs else None,
        said_by=_called(one.said_by) if one.said_by else None,
        speakers=tuple((_called(each), speaker_href(each.name) if each.name else None) for each in one.speakers),
        denied=any(each.statement and denied(each.statement, each.article) for each in one.verification.citations),
        stretches=inline(one.verification),
        cards=shown,
        more=len(one.verification.pieces) - len(shown),
    )


def _called(speaker: Speaker) -> str:
    return speaker.name or speaker.mention


def _places(verification: Verification) -> Iterator[Card]:
    """Where the words are: of the places that have all of them, the first."""
    seen: set[Span] = set()
    for piece in verification.pieces:
        if piece.span not in seen or verification.verdict is not Verdict.VERBATIM:
            yield card(piece.citation, piece.citation.sentence)
        seen.add(piece.span)

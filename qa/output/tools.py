"""Outcomes, verifications, passages, articles -> the short JSON that a language model's tools give.

A model reads all of it, so each citation has a third of the members of :mod:`qa.output.answers`, under the same names.
Promises: ``text[start:end] == cited_text`` of its article, in code points; ``href`` is a whole address at which the
words are marked; a refusal has its reason, and nothing in ``citations``. What this does not know: which tool asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from qa.answering.days import corrected_when, told_when
from qa.answering.denying import denied
from qa.answering.refusing import why
from qa.output.answers import DifferenceBody, PairBody
from qa.output.links import marked_spans, permalink, public_address, source_href
from qa.output.plain import shown
from qa.output.statements import RoleBody
from qa.people.identities import Profile
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Citation,
    NoAnswerReason,
    Outcome,
    Span,
    Standing,
    StatementForm,
)
from qa.verification.verifying import Piece, Verdict, Verification

__all__ = [
    "ArticleTextBody",
    "CheckBody",
    "PassagesBody",
    "QuoteBody",
    "ReplyBody",
    "SpokenBody",
    "article_uri",
]

URI = "onrecord://articles/"


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QuoteBody(_Body):
    """Exact words of one article."""

    number: int
    cited_text: str = Field(description="Exact words; quote nothing else.")
    start: int = Field(description="Their place in the article's text, in code points.")
    end: int
    article_id: str
    title: str
    outlet: str | None
    published: date | None
    speaker: str | None = Field(description="Who says them; null: the article itself.")
    role: str | None
    form: StatementForm | None = Field(description="direct: in quotation marks; mixed: partly; indirect: reported.")
    denied: bool = Field(description="The speaker denies these words: never quote them as said.")
    told: str | None = Field(description="When they were said, where not on the article's day.")
    sentence: str = Field(description="The sentence around them.")
    corrected: str | None = Field(description="That the article has been corrected.")
    outdated: bool = Field(description="Whether a correction says that these words do not hold.")
    href: str = Field(description="Permalink to the marked words.")
    source_href: str | None

    @classmethod
    def from_citation(cls, citation: Citation, base: str) -> Self:
        """Describe a citation; ``base`` is this archive's address, without a slash."""
        article, statement = citation.article, citation.statement
        speaker = statement.speaker if statement else None
        return cls(
            number=citation.number,
            cited_text=citation.exact,
            start=citation.span.start,
            end=citation.span.end,
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            speaker=(speaker.name or speaker.mention) if speaker else None,
            role=speaker.role if speaker else None,
            form=statement.form if statement else None,
            denied=bool(statement and denied(statement, article)),
            told=told_when(citation),
            sentence=citation.sentence.of(article.text),
            corrected=corrected_when(citation.corrections[0]) if citation.corrections else None,
            outdated=bool(citation.outdated),
            href=base + permalink(article.id, marked_spans(citation)),
            source_href=source_href(article, citation.span),
        )


class ReplyBody(_Body):
    """An answer in exact words, or a refusal, which is a result."""

    outcome: Standing = Field(description="answered; not_sure: read `nearest`; not_in_archive: say so.")
    message: str | None = Field(description="Why there is no answer.")
    reason: NoAnswerReason | None
    understood: str = Field(description="The question as it was looked up.")
    kind: AnswerKind | None
    confidence: float | None
    citations: list[QuoteBody]
    more: int = Field(description="Citations that are left out.")
    pairs: list[PairBody] = Field(description="Which citation contradicts which.")
    ask_instead: list[str] = Field(description="Where a name is several people's: a question for each.")
    nearest: list[QuoteBody] = Field(description="Not answers.")

    @classmethod
    def from_outcome(cls, outcome: Outcome, base: str, most: int) -> Self:
        """Describe an outcome with at most so many citations, or so many of each side of a comparison."""
        answer = outcome if isinstance(outcome, Answer) else None
        refusal = None if isinstance(outcome, Answer) else outcome
        cited = shown(answer, most) if answer else ()
        return cls(
            outcome=outcome.standing,
            message=why(refusal) if refusal else None,
            reason=refusal.reason if refusal else None,
            understood=outcome.question.text,
            kind=answer.kind if answer else None,
            confidence=round(answer.confidence, 4) if answer else None,
            citations=_quotes(cited, base),
            more=len(answer.citations) - len(cited) if answer else 0,
            pairs=[PairBody(claim=one.claim, otherwise=one.otherwise, how=one.how) for one in answer.pairs[:most]]
            if answer
            else [],
            ask_instead=[each.question for one in outcome.ambiguous for each in one.people],
            nearest=_quotes(refusal.nearest, base) if refusal else [],
        )


class PassagesBody(_Body):
    """Passages, the nearest first; whether they answer anything is not said."""

    passages: list[QuoteBody]

    @classmethod
    def of(cls, citations: Sequence[Citation], base: str) -> Self:
        """Describe passages."""
        return cls(passages=_quotes(citations, base))


class PartBody(_Body):
    """A part of a quotation and where it comes from."""

    start: int = Field(description="Its place in `quotation`.")
    end: int
    source: QuoteBody
    differences: list[DifferenceBody]

    @classmethod
    def from_piece(cls, number: int, piece: Piece, base: str) -> Self:
        """Describe a part."""
        source = QuoteBody.from_citation(piece.citation, base).model_copy(update={"number": number})
        differences = [DifferenceBody.from_difference(each) for each in piece.differences]
        return cls(start=piece.span.start, end=piece.span.end, source=source, differences=differences)


class CheckBody(_Body):
    """Whether a quotation is in the archive word for word."""

    verdict: Verdict = Field(
        description="verbatim, damaged (misread in transit), altered, stitched (from several places) or absent."
    )
    quotation: str
    pieces: list[PartBody]

    @classmethod
    def from_verification(cls, verification: Verification, base: str) -> Self:
        """Describe what became of a check."""
        pieces = [PartBody.from_piece(number, each, base) for number, each in enumerate(verification.pieces, start=1)]
        return cls(verdict=verification.verdict, quotation=verification.quotation, pieces=pieces)


class VoiceBody(_Body):
    """Somebody who says something."""

    name: str
    slug: str
    roles: list[RoleBody]
    statements: int
    first: date | None
    last: date | None


class SpokenBody(_Body):
    """Some of the speakers, who says most first."""

    total: int
    speakers: list[VoiceBody]

    @classmethod
    def of(cls, page: Sequence[Profile], total: int) -> Self:
        """Describe a page of speakers."""
        speakers = [
            VoiceBody(
                name=one.name,
                slug=one.slug,
                roles=[RoleBody.from_role(role) for role in one.roles[:3]],
                statements=one.statements,
                first=one.first,
                last=one.last,
            )
            for one in page
        ]
        return cls(total=total, speakers=speakers)


class ArticleTextBody(_Body):
    """A stretch of an article's text."""

    article_id: str
    title: str
    outlet: str | None
    byline: str | None
    published: date | None
    url: str | None = Field(description="Where it was published.")
    text: str
    start: int = Field(description="Where `text` begins in the article's text, in code points.")
    end: int
    length: int = Field(description="Of the article's text; where `end` is less, ask for the rest.")
    corrected: str | None
    href: str

    @classmethod
    def of(cls, article: Article, start: int, most: int, base: str, corrected: str | None) -> Self:
        """Cut ``most`` code points from ``start`` out of an article's text."""
        end = min(len(article.text), start + most)
        spans = (Span(start, end),) if 0 < start < end else ()
        return cls(
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            byline=article.byline,
            published=article.published,
            url=public_address(article.url),
            text=article.text[start:end],
            start=min(start, end),
            end=end,
            length=len(article.text),
            corrected=corrected,
            href=base + permalink(article.id, spans),
        )


def article_uri(article_id: str) -> str:
    """Name an article as a resource."""
    return f"{URI}{article_id}"


def _quotes(citations: Sequence[Citation], base: str) -> list[QuoteBody]:
    return [QuoteBody.from_citation(each, base) for each in citations]

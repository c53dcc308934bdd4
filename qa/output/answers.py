"""The JSON bodies: what the library returns -> what leaves the process: at `/api`, and from `qa --json`.

Promise: ``article.text[start:end] == cited_text`` for every citation, in code points; ``utf16`` counts the same place
in the units of JavaScript and Java. Selectors are those of the W3C Web Annotation model. This module knows pydantic and
the library, not the web framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from qa.answering.days import corrected_when
from qa.answering.denying import denied
from qa.answering.refusing import why
from qa.output.links import (
    card_href,
    is_web_address,
    marked_spans,
    page_picture,
    permalink,
    public_address,
    source_href,
    speaker_href,
    statement_id,
)
from qa.protocols import Summary
from qa.records import Status
from qa.stories import Change as WordChange
from qa.stories import Stretch
from qa.text import utf16_offset
from qa.types import (
    Ambiguous,
    Answer,
    AnswerKind,
    Article,
    Citation,
    Contrary,
    Correction,
    CountedFrom,
    LentDetail,
    Missing,
    NoAnswerReason,
    NoticeKind,
    Outcome,
    Part,
    Point,
    QuestionKind,
    Resolution,
    Side,
    Span,
    Standing,
    Statement,
    StatementForm,
    StatementKind,
    Step,
    Story,
    Told,
)
from qa.verification.drafting import Checked, DraftCheck, Judgement
from qa.verification.verifying import Change, Difference, Piece, Verdict, Verification

__all__ = [
    "AnswerBody",
    "ArticleBody",
    "ArticleListBody",
    "ArticleRef",
    "CarriedBody",
    "CitationBody",
    "CopyBody",
    "CorrectionBody",
    "FullArticleBody",
    "ListedBody",
    "MissingBody",
    "ReadinessBody",
    "SideBody",
    "SliceBody",
    "StatementBody",
    "UnderstoodBody",
    "VerificationBody",
    "WordingBody",
]

OMISSION = " … "  # between the fragments of a cue that is not in one piece


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RangeBody(_Body):
    """A half-open range."""

    start: int
    end: int

    @classmethod
    def from_span(cls, span: Span) -> Self:
        """Copy a span."""
        return cls(start=span.start, end=span.end)


class SliceBody(RangeBody):
    """A range of code points in the article's text, and the words there."""

    text: str

    @classmethod
    def of(cls, article: Article, span: Span) -> Self:
        """Cut ``span`` out of the article."""
        return cls(start=span.start, end=span.end, text=span.of(article.text))


class TextQuoteSelector(_Body):
    """Finds the words by what they are and what stands around them."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(_Body):
    """Finds the words by their place, in code points."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


Selector = Annotated[TextQuoteSelector | TextPositionSelector, Field(discriminator="type")]


class ArticleRef(_Body):
    """An article in a list."""

    id: str
    title: str
    outlet: str | None
    byline: str | None
    published: date | None
    url: str | None = Field(description="Where it was published; null for a file of the server's own.")
    href: str = Field(description="Address of the article in this archive, relative to the server.")

    @classmethod
    def from_summary(cls, article: Summary) -> Self:
        """Describe an article without its text."""
        return cls(
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            byline=article.byline,
            published=article.published,
            url=public_address(article.url),
            href=permalink(article.id, ()),
        )


class CopyBody(_Body):
    """An article with the same text as another, or with that text edited."""

    id: str
    title: str
    outlets: list[str]
    published: date | None
    words: int = Field(description="How many words its text has.")
    first: bool = Field(description="Whether it is that of the earliest day among all copies, of one day the fullest.")
    fullest: bool = Field(description="Whether it is the longest of all copies.")
    href: str = Field(description="Address of the article in this archive, relative to the server.")

    @classmethod
    def others(cls, article_id: str, story: Story | None) -> list[Self]:
        """Describe the other copies of an article's story."""
        if story is None:
            return []
        return [
            cls(
                id=copy.article_id,
                title=copy.title,
                outlets=list(copy.outlets),
                published=copy.published,
                words=copy.words,
                first=copy == story.first,
                fullest=copy == story.fullest,
                href=permalink(copy.article_id, ()),
            )
            for copy in story.others(article_id)
        ]


class ListedBody(ArticleRef):
    """An article in a list of articles, with its copies."""

    copies: list[CopyBody] = Field(description="Other articles that are the same text, or that text edited.")

    @classmethod
    def of(cls, article: Summary, story: Story | None) -> Self:
        """Describe an article without its text, and the other copies of its story."""
        ref = ArticleRef.from_summary(article)
        return cls(**ref.model_dump(), copies=CopyBody.others(article.id, story))


class ArticleBody(_Body):
    """The article that a citation is from; ``text_sha256`` identifies the text that its offsets count in."""

    id: str
    title: str
    outlet: str | None
    byline: str | None
    published: date | None
    url: str | None = Field(description="Where it was published; null for a file of the server's own.")
    text_sha256: str

    @classmethod
    def from_article(cls, article: Article) -> Self:
        """Describe an article without its text."""
        return cls(
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            byline=article.byline,
            published=article.published,
            url=public_address(article.url),
            text_sha256=article.text_sha256,
        )


class StatementBody(_Body):
    """Who says the cited words, and how the article puts it."""

    id: str | None = Field(description="Article and place of the words, for ever: ARTICLE-START-END.")
    card_href: str | None = Field(
        description="Address of the statement alone, to link to and to embed, relative to the server; null for what "
        "is believed or planned."
    )
    speaker: str | None = Field(description="The speaker's full name, where it is known.")
    speaker_href: str | None = Field(description="Address of the speaker's page, relative to the server.")
    mention: str | None = Field(description="The speaker as printed there.")
    role: str | None
    resolution: Resolution = Field(
        description="How the mention was resolved: named, pronoun, title (a role that the article states), "
        "organisation; unresolved: it was not, or nobody is named."
    )
    source: list[SliceBody] = Field(
        description="Where the article names the speaker, and then whom it has the words from."
    )
    via: str | None = Field(description="Whom the article has the words from, where it is second-hand (“the Courier”).")
    cue: str | None = Field(description="The words that attribute, such as “said”.")
    cue_pieces: list[SliceBody] = Field(description="Their places.")
    form: StatementForm = Field(description="direct: all in quotation marks; mixed: some of it; indirect: none.")
    kind: StatementKind = Field(description="speech: said or written; other: believed, wanted, planned.")
    denied: bool = Field(description="The content is what the speaker denies (“denied that …”), not what they say.")
    confidence: float = Field(description="How surely these words are attributed to this source, between 0 and 1.")
    content: list[SliceBody] = Field(description="What is said, in one or more pieces.")

    @classmethod
    def from_statement(cls, statement: Statement, article: Article) -> Self:
        """Describe a statement of ``article``."""
        return cls(**cls.members(statement, article))

    @staticmethod
    def members(statement: Statement, article: Article) -> dict[str, Any]:
        """Describe a statement, for this body and those that add to it."""
        speaker = statement.speaker
        return {
            "id": statement_id(statement),
            "card_href": card_href(statement),
            "speaker": speaker.name if speaker else None,
            "speaker_href": speaker_href(speaker.name) if speaker and speaker.name else None,
            "mention": speaker.mention if speaker else None,
            "role": speaker.role if speaker else None,
            "resolution": speaker.resolution if speaker else Resolution.UNRESOLVED,
            "source": [SliceBody.of(article, span) for span in statement.source],
            "via": statement.via.of(article.text) if statement.via else None,
            "cue": OMISSION.join(span.of(article.text) for span in statement.cue) or None,
            "cue_pieces": [SliceBody.of(article, span) for span in statement.cue],
            "form": statement.form,
            "kind": statement.kind,
            "denied": denied(statement, article),
            "confidence": round(statement.confidence, 4),
            "content": [SliceBody.of(article, span) for span in statement.content],
        }


class ToldBody(SliceBody):
    """When a statement was made by the article's own words."""

    first: date = Field(description="First day that the words mean.")
    last: date = Field(description="Last day, inclusive.")

    @classmethod
    def of_told(cls, told: Told, article: Article) -> Self:
        """Describe when a statement of ``article`` was made."""
        words = told.words
        return cls(start=words.start, end=words.end, text=words.of(article.text), first=told.first, last=told.last)


class CitationBody(_Body):
    """One exact slice of one article, and how to find it again."""

    number: int
    cited_text: str
    start: int = Field(description="First code point in the article's text.")
    end: int = Field(description="One past the last code point.")
    utf16: RangeBody = Field(description="The same range in UTF-16 code units.")
    article: ArticleBody
    statement: StatementBody | None
    sentence: SliceBody = Field(description="The sentence or sentences around the cited words.")
    page: int | None = Field(description="The page on which the cited words begin, where the source has pages (PDF).")
    selectors: list[Selector] = Field(description="W3C Web Annotation selectors.")
    href: str = Field(description="Address of the marked words in this archive, relative to the server.")
    source_href: str | None = Field(description="Address of the words at the source, with a URL text fragment.")
    also_in: list[ArticleRef] = Field(description="Other articles that say it in nearly the same words.")
    fullest: str | None = Field(
        description="Of the copies of one text that say it, this article among them, the longest: its id. Null without."
    )
    told: ToldBody | None = Field(
        description="When the statement was made, where its sentence names a day or a period; not the article's day."
    )
    corrections: list[CorrectionBody] = Field(description="What has been corrected in the article, the newest first.")
    outdated: bool = Field(description="Whether the cited words are among those that do not hold any more.")

    @classmethod
    def from_citation(cls, citation: Citation) -> Self:
        """Describe a citation."""
        article, span, statement, told = citation.article, citation.span, citation.statement, citation.told
        return cls(
            number=citation.number,
            cited_text=citation.exact,
            start=span.start,
            end=span.end,
            utf16=_utf16(article.text, span),
            article=ArticleBody.from_article(article),
            statement=StatementBody.from_statement(statement, article) if statement else None,
            sentence=SliceBody.of(article, citation.sentence),
            page=article.page_of(span),
            selectors=[
                TextQuoteSelector(exact=citation.exact, prefix=citation.prefix, suffix=citation.suffix),
                TextPositionSelector(start=span.start, end=span.end),
            ],
            href=permalink(article.id, marked_spans(citation)),
            source_href=source_href(article, span),
            also_in=[ArticleRef.from_summary(other) for other in citation.also_in],
            fullest=citation.fullest.id if citation.fullest else None,
            told=ToldBody.of_told(told, article) if told else None,
            corrections=[CorrectionBody.from_correction(each, article) for each in citation.corrections],
            outdated=bool(citation.outdated),
        )


class StruckBody(RangeBody):
    """Words of the article that do not hold, and the right ones."""

    text: str
    right: str | None = Field(description="The words of the notice that stand in their place, where it has any.")


class CorrectionBody(_Body):
    """That an article has been corrected, and by what."""

    label: str = Field(description="The same in words: “Corrected on 14 January 2026”.")
    kind: NoticeKind
    day: date | None = Field(description="Since when; null where neither the notice nor its article says.")
    own: bool = Field(description="Whether the notice stands in the article itself, whose text is the corrected one.")
    notice: SliceBody = Field(description="The notice, in the text of the article where it stands.")
    article: ArticleRef = Field(description="Where the notice stands.")
    href: str = Field(description="Address of the marked notice in this archive, relative to the server.")
    struck: list[StruckBody] = Field(description="Words that do not hold, at their places in the corrected article.")

    @classmethod
    def from_correction(cls, correction: Correction, corrected: Article) -> Self:
        """Describe a correction of ``corrected``."""
        notice, article = correction.notice, correction.article
        return cls(
            label=corrected_when(correction),
            kind=notice.kind,
            day=correction.day,
            own=notice.own,
            notice=SliceBody.of(article, notice.span),
            article=ArticleRef.from_summary(article),
            href=permalink(article.id, (notice.span,)),
            struck=[
                StruckBody(
                    start=one.span.start,
                    end=one.span.end,
                    text=one.span.of(corrected.text),
                    right=one.right.of(article.text) if one.right else None,
                )
                for one in correction.struck
            ],
        )


class CarriedBody(_Body):
    """A part of a question that its own words do not have, or a word of it with a slip (part “spelling”)."""

    part: Part
    value: str
    words: str = Field(description="The words of the question that it stands for.")


class UnderstoodBody(_Body):
    """How a question was read, and which way was taken to its answer."""

    text: str = Field(description="The question in full words, as it was looked up.")
    kind: QuestionKind = Field(description="What the question was taken to ask for.")
    way: Literal["statements", "span"] = Field(
        description="statements: looked up among what people are reported to say; span: read out of passages."
    )
    speaker: str | None = Field(description="Whose statements are asked for, as typed.")
    other: str | None = Field(description="With whom they are compared, as typed.")
    topic: str | None = Field(description="On what, as typed.")
    quoted: str | None = Field(description="The words whose speaker is asked for.")
    cue: str | None = Field(description="The verb of speech that statements are asked for with (“deny”); null for any.")
    point: Point | None = Field(description="What is asked of the answer before it (“why?”); null: of the archive.")
    carried: list[CarriedBody] = Field(description="What was carried over from earlier questions, guessed, or mended.")
    published_after: date | None = Field(description="First publication date that was looked at, inclusive.")
    published_before: date | None = Field(description="Last publication date that was looked at, inclusive.")
    dates_said: str | None = Field(description="Words of the question that the dates were read from.")
    dates_counted_from: CountedFrom | None = Field(
        description="Where those words mean other days on another day: what they were counted from."
    )
    outlets: list[str]

    @classmethod
    def from_outcome(cls, outcome: Outcome) -> Self:
        """Describe the question behind an outcome."""
        question = outcome.question
        return cls(
            text=question.text,
            kind=question.kind,
            way="statements" if question.kind.of_statements else "span",
            speaker=question.speaker,
            other=question.other,
            topic=question.topic,
            quoted=question.quoted,
            cue=question.cue,
            point=question.point,
            carried=[CarriedBody(part=each.part, value=each.value, words=each.words) for each in question.carried],
            published_after=question.scope.published_after,
            published_before=question.scope.published_before,
            dates_said=question.dates_said,
            dates_counted_from=question.counted_from,
            outlets=list(question.scope.outlets),
        )


class MissingBody(_Body):
    """What the archive lacks for an answer."""

    words: str | None = Field(description="The words of the question, or the names chosen, that name it.")
    instead: list[str] = Field(
        description="What the archive has of the kind: its outlets, where none of those is there."
    )
    language: str | None = Field(description="The question’s, where the articles are not in it (“German”).")
    by: list[str] = Field(description="Which of two who are compared it lacks this of, as typed.")


class SideBody(_Body):
    """One of two who are compared."""

    asked: str = Field(description="The name as typed.")
    names: list[str] = Field(description="Whom it means: one speaker, or several where more have the name.")
    hrefs: list[str | None] = Field(description="Addresses of their pages, in the same order.")
    citations: list[int] = Field(description="Numbers of the citations that are theirs, newest first.")

    @classmethod
    def from_side(cls, side: Side) -> Self:
        """Describe a side."""
        return cls(
            asked=side.asked,
            names=list(side.names),
            hrefs=[speaker_href(name) for name in side.names],
            citations=[one.number for one in side.citations],
        )


class MeantBody(_Body):
    """One of several whom a name can mean."""

    name: str
    href: str | None = Field(description="The page of the speaker.")
    statements: int = Field(description="How many statements of theirs the archive has in all.")
    question: str = Field(description="Asks for this one alone.")


class AmbiguousBody(_Body):
    """A name or role that is several people's; all of them are answered for."""

    asked: str = Field(description="The words of the question.")
    people: list[MeantBody] = Field(description="Who says most first.")

    @classmethod
    def from_ambiguous(cls, one: Ambiguous) -> Self:
        """Describe what is ambiguous."""
        people = [
            MeantBody(name=each.name, href=speaker_href(each.name), statements=each.statements, question=each.question)
            for each in one.people
        ]
        return cls(asked=one.asked, people=people)


class RewordingBody(_Body):
    """Words that two statements of a course have otherwise."""

    now: list[SliceBody] = Field(description="In the later one's article; empty where words were left out.")
    then: list[SliceBody] = Field(description="In the earlier one's article; empty where words are new.")
    figure: bool = Field(description="Whether both have numbers or dates there, and other ones.")


class StepBody(_Body):
    """Where a citation stands in a course."""

    number: int = Field(description="The citation's.")
    first: date | None = Field(description="First day of the words: as the article tells it, else the article's own.")
    last: date | None
    since: int | None = Field(description="Number of the earlier citation that is worded like it; null: none is.")
    rewordings: list[RewordingBody]

    @classmethod
    def from_step(cls, step: Step, citations: Sequence[Citation]) -> Self:
        """Describe a step among the citations of its answer."""
        now = citations[step.number - 1].article
        then = citations[step.since - 1].article if step.since else now
        return cls(
            number=step.number,
            first=step.first,
            last=step.last,
            since=step.since,
            rewordings=[
                RewordingBody(
                    now=[SliceBody.of(now, span) for span in each.now],
                    then=[SliceBody.of(then, span) for span in each.then],
                    figure=each.figure,
                )
                for each in step.rewordings
            ],
        )


class PairBody(_Body):
    """Two statements that cannot both hold."""

    claim: int = Field(description="The number of the citation that claims something.")
    otherwise: int = Field(description="The number of the one that says otherwise.")
    how: Contrary = Field(
        description="denial: it says of the claim that it is not so; negation: the same with a “not”; figure: another "
        "number for the same thing."
    )


class AnswerBody(_Body):
    """An answer in the archive's own words, or an honest refusal with its reason."""

    question: str
    understood: UnderstoodBody
    answered: bool
    outcome: Standing = Field(
        description="answered; not_sure: `nearest` holds sentences to read, the likeliest first; not_in_archive."
    )
    kind: AnswerKind | None = Field(description="What the citations are; null when there is no answer.")
    answer: str | None = Field(description="The first citation's words.")
    confidence: float | None = Field(description="Between 0 and 1; null when there is no answer.")
    citations: list[CitationBody]
    sides: list[SideBody] = Field(description="Of a comparison, whose citations are whose; else empty.")
    steps: list[StepBody] = Field(description="Of a course, where each citation stands in it; else empty.")
    pairs: list[PairBody] = Field(description="Of who says otherwise, which citation contradicts which; else empty.")
    ambiguous: list[AmbiguousBody] = Field(description="Names in the question that are several people's.")
    reason: NoAnswerReason | None = Field(description="Why there is no answer.")
    message: str | None = Field(description="The same in a sentence.")
    missing: MissingBody | None = Field(description="What is not there; null when there is an answer.")
    nearest: list[CitationBody] = Field(description="What came nearest when there is no answer; not an answer.")
    timings_ms: dict[str, float]

    @classmethod
    def from_outcome(cls, outcome: Outcome) -> Self:
        """Describe the outcome of a question."""
        answer = outcome if isinstance(outcome, Answer) else None
        refusal = None if isinstance(outcome, Answer) else outcome
        return cls(
            question=outcome.question.words,
            understood=UnderstoodBody.from_outcome(outcome),
            answered=answer is not None,
            outcome=outcome.standing,
            kind=answer.kind if answer else None,
            answer=answer.text if answer else None,
            confidence=round(answer.confidence, 4) if answer else None,
            citations=[CitationBody.from_citation(each) for each in answer.citations] if answer else [],
            sides=[SideBody.from_side(each) for each in answer.sides] if answer else [],
            steps=[StepBody.from_step(each, answer.citations) for each in answer.steps] if answer else [],
            pairs=[PairBody(claim=each.claim, otherwise=each.otherwise, how=each.how) for each in answer.pairs]
            if answer
            else [],
            ambiguous=[AmbiguousBody.from_ambiguous(each) for each in outcome.ambiguous],
            reason=refusal.reason if refusal else None,
            message=why(refusal) if refusal else None,
            missing=_missing(refusal.missing) if refusal else None,
            nearest=[CitationBody.from_citation(each) for each in refusal.nearest] if refusal else [],
            timings_ms={stage: round(ms, 2) for stage, ms in outcome.timings_ms.items()},
        )


class ParagraphBody(RangeBody):
    """One paragraph of the article's text."""

    ordinal: int


class LocationBody(_Body):
    """One place where the text was published."""

    url: str | None = Field(description="Where it was published; null for a file of the server's own.")
    outlet: str | None


class LentBody(_Body):
    """A detail of an article that its first address does not state, and the address that does."""

    detail: LentDetail
    url: str | None = Field(description="The address that states it; null for a file of the server's own.")


class VersionBody(_Body):
    """One version of an article, and when it was seen."""

    id: str
    seen_at: datetime
    href: str


class PageBody(_Body):
    """A page of the file that an article came in."""

    number: int = Field(description="Pages count from 1.")
    start: int = Field(description="Where in the text the page begins.")
    picture: str = Field(description="Address of its picture (PNG), relative to the server; 404 where it is not kept.")


class FullArticleBody(ArticleBody):
    """An article with its text, in which every offset counts."""

    modified: datetime | None
    retrieved: datetime
    language: str
    dateline: str | None
    text: str
    paragraphs: list[ParagraphBody]
    standfirst: RangeBody | None
    locations: list[LocationBody]
    lent: list[LentBody] = Field(description="Details that another of its addresses states, and not the first.")
    versions: list[VersionBody] = Field(description="Every version of the article, newest first.")
    corrections: list[CorrectionBody] = Field(description="What has been corrected in it, the newest first.")
    pages: list[PageBody] = Field(description="The pages of its source, where it has pages (PDF).")
    copies: list[CopyBody] = Field(description="Other articles that are the same text, or that text edited.")
    href: str
    source_href: str | None

    @classmethod
    def from_version(
        cls,
        article: Article,
        versions: Sequence[tuple[str, datetime]],
        corrections: Sequence[Correction] = (),
        story: Story | None = None,
    ) -> Self:
        """Describe an article, its versions and corrections, newest first; a text of two addresses may come twice."""
        newest = dict(reversed(versions))
        return cls(
            **ArticleBody.from_article(article).model_dump(),
            modified=article.modified,
            retrieved=article.retrieved,
            language=article.language,
            dateline=article.dateline,
            text=article.text,
            paragraphs=[
                ParagraphBody(ordinal=each.ordinal, start=each.span.start, end=each.span.end)
                for each in article.paragraphs
            ],
            standfirst=RangeBody.from_span(article.standfirst) if article.standfirst else None,
            locations=[LocationBody(url=public_address(each.url), outlet=each.outlet) for each in article.locations],
            lent=[LentBody(detail=each.detail, url=public_address(each.url)) for each in article.lent],
            versions=[
                VersionBody(id=version_id, seen_at=newest[version_id], href=permalink(version_id, ()))
                for version_id in dict.fromkeys(version_id for version_id, _ in versions)
            ],
            corrections=[CorrectionBody.from_correction(each, article) for each in corrections],
            pages=[
                PageBody(number=each.number, start=each.start, picture=page_picture(article.id, each.number))
                for each in article.pages
            ],
            copies=CopyBody.others(article.id, story),
            href=permalink(article.id, ()),
            source_href=article.url if is_web_address(article.url) else None,
        )


class DifferenceBody(_Body):
    """Words that differ between a quotation and its source; ranges are null where there are no words."""

    change: Change
    quoted: str
    source: str
    quoted_range: RangeBody | None
    source_range: RangeBody | None

    @classmethod
    def from_difference(cls, difference: Difference) -> Self:
        """Describe a difference."""
        quoted, source = difference.quoted_span, difference.source_span
        return cls(
            change=difference.change,
            quoted=difference.quoted,
            source=difference.source,
            quoted_range=RangeBody.from_span(quoted) if quoted else None,
            source_range=RangeBody.from_span(source) if source else None,
        )


class PieceBody(_Body):
    """A part of the quotation and where it comes from."""

    start: int = Field(description="First code point of the part in `quotation`.")
    end: int
    citation: CitationBody
    differences: list[DifferenceBody]

    @classmethod
    def from_piece(cls, piece: Piece) -> Self:
        """Describe a part."""
        return cls(
            start=piece.span.start,
            end=piece.span.end,
            citation=CitationBody.from_citation(piece.citation),
            differences=[DifferenceBody.from_difference(each) for each in piece.differences],
        )


class VerificationBody(_Body):
    """Whether a quotation is in the archive word for word, and where."""

    quotation: str = Field(description="The quotation as it was compared: ranges point into it.")
    verdict: Verdict = Field(
        description="verbatim: word for word; altered: words differ; stitched: pieces from several places; absent."
    )
    pieces: list[PieceBody]

    @classmethod
    def from_verification(cls, verification: Verification) -> Self:
        """Describe the result of a check."""
        return cls(
            quotation=verification.quotation,
            verdict=verification.verdict,
            pieces=[PieceBody.from_piece(each) for each in verification.pieces],
        )


class CheckedBody(_Body):
    """A quotation of a draft, and what the archive has of it."""

    start: int = Field(description="First code point of the quotation in `draft`, its mark.")
    end: int
    judgement: Judgement = Field(description="The verdict, or misattributed: the archive has it from somebody else.")
    said_by: str | None = Field(description="Who says it in the draft; null where that is not clear.")
    speakers: list[str] = Field(description="Who says it in the archive.")
    verification: VerificationBody

    @classmethod
    def from_checked(cls, checked: Checked) -> Self:
        """Describe one quotation."""
        return cls(
            start=checked.span.start,
            end=checked.span.end,
            judgement=checked.judgement,
            said_by=(checked.said_by.name or checked.said_by.mention) if checked.said_by else None,
            speakers=[one.name or one.mention for one in checked.speakers],
            verification=VerificationBody.from_verification(checked.verification),
        )


class DraftBody(_Body):
    """A draft, and each of its quotations."""

    draft: str = Field(description="The draft as it was read: ranges point into it.")
    sound: bool = Field(description="Whether all quotations are word for word and their speakers' own.")
    quotations: list[CheckedBody]

    @classmethod
    def from_check(cls, check: DraftCheck) -> Self:
        """Describe the result of a check."""
        return cls(
            draft=check.text,
            sound=check.sound,
            quotations=[CheckedBody.from_checked(one) for one in check.quotations],
        )


class ArticleListBody(_Body):
    """One page of a list of articles."""

    total: int = Field(description="Articles that match, on all pages.")
    limit: int
    offset: int
    articles: list[ListedBody]


class StretchBody(RangeBody):
    """A stretch of two articles' words; it counts in the other article where it is removed."""

    change: WordChange
    text: str


class WordingBody(_Body):
    """What an article has otherwise than another, word by word, in the order of reading."""

    id: str
    other: ArticleRef
    stretches: list[StretchBody]

    @classmethod
    def of(cls, article: Article, other: Article, stretches: Sequence[Stretch]) -> Self:
        """Describe what has to be removed from ``other`` and added to it to get ``article``."""
        return cls(
            id=article.id,
            other=ArticleRef.from_summary(other),
            stretches=[
                StretchBody(
                    start=one.span.start,
                    end=one.span.end,
                    change=one.change,
                    text=one.span.of(other.text if one.change is WordChange.REMOVED else article.text),
                )
                for one in stretches
            ],
        )


class ReadinessBody(_Body):
    """Whether questions can be answered."""

    ready: bool
    articles: int
    passages: int

    @classmethod
    def from_status(cls, status: Status) -> Self:
        """Describe the archive's state."""
        return cls(ready=status.ready, articles=status.articles, passages=status.passages)


def _missing(missing: Missing) -> MissingBody:
    return MissingBody(
        words=missing.words, instead=list(missing.instead), by=list(missing.by), language=missing.language
    )


def _utf16(text: str, span: Span) -> RangeBody:
    return RangeBody(start=utf16_offset(text, span.start), end=utf16_offset(text, span.end))

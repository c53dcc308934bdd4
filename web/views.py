"""Outcomes and articles -> what the templates draw, with nothing left to decide there but looks.

Promise: text is cut into pieces and never changed; joined again, the pieces of a card or a paragraph are the article's
words. Escaping is the templates' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from urllib.parse import urlencode

from qa.answering.verification import Difference, Verdict, Verification
from qa.types import (
    Answer,
    AnswerKind,
    Article,
    Citation,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Question,
    Span,
    Statement,
    StatementForm,
)
from web.citing import FORMS, day
from web.filters import Filters
from web.links import cite_href, is_web_address, marked_spans, permalink, source_href
from web.ports import Summary

__all__ = [
    "ArticleView",
    "Card",
    "Check",
    "Chip",
    "Credit",
    "Pager",
    "Piece",
    "Turn",
    "article",
    "check",
    "chips",
    "conversation",
    "credit",
    "pager",
    "turn",
]

CONFIDENCE = (
    (0.85, "high", "High confidence"),
    (0.6, "fair", "Fair confidence"),
    (0.0, "low", "Low confidence: read the passage"),
)
FORM_WORDS = {
    StatementForm.DIRECT: "direct quotation",
    StatementForm.MIXED: "partly quoted",
    StatementForm.INDIRECT: "reported, not quoted",
}

VERDICT_WORDS = {
    Verdict.VERBATIM: ("Word for word", "These words stand in the archive as quoted."),
    Verdict.ALTERED: ("Altered", "The archive has these words, but not all of them as quoted."),
    Verdict.STITCHED: ("Stitched together", "The parts are in the archive, but not together as quoted."),
    Verdict.ABSENT: ("Not found", "No article in this archive has these words."),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    ``mark`` is the number of the mark that it lies in; ``anchor`` says that the mark begins here, ``aside`` that the
    text only stands around the sentence that is cited.
    """

    text: str
    mark: int | None
    anchor: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """Where words are from."""

    title: str
    href: str
    outlet: str | None
    byline: str | None
    published: date | None
    published_words: str | None


@dataclass(frozen=True, slots=True)
class CiteLink:
    """A ready-made citation."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it, in what way."""

    speaker: str
    role: str | None
    cue: str | None
    form: str


@dataclass(frozen=True, slots=True)
class Card:
    """One citation; ``article_href`` is its article without marks."""

    number: int
    article_href: str
    pieces: tuple[Piece, ...]
    language: str
    credit: Credit
    source_href: str | None
    attribution: Attribution | None
    also_in: tuple[Credit, ...]
    cite: tuple[CiteLink, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its outcome.

    ``short_answer`` is an answer that is only part of a sentence; ``gist`` is one line for when the turn is folded.
    ``groups`` are the cards of a list, those in a row from one article together.
    """

    question: str
    answered: bool
    is_list: bool
    heading: str
    short_answer: str | None
    gist: str
    confidence: str | None
    confidence_level: str | None
    cards: tuple[Card, ...]
    groups: tuple[tuple[Card, ...], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A quotation after its check. ``pieces`` are its own words, with those marked that differ."""

    verdict: str
    heading: str
    explanation: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, or the standfirst."""

    standfirst: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its marks. ``newer`` and ``older`` lead to other versions, ``locations`` to other places."""

    credit: Credit
    dateline: str | None
    language: str
    paragraphs: tuple[ParagraphView, ...]
    marks: int
    source_href: str | None
    locations: tuple[tuple[str, str], ...]
    newer: str | None
    older: tuple[tuple[str, str], ...]
    modified: str | None
    cite: tuple[CiteLink, ...]
    json_href: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands, and where it leads."""

    number: int
    pages: int
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the page without it."""

    label: str
    name: str
    href: str


def conversation(questions: Sequence[str], filters: Filters, path: str = "/") -> str:
    """Return the address of a conversation: its questions, oldest first, and the filters."""
    query = urlencode([*(("q", question) for question in questions), *filters.pairs()])
    return f"{path}?{query}" if query else path


def chips(filters: Filters, questions: Sequence[str]) -> list[Chip]:
    """Return the filters in force as chips that can be taken away."""
    words = {"published_after": "From", "published_before": "Until"}
    return [
        Chip(
            label=f"{words[name]} {day(date.fromisoformat(value))}" if name in words else value,
            name=name,
            href=conversation(questions, filters.without(name, value)),
        )
        for name, value in filters.pairs()
    ]


def turn(outcome: Outcome) -> Turn:
    """Draw a question and what became of it."""
    if isinstance(outcome, Answer):
        return _answered(outcome)
    return _refused(outcome)


def credit(article: Article | Summary, spans: Sequence[Span] = ()) -> Credit:
    """Say where words are from, with the address that marks them."""
    return Credit(
        title=article.title,
        href=permalink(article.id, spans),
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        published_words=day(article.published) if article.published else None,
    )


def cite_links(article_id: str, spans: Sequence[Span]) -> tuple[CiteLink, ...]:
    """Return the addresses of ready-made citations."""
    return tuple(CiteLink(form.label, cite_href(article_id, spans, name)) for name, form in FORMS.items())


def article(article: Article, versions: Sequence[tuple[str, datetime]], marks: Sequence[Span]) -> ArticleView:
    """Draw an article with ``marks``; ``versions`` are its own and others of the same addresses, newest first."""
    ids = list(dict.fromkeys(version_id for version_id, _ in versions))
    seen = dict(reversed(versions))
    newer = ids[0] if ids and ids[0] != article.id else None
    older = ids[ids.index(article.id) + 1 :] if article.id in ids else []
    return ArticleView(
        credit=credit(article, marks),
        dateline=article.dateline,
        language=article.language,
        paragraphs=tuple(_paragraphs(article, marks)),
        marks=len(marks),
        source_href=_article_source(article, marks),
        locations=tuple(
            (location.outlet or location.url, location.url)
            for location in article.locations
            if location.url != article.url and is_web_address(location.url)
        ),
        newer=permalink(newer, ()) if newer else None,
        older=tuple((day(seen[version_id].date()), permalink(version_id, ())) for version_id in older),
        modified=day(article.modified.date()) if article.modified else None,
        cite=cite_links(article.id, marks),
        json_href=f"/api/articles/{article.id}",
    )


def pager(number: int, pages: int, query: Sequence[tuple[str, str]]) -> Pager:
    """Say where page ``number`` of a list leads."""

    def address(page: int) -> str:
        return "/articles?" + urlencode([*query, ("page", str(page))])

    newer = address(min(number - 1, max(1, pages))) if number > 1 else None
    return Pager(number, max(1, pages), newer, address(number + 1) if number < pages else None)


def _paragraphs(article: Article, marks: Sequence[Span]) -> Iterator[ParagraphView]:
    begun: set[int] = set()
    for paragraph in article.paragraphs:
        pieces = tuple(_cut(article.text, paragraph.span, marks, paragraph.span, begun))
        yield ParagraphView(paragraph.span == article.standfirst, pieces)


def _article_source(article: Article, marks: Sequence[Span]) -> str | None:
    if marks:
        return source_href(article, marks[0])
    return article.url if is_web_address(article.url) else None


def check(result: Verification) -> Check:
    """Draw the result of a check."""
    heading, explanation = VERDICT_WORDS[result.verdict]
    whole = Span(0, len(result.quotation))
    differing = [each.quoted_span for each in result.differences if each.quoted_span]
    return Check(
        verdict=result.verdict.value,
        heading=heading,
        explanation=explanation,
        pieces=tuple(_cut(result.quotation, whole, differing, whole, set())),
        cards=tuple(_card(citation, whole_passage=False) for citation in result.citations),
        changes=result.differences,
    )


def _answered(answer: Answer) -> Turn:
    level, words = next((level, words) for least, level, words in CONFIDENCE if answer.confidence >= least)
    is_list = answer.kind is AnswerKind.STATEMENTS
    first = answer.citations[0]
    gist = " · ".join(filter(None, [" ".join(answer.text.split()), first.article.outlet]))
    heading = _count_statements(answer) if is_list else _count_passages(answer)
    cards = tuple(_card(citation, whole_passage=not is_list) for citation in answer.citations)
    return Turn(
        question=answer.question.text,
        answered=True,
        is_list=is_list,
        heading=heading,
        short_answer=answer.text if answer.kind is AnswerKind.SPAN else None,
        gist=heading if is_list else gist,
        confidence=words,
        confidence_level=level,
        cards=cards,
        groups=tuple(tuple(each) for _, each in groupby(cards, lambda card: card.article_href)) if is_list else (),
    )


def _refused(refusal: NoAnswer) -> Turn:
    reason = _reason(refusal.reason, refusal.question)
    return Turn(
        question=refusal.question.text,
        answered=False,
        is_list=False,
        heading=reason,
        short_answer=None,
        gist="Not in this archive",
        confidence=None,
        confidence_level=None,
        cards=tuple(_card(citation, whole_passage=True) for citation in refusal.nearest),
        groups=(),
    )


def _reason(reason: NoAnswerReason, question: Question) -> str:
    speaker, on_this = question.speaker or "this speaker", " on this" if question.topic else ""
    return {
        NoAnswerReason.NOTHING_FOUND: "Nothing in the archive comes near this question.",
        NoAnswerReason.BELOW_THRESHOLD: "No passage says it clearly enough to be quoted as an answer.",
        NoAnswerReason.SPEAKER_UNKNOWN: f"The archive does not name {speaker}.",
        NoAnswerReason.SPEAKER_SILENT: f"The archive reports no statement by {speaker}{on_this}.",
        NoAnswerReason.OUTSIDE_DATES: "The archive has something on this, but not within the dates you chose.",
    }[reason]


def _count_statements(answer: Answer) -> str:
    count, statement = len(answer.citations), answer.citations[0].statement
    noun = "statement" if count == 1 else "statements"
    speaker = statement.speaker if statement else None
    return f"{count} {noun} by {speaker.name or speaker.mention}" if speaker else f"{count} {noun}"


def _count_passages(answer: Answer) -> str:
    count = len(answer.citations)
    return "Answered in one passage" if count == 1 else f"Answered in {count} passages, the likeliest first"


def _card(citation: Citation, *, whole_passage: bool) -> Card:
    article, marks = citation.article, marked_spans(citation)
    window = _around(citation.passage, citation.sentence) if whole_passage else citation.sentence
    return Card(
        number=citation.number,
        article_href=permalink(article.id, ()),
        pieces=tuple(_cut(article.text, window, marks, citation.sentence, set())),
        language=article.language,
        credit=credit(article, marks),
        source_href=source_href(article, citation.span),
        attribution=_attribution(citation.statement, article) if citation.statement else None,
        also_in=tuple(credit(other) for other in citation.also_in),
        cite=cite_links(article.id, marks),
    )


def _attribution(statement: Statement, article: Article) -> Attribution:
    speaker = statement.speaker
    name = (speaker.name or speaker.mention) if speaker else "No speaker named"
    return Attribution(
        speaker=name,
        role=speaker.role if speaker else None,
        cue=" … ".join(span.of(article.text) for span in statement.cue) or None,
        form=FORM_WORDS[statement.form],
    )


def _around(passage: Span, sentence: Span) -> Span:
    return Span(min(passage.start, sentence.start), max(passage.end, sentence.end))


def _cut(text: str, window: Span, marks: Sequence[Span], sentence: Span, begun: set[int]) -> Iterator[Piece]:
    """Cut ``window`` at every end of a mark or of the sentence; ``begun`` remembers marks that have their anchor."""
    edges = {edge for span in (*marks, sentence) for edge in (span.start, span.end) if window.start < edge < window.end}
    cuts = sorted({window.start, window.end, *edges})
    for start, end in pairwise(cuts):
        here = Span(start, end)
        mark = next((number for number, span in enumerate(marks, start=1) if span.contains(here)), None)
        anchor = mark is not None and mark not in begun
        if mark is not None:
            begun.add(mark)
        yield Piece(here.of(text), mark, anchor, aside=not sentence.contains(here))

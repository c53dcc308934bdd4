"""A citation -> a card: marked words, who said them, where they are from and how to cite them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.types import Article, Citation, Span, Statement, StatementForm
from web.citing import FORMS, day
from web.links import cite_href, marked_spans, permalink, source_href
from web.ports import Summary
from web.views.pieces import Piece, cut

__all__ = ["Card", "CiteLink", "Credit", "card", "cite_links", "credit", "in_paragraph", "in_passage"]

FORM_WORDS = {
    StatementForm.DIRECT: "direct quotation",
    StatementForm.MIXED: "partly quoted",
    StatementForm.INDIRECT: "reported, not quoted",
}


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


def card(citation: Citation, window: Span) -> Card:
    """Draw a citation within ``window``: its sentence, :func:`in_paragraph` or :func:`in_passage`."""
    article, marks = citation.article, marked_spans(citation)
    return Card(
        number=citation.number,
        article_href=permalink(article.id, ()),
        pieces=tuple(cut(article.text, window, marks, citation.sentence, set())),
        language=article.language,
        credit=credit(article, marks),
        source_href=source_href(article, citation.span),
        attribution=_attribution(citation.statement, article) if citation.statement else None,
        also_in=tuple(credit(other) for other in citation.also_in),
        cite=cite_links(article.id, marks),
    )


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


def _attribution(statement: Statement, article: Article) -> Attribution:
    speaker = statement.speaker
    name = (speaker.name or speaker.mention) if speaker else "No speaker named"
    return Attribution(
        speaker=name,
        role=speaker.role if speaker else None,
        cue=" … ".join(span.of(article.text) for span in statement.cue) or None,
        form=FORM_WORDS[statement.form],
    )


def in_passage(citation: Citation) -> Span:
    """Return the indexed passage, which may be several short paragraphs."""
    return _cover([citation.passage, citation.sentence])


def in_paragraph(citation: Citation) -> Span:
    """Return the paragraph or paragraphs around the sentence."""
    around = [each.span for each in citation.article.paragraphs if each.span.overlaps(citation.sentence)]
    return _cover([*around, citation.sentence])


def _cover(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))

"""A citation -> a card: marked words, who said them, where they are from and how to cite them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, takewhile

from qa.answering.days import corrected_when, told_when, written
from qa.answering.denying import denied
from qa.output.exporting import genre
from qa.output.links import card_href, cite_href, marked_spans, permalink, source_href, speaker_href
from qa.output.pasting import FORMS
from qa.output.plain import also_in
from qa.protocols import Summary
from qa.text import sentence_spans
from qa.types import Article, Citation, Copy, Correction, Resolution, Span, Speaker, Statement, StatementForm, Story
from web.views.back import Back, came_from
from web.views.pieces import Piece, cut

__all__ = [
    "Card",
    "CiteLink",
    "Corrected",
    "Credit",
    "Elsewhere",
    "card",
    "cite_links",
    "copy_credit",
    "corrected",
    "credit",
    "denied_spans",
    "elsewhere",
    "in_context",
    "in_paragraph",
    "in_passage",
    "listed",
]

LONG = 160  # characters that fill more than three lines where there is little room
FIVE_LINES = 225  # the same for five
HOW_WORDS = {
    Resolution.NAMED: "by name",
    Resolution.PRONOUN: "by pronoun",
    Resolution.TITLE: "by title",
    Resolution.ORGANISATION: "an organisation",
    Resolution.UNRESOLVED: "not traced to a name",
}


@dataclass(frozen=True, slots=True)
class Credit:
    """Where words are from; ``page`` is that of a source with pages, where words are cited."""

    title: str
    href: str
    outlet: str | None
    byline: str | None
    published: date | None
    published_words: str | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else a text or its words stand: ``told`` in short, then each article.

    ``fullest`` leads to the longest copy; None where what is shown is the longest itself, or where there are none.
    """

    told: str
    articles: tuple[Credit, ...]
    fullest: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """That an article has been corrected.

    ``label`` says when, ``href`` leads to the notice, ``notice`` is its words, and ``exchanges`` are those that do not
    hold, with the right ones where the notice has them.
    """

    label: str
    href: str
    notice: str
    language: str
    exchanges: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class CiteLink:
    """A ready-made citation, to paste, or a ``file`` of it to keep."""

    label: str
    href: str
    file: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it, in what way.

    ``mention`` is the speaker as printed, where that is neither the name nor a part of it, and ``how`` it was resolved;
    ``told`` is when, where the article says so and it is not the article's day; ``kind`` is the form
    as style sheets know it; ``denied`` says that the words are what the speaker denies. ``number`` and ``alone_href``
    are the statement's own, which may share its sentence with others.
    """

    speaker: str
    speaker_href: str | None
    role: str | None
    mention: str | None
    how: str | None
    cue: str | None
    told: str | None
    form: str
    kind: str
    unsure: bool
    via: str | None
    denied: bool
    number: int
    alone_href: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One citation, or several statements that one sentence holds; ``article_href`` is its article without marks.

    ``attribution`` is that of the first statement and ``further`` has those of the others. ``around`` is what there is
    more to read than the ``pieces``, with them; empty where these are short and all.
    """

    number: int
    article_href: str
    pieces: tuple[Piece, ...]
    language: str
    credit: Credit
    source_href: str | None
    attribution: Attribution | None
    also_in: Elsewhere | None
    cite: tuple[CiteLink, ...]
    corrected: tuple[Corrected, ...] = ()
    further: tuple[Attribution, ...] = ()
    around: tuple[Piece, ...] = ()

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what, for each statement of the card."""
        return (self.attribution, *self.further) if self.attribution else ()

    @property
    def count(self) -> int:
        """How many statements it shows."""
        return 1 + len(self.further)

    @property
    def long(self) -> bool:
        """Whether it may be cut after five lines where there is little room: the words that are marked begin early."""
        before = sum(len(one.text) for one in takewhile(lambda one: one.mark is None, self.pieces))
        return before < LONG and sum(len(one.text) for one in self.pieces) > FIVE_LINES

    @property
    def form(self) -> str:
        """How all statements together are told: partly quoted where one is quoted and another is not."""
        forms, denials = {one.form for one in self.attributions}, {one.denied for one in self.attributions}
        if len(forms) == 1:
            return forms.pop()
        if len(denials) > 1:
            return "denied in part"
        return "denied, partly quoted" if denials.pop() else "partly quoted"

    @property
    def unsure(self) -> bool:
        """Whether it is not sure of one of them who says it."""
        return any(one.unsure for one in self.attributions)

    @property
    def denied(self) -> bool:
        """Whether one of them is denied."""
        return any(one.denied for one in self.attributions)

    @property
    def kind(self) -> str:
        """The same, as style sheets know it."""
        kinds = {one.kind for one in self.attributions}
        return kinds.pop() if len(kinds) == 1 else StatementForm.MIXED.value


def listed(citations: Sequence[Citation], back: Back | None = None) -> tuple[Card, ...]:
    """Draw the statements of a list, those of one speaker in one sentence together."""
    return tuple(
        card(first, first.sentence, back=back, further=further)
        for _, (first, *further) in groupby(citations, _sentence_of)
    )


def _sentence_of(citation: Citation) -> tuple[object, ...]:
    """What statements have in common that are told as one: all but the words, the cue and the form."""
    said = citation.statement
    if said is None:
        return (citation.number,)
    speaker = said.speaker
    name = (speaker.name or speaker.mention) if speaker else citation.number
    return citation.article.id, citation.sentence, name, said.via, citation.told, [one.id for one in citation.also_in]


def card(
    citation: Citation,
    window: Span,
    changed: Sequence[tuple[Span, bool]] = (),
    back: Back | None = None,
    *,
    around: Span | None = None,
    further: Sequence[Citation] = (),
) -> Card:
    """Draw a citation within ``window``: its sentence or :func:`in_context`.

    ``changed`` are stretches that are worded otherwise than before, and whether each is a figure; ``back`` is the
    answer to which its article leads back; ``around`` is shown in place of the window to whoever wants more of it;
    ``further`` are statements of the same sentence.
    """
    article, every = citation.article, (citation, *further)
    marks = marked_spans(citation) if not further else _joined(span for one in every for span in marked_spans(one))
    left = replace(back, number=citation.number) if back else None
    cited = credit(article, marks)

    def drawn(window: Span) -> tuple[Piece, ...]:
        struck = [one.span for one in citation.struck]
        attributing = tuple(span for one in every for span in _attributing(one))
        unsaid = tuple(span for one in every for span in denied_spans(article, one.statement))
        return tuple(
            cut(
                article.text,
                window,
                marks,
                citation.sentence,
                set(),
                attributing=attributing,
                changed=changed,
                struck=struck,
                denied=unsaid,
            )
        )

    more = around if around and (len(around) > len(window) or len(window) > LONG) else None
    return Card(
        number=citation.number,
        article_href=permalink(article.id, ()),
        pieces=drawn(window),
        language=article.language,
        credit=replace(cited, href=came_from(cited.href, left), page=article.page_of(citation.span)),
        source_href=source_href(article, citation.span),
        attribution=_attribution(citation.statement, citation) if citation.statement else None,
        further=tuple(_attribution(one.statement, one) for one in further if one.statement),
        also_in=_said_elsewhere(citation),
        cite=cite_links(article.id, marks),
        corrected=tuple(corrected(one, article, window) for one in citation.corrections),
        around=drawn(more) if more else (),
    )


def denied_spans(article: Article, statement: Statement | None) -> tuple[Span, ...]:
    """What a statement says that its speaker denies; nothing of one that is no denial."""
    return statement.content if statement and denied(statement, article) else ()


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in reading order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and joined[-1].end > span.start:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def corrected(correction: Correction, article: Article, shown: Span) -> Corrected:
    """Say when an article was corrected, and how in what is ``shown`` of it."""
    notice, by = correction.notice, correction.article
    exchanges = (
        (one.span.of(article.text), one.right.of(by.text) if one.right else None)
        for one in correction.struck
        if one.span.overlaps(shown)
    )
    return Corrected(
        label=corrected_when(correction),
        href=permalink(by.id, (notice.span,)),
        notice=notice.span.of(by.text),
        language=by.language,
        exchanges=tuple(dict.fromkeys(exchanges)),
    )


def credit(article: Article | Summary, spans: Sequence[Span] = ()) -> Credit:
    """Say where words are from, with the address that marks them."""
    return Credit(
        title=article.title,
        href=permalink(article.id, spans),
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        published_words=written(article.published) if article.published else None,
    )


def elsewhere(article: Article | Summary, story: Story | None) -> Elsewhere | None:
    """Say where the other copies of an article's story are; None where there are none."""
    copies = story.others(article.id) if story else ()
    if not copies:
        return None
    told = also_in(article.outlet, [copy.outlets for copy in copies])
    fullest = story.fullest.article_id if story else None
    return _told(told, map(copy_credit, copies), fullest if fullest != article.id else None)


def copy_credit(copy: Copy) -> Credit:
    """Say where a copy is from."""
    return Credit(
        title=copy.title,
        href=permalink(copy.article_id, ()),
        outlet=", ".join(copy.outlets) or None,
        byline=None,
        published=copy.published,
        published_words=written(copy.published) if copy.published else None,
    )


def _said_elsewhere(citation: Citation) -> Elsewhere | None:
    if not citation.also_in:
        return None
    told = also_in(citation.article.outlet, [[one.outlet] if one.outlet else [] for one in citation.also_in])
    fullest = citation.fullest
    other = fullest.id if fullest and fullest != citation.article else None
    return _told(told, map(credit, citation.also_in), other)


def _told(told: str, articles: Iterable[Credit], fullest: str | None) -> Elsewhere:
    return Elsewhere(told[0].upper() + told[1:], tuple(articles), permalink(fullest, ()) if fullest else None)


def cite_links(article_id: str, spans: Sequence[Span]) -> tuple[CiteLink, ...]:
    """Return the addresses of ready-made citations."""
    pasted = [CiteLink(form.label, cite_href(article_id, spans, name)) for name, form in FORMS.items() if form.pasted]
    kept = [(name, form.suffix) for name, form in FORMS.items() if form.suffix]
    files = [CiteLink(f".{suffix}", cite_href(article_id, spans, name, file=True), file=True) for name, suffix in kept]
    return (*pasted, *files)


def _attribution(statement: Statement, citation: Citation) -> Attribution:
    article = citation.article
    speaker = statement.speaker or Speaker("No speaker named")
    return Attribution(
        speaker=speaker.name or speaker.mention,
        speaker_href=speaker_href(speaker.name) if speaker.name else None,
        role=speaker.role,
        mention=speaker.mention if _tells_more(speaker) else None,
        how=_how(speaker) if statement.speaker else None,
        cue=" … ".join(span.of(article.text) for span in statement.cue) or None,
        told=told_when(citation),
        form=genre(statement, article),
        kind=statement.form.value,
        unsure=statement.unsure,
        via=statement.via.of(article.text) if statement.via else None,
        denied=denied(statement, article),
        number=citation.number,
        alone_href=card_href(statement),
    )


def _how(speaker: Speaker) -> str | None:
    if speaker.name and speaker.resolution is Resolution.UNRESOLVED:  # found by what does not say how
        return None
    return HOW_WORDS[speaker.resolution]


def _tells_more(speaker: Speaker) -> bool:
    """Whether the mention is another than the name or a part of it, as "he" is."""
    name, mention = speaker.name, speaker.mention
    return name is not None and not (speaker.resolution is Resolution.NAMED or name in mention or mention in name)


def _attributing(citation: Citation) -> tuple[Span, ...]:
    """What names the speaker, and the cue."""
    statement = citation.statement
    return (*statement.source, *statement.cue) if statement else ()


def in_passage(citation: Citation) -> Span:
    """Return the indexed passage, which may be several short paragraphs."""
    return _cover([citation.passage, citation.sentence])


def in_context(citation: Citation) -> Span:
    """Return the sentence and what stands next to it in its passage: whole sentences, few lines, those before first."""
    sentences = sentence_spans(citation.article.text, in_passage(citation))
    before = [one for one in sentences if one.end <= citation.sentence.start]
    after = [one for one in sentences if one.start >= citation.sentence.end]
    window = citation.sentence
    for near in (*reversed(before), *after):
        wider = _cover([window, near])
        if len(wider) - len(citation.sentence) <= LONG:
            window = wider
    return window


def in_paragraph(citation: Citation) -> Span:
    """Return the paragraph or paragraphs around the sentence."""
    around = [each.span for each in citation.article.paragraphs if each.span.overlaps(citation.sentence)]
    return _cover([*around, citation.sentence])


def _cover(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))

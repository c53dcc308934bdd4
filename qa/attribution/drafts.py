"""An article as the shapes of statements are looked for in it, and statements before anybody knows who speaks.

A *shape* (a line that signs a quotation, a beat, a transcript's label) takes drafts and gives drafts; what it has read
by its own evidence it *claims*, so that nothing else holds the same words. What this module does not know: who anybody
is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.attribution.masking import find_quotations, mask_quotations, touching
from qa.types import Article, Resolution, Span

__all__ = ["Draft", "Page", "claimed"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement whose speaker is not resolved yet.

    ``stands_for`` is where the text has the name of whom ``source`` means ("A" in an interview), ``named`` that name
    where no text has it (the headline does), ``via`` whom the article has the words from, ``how`` how a name was found.
    ``person``: only a person can be meant, and where none is the draft is dropped. ``said``: it is speech whatever the
    cue. ``unknown``: the source is nobody's name.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float
    via: Span | None = None
    stands_for: Span | None = None
    named: str | None = None
    person: bool = False
    said: bool = False
    unknown: bool = False
    how: Resolution | None = None

    @property
    def naming(self) -> Span | None:
        """The phrase whose meaning tells who speaks; None where that is known without."""
        return None if self.source is None or self.unknown or self.named else self.stands_for or self.source

    @property
    def start(self) -> int:
        """Where it begins in reading order: at its cue."""
        return self.cue.start if self.cue else self.content[0].start


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text, its quotations, the text without them, and the spans of its paragraphs."""

    article: Article
    text: str
    quotations: Sequence[Span]
    masked: str
    paragraphs: Sequence[Span]

    @classmethod
    def of(cls, article: Article) -> Page:
        """Read an article."""
        quotations = find_quotations(article.text)
        masked = mask_quotations(article.text, quotations)
        return cls(article, article.text, quotations, masked, [paragraph.span for paragraph in article.paragraphs])

    def quoted(self, span: Span) -> bool:
        """Whether a span is a quotation, or several and nothing else."""
        inside = list(touching(self.quotations, span))
        if not inside or not all(span.contains(one) for one in inside):
            return False
        rest, at = "", span.start
        for one in inside:
            rest, at = rest + self.text[at : one.start], one.end
        return not (rest + self.text[at : span.end]).strip(" \n.,")


def claimed(drafts: Iterable[Draft], content: Sequence[Span]) -> list[Draft]:
    """The drafts without what they hold of ``content``; what is told within it, by somebody quoted there, stays.

    ``content`` are disjoint spans in order.
    """
    left = []
    for draft in drafts:
        told_within = draft.cue and any(span.contains(draft.cue) for span in touching(content, draft.cue))
        kept = tuple(one for one in draft.content if told_within or not any(touching(content, one)))
        if kept:
            left.append(draft if kept == draft.content else replace(draft, content=kept))
    return left

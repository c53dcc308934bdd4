"""An article -> its statements, by a trained token model: int8 ONNX and numpy, no torch.

The network labels words and links them (:mod:`qa.attribution.marking`), the links put the parts together
(:mod:`qa.attribution.assembling`), a fragment that would cut a quotation is widened to its marks, the shapes that the
network knows little of are read by their own evidence (:mod:`qa.attribution.shapes`), and a resolver says whom a source
means.

Promises: every span is a slice of the article without white space at its borders; the same article gives the same
statements; each has a cue but what a beat alone gives to somebody. What it does not know: whether words are true.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from qa.attribution.assembling import Attribution, Marked, assemble
from qa.attribution.drafts import Draft, Page
from qa.attribution.kinds import kind_of
from qa.attribution.labels import Part
from qa.attribution.marking import GRAPH, HEADS, TOKENIZER, TokenModel
from qa.attribution.masking import touching
from qa.attribution.nobodys import is_nobodys
from qa.attribution.rules import form_of
from qa.attribution.shapes import SHAPES
from qa.attribution.speakers import speakers_of
from qa.attribution.version import VERSION
from qa.attribution.windows import Words
from qa.errors import ModelError, ModelMissing
from qa.types import Article, Resolution, Span, Speaker, Statement, StatementForm, StatementKind

__all__ = ["DECODING", "Decoding", "TokenAttributor"]

DECODING = "decoding.json"
_HEADED = re.compile(r"[^\n:,.;“”\"‘’']{2,40}:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Decoding:
    """What was chosen on held-out articles: the weakest links and the least confidence that count.

    ``confidence`` is a bias and one weight for each of :attr:`Attribution.evidence`, of a logistic function.
    """

    content: float = 0.3
    source: float = 0.3
    least: float = 0.0
    confidence: tuple[float, ...] = (2.0, 1.0, 1.0, 1.0, 1.0, 1.0)

    @classmethod
    def read(cls, path: Path) -> Decoding:
        """Read the file of a trained model; the defaults where there is none.

        Raises:
            ModelError: it cannot be read.
        """
        if not path.exists():
            return cls()
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(values["content"], values["source"], values["least"], tuple(values["confidence"]))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ModelError(
                f"{path} cannot be read as what a trained model was decoded with: {error}.",
                remedy="Install On Record again.",
            ) from error

    def attributions(self, marked: Marked) -> list[Attribution]:
        """Put together what the network marked, without what is too doubtful."""
        found = assemble(marked, self.content, self.source)
        return [attribution for attribution in found if self.confidence_of(attribution) >= self.least]

    def confidence_of(self, attribution: Attribution) -> float:
        """How likely an attribution is right, between 0 and 1."""
        bias, *weights = self.confidence
        total = bias + sum(weight * one for weight, one in zip(weights, attribution.evidence, strict=True))
        return float(1.0 / (1.0 + np.exp(-total)))


class TokenAttributor:
    """Finds statements with a trained network, loaded when first needed; satisfies ``qa.protocols.Attributor``.

    Args:
        folder: what ``python -m qa.training.attribution_export`` wrote.
        threads: threads that one call uses.

    Raises:
        ModelMissing: the folder lacks a file.
    """

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        for name in (GRAPH, HEADS, TOKENIZER):
            if not (folder / name).is_file():
                raise ModelMissing(
                    f"There is no attributor at {folder / name}.",
                    remedy="Install On Record again, or set QA_ATTRIBUTION__ATTRIBUTOR=rules for patterns.",
                )
        self._folder = folder
        self._threads = threads
        self._decoding = Decoding.read(folder / DECODING)

    @cached_property
    def _model(self) -> TokenModel:
        return TokenModel(self._folder, threads=self._threads)

    @cached_property
    def digest(self) -> str:
        """Changes with the weights and with what the code finds by them."""
        return f"model-{VERSION}-{self.weights_digest[:16]}"

    @cached_property
    def weights_digest(self) -> str:
        """The SHA-256 of all that was trained."""
        parts = [self._folder / name for name in (GRAPH, HEADS, DECODING, TOKENIZER)]
        return hashlib.sha256(b"".join(part.read_bytes() for part in parts if part.is_file())).hexdigest()

    def attribute(self, article: Article) -> list[Statement]:
        """Return the article's statements, said or believed, in reading order.

        Raises:
            ModelError: the graph cannot be loaded.
        """
        page = Page.of(article)
        drafts = self._drafts(page)
        for shape in SHAPES:
            drafts = shape(page, drafts)
        sources = [source for draft in drafts if (source := draft.naming)]
        speakers = speakers_of(page.text, page.masked, sources, article.title)
        ordered = sorted(drafts, key=lambda draft: (draft.start, draft.content))
        return [one for draft in ordered if (one := _statement(page, draft, speakers))]

    def _drafts(self, page: Page) -> list[Draft]:
        """What the network finds by itself."""
        words = self._model.cut(page.text, page.paragraphs, page.quotations)
        marked = self._model.mark(words)
        taken = [_span(words, part) for part in marked.parts]
        return [
            Draft(
                source=_of_one_line(_span(words, found.source), page.text) if found.source else None,
                cue=_span(words, found.cue),
                content=tuple(_whole(_span(words, part), page.quotations, taken) for part in found.content),
                confidence=self._decoding.confidence_of(found),
            )
            for found in self._decoding.attributions(marked)
        ]


def _statement(page: Page, draft: Draft, speakers: Mapping[Span, Speaker]) -> Statement | None:
    """Say who speaks; None where only a person can and none is known."""
    speaker = _speaker(page, draft, speakers)
    if draft.person and (speaker is None or speaker.name is None or speaker.resolution is Resolution.ORGANISATION):
        return None
    form = form_of(draft.content, page.quotations)
    cue = draft.cue.of(page.text) if draft.cue else ""
    return Statement(
        article_id=page.article.id,
        speaker=speaker,
        source=tuple(one for one in (draft.source, draft.via) if one),
        cue=(draft.cue,) if draft.cue else (),
        content=tuple(sorted(draft.content)),
        form=form,
        kind=_kind(page, draft, cue, form),
        confidence=draft.confidence,
    )


def _kind(page: Page, draft: Draft, cue: str, form: StatementForm) -> StatementKind:
    if draft.said:
        return StatementKind.SPEECH
    source = draft.source.of(page.text) if draft.source else None
    within = draft.source is not None and any(
        one.contains(draft.source) for one in touching(page.quotations, draft.source)
    )
    return StatementKind.OTHER if is_nobodys(source, cue, quoted=within) else kind_of(cue, form)


def _speaker(page: Page, draft: Draft, speakers: Mapping[Span, Speaker]) -> Speaker | None:
    if draft.source is None:
        return None
    mention = draft.source.of(page.text)
    if draft.unknown:
        return Speaker(mention)
    if draft.named:
        return Speaker(mention, draft.named, None, draft.how or Resolution.TITLE)
    meant = speakers[draft.naming or draft.source]
    return replace(meant, mention=mention, resolution=draft.how or meant.resolution) if draft.stands_for else meant


def _span(words: Words, part: Part) -> Span:
    return Span(int(words.starts[part.begin]), int(words.ends[part.end - 1]))


def _of_one_line(source: Span, text: str) -> Span:
    """Who says something is named in one paragraph, behind what heads its line: "Little Rock: Gov. Asa Hutchinson"."""
    end = text.find("\n", source.start, source.end)
    source = Span(source.start, len(text[:end].rstrip())) if end >= 0 else source
    head = _HEADED.match(text, source.start, source.end)
    begins = not text[: source.start].rpartition("\n")[2].strip(" -•–*►")
    return Span(head.end(), source.end) if head and begins else source


def _whole(fragment: Span, quotations: Sequence[Span], taken: Sequence[Span]) -> Span:
    """Widen a fragment that is mostly quoted to the marks of the quotation that it cuts, if nothing is in the way."""
    start, end = fragment.start, fragment.end
    for quotation in touching(quotations, fragment):
        shared = min(end, quotation.end) - max(start, quotation.start)
        if 2 * shared > end - start and not fragment.contains(quotation):
            start, end = min(start, quotation.start), max(end, quotation.end)
    whole = Span(start, end)
    in_the_way = any(not fragment.contains(other) for other in touching(taken, whole))
    return fragment if in_the_way else whole

"""An article -> its statements, by a trained token model: int8 ONNX and numpy, no torch.

The network labels words and links them (:mod:`qa.attribution.marking`), the links put the parts together
(:mod:`qa.attribution.assembling`), a fragment that would cut a quotation is widened to its marks, and a resolver says
whom a source means.

Promises: every span is a slice of the article without white space at its borders, and no two parts share a word; the
same article gives the same statements; each has a cue. What it does not know: whether words are true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from qa.attribution.assembling import Attribution, Marked, assemble
from qa.attribution.kinds import kind_of
from qa.attribution.labels import Part
from qa.attribution.marking import GRAPH, HEADS, TOKENIZER, TokenModel
from qa.attribution.masking import find_quotations, mask_quotations, touching
from qa.attribution.rules import form_of
from qa.attribution.speakers import Resolver
from qa.attribution.version import VERSION
from qa.attribution.windows import Words
from qa.errors import ModelError, ModelMissing
from qa.types import Article, Span, Statement

__all__ = ["DECODING", "Decoding", "TokenAttributor"]

DECODING = "decoding.json"


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
        text = article.text
        quotations = find_quotations(text)
        words = self._model.cut(text, [paragraph.span for paragraph in article.paragraphs], quotations)
        marked = self._model.mark(words)
        resolver = Resolver(text, mask_quotations(text, quotations))
        taken = [_span(words, part) for part in marked.parts]
        statements = []
        for found in self._decoding.attributions(marked):
            source = (_of_one_paragraph(_span(words, found.source), text),) if found.source else ()
            cue = _span(words, found.cue)
            content = tuple(_whole(_span(words, part), quotations, taken) for part in found.content)
            form = form_of(content, quotations)
            statements.append(
                Statement(
                    article_id=article.id,
                    speaker=resolver.resolve(source[0]) if source else None,
                    source=source,
                    cue=(cue,),
                    content=content,
                    form=form,
                    kind=kind_of(cue.of(text), form),
                    confidence=self._decoding.confidence_of(found),
                )
            )
        return statements


def _span(words: Words, part: Part) -> Span:
    return Span(int(words.starts[part.begin]), int(words.ends[part.end - 1]))


def _of_one_paragraph(source: Span, text: str) -> Span:
    """Who says something is named in one paragraph: what of the phrase stands in its first."""
    end = text.find("\n", source.start, source.end)
    return Span(source.start, len(text[:end].rstrip())) if end >= 0 else source


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

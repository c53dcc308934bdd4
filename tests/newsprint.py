"""Articles, passages, hits and an encoder without weights, for tests that need no archive."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np

from qa.protocols import Vectors
from qa.text import fold, normalise, paragraph_spans
from qa.types import Article, FoundBy, Hit, Location, Paragraph, Passage, Span, article_id_of

HARBOUR = """\
Dredging gets money, but council and port remain divided over the old quay

Council President Ilse Varn said on Monday that two days of talks in Marrow with the port’s envoys were “slow work” \
but had led to “a real agreement,” above all on dredging.

“There has been enough talk of the quay, and I think that, to be honest, we still hold different views,” Varn told \
reporters, meaning the stretch that the port fenced off in 2022.

Harbour Master Tomas Reck described the talks as a turning point, saying they had opened the “door to a deeper \
channel.” He praised the council for offering “serious” money, calling the offer “a very large step.”

From Ostrel, Reck said he would telephone Varn later, with Mayor Keir Lund and ferry owner Emma Macron listening.

One engineer said the plan would mirror Article Seven of the river treaty and include a “very strong sea wall” built \
on the size and weight of the old breakwater.

Port spokesman Dario Peskin said the company was waiting for details of the proposals discussed in Marrow.

Reck repeated that the port would stay, condemning what he called “Lund’s needless delay,” and said peace on the quay \
would only be possible with “a deep, safe and open channel.”
"""


def article(
    text: str,
    *,
    title: str = "Untitled",
    outlet: str | None = "Sample desk",
    published: date | None = date(2025, 12, 15),
) -> Article:
    """An article with this text, normalised."""
    text = normalise(text)
    paragraphs = tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(paragraph_spans(text)))
    address = f"https://sample-desk.example/{article_id_of(text)}"
    return Article(
        id=article_id_of(text),
        url=address,
        outlet=outlet,
        title=title,
        byline=None,
        published=published,
        modified=None,
        retrieved=datetime(2025, 12, 16, tzinfo=UTC),
        language="en",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=paragraphs,
        locations=(Location(address, outlet),),
    )


def passages(of: Article) -> list[Passage]:
    """One passage for each paragraph."""
    spans = [paragraph.span for paragraph in of.paragraphs]
    return [Passage(f"{of.id}:{span.start}-{span.end}", of.id, span, of.title, span.of(of.text)) for span in spans]


def hits(*articles: Article, similarity: float | None = 0.5) -> list[Hit]:
    """Every passage of the articles as a hit, in reading order."""
    found = [passage for one in articles for passage in passages(one)]
    return [Hit(passage, rank, 1 / rank, FoundBy.FUSION, similarity) for rank, passage in enumerate(found, start=1)]


def span_of(words: str, of: Article) -> Span:
    """Where ``words`` stand in the article; they must be there."""
    start = of.text.index(words)
    return Span(start, start + len(words))


class WordEncoder:
    """Counts words into a few hundred buckets: texts with common words are near each other."""

    name = "words"
    dimension = 384

    @property
    def digest(self) -> str:
        """Identifies this encoder."""
        return "words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: (len(texts), dimension), rows of length 1."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", fold(text)):
                row[int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big") % self.dimension] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)

"""Question sets -> archives of their pooled contexts, and questions whose right answers are known.

The rows are JSON Lines, gzip or plain, with ``id``, ``title``, ``context``, ``question``, ``split`` and ``answers``
(``text``, ``start``). Every context becomes an article of a throw-away archive, so that a question has to be answered
from all of them and not from the one that it was written for.

What this does not know: whether another context of the pool answers a question too; such answers count as wrong.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import numpy as np

from qa.catalog import Catalog, Entry
from qa.indexing import ChromaIndex
from qa.indexing.postgres import PostgresIndex
from qa.ingestion import cut_passages
from qa.protocols import Encoder, VectorIndex, Vectors
from qa.retrieval import DenseRetriever, FusionRetriever, LexicalRetriever
from qa.text import normalise, paragraph_spans
from qa.types import Article, Paragraph, Span, article_id_of

__all__ = ["Case", "Pool", "Remembering", "cases", "open_pool", "pool_folder", "read_rows", "scratch_schema"]

_SEEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and where in its article the right answers stand: nowhere when ``gold`` is empty."""

    question: str
    article_id: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """An archive of pooled contexts."""

    retriever: FusionRetriever
    articles: dict[str, Article]
    passages: int


class Remembering:
    """An encoder that encodes each text once: the same questions are asked of several archives."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        self.name = encoder.name
        self.digest = encoder.digest
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed ``texts``: (len(texts), dimension)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def read_rows(path: Path, split: str | None) -> list[dict[str, Any]]:
    """Read the rows of a split in the order of their ids' hashes: the first ones are a sample, the same each time.

    None reads every split.
    """
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [row for row in map(json.loads, filter(None, content.split(b"\n"))) if split in {None, row["split"]}]
    return sorted(rows, key=lambda row: hashlib.sha256(row["id"].encode()).digest())


def cases(rows: Iterable[dict[str, Any]]) -> list[Case]:
    """Make the cases; a row whose answer is not found in its normalised context is left out."""
    made = []
    for row in rows:
        text = normalise(row["context"])
        gold = tuple(
            span for answer in row["answers"] if (span := _find(text, row["context"], answer["text"], answer["start"]))
        )
        if gold or not row["answers"]:
            made.append(Case(row["question"], article_id_of(text), gold))
    return made


@contextmanager
def open_pool(
    rows: Sequence[dict[str, Any]], folder: Path, encoder: Encoder, *, store: str | None = None
) -> Iterator[Pool]:
    """Make an archive of the rows' contexts in ``folder``, or open the one that was made there of the same rows.

    ``store`` is the address of an empty schema of a PostgreSQL database that is to have the archive instead.
    """
    articles = {article.id: article for article in (_article(row) for row in rows)}
    whole = folder / "whole"  # there once everything is in
    digest, dimension = encoder.digest, encoder.dimension
    with ExitStack() as stack:
        index: ChromaIndex | PostgresIndex
        if store is None:
            index = ChromaIndex.open(folder / "index", None, "passages", encoder_digest=digest, dimension=dimension)
            catalog = Catalog.open(folder / "catalog.sqlite")
        else:
            catalog = Catalog.connect(store)
            index = PostgresIndex.open(store, encoder_digest=digest, dimension=dimension)
        stack.enter_context(index)
        stack.enter_context(catalog)
        if not whole.exists():
            _fill(catalog, index, encoder, articles.values())
            whole.touch()
        fusion = FusionRetriever(LexicalRetriever(catalog), DenseRetriever(catalog, index, encoder))
        yield Pool(fusion, articles, len(catalog.searchable_passage_ids()))


@contextmanager
def scratch_schema(store: str) -> Iterator[str]:
    """Lend the address of a new schema of a PostgreSQL database, which is dropped afterwards."""
    import psycopg

    name = f"evaluation_{uuid4().hex}"
    with psycopg.connect(store, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public")
        connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{store}{'&' if '?' in store else '?'}options={quote(f'-csearch_path={name},public', safe='')}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


def pool_folder(rows: Sequence[dict[str, Any]], cache: Path, encoder: Encoder) -> Path:
    """Name the folder under ``cache`` for the archive of these rows' contexts and this encoder, and make it."""
    named = hashlib.sha256(encoder.digest.encode())
    for context in sorted({row["context"] for row in rows}):
        named.update(hashlib.sha256(context.encode()).digest())
    folder = cache / named.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fill(catalog: Catalog, index: VectorIndex, encoder: Encoder, articles: Collection[Article]) -> None:
    passages = {article.id: cut_passages(article) for article in articles}
    catalog.store([Entry(article, passages[article.id], []) for article in articles])
    flat = [passage for cut in passages.values() for passage in cut]
    for start in range(0, len(flat), 512):
        batch = flat[start : start + 512]
        vectors = encoder.encode([f"{passage.heading}\n{passage.text}" for passage in batch])
        index.add([passage.id for passage in batch], vectors)


def _find(text: str, context: str, answer: str, start: int) -> Span | None:
    """The place of ``answer`` in the normalised text that is nearest to where it stood in the context."""
    wanted, near = normalise(answer), len(normalise(context[:start]))
    before, after = text.rfind(wanted, 0, near + len(wanted)), text.find(wanted, near)
    found = min((at for at in (before, after) if at >= 0), key=lambda at: abs(at - near), default=None)
    return Span(found, found + len(wanted)) if found is not None and wanted else None


def _article(row: dict[str, Any]) -> Article:
    text = normalise(row["context"])
    return Article(
        id=article_id_of(text),
        url=f"https://pool.example/{article_id_of(text)}",
        outlet=None,
        title=row["title"].replace("_", " "),
        byline=None,
        published=None,
        modified=None,
        retrieved=_SEEN,
        language="en",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(paragraph_spans(text))),
    )

"""The seams: what the stages promise each other, so that any of them can be replaced.

Whoever implements one of these passes the contract tests in ``tests/contracts``. Nothing here knows an implementation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from qa.types import Article, Candidate, Hit, Passage, Question, Scope, Statement

if TYPE_CHECKING:  # who lists articles does not load numpy
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Attributor",
    "Draft",
    "Encoder",
    "KeptIndex",
    "PassageStore",
    "ReadIndex",
    "Reader",
    "Retriever",
    "Summary",
    "VectorIndex",
    "Vectors",
]

Vectors: TypeAlias = "NDArray[np.float32]"  # (texts, dimension), rows of length 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source reader found, before it is cleaned and normalised.

    ``body`` is raw text with paragraphs separated by newlines. ``location`` is the article's own address, or the
    ``file:`` address of where it was read (with ``#line`` where a file holds several). ``clutter`` says whether the
    body may contain a page's furniture (headline, share bars) and has to be cleaned of it, ``page`` that it is a web
    page's, above whose text labels stand. ``line`` is where the
    record starts in its source, where one is known. ``note`` is what a provider says along with the text ("ednote").
    ``origin`` is the server that gave it, HOST or HOST:PORT; None for a file. ``pages`` is where in a body that is in
    normal form each page of the source begins: place, number. ``original`` is the
    file as it came, where its pages can be shown (PDF).
    """

    location: str
    body: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: date | None = None
    modified: datetime | None = None
    retrieved: datetime | None = None
    language: str | None = None
    standfirst: str | None = None
    dateline: str | None = None
    clutter: bool = False
    page: bool = False
    line: int | None = None
    origin: str | None = None
    extra: Mapping[str, str] | None = None
    pages: tuple[tuple[int, int], ...] = ()
    note: str | None = None
    original: bytes | None = field(default=None, repr=False)


class Encoder(Protocol):
    """Turns texts into vectors of one space."""

    @property
    def name(self) -> str:
        """The model's name, as an operator would write it in a setting."""
        ...

    @property
    def digest(self) -> str:
        """Identifies the vector space: vectors of two encoders with one digest can be compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed ``texts``: (len(texts), dimension) float32, each row of Euclidean length 1."""
        ...


class ReadIndex(Protocol):
    """Passage vectors under passage ids, as whoever only looks for some sees them."""

    def nearest(self, vector: Vectors, top_k: int, *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine) pairs, best first, for one vector (dimension,).

        ``among`` restricts the search to these ids; None means all.
        """
        ...

    def ids(self) -> set[str]:
        """Every id that is stored."""
        ...

    def count(self) -> int:
        """How many ids are stored."""
        ...


class VectorIndex(ReadIndex, Protocol):
    """Passage vectors under passage ids, and nothing else."""

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors (len(ids), dimension); an id that is there is overwritten."""
        ...

    def remove(self, ids: Collection[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        ...


class KeptIndex(VectorIndex, Protocol):
    """A :class:`VectorIndex` that lies somewhere, as whoever opened it sees it."""

    @property
    def encoder_digest(self) -> str:
        """Which encoder the vectors are made by."""
        ...

    def vectors(self, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return those of up to 5,000 ids that are stored, and their vectors (ids, dimension)."""
        ...

    def rewrite(self, keep: Collection[str]) -> None:
        """Leave these ids alone, and no byte of any other in the files."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class PassageStore(Protocol):
    """What retrieval needs of the catalog: passages of articles that are current and not hidden."""

    def search(self, terms: Sequence[str], top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Rank passages in ``scope`` that hold any of ``terms``: (id, BM25 score, higher is better), best first."""
        ...

    def permitted(self, scope: Scope) -> Collection[str] | None:
        """Ids of the passages in ``scope``; None when the scope is unbounded."""
        ...

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages with these ids; those that are unknown, superseded or hidden are missing."""
        ...


class WordStore(Protocol):
    """What a search for words needs of the catalog."""

    def search_all(
        self, terms: Sequence[str], top_k: int, scope: Scope, *, in_heading: bool = False
    ) -> list[tuple[str, float]]:
        """Rank passages in ``scope`` that hold all of ``terms``, in their text or heading, or in the heading alone."""
        ...

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages with these ids; those that are unknown, superseded or hidden are missing."""
        ...


class Retriever(Protocol):
    """Question -> passages, best first."""

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """Return up to ``top_k`` hits that satisfy the question's dates and outlets; ranks count from 1."""
        ...


class Reader(Protocol):
    """Question and passages -> spans that may answer."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates, best margin first; every span lies within its hit's passage."""
        ...


class Attributor(Protocol):
    """Article -> who said what in it."""

    @property
    def digest(self) -> str:
        """Identifies the rules or weights: statements found by another digest are out of date."""
        ...

    def attribute(self, article: Article) -> list[Statement]:
        """Return the article's statements in reading order."""
        ...


class Summary(Protocol):
    """An article without its text, as lists show it."""

    @property
    def id(self) -> str:
        """The article's name in this archive."""
        ...

    @property
    def url(self) -> str:
        """Where it was published."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def title(self) -> str:
        """Its headline."""
        ...

    @property
    def byline(self) -> str | None:
        """Who wrote it."""
        ...

    @property
    def published(self) -> date | None:
        """On which day."""
        ...

"""The nouns: frozen values that the stages pass to each other.

Promise: every :class:`Span` is a half-open range of code points into ``Article.text``, which is normalised once at
ingestion and never again. ``article.text[span.start:span.end]`` is what is shown, cited and sent.

What these types do not know: where articles are stored, how passages are found, how anything is displayed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

__all__ = [
    "Answer",
    "AnswerKind",
    "Article",
    "Candidate",
    "Citation",
    "FoundBy",
    "Hit",
    "Location",
    "Naming",
    "NoAnswer",
    "NoAnswerReason",
    "Outcome",
    "Paragraph",
    "Passage",
    "Question",
    "QuestionKind",
    "Resolution",
    "Span",
    "Speaker",
    "Statement",
    "StatementForm",
    "StatementKind",
    "article_id_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty half-open range of code points, ``[start, end)``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Slice ``text``; the span must lie within it."""
        if self.end > len(text):
            raise ValueError(f"span [{self.start}, {self.end}) reaches beyond a text of {len(text)} code points")
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Move the span by ``by`` code points, as from passage to article coordinates."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The newspaper's own unit of text."""

    ordinal: int
    span: Span


@dataclass(frozen=True, slots=True)
class Location:
    """One place where an article's text was published."""

    url: str
    outlet: str | None = None


def article_id_of(text: str) -> str:
    """Name a text: the first 16 hexadecimal digits of its SHA-256 (64 bits)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article: its text never changes, an edited text is another ``Article``.

    ``id`` is :func:`article_id_of` the text, so a citation's address keeps pointing at the words that it cited, and the
    same text under two addresses is one article with two ``locations``. ``url`` and ``outlet`` are those of the first
    location; an article from a local file has the file's ``file:`` address. ``paragraphs`` cover the text in order; the
    standfirst, where there is one, is paragraph 0 and ``standfirst`` is its span.
    """

    id: str
    url: str
    outlet: str | None
    title: str
    byline: str | None
    published: date | None
    modified: datetime | None
    retrieved: datetime
    language: str
    text: str
    text_sha256: str
    paragraphs: tuple[Paragraph, ...]
    dateline: str | None = None
    standfirst: Span | None = None
    locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: a paragraph, short neighbours joined, a long one cut at sentences.

    ``text`` is ``article.text[span.start:span.end]``. ``heading`` (title and date) is embedded with it and never
    quoted. ``id`` is ``"<article_id>:<start>-<end>"``.
    """

    id: str
    article_id: str
    span: Span
    heading: str
    text: str


class QuestionKind(StrEnum):
    """How a question is answered: by the shortest exact span, or by a list of somebody's statements."""

    SPAN = "span"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks. A *query* is what a retriever makes of it.

    ``speaker`` and ``topic`` are set for questions about what somebody said; in a refusal ``speaker`` may also be a
    person whom a question names and the archive never does. Both dates are inclusive; ``dates_said`` are the words of
    the question that they were read from ("last week"), None where the caller set them.
    """

    text: str
    kind: QuestionKind = QuestionKind.SPAN
    speaker: str | None = None
    topic: str | None = None
    published_after: date | None = None
    published_before: date | None = None
    outlets: tuple[str, ...] = ()
    dates_said: str | None = None


class FoundBy(StrEnum):
    """Which retriever found a hit."""

    LEXICAL = "lexical"
    DENSE = "dense"
    FUSION = "fusion"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a retriever returned; ``rank`` counts from 1, a higher ``score`` is better.

    Scores of different retrievers are not comparable. ``similarity`` is the cosine between question and passage and
    ``lexical_score`` the (positive) BM25 score, each where it was computed: the reader uses both as evidence.
    """

    passage: Passage
    rank: int
    score: float
    found_by: FoundBy
    similarity: float | None = None
    lexical_score: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer, and what speaks against there being an answer.

    ``span`` is the answer and ``sentence`` the sentence around it, both in article coordinates. ``evidence`` is what
    the reader saw beside its scores, by name: a confidence that was fitted for the reader knows the names.
    """

    hit: Hit
    span: Span
    sentence: Span
    score: float
    null_score: float
    evidence: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def margin(self) -> float:
        """What abstention looks at: how far the span beats no answer."""
        return self.score - self.null_score


class Resolution(StrEnum):
    """How a mention was resolved to a speaker, or that it was not."""

    NAMED = "named"  # the mention is the name, or a part of it
    PRONOUN = "pronoun"  # "he", "she", "who"
    TITLE = "title"  # "the chancellor", through a role that the article states
    ORGANISATION = "organisation"  # "the Kremlin", "U.S. officials"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Speaker:
    """``mention`` as printed ("he", "the chancellor"), ``name`` resolved ("Friedrich Merz") or None."""

    mention: str
    name: str | None = None
    role: str | None = None
    resolution: Resolution = Resolution.UNRESOLVED


class StatementForm(StrEnum):
    """Direct: all in quotation marks; mixed: some of it; indirect: none."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class StatementKind(StrEnum):
    """What is reported: words that somebody said or wrote, or what somebody believes, wants or plans."""

    SPEECH = "speech"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what: PolNeAR's source, cue and content, each in article coordinates.

    ``content`` has several fragments where the cue stands in its middle. ``source`` may be empty (nobody named), and
    so may ``cue`` (a quotation that goes on after its attribution). ``confidence`` is between 0 and 1: how sure the
    attributor is that these words are attributed to this source.
    """

    article_id: str
    speaker: Speaker | None
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: StatementForm
    kind: StatementKind = StatementKind.SPEECH
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Naming:
    """One way in which articles name a speaker: a spelling with a role, or with none.

    ``key`` is the spelling without case, diacritics and spare spaces. ``statements`` counts what is said under this
    name (beliefs and plans are not counted), ``first`` and ``last`` are the days of the first and last article with it.
    """

    key: str
    name: str
    role: str | None
    statements: int
    first: date | None = None
    last: date | None = None
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Enough to find the words again without us.

    ``exact`` is ``article.text[span.start:span.end]``; ``prefix`` and ``suffix`` are the text around it (W3C Web
    Annotation TextQuoteSelector). ``sentence`` is the sentence or sentences around the span; ``passage`` the indexed
    passage. ``also_in`` are other articles that say the same in nearly the same words.
    """

    number: int
    article: Article
    span: Span
    exact: str
    prefix: str
    suffix: str
    sentence: Span
    passage: Span
    statement: Statement | None = None
    also_in: tuple[Article, ...] = ()

    def __post_init__(self) -> None:
        if self.span.of(self.article.text) != self.exact:
            raise ValueError(f"citation of {self.article.id} at {self.span} is not a slice of its article")


class AnswerKind(StrEnum):
    """What an answer consists of: shortest spans, whole sentences, or somebody's statements."""

    SPAN = "span"
    SENTENCE = "sentence"
    STATEMENTS = "statements"


class NoAnswerReason(StrEnum):
    """Why the archive does not answer."""

    NOTHING_FOUND = "nothing_found"
    BELOW_THRESHOLD = "below_threshold"
    SPEAKER_UNKNOWN = "speaker_unknown"
    SPEAKER_SILENT = "speaker_silent"
    SILENT_ON_TOPIC = "silent_on_topic"
    OUTSIDE_DATES = "outside_dates"


@dataclass(frozen=True, slots=True)
class Answer:
    """Citations, best first. ``confidence`` is between 0 and 1."""

    question: Question
    kind: AnswerKind
    citations: tuple[Citation, ...]
    confidence: float
    timings_ms: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer has at least one citation")

    @property
    def text(self) -> str:
        """The first citation's words: an answer cannot differ from its source."""
        return self.citations[0].exact


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """An honest refusal, with its reason and the passages that came nearest (as citations, not as answers)."""

    question: Question
    reason: NoAnswerReason
    nearest: tuple[Citation, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


Outcome = Answer | NoAnswer

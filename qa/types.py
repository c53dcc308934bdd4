"""The nouns: frozen values that the stages pass to each other.

Promise: every :class:`Span` is a half-open range of code points into ``Article.text``, which is normalised once at
ingestion and never again. ``article.text[span.start:span.end]`` is what is shown, cited and sent.

What these types do not know: where articles are stored, how passages are found, how anything is displayed.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Self

from qa.errors import QuestionError

__all__ = [
    "EVERYTHING",
    "Ambiguous",
    "Answer",
    "AnswerKind",
    "Article",
    "Candidate",
    "Carried",
    "Citation",
    "Contrary",
    "Copy",
    "Correction",
    "CountedFrom",
    "Exchange",
    "FoundBy",
    "Hit",
    "Introduction",
    "Lent",
    "LentDetail",
    "Location",
    "Meant",
    "Missing",
    "Naming",
    "NoAnswer",
    "NoAnswerReason",
    "Notice",
    "NoticeKind",
    "Outcome",
    "PageStart",
    "Pair",
    "Paragraph",
    "Part",
    "Passage",
    "Point",
    "Question",
    "QuestionKind",
    "Resolution",
    "Rewording",
    "Scope",
    "Side",
    "Span",
    "Speaker",
    "Standing",
    "Statement",
    "StatementForm",
    "StatementKind",
    "Step",
    "Story",
    "Struck",
    "Told",
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
class PageStart:
    """Where in an article's text a page of its source begins; pages count from 1."""

    start: int
    number: int


@dataclass(frozen=True, slots=True)
class Location:
    """One place where an article's text was published."""

    url: str
    outlet: str | None = None


class LentDetail(StrEnum):
    """A detail that one address of a text may state and another leave out."""

    PUBLISHED = "published"
    BYLINE = "byline"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Lent:
    """A detail of an article that its first address does not state: ``url`` is the address that does."""

    detail: LentDetail
    url: str


def article_id_of(text: str) -> str:
    """Name a text: the first 16 hexadecimal digits of its SHA-256 (64 bits)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article: its text never changes, an edited text is another ``Article``.

    ``id`` is :func:`article_id_of` the text, so a citation's address keeps pointing at the words that it cited, and the
    same text under two addresses is one article with two ``locations``. ``url`` and ``outlet`` are those of the first
    location; an article from a local file has the file's ``file:`` address. ``paragraphs`` cover the text in order; the
    standfirst, where there is one, is paragraph 0 and ``standfirst`` is its span. ``origin`` is the server, HOST or
    HOST:PORT, from which it has just been fetched; None for a file, and for what an archive gives back. ``pages`` is
    where its source's pages begin (PDF), in order. ``lent`` are those of its details that another of its addresses
    states, and not the first. ``added`` is when it came into the archive; None before it has.
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
    origin: str | None = None
    pages: tuple[PageStart, ...] = ()
    story: str | None = field(default=None, compare=False)
    lent: tuple[Lent, ...] = ()
    added: datetime | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Article({self.id}, {_short(self.title)!r}, {self.outlet!r}, {self.published})"

    @classmethod
    def bare(cls, text: str, paragraphs: Sequence[Span], *, named: str | None = None, language: str = "en") -> Self:
        """A text that is in no archive, as what spans point into; ``named`` is its id there, else the text's own."""
        return cls(
            id=article_id_of(text) if named is None else named,
            url="",
            outlet=None,
            title="",
            byline=None,
            published=None,
            modified=None,
            retrieved=datetime.now(UTC),
            language=language,
            text=text,
            text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            paragraphs=tuple(Paragraph(ordinal, span) for ordinal, span in enumerate(paragraphs)),
        )

    @property
    def heading(self) -> str:
        """What is embedded with its passages and never quoted: the title, and the day where there is one."""
        day = self.published
        return f"{self.title}, {day.day} {day:%B %Y}" if day else self.title

    def page_of(self, span: Span) -> int | None:
        """The page on which a span begins; None where the source has no pages."""
        return next((page.number for page in reversed(self.pages) if page.start <= span.start), None)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a story: the same text as the others of it, or an edited one.

    ``outlets`` are those that have it now, the first one first; ``words`` is how many its text has.
    """

    article_id: str
    title: str
    outlets: tuple[str, ...]
    published: date | None
    words: int


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are copies of one text: ``copies`` are in the order of their days, of one day the longest first."""

    copies: tuple[Copy, ...]

    @property
    def first(self) -> Copy:
        """The copy of the earliest day; of several the fullest."""
        return self.copies[0]

    @property
    def fullest(self) -> Copy:
        """The copy with most words; of several the earliest."""
        return max(self.copies, key=lambda copy: copy.words)

    def others(self, article_id: str) -> tuple[Copy, ...]:
        """The copies beside this one."""
        return tuple(copy for copy in self.copies if copy.article_id != article_id)


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


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may answer: publication dates (both inclusive), outlets and articles by id; empty means all.

    Raises:
        QuestionError: the dates contradict each other.
    """

    published_after: date | None = None
    published_before: date | None = None
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.published_after and self.published_before and self.published_after > self.published_before:
            raise QuestionError(
                f"The dates exclude everything: after {self.published_after}, before {self.published_before}.",
                remedy="Exchange the two dates.",
            )

    @property
    def dated(self) -> bool:
        """Whether there is a bound on the days."""
        return self.published_after is not None or self.published_before is not None

    @property
    def unbounded(self) -> bool:
        """Whether every article is in scope."""
        return not self.dated and not self.outlets and not self.articles

    def holds(self, day: date | None) -> bool:
        """Whether an article of this day may answer; one without a day is outside every bound."""
        if day is None:
            return not self.dated
        return (self.published_after or date.min) <= day <= (self.published_before or date.max)


EVERYTHING = Scope()


class QuestionKind(StrEnum):
    """What a question asks for; ``qa.assistant.asking`` says how each kind is answered."""

    SPAN = "span"  # a fact: the shortest exact words
    STATEMENTS = "statements"  # what somebody says, or what is said about a topic
    QUOTATION = "quotation"  # who says some words
    COMPARISON = "comparison"  # what two people say about one topic
    COURSE = "course"  # what somebody says about a topic over time
    CONTRARY = "contrary"  # who says otherwise
    LATEST = "latest"  # the news of a topic
    PERSON = "person"  # who somebody is whom it names
    EVENT = "event"  # what happened at, to or with something
    EXPLANATION = "explanation"  # why, how, whether
    SEARCH = "search"  # words to look for, or a headline: articles with all of them

    @property
    def of_statements(self) -> bool:
        """Whether it is looked up in what people are reported to say; the others are read out of passages."""
        return self in _OF_STATEMENTS


_OF_STATEMENTS = (
    QuestionKind.STATEMENTS,
    QuestionKind.QUOTATION,
    QuestionKind.COMPARISON,
    QuestionKind.COURSE,
    QuestionKind.CONTRARY,
)


class CountedFrom(StrEnum):
    """From which day "last week" or "on Monday" was counted."""

    TODAY = "today"  # the archive is live
    NEWEST_ARTICLE = "newest_article"
    ARTICLES = "articles"  # as articles have it that say "on Monday" themselves


class Part(StrEnum):
    """A part of a question that may be taken from elsewhere than its own words."""

    SPEAKER = "speaker"
    TOPIC = "topic"
    DATES = "dates"
    SPELLING = "spelling"  # a word of its own, with a slip


class Point(StrEnum):
    """What a bare follow-up asks of the answer that was shown before it; it asks for nothing else."""

    DAY = "day"  # when?
    SINCE = "since"  # since when?
    PLACE = "place"  # where?
    REASON = "reason"  # why? how?
    NUMBER = "number"  # how many? how far?
    SOURCE = "source"  # says who?
    STILL = "still"  # is that still so?


@dataclass(frozen=True, slots=True)
class Carried:
    """A part of a question that was carried over from an earlier one or guessed, and the words that it stands for.

    "What did he say?" after a question about Tomas Reck carries ``SPEAKER``, "Tomas Reck", for "he"; "in wich city"
    carries ``SPELLING``, "which", for "wich".
    """

    part: Part
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One reading of what a person asks. A *query* is what a retriever makes of it.

    ``text`` stands alone: it is what is looked up and read. ``typed`` is what was typed where that is something else
    ("what did he say?"), and ``carried`` what was filled in. ``speaker``, the ``other`` whom they are compared with,
    and ``topic`` are as the question has them; ``quoted`` are the words whose speaker is asked for, and ``cue`` is the
    verb that statements are asked for with ("deny"), None for any. ``dates_said`` are the words of the question that
    the days of the scope were read from ("last week"), None where the caller set them; ``counted_from`` is None where
    they mean the same days whenever they are asked. ``point`` is what is asked of the answer that was shown before,
    None where the archive is asked. Answering changes none of it.
    """

    text: str
    kind: QuestionKind = QuestionKind.SPAN
    speaker: str | None = None
    topic: str | None = None
    scope: Scope = EVERYTHING
    dates_said: str | None = None
    other: str | None = None
    quoted: str | None = None
    cue: str | None = None
    carried: tuple[Carried, ...] = ()
    typed: str | None = None
    counted_from: CountedFrom | None = None
    point: Point | None = None

    @property
    def words(self) -> str:
        """What was typed."""
        return self.typed or self.text

    @property
    def completed(self) -> bool:
        """Whether it was put into other words than were typed, by what came before it."""
        return self.words != self.text and not (self.respelt and not self.filled_in)

    @property
    def respelt(self) -> tuple[str, ...]:
        """The words that were read for words with a slip."""
        return tuple(one.value for one in self.carried if one.part is Part.SPELLING)

    @property
    def filled_in(self) -> tuple[Carried, ...]:
        """What was carried but the words with a slip."""
        return tuple(one for one in self.carried if one.part is not Part.SPELLING)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Those whose statements are asked for, as the question names them; none means anybody's."""
        return tuple(name for name in (self.speaker, self.other) if name)


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
    the reader saw beside its scores, by name: a confidence that was fitted for the reader knows the names. ``again`` is
    the margin that a second reader gives the span; None where it has not read it.
    """

    hit: Hit
    span: Span
    sentence: Span
    score: float
    null_score: float
    evidence: Mapping[str, float] = field(default_factory=dict, hash=False)
    again: float | None = None

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


_UNSURE = 0.6
_LINE = 100  # code points of words as they are printed for programmers


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
    so may ``cue`` (a quotation that goes on after its attribution, one beside a beat). The first part of ``source`` is
    who speaks, a second one whom the article has the words from (:attr:`via`). ``confidence`` is between 0 and 1: how
    sure the attributor is that these words are attributed to this source.
    """

    article_id: str
    speaker: Speaker | None
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: StatementForm
    kind: StatementKind = StatementKind.SPEECH
    confidence: float = 1.0

    @property
    def via(self) -> Span | None:
        """Whom the article has the words from: "the Courier" in "…, Pell said, according to the Courier"."""
        return self.source[1] if len(self.source) > 1 else None

    @property
    def unsure(self) -> bool:
        """Whether it is to be read in its sentence before it is taken for this source's."""
        return self.confidence < _UNSURE


@dataclass(frozen=True, slots=True)
class Naming:
    """One way in which the articles of a year name a speaker: a spelling with a role, or with none.

    ``key`` is the spelling without case, diacritics and spare spaces. ``statements`` counts what is said under this
    name (beliefs and plans are not counted), ``first`` and ``last`` are the days of the first and last article with it,
    ``articles`` how many there are.
    """

    key: str
    name: str
    role: str | None
    statements: int
    first: date | None = None
    last: date | None = None
    organisation: bool = False
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """When something was said by the article's own ``words``, and the days that they mean, both inclusive."""

    words: Span
    first: date
    last: date


class NoticeKind(StrEnum):
    """What a notice does to an article."""

    CORRECTION = "correction"  # it was wrong
    CLARIFICATION = "clarification"  # it was unclear


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a notice puts right: the ``right`` words and the ``wrong`` ones, where its own text has them; never none."""

    right: Span | None = None
    wrong: Span | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Words of an article that say that an article was wrong: itself (``own``), or another.

    ``span`` and all other spans count in the text of the article where the notice stands. ``day`` is when the article
    was put right, and ``of_day`` the day of the article that is meant, each where the notice names it.
    """

    article_id: str
    span: Span
    kind: NoticeKind
    own: bool
    exchanges: tuple[Exchange, ...] = ()
    day: date | None = None
    of_day: date | None = None


@dataclass(frozen=True, slots=True)
class Struck:
    """Words of a corrected article that do not hold, and the right ones, where the notice's article has them."""

    span: Span
    right: Span | None


@dataclass(frozen=True, slots=True)
class Correction:
    """That an article has been corrected: the notice, the ``article`` where it stands, since which day.

    ``struck`` are places in the corrected article. Where that is the notice's own, its text is right, and only the
    notice has the wrong words.
    """

    notice: Notice
    article: Article
    day: date | None
    struck: tuple[Struck, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Enough to find the words again without us.

    ``exact`` is ``article.text[span.start:span.end]``; ``prefix`` and ``suffix`` are the text around it (W3C Web
    Annotation TextQuoteSelector). ``sentence`` is the sentence or sentences around the span; ``passage`` the indexed
    passage. ``also_in`` are other articles that say the same in nearly the same words. ``told`` is when a statement was
    made, where its sentence names the day or the period; it is not the article's day. ``corrections`` are those of the
    article, the newest first.
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
    told: Told | None = None
    corrections: tuple[Correction, ...] = ()

    def __repr__(self) -> str:
        return f"Citation({self.number}, {_short(self.exact)!r}, {self.article.id}, {self.span.start}-{self.span.end})"

    def __str__(self) -> str:
        """Say who says the words, the words, the sentence around them where it says more, and where they stand."""
        speaker = self.statement.speaker if self.statement else None
        name = (speaker.name or speaker.mention) if speaker else ""
        said = f"{name}: {_short(self.exact)}" if name and name not in self.exact else _short(self.exact)
        around = f" — “{_short(self.sentence.of(self.article.text))}”" if self.sentence != self.span else ""
        where = [self.article.outlet, self.article.published.isoformat() if self.article.published else None]
        return ", ".join([said + around, *filter(None, where)])

    def __post_init__(self) -> None:
        if self.span.of(self.article.text) != self.exact:
            raise ValueError(f"citation of {self.article.id} at {self.span} is not a slice of its article")

    @property
    def fullest(self) -> Article | None:
        """Of the copies of one story that say it, this article among them, the longest; None without copies."""
        story = self.article.story
        copies = [one for one in self.also_in if story and one.story == story]
        return max((self.article, *copies), key=lambda one: len(one.text)) if copies else None

    @property
    def struck(self) -> tuple[Struck, ...]:
        """Words of the article that do not hold any more, in reading order."""
        return tuple(sorted((one for each in self.corrections for one in each.struck), key=lambda one: one.span))

    @property
    def outdated(self) -> tuple[Struck, ...]:
        """Those of them that are cited."""
        return tuple(one for one in self.struck if one.span.overlaps(self.span))


class AnswerKind(StrEnum):
    """What an answer consists of."""

    SPAN = "span"  # the shortest exact words
    SENTENCE = "sentence"
    EXPLANATION = "explanation"  # up to three whole sentences that are read one after the other
    PASSAGES = "passages"  # a whole sentence of each article that has all words of a search
    STATEMENTS = "statements"
    COMPARISON = "comparison"
    COURSE = "course"  # somebody's statements in the order of the days of the words
    CONTRARY = "contrary"  # pairs of statements that cannot both hold


@dataclass(frozen=True, slots=True)
class Introduction:
    """A place where an article says beside a name what its bearer is: "Kremlin spokesman Dmitry Peskov".

    ``name`` is as the article has it in full, ``mention`` as it stands there, ``role`` what stands beside it, and
    ``span`` both; ``once``: an office is asked for, and the article says that the bearer has it no more.
    """

    article_id: str
    name: str
    mention: Span
    role: Span
    span: Span
    once: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """One of several whom a name can mean: with ``statements`` in all; ``question`` asks for this one alone."""

    name: str
    statements: int
    question: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name or role as ``asked`` that is several people's, who says most first."""

    asked: str
    people: tuple[Meant, ...]


class Standing(StrEnum):
    """How a question stands to the archive."""

    ANSWERED = "answered"
    NOT_SURE = "not_sure"  # there are sentences to read, none of them surely an answer
    NOT_IN_ARCHIVE = "not_in_archive"


class NoAnswerReason(StrEnum):
    """Why the archive does not answer: what it lacks."""

    NOTHING_FOUND = "nothing_found"
    BELOW_THRESHOLD = "below_threshold"  # nothing that is sure enough
    SPEAKER_UNKNOWN = "speaker_unknown"  # the person
    SPEAKER_UNCLEAR = "speaker_unclear"  # nothing: the question does not say who "he" is
    THING_UNCLEAR = "thing_unclear"  # nothing: the question does not say of what it asks how many
    OUTLET_UNKNOWN = "outlet_unknown"
    SPEAKER_SILENT = "speaker_silent"  # any statement of theirs
    SILENT_ON_TOPIC = "silent_on_topic"  # a statement about that, or with these words
    OUTSIDE_DATES = "outside_dates"  # anything within those days
    UNDISPUTED = "undisputed"  # anybody who says otherwise
    UNTOLD = "untold"  # what a follow-up asks of the articles that were shown
    NOTHING_NEWER = "nothing_newer"  # anything from after what was shown


@dataclass(frozen=True, slots=True)
class Missing:
    """What an archive lacks, in ``words`` of the question where it has any, and what it has ``instead``.

    ``by`` are those of a comparison of whom it lacks it; none where it is lacking altogether. ``language`` is that of
    the question where the articles are not in it ("German").
    """

    words: str | None = None
    instead: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two who are compared: the name ``asked`` for, whom it means, and what they say, newest first."""

    asked: str
    names: tuple[str, ...]
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a side of a comparison has at least one citation")


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words that two statements have otherwise: ``now`` in the later one's article, ``then`` in the earlier one's.

    Either may be empty. ``figure`` says that both have numbers or dates there, and other ones.
    """

    now: tuple[Span, ...]
    then: tuple[Span, ...]
    figure: bool = False

    def __post_init__(self) -> None:
        if not self.now and not self.then:
            raise ValueError("a rewording has words on one side at least")


@dataclass(frozen=True, slots=True)
class Step:
    """Where one citation stands in a course.

    ``first`` and ``last`` are the days of the words: as ``Citation.told`` has them, else the article's; None where
    neither is known. ``since`` is the number of the earlier citation that it is compared with, None where no earlier
    one is worded like it; ``rewordings`` are what the two have otherwise.
    """

    number: int
    first: date | None
    last: date | None
    since: int | None = None
    rewordings: tuple[Rewording, ...] = ()

    def __post_init__(self) -> None:
        if self.since is not None and self.since >= self.number:
            raise ValueError("a step is compared with an earlier one")


class Contrary(StrEnum):
    """By what it is told that two statements cannot both hold."""

    DENIAL = "denial"  # one says of the other, or of what it says, that it is not so
    NEGATION = "negation"  # both say the same, but for a "not"
    FIGURE = "figure"  # both give a number for the same thing, and not the same one


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that cannot both hold: the numbers of the ``claim`` and of what says ``otherwise``."""

    claim: int
    otherwise: int
    how: Contrary


@dataclass(frozen=True, slots=True)
class Answer:
    """Citations, best first. ``confidence`` is between 0 and 1.

    A comparison has two ``sides``, and its citations are those of one after those of the other. A course has a step for
    each of its citations, which are in the order of days, the oldest first. ``pairs`` tell who says otherwise.
    Where a name is ``ambiguous``, all whom it can mean are answered for.
    """

    question: Question
    kind: AnswerKind
    citations: tuple[Citation, ...]
    confidence: float
    timings_ms: dict[str, float] = field(default_factory=dict)
    sides: tuple[Side, ...] = ()
    steps: tuple[Step, ...] = ()
    pairs: tuple[Pair, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer has at least one citation")
        if self.steps and [one.number for one in self.steps] != [one.number for one in self.citations]:
            raise ValueError("a course has one step for each citation")
        if self.sides and self.citations != tuple(one for side in self.sides for one in side.citations):
            raise ValueError("the citations of a comparison are those of its sides")

    def __repr__(self) -> str:
        words, number = _short(self.text), len(self.citations)
        return f"Answer({self.kind.value}, {words!r}, citations={number}, confidence={self.confidence:.2f})"

    def __str__(self) -> str:
        """List the citations, one a line."""
        return "\n".join(map(str, self.citations))

    @property
    def standing(self) -> Standing:
        """That it is answered."""
        return Standing.ANSWERED

    @property
    def text(self) -> str:
        """The first citation's words: an answer cannot differ from its source."""
        return self.citations[0].exact


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """An honest refusal: why, what is missing, and the passages that came nearest (as citations, not as answers).

    ``likeliest`` is the confidence of what came nearest to being an answer, between 0 and 1; ``to_read`` says whether
    the archive speaks of what was asked, so that ``nearest`` is to be read.
    """

    question: Question
    reason: NoAnswerReason
    missing: Missing = Missing()
    nearest: tuple[Citation, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    likeliest: float = 0.0
    to_read: bool = False
    ambiguous: tuple[Ambiguous, ...] = ()

    def __repr__(self) -> str:
        return f"NoAnswer({self.reason.value}, {self.missing.words!r}, nearest={len(self.nearest)})"

    def __str__(self) -> str:
        """Say that there is no answer and what is lacking, in two or three words."""
        gist = "No sure answer" if self.standing is Standing.NOT_SURE else "Not in this archive"
        missing = f" ({self.missing.words})" if self.missing.words else ""
        return f"{gist}: {self.reason.value.replace('_', ' ')}{missing}"

    @property
    def unclear(self) -> bool:
        """Whether it is the question that does not say whom or what it means: nothing that comes in changes that."""
        return self.reason in (NoAnswerReason.SPEAKER_UNCLEAR, NoAnswerReason.THING_UNCLEAR)

    @property
    def standing(self) -> Standing:
        """Whether the archive may answer, by what there is to read or once the question is clear, or lacks it."""
        return Standing.NOT_SURE if self.unclear or (self.to_read and self.nearest) else Standing.NOT_IN_ARCHIVE


Outcome = Answer | NoAnswer


def _short(words: str) -> str:
    """A line of words, cut at a word where it is long."""
    return textwrap.shorten(words, _LINE, placeholder=" …")

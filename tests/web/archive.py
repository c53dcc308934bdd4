"""A small archive in memory: real articles, real outcomes, and answers that were written down beforehand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from qa.catalog import FailingItem, FeedArticle, FeedState
from qa.errors import ArticleNotFound, PageNotFound, QuestionError, SpeakerNotFound
from qa.people.identities import Profile, RoleHeld
from qa.records import FeedRecord, PrintedPage, SpeakerRecord, StatementRow, Status
from qa.text import quotation_spans
from qa.types import (
    EVERYTHING,
    Answer,
    AnswerKind,
    Article,
    Citation,
    Contrary,
    Correction,
    Location,
    Missing,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Pair,
    Paragraph,
    Question,
    QuestionKind,
    Resolution,
    Rewording,
    Scope,
    Side,
    Span,
    Speaker,
    Statement,
    StatementForm,
    StatementKind,
    Step,
    Story,
    article_id_of,
)
from qa.verification.drafting import Checked, DraftCheck
from qa.verification.verifying import Change, Difference, Piece, Verdict, Verification

BERLIN = """Security guarantees advance, but the territory question stays open
Ukrainian President Volodymyr Zelensky said Monday that talks in Berlin with envoys of U.S. President Donald Trump were “not easy” but resulted in “real progress.”
German Chancellor Friedrich Merz described the talks as a breakthrough, saying they had opened the “chance for a real peace process.” He praised the United States for offering “substantial” legal and material security guarantees, calling the development “a very important step forward.”
Kremlin spokesman Dmitry Peskov said Moscow was awaiting details of the proposals discussed in Berlin.
“We want peace,” Merz said, “and we want it to last.”"""  # noqa: E501
FERRY = """The Tamble ferry will stop running on 1 March.
Asked whether the decision could be reversed, the mayor replied: “Show me the money and I will show you the boat.”"""
HOSTILE = (
    "<b>Bold</b> & “quoted” </mark> words 😀😀 before the answer: Donaudampfschifffahrtsgesellschaftskapitän"
    + "superkalifragilistisch" * 12
    + ".\nقال رئيس البلدية إن العبّارة ستتوقف في الأول من مارس."
)


def make_article(text: str, title: str, **rest: object) -> Article:
    edges = [match.span() for match in re.finditer(r"[^\n]+", text)]
    given: dict[str, object] = {
        "url": f"https://gazette.example/{article_id_of(text)}",
        "outlet": "Ostrel Valley Gazette",
        "byline": "Piet Marlowe-Ash",
        "published": date(2025, 12, 15),
        **rest,
    }
    return Article(
        id=article_id_of(text),
        title=title,
        modified=None,
        retrieved=datetime(2025, 12, 16, 8, 0, tzinfo=UTC),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(ordinal, Span(*edge)) for ordinal, edge in enumerate(edges)),
        language=str(given.pop("language", "en")),
        **given,  # type: ignore[arg-type]
    )


def span_of(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def cite(
    article: Article,
    words: str,
    number: int = 1,
    *,
    statement: Statement | None = None,
    also_in: tuple[Article, ...] = (),
) -> Citation:
    span = span_of(article, words)
    paragraph = next(each.span for each in article.paragraphs if each.span.overlaps(span))
    return Citation(
        number=number,
        article=article,
        span=span,
        exact=words,
        prefix=article.text[max(0, span.start - 32) : span.start],
        suffix=article.text[span.end : span.end + 32],
        sentence=Span(min(paragraph.start, span.start), max(paragraph.end, span.end)),
        passage=Span(min(paragraph.start, span.start), max(paragraph.end, span.end)),
        statement=statement,
        also_in=also_in,
    )


def say(article: Article, cue: str, *content: str, form: StatementForm, mention: str = "Merz") -> Statement:
    how = Resolution.PRONOUN if mention == "He" else Resolution.NAMED
    return Statement(
        article_id=article.id,
        speaker=Speaker(mention, "Friedrich Merz", "German Chancellor", how),
        source=(span_of(article, mention),),
        cue=(span_of(article, cue),),
        content=tuple(span_of(article, words) for words in content),
        form=form,
    )


berlin = make_article(
    BERLIN,
    "Berlin talks show ‘real progress’ despite differences",
    outlet="On Record sample desk",
    standfirst=Span(0, BERLIN.index("\n")),
    dateline="Berlin",
    locations=(
        Location(f"https://gazette.example/{article_id_of(BERLIN)}", "On Record sample desk"),
        Location("https://courier.example/berlin", "Courier"),
    ),
)
ferry = make_article(FERRY, "Tamble ferry to stop after 112 years", published=date(2026, 1, 13))
ferry_before = make_article(FERRY.replace("1 March", "1 April"), "Tamble ferry to stop", published=date(2026, 1, 12))
hostile = make_article(
    HOSTILE,
    "<script>alert('title')</script>",
    outlet="<img src=x onerror=alert(1)>",
    byline='"><script>alert(2)</script>',
    url="javascript:alert(3)",
    published=None,
)

MERZ = "What did Merz say?"
IN_DECEMBER = "What did Merz say in December?"
LAST_WEEK = "What did Merz say last week?"
IMMIGRATION = "What did Merz say about immigration?"
COMPARED = "Compare Merz and Zelensky on the talks"
DISPUTED = "Who disagrees with Merz?"
WHO_SAID = "Who said 'a very important step forward'?"
PESKOV = "Who is the Kremlin spokesman?"
SCRIPT = "<script>alert('question')</script>"
NOBODY = "What did Macron say?"
NOTHING = "How many goals did the home side score?"


def said_by_merz(question: Question) -> Answer:
    mixed = "they had opened the “chance for a real peace process.”"
    pieces = ("“We want peace,”", "“and we want it to last.”")
    cited = (
        cite(berlin, mixed, 1, statement=say(berlin, "saying", mixed, form=StatementForm.MIXED), also_in=(ferry,)),
        cite(
            berlin,
            "“We want peace,” Merz said, “and we want it to last.”",
            2,
            statement=say(berlin, "said,", *pieces, form=StatementForm.DIRECT),
        ),
        cite(
            berlin,
            "the talks as a breakthrough",
            3,
            statement=say(berlin, "described", "the talks as a breakthrough", form=StatementForm.INDIRECT),
        ),
    )
    return Answer(question, AnswerKind.STATEMENTS, cited, 0.8, {"retrieve": 1.2, "total": 6.4})


PRAISE = say(
    berlin, "calling", "the development “a very important step forward.”", form=StatementForm.MIXED, mention="He"
)
FORMULA = Statement(
    hostile.id,
    Speaker("=1+1", "@SUM(A1) <b>Mallory</b>", "+role"),
    (span_of(hostile, "<b>Bold</b>"),),
    (),
    (span_of(hostile, "words 😀😀 before"),),
    StatementForm.INDIRECT,
    StatementKind.SPEECH,
    0.4,
)
BELIEF = Statement(
    berlin.id, None, (), (), (span_of(berlin, "real progress"),), StatementForm.DIRECT, StatementKind.OTHER
)
DAY = date(2025, 12, 15)
MERZ_PROFILE = Profile(
    "friedrich-merz",
    "Friedrich Merz",
    ("Friedrich Merz", "Merz"),
    (RoleHeld("German Chancellor", 3, DAY, date(2026, 1, 13)), RoleHeld("CDU leader", 1, None, None)),
    3,
    DAY,
    date(2026, 1, 13),
)
MALLORY_PROFILE = Profile(
    "sum-a1-b-mallory-b", "@SUM(A1) <b>Mallory</b>", ("@SUM(A1) <b>Mallory</b>",), (), 1, None, None
)
FEEDS = (
    FeedRecord(
        FeedState(
            "https://gazette.example/rss?key=secret",
            1,
            "Ostrel Valley Gazette",
            "RSS",
            polled_at=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
            next_at=datetime(2026, 1, 12, 9, 45, tzinfo=UTC),
            counts={"added": 1, "new_version": 2, "failed": 1},
            came_at=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
            items=20,
            left=1,
        ),
        (FeedArticle(ferry.id, ferry.title, datetime(2026, 1, 12, 9, 30, tzinfo=UTC)),),
        (
            FailingItem(
                "https://gazette.example/" + "long" * 60 + "?key=secret", "the server answered 404 Not Found", 2
            ),
        ),
    ),
    FeedRecord(
        FeedState(
            "https://mallory.example/feed",
            2,
            HOSTILE.partition("\n")[0],
            polled_at=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
            next_at=datetime(2026, 1, 12, 10, 0, tzinfo=UTC),
            failures=1,
            problem="the server answered 500 <script>alert(1)</script>",
            remedy="`qa feeds remove` takes it out.",
        ),
        (),
        (),
    ),
)
PROFILES = (MERZ_PROFILE, MALLORY_PROFILE)


ROWS = (
    *(
        StatementRow(one.statement, one.article, MERZ_PROFILE)
        for one in said_by_merz(Question("q")).citations
        if one.statement
    ),
    StatementRow(FORMULA, hostile, MALLORY_PROFILE),
)


def _listing(question: Question) -> Outcome:
    """What a list of somebody's statements is: all, none on that topic, none at all, or an unknown name."""
    if question.speaker == "Macron":
        return NoAnswer(question, NoAnswerReason.SPEAKER_SILENT, Missing("Macron"))
    if question.speaker and question.speaker not in {"merz", *MERZ_PROFILE.spellings, MERZ_PROFILE.slug}:
        return NoAnswer(question, NoAnswerReason.SPEAKER_UNKNOWN, Missing(question.speaker))
    if question.topic == "immigration":
        near = said_by_merz(question).citations[:1]
        return NoAnswer(question, NoAnswerReason.SILENT_ON_TOPIC, Missing("immigration"), near)
    return said_by_merz(question)


def _in_order(outcome: Outcome) -> Outcome:
    """A list as a course whose second statement has a figure otherwise than the first."""
    if not isinstance(outcome, Answer):
        return outcome
    first, second, *more = outcome.citations
    now, then = (Span(one.span.start, one.span.start + 4) for one in (second, first))
    changed = Rewording((now,), (then,), figure=True)
    steps = (
        Step(1, first.article.published, first.article.published),
        Step(2, second.article.published, second.article.published, 1, (changed,)),
        *(Step(one.number, one.article.published, one.article.published) for one in more),
    )
    return replace(outcome, kind=AnswerKind.COURSE, steps=steps)


def _compared(question: Question) -> Outcome:
    """Merz beside Zelensky; of anybody else there is nothing."""
    strangers = tuple(name for name in question.speakers if name not in {"Merz", "Zelensky"})
    if strangers:
        missing = Missing(" and ".join(strangers), by=strangers)
        return NoAnswer(question, NoAnswerReason.SPEAKER_UNKNOWN, missing, said_by_merz(question).citations[:1])
    merz = said_by_merz(question).citations
    words = "“not easy”"
    said = replace(
        say(berlin, "said", words, form=StatementForm.MIXED, mention="Ukrainian President Volodymyr Zelensky"),
        speaker=Speaker("Volodymyr Zelensky", "Volodymyr Zelensky", "Ukrainian President", Resolution.NAMED),
    )
    zelensky = (cite(berlin, words, 4, statement=said),)
    sides = (Side("Merz", ("Friedrich Merz",), merz), Side("Zelensky", ("Volodymyr Zelensky",), zelensky))
    return Answer(question, AnswerKind.COMPARISON, (*merz, *zelensky), 0.8, {"total": 6.4}, sides)


def _dated(question: Question) -> Outcome:
    """A question with a time in it, read unless the visitor has chosen days."""
    if question.scope.published_after:
        return said_by_merz(question)
    listing = replace(question, kind=QuestionKind.STATEMENTS, speaker="Merz")
    if question.text == IN_DECEMBER:
        december = Scope(date(2025, 12, 1), date(2025, 12, 31))
        return said_by_merz(replace(listing, scope=december, dates_said="in December"))
    read = replace(listing, scope=Scope(date(2026, 1, 5), date(2026, 1, 11)), dates_said="last week")
    return NoAnswer(read, NoAnswerReason.OUTSIDE_DATES, Missing("last week"))


def _disputed(question: Question) -> Outcome:
    """Merz, and somebody who denies it."""
    first, second = said_by_merz(question).citations[:2]
    read = replace(question, kind=QuestionKind.CONTRARY, speaker="Merz")
    return Answer(read, AnswerKind.CONTRARY, (first, second), 0.8, pairs=(Pair(1, 2, Contrary.DENIAL),))


def _answered(question: Question) -> Outcome | None:
    if question.text == COMPARED:
        read = replace(question, kind=QuestionKind.COMPARISON, speaker="Merz", other="Zelensky", topic="the talks")
        return _compared(read)
    if question.text == MERZ:
        return said_by_merz(replace(question, kind=QuestionKind.STATEMENTS, speaker="Merz"))
    if question.text == WHO_SAID:
        read = replace(question, kind=QuestionKind.QUOTATION, quoted="a very important step forward")
        return Answer(read, AnswerKind.SPAN, (cite(berlin, "He", 1, statement=PRAISE),), 0.9)
    if question.text == PESKOV:
        cited = (cite(berlin, "Dmitry Peskov", 1, also_in=(ferry,)),)
        return Answer(question, AnswerKind.SPAN, cited, 0.93, {"total": 12.0})
    if question.text == SCRIPT:
        words = "</mark> words 😀😀 before"
        return Answer(question, AnswerKind.SPAN, (cite(hostile, words, 1, also_in=(hostile,)),), 0.3)
    return None


def outcome_of(question: Question) -> Outcome:
    if question.text in {IN_DECEMBER, LAST_WEEK}:
        return _dated(question)
    if question.text == IMMIGRATION:
        return _listing(replace(question, kind=QuestionKind.STATEMENTS, speaker="Merz", topic="immigration"))
    if question.text == NOBODY:
        return NoAnswer(question, NoAnswerReason.SPEAKER_SILENT, Missing("Macron"), (cite(berlin, "Dmitry Peskov"),))
    if question.text == DISPUTED:
        return _disputed(question)
    return _answered(question) or NoAnswer(question, NoAnswerReason.NOTHING_FOUND)


@dataclass
class FakeArchive:
    """Holds ``held``; every question raises ``fails``; ``asked`` remembers what was asked, with its scope."""

    held: tuple[Article, ...] = (ferry, berlin, hostile)
    fails: Exception | None = None
    asked: list[Question] = field(default_factory=list)
    before: list[tuple[str, ...]] = field(default_factory=list)  # what came before each question
    closed: bool = False
    story: Story | None = None

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        if self.fails:
            raise self.fails
        if not all(any(map(str.isalnum, asked)) for asked in (*earlier, text)):
            raise QuestionError("The question is empty.")
        question = Question(text, scope=scope)
        self.asked.append(question)
        self.before.append(tuple(earlier))
        return outcome_of(question)

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        scope: Scope = EVERYTHING,
        limit: int | None = None,
    ) -> Outcome:
        question = Question("statements", QuestionKind.STATEMENTS, speaker, about, scope)
        self.asked.append(question)
        outcome = _listing(question)
        return replace(outcome, citations=outcome.citations[:limit]) if isinstance(outcome, Answer) else outcome

    def compare(
        self,
        one: str,
        other: str,
        *,
        about: str | None = None,
        scope: Scope = EVERYTHING,
        limit: int | None = None,
    ) -> Outcome:
        question = Question("compare", QuestionKind.COMPARISON, one, about, scope, other=other)
        self.asked.append(question)
        return _compared(question)

    def course(
        self, speaker: str, *, about: str | None = None, scope: Scope = EVERYTHING, limit: int | None = None
    ) -> Outcome:
        question = Question("course", QuestionKind.COURSE, speaker, about, scope)
        self.asked.append(question)
        return _in_order(_listing(question))

    def passages(self, text: str, scope: Scope = EVERYTHING, *, limit: int = 10) -> Sequence[Citation]:
        self.asked.append(Question(text, scope=scope))
        if self.fails:
            raise self.fails
        found = [cite(berlin, BERLIN.split("\n", maxsplit=1)[0], 1), cite(ferry, FERRY.split("\n")[1], 2)]
        return found[:limit]

    def statement_rows(
        self, *, speaker: str | None = None, scope: Scope = EVERYTHING, copies: bool = False
    ) -> Iterator[StatementRow]:
        self.asked.append(Question("rows", QuestionKind.STATEMENTS, speaker, None, scope))
        profile = self.speaker(speaker).profile if speaker else None
        yield from (row for row in ROWS if profile in {None, row.profile})

    def statements_of(self, article_id: str, *, thoughts: bool = False) -> Sequence[Statement]:
        said = [row.statement for row in ROWS if row.article.id == article_id]
        return [*said, BELIEF] if thoughts and self.article(article_id) is berlin else said

    def speakers(self, text: str = "", *, limit: int = 50, offset: int = 0) -> tuple[Sequence[Profile], int]:
        found = [one for one in PROFILES if text.lower() in one.name.lower()]
        return found[offset : offset + limit], len(found)

    def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
        if slug in {"friedrich-merz", "merz", "Merz"}:
            return SpeakerRecord(MERZ_PROFILE, said_by_merz(Question("q")).citations[:limit])
        if slug == MALLORY_PROFILE.slug:
            said = cite(hostile, "words 😀😀 before", statement=FORMULA)
            return SpeakerRecord(MALLORY_PROFILE, (said,))
        raise SpeakerNotFound(slug)

    def verify(self, quotation: str) -> Verification:
        if not any(map(str.isalnum, quotation)):
            raise QuestionError("The quotation is empty.")
        if quotation not in HOSTILE + BERLIN + FERRY and "cash" not in quotation:
            return Verification(quotation, Verdict.ABSENT)
        if "cash" not in quotation:
            article = next(each for each in (berlin, ferry, hostile) if quotation in each.text)
            return Verification(
                quotation, Verdict.VERBATIM, (Piece(Span(0, len(quotation)), cite(article, quotation)),)
            )
        at = quotation.index("cash")
        change = Difference(Change.REPLACED, "cash", "money", Span(at, at + 4), span_of(ferry, "money"))
        source = cite(ferry, "Show me the money and I will show you the boat.")
        return Verification(quotation, Verdict.ALTERED, (Piece(Span(0, len(quotation)), source, (change,)),))

    def check_draft(self, text: str) -> DraftCheck:
        if not any(map(str.isalnum, text)):
            raise QuestionError("The draft has no words.")
        spans = quotation_spans(text)
        merz = Speaker("Merz", "Friedrich Merz", None, Resolution.NAMED)
        said = [(span, self.verify(span.of(text)[1:-1])) for span in spans]
        return DraftCheck(text, tuple(Checked(span, found, merz, "money" in span.of(text)) for span, found in said))

    def article(self, article_id: str) -> Article:
        for article in (*self.held, ferry_before):
            if article.id == article_id:
                return article
        raise ArticleNotFound(article_id)

    def printed(self, article: Article, spans: Sequence[Span]) -> Sequence[PrintedPage]:
        return ()

    def page_picture(self, article_id: str, number: int) -> bytes:
        raise PageNotFound(self.article(article_id).id, number, "its source is not kept here")

    def corrections(self, article: Article) -> Sequence[Correction]:
        return ()

    def versions(self, article_id: str) -> Sequence[tuple[str, datetime]]:
        if article_id in {ferry.id, ferry_before.id}:
            return [(ferry.id, datetime(2026, 1, 13, tzinfo=UTC)), (ferry_before.id, datetime(2026, 1, 12, tzinfo=UTC))]
        return [(article_id, datetime(2026, 1, 12, tzinfo=UTC))]

    def articles(
        self, scope: Scope = EVERYTHING, *, text: str = "", limit: int = 20, offset: int = 0, one_each: bool = False
    ) -> tuple[Sequence[Article], int]:
        found = [
            each
            for each in self.held
            if (not scope.outlets or each.outlet in scope.outlets)
            and scope.holds(each.published)
            and text.lower() in each.text.lower()
        ]
        return found[offset : offset + limit], len(found)

    def stories(self, article_ids: Sequence[str]) -> Mapping[str, Story]:
        return {id_: self.story for id_ in article_ids if self.story and self.story.others(id_) != self.story.copies}

    def outlets(self) -> Sequence[tuple[str, int]]:
        names = [each.outlet for each in self.held if each.outlet]
        return [(name, names.count(name)) for name in dict.fromkeys(names)]

    def date_range(self) -> tuple[date, date] | None:
        days = [each.published for each in self.held if each.published]
        return (min(days), max(days)) if days else None

    def examples(self) -> Sequence[str]:
        return [MERZ, PESKOV] if self.held else []

    def feed_records(self, latest: int = 5) -> Sequence[FeedRecord]:
        return FEEDS if self.held else ()

    def warm(self) -> None:
        """Nothing: it is all here."""

    def changes(self) -> int:
        return hash((self.held, self.story))

    def status(self) -> Status:
        return Status(bool(self.held) and self.fails is None, len(self.held), 9, None)

    def close(self) -> None:
        self.closed = True

"""Where the stages meet, and the one object that the doors hold.

    sources  -> ingestion -> attribution -> catalog -> embedding -> indexing     (Assistant.ingest)
    question -> questions -> retrieval -> reading -> answering                   (Assistant.ask, what is read)
    question -> questions -> catalog's statements -> answering                   (Assistant.ask, what is looked up)

Promises: the catalog is written before the index, and an article is reported as done only when both hold it: a crash
costs work but never an article, and what the index lacks is made up for by the next ingestion or by ``rebuild``.
One process at a time owns the data folder and may write; it lends its index to those that read meanwhile
(:mod:`qa.assistant.sharing`).

What it does not know: how anything is displayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qa.answering import lacking_outlets
from qa.assistant.asking import Asking
from qa.assistant.correcting import Corrections
from qa.assistant.holding import Holding
from qa.assistant.keeping.originals import Originals
from qa.assistant.keeping.privacy import keep_private
from qa.assistant.keeping.suggested import Suggested
from qa.assistant.parts import Common, Parts, store_of
from qa.assistant.speaking import Speaking
from qa.assistant.suggesting import Suggesting
from qa.catalog import ArchiveLock, ArticleSummary, Catalog, FeedState, KnownItem, may_write
from qa.errors import ArchiveEmpty, QaError, SpeakerNotFound, WorkStopped
from qa.people import Profile, Proposal
from qa.protocols import Encoder, Retriever
from qa.records import FeedRecord, Finding, IngestReport, PrintedPage, SpeakerRecord, StatementRow, Status
from qa.records import Progress as IngestProgress
from qa.settings import Settings, load_settings
from qa.types import (
    EVERYTHING,
    Article,
    Citation,
    Correction,
    Missing,
    Outcome,
    Question,
    Scope,
    Span,
    Statement,
    StatementKind,
    Story,
)

if TYPE_CHECKING:
    from qa.assistant.changing import Changing
    from qa.assistant.checking import Comparing
    from qa.assistant.feeding.gathering import Gathered
    from qa.assistant.keeping.ingesting import Event
    from qa.assistant.sharing.jobs import Jobs
    from qa.verification import DraftCheck, Verification

__all__ = ["Assistant"]


Progress = Callable[[int, int], None]  # done, all
_WARMING = "When has the weather changed?", "What did the mayor say?"  # one that is read, one that is looked up
_ADDED = timedelta(minutes=2)  # for whoever adds a feed and polls it


class Assistant:
    """One opened archive. Use :meth:`open`; reading methods may be called from several threads.

    Models and the index are loaded when they are first needed, so that listing articles costs neither.
    """

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        *,
        write: bool,
        resources: ExitStack,
        common: Common | None = None,
        apart: bool = False,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._resources = resources
        self._sharing = ExitStack()  # ends before anything that is shared is closed
        self._parts = Parts(settings, catalog, write=write, resources=resources, common=common, apart=apart)
        self._corrections = Corrections(catalog)
        holding = Holding(catalog)
        self._speaking = Speaking(catalog, settings.answering, self._parts, holding)
        resources.callback(self._speaking.close)
        self._asking = Asking(
            catalog, settings, self._parts, self._speaking, holding=holding, corrections=self._corrections
        )
        self._suggested = Suggested(settings.data_dir)
        self._suggesting = Suggesting(
            catalog,
            self._speaking,
            self.ask,
            self._suggested,
            lambda: write or (common is not None and common.owner is not None),
        )
        self._apart = apart
        resources.callback(self._suggesting.close)
        self._originals = Originals(settings.data_dir / "originals")

    @classmethod
    def open(
        cls,
        settings: Settings | str | PathLike[str] | None = None,
        *,
        label: str = "qa",
        write: bool = False,
        common: Common | None = None,
        jobs: Jobs | None = None,
    ) -> Self:
        """Open the data folder for reading, or for writing as its owner.

        Args:
            settings: all of them, or the data folder alone; None takes what the environment says.
            label: what this process is, such as "qa ingest".
            write: own the folder; who reads it meanwhile asks this process for what only its owner may look into.
            common: what is shared with another opening in this process.
            jobs: where an owner that answers meanwhile puts the work that others ask it for; None takes none.

        Raises:
            ArchiveLocked: another process owns it (writing only).
            ArchiveEmpty: there is nothing to read.
            ArchiveError: the catalog is damaged or of another version, or its server cannot be reached.
            SettingsError: the environment has a setting that is none, or QA_STORE__URL is no address.
        """
        if not isinstance(settings, Settings):
            settings = load_settings() if settings is None else load_settings(data_dir=Path(settings))
        with ExitStack() as stack:
            lock = ArchiveLock(settings.data_dir, label, shared=not write)
            if write:
                stack.enter_context(keep_private(settings.data_dir))
            store = store_of(settings)
            if write or not (store or may_write(settings.data_dir)):
                stack.enter_context(lock)
            if store is not None:
                catalog = Catalog.connect(store, write=write)
            else:
                catalog = Catalog.open(
                    settings.data_dir / "catalog.sqlite", write=write, undisturbed=not write and lock.undisturbed
                )
            stack.enter_context(catalog)
            kept = stack.enter_context(ExitStack())
            assistant = cls(settings, catalog, write=write, resources=kept, common=common, apart=jobs is not None)
            if write:
                stack.callback(assistant._sharing.close)  # where the rest of the opening fails
                assistant._share(lock.label, common, jobs)
                assistant._changing.settle()
            kept.push(stack.pop_all())
            return assistant

    def _share(self, label: str, common: Common | None, jobs: Jobs | None) -> None:
        """Lend the index to those who read, here and in other processes, and take their work."""
        if common is not None:
            common.owner = self._parts
            self._sharing.callback(setattr, common, "owner", None)
        if jobs is not None or not (self._settings.index.url or store_of(self._settings)):
            from qa.assistant.sharing.reception import Reception

            reception = Reception(self._settings.data_dir, lambda: self._parts.own_index, label, jobs)
            self._sharing.callback(reception.close)

    @property
    def _changing(self) -> Changing:
        """What changes the archive; loaded when it is first needed, since whoever asks needs none of it."""
        return self._parts.load("changing", self._make_changing)

    def _make_changing(self) -> Changing:
        from qa.assistant.changing import Changing

        return Changing(self._catalog, self._parts, self._settings, self._originals, self._suggested)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the data folder."""
        self._sharing.close()
        self._resources.close()

    # Putting articles in

    def ingest(
        self,
        sources: Sequence[str],
        *,
        restore: bool = False,
        trust_stated: bool = False,
        retry: bool = False,
        called: Mapping[str, str] | None = None,
        on_event: Callable[[Event], None] | None = None,
        on_progress: Callable[[IngestProgress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Read every source and store what is new; what cannot go in is reported and set aside, and the rest goes in.

        Args:
            sources: files, folders and http(s) addresses.
            restore: bring back articles that were removed.
            trust_stated: take a page's or file's word for its address, also against the server that has the address.
            retry: try what was set aside again, before the sources.
            called: absolute paths that are to stand for some sources, in messages and in addresses.
            on_event: called for each article once it is safely stored and indexed, and for each failure.
            on_progress: called for each article when it is begun, and once it has been worked on, which is before it is
                stored.
            stop: asked between two articles; once it says yes, what has been worked on goes in and nothing more.
        """
        show, stops = on_progress or (lambda progress: None), stop or (lambda: False)
        report = self._changing.ingest(
            sources,
            restore=restore,
            trust_stated=trust_stated,
            retry=retry,
            called=called or {},
            tell=on_event or (lambda event: None),
            show=show,
            stop=stops,
        )
        if not self._apart:  # a server that answers meanwhile looks beside its answers
            self._keep_suggestions(report, show, stops)
        return report

    def _keep_suggestions(
        self, report: IngestReport, show: Callable[[IngestProgress], None], stop: Callable[[], bool]
    ) -> None:
        """Find what is suggested of an archive that has become much larger."""
        done = IngestProgress(1.0, sum(report.counts.values()), "done; looking for questions to suggest")

        def rest(_: float) -> None:
            show(done)
            if stop():
                raise WorkStopped

        self._suggesting.keep(rest)

    # Feeds

    def feeds(self) -> list[FeedState]:
        """Every feed that is polled, as it was when it was last asked."""
        return self._catalog.feeds.all()

    def feed_records(self, latest: int = 5) -> list[FeedRecord]:
        """Every feed with the ``latest`` articles that came from it, and those of its items that fail."""
        kept = self._catalog.feeds
        return [
            FeedRecord(feed, tuple(kept.came(feed.key, latest)), tuple(kept.failing(feed.key, latest)))
            for feed in kept.all()
        ]

    def due_feeds(self, now: datetime) -> list[FeedState]:
        """The feeds that are to be asked by now, the longest due first."""
        return self._catalog.feeds.due(now)

    def known_items(self, feed: FeedState) -> dict[str, KnownItem]:
        """The items of a feed that have been worked on."""
        return self._catalog.feeds.known(feed.key)

    def add_feeds(self, feeds: Mapping[str, str | None], *, later: bool = False) -> list[str]:
        """Keep feeds, given as address -> title, so that they are polled; return the addresses that are new.

        ``later`` leaves the first poll to whoever adds them, for a while.
        """
        due = datetime.now(UTC) + _ADDED if later else None
        return self._catalog.feeds.add([FeedState(one, title=title, next_at=due) for one, title in feeds.items()])

    def remove_feeds(self, addresses: Sequence[str]) -> list[str]:
        """Poll these feeds no more; return those that were there. The articles that came from them stay."""
        return self._catalog.feeds.remove(addresses)

    def hurry_feeds(self, addresses: Sequence[str] | None = None) -> int:
        """Have these feeds, or all, polled by the server at once; return how many there are."""
        return self._catalog.feeds.hurry(addresses)

    def take_feed(
        self,
        gathered: Gathered,
        *,
        on_event: Callable[[Event], None] | None = None,
        on_progress: Callable[[IngestProgress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Put in what a poll has gathered, and keep what it found out about the feed; callbacks as :meth:`ingest`."""
        return self._changing.take(
            gathered,
            tell=on_event or (lambda event: None),
            show=on_progress or (lambda progress: None),
            stop=stop or (lambda: False),
        )

    # Asking

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        """Answer a question with citations, or say why the archive does not answer it.

        Args:
            text: the question.
            scope: which articles may answer.
            earlier: the questions before it, oldest first, where it is one of a conversation; "what else did he say?"
                is understood after them, and one that stands alone as if there were none.

        Raises:
            QuestionError: the question is empty or too long.
            ArchiveEmpty: nothing has been ingested.
            IndexStale, IndexUnavailable, ModelError: the index or the encoder cannot be used.
        """
        return self._corrections.shown(self._asking.ask(text, scope, earlier=earlier))

    def passages(self, text: str, scope: Scope = EVERYTHING, *, limit: int = 10) -> tuple[Citation, ...]:
        """Return the passages that come nearest to a text, the nearest first, whether or not they answer anything.

        Raises:
            ArchiveEmpty: nothing has been put in.
            QuestionError: the text has no words.
        """
        return self._corrections.cited(self._asking.passages(text, scope, limit))

    def understood(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Question:
        """How a question is read first, with nothing looked up for it; arguments as for :meth:`ask`."""
        return self._asking.readings(text, scope, earlier=earlier)[0]

    def warm(self) -> None:
        """Load what questions need, so that the first one waits for no model and no index; raises as :meth:`ask`."""
        for question in _WARMING:
            self.ask(question)

    @property
    def retriever(self) -> Retriever:
        """What finds the passages for a question."""
        return self._parts.retriever

    def retriever_with(self, encoder: Encoder) -> Retriever:
        """Our retrieval with another encoder for the question; benchmarks compare encoders so."""
        return self._parts.retriever_with(encoder)

    # Who said what

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        scope: Scope = EVERYTHING,
        limit: int | None = None,
    ) -> Outcome:
        """List statements: of a speaker as typed or by slug, about a topic, or the newest ones of anybody.

        Raises:
            ArchiveEmpty: nothing has been ingested.
            IndexStale, IndexUnavailable, ModelError: the index or the encoder cannot be used.
        """
        return self._corrections.shown(self._asking.statements(speaker, about, scope, limit))

    def compare(
        self,
        one: str,
        other: str,
        *,
        about: str | None = None,
        scope: Scope = EVERYTHING,
        limit: int | None = None,
    ) -> Outcome:
        """Set beside each other what two speakers, as typed or by slug, say; ``limit`` is for each of them.

        Raises:
            QuestionError: both names mean the same person.
            ArchiveEmpty, IndexStale, IndexUnavailable, ModelError: as :meth:`statements`.
        """
        return self._corrections.shown(self._asking.compare(one, other, about, scope, limit))

    def course(
        self, speaker: str, *, about: str | None = None, scope: Scope = EVERYTHING, limit: int | None = None
    ) -> Outcome:
        """Put what a speaker, as typed or by slug, says in the order of time, with what is worded otherwise.

        Raises:
            ArchiveEmpty, IndexStale, IndexUnavailable, ModelError: as :meth:`statements`.
        """
        return self._corrections.shown(self._asking.course(speaker, about, scope, limit))

    def statement_rows(
        self, *, speaker: str | None = None, scope: Scope = EVERYTHING, copies: bool = False
    ) -> Iterator[StatementRow]:
        """Every statement in scope for an export, newest article first, one row for each article that has it.

        Of what copies of one story say there is the earliest alone, unless ``copies`` asks for all.

        Raises:
            SpeakerNotFound: nobody is called ``speaker``.
        """
        return self._speaking.rows(speaker, scope, copies=copies)

    def statements_of(self, article_id: str, *, thoughts: bool = False) -> list[Statement]:
        """What is said in an article, in reading order; raises as :meth:`article`.

        ``thoughts`` adds what somebody is reported to believe, want or plan, of which less than half is right.
        """
        found = self._catalog.statements(self.article(article_id).id)
        return [one for one in found if thoughts or one.kind is StatementKind.SPEECH]

    def speakers(self, text: str = "", *, limit: int = 50, offset: int = 0) -> tuple[list[Profile], int]:
        """One page of the speakers of whose name or role a word begins so, and how many there are in all."""
        found = self._speaking.matching(text)
        return list(found[offset : offset + limit]), len(found)

    def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
        """A speaker with their statements, newest first.

        Raises:
            SpeakerNotFound: there is nobody with this slug or name.
        """
        record = self._speaking.record(slug, limit)
        return replace(record, citations=self._corrections.cited(record.citations))

    def speaker_proposals(self) -> list[Proposal]:
        """Speakers that may be one and spellings that may be somebody else's, with the reasons; nothing is changed."""
        return self._speaking.proposals()

    def merge_speakers(self, into: str, other: str) -> Profile:
        """Decide that two speakers, by slug or name, are one; it holds for statements found later too.

        Raises:
            SpeakerNotFound: one of them is not there.
        """
        return self._speaking.merge(into, other)

    def split_speaker(self, spelling: str) -> Profile:
        """Decide that a spelling is a speaker of its own; raises as :meth:`merge_speakers`."""
        return self._speaking.split(spelling)

    def verify(self, quotation: str) -> Verification:
        """Say whether a quotation is in the archive verbatim, damaged, altered, stitched or absent, and who says it.

        Raises:
            QuestionError: the quotation has no words.
        """
        from qa.assistant.checking import Comparing

        return self._verified(quotation, Comparing(self._catalog))

    def _verified(self, quotation: str, comparing: Comparing) -> Verification:
        from qa.assistant.checking import attributed

        verification = attributed(comparing.verify(quotation), self._catalog.statements)
        citations = self._corrections.cited(verification.citations)
        pieces = zip(verification.pieces, citations, strict=True)
        return replace(verification, pieces=tuple(replace(piece, citation=cited) for piece, cited in pieces))

    def check_draft(self, text: str) -> DraftCheck:
        """Check every quotation of a draft: its words as :meth:`verify` does, and who says them.

        Raises:
            QuestionError: the draft has no quotation, or is too long.
        """
        from qa.assistant.checking import Comparing, draft_of
        from qa.verification import check_draft

        draft, comparing = draft_of(text), Comparing(self._catalog)
        said = self._parts.attributor.attribute(draft)
        return check_draft(draft, said, verify=lambda words: self._verified(words, comparing), same=self._are_one)

    def _are_one(self, left: str, right: str) -> bool:
        """Whether two names are spellings of one speaker."""
        try:
            return self._speaking.profile(left).slug == self._speaking.profile(right).slug
        except SpeakerNotFound:
            return False

    # Looking at the archive

    def article(self, article_id: str) -> Article:
        """Return one article, of whatever version.

        Raises:
            ArticleNotFound: there is none, or it was removed.
        """
        return self._catalog.article(article_id)

    def article_at(self, address: str) -> Article:
        """Return the article that an address has now; raises as :meth:`article`."""
        from qa.ingestion import without_login

        address = without_login(address)
        return self._catalog.article(self._catalog.id_at(address) or address)

    def printed(self, article: Article, spans: Sequence[Span]) -> list[PrintedPage]:
        """The pages of an article's source on which these spans stand, each with where they do; its first for none.

        Empty where the source has no pages, or is not kept.
        """
        from qa.assistant.picturing import printed_pages

        return printed_pages(article, spans, self._originals)

    def page_picture(self, article_id: str, number: int) -> bytes:
        """A page of an article's source as a PNG.

        Raises:
            ArticleNotFound: there is no such article.
            PageNotFound: its source has no such page, or is not kept.
            OutOfTime: drawing it takes too long.
        """
        from qa.assistant.picturing import picture

        return picture(self._catalog.article(article_id), number, self._originals)

    def corrections(self, article: Article) -> tuple[Correction, ...]:
        """What has been corrected in an article, the newest first; none where nothing has."""
        return self._corrections.of([article]).get(article.id, ())

    def versions(self, article_id: str) -> list[tuple[str, datetime]]:
        """Every version that the article's addresses have had: (id, when it was seen), newest first."""
        return [(one.article_id, one.seen_at) for one in self._catalog.versions(article_id) if not one.hidden]

    def articles(
        self, scope: Scope = EVERYTHING, *, text: str = "", limit: int = 20, offset: int = 0, one_each: bool = False
    ) -> tuple[list[ArticleSummary], int]:
        """One page of the articles that match, newest first, and how many match in all.

        ``one_each``: of the copies of a story only the first that matches.
        """
        words = text or None
        page = self._catalog.list_articles(scope, limit=limit, offset=offset, text=words, one_each=one_each)
        return page, self._catalog.count_articles(scope, text=words, one_each=one_each)

    def stories(self, article_ids: Sequence[str]) -> dict[str, Story]:
        """For each of these articles of which the archive has copies, its story, itself included."""
        return self._catalog.stories(article_ids)

    def outlets(self) -> list[tuple[str, int]]:
        """Every outlet with its number of articles, most first."""
        return self._catalog.outlets()

    def missing_outlets(self, scope: Scope) -> Missing | None:
        """Which outlets of a scope the archive does not have, and which it has, the nearest first."""
        known = [name for name, _ in self.outlets()] if scope.outlets else []
        return lacking_outlets(scope.outlets, known)

    def date_range(self) -> tuple[date, date] | None:
        """First and last day of publication."""
        return self._catalog.date_range()

    def examples(self) -> list[str]:
        """Up to four questions about those whom most of the articles quote, each answered with confidence.

        They are looked for beside other work, since each is asked: there are none while the first ones take longer than
        a moment to find, and after a change those from before it are returned until new ones are found.
        """
        return self._suggesting.suggestions()

    def changes(self) -> int:
        """Return a number that every change of the archive makes another, whichever process made it."""
        return self._catalog.changes()

    def status(self) -> Status:
        """Say whether questions can be answered; never raises for what an operator must mend."""
        articles = self._catalog.count_articles()
        try:
            if articles == 0:
                raise ArchiveEmpty(self._catalog.where)
            passages = self._parts.index.count()
            assert self._parts.encoder.dimension > 0
        except QaError as problem:
            return Status(False, articles, 0, problem)
        return Status(True, articles, passages)

    # Keeping it in order

    def remove(self, article_ids: Sequence[str], *, purge: bool = False, all_versions: bool = False) -> int:
        """Hide articles, or erase them from every file; return how many passages went with them.

        Raises:
            ArticleNotFound: one of them is not there; nothing is removed.
        """
        return self._changing.remove(article_ids, purge=purge, all_versions=all_versions)

    def rebuild(self, *, on_progress: Progress | None = None) -> int:
        """Make the vector index anew from the catalog; return how many passages it has."""
        return self._changing.rebuild(on_progress or (lambda done, total: None))

    def rebuild_statements(self, *, on_progress: Progress | None = None) -> int:
        """Find articles' statements anew and return how many were found.

        Only articles whose statements another attributor has found are done, so that a run that was cut short goes on
        where it stopped; where there are none, all are done.
        """
        return self._changing.rebuild_statements(on_progress or (lambda done, total: None))

    def catch_up(self) -> int:
        """Do what a process that died did not come to; return how many vectors were missing."""
        return self._changing.catch_up()

    def mend(self) -> list[Finding]:
        """Restore damaged articles from their sources where those still have them; say what became of each."""
        return self._changing.mend()

    def doctor(self) -> list[Finding]:
        """Look at every part and say what is wrong and how to mend it."""
        return self._changing.doctor()

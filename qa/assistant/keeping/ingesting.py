"""Drafts of articles -> the catalog and the index, or the quarantine: whatever goes wrong with one, the rest goes in.

An article is cleaned, cut, attributed and embedded, and only then told as worked on, before anything of it is stored,
each under a net: an exception of
whatever kind, or too much time, is that article's own, and it is reported and set aside. Storing is one transaction for
a batch; if that fails, each article has its own. So nothing is stored by half, and an article is reported as done when
both catalog and index hold it.

What is nobody's fault but the system's ends the run with its remedy: a full disk, an index that cannot be reached, a
model that is missing or fails at any text.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from qa import watchdog
from qa.assistant.keeping.attributing import limits_of
from qa.assistant.keeping.grouping import group_stories
from qa.assistant.keeping.indexing import encode, index_what_is_missing, key_of
from qa.assistant.keeping.originals import Originals
from qa.assistant.keeping.quarantine import Kept, Quarantine
from qa.assistant.parts import Parts
from qa.catalog import Catalog, Entry, Stored
from qa.errors import ArticleDamaged, ArticleRefused, ModelError, OutOfTime, QaError, SourceError
from qa.ingestion import (
    Meter,
    article_of,
    cut_passages,
    draft_again,
    expand,
    failure_of,
    guarded,
    is_address,
    read_drafts,
    too_many_bad,
    without_login,
)
from qa.protocols import Attributor, Draft, Vectors
from qa.records import Ingested, IngestReport, Progress
from qa.settings import Settings
from qa.types import Article, Passage

__all__ = ["Event", "Ingestion", "Read"]

Event = Ingested | SourceError
Result = TypeVar("Result")
Made = dict[tuple[str, str], Vectors]
Place = str | tuple[str, int | None]

_ITS_OWN = (
    SourceError,
    OutOfTime,
    ArticleRefused,
    ArticleDamaged,
)  # of our errors, those that are no fault of the system
_PLAIN = Draft("file:///plain", "It rained on Monday, the mayor said.")  # no attributor fails at this


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one article, or why it was not.

    ``kept`` is what the quarantine holds of it already; what is not ``worth_keeping`` was never to be read. ``share``
    is how much of all sources has been read with it, 0 to 1.
    """

    source: str
    found: Draft | SourceError
    kept: Kept | None = None
    worth_keeping: bool = True
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with what is derived from it, ready to be stored."""

    read: Read
    entry: Entry

    @property
    def line(self) -> int | None:
        """Where its record starts in its source."""
        return self.read.found.line


class Ingestion:
    """One run: sources, or what was set aside, into an opened archive.

    Args:
        catalog: where articles are stored.
        parts: the encoder and the index.
        attributor: what finds statements.
        quarantine: where what fails is set aside.
        settings: limits, and the size of a batch.
        originals: where files as they came are kept.
        restore: whether removed articles are brought back.
        trust_stated: whether the address that a page or file states is believed, whoever has it.
        called: what stands for the path of a source, in messages and in its articles' addresses.
        tell: called for each article once it is safely stored and indexed, and for each failure.
        show: called for each article when it is begun, and once it has been worked on.
        stop: asked between two articles whether to end.
    """

    def __init__(
        self,
        catalog: Catalog,
        parts: Parts,
        attributor: Attributor,
        quarantine: Quarantine,
        settings: Settings,
        *,
        originals: Originals,
        restore: bool,
        trust_stated: bool,
        called: Mapping[str, str],
        tell: Callable[[Event], None],
        show: Callable[[Progress], None],
        stop: Callable[[], bool],
    ) -> None:
        self._catalog = catalog
        self._parts = parts
        self._attributor = attributor
        self._quarantine = quarantine
        self._originals = originals if settings.ingestion.keep_originals else None
        self._archive = settings.data_dir
        self._limits = replace(limits_of(settings.ingestion), trust_stated=trust_stated)
        self._at_once = settings.ingestion.batch_articles
        self._encoded_at_once = settings.embedding.batch_size
        self._restore = restore
        self._trust_stated = trust_stated
        self._called = called
        self._tell = tell
        self._show = show
        self._worked_on = 0
        self._share = 0.0
        self._stop = stop
        self._stopped = False
        self._counts: Counter[str] = Counter()
        self._failures: list[SourceError] = []
        self._bad: Counter[str] = Counter()
        self._aside: set[str] = set()
        self._awaited: dict[Place, list[Kept]] = {}
        self._passed_over: Counter[str] = Counter()
        self._loaded = False

    def run(self, sources: Sequence[str], *, retry: bool, given: Iterable[Read] = ()) -> IngestReport:
        """Put in what the sources hold, before it what was set aside if ``retry`` says so, and what was ``given``."""
        started = time.perf_counter()
        for kept in self._quarantine:
            for place in _places_of(kept):
                self._awaited.setdefault(place, []).append(kept)
        passages = index_what_is_missing(self._catalog, self._parts, {})
        group_stories(self._catalog, stop=self._is_to_stop)
        for reads in (self._set_aside() if retry else iter(()), self._read(sources), iter(given)):
            for batch in _batches(self._articles(self._until_stopped(reads)), self._at_once):
                passages += self._put_in(batch)
        seconds = time.perf_counter() - started
        counts, failures = dict(self._counts), tuple(self._failures)
        passed_over = {} if self._stopped else dict(self._passed_over)
        return IngestReport(counts, failures, passages, seconds, len(self._aside), passed_over, self._stopped)

    # What there is to put in

    def _until_stopped(self, reads: Iterator[Read]) -> Iterator[Read]:
        while not self._is_to_stop():
            try:
                yield next(reads)
            except StopIteration:
                return

    def _is_to_stop(self) -> bool:
        self._stopped = self._stopped or self._stop()
        return self._stopped

    def _read(self, sources: Sequence[str]) -> Iterator[Read]:
        received = [source for source in sources if source in self._called]  # lies in the data folder, and is wanted
        others = [source for source in sources if source not in self._called]
        found = [*received, *expand(others, archive=self._archive, passed_over=self._passed_over)]
        meter = Meter([str(source) for source in found])
        for source in found:
            meter.begin()
            if isinstance(source, SourceError):
                yield Read(source.source, source, worth_keeping=False)
            else:
                yield from (replace(read, share=meter.share) for read in self._read_one(source))

    def _read_one(self, source: str) -> Iterator[Read]:
        name = self._called.get(source) or without_login(source)
        for found in read_drafts(source, self._limits, self._passed_over):
            keep = not (isinstance(found, SourceError) and found.links)  # a list of articles is none the next time, too
            yield Read(name, _called(found, source, name) if source in self._called else found, worth_keeping=keep)
            if self._bad[name] > self._limits.bad_records:
                yield Read(name, too_many_bad(name, self._limits, found.line), worth_keeping=False)
                break
        self._come_in(_real(name))

    def _set_aside(self) -> Iterator[Read]:
        for kept in list(self._quarantine):
            if kept.draft:
                yield Read(kept.source, kept.draft, kept)
            elif kept.record is not None:
                again = partial(draft_again, kept.record, kept.source, kept.home or "", kept.line)
                found = guarded(again, kept.source, self._limits.article_s, line=kept.line)
                if isinstance(found, SourceError):
                    found.record, found.home = kept.record, kept.home
                yield Read(kept.source, found, kept)
            elif not is_address(kept.source) and os.path.islink(kept.source):  # noqa: PTH114 - it was a file before
                yield Read(kept.source, SourceError(kept.source, "it has become a link"), kept)
            else:
                yield from self._read_one(kept.source)

    def _articles(self, reads: Iterable[Read]) -> Iterator[tuple[Read, Article]]:
        now = datetime.now(UTC)
        for read in reads:
            if isinstance(read.found, SourceError):
                self._fail(read, read.found)
                self._shown(read, read.source)
                continue
            draft, original = replace(read.found, original=None), read.found.original  # which is large: not in a batch
            make = partial(article_of, draft, read.source, self._limits, now=now)
            article = guarded(make, read.source, self._limits.article_s, line=draft.line)
            if isinstance(article, SourceError):
                self._fail(replace(read, found=draft), article)
                continue
            if original and article.pages and self._originals:
                self._originals.keep(article.id, original)
            yield replace(read, found=draft), article

    # Putting it in

    def _put_in(self, batch: Sequence[tuple[Read, Article]]) -> int:
        """Store and index a batch; return how many passages were indexed."""
        known = self._catalog.sound_ids([article.id for _, article in batch])
        prepared: list[Prepared] = []
        made: Made = {}
        for some in self._worked_out(batch, known):
            left, vectors = self._embedded(some)
            prepared += left
            made |= vectors
            for one in some:
                self._shown(one.read, one.entry.article.title)
        stored = self._stored(prepared)
        passages = index_what_is_missing(self._catalog, self._parts, made)
        group_stories(self._catalog)
        for one, outcome in stored:
            if outcome.origin is None:
                self._done(one, outcome)
            else:
                self._fail(one.read, _refused(one, outcome.origin))
        return passages

    def _worked_out(self, batch: Sequence[tuple[Read, Article]], known: Collection[str]) -> Iterator[list[Prepared]]:
        """Articles with their statements, in as small groups as the encoder can fill its own batches from."""
        group: list[Prepared] = []
        for read, article in batch:
            if self._is_to_stop():
                break
            self._show(Progress(self._share, self._worked_on, article.title))
            if one := self._prepared(read, article, article.id in known):
                group.append(one)
            else:
                self._shown(read, article.title)
            if sum(len(one.entry.passages) for one in group) >= self._encoded_at_once:
                yield group
                group = []
        if group:
            yield group

    def _prepared(self, read: Read, article: Article, known: bool) -> Prepared | None:
        if not known and not self._loaded:
            self._check_attributor()
            self._loaded = True

        def derive() -> Entry:
            statements = None if known else self._attributor.attribute(article)
            return Entry(article, cut_passages(article), statements, self._attributor.digest)

        entry = self._attempt(read, lambda: watchdog.within(self._limits.article_s, derive), self._check_attributor)
        return Prepared(read, entry) if entry else None

    def _check_attributor(self) -> None:
        """Load the attributor, whose time is no article's.

        Raises:
            ModelError: it cannot be loaded, or fails at any text.
        """
        plain = article_of(_PLAIN, _PLAIN.location, self._limits, now=datetime.now(UTC))
        try:
            self._attributor.attribute(plain)
        except QaError:
            raise
        except Exception as error:
            raise ModelError(f"The attributor fails: {error}.", remedy="Install On Record again.") from error

    def _embedded(self, batch: list[Prepared]) -> tuple[list[Prepared], Made]:
        """Make the vectors that the index does not have; together where that goes well, since it is faster."""
        indexed = self._catalog.passages([passage.id for one in batch for passage in one.entry.passages])

        def vectors_of(some: Sequence[Prepared]) -> Made:
            new = [passage for one in some for passage in one.entry.passages if _differs(passage, indexed)]
            return dict(zip(map(key_of, new), encode(self._parts.passage_encoder, new), strict=True)) if new else {}

        together = self._together(lambda: vectors_of(batch))
        if together is not None:
            return batch, together
        made: Made = {}
        left = []
        for one in batch:
            vectors = self._attempt(one.read, partial(vectors_of, [one]))
            if vectors is not None:
                left.append(one)
                made |= vectors
        return left, made

    def _stored(self, batch: Sequence[Prepared]) -> list[tuple[Prepared, Stored]]:
        def store(some: Sequence[Prepared]) -> list[Stored]:
            return self._catalog.store(
                [one.entry for one in some], restore=self._restore, trust_stated=self._trust_stated
            )

        together = self._together(lambda: store(batch))
        if together is not None:
            return list(zip(batch, together, strict=True))
        alone = ((one, self._attempt(one.read, partial(store, [one]))) for one in batch)
        return [(one, outcome[0]) for one, outcome in alone if outcome]

    def _together(self, work: Callable[[], Result]) -> Result | None:
        """Do something for a whole batch; None where an article of it is in the way."""
        try:
            return work()
        except Exception as error:
            if not _is_its_own(error):
                raise
            return None

    def _attempt(
        self, read: Read, work: Callable[[], Result], check: Callable[[], None] = lambda: None
    ) -> Result | None:
        """Do something for one article; None where that fails, and it is reported and set aside.

        Raises:
            QaError, OSError: it is not the article's fault, as ``check`` finds out.
        """
        try:
            return work()
        except Exception as error:
            if not _is_its_own(error):
                raise
            check()
            self._fail(read, failure_of(error, read.source, read.found.line))
            return None

    # What became of it

    def _shown(self, read: Read, name: str) -> None:
        self._worked_on += 1
        self._share = read.share
        self._show(Progress(self._share, self._worked_on, name))

    def _done(self, one: Prepared, outcome: Stored) -> None:
        article = one.entry.article
        self._counts[outcome.status.value] += 1
        if one.read.kept:
            self._quarantine.release(one.read.kept)
        self._come_in(article.url)
        self._come_in((_real(one.read.source), one.line))
        self._tell(Ingested(article.id, article.title, article.url, outcome.status))

    def _fail(self, read: Read, failure: SourceError) -> None:
        self._bad[read.source] += 1
        if read.worth_keeping:
            kept = self._quarantine.keep(failure, None if isinstance(read.found, SourceError) else read.found)
            self._aside.add(kept.name)
            if read.kept and read.kept.name != kept.name:
                self._quarantine.release(read.kept)
        self._failures.append(failure)
        self._tell(failure)

    def _come_in(self, place: Place) -> None:
        """What was set aside from here in an earlier run has come in, or at least its source can be read."""
        for kept in self._awaited.pop(place, ()):
            if kept.name not in self._aside:
                self._quarantine.release(kept)


def _places_of(kept: Kept) -> Iterator[Place]:
    """Where an article, or a source, would have to come in that makes this one superfluous."""
    if kept.draft is None and kept.record is None:
        yield kept.source
        return
    if kept.where:
        yield kept.where
    if kept.line is not None:
        yield kept.source, kept.line


def _called(found: Draft | SourceError, path: str, name: str) -> Draft | SourceError:
    """The same as if it stood in another file."""
    here, there = Path(path).resolve().as_uri(), Path(name).as_uri()
    if isinstance(found, Draft):
        place = found.location
        return replace(found, location=there + place[len(here) :]) if place.startswith(here) else found
    error = SourceError(name, found.reason, line=found.line, remedy=found.remedy)
    error.record, error.home = found.record, found.home and found.home.replace(here, there)
    error.links = found.links
    return error


def _refused(one: Prepared, origin: str) -> SourceError:
    """What an operator is told about an article that did not replace another one."""
    article = one.entry.article
    reason = f"refused: “{article.title}” comes from a file, and what {article.url} has from {origin} itself"
    remedy = "Ingest the address, or the file with --trust-stated."
    return SourceError(one.read.source, reason, line=one.line, remedy=remedy)


def _is_its_own(error: Exception) -> bool:
    return isinstance(error, _ITS_OWN) or not isinstance(error, QaError | OSError)


def _differs(passage: Passage, indexed: dict[str, Passage]) -> bool:
    there = indexed.get(passage.id)
    return there is None or key_of(there) != key_of(passage)


def _real(source: str) -> str:
    return source if is_address(source) else os.path.realpath(source)


def _batches(articles: Iterable[tuple[Read, Article]], size: int) -> Iterator[list[tuple[Read, Article]]]:
    batch: list[tuple[Read, Article]] = []
    for one in articles:
        batch.append(one)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch

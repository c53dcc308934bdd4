"""``qa feeds``: which feeds (RSS, Atom, JSON Feed, news sitemaps) are polled, and polling them now.

The network is asked by this process and what came is put in by whoever owns the archive, so that a slow site keeps
nobody waiting. Lists of feeds come and go as OPML.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.command import (
    AsJson,
    ExitCode,
    Quiet,
    change_archive,
    compile_encoder,
    open_archive,
    print_body,
    print_json,
    print_line,
    read_settings,
    stopping,
)
from qa.cli.verbs import verb
from qa.errors import ArchiveEmpty, QaError, SourceError, WorkStopped

if TYPE_CHECKING:
    from qa.assistant.feeding.gathering import Gathered
    from qa.catalog import FeedState
    from qa.records import FeedRecord, IngestReport
    from qa.settings import Settings

__all__ = ["feeds"]

feeds = typer.Typer(help="List the feeds that are polled, add and remove some, or poll them.", rich_markup_mode=None)

Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS", help="Addresses of feeds.")]
_AT_ONCE = 4  # feeds that are asked
_TOGETHER_S = 20.0  # for which what comes is put in together
_LARGEST_LIST = 16 * 2**20  # bytes


@feeds.callback(invoke_without_command=True)
def _root(context: typer.Context, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        list_(as_json)


@verb(feeds, "qa feeds list", name="list")
def list_(as_json: AsJson = False) -> None:
    """List the feeds with their last poll, what came from each, and what failed."""
    records = _records(read_settings())
    if as_json:
        from qa.output.feeds import FeedListBody

        print_body(FeedListBody.from_records(records))
        return
    for record in records:
        for line in _shown(record):
            print_line(line)
    if not records:
        print_line("No feeds. `qa feeds add ADDRESS` adds one.")


@verb(feeds, "qa feeds add https://gazette.example/rss")
def add(addresses: Addresses, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Add feeds and poll each once; an address that gives no feed is not added."""
    from qa.assistant.feeding.gathering import Gatherer
    from qa.catalog import FeedState
    from qa.ingestion.opml import feed_address

    settings = read_settings()
    wanted = [feed_address(each) for each in addresses]
    compile_encoder(settings)
    kept = {record.feed.address for record in _records(settings)}
    with stopping() as stop:
        teller = _Teller(settings, as_json=as_json, quiet=quiet, stop=stop)
        for address in dict.fromkeys(wanted):
            if address in kept:
                teller.say(f"{address} is a feed here already.")
                continue
            gathered = Gatherer(settings, stop).gather(FeedState(address), {})
            state = gathered.state
            if state.failures:
                teller.fail(SourceError(address, state.problem or "it cannot be read", remedy=state.remedy or ""))
                continue
            _change(settings, state, teller)
            teller.take([_with_key(settings, gathered)])
    teller.end()


@verb(feeds, "qa feeds remove https://gazette.example/rss")
def remove(addresses: Addresses, as_json: AsJson = False) -> None:
    """Poll feeds no more; their articles stay."""
    from qa.ingestion.opml import feed_address

    wanted = [feed_address(each) for each in addresses]
    gone = change_archive(read_settings(), "qa feeds remove", lambda archive: archive.remove_feeds(wanted))
    if as_json:
        print_json({"removed": gone})
    for address in gone if not as_json else ():
        print_line(f"Removed: {address}. Its articles stay.")
    missing = [one for one in wanted if one not in gone]
    if missing:
        raise SourceError(missing[0], "this is no feed here", remedy="`qa feeds list` shows those there are.")


@verb(feeds, "qa feeds poll")
def poll(
    addresses: Annotated[
        list[str] | None, typer.Argument(metavar="ADDRESS", help="Addresses of feeds; none polls all.")
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Ask feeds for what is new, now. One that failed is left alone for as long as it asked, unless it is named."""
    from qa.ingestion.opml import feed_address

    settings = read_settings()
    named = [feed_address(each) for each in addresses or ()]
    compile_encoder(settings)
    every = {record.feed.address: record.feed for record in _records(settings)}
    for address in named:
        if address not in every:
            raise SourceError(address, "this is no feed here", remedy="`qa feeds add` adds it.")
    with stopping() as stop:
        teller = _Teller(settings, as_json=as_json, quiet=quiet, stop=stop)
        wanted = [every[address] for address in named]
        for feed in () if named else every.values():
            if feed.failures and (feed.next_at is None or feed.next_at > datetime.now(UTC)):
                when = f"before {_at(feed.next_at)}" if feed.next_at else "any more"
                now = f"`qa feeds poll {feed.address}` asks it now"
                teller.say(f"{_name(feed)}: not asked {when}: {feed.problem}. {now}.")
            else:
                wanted.append(feed)
        ready: list[Gathered] = []
        end = time.monotonic() + _TOGETHER_S
        for gathered in _gathered(settings, wanted, stop):
            ready.append(gathered)
            if time.monotonic() > end:  # opening the archive for each feed would take longer than asking it
                teller.take(ready)
                ready, end = [], time.monotonic() + _TOGETHER_S
        teller.take(ready)
    teller.end()


@verb(feeds, "qa feeds import reader.opml", name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file, as feed readers export it.")],
    as_json: AsJson = False,
) -> None:
    """Add the feeds of an OPML file, without asking them yet."""
    from qa.ingestion.opml import feeds_in

    with file.open("rb") as opened:
        data = opened.read(_LARGEST_LIST + 1)
    if len(data) > _LARGEST_LIST:
        raise SourceError(str(file), f"the file has more than {_LARGEST_LIST / 2**20:.0f} MiB")
    listed = feeds_in(data, str(file))
    new = change_archive(read_settings(), "qa feeds import", lambda archive: archive.add_feeds(listed))
    if as_json:
        print_json({"added": new, "there": [one for one in listed if one not in new]})
    else:
        there = len(listed) - len(new)
        print_line(f"{len(new)} added, {there} there already; the server polls them, and so does `qa feeds poll`.")


@verb(feeds, "qa feeds export > feeds.opml", name="export")
def export() -> None:
    """Print the feeds as OPML."""
    from qa.ingestion.opml import opml_of

    records = _records(read_settings())
    sys.stdout.write(opml_of((one.feed.address, one.feed.title) for one in records))


class _Teller:
    """Puts in what was gathered, and says what came."""

    def __init__(self, settings: Settings, *, as_json: bool, quiet: bool, stop: Callable[[], bool]) -> None:
        self._settings = settings
        self._as_json = as_json
        self._quiet = quiet or as_json
        self._stop = stop
        self._failed = False
        self._polled: list[str] = []

    def say(self, line: str) -> None:
        if not self._quiet:
            print_line(line)

    def fail(self, error: QaError) -> None:
        self._failed = True
        sys.stderr.write(f"failed: {error}\n")

    def take(self, gathered: Sequence[Gathered]) -> None:
        if not gathered:
            return
        reports = change_archive(
            self._settings,
            "qa feeds poll",
            lambda archive: [archive.take_feed(one, stop=self._stop) for one in gathered],
            quiet=self._quiet,
        )
        for one, report in zip(gathered, reports, strict=True):
            self._tell(one.state, report)

    def _tell(self, state: FeedState, report: IngestReport) -> None:
        self._polled.append(state.address)
        if state.failures:
            self.fail(SourceError(state.address, state.problem or "it cannot be read", remedy=state.remedy or ""))
            return
        self.say(f"{_name(state)}: {_counted(report)}.")
        if state.problem:
            self.say(f"  note: {state.problem}.")
        for failure in report.failures:
            self._failed = True
            sys.stderr.write(f"failed: {failure}\n")

    def end(self) -> None:
        """Print what there is now, where JSON was asked for, and end with the code that fits."""
        if self._as_json:
            from qa.output.feeds import FeedListBody

            polled = [one for one in _records(self._settings) if one.feed.address in self._polled]
            print_body(FeedListBody.from_records(polled))
        if self._stop():
            sys.stderr.write("Stopped. What was reported is in; the next poll goes on from there.\n")
            raise typer.Exit(ExitCode.INTERRUPTED)
        if self._failed:
            raise typer.Exit(ExitCode.IMPERFECT)


def _gathered(settings: Settings, wanted: Sequence[FeedState], stop: Callable[[], bool]) -> Iterator[Gathered]:
    """Ask feeds, a few at once, and yield what came from each in their order; nothing more once it is to stop."""
    from qa.assistant.feeding.gathering import Gatherer

    if not wanted:
        return
    gatherer = Gatherer(settings, stop)
    with open_archive(settings, "qa feeds poll") as reader:
        known = {feed.key: reader.known_items(feed) for feed in wanted}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        going = [pool.submit(gatherer.gather, feed, known[feed.key]) for feed in wanted]
        try:
            for each in going:
                yield each.result()
        except WorkStopped:
            return
        finally:
            pool.shutdown(cancel_futures=True)


def _change(settings: Settings, state: FeedState, teller: _Teller) -> None:
    change_archive(
        settings, "qa feeds add", lambda archive: archive.add_feeds({state.address: state.title}, later=True)
    )
    teller.say(f"Added: {state.address} ({state.kind}).")


def _with_key(settings: Settings, gathered: Gathered) -> Gathered:
    """The same for the feed as it is kept now."""
    from dataclasses import replace

    key = next(one.feed.key for one in _records(settings) if one.feed.address == gathered.state.address)
    return replace(gathered, state=replace(gathered.state, key=key))


def _records(settings: Settings) -> Sequence[FeedRecord]:
    try:
        with open_archive(settings, "qa feeds") as reader:
            return reader.feed_records()
    except ArchiveEmpty:
        return ()


def _shown(record: FeedRecord) -> list[str]:
    feed = record.feed
    lines = [f"{_name(feed)}  {feed.address}" if feed.title else feed.address]
    asked = f"  asked {_at(feed.polled_at)}" if feed.polled_at else "  not asked yet"
    nxt = f", next {_at(feed.next_at)}" if feed.next_at else ", not asked any more"
    items = f", {feed.items} items" if feed.items is not None else ""
    lines.append(f"{asked}{items}{nxt}")
    if feed.problem:
        what = "failed" if feed.failures else "note"
        lines.append(f"  {what}: {feed.problem}." + (f" {feed.remedy}" if feed.remedy else ""))
    if feed.came_at:
        counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in sorted(feed.counts.items()))
        lines.append(f"  came {_at(feed.came_at)}: {counts or 'nothing'}")
    lines += [f"    {one.article_id}  {one.title}" for one in record.came]
    lines += [f"  failed: {one.address}: {one.problem} (tried {one.tries} times)" for one in record.failing]
    return lines


def _counted(report: IngestReport) -> str:
    counts = [f"{number} {status.replace('_', ' ')}" for status, number in sorted(report.counts.items())]
    failed = [f"{len(report.failures)} failed"] if report.failures else []
    return ", ".join(counts + failed) or "nothing new"


def _name(feed: FeedState) -> str:
    return feed.title or feed.address


def _at(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "—"

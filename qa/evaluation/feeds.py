"""How long after an item is published it can be asked for: `qa serve`, which polls feeds of small servers of our own.

    python -m qa.evaluation.feeds [--feeds 20] [--items 20] [--interval 15] [--new 20]
                                  [--output docs/results/feeds-DATE.md]

Each feed has a server, and so a host, of its own, that knows ETags; half of the feeds have whole texts, half teasers
with a page for each. All are polled once by `qa feeds poll`; then the server is started, new items are published at
random moments, and the archive is looked at ten times a second until it has each; then somebody asks what its speaker
said. What this does not know: how far away real sites are.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote_plus

from qa.evaluation.filing import commit, named
from qa.evaluation.load import quantile, serving
from qa.ingestion.opml import opml_of
from qa.settings import load_settings

__all__ = ["New", "main", "report"]

CLI = (sys.executable, "-c", "from qa.cli import main; main()")
LIMIT_S = 30.0
LOOK_S = 0.1
PATIENCE_S = 600.0
FIRST = ("Alma", "Bruno", "Clara", "Dario", "Edda", "Fritz", "Greta", "Hugo", "Ilse", "Jonas")
LAST = ("Quillon", "Reckmar", "Sorrel", "Tammerick", "Uldane", "Vextor", "Wendrich", "Yarrow", "Zellin", "Ostrav")


@dataclass(slots=True)
class New:
    """One item that was published: by whom it speaks, and the moments of its life."""

    speaker: str
    published: float
    asked_for: float = 0.0
    found: float = 0.0
    answered: bool = False


@dataclass
class Publisher:
    """One outlet: its items, newest first, and what was asked of it."""

    number: int
    teasers: bool
    address: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)
    pending: list[New] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def publish(self, speaker: str, new: New | None = None) -> None:
        """Put an item at the head of the feed."""
        self.items.insert(0, (f"/{len(self.items)}.html", speaker))
        if new:
            self.pending.append(new)

    def feed(self) -> str:
        """The feed as RSS."""
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Outlet {self.number}</title>{''.join(map(self._item, self.items))}</channel></rss>"
        )

    def _item(self, item: tuple[str, str]) -> str:
        path, speaker = item
        text = "The harbour …" if self.teasers else self.text(path, speaker)
        element = "description" if self.teasers else "content:encoded"
        about = f"<title>{speaker} on the harbour</title><link>{path}</link>"
        return f"<item>{about}<{element}><![CDATA[{text}]]></{element}></item>"

    def text(self, path: str, speaker: str) -> str:
        """An item's whole text as HTML."""
        pier = f"{self.number}-{path.strip('/').removesuffix('.html')}"
        paragraphs = (
            f"Pier {pier} of Marrow stays closed until Friday, harbour master {speaker} said on Tuesday.",
            f"The crane of pier {pier} had failed twice in a week, and the spare part comes from Sillwick by road, "
            "which takes three days when the pass is open and five when it is not.",
            f"The council of Marrow will hear {speaker} on Thursday, according to its clerk.",
        )
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@contextmanager
def _running(publisher: Publisher) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body, tag = self._answer()
            publisher.statuses[status] += 1
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

        def _answer(self) -> tuple[int, str, bytes, str | None]:
            if self.path == "/feed":
                tag, waiting = f'"{len(publisher.items)}"', list(publisher.pending)
                if self.headers.get("If-None-Match") == tag:
                    return 304, "text/plain", b"", tag
                for new in waiting:
                    new.asked_for = new.asked_for or time.monotonic()
                    publisher.pending.remove(new)
                return 200, "application/rss+xml", publisher.feed().encode(), tag
            found = next((one for one in publisher.items if one[0] == self.path), None)
            if found is None:
                return 404, "text/plain", b"", None
            head = f"<html lang='en'><head><title>{found[1]} on the harbour</title></head>"
            article = f"<article><h1>{found[1]} on the harbour</h1>{publisher.text(*found)}</article>"
            page = f"{head}<body>{article}</body></html>"
            return 200, "text/html; charset=utf-8", page.encode(), None

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        publisher.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print, or write, a page."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.feeds")
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--interval", type=float, default=15)
    parser.add_argument("--new", type=int, default=20)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(given)
    os.environ |= {
        "QA_FEEDS__INTERVAL_S": f"{options.interval:g}",
        "QA_FEEDS__HOST_DELAY_S": "0",
        "QA_INGESTION__PRIVATE_ADDRESSES": "true",
    }
    publishers = [Publisher(number, teasers=number % 2 == 1) for number in range(options.feeds)]
    with tempfile.TemporaryDirectory(prefix="onrecord-feeds-") as made, ExitStack() as stack:
        for publisher in publishers:
            stack.enter_context(_running(publisher))
            for _ in range(options.items):
                publisher.publish("Otto Brandl")
        first, news = _measure(Path(made), publishers, options)
    page = report(named(sys.argv[1:] if given is None else given), options, first, news, publishers)
    if options.output:
        options.output.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


def _measure(folder: Path, publishers: Sequence[Publisher], options: argparse.Namespace) -> tuple[float, list[New]]:
    data = folder / "data"
    data.mkdir(mode=0o700)
    shutil.copytree(load_settings().data_dir / "models", data / "models")
    listed = folder / "feeds.opml"
    listed.write_text(opml_of((f"{one.address}/feed", None) for one in publishers), encoding="utf-8")
    begun = time.monotonic()
    for arguments in (["import", str(listed)], ["poll"]):
        command = [*CLI, "feeds", *arguments, "--data-dir", str(data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own command)
        if done.returncode:
            raise SystemExit((done.stdout + done.stderr).strip())
    first = time.monotonic() - begun
    for publisher in publishers:
        publisher.statuses.clear()
    chance, news = random.Random(0), list[New]()  # noqa: S311 (no secret)
    with serving(LIMIT_S, data) as place:
        names = [f"{one} {other}" for other in LAST for one in FIRST]
        end, following = time.monotonic() + PATIENCE_S, 0.0
        while (len(news) < options.new or not all(one.found for one in news)) and time.monotonic() < end:
            if len(news) < options.new and time.monotonic() >= following:
                new = New(names[len(news) % len(names)], time.monotonic())
                news.append(new)
                publishers[chance.randrange(len(publishers))].publish(new.speaker, new)
                following = time.monotonic() + chance.uniform(0, 2 * options.interval / 5)
            for one in news:
                if not one.found and _get(place, f"/api/articles?text={quote_plus(one.speaker)}")["total"]:
                    one.found = time.monotonic()
            time.sleep(LOOK_S)
        for one in news:
            asked = f"/api/answer?question={quote_plus(f'What did {one.speaker} say?')}"
            one.answered = bool(one.found) and _get(place, asked)["answered"]
    return first, news


def _get(place: tuple[str, int], path: str) -> Any:
    connection = HTTPConnection(*place, timeout=120)
    connection.request("GET", path)
    found = json.loads(connection.getresponse().read())
    connection.close()
    return found


def report(
    given: str, options: argparse.Namespace, first: float, news: Sequence[New], publishers: Sequence[Publisher]
) -> str:
    """Write what came of it, as Markdown."""
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    there = [one for one in news if one.found]
    statuses = sum((one.statuses for one in publishers), Counter[int]())
    rows = {
        "published → the feed is asked": [one.asked_for - one.published for one in there],
        "the feed is asked → found": [one.found - one.asked_for for one in there],
        "published → found": [one.found - one.published for one in there],
    }
    lines = [
        "# From being published to being found",
        "",
        f"Command: `python -m qa.evaluation.feeds {given}`, commit {commit()}, {day}.",
        f"Machine: {os.cpu_count()} cores, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the end.",
        "",
        f"{options.feeds} feeds of {options.items} items, half of them teasers with pages: first poll {first:.0f} s in "
        f"all. Then a poll every {options.interval:g} s, and {len(news)} new items at random moments.",
        "",
        "| span, s | p50 | p95 | most |",
        "|---|---|---|---|",
        *(
            f"| {what} | {quantile(spans, 50):.1f} | {quantile(spans, 95):.1f} | {max(spans, default=0):.1f} |"
            for what, spans in rows.items()
        ),
        "",
        f"Found: {len(there)} of {len(news)}; “What did NAME say?” answered: {sum(one.answered for one in news)}. "
        "Requests: " + ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items())) + ".",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

"""A newspaper's web server on this machine, with the answers that a test gives it; every request is noted."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"
FERRY = (
    "The ferry at Marrow stays closed until Friday, harbour master Tomas Reck said on Tuesday. He named no cause.",
    "Reck said the engine had failed twice in a week and that the spare part comes from Sillwick by road, which takes "
    "three days when the pass is open and five when it is not.",
    "The council of Marrow will hear him on Thursday, according to its clerk.",
)


@dataclass(frozen=True)
class Answer:
    """One answer; ``etag`` makes a 304 of it for whoever has that already."""

    body: str | bytes = ""
    kind: str = "application/rss+xml"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    packed: bool = False


@dataclass
class Newsroom:
    """A running server: ``answers`` by path, anything else is 404; ``asked`` has each request's path and headers."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for what is forbidden."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def page(self, path: str, *paragraphs: str, title: str = "Ferry closed until Friday") -> None:
        """Put an article's page there."""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or FERRY)
        head = f"<html lang='en'><head><title>{title}</title></head>"
        html = f"{head}<body><article><h1>{title}</h1>{text}</article></body></html>"
        self.answers[path] = Answer(html, "text/html; charset=utf-8")


@contextmanager
def newsroom(host: str = HOST, **answers: Answer) -> Iterator[Newsroom]:
    """Serve each answer under ``/name``; more may be put into ``answers`` later."""
    here = Newsroom("", {f"/{name}": answer for name, answer in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, self.headers))
            answer = here.answers.get(self.path, Answer("gone", "text/plain", 404))
            same = answer.etag is not None and self.headers.get("If-None-Match") == answer.etag
            body = b"" if same else answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(304 if same else answer.status)
            headers = {"Content-Type": answer.kind, **answer.headers}
            if answer.etag:
                headers["ETag"] = answer.etag
            if answer.packed and not same:
                body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer((host, 0), Handler) as server:
        here.address = f"http://{host}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()


def item(path: str, title: str = "Ferry closed", *paragraphs: str, guid: str = "", teaser: str = "") -> str:
    """One item of an RSS feed, with its own text if there are paragraphs."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<item><title>{title}</title><link>{path}</link><guid isPermaLink='false'>{guid or path}</guid>"
        f"<pubDate>Mon, 02 Feb 2026 23:30:00 +0100</pubDate><description>{teaser}</description>"
        + (f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else "")
        + "</item>"
    )


def rss(*items: str, title: str = "The Marrow Gazette") -> str:
    """An RSS feed."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    )

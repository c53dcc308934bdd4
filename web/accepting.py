"""The address of a page -> that of the same as JSON or JSON-LD; what a visitor accepts -> which of them is given.

Promises: a program that asks a page's address for ``application/json`` gets the API's answer to the same, under its
``Content-Location``; a browser gets the page, with the other form as ``Link: rel="alternate"``. An address has a form
here exactly where the API has one. What this does not know: what is in either.

Grep for: Accept, content negotiation, rel=alternate, Vary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.pages import MAX_TURNS, PAGE_SIZE, page_number

__all__ = ["JSON", "LINKED", "PAGE", "Accepting", "Form", "forms_of", "preferred"]

PAGE, JSON, LINKED = "text/html", "application/json", "application/ld+json"
MOST = 1_000  # characters of an address in a header: proxies have room for few kilobytes
_DESCRIPTION = '</openapi.json>; rel="service-desc"; type="application/json"'
_SHORT = {"published_after": "after", "published_before": "before", "outlets": "outlet"}

Query = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """Where a page's content is to be had in another form."""

    media_type: str
    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """Path and query, relative to the server."""
        return f"{quote(self.path)}{'?' if self.query else ''}{urlencode(self.query)}"


def forms_of(path: str, query: Query) -> list[Form]:
    """Return the other forms of the page, or of the JSON, at an address; none where it has none."""
    given = [(name, value) for name, value in query if value.strip()]
    if path.startswith("/api/"):
        return _annotations(Form(JSON, path, tuple(query)))
    kind, *rest = path.strip("/").split("/")
    if len(rest) > 1:
        return []
    form = _OF_ONE[kind](rest[0]) if rest and kind in _OF_ONE else None
    if kind == "speakers" and rest:
        form = _speaker(rest[0], given)
    if not rest and kind in _OF_ALL:
        form = _OF_ALL[kind](given)
    return [form, *_annotations(form)] if form else []


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Return which of several media types an ``Accept`` header prefers: the first where it does not say.

    A type that is named goes before one that only a wildcard takes at the same weight: programs that ask for
    ``application/json, */*`` mean the former (RFC 9110, 12.5.1).
    """
    taken = [_weighed(part) for part in accept.lower().split(",") if part.strip()]

    def weight(media_type: str) -> tuple[float, int]:
        kind = media_type.partition("/")[0]
        exactness = {media_type: 2, f"{kind}/*": 1, "*/*": 0}
        found = [(exactness[name], q) for name, q in taken if name in exactness]
        exact, q = max(found, default=(0, 0.0))
        return q, exact if q else 0

    return max(offered, key=weight)


class Accepting:
    """Middleware: gives a page's address in the form that is asked for, and names the others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead a program to the API within this server; a page goes on with a word on its other forms."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        forms = forms_of(scope["path"], query)
        if not forms:
            await self.app(scope, receive, send)
            return
        accept = Headers(scope=scope).get("accept", "")
        by_itself = JSON if scope["path"].startswith("/api/") else PAGE
        chosen = preferred(accept, [by_itself, *(form.media_type for form in forms)])
        form = next((form for form in forms if form.media_type == chosen), None)
        links = [f'<{one.address}>; rel="alternate"; type="{one.media_type}"' for one in forms]

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Accept")
                if form is None and headers.get("content-type", by_itself).startswith(by_itself):
                    for link in [*links, *([_DESCRIPTION] if scope["path"] in {"/", "/api"} else [])]:
                        if len(link) <= MOST:
                            headers.append("Link", link)
                elif form is not None and message["status"] == 200 and len(form.address) <= MOST:
                    headers["Content-Location"] = form.address
            await send(message)

        if form is not None:
            raw_path, _, raw_query = form.address.encode().partition(b"?")
            scope = {**scope, "path": form.path, "raw_path": raw_path, "query_string": raw_query}
        await self.app(scope, receive, send_with_links)


def _annotations(form: Form) -> list[Form]:
    """Where the annotations of what the API answers are (W3C Web Annotation), for what has any."""
    if any(name == "format" for name, _ in form.query):
        return []
    match form.path.strip("/").split("/")[1:]:
        case ["answer"]:
            return [Form(LINKED, form.path, (*form.query, ("format", "annotations")))]
        case ["articles", article_id] | ["articles", article_id, "statements"]:
            return [Form(LINKED, f"/api/articles/{article_id}/statements", (("format", "annotations"),))]
        case ["statements", _]:
            return [Form(LINKED, form.path, (("format", "annotation"),))]
    return []


def _conversation(given: Query) -> Form | None:
    questions = [value for name, value in given if name == "q"][-MAX_TURNS:]
    if not questions:
        return None
    asked = [("question", questions[-1]), *(("earlier", question) for question in questions[:-1])]
    return Form(JSON, "/api/answer", (*asked, *_only(given, *_SHORT)))


def _articles(given: Query) -> Form:
    return Form(JSON, "/api/articles", (*_only(given, "text", *_SHORT), *_place(given)))


def _article(article_id: str) -> Form:
    return Form(JSON, f"/api/articles/{article_id}")


def _statement(named: str) -> Form:
    return Form(JSON, f"/api/statements/{named}")


def _speakers(given: Query) -> Form:
    return Form(JSON, "/api/speakers", (*_only(given, "text"), *_place(given)))


def _comparison(given: Query) -> Form | None:
    names = _only(given, "a", "b")
    return Form(JSON, "/api/compare", (*names, *_only(given, "about"), *_shortened(given))) if len(names) > 1 else None


def _check(given: Query) -> Form | None:
    quotation = _only(given, "quotation")
    return Form(JSON, "/api/verify", quotation) if quotation else None


def _speaker(slug: str, given: Query) -> Form:
    """A page of a speaker: who it is, what they say in these days, or what they say about something over time."""
    about, chosen = _only(given, "about"), _shortened(given)
    if not about and not chosen:
        return Form(JSON, f"/api/speakers/{slug}")
    path = "/api/course" if about else "/api/statements"
    return Form(JSON, path, (("speaker", slug), *about, *chosen))


def _only(given: Query, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value.strip()) for name, value in given if name in names)


def _shortened(given: Query) -> tuple[tuple[str, str], ...]:
    """Dates and outlets as the addresses of statements call them."""
    return tuple((_SHORT[name], value) for name, value in _only(given, *_SHORT))


def _place(given: Query) -> tuple[tuple[str, str], ...]:
    number = page_number(dict(given).get("page", ""))
    return (("limit", str(PAGE_SIZE)), ("offset", str((number - 1) * PAGE_SIZE)))


def _weighed(part: str) -> tuple[str, float]:
    """One element of an ``Accept`` header: what it takes, and how gladly."""
    name, *parameters = (each.strip() for each in part.split(";"))
    given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return name, float(given)
    except ValueError:
        return name, 0.0


_OF_ALL: dict[str, Callable[[Query], Form | None]] = {
    "": _conversation,
    "articles": _articles,
    "speakers": _speakers,
    "compare": _comparison,
    "verify": _check,
    "feeds": lambda _: Form(JSON, "/api/feeds"),
    "api": lambda _: Form(JSON, "/openapi.json"),
}
_OF_ONE: dict[str, Callable[[str], Form]] = {"articles": _article, "s": _statement}

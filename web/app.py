"""Settings -> an ASGI application: where pages, API, limits and problems meet.

Promises: nothing happens at import; every response, errors too, carries the security headers; nothing on any page is
fetched from elsewhere; the framework's telemetry is off. What it does not know: how questions are answered.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from qa import __version__
from qa.errors import ArchiveEmpty, ArchiveLocked, OutOfTime, QaError
from qa.settings import Settings, WebSettings
from web import adding, alerts, api, completions, embeds, feeding, pages, speakers, statements, tool_calls, writing
from web.accepting import Accepting
from web.admission import Admission
from web.bodies import Bodies
from web.hosts import TrustedHosts
from web.lasting import Lasting
from web.limits import Busy
from web.ports import Archive
from web.problems import Responder
from web.readers import ReadersOnly
from web.sending import Sending
from web.site import Site

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Jobs

__all__ = ["SECURITY_HEADERS", "create_app"]

logger = logging.getLogger("web")
STATIC = Path(__file__).parent / "static"
# Everything is refused but what this server itself sends. The questions are in the address of the page, so no other
# site learns it from a Referer.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "private, no-cache"
A_DAY = "public, max-age=86400"
SOON_S = 1.0  # of loading what questions need, before the server answers what needs none of it
# An archive holds other people's articles, and each question costs work: no crawler is asked in.
ROBOTS = "User-agent: *\nDisallow: /\n"
SHARED = ("/api/", "/openapi.json", "/feed.atom", "/oembed")
UNSHARED = ("/api/feeds", "/api/jobs/")  # what whoever may change the archive sees more of


def create_app(settings: Settings, assistant: Archive | None = None) -> FastAPI:
    """Make the application.

    Args:
        settings: all of them; ``settings.web`` are this module's own.
        assistant: an opened archive, of which nothing is changed; None keeps the one in ``settings.data_dir``: its
            owner is this server from the moment it can be. Either is closed when the server stops.

    Raises:
        QaError: from the start of the server, when the archive is there and cannot be opened.
    """
    static = f"/static/{_digest(STATIC)}"
    admission = Admission(settings.web)
    drawer = pages.Drawer(static, adding=admission.possible, api_open=settings.web.read_token is None)
    responder = Responder(drawer.problem, SECURITY_HEADERS)
    app = _Application(
        title="On Record",
        summary="Exact, cited answers from a news archive.",
        description=api.DESCRIPTION,
        version=__version__,
        openapi_tags=api.TAGS,
        servers=[{"url": "/", "description": "The server that this description is from."}],
        docs_url=None,  # FastAPI's pages load scripts from elsewhere; ours is /api
        redoc_url=None,
        lifespan=_lifespan(settings, assistant),
        middleware=[
            Middleware(_Headers),
            Middleware(
                TrustedHosts,
                names=[settings.web.host, *settings.web.trusted_hosts.split(",")],
                refuse=responder.other_host,
            ),
            *([Middleware(_Shared, origins=settings.web.shared_with)] if settings.web.shared_with else []),
            Middleware(_HeadAsGet),
            Middleware(Accepting),
            Middleware(ReadersOnly, token=settings.web.read_token, admission=admission, refuse=responder.closed),
            Middleware(Lasting),
            Middleware(Sending),
            Middleware(
                Bodies,
                bounds=_bounds(settings.web, admission),
                too_large=responder.too_large,
                too_slow=responder.too_slow,
            ),
        ],
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.drawer = drawer
    app.state.limits = settings.web
    app.state.admission = admission
    app.state.polls = settings.feeds.poll
    for error, handler in _handlers(responder).items():
        app.add_exception_handler(error, handler)
    app.include_router(api.router)
    app.include_router(writing.router)
    app.include_router(adding.router)
    app.include_router(feeding.api)
    app.include_router(feeding.router)
    app.include_router(statements.router)
    app.include_router(embeds.api)
    app.include_router(embeds.router)
    app.include_router(alerts.router)
    app.include_router(completions.router)
    app.router.routes.append(tool_calls.route(admission))
    app.include_router(pages.router)
    app.include_router(speakers.router)
    app.add_api_route("/favicon.ico", _icon, include_in_schema=False)  # for what is shown without a page of ours
    app.add_api_route("/robots.txt", _robots, include_in_schema=False)
    app.add_api_route("/docs", _docs, include_in_schema=False)  # where FastAPI's would be
    app.mount(static, StaticFiles(directory=STATIC), name="static")
    return app


def _bounds(web: WebSettings, admission: Admission) -> Callable[[Scope], tuple[int, float]]:
    """How large a request's body may be and how long it may take: more for a conversation, and for articles."""

    def bounds(scope: Scope) -> tuple[int, float]:
        by_program = scope["path"] == writing.PATH and admission.bears_token(scope)
        by_page = scope["path"] in {adding.PATH, feeding.PATH} and admission.is_own(scope) and admission.is_open(scope)
        if scope["method"] == "POST" and (by_program or by_page):
            return web.max_upload_mib * 2**20, web.upload_timeout_s
        if scope["path"] == completions.PATH:
            return web.max_chat_kib * 1024, web.body_timeout_s
        return web.max_body_kib * 1024, web.body_timeout_s

    return bounds


async def _icon() -> FileResponse:
    return FileResponse(STATIC / "mark.svg", headers={"Cache-Control": A_DAY})


async def _robots() -> PlainTextResponse:
    return PlainTextResponse(ROBOTS, headers={"Cache-Control": A_DAY})


async def _docs() -> RedirectResponse:
    return RedirectResponse("/api")


def _lifespan(settings: Settings, assistant: Archive | None) -> Any:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        kept = _Given(assistant) if assistant else await run_in_threadpool(_keep, settings)
        site = Site(kept.open, settings.web, kept.jobs)
        app.state.site = site
        await run_in_threadpool(_open, site)
        warming = Thread(target=_warm_up, args=(site,), name="warming up", daemon=True)
        warming.start()
        await run_in_threadpool(warming.join, SOON_S)
        try:
            yield
        finally:
            await run_in_threadpool(warming.join)
            await run_in_threadpool(kept.close)
            site.close()

    return lifespan


def _open(site: Site) -> None:
    """Open the archive; one that is empty or in use may come later."""
    try:
        _ = site.archive
    except (ArchiveEmpty, ArchiveLocked) as problem:
        logger.warning("The server starts without an archive: %s", problem)
        site.warmed.set()


def _warm_up(site: Site) -> None:
    """Load what the first question would otherwise wait for, beside whatever needs none of it."""
    if site.warmed.is_set():
        return
    try:
        status = site.archive.status()
        if status.ready:
            site.archive.warm()
            site.archive.examples()
        problem = status.problem
    except QaError as error:
        problem = error
    finally:
        site.warmed.set()
    if problem:
        logger.warning("The server starts without answers: %s", problem)


def _keep(settings: Settings) -> _Kept | _Given:
    return _Kept(settings)


class _Given:
    """An archive that somebody else keeps."""

    jobs: Jobs | None = None

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def open(self) -> Archive:
        return self._archive

    def close(self) -> None:
        """Nothing: the site closes the archive."""


class _Kept:
    """The archive that this process keeps: one opening that answers questions, and one that does the work."""

    def __init__(self, settings: Settings) -> None:
        from qa.assistant.parts import Common  # the wiring loads models; a test with a fake needs none of it
        from qa.assistant.sharing.keeper import Keeper

        self._settings = settings
        self._common = Common()
        self._keeper = Keeper(settings, "qa serve", self._common)
        self._keeper.start()
        self.jobs = self._keeper.jobs

    def open(self) -> Archive:
        from qa.assistant import Assistant

        return Assistant.open(self._settings, label="qa serve", common=self._common)

    def close(self) -> None:
        self._keeper.close()


def _handlers(responder: Responder) -> dict[Any, Any]:
    return {
        QaError: responder.qa_error,
        RequestValidationError: responder.invalid,
        HTTPException: responder.http,
        Busy: responder.busy,
        OutOfTime: responder.timed_out,
        Exception: responder.internal,
    }


def _digest(folder: Path) -> str:
    """Name the state of a folder: addresses that carry it can be kept for ever, and modules import their own kind."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


class _Application(FastAPI):
    """FastAPI, with examples and limits in its description."""

    def openapi(self) -> dict[str, Any]:
        description = super().openapi()
        api.add_examples(description)
        api.add_limits(description, self.state.limits)
        return description


class _Headers:
    """Middleware: security headers on every response, and a word on caching where none was said.

    There are no websockets here; whoever asks for one is refused with the same headers, where the server can send them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            told = "websocket.http.response" in scope.get("extensions", {})
            await (Response(None, 403, SECURITY_HEADERS) if told else WebSocketClose())(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if "frame-ancestors 'none'" not in headers["Content-Security-Policy"]:
                    del headers["X-Frame-Options"]  # it cannot say which sites may
                kept = scope["path"].startswith("/static/") and message["status"] in {200, 206, 304}
                headers.setdefault("Cache-Control", FOREVER if kept else REVALIDATE)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class _Shared:
    """Middleware: lets pages of other sites read what programs read (CORS), where a setting says so; no cookies."""

    def __init__(self, app: ASGIApp, origins: str) -> None:
        self.app = app
        self.shared = CORSMiddleware(
            app,
            allow_origins=[origin.strip().lower() for origin in origins.split(",") if origin.strip()],
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Accept", "Authorization", "Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        shared = path.startswith(SHARED) and not path.startswith(UNSHARED)
        await (self.shared if shared else self.app)(scope, receive, send)


class _HeadAsGet:
    """Middleware: HEAD is GET without the body, on every address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, send_head)

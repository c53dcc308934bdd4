"""The page "Feeds" and ``/api/feeds``: which feeds are polled, what came and what failed; adding, removing.

Promises: whoever may change the archive, as ``web.admission`` says, may change the list, and a form is taken from this
server's own pages alone, while a program has the token; everybody else sees of a feed's address the host and no more,
since some have keys in them.
What this does not know: how feeds are polled.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from qa.errors import SourceError
from qa.ingestion.opml import feed_address, feeds_in, opml_of
from qa.output.feeds import FeedListBody
from qa.records import FeedRecord
from web import views
from web.adding import OWN, TheAdmission, let_in, line_of, private
from web.admission import Admission
from web.examples import problem_responses
from web.pages import TheDrawer, TheSite
from web.site import Site, once
from web.writing import JobBody, jobs_for

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Job, Jobs

__all__ = ["PATH", "api", "router"]

PATH = "/feeds"
_LATEST = 5  # articles, and failing items, of each feed
_MOST_GIVEN = 1_000  # addresses in one form
_PATIENCE_S = 3.0  # for a job that takes no time, if nothing is before it in the line
_LOOK_S = 0.05
_CHANGES = ("add_feeds", "remove_feeds", "hurry_feeds")

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
api = APIRouter(tags=["Feeds"], dependencies=[Depends(once)])


class _Nothing(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Addresses(BaseModel):
    """Feeds, by their addresses."""

    model_config = ConfigDict(extra="forbid")

    addresses: Annotated[list[str], Field(min_length=1, max_length=_MOST_GIVEN, description="Addresses of feeds.")]


@api.get("/api/feeds", summary="List the feeds that are polled", responses=problem_responses(422))
def get_api(
    request: Request, response: Response, site: TheSite, admission: TheAdmission, asked: Annotated[_Nothing, Query()]
) -> FeedListBody:
    """Say of each feed when it was asked last, what came and what failed; with the token, its whole address too."""
    response.headers["Cache-Control"] = "no-store"
    whole = admission.bears_token(request.scope) or _may_change(request, site, admission)
    return FeedListBody.from_records(site.archive.feed_records(_LATEST), whole=whole)


@api.post("/api/feeds", status_code=202, summary="Add feeds", responses=problem_responses(401, 403, 422))
def post_api(request: Request, response: Response, site: TheSite, given: Addresses) -> JobBody:
    """Have these polled from now on; those that are polled already stay as they are. It needs the token."""
    jobs_for(request, site)
    return _told(request, response, site, "add_feeds", {"feeds": _named(given), "later": False})


@api.delete("/api/feeds", status_code=202, summary="Remove feeds", responses=problem_responses(401, 403, 404, 422))
def delete_api(request: Request, response: Response, site: TheSite, given: Addresses) -> JobBody:
    """Poll these no more; their articles stay. One that is not polled is a problem, and then none is removed."""
    jobs_for(request, site)
    kept = {one.feed.address for one in site.archive.feed_records(0)}
    addresses = list(_named(given))
    if unknown := [one for one in addresses if one not in kept]:
        raise HTTPException(404, f"No such feed is polled: {unknown[0]}.")
    return _told(request, response, site, "remove_feeds", {"addresses": addresses})


def _named(given: Addresses) -> dict[str, str | None]:
    try:
        return {feed_address(one): None for one in given.addresses}
    except SourceError as error:
        fault = {"type": "value_error", "msg": f"{error.source}: {error.reason}", "loc": ("body", "addresses")}
        raise RequestValidationError([{**fault, "input": error.source}]) from error


def _told(request: Request, response: Response, site: Site, kind: str, arguments: dict[str, object]) -> JobBody:
    job = _changed(jobs_for(request, site), kind, arguments, "a program")
    body = JobBody.of(job)
    response.headers.update({"Location": body.href, "Cache-Control": "no-store"})
    return body


@router.get(PATH)
def get_feeds(request: Request, drawer: TheDrawer, admission: TheAdmission, site: TheSite) -> Response:
    """Show the feeds, and to whom may change them the forms."""
    return private(drawer.page("feeds.html", _shown(request, site, admission)))


@router.get(f"{PATH}.opml")
def get_list(request: Request, admission: TheAdmission, site: TheSite) -> Response:
    """Give the list as feed readers exchange it."""
    if not _may_change(request, site, admission):
        return RedirectResponse(PATH, 303)
    listed = opml_of((one.feed.address, one.feed.title) for one in site.archive.feed_records(0))
    headers = {"Content-Disposition": 'attachment; filename="feeds.opml"'}
    return private(Response(listed, media_type="text/x-opml", headers=headers))


@router.post(f"{PATH}/token", dependencies=OWN)
async def post_token(request: Request, drawer: TheDrawer, admission: TheAdmission, site: TheSite) -> Response:
    """Open the forms to whoever has the token."""
    line_of(site, admission)
    return await let_in(request, drawer, admission, PATH)


@router.post(PATH, dependencies=OWN)
async def post_feeds(request: Request, site: TheSite, drawer: TheDrawer, admission: TheAdmission) -> Response:
    """Add the feeds whose addresses were typed, or that a list names."""
    line_of(site, admission)
    if not admission.is_open(request.scope):
        return RedirectResponse(PATH, 303)
    most = site.limits.max_upload_mib * 2**20
    async with request.form(max_files=1, max_fields=2, max_part_size=most) as form:
        typed, listed = form.get("addresses"), form.get("list")
        typed = typed if isinstance(typed, str) else ""
        body = await listed.read() if isinstance(listed, UploadFile) and listed.filename else b""
    try:
        feeds = await run_in_threadpool(_given, typed, body)
    except SourceError as wrong:
        shown = await run_in_threadpool(_shown, request, site, admission)
        told = f"{wrong.source}: {wrong.reason}" if wrong.source else wrong.reason
        return private(drawer.page("feeds.html", shown | {"wrong": told, "typed": typed}, 422))
    return await run_in_threadpool(_change, site, admission, "add_feeds", {"feeds": feeds, "later": False})


@router.post(f"{PATH}/remove", dependencies=OWN)
async def post_remove(request: Request, site: TheSite, admission: TheAdmission) -> Response:
    """Poll a feed no more."""
    return await _one(request, site, admission, "remove_feeds")


@router.post(f"{PATH}/poll", dependencies=OWN)
async def post_poll(request: Request, site: TheSite, admission: TheAdmission) -> Response:
    """Have a feed asked at once."""
    return await _one(request, site, admission, "hurry_feeds")


async def _one(request: Request, site: Site, admission: Admission, kind: str) -> Response:
    line_of(site, admission)
    async with request.form(max_files=0, max_fields=1) as form:
        address = form.get("address")
    if not admission.is_open(request.scope) or not isinstance(address, str) or not address:
        return RedirectResponse(PATH, 303)
    return await run_in_threadpool(_change, site, admission, kind, {"addresses": [address]})


def _change(site: Site, admission: Admission, kind: str, arguments: dict[str, object]) -> Response:
    """Have the list changed, wait a moment, and show it; the page says what still waits."""
    job = _changed(line_of(site, admission), kind, arguments, "the page “Feeds”")
    return RedirectResponse(f"/add/jobs/{job.id}" if job.error else PATH, 303)


def _changed(jobs: Jobs, kind: str, arguments: dict[str, object], whose: str) -> Job:
    """Put a change of the list into the line of jobs, and wait a moment for it."""
    from qa.assistant.sharing.work import Work

    job = jobs.add(Work(kind, arguments, whose))
    end = time.monotonic() + _PATIENCE_S
    while not job.over and time.monotonic() < end:
        time.sleep(_LOOK_S)
    return job


def _given(typed: str, listed: bytes) -> dict[str, str | None]:
    feeds = feeds_in(listed, "the list") if listed else {}
    lines = [line for line in map(str.strip, typed.splitlines()) if line]
    feeds |= {feed_address(line): None for line in lines}
    if not feeds:
        raise SourceError("", "nothing was given: type an address, or choose a list")
    if len(feeds) > _MOST_GIVEN:
        raise SourceError("", f"these are {len(feeds)} feeds; at most {_MOST_GIVEN} are taken at a time")
    return feeds


def _may_change(request: Request, site: Site, admission: Admission) -> bool:
    return site.jobs is not None and admission.possible and admission.is_open(request.scope)


def _shown(request: Request, site: Site, admission: Admission) -> dict[str, object]:
    records: Sequence[FeedRecord] = site.archive.feed_records(_LATEST)
    opened = _may_change(request, site, admission)
    jobs: Sequence[Job] = site.jobs.newest() if site.jobs else ()
    waiting = [one for one in jobs if not one.over and one.work.kind in _CHANGES] if opened else []
    polls: bool = request.app.state.polls and site.jobs is not None
    under_way = any(not one.over and one.work.kind == "take_feed" for one in jobs)
    awaited = polls and any(one.feed.polled_at is None and one.feed.next_at is not None for one in records)
    return {
        "feeds": [views.feed(one, whole=opened) for one in records],
        "opened": opened,
        "closed": site.jobs is not None and admission.takes_token and not opened,
        "polls": polls,
        "waiting": [views.job(one) for one in waiting],
        "over": not (waiting or under_way or awaited),
        "wrong": None,
        "typed": "",
    }

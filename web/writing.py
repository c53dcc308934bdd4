"""What comes in from programs, for the archive: articles in a request -> a job that puts them in, and how it goes.

Promises: nothing is taken without the token of ``QA_WEB__WRITE_TOKEN``, and nothing at all where none is set; the token
comes in a header that no other site can have a browser send; what is given is read as a file of its kind would be, and
its addresses name nothing of this machine. What this does not know: how articles are put in.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from fastapi import APIRouter, Depends, Query
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from qa.errors import SourceError
from qa.settings import WebSettings
from web.examples import problem_responses
from web.site import Site, once, site_of

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Job, Jobs

__all__ = ["PATH", "may_write", "router"]

PATH = "/api/articles"
ADDRESSES = "text/uri-list"
_SUFFIX = {
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/gzip": ".jsonl.gz",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
}
_MOST_NAMED = 100  # characters of a name

_TOKEN = HTTPBearer(auto_error=False, description="The token of `QA_WEB__WRITE_TOKEN`.")
router = APIRouter(tags=["Writing"], dependencies=[Depends(once), Depends(_TOKEN)])
TheSite = Annotated[Site, Depends(site_of)]


class Named(BaseModel):
    """What a body is called."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=500, description="What the body is called in messages and addresses.")] = ""


class FailureBody(BaseModel):
    """What was not put in."""

    source: str
    line: int | None
    reason: str


class JobBody(BaseModel):
    """A job, and how far it is."""

    id: str
    href: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    waiting_for: int = Field(description="Jobs before it.")
    share: float = Field(description="How much of it is done, 0 to 1, by bytes.")
    counts: dict[str, int] = Field(description="Articles by what became of them.")
    failed: int
    failures: list[FailureBody]
    problem: str | None = Field(description="Why it ended before its end.")
    came: datetime
    ended: datetime | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """Describe a job."""
        problems = [one for one in job.failures if isinstance(one, SourceError)]
        return cls(
            id=job.id,
            href=_href(job),
            state=job.state.value,
            waiting_for=len(job.progress.get("waiting", ())),
            share=1.0 if job.over else job.progress.get("progress", {}).get("share", 0.0),
            counts={name: number for name, number in job.counts.items() if name != "failed"},
            failed=job.counts["failed"],
            failures=[FailureBody(source=one.source, line=one.line, reason=one.reason) for one in problems],
            problem=job.error.message if job.error and job.state.value != "done" else None,
            came=job.came,
            ended=job.ended,
        )


_BODIES = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (*_SUFFIX, ADDRESSES)}


def may_write(scope: Scope, settings: WebSettings) -> bool:
    """Whether a request carries the token; never where none is set."""
    token = settings.write_token
    given = Headers(scope=scope).get("authorization", "")
    kind, _, value = given.partition(" ")
    right = token is not None and hmac.compare_digest(value.strip().encode(), token.get_secret_value().encode())
    return right and kind.lower() == "bearer"


def _jobs(request: Request, site: Site) -> Jobs:
    """The line of work, for whoever may add to it."""
    if "authorization" in request.headers and (site.limits.write_token is None or site.jobs is None):
        raise HTTPException(403)
    if site.jobs is None or not may_write(request.scope, site.limits):
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return site.jobs


@router.post(
    PATH,
    status_code=202,
    summary="Put articles in",
    response_model=JobBody,
    responses=problem_responses(401, 403, 415, 422),
    openapi_extra={"requestBody": {"required": True, "content": _BODIES}},
)
async def post_articles(
    request: Request, response: Response, site: TheSite, named: Annotated[Named, Query()]
) -> JobBody:
    """Take articles, or the addresses of some, and say where their job is looked at."""
    jobs = _jobs(request, site)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if kind == ADDRESSES:
        sources, called, done = _addresses(body), dict[str, str](), _nothing
    else:
        suffix = _SUFFIX.get(kind)
        if suffix is None:
            raise HTTPException(415)
        name = _name(named.name, suffix)
        sources, called, done = await run_in_threadpool(_spooled, body, name)
    job = await run_in_threadpool(_begin, jobs, sources, called, done)
    response.headers.update({"Location": _href(job), "Cache-Control": "no-store"})
    return JobBody.of(job)


@router.get("/api/jobs/{id}", summary="Look at a job", responses=problem_responses(401, 403, 404, 422))
def get_job(id: str, request: Request, response: Response, site: TheSite) -> JobBody:  # noqa: A002
    """Say how far a job is, and what became of it."""
    job = _jobs(request, site).find(id)
    if job is None:
        raise HTTPException(404)
    response.headers["Cache-Control"] = "no-store"
    return JobBody.of(job)


def _href(job: Job) -> str:
    return f"/api/jobs/{job.id}"


def _addresses(body: bytes) -> list[str]:
    """A ``text/uri-list``: an address a line, comments after #; nothing but the web's, since a path would be read."""
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if not found or not all(re.match(r"https?://[^\s]+\Z", line) for line in found):
        raise SourceError("the list of addresses", "each line has to be an http or https address")
    return found


def _name(given: str, suffix: str) -> str:
    """What a text is called: the end of the name that was given for it, with the suffix of what it was said to be."""
    plain = re.sub(r"[^\w.-]+", "-", given.replace("\\", "/").rpartition("/")[2]).strip(".-")[:_MOST_NAMED] or "given"
    return plain if plain.lower().endswith(suffix) else plain + suffix


def _begin(jobs: Jobs, sources: list[str], called: dict[str, str], done: Callable[[], None]) -> Job:
    from qa.assistant.sharing.work import Work

    try:
        return jobs.add(Work("ingest", {"sources": sources, "how": {"called": called}}, "a program"), on_end=done)
    except BaseException:  # the server ends
        done()
        raise


def _spooled(body: bytes, name: str) -> tuple[list[str], dict[str, str], Callable[[], None]]:
    """Put a body into a file of its own for the time of its job; what stands for its path; what takes it away."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    path = folder / name
    path.write_bytes(body)
    called = f"/received/{hashlib.sha256(body).hexdigest()[:16]}/{name}"
    return [str(path)], {str(path): called}, lambda: shutil.rmtree(folder, ignore_errors=True)


def _nothing() -> None:
    """Addresses leave nothing behind."""

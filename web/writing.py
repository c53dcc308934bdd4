"""What comes in from programs, for the archive: articles in a request -> a job that puts them in, and how it goes.

Promises: nothing is taken or told without the token of ``QA_WEB__WRITE_TOKEN``, and nothing at all where none is set.
What this does not know: what becomes of a body (``web.receiving``), and how articles are put in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, Self

from fastapi import APIRouter, Depends, Query
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from qa.errors import SourceError
from qa.ingestion import SUFFIXES
from web.admission import Admission
from web.examples import problem_responses
from web.problems import told
from web.receiving import Received, addresses_in, begin, name_of
from web.site import Site, once, site_of

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Job, Jobs

__all__ = ["PATH", "JobBody", "jobs_for", "router"]

PATH = "/api/articles"
ADDRESSES = "text/uri-list"
UNNAMED = "application/octet-stream"  # what a file is says its name alone
_SUFFIX = {  # the names of files of a kind; one that has none of them gets the first
    "application/json": (".json",),
    "application/feed+json": (".json",),
    "application/x-ndjson": (".jsonl",),
    "application/jsonl": (".jsonl",),
    "application/gzip": (".jsonl.gz", ".warc.gz", ".tar.gz", ".tgz"),
    "text/html": (".html", ".htm"),
    "application/xhtml+xml": (".html", ".htm"),
    "text/markdown": (".md",),
    "text/plain": (".txt",),
    "application/xml": (".xml",),
    "text/xml": (".xml",),
    "message/rfc822": (".eml",),
    "application/mbox": (".mbox",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/warc": (".warc", ".warc.gz"),
    "application/zip": (".zip",),
    "application/x-tar": (".tar",),
    UNNAMED: SUFFIXES,
}

_TOKEN = HTTPBearer(auto_error=False, description="The token of `QA_WEB__WRITE_TOKEN`.")
router = APIRouter(tags=["Writing"], dependencies=[Depends(once), Depends(_TOKEN)])
TheSite = Annotated[Site, Depends(site_of)]


class Named(BaseModel):
    """What a body is called."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=500, description="What the body is called in messages and addresses.")] = ""


class LinkBody(BaseModel):
    """An article that a list links to."""

    href: str
    title: str


class FailureBody(BaseModel):
    """What was not put in."""

    source: str
    line: int | None
    reason: str
    links: list[LinkBody] = Field(description="Where it was a list of articles: the articles that it links to.")


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
            failures=[
                FailureBody(
                    source=one.source,
                    line=one.line,
                    reason=one.reason,
                    links=[LinkBody(href=href, title=title) for href, title in one.links],
                )
                for one in problems
            ],
            problem=told(job.error) if job.error and job.state.value != "done" else None,
            came=job.came,
            ended=job.ended,
        )


_BODIES = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (*_SUFFIX, ADDRESSES)}


def jobs_for(request: Request, site: Site) -> Jobs:
    """The line of work, for whoever may add to it."""
    admission: Admission = request.app.state.admission
    if "authorization" in request.headers and (not admission.takes_token or site.jobs is None):
        raise HTTPException(403)
    if site.jobs is None or not admission.bears_token(request.scope):
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
    jobs = jobs_for(request, site)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    received, addresses = list[Received](), list[str]()
    if kind == ADDRESSES:
        addresses = addresses_in(body.decode("utf-8", "replace"))
    elif kind == UNNAMED and not named.name.lower().endswith(SUFFIXES):
        raise HTTPException(415)
    elif kind in _SUFFIX:
        received = [Received(name_of(named.name, *_SUFFIX[kind]), body)]
    else:
        raise HTTPException(415)
    job = await run_in_threadpool(begin, jobs, received, addresses, "a program")
    response.headers.update({"Location": _href(job), "Cache-Control": "no-store"})
    return JobBody.of(job)


@router.get("/api/jobs/{id}", summary="Look at a job", responses=problem_responses(401, 403, 404, 422))
def get_job(id: str, request: Request, response: Response, site: TheSite) -> JobBody:  # noqa: A002
    """Say how far a job is, and what became of it."""
    job = jobs_for(request, site).find(id)
    if job is None:
        raise HTTPException(404)
    response.headers["Cache-Control"] = "no-store"
    return JobBody.of(job)


def _href(job: Job) -> str:
    return f"/api/jobs/{job.id}"

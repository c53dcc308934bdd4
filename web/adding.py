"""The page "Add": files that are dropped, addresses and text that are pasted -> a job, and a page that shows it.

Promises: it works without scripts, the page of a job by loading itself anew; it is open to whom ``web.admission`` lets
in, and a form is taken from this server's own pages alone. What this does not know: how articles are put in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from qa.errors import SourceError
from qa.ingestion import SUFFIXES
from web import views
from web.admission import COOKIE, Admission
from web.pages import Drawer, TheDrawer, TheSite
from web.problems import OtherSite
from web.receiving import Received, addresses_in, begin, name_of
from web.site import Site

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Job, Jobs

__all__ = ["OWN", "PATH", "TheAdmission", "let_in", "line_of", "private", "router"]

PATH = "/add"
OPENED = (PATH, "/feeds")  # what the cookie opens, and where it is sent
_MOST_FILES = 1_000
_MOST_LISTED = 50  # links of a list that are ticked
_FIELDS = ("addresses", "title", "outlet", "date", "text")

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def _admission_of(request: Request) -> Admission:
    admission: Admission = request.app.state.admission
    return admission


TheAdmission = Annotated[Admission, Depends(_admission_of)]


def line_of(site: Site, admission: Admission) -> Jobs:
    """The line of work, where there is anybody who may add to it."""
    if site.jobs is None or not admission.possible:
        raise HTTPException(403)
    return site.jobs


def _own(request: Request, admission: TheAdmission) -> None:
    """Refuse a form of another site."""
    if not admission.is_own(request.scope):
        raise OtherSite


OWN = [Depends(_own)]


@router.get(PATH)
def get_add(request: Request, drawer: TheDrawer, admission: TheAdmission, site: TheSite) -> Response:
    """Show the forms, or ask for the token."""
    line = line_of(site, admission)
    if not admission.is_open(request.scope):
        return private(drawer.page("token.html", {"wrong": False, "page": PATH}))
    return private(drawer.page("add.html", _shown(request, line)))


@router.post(f"{PATH}/token", dependencies=OWN)
async def post_token(request: Request, drawer: TheDrawer, admission: TheAdmission, site: TheSite) -> Response:
    """Open the page to whoever has the token."""
    line_of(site, admission)
    return await let_in(request, drawer, admission, PATH)


async def let_in(request: Request, drawer: Drawer, admission: Admission, page: str) -> Response:
    """Have the browser of whoever sends the token keep the cookie that opens our pages, and lead it to this one."""
    async with request.form(max_files=0, max_fields=1) as form:
        given = form.get("token")
    if not isinstance(given, str) or not admission.is_token(given):
        return private(drawer.page("token.html", {"wrong": True, "page": page}, 403))
    answer = RedirectResponse(page, 303)
    secure = request.url.scheme == "https"
    for path in OPENED:
        answer.set_cookie(COOKIE, admission.cookie, path=path, secure=secure, httponly=True, samesite="strict")
    return answer


@router.post(PATH, dependencies=OWN)
async def post_add(request: Request, site: TheSite, drawer: TheDrawer, admission: TheAdmission) -> Response:
    """Take what was given, and lead to the page of its job."""
    line = line_of(site, admission)
    if not admission.is_open(request.scope):
        return RedirectResponse(PATH, 303)
    most = site.limits.max_upload_mib * 2**20
    async with request.form(max_files=_MOST_FILES, max_fields=len(_FIELDS) + _MOST_LISTED, max_part_size=most) as form:
        fields = {name: _typed(form, name) for name in _FIELDS}
        ticked = [each for each in form.getlist("listed") if isinstance(each, str)]
        fields["addresses"] = "\n".join(filter(None, [fields["addresses"], *ticked]))
        received = [
            Received(name_of(each.filename), await each.read())
            for each in form.getlist("files")
            if isinstance(each, UploadFile) and each.filename
        ]
    try:
        addresses = addresses_in(fields["addresses"]) if fields["addresses"] else []
        received += _pasted(fields)
        if not received and not addresses:
            raise SourceError("the form", "nothing was given: choose files, or paste addresses or a text")
    except SourceError as wrong:
        shown = await run_in_threadpool(_shown, request, line)
        return private(drawer.page("add.html", shown | {"wrong": wrong.reason, "fields": fields}, 422))
    job = await run_in_threadpool(begin, line, received, addresses, "the page “Add”")
    return RedirectResponse(f"{PATH}/jobs/{job.id}", 303)


@router.get(f"{PATH}/jobs/{{job_id}}")
def get_job(job_id: str, request: Request, drawer: TheDrawer, admission: TheAdmission, site: TheSite) -> Response:
    """Show how far a job is, and what became of it."""
    line = line_of(site, admission)
    if not admission.is_open(request.scope):
        return RedirectResponse(PATH, 303)
    return private(drawer.page("job.html", {"job": views.job(_found(line, job_id))}))


@router.post(f"{PATH}/jobs/{{job_id}}/stop", dependencies=OWN)
def post_stop(job_id: str, request: Request, admission: TheAdmission, site: TheSite) -> Response:
    """Have a job end between two articles."""
    line = line_of(site, admission)
    if admission.is_open(request.scope):
        _found(line, job_id).stop()
    return RedirectResponse(f"{PATH}/jobs/{job_id}", 303)


def _found(line: Jobs, job_id: str) -> Job:
    job = line.find(job_id)
    if job is None:
        raise HTTPException(404)
    return job


def _shown(request: Request, line: Jobs) -> dict[str, object]:
    web = request.app.state.limits
    return {
        "jobs": [views.job(one) for one in line.newest()],
        "suffixes": SUFFIXES,
        "most_mib": web.max_upload_mib,
        "wrong": None,
        "fields": dict.fromkeys(_FIELDS, ""),
    }


def _typed(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _pasted(fields: dict[str, str]) -> list[Received]:
    """A text that was typed or pasted, as the record that a program would send."""
    if not fields["text"]:
        if fields["title"] or fields["outlet"] or fields["date"]:
            raise SourceError("the form", "the text is missing")
        return []
    record = {"headline": fields["title"], "outlet": fields["outlet"], "date": fields["date"]}
    given = {name: value for name, value in record.items() if value} | {"content": fields["text"]}
    return [Received("pasted.json", json.dumps(given, ensure_ascii=False).encode())]


def private(answer: Response) -> Response:
    """The same, to be kept by nobody."""
    answer.headers["Cache-Control"] = "no-store"
    return answer

"""The pages of speakers: everybody who says anything, one page for each of them, and two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from qa.output.links import speaker_href
from qa.records import SpeakerRecord
from qa.types import Answer, Citation, NoAnswer, Outcome
from web import views
from web.filters import Filters
from web.pages import PAGE_SIZE, TheDrawer, TheSite, about_archive, page_number
from web.ports import Archive

__all__ = ["router"]

MOST = 1_000  # statements that a page counts, draws its timeline from and looks for topics in
FOLDED = 100  # statements of one page of a list that is folded
MOST_OF_EACH = 50  # statements of each of two who are compared
MAX_ABOUT = 200  # characters of a topic or a name that is looked for

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/speakers")
def get_speakers(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """List speakers, who says most first."""
    if about_archive(site) is None:
        return drawer.page("empty.html", {})
    text = request.query_params.get("text", "").strip()[:MAX_ABOUT]
    number = page_number(request.query_params.get("page", ""))
    found, total = site.archive.speakers(text, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    pager = views.pager(number, -(-total // PAGE_SIZE), [("text", text)] if text else [], "/speakers")
    shown = {"speakers": [views.described(each) for each in found], "matching": total, "text": text, "pager": pager}
    return drawer.page("speakers.html", shown)


@router.get("/compare")
async def get_compare(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Set two people beside each other; without both of their names, ask for them."""
    filters = Filters.from_query(request.query_params)
    a, b, about = (" ".join(request.query_params.get(name, "").split())[:MAX_ABOUT] for name in ("a", "b", "about"))
    archive = await run_in_threadpool(about_archive, site)
    if archive is None:
        return drawer.page("empty.html", {})
    outcome = None
    if a and b:
        scope = filters.scope()
        outcome = await site.work(
            lambda: site.archive.compare(a, b, about=about or None, scope=scope, limit=MOST_OF_EACH), "statements"
        )
    shown = {
        "a": a,
        "b": b,
        "about": about,
        "filters": filters,
        "turn": views.turn(outcome) if outcome else None,
        "capped": isinstance(outcome, Answer) and any(len(one.citations) == MOST_OF_EACH for one in outcome.sides),
        "most": MOST_OF_EACH,
        "json_href": views.compared_json(a, b, about, filters),
    }
    return drawer.page("compare.html", archive | shown)


@router.get("/speakers/{slug}")
async def get_speaker(slug: str, request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Show who somebody is and what they say, by day or about a topic; another spelling leads to the same page."""
    filters = Filters.from_query(request.query_params)
    about = " ".join(request.query_params.get("about", "").split())[:MAX_ABOUT]
    record = await site.work(lambda: site.archive.speaker(slug, limit=MOST), "speaker")
    profile = record.profile
    if profile.slug != slug:
        address = request.url.replace(path=speaker_href(profile.slug) or "/speakers")
        return RedirectResponse(address, 307)  # not for ever: a split can take it back
    outcome = None
    if about or filters:
        outcome = await site.work(lambda: _narrowed(site.archive, record, about, filters), "statements")
    chosen = record.citations if outcome is None else _of(record, outcome)
    number = page_number(request.query_params.get("page", ""))
    query = [*([("about", about)] if about else []), *filters.pairs()]
    most = PAGE_SIZE if about else FOLDED
    pager = views.pager(number, -(-len(chosen) // most), query, speaker_href(profile.slug) or "/speakers")
    page = chosen[(number - 1) * most : number * most]
    groups, rest = ((), ()) if about else views.said(page)
    shown = {
        "view": views.speaker(record, about, filters),
        "about": about,
        "filters": filters,
        "chips": views.speaker_chips(profile, about, filters),
        "refusal": views.turn(outcome) if isinstance(outcome, NoAnswer) else None,
        "count": len(chosen),
        "total": profile.statements,
        "capped": len(record.citations) == MOST,
        "groups": groups,
        "rest": rest,
        "rest_count": views.counted(rest),
        "course": _course(outcome, page),
        "pager": pager,
    }
    return drawer.page("speaker.html", (await run_in_threadpool(about_archive, site) or {}) | shown)


def _course(outcome: Outcome | None, page: Sequence[Citation]) -> tuple[views.StretchView, ...]:
    """What is said about a topic in the order of time, as far as it is on this page."""
    if not isinstance(outcome, Answer):
        return ()
    return views.course(outcome.citations, outcome.steps, {one.number for one in page})


def _narrowed(archive: Archive, record: SpeakerRecord, about: str, filters: Filters) -> Outcome:
    if about:
        return archive.course(record.profile.name, about=about, scope=filters.scope(), limit=MOST)
    return archive.statements(speaker=record.profile.name, scope=filters.scope(), limit=MOST)


def _of(record: SpeakerRecord, outcome: Outcome) -> Sequence[Citation]:
    """The speaker's own among the statements found by name, which another may share."""
    if not isinstance(outcome, Answer):
        return ()
    spellings = set(record.profile.spellings)
    return [
        one
        for one in outcome.citations
        if one.statement and one.statement.speaker and one.statement.speaker.name in spellings
    ]

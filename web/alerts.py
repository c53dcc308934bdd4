"""What to be told of -> an Atom feed: `/feed.atom?speaker=&about=` for statements, `/feed.atom?q=` for a question.

Promises: a reader that has the newest is told so without the feed (ETag, or Last-Modified where it sends no ETag); who
or what the archive does not know is an empty feed, since it may come in tomorrow. What this does not know: how the
entries are written. Grep for: alerts, RSS, subscribe.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.datastructures import Headers
from starlette.requests import Request

from qa.answering import why
from qa.output.atom import MEDIA_TYPE, Feed, write_feed
from qa.output.links import speaker_href
from qa.types import Answer, NoAnswer, Outcome
from web.sending import has_it, tag_of
from web.site import Site, base_of, once, site_of
from web.views import conversation
from web.wanted import Alerted, answered

__all__ = ["router"]

MOST = 1_000  # statements among which the newest are looked for

router = APIRouter(include_in_schema=False, dependencies=[Depends(once)])
TheSite = Annotated[Site, Depends(site_of)]


@router.get("/feed.atom")
async def get_feed(alerted: Annotated[Alerted, Query()], request: Request, site: TheSite) -> Response:
    """Write the feed of a question, or of statements by somebody, about something, or of anybody."""
    if alerted.q and (alerted.speaker or alerted.about):
        raise _refused(alerted, "Give q, or speaker and about.")
    outcome = await _outcome(alerted, site)
    if isinstance(outcome, NoAnswer) and outcome.unclear:
        raise _refused(alerted, why(outcome))
    feed = write_feed(
        f"{_title(alerted, outcome)} – On Record",
        outcome.citations if isinstance(outcome, Answer) else (),
        base=base_of(request),
        here=f"{request.url.path}{'?' if request.url.query else ''}{request.url.query}",
        page=_page(alerted),
    )
    headers = _validators(feed)
    if _has_it(request.headers, headers["ETag"], feed.changed):
        return Response(None, 304, headers)
    return Response(feed.body, 200, headers, MEDIA_TYPE)


def _refused(alerted: Alerted, because: str) -> RequestValidationError:
    return RequestValidationError([{"type": "value_error", "msg": because, "input": alerted.q, "loc": ("query", "q")}])


async def _outcome(alerted: Alerted, site: Site) -> Outcome:
    if alerted.q:
        [outcome] = await site.ask([alerted.q], alerted.filters())
        return outcome
    wanted = alerted.wanted(MOST)
    return await site.work(lambda: answered(site.archive, wanted), "statements")


def _title(alerted: Alerted, outcome: Outcome) -> str:
    """The question, or whose statements these are; a speaker is asked for by a name, a role or an address."""
    about = f" about {alerted.about}" if alerted.about else ""
    said = [one.statement.speaker for one in outcome.citations if one.statement] if isinstance(outcome, Answer) else []
    name = next((one.name for one in said if one and one.name), alerted.speaker)
    return alerted.q or (f"{name}{about}" if alerted.speaker else f"Statements{about}")


def _page(alerted: Alerted) -> str:
    """The page that shows the same, as far as there is one."""
    if alerted.q:
        return conversation([alerted.q], alerted.filters())
    if alerted.speaker:
        pairs = [*([("about", alerted.about)] if alerted.about else []), *alerted.filters().pairs()]
        return f"{speaker_href(alerted.speaker) or '/speakers'}{'?' if pairs else ''}{urlencode(pairs)}"
    return conversation([f"What was said about {alerted.about}?"], alerted.filters()) if alerted.about else "/speakers"


def _validators(feed: Feed) -> dict[str, str]:
    headers = {"ETag": tag_of(feed.body)}
    return headers | ({"Last-Modified": format_datetime(feed.changed, usegmt=True)} if feed.changed else {})


def _has_it(headers: Headers, tag: str, changed: datetime | None) -> bool:
    """Whether the reader has this very feed; a tag is looked at alone, as RFC 9110 (13.1.3) has it."""
    if "if-none-match" in headers:
        return has_it(headers, tag)
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return changed is not None and since.tzinfo is not None and changed.replace(microsecond=0) <= since

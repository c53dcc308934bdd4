"""The JSON door to who said what: `/api/statements`, its exports, `/api/compare`, `/api/course`, `/api/speakers`.

Promises: statements come in the bodies of `/api/answer`; an export is sent while it is read, so that it may be as long
as the archive. What this does not know: how statements are found, or compared with a topic.
"""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qa.output.annotations import annotate_article
from qa.output.answers import AnswerBody
from qa.output.exporting import FORMATS
from qa.output.statements import FoundBody, SpeakerBody, SpeakerListBody
from qa.people.identities import slug_of
from web.annotating import ANNOTATED, annotated
from web.api import answer_body
from web.examples import problem_responses
from web.lasting import lasting
from web.site import Site, base_of, once, site_of
from web.wanted import Compared, Followed, Wanted, answered, compared, exported, followed

__all__ = ["router"]

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for something else

router = APIRouter(tags=["Statements"], dependencies=[Depends(once)])
TheSite = Annotated[Site, Depends(site_of)]


class WantedAs(Wanted):
    """Which statements, in which form."""

    format: Annotated[
        Literal["json", "csv", "jsonl", "schema.org"],
        Field(
            description="json: an answer; the others: an export, one record for each article that has a statement, "
            "of copies of one text the first alone."
        ),
    ] = "json"


class Listed(BaseModel):
    """Which page of which speakers."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(description="How a word of the name begins.", max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=100, description="Speakers on one page.")] = 20
    offset: Annotated[int, Field(ge=0, le=10_000_000, description="Speakers to leave out before it.")] = 0


class OfArticle(BaseModel):
    """Which statements of an article are wanted, and in which form."""

    model_config = ConfigDict(extra="forbid")

    format: Annotated[
        Literal["json", "annotations"],
        Field(description="annotations: an AnnotationCollection of the W3C's Web Annotation Data Model, in JSON-LD."),
    ] = "json"
    thoughts: Annotated[
        bool,
        Field(description="Also what somebody is reported to believe, want or plan (kind: other); half is wrong."),
    ] = False


@router.get(
    "/api/statements",
    summary="List or export statements",
    response_model=AnswerBody,
    responses={
        200: {"content": {form.media_type: {"schema": {"type": form.json_type}} for form in FORMATS.values()}},
        **problem_responses(404, 422, 504),
    },
)
async def get_statements(
    wanted: Annotated[WantedAs, Query()], request: Request, response: Response, site: TheSite
) -> AnswerBody | Response:
    """List who said what, as an answer does; an export of somebody whom the archive does not know is a problem."""
    if wanted.format == "json":
        return answer_body(await site.work(lambda: answered(site.archive, wanted), "statements"), response)
    form, base = FORMATS[wanted.format], base_of(request)
    if wanted.about:
        rows = await site.work(lambda: exported(site.archive, wanted), "statements")
    else:
        rows = await run_in_threadpool(exported, site.archive, wanted)
    name = "-".join(["statements", *(slug_of(each) for each in (wanted.speaker, wanted.about) if each)])
    written = form.write(rows, base)
    return StreamingResponse(
        chain([BYTE_ORDER_MARK], written) if wanted.format == "csv" else written,
        media_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{_ascii(name)}.{form.suffix}"'},
    )


@router.get("/api/compare", summary="Compare two speakers", responses=problem_responses(422, 504))
async def get_compare(who: Annotated[Compared, Query()], response: Response, site: TheSite) -> AnswerBody:
    """Set what two people say on a topic beside each other, or say which of the two says nothing on it."""
    return answer_body(await site.work(lambda: compared(site.archive, who), "statements"), response)


@router.get("/api/course", summary="Follow a speaker over time", responses=problem_responses(422, 504))
async def get_course(whose: Annotated[Followed, Query()], response: Response, site: TheSite) -> AnswerBody:
    """Put what somebody says on a topic in the order of the days of the words, and mark what is worded otherwise."""
    return answer_body(await site.work(lambda: followed(site.archive, whose), "statements"), response)


@router.get("/api/speakers", summary="List speakers", responses=problem_responses(422))
def get_speakers(listed: Annotated[Listed, Query()], site: TheSite) -> SpeakerListBody:
    """List everybody who says anything, who says most first, one page at a time."""
    page, total = site.archive.speakers(listed.text, limit=listed.limit, offset=listed.offset)
    return SpeakerListBody.from_page(page, total, limit=listed.limit, offset=listed.offset)


@router.get("/api/speakers/{slug}", summary="Know a speaker", responses=problem_responses(404, 422))
def get_speaker(slug: str, site: TheSite) -> SpeakerBody:
    """Return a speaker's spellings and roles, and when articles state them; any spelling will do."""
    return SpeakerBody.from_profile(site.archive.speaker(slug, limit=1).profile)


@router.get(
    "/api/articles/{article_id}/statements",
    dependencies=[Depends(lasting)],
    summary="List the statements of an article",
    response_model=FoundBody,
    responses=ANNOTATED | problem_responses(404, 422),
)
def get_statements_of(
    article_id: str, request: Request, site: TheSite, asked: Annotated[OfArticle, Query()]
) -> FoundBody | Response:
    """Return what is said in an article, in reading order; with `thoughts` what is believed or planned too."""
    article = site.archive.article(article_id)
    statements = site.archive.statements_of(article_id, thoughts=asked.thoughts)
    if asked.format == "annotations":
        return annotated(annotate_article(article, statements, base_of(request)))
    return FoundBody.of([(article, statements)])


def _ascii(name: str) -> str:
    """A header holds no other letters."""
    return name.encode("ascii", "ignore").decode()[:100]

"""The JSON door: `/api/*` and the probes. Bodies are :mod:`qa.output.answers`, errors :mod:`web.problems`."""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from qa.errors import ArchiveError, IndexUnavailable
from qa.output.annotations import annotate_answer
from qa.output.answers import (
    AnswerBody,
    ArticleListBody,
    DraftBody,
    FullArticleBody,
    ListedBody,
    ReadinessBody,
    VerificationBody,
    WordingBody,
)
from qa.settings import WebSettings
from qa.stories import differences
from qa.types import Answer, Outcome
from web import examples
from web.annotating import ANNOTATED, annotated
from web.examples import problem_responses
from web.filters import MAX_OUTLETS, Filters
from web.lasting import lasting
from web.sending import tag_of
from web.site import Site, base_of, once, site_of
from web.wanted import Day

__all__ = ["DESCRIPTION", "TAGS", "add_examples", "add_limits", "answer_body", "router"]

DESCRIPTION = (
    "Every string in an answer is an exact slice of a stored article: `text[start:end] == cited_text`, counted in code "
    "points of the article's `text`. A question that the archive does not answer is status 200 with `answered: false`. "
    "Errors are RFC 9457 problem documents; their `type` is the address of a page that explains them."
)
TAGS = [
    {"name": "Ask", "description": "Questions and quotations."},
    {"name": "Statements", "description": "Who said what."},
    {"name": "Articles", "description": "What the archive holds."},
    {"name": "Feeds", "description": "Where new articles come from by themselves."},
    {"name": "Writing", "description": "For programs that put articles in."},
    {"name": "Probes", "description": "For whoever runs the server."},
]

router = APIRouter(dependencies=[Depends(once)])
MAX_EARLIER = 16  # questions that one can follow on
TheSite = Annotated[Site, Depends(site_of)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Scoped(_Request):
    """Which articles may answer."""

    published_after: Annotated[Day, Field(description="First publication date, inclusive.")] = None
    published_before: Annotated[Day, Field(description="Last publication date, inclusive.")] = None
    outlets: Annotated[list[str], Field(description="Names of outlets; none means all.", max_length=MAX_OUTLETS)] = []

    def filters(self) -> Filters:
        """Return the choice as the pages know it."""
        return Filters(self.published_after, self.published_before, tuple(self.outlets))


class Asked(Scoped):
    """A question."""

    question: Annotated[str, Field(description="In words, as to a colleague.", examples=[examples.QUESTION])]
    earlier: Annotated[
        list[str],
        Field(
            max_length=MAX_EARLIER,
            description="Questions asked before, oldest first: what the question leaves out is taken from them.",
        ),
    ] = []


class AskedAs(Asked):
    """A question, and the form of its answer."""

    format: Annotated[
        Literal["json", "annotations"],
        Field(description="annotations: what is cited, as an AnnotationCollection (W3C Web Annotation, JSON-LD)."),
    ] = "json"


class Quoted(_Request):
    """A quotation to check."""

    quotation: Annotated[str, Field(description="With or without quotation marks.", examples=[examples.QUOTATION])]


class Drafted(_Request):
    """A draft to check."""

    draft: Annotated[str, Field(description="A text with quotations in quotation marks.", examples=[examples.DRAFT])]


class Listed(Scoped):
    """Which page of which articles."""

    text: Annotated[str, Field(description="Words that the article has to hold.", max_length=500)] = ""
    limit: Annotated[int, Field(ge=1, le=100, description="Articles on one page.")] = 20
    offset: Annotated[int, Field(ge=0, le=10_000_000, description="Articles to leave out before it.")] = 0
    one_each: Annotated[bool, Field(description="Of the copies of one text, the first that matches alone.")] = False


class Against(_Request):
    """With which article another is compared."""

    other: Annotated[str, Field(description="The other article's id: a copy, another version, or any.", max_length=200)]


@router.post("/api/answer", tags=["Ask"], summary="Ask a question", responses=problem_responses(422, 504))
async def post_answer(asked: Asked, site: TheSite) -> AnswerBody:
    """Answer in the archive's own words, or say why it does not answer."""
    return AnswerBody.from_outcome(await _outcome(asked, site))


@router.get(
    "/api/answer",
    tags=["Ask"],
    summary="Ask a question by its address",
    response_model=AnswerBody,
    responses=ANNOTATED | problem_responses(422, 504),
)
async def get_answer(
    asked: Annotated[AskedAs, Query()], site: TheSite, request: Request, response: Response
) -> AnswerBody | Response:
    """Answer as `POST /api/answer` does; `outlets` may be repeated."""
    outcome = await _outcome(asked, site)
    if asked.format == "json":
        return answer_body(outcome, response)
    cited = outcome.citations if isinstance(outcome, Answer) else ()
    here = f"{request.url.path}?{request.url.query}"
    return annotated(annotate_answer(asked.question, cited, here, base_of(request)))


@router.post(
    "/api/verify",
    tags=["Ask"],
    summary="Check a quotation",
    responses=problem_responses(422, 504),
)
async def post_verify(quoted: Quoted, site: TheSite) -> VerificationBody:
    """Say whether a quotation is verbatim, damaged in transit, altered (and how), stitched together, or absent."""
    return VerificationBody.from_verification(await site.verify(quoted.quotation))


@router.get(
    "/api/verify", tags=["Ask"], summary="Check a quotation by its address", responses=problem_responses(422, 504)
)
async def get_verify(quoted: Annotated[Quoted, Query()], site: TheSite) -> VerificationBody:
    """Check as `POST /api/verify` does."""
    return await post_verify(quoted, site)


@router.post(
    "/api/verify/draft",
    tags=["Ask"],
    summary="Check a draft",
    responses=problem_responses(422, 504),
)
async def post_draft(drafted: Drafted, site: TheSite) -> DraftBody:
    """Check every quotation of a draft: its words, and whether the archive has them from who says them there."""
    return DraftBody.from_check(await site.check_draft(drafted.draft))


@router.get("/api/articles", tags=["Articles"], summary="List articles", responses=problem_responses(422))
def get_articles(listed: Annotated[Listed, Query()], site: TheSite) -> ArticleListBody:
    """List articles, the newest first, one page at a time."""
    found, total = site.archive.articles(
        listed.filters().scope(),
        text=listed.text,
        limit=listed.limit,
        offset=listed.offset,
        one_each=listed.one_each,
    )
    stories = site.archive.stories([each.id for each in found])
    articles = [ListedBody.of(each, stories.get(each.id)) for each in found]
    return ArticleListBody(total=total, limit=listed.limit, offset=listed.offset, articles=articles)


@router.get(
    "/api/articles/{article_id}",
    dependencies=[Depends(lasting)],
    tags=["Articles"],
    summary="Read an article",
    responses=problem_responses(404, 422),
)
def get_article(article_id: str, site: TheSite) -> FullArticleBody:
    """Return an article with the text that every offset counts in."""
    article = site.archive.article(article_id)
    return FullArticleBody.from_version(
        article,
        site.archive.versions(article_id),
        site.archive.corrections(article),
        site.archive.stories([article_id]).get(article_id),
    )


@router.get(
    "/api/articles/{article_id}/differences",
    dependencies=[Depends(lasting)],
    tags=["Articles"],
    summary="Compare two articles word by word",
    responses=problem_responses(404, 422, 504),
)
async def get_differences(article_id: str, against: Annotated[Against, Query()], site: TheSite) -> WordingBody:
    """Say what an article has otherwise than another: a copy of its story, or another version."""

    def compared() -> WordingBody:
        article, other = site.archive.article(article_id), site.archive.article(against.other)
        return WordingBody.of(article, other, differences(other.text, article.text))

    return await site.work(compared, "comparison")


@router.get("/livez", tags=["Probes"], summary="Is the process alive?", responses=problem_responses())
async def get_livez() -> dict[str, str]:
    """Answer, whatever state the archive is in."""
    return {"status": "alive"}


@router.get("/readyz", tags=["Probes"], summary="Can questions be answered?", responses=problem_responses())
def get_readyz(site: TheSite) -> ReadinessBody:
    """Return the size of the archive, or as a problem what stands in the way; that it is still loaded, too."""
    if not site.warmed.is_set():
        raise IndexUnavailable("The archive is still being loaded.", remedy="Ask again in a moment.")
    status = site.archive.status()
    if not status.ready:
        raise status.problem or ArchiveError("The archive is not ready and does not say why.")
    return ReadinessBody.from_status(status)


def add_limits(description: dict[str, Any], limits: WebSettings) -> None:
    """Say how long questions and quotations may be, and that they need a letter or a digit."""
    longest = {
        "question": limits.max_question_chars,
        "earlier": limits.max_question_chars,
        "quotation": limits.max_quotation_chars,
        "draft": limits.max_draft_chars,
    }
    bodies = (description["components"]["schemas"][name]["properties"] for name in ("Asked", "Quoted", "Drafted"))
    places = [*(body.items() for body in bodies)]
    for path in ("/api/answer", "/api/verify"):
        parameters = description["paths"][path]["get"]["parameters"]
        places.append([(each["name"], each["schema"]) for each in parameters])
    for name, schema in chain(*places):
        if name in longest:
            schema.get("items", schema).update(maxLength=longest[name], pattern=r"[\p{L}\p{N}]")


def add_examples(description: dict[str, Any]) -> None:
    """Put an example into the good response of each operation.

    The framework would leave out members that are null, and with them half of what an answer says.
    """
    made = {
        ("/api/answer", "post"): examples.ANSWER,
        ("/api/answer", "get"): examples.ANSWER,
        ("/api/verify", "post"): examples.VERIFICATION,
        ("/api/verify", "get"): examples.VERIFICATION,
        ("/api/verify/draft", "post"): examples.DRAFTED,
        ("/api/statements", "get"): examples.ANSWER,
        ("/api/course", "get"): examples.COURSE,
        ("/api/compare", "get"): examples.COMPARISON,
        ("/api/statements/{statement_id}", "get"): examples.STATEMENT,
        ("/oembed", "get"): examples.EMBED,
        ("/api/speakers", "get"): examples.SPEAKERS,
        ("/api/speakers/{slug}", "get"): examples.SPEAKER,
        ("/api/articles/{article_id}/statements", "get"): examples.FOUND,
        ("/api/feeds", "get"): examples.FEEDS,
        ("/api/articles", "get"): examples.LIST,
        ("/api/articles/{article_id}", "get"): examples.ARTICLE_BODY,
    }
    for (path, method), example in made.items():
        description["paths"][path][method]["responses"]["200"]["content"]["application/json"]["example"] = example


def answer_body(outcome: Outcome, response: Response) -> AnswerBody:
    """Describe an outcome, with a validator that its timings do not change."""
    body = AnswerBody.from_outcome(outcome)
    response.headers["ETag"] = tag_of(body.model_dump_json(exclude={"timings_ms"}))
    return body


async def _outcome(asked: Asked, site: Site) -> Outcome:
    [outcome] = await site.ask([*asked.earlier, asked.question], asked.filters(), of=1)
    return outcome

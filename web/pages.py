"""The pages: addresses -> HTML. Each works without JavaScript, and everything that it shows is in its address."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import jinja2
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from qa.answering.days import written
from qa.errors import ArchiveEmpty, QuestionError
from qa.output.links import parse_spans, permalink
from qa.output.pasting import FORMS, context_object, file_name, write
from qa.types import Article, Span
from web import views
from web.filters import Filters
from web.lasting import lasting
from web.problems import PROBLEMS, Problem
from web.site import Site, base_of, site_of

__all__ = [
    "MAX_TURNS",
    "PAGE_SIZE",
    "Drawer",
    "TheDrawer",
    "TheSite",
    "about_archive",
    "page_number",
    "router",
]

MAX_TURNS = 8  # questions that one conversation, and its address, holds
PAGE_SIZE = 25
MAX_SEARCH = 200  # characters of a search in the list of articles
TEMPLATES = Path(__file__).parent / "templates"

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class Drawer:
    """Draws templates; a value that a template names and nobody gave is an error.

    Args:
        static: address of the style sheets and scripts.
        adding: whether there is anybody who may put articles in, and a way to the page for it.
        api_open: whether a browser that follows a link to the API is answered.
    """

    def __init__(self, static: str, *, adding: bool = False, api_open: bool = True) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            static=static, adding=adding, api_open=api_open, pretty=_pretty, parameters=_parameters, today=_today
        )
        self._environment.filters["coded"] = _coded

    def page(self, template: str, context: dict[str, object], status: int = 200) -> HTMLResponse:
        """Draw one page."""
        return HTMLResponse(self._environment.get_template(template).render(context), status)

    def problem(self, request: Request, problem: Problem) -> Response:
        """Draw an error for a browser; a question, quotation or draft that came to nothing can be tried again."""
        failed = problem.type.status in {422, 500, 503, 504}
        unanswered, unchecked = (failed and request.url.path == path for path in ("/", "/verify"))
        asked = _questions(request) if unanswered else []
        kept = [("q", question) for question in asked[:-1]]
        with suppress(QuestionError):  # filters that say nothing are what is wrong
            kept += Filters.from_query(request.query_params).pairs()
        shown = {
            "problem": problem,
            "question": asked[-1] if asked else "",
            "kept": kept,
            "quotation": request.query_params.get("quotation", "") if unchecked else "",
            "draft": getattr(request.state, "draft", "") if unchecked else "",
        }
        return self.page("problem.html", shown, problem.type.status)


async def _drawer_of(request: Request) -> Drawer:
    drawer: Drawer = request.app.state.drawer
    return drawer


TheSite = Annotated[Site, Depends(site_of)]
TheDrawer = Annotated[Drawer, Depends(_drawer_of)]


@router.get("/")
async def get_conversation(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Show the question box, and the questions in the address with their answers, the newest first."""
    filters = Filters.from_query(request.query_params)
    questions = _questions(request)
    about = await run_in_threadpool(about_archive, site)
    if about is None:
        return drawer.page("empty.html", {})
    outcomes = await site.ask(questions, filters) if questions else []
    turns = [views.turn(outcome, questions[: at + 1], filters) for at, outcome in enumerate(outcomes)]
    examples = [] if turns else await run_in_threadpool(site.archive.examples)
    here = views.conversation(questions[-1:], filters)
    shown = {
        "preview": views.preview_of_turn(turns[-1], here) if turns else None,
        "base": base_of(request),
        "turns": turns[::-1],
        "examples": [(example, views.conversation([example], filters)) for example in examples],
        "kept": questions[-(MAX_TURNS - 1) :],
        "max_turns": MAX_TURNS,
        "filters": filters,
        "chips": views.chips(filters, questions),
        "limits": site.limits,
    }
    return drawer.page("conversation.html", about | shown)


@router.get("/turn")
async def get_turn(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Draw the last question of the address alone, for a page that is already there."""
    questions, filters = _questions(request), Filters.from_query(request.query_params)
    if not questions:
        raise QuestionError("The question is empty.")
    [outcome] = await site.ask(questions, filters, of=1)
    return drawer.page("_turn.html", {"turn": views.turn(outcome, questions, filters), "latest": True})


@router.get("/articles")
def get_list(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """List articles, newest first."""
    filters = Filters.from_query(request.query_params)
    text = request.query_params.get("text", "").strip()[:MAX_SEARCH]
    number = page_number(request.query_params.get("page", ""))
    about = about_archive(site)
    if about is None:
        return drawer.page("empty.html", {})
    offset = (number - 1) * PAGE_SIZE
    found, total = site.archive.articles(filters.scope(), text=text, limit=PAGE_SIZE, offset=offset, one_each=True)
    stories = site.archive.stories([each.id for each in found])
    pager = views.pager(number, -(-total // PAGE_SIZE), [*([("text", text)] if text else []), *filters.pairs()])
    shown = {
        "articles": [(views.credit(each), views.elsewhere(each, stories.get(each.id))) for each in found],
        "matching": total,
        "text": text,
        "filters": filters,
        "pager": pager,
    }
    return drawer.page("articles.html", about | shown)


@router.get("/articles/{article_id}", dependencies=[Depends(lasting)])
def get_article(article_id: str, request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Show an article with the words marked that the address names."""
    article = site.archive.article(article_id)
    marks = _marks(request, article)
    other = request.query_params.get(views.AGAINST, "").strip()
    view = views.article(
        article,
        site.archive.versions(article_id),
        marks,
        site.archive.corrections(article),
        statements=site.archive.statements_of(article_id),
        printed=site.archive.printed(article, marks),
        back=_back(request),
        story=site.archive.stories([article_id]).get(article_id),
        against=site.archive.article(other) if other else None,
    )
    preview = views.preview_of_article(article, marks, permalink(article_id, marks).partition("#")[0])
    base = base_of(request)
    shown = {"view": view, "preview": preview, "base": base, "context_object": context_object(article, base)}
    return drawer.page("article.html", shown)


@router.get("/articles/{article_id}/pages/{number}.png", dependencies=[Depends(lasting)])
async def get_page_picture(article_id: str, number: int, site: TheSite) -> Response:
    """Draw a page of an article that came as a PDF."""
    picture = await site.work(lambda: site.archive.page_picture(article_id, number), "page picture")
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


@router.get("/articles/{article_id}/cite/{form}")
def get_citation(article_id: str, form: str, request: Request, site: TheSite) -> Response:
    """Write a citation to paste, as text, or with `file=1` as a file to keep."""
    if form not in FORMS:
        raise HTTPException(404)
    article = site.archive.article(article_id)
    base = base_of(request)
    written = write(
        form,
        article,
        _marks(request, article),
        base,
        corrections=site.archive.corrections(article),
        statements=site.archive.statements_of(article_id),
    )
    if not FORMS[form].suffix or request.query_params.get("file") != "1":
        return PlainTextResponse(written, media_type=FORMS[form].media_type)
    disposition = f'attachment; filename="{file_name(form, article)}"'
    return Response(written, media_type=FORMS[form].file_type, headers={"Content-Disposition": disposition})


@router.get("/articles/{article_id}/text", dependencies=[Depends(lasting)])
def get_text(article_id: str, site: TheSite) -> Response:
    """Give an article's text alone: what positions in annotations count in."""
    return PlainTextResponse(site.archive.article(article_id).text)


@router.get("/verify")
async def get_verify(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Check a quotation."""
    quotation = request.query_params.get("quotation", "").strip()
    check = views.check(await site.verify(quotation)) if quotation else None
    shown: dict[str, object] = {"quotation": quotation, "check": check, "draft": None, "limits": site.limits}
    return drawer.page("verify.html", shown)


@router.post("/verify")
async def post_verify(request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Check every quotation of a draft; a draft is too long for an address, and nobody else's business."""
    async with request.form(max_files=0, max_fields=1, max_part_size=site.limits.max_body_kib * 1024) as form:
        given = form.get("draft")
    request.state.draft = given if isinstance(given, str) else ""
    check = await site.check_draft(request.state.draft)
    draft = views.draft(check.told())
    return drawer.page("verify.html", {"quotation": "", "check": None, "draft": draft, "limits": site.limits})


@router.get("/api")
def get_api(request: Request, drawer: TheDrawer) -> Response:
    """Describe the JSON API, from the same description that programs read."""
    return drawer.page("api.html", {"description": request.app.openapi()})


@router.get("/problems")
def get_problems(drawer: TheDrawer) -> Response:
    """List the kinds of problem."""
    return drawer.page("problems.html", {"kinds": PROBLEMS})


@router.get("/problems/{name}")
def get_problem(name: str, drawer: TheDrawer) -> Response:
    """Explain one kind of problem: where its ``type`` leads."""
    kind = next((kind for kind in PROBLEMS if kind.name == name), None)
    if kind is None:
        raise HTTPException(404)
    return drawer.page("problems.html", {"kinds": [kind]})


def _questions(request: Request) -> list[str]:
    """The conversation in the address, oldest first; only its last questions are kept."""
    return [question for each in request.query_params.getlist("q") if (question := each.strip())][-MAX_TURNS:]


def _back(request: Request) -> views.Back | None:
    """The answer from which the address says that the visitor came."""
    questions = _questions(request)
    number = page_number(request.query_params.get(views.NUMBER, ""))
    return views.Back(tuple(questions), Filters.from_query(request.query_params), number) if questions else None


def about_archive(site: Site) -> dict[str, object] | None:
    """What pages with filters say of the archive; None when there is nothing in it."""
    try:
        archive = site.archive
    except ArchiveEmpty:
        return None
    total = archive.articles(limit=1)[1]
    if not total:
        return None
    return {
        "total": total,
        "outlets": archive.outlets(),
        "date_range": archive.date_range(),
        "day": written,
    }


def page_number(text: str) -> int:
    """Read a page number; whatever is none is the first page."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _marks(request: Request, article: Article) -> tuple[Span, ...]:
    try:
        return parse_spans(request.query_params.getlist("at"), len(article.text))
    except ValueError as error:
        raise QuestionError(str(error)) from error


def _today() -> str:
    return written(date.today())


def _pretty(example: object) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2)


def _coded(text: str) -> Markup:
    """Escape a text and set what stands between backticks as code."""
    plain, code = Markup("{}"), Markup("<code>{}</code>")
    parts = enumerate(text.split("`"))
    return Markup("").join((code if at % 2 else plain).format(part) for at, part in parts)


def _parameters(description: dict[str, Any], operation: dict[str, Any]) -> list[tuple[str, bool, str]]:
    """What an operation takes, in its address or its body: name, whether it is required, what it is."""
    given = [
        (each["name"], each.get("required", False), each.get("description", ""))
        for each in operation.get("parameters", [])
    ]
    kinds = operation.get("requestBody", {}).get("content", {})
    schema = kinds.get("application/json", {}).get("schema", {})
    if "$ref" not in schema:  # no body, or a file as it is
        return [*given, ("the body", True, f"{', '.join(f'`{kind}`' for kind in kinds)}")] if kinds else given
    body = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    required = body.get("required", [])
    return [(name, name in required, each.get("description", "")) for name, each in body["properties"].items()]

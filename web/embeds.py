"""A statement's id -> its card: a page of its own, a small frame for other sites' pages, oEmbed, and JSON.

Promises: ``/s/<id>/embed`` is the only page that may be framed, by the sites that ``QA_WEB__EMBEDDABLE_IN`` allows; it
has no script, asks for nothing else, is light or dark as its reader's browser hands it down (Chromium takes that from
the system, not from the page around: that one says ``?scheme=dark``), and has at most 2,048 bytes, for which long
words are cut with a mark and a link to all of them. An id that is older than what finds statements today leads to the
statement that has most of its words, and is a problem where nobody is reported to say them any more.

What this does not know: how statements are found. Grep for: oEmbed, iframe, frame-ancestors, Open Graph, permalink.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

from qa.answering import find_of
from qa.citing import cite
from qa.errors import ArticleNotFound, StatementNotFound
from qa.output.annotations import annotate_statement
from qa.output.atom import fit_for_xml
from qa.output.exporting import FORMATS, Exported, begin_review
from qa.output.links import card_href, marked_spans, named_statement, parse_statement_id, permalink, statement_id
from qa.output.pasting import OMISSION, who_says
from qa.output.statements import EmbedBody, ExportedBody
from qa.settings import WebSettings
from qa.types import Article, Citation, Statement
from web import views
from web.annotating import ANNOTATED, annotated
from web.examples import problem_responses
from web.lasting import lasting
from web.pages import TheDrawer, TheSite
from web.ports import Archive
from web.site import base_of, once
from web.views.frames import STYLE_DIGEST, frame, gone_frame

__all__ = ["api", "router"]

WIDTH, LEAST_HEIGHT = 540, 120  # of a frame, where the embedding page does not say
ACROSS = 8.2  # pixels that a character takes, roughly
LINE = 26  # pixels of a line

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
api = APIRouter(tags=["Statements"], dependencies=[Depends(once)])


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with its article and the citation of its words."""

    article: Article
    statement: Statement
    citation: Citation

    @property
    def href(self) -> str:
        """The address of its card."""
        return card_href(self.statement) or permalink(self.article.id, ())

    @property
    def words(self) -> str:
        """What is said, in one piece."""
        return OMISSION.join(span.of(self.article.text) for span in marked_spans(self.citation))


class StatementAsked(BaseModel):
    """In which form a statement is wanted."""

    model_config = ConfigDict(extra="forbid")

    format: Annotated[
        Literal["json", "annotation", "schema.org", "claimreview"],
        Field(
            description="annotation: of the W3C's Web Annotation Data Model; schema.org: a Quotation; claimreview: the "
            "beginning of a schema.org ClaimReview, without a verdict; all JSON-LD."
        ),
    ] = "json"


class EmbedAsked(BaseModel):
    """What a page that embeds asks for; https://oembed.com/#section2.2."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=2_000, description="Address of a statement: `/s/…` of this server.")]
    maxwidth: Annotated[int | None, Field(ge=1, le=100_000, description="Pixels.")] = None
    maxheight: Annotated[int | None, Field(ge=1, le=100_000, description="Pixels.")] = None
    format: Literal["json", "xml"] = "json"


@router.get("/s/{named}", dependencies=[Depends(lasting)])
def get_card(named: str, request: Request, site: TheSite, drawer: TheDrawer) -> Response:
    """Show one statement, and how to link to it and embed it."""
    found = _found(site.archive, named)
    if statement_id(found.statement) != named:
        return RedirectResponse(found.href, 307)
    base = base_of(request)
    preview = views.preview_of_statement(found.citation, marked_spans(found.citation), found.href)
    shown = {
        "card": views.card(found.citation, found.citation.sentence),
        "preview": preview,
        "base": base,
        "oembed_href": f"{base}/oembed?url={quote(base + found.href, safe='')}",
        "frame": _frame(found, base, WIDTH, None)[0],
        "json_href": f"/api/statements/{named}",
    }
    return drawer.page("statement.html", shown)


@router.get("/s/{named}/embed", dependencies=[Depends(lasting)])
def get_embed(named: str, request: Request, site: TheSite) -> Response:
    """Draw one statement to be framed, in light and dark or in the one that is asked for.

    What is gone is told within the frame too: a problem's page cannot be framed, and browsers would say that this
    server does not answer.
    """
    try:
        found = _found(site.archive, named)
    except (ArticleNotFound, StatementNotFound):
        return HTMLResponse(gone_frame(_scheme(request.query_params)), 404, headers=_headers(site.limits))
    if statement_id(found.statement) != named:
        return RedirectResponse(f"{found.href}/embed", 307, headers=_headers(site.limits))
    page = frame(found.citation, _scheme(request.query_params))
    return HTMLResponse(page, headers=_headers(site.limits))


@api.get(
    "/api/statements/{statement_id}",
    dependencies=[Depends(lasting)],
    summary="Read a statement",
    response_model=ExportedBody,
    responses=ANNOTATED | problem_responses(404, 422),
)
def get_statement(
    statement_id: str, request: Request, site: TheSite, asked: Annotated[StatementAsked, Query()]
) -> ExportedBody | Response:
    """Return one statement with its article."""
    found = _found(site.archive, statement_id)
    if asked.format == "annotation":
        return annotated(annotate_statement(found.article, found.statement, base_of(request)))
    row = Exported.from_statement(found.statement, found.article)
    if asked.format == "schema.org":
        form = FORMATS["schema.org"]
        return Response("".join(form.write([row], base_of(request))), media_type=form.media_type)
    if asked.format == "claimreview":
        begun = json.dumps(begin_review(row, base_of(request)), ensure_ascii=False)
        return Response(begun, media_type=FORMATS["schema.org"].media_type)
    return ExportedBody.of(row.statement, row.article, row.speaker, row.words, row.told)


@api.get(
    "/oembed",
    dependencies=[Depends(lasting)],
    summary="Embed a statement",
    response_model=EmbedBody,
    responses={200: {"content": {"text/xml": {"schema": {"type": "string"}}}}, **problem_responses(404, 422)},
)
def get_oembed(asked: Annotated[EmbedAsked, Query()], request: Request, site: TheSite) -> EmbedBody | Response:
    """Say how a page embeds a statement (oEmbed 1.0); only addresses of this server's statements are known."""
    found = _found(site.archive, _named_in(asked.url, request))
    base = base_of(request)
    width = min(asked.maxwidth or WIDTH, WIDTH)
    html, width, height = _frame(found, base, width, asked.maxheight, _scheme(QueryParams(urlsplit(asked.url).query)))
    speaker = found.statement.speaker
    body = EmbedBody(
        title=who_says(found.statement, found.article) or found.article.title,
        author_name=(speaker.name or speaker.mention) if speaker else None,
        provider_url=base,
        html=html,
        width=width,
        height=height,
    )
    return body if asked.format == "json" else Response(_xml(body), media_type="text/xml")


def _found(archive: Archive, named: str) -> Found:
    """The statement that an id means; raises as the archive does where its article is not there."""
    place = parse_statement_id(named)
    if place is None:
        raise StatementNotFound(named[:60])
    article = archive.article(place[0])
    statement = named_statement(archive.statements_of(article.id), place[1])
    if statement is None:
        raise StatementNotFound(named)
    citation = replace(cite(1, find_of(article, statement)), corrections=tuple(archive.corrections(article)))
    return Found(article, statement, citation)


def _named_in(url: str, request: Request) -> str:
    """The id in the address of a statement of this server.

    Raises:
        HTTPException: it is none, which oEmbed answers with 404.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise HTTPException(404) from None
    kind, _, named = parts.path.strip("/").partition("/")
    if parts.netloc != request.url.netloc or parts.scheme not in {"http", "https"} or kind != "s":
        raise HTTPException(404)
    return named


def _headers(web: WebSettings) -> dict[str, str]:
    """The headers of the one page that may be framed."""
    sites = " ".join(site.strip() for site in web.embeddable_in.split(",")) or "'none'"
    policy = f"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; base-uri 'none'; form-action 'none'"
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors {sites}",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _scheme(query: QueryParams) -> str:
    """The colour scheme that an embedding page asks for; empty where it leaves that to the browser."""
    asked = query.get("scheme", "")
    return asked if asked in {"light", "dark"} else ""


def _frame(found: Found, base: str, width: int, most: int | None, scheme: str = "") -> tuple[str, int, int]:
    """The element that embeds a statement, its width and its height: as high as its words are likely to be."""
    lines = -(-len(found.words) * ACROSS // max(80, width - 50)) + found.words.count("\n")
    height = max(LEAST_HEIGHT, int(lines * LINE) + 110)
    height = min(height, 600, most or 600)
    address = f"{base}{found.href}/embed{'?scheme=' if scheme else ''}{scheme}"
    html = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    ).format(address, views.clipped(who_says(found.statement, found.article) or "A statement", 120), width, height)
    return str(html), width, height


def _xml(body: EmbedBody) -> bytes:
    root = Element("oembed")
    for name, value in body:
        if value is not None:
            SubElement(root, name).text = fit_for_xml(str(value))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written

"""Every way in which a request can fail -> one RFC 9457 problem type each, as JSON or as a page.

The table :data:`PROBLEMS` is the whole list: `docs/http-api.md` prints it, `/problems/<name>` explains each, and a test
holds it together with the tree in :mod:`qa.errors`. Below `/v1/` a problem has the shape of OpenAI's errors, so that
its clients raise what they raise there. A visitor's own mistakes (4xx) are described with the error's own words; what
only an operator can mend (5xx) is described in the table's words, and its details, which may name paths, go to the log
alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Mount

from qa import errors
from web.limits import Busy

__all__ = [
    "PROBLEMS",
    "OtherSite",
    "Problem",
    "ProblemType",
    "Responder",
    "problem_of",
    "problem_type_of",
    "told",
    "wants_page",
]

MEDIA_TYPE = "application/problem+json"
OPENAI = "/v1/"  # below it, errors are OpenAI's
FOR_PROGRAMS = ("/api/", OPENAI)  # below these there are no pages
CLOSE = {"Connection": "close"}
logger = logging.getLogger("web")


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of failure.

    ``name`` is the last part of its address, ``/problems/<name>``. ``explanation`` says what happened and what to do.
    """

    name: str
    status: int
    title: str
    explanation: str

    @property
    def uri(self) -> str:
        """The ``type`` of the problem, relative to the server; a status that needs no explanation has RFC 9457's."""
        return f"/problems/{self.name}" if self.name else "about:blank"


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure of one request; ``extra`` are the extension members of its type."""

    type: ProblemType
    detail: str
    extra: dict[str, object]

    def body(self, instance: str | None) -> dict[str, object]:
        """Return the members of the problem document; ``instance`` is the request's address, where it could be read."""
        members = {"type": self.type.uri, "title": self.type.title, "status": self.type.status, "detail": self.detail}
        return {**members, **({} if instance is None else {"instance": instance}), **self.extra}

    def openai_body(self) -> dict[str, object]:
        """Return the problem as OpenAI's clients read it; ``code`` is the name of its type."""
        faults = self.extra.get("errors")
        return {
            "error": {
                "message": f"{self.type.title}. {self.detail}",
                "type": "server_error" if self.type.status >= 500 else "invalid_request_error",
                "param": faults[0]["at"] if isinstance(faults, list) and faults else None,
                "code": self.type.name or None,
            }
        }


_ASK_OPERATOR = "`qa doctor` on the server says more."

TIMED_OUT = ProblemType(
    "timed-out", 504, "The answer took too long", "It was given up after `limit_s` seconds. A shorter question may do."
)
# One entry per class of qa.errors, most general last within each branch; the classes are looked up along their bases.
ERRORS: dict[type[errors.QaError], ProblemType] = {
    errors.QuestionError: ProblemType(
        "question-unusable",
        422,
        "The question cannot be used",
        "It is empty or too long, or its dates exclude everything. `limit` gives the limit that it breaks.",
    ),
    errors.ArticleNotFound: ProblemType(
        "article-not-found",
        404,
        "No such article",
        "No article with this id is in the archive. It may have been removed; `/articles` lists those there are.",
    ),
    errors.PageNotFound: ProblemType(
        "page-not-found",
        404,
        "No such page",
        "Only what came as a PDF has pages that can be shown, and only where its file is kept.",
    ),
    errors.ArticleDamaged: ProblemType(
        "article-damaged",
        503,
        "The article is damaged",
        f"What the archive holds of it is not what was stored, so it is not shown. {_ASK_OPERATOR}",
    ),
    errors.ArticleRefused: ProblemType(
        "article-refused", 422, "The article cannot be stored", "The catalog cannot hold it; any other article it can."
    ),
    errors.SpeakerNotFound: ProblemType(
        "speaker-not-found",
        404,
        "No such speaker",
        "Nobody with this name says anything in the archive; `/speakers` lists those who do.",
    ),
    errors.StatementNotFound: ProblemType(
        "statement-not-found",
        404,
        "No such statement",
        "Nobody is reported to say the words that this id names. `/articles/<id>` has the article that it is from, "
        "if that is still in the archive.",
    ),
    errors.SourceError: ProblemType(
        "source-unreadable", 422, "The source cannot be read", "A file, page or feed could not be turned into articles."
    ),
    errors.ArchiveEmpty: ProblemType(
        "archive-empty",
        503,
        "The archive is empty",
        "Nothing has been put in yet. `qa ingest FOLDER` on the server puts articles in.",
    ),
    errors.ArchiveLocked: ProblemType(
        "archive-locked",
        503,
        "The archive is in use",
        f"Another process on the server owns the archive and does not answer. {_ASK_OPERATOR}",
    ),
    errors.ArchiveVersionError: ProblemType(
        "archive-version",
        503,
        "The archive was written by another version",
        f"The archive's data and this version of On Record do not fit together. {_ASK_OPERATOR}",
    ),
    errors.ArchiveError: ProblemType(
        "archive-unusable",
        503,
        "The archive cannot be used",
        f"Something is wrong with the data folder, or with the server that has the archive. {_ASK_OPERATOR}",
    ),
    errors.IndexStale: ProblemType(
        "index-stale",
        503,
        "The index is out of date",
        "Answers from it would be wrong, so none are given. `qa rebuild` on the server mends it.",
    ),
    errors.IndexUnavailable: ProblemType(
        "index-unavailable", 503, "The index cannot be reached", f"The vector index did not open. {_ASK_OPERATOR}"
    ),
    errors.VectorIndexError: ProblemType(
        "index-unusable", 503, "The index cannot be used", f"Something is wrong with the vector index. {_ASK_OPERATOR}"
    ),
    errors.ModelMissing: ProblemType(
        "model-missing", 503, "A model is missing", f"A model is not where it should be. {_ASK_OPERATOR}"
    ),
    errors.ModelMismatch: ProblemType(
        "model-mismatch", 503, "A model is not the expected one", f"A model's digest or shape differs. {_ASK_OPERATOR}"
    ),
    errors.ModelError: ProblemType(
        "model-unusable", 503, "A model cannot be used", f"Something is wrong with a model's files. {_ASK_OPERATOR}"
    ),
    errors.SettingsError: ProblemType(
        "settings-invalid",
        500,
        "The server is set up wrongly",
        f"A setting is unknown or out of bounds. {_ASK_OPERATOR}",
    ),
    errors.WorkStopped: ProblemType(
        "work-stopped",
        409,
        "The work was stopped",
        "Somebody had it end; what was done is safe. It can be asked again.",
    ),
    errors.OutOfTime: TIMED_OUT,
    errors.QaError: ProblemType(
        "failure", 500, "The request failed", f"Something on the server has to be mended. {_ASK_OPERATOR}"
    ),
}

INVALID = ProblemType(
    "request-invalid",
    422,
    "The request is not valid",
    "A parameter or a member of the body is missing, unknown or malformed; `errors` says which and why.",
)
MALFORMED = ProblemType(
    "request-malformed", 400, "The request cannot be read", "It is not HTTP/1.1, or its body is not what it says."
)
NOT_FOUND = ProblemType("not-found", 404, "Nothing is here", "No page or resource has this address.")
NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "This method is not allowed here", "The `Allow` header names the methods that are."
)
OTHER_HOST = ProblemType(
    "host-unknown",
    421,
    "This server is not called so",
    "The request names a host that is not among this server's own. Whoever runs it names its hosts in "
    "`QA_WEB__TRUSTED_HOSTS`; on the same machine `http://127.0.0.1` and the port will do.",
)
TOO_LARGE = ProblemType(
    "body-too-large", 413, "The body is too large", "`limit` gives the largest body that is read, in bytes."
)
TOO_SLOW = ProblemType(
    "request-too-slow",
    408,
    "The request took too long to arrive",
    "`limit_s` gives the longest time that is waited for headers, and then for a body.",
)
BUSY = ProblemType(
    "busy",
    503,
    "Too many questions at once",
    "Whoever asks now would not be answered in time. Ask again after the seconds in `Retry-After`.",
)
INTERNAL = ProblemType(
    "internal-error", 500, "Something went wrong here", "This is a fault of the server, and its log says more."
)

UNAUTHORISED = ProblemType(
    "token-missing",
    401,
    "A token is needed",
    "What changes the archive needs `Authorization: Bearer` and the token of `QA_WEB__WRITE_TOKEN`.",
)
READING_CLOSED = ProblemType(
    "reading-closed",
    401,
    "A token is needed to read",
    "Programs need `Authorization: Bearer` and the token of `QA_WEB__READ_TOKEN` here; the pages do not.",
)
WRITING_OFF = ProblemType(
    "writing-off",
    403,
    "Nothing can be put in here",
    "Whoever runs this server can set `QA_WEB__WRITE_TOKEN`, or, for this machine alone, start `qa serve --edit`.",
)
OTHER_SITE = ProblemType(
    "not-from-here",
    403,
    "This came from another site",
    "What changes the archive is taken from this server's own pages alone. Open the page and send it from there.",
)
UNKNOWN_KIND = ProblemType(
    "kind-unknown",
    415,
    "This kind of body is not read",
    "`Content-Type` has to be one of those that the description of the API names.",
)

PROBLEMS: tuple[ProblemType, ...] = (
    *ERRORS.values(),
    INVALID,
    MALFORMED,
    NOT_FOUND,
    NOT_ALLOWED,
    OTHER_HOST,
    TOO_LARGE,
    TOO_SLOW,
    BUSY,
    UNAUTHORISED,
    READING_CLOSED,
    WRITING_OFF,
    OTHER_SITE,
    UNKNOWN_KIND,
    INTERNAL,
)
BY_STATUS = {
    400: MALFORMED,
    401: UNAUTHORISED,
    403: WRITING_OFF,
    404: NOT_FOUND,
    405: NOT_ALLOWED,
    415: UNKNOWN_KIND,
}

Page = Callable[[Request, Problem], Response]


class OtherSite(HTTPException):
    """A form that no page of this server sent."""

    def __init__(self) -> None:
        super().__init__(OTHER_SITE.status)


def problem_type_of(error: type[errors.QaError]) -> ProblemType:
    """Return the problem type of a class of errors: its own, else that of the nearest base that has one."""
    return next(ERRORS[cls] for cls in error.__mro__ if cls in ERRORS)


def wants_page(request: Request) -> bool:
    """Say whether a person in a browser is asking, rather than a program."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(FOR_PROGRAMS)


class Responder:
    """Turns failures into responses: problem documents for programs, pages for browsers.

    Args:
        page: draws a problem as a page.
        headers: sent with the response to an unforeseen exception, which no middleware of ours sees.
    """

    def __init__(self, page: Page, headers: dict[str, str]) -> None:
        self._page = page
        self._headers = headers

    def respond(self, request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
        """Draw ``problem`` in the form that the visitor can read."""
        path, status = request.url.path, problem.type.status
        if wants_page(request):
            response = self._page(request, problem)
        elif path.startswith(OPENAI):
            response = JSONResponse(problem.openai_body(), status)
        else:
            response = JSONResponse(problem.body(_reference(path)), status, media_type=MEDIA_TYPE)
        response.headers.update({"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})})
        return response

    def qa_error(self, request: Request, error: errors.QaError) -> Response:
        """Answer for an error of the library."""
        return self.respond(request, problem_of(error))

    def other_host(self, request: Request) -> Response:
        """Answer for a host that is not this server; nothing of the request is repeated."""
        return self.respond(request, Problem(OTHER_HOST, OTHER_HOST.explanation, {}))

    def closed(self, request: Request) -> Response:
        """Answer for a program without the token that reading needs."""
        problem = Problem(READING_CLOSED, READING_CLOSED.explanation, {})
        return self.respond(request, problem, {"WWW-Authenticate": "Bearer"})

    def too_large(self, request: Request, max_bytes: float) -> Response:
        """Answer for a body beyond the limit; the rest of it is not read, so the connection ends."""
        detail = f"The body has more than {max_bytes} bytes."
        return self.respond(request, Problem(TOO_LARGE, detail, {"limit": max_bytes}), CLOSE)

    def too_slow(self, request: Request, limit_s: float) -> Response:
        """Answer for a body that does not come; the connection ends with it."""
        detail = f"The body was not there after {limit_s:g} seconds."
        return self.respond(request, Problem(TOO_SLOW, detail, {"limit_s": limit_s}), CLOSE)

    def invalid(self, request: Request, error: RequestValidationError) -> Response:
        """Answer for parameters or a body that do not fit the schema."""
        found = [{"at": _pointer(each["loc"]), "message": _fault(each)} for each in error.errors()]
        detail = "; ".join(f"{each['at']}: {each['message']}" for each in found[:3])
        return self.respond(request, Problem(INVALID, detail, {"errors": found}))

    async def busy(self, request: Request, error: Busy) -> Response:
        """Answer when no place will be free in time; at once, in the loop and not in a thread."""
        after = max(1, ceil(error.wait_s))
        return self.respond(request, Problem(BUSY, f"Ask again in {after} s.", {}), {"Retry-After": str(after)})

    def timed_out(self, request: Request, error: errors.OutOfTime) -> Response:
        """Answer when the time is up."""
        detail = f"There was no answer within {error.limit_s:g} seconds."
        return self.respond(request, Problem(TIMED_OUT, detail, {"limit_s": error.limit_s}))

    def http(self, request: Request, error: HTTPException) -> Response:
        """Answer for what the framework refuses."""
        plain = ProblemType("", error.status_code, HTTPStatus(error.status_code).phrase, str(error.detail))
        kind = OTHER_SITE if isinstance(error, OtherSite) else BY_STATUS.get(error.status_code, plain)
        headers = dict(error.headers or {})
        if error.status_code == 405 and (methods := _methods(request)):
            headers["Allow"] = ", ".join(methods)
        return self.respond(request, Problem(kind, kind.explanation, {}), headers)

    def internal(self, request: Request, _: Exception) -> Response:
        """Answer for a fault of ours, which the server logs with its traceback; what it left behind ends with it."""
        return self.respond(request, Problem(INTERNAL, INTERNAL.explanation, {}), {**self._headers, **CLOSE})


def problem_of(error: errors.QaError) -> Problem:
    """Describe an error of the library to a visitor, and what the operator has to know to the log."""
    kind = problem_type_of(type(error))
    if kind.status >= 500:
        logger.error("%s: %s", kind.name, error)
        return Problem(kind, kind.explanation, {})
    limit = getattr(error, "limit", None)
    return Problem(kind, error.message, {} if limit is None else {"limit": limit})


def told(error: errors.QaError) -> str:
    """Say to whoever looks at a job what went wrong with it; what only the operator can mend names no path."""
    kind = problem_type_of(type(error))
    return error.message if kind.status < 500 else kind.explanation


def _reference(path: str) -> str:
    """Write a path as a URI reference; two slashes at its start would name a host (RFC 3986, 4.2)."""
    return quote(f"/.{path}" if path.startswith("//") else path, safe="/:@!$&'()*+,;=")


def _methods(request: Request) -> list[str]:
    """Every method that an address answers; the framework names those of the first route alone."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    found = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return ["GET", "HEAD", *found[1:]] if found[:1] == ["GET"] else found


def _fault(error: dict[str, Any]) -> str:
    """Say what is wrong at one place; the validator's words on a body that is not JSON would help nobody."""
    if error["type"] == "model_attributes_type" and tuple(error["loc"]) == ("body",):
        return "A JSON object is needed, sent with `Content-Type: application/json`."
    return str(error["msg"])


def _pointer(location: tuple[str | int, ...]) -> str:
    """Name a place in a request: ``query/published_after``, ``body/question``."""
    return "/".join(str(part) for part in location)

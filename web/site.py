"""What every request shares: the archive, and the limits within which it may be used."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

from qa.errors import QuestionError
from qa.settings import WebSettings
from qa.types import Citation, Outcome, Scope
from qa.verification import DraftCheck, Verification
from web.filters import Filters
from web.limits import Desk
from web.ports import Archive

if TYPE_CHECKING:
    from qa.assistant.sharing.jobs import Jobs

__all__ = ["Site", "base_of", "once", "site_of"]

_LISTS = {"earlier", "outlet", "outlets"}  # parameters that may be repeated

T = TypeVar("T")


class Site:
    """An archive behind its limits.

    Args:
        open_archive: opens the archive, or raises the error that says why not.
        limits: the bounds of one visitor's requests.
        jobs: the line of work on the archive; None where it cannot be changed.
    """

    def __init__(self, open_archive: Callable[[], Archive], limits: WebSettings, jobs: Jobs | None = None) -> None:
        self.limits = limits
        self.jobs = jobs
        self._desk = Desk(limits.max_concurrent, limits.max_waiting, limits.answer_timeout_s)
        self._open = open_archive
        self.warmed = threading.Event()  # what questions need is loaded, or cannot be
        self._opening = threading.Lock()
        self._archive: Archive | None = None

    @property
    def archive(self) -> Archive:
        """The opened archive.

        One that was empty or in use when the server started is tried again by whoever asks next.

        Raises:
            QaError: it cannot be opened.
        """
        with self._opening:
            if self._archive is None:
                self._archive = self._open()
            return self._archive

    def close(self) -> None:
        """Take no more work and let go of the archive."""
        self._desk.close()
        if self._archive is not None:
            self._archive.close()

    async def ask(self, questions: Sequence[str], filters: Filters, *, of: int | None = None) -> list[Outcome]:
        """Answer the questions of a conversation, each after those before it, in one place at the desk.

        Args:
            questions: oldest first.
            filters: which articles may answer.
            of: how many of the last ones are answered; None answers all.
        """
        for question in questions:
            _check_length(question, "question", self.limits.max_question_chars)
        scope, asked = filters.scope(), range(len(questions))[-(of or len(questions)) :]
        return await self._desk.do(
            lambda: [self.archive.ask(questions[at], scope, earlier=questions[:at]) for at in asked],
            "ask",
            len(asked),
        )

    async def passages(self, text: str, scope: Scope, limit: int) -> Sequence[Citation]:
        """Find the passages that come nearest to a text."""
        _check_length(text, "text", self.limits.max_question_chars)
        return await self._desk.do(lambda: self.archive.passages(text, scope, limit=limit), "passages")

    async def work(self, work: Callable[[], T], kind: str) -> T:
        """Do whatever else is worth bounding; work of one ``kind`` takes about as long every time."""
        return await self._desk.do(work, kind)

    async def verify(self, quotation: str) -> Verification:
        """Check a quotation."""
        _check_length(quotation, "quotation", self.limits.max_quotation_chars)
        return await self._desk.do(lambda: self.archive.verify(quotation), "verify")

    async def check_draft(self, draft: str) -> DraftCheck:
        """Check every quotation of a draft."""
        _check_length(draft, "draft", self.limits.max_draft_chars)
        return await self._desk.do(lambda: self.archive.check_draft(draft), "draft")


async def site_of(request: Request) -> Site:
    """Return the site that a request is for; in the loop, since a thread costs a busy server more than this does."""
    site: Site = request.app.state.site
    return site


def base_of(request: Request) -> str:
    """Return scheme and name of this server, as it was called, without a slash."""
    return str(request.base_url).rstrip("/")


async def once(request: Request) -> None:
    """Refuse a parameter that is given more than once, of which all but the last would count for nothing."""
    query = request.query_params
    repeated = [name for name in query if name not in _LISTS and len(query.getlist(name)) > 1]
    if repeated:
        fault = {"type": "value_error", "msg": "It is given more than once.", "input": None}
        raise RequestValidationError([{**fault, "loc": ("query", name)} for name in repeated])


def _check_length(text: str, noun: str, limit: int) -> None:
    if len(text) > limit:
        raise QuestionError(f"The {noun} has {len(text)} characters; at most {limit} are read.", limit=limit)

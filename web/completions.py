"""The door for clients of the OpenAI API: `/v1/chat/completions` and `/v1/models`.

The last message of the user is the question, those before it are what it follows on; what a model would be told
(system messages, temperatures, tools) is passed over, since none writes here. Promises: the limits of `/api/answer`;
errors in OpenAI's shape (:mod:`web.problems`); an answer is whole before the first piece of a stream is sent, so that
whatever goes wrong has a status. What this does not know: how an answer is worded (:mod:`qa.output.completions`).
"""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from qa.errors import QuestionError
from qa.output.completions import MODEL, CompletionBody, Head, MessageBody, ModelBody, ModelListBody, in_pieces
from web.api import MAX_EARLIER
from web.filters import MAX_OUTLETS, Filters
from web.site import Site, once, site_of
from web.wanted import Day

__all__ = ["PATH", "router"]

PATH = "/v1/chat/completions"

# What these answer is described by OpenAI, and not in our own description.
router = APIRouter(include_in_schema=False, dependencies=[Depends(once)])
TheSite = Annotated[Site, Depends(site_of)]


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str | None = None


class Said(BaseModel):
    """A message of the conversation."""

    role: str
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The words of a message.

        Raises:
            QuestionError: a part of it is none.
        """
        if not isinstance(self.content, list):
            return self.content or ""
        for part in self.content:
            if part.type != "text":
                raise QuestionError(f"A message has a part of the type {part.type!r}; only text is read here.")
        return "\n".join(part.text or "" for part in self.content)


class StreamOptions(BaseModel):
    """What a stream has beside the answer."""

    include_usage: bool = False


class Conversation(BaseModel):
    """A request for a completion; members that steer a model, and this has none, are passed over."""

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[Said], Field(min_length=1)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: Annotated[int | None, Field(ge=1, le=1)] = 1
    published_after: Day = None
    published_before: Day = None
    outlets: Annotated[list[str], Field(max_length=MAX_OUTLETS)] = []

    def questions(self, longest: int) -> list[str]:
        """Return the question and those before it, oldest first; what could not be a question before is left out.

        Raises:
            QuestionError: the user has said nothing.
        """
        said = [each.text for each in self.messages if each.role == "user"]
        if not said:
            raise QuestionError("There is no message with the role `user`, so nothing is asked.")
        earlier = [text for text in said[:-1] if text.strip() and len(text) <= longest]
        return [*earlier[-MAX_EARLIER:], said[-1]]


class Style(BaseModel):
    """How citations are written, beside OpenAI's own."""

    model_config = ConfigDict(extra="forbid")

    citations: Literal["openai", "anthropic"] = "openai"


@router.post(PATH, response_model=None)
async def post_completion(
    asked: Conversation, style: Annotated[Style, Query()], request: Request, site: TheSite
) -> Response:
    """Answer the last message in the archive's own words, or say in a sentence why it does not answer."""
    filters = Filters(asked.published_after, asked.published_before, tuple(asked.outlets))
    [outcome] = await site.ask(asked.questions(site.limits.max_question_chars), filters, of=1)
    head = Head(id=f"chatcmpl-{uuid.uuid4().hex}", created=int(time.time()))
    base = str(request.base_url).rstrip("/")
    message = MessageBody.from_outcome(outcome, base, anthropic=style.citations == "anthropic")
    if not asked.stream:
        return JSONResponse(_written(CompletionBody.of(head, message)))
    usage = asked.stream_options is not None and asked.stream_options.include_usage
    return StreamingResponse(_events(head, message, usage=usage), media_type="text/event-stream")


@router.get("/v1/models")
async def get_models() -> ModelListBody:
    """List the one model that there is."""
    return ModelListBody()


@router.get("/v1/models/{name}")
async def get_model(name: str) -> ModelBody:
    """Describe it."""
    if name != MODEL:
        raise HTTPException(404)
    return ModelBody()


async def _events(head: Head, message: MessageBody, *, usage: bool) -> AsyncIterator[str]:
    """The lines of server-sent events, each of which a blank line ends."""
    for piece in in_pieces(head, message, usage=usage):
        yield f"data: {piece.model_dump_json(exclude_none=True)}\n\n"
    yield "data: [DONE]\n\n"


def _written(body: CompletionBody) -> dict[str, Any]:
    """The JSON of a completion: of Anthropic's members only what was asked for, and OpenAI's whole."""
    written = body.model_dump(mode="json")
    message = written["choices"][0]["message"]
    for name in ("citations", "documents"):
        if message[name] is None:
            del message[name]
    return written

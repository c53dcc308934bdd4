"""An outcome -> the JSON of a chat completion, as clients of the OpenAI API read it, whole or in pieces.

Promises: ``content[start_index:end_index]`` of each ``url_citation`` is the exact words, in code points, half-open;
with ``anthropic``, ``citations`` say where they stand in the article's text, as Anthropic's ``char_location`` does. The
pieces of a stream put together are the whole. What this does not know: who asks, and how pieces are sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from qa.output.answers import ArticleRef
from qa.output.plain import Plain, write_plain
from qa.types import NoAnswer, NoAnswerReason, Outcome, Standing

__all__ = ["MODEL", "ChunkBody", "CompletionBody", "Head", "ModelBody", "ModelListBody", "in_pieces"]

MODEL = "on-record"


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelBody(_Body):
    """What answers; there is no model behind it that writes."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "onrecord"


class ModelListBody(_Body):
    """All that can be asked."""

    object: Literal["list"] = "list"
    data: list[ModelBody] = [ModelBody()]


class UrlCitationBody(_Body):
    """Where in the text sent the exact words stand, and where they are marked in their article."""

    start_index: int
    end_index: int
    title: str
    url: str


class AnnotationBody(_Body):
    """A citation as OpenAI has it."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitationBody


class CharLocationBody(_Body):
    """A citation as Anthropic has it: where in an article the exact words stand; ``file_id`` is the article's id."""

    type: Literal["char_location"] = "char_location"
    cited_text: str
    document_index: int
    document_title: str
    start_char_index: int
    end_char_index: int
    file_id: str


class StandingBody(_Body):
    """What a program asks of an answer before it reads it."""

    outcome: Standing
    reason: NoAnswerReason | None
    confidence: float | None

    @classmethod
    def from_outcome(cls, outcome: Outcome) -> Self:
        """Describe how a question stands to the archive."""
        if isinstance(outcome, NoAnswer):
            return cls(outcome=outcome.standing, reason=outcome.reason, confidence=None)
        return cls(outcome=outcome.standing, reason=None, confidence=round(outcome.confidence, 4))


class DeltaBody(_Body):
    """A message, or what a piece adds to it."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[AnnotationBody] | None = None
    citations: list[CharLocationBody] | None = None
    documents: list[ArticleRef] | None = Field(None, description="What `document_index` counts in.")
    onrecord: StandingBody | None = None


class MessageBody(DeltaBody):
    """A whole message; a refusal is its content, since nothing is wrong with the question."""

    refusal: None = None

    @classmethod
    def from_outcome(cls, outcome: Outcome, base: str, *, anthropic: bool) -> Self:
        """Write an outcome as a message; ``base`` is this archive's address, without a slash."""
        plain = write_plain(outcome, base)
        articles = {each.citation.article.id: each.citation.article for each in plain.placed}
        return cls(
            role="assistant",
            content=plain.text,
            annotations=_annotations(plain),
            citations=_char_locations(plain, list(articles)) if anthropic else None,
            documents=[ArticleRef.from_summary(each) for each in articles.values()] if anthropic else None,
            onrecord=StandingBody.from_outcome(outcome),
        )


class ChoiceBody(_Body):
    """The one choice that there is."""

    index: int = 0
    message: MessageBody
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class PieceBody(_Body):
    """A piece of the one choice."""

    index: int = 0
    delta: DeltaBody
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class UsageBody(_Body):
    """Nothing here reads or writes tokens."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class Head(_Body):
    """What every piece of one completion has."""

    id: str
    created: int
    model: str = MODEL


class CompletionBody(Head):
    """An answer as a completion."""

    object: Literal["chat.completion"] = "chat.completion"
    choices: list[ChoiceBody]
    usage: UsageBody = UsageBody()

    @classmethod
    def of(cls, head: Head, message: MessageBody) -> Self:
        """Put a message under its head."""
        return cls(**head.model_dump(), choices=[ChoiceBody(message=message)])


class ChunkBody(Head):
    """A piece of a completion."""

    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    choices: list[PieceBody]
    usage: UsageBody | None = None


def in_pieces(head: Head, message: MessageBody, *, usage: bool) -> Iterator[ChunkBody]:
    """Part a message at its lines; what is said of it comes with the last piece, and ``usage`` after it where asked."""
    members = head.model_dump()
    yield ChunkBody(**members, choices=[PieceBody(delta=DeltaBody(role="assistant", content=""))])
    for line in (message.content or "").splitlines(keepends=True):
        yield ChunkBody(**members, choices=[PieceBody(delta=DeltaBody(content=line))])
    said = {name: getattr(message, name) for name in ("annotations", "citations", "documents", "onrecord")}
    yield ChunkBody(**members, choices=[PieceBody(delta=DeltaBody(**said), finish_reason="stop")])
    if usage:
        yield ChunkBody(**members, choices=[], usage=UsageBody())


def _annotations(plain: Plain) -> list[AnnotationBody]:
    return [
        AnnotationBody(
            url_citation=UrlCitationBody(
                start_index=each.span.start,
                end_index=each.span.end,
                title=each.citation.article.title,
                url=each.href,
            )
        )
        for each in plain.placed
    ]


def _char_locations(plain: Plain, article_ids: list[str]) -> list[CharLocationBody]:
    return [
        CharLocationBody(
            cited_text=one.exact,
            document_index=article_ids.index(one.article.id),
            document_title=one.article.title,
            start_char_index=one.span.start,
            end_char_index=one.span.end,
            file_id=one.article.id,
        )
        for one in (each.citation for each in plain.placed)
    ]

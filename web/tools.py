"""What a language model may do with the archive: each tool's arguments, its work at the site's desk, what it gives.

Promises: tools only read; each takes its place at the desk, so that its time and their number are bounded as the pages'
are; what the archive does not answer is a result that says so; an argument that a tool does not have is refused. What
this does not know: how tools are described and called (:mod:`web.tool_server`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from qa.answering.days import corrected_when, written
from qa.output.plain import MOST, write_citations, write_plain, write_verification
from qa.output.tools import ArticleTextBody, CheckBody, PassagesBody, ReplyBody, SpokenBody
from qa.types import Article, Outcome
from web.filters import Filters
from web.site import Site
from web.wanted import Day

__all__ = ["TOOLS", "Tool"]

LONGEST = 20_000  # code points of an article that one call gives
Most = Annotated[int, Field(ge=1, le=50, description="Most of them.")]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Scoped(Given):
    after: Annotated[Day, Field(description="Published on this day or later (YYYY-MM-DD).")] = None
    before: Annotated[Day, Field(description="Published on this day or earlier.")] = None
    outlet: Annotated[str | None, Field(max_length=200, description="Only this outlet.")] = None

    def filters(self) -> Filters:
        """Return dates and outlet as the pages know them."""
        return Filters(self.after, self.before, (self.outlet,) if self.outlet else ())


class Question(_Scoped):
    """What `ask` takes."""

    question: Annotated[str, Field(description="A whole question, in words.")]


class Words(_Scoped):
    """What `search_passages` takes."""

    text: Annotated[str, Field(description="Words or a question.")]
    limit: Most = MOST


class Whose(_Scoped):
    """What `statements` takes."""

    speaker: Annotated[Name | None, Field(description="A name or a role; none: anybody.")] = None
    about: Annotated[Name | None, Field(description="A topic.")] = None
    limit: Most = MOST


class Two(_Scoped):
    """What `compare` takes."""

    a: Annotated[Name, Field(description="A name or a role.")]
    b: Annotated[Name, Field(description="The other one.")]
    about: Annotated[Name | None, Field(description="A topic.")] = None
    limit: Annotated[int, Field(ge=1, le=50, description="Most statements of each.")] = MOST


class Quotation(Given):
    """What `verify_quotation` takes."""

    quotation: Annotated[str, Field(description="The words to check.")]


class Which(Given):
    """What `speakers` takes."""

    name: Annotated[str, Field(max_length=200, description="How a word of the name or role begins; none: all.")] = ""
    limit: Most = 20
    offset: Annotated[int, Field(ge=0, le=10_000_000, description="Speakers to leave out before.")] = 0


class Stretch(Given):
    """What `get_article` takes."""

    article_id: Annotated[str, Field(max_length=100)]
    start: Annotated[int, Field(ge=0, le=10_000_000, description="Code point to begin with.")] = 0
    length: Annotated[int, Field(ge=1, le=LONGEST, description="Most code points.")] = LONGEST


Done = tuple[str, BaseModel]  # what a model reads, and the same as data


async def _ask(site: Site, given: Question, base: str) -> Done:
    [outcome] = await site.ask([given.question], given.filters(), of=1)
    return _replied(outcome, base, MOST)


async def _search(site: Site, given: Words, base: str) -> Done:
    scope = given.filters().scope()
    found = await site.passages(given.text, scope, given.limit)
    text = write_citations(found, base).text or "No passage comes near."
    return text, PassagesBody.of(found, base)


async def _statements(site: Site, given: Whose, base: str) -> Done:
    speaker, about, scope = given.speaker, given.about, given.filters().scope()
    listed = await site.work(lambda: site.archive.statements(speaker=speaker, about=about, scope=scope), "statements")
    return _replied(listed, base, given.limit)


async def _compare(site: Site, given: Two, base: str) -> Done:
    scope = given.filters().scope()
    compared = await site.work(
        lambda: site.archive.compare(given.a, given.b, about=given.about, scope=scope), "statements"
    )
    return _replied(compared, base, given.limit)


async def _verify(site: Site, given: Quotation, base: str) -> Done:
    verification = await site.verify(given.quotation)
    return write_verification(verification, base).text, CheckBody.from_verification(verification, base)


async def _speakers(site: Site, given: Which, base: str) -> Done:
    page, total = await site.work(
        lambda: site.archive.speakers(given.name, limit=given.limit, offset=given.offset), "speakers"
    )
    lines = [
        f"{one.name}{f' — {one.roles[0].title}' if one.roles else ''}, statements: {one.statements}" for one in page
    ]
    return "\n".join([f"{len(page)} of {total} speakers.", *lines]), SpokenBody.of(page, total)


async def _article(site: Site, given: Stretch, base: str) -> Done:
    article, corrected = await site.work(lambda: _with_correction(site, given.article_id), "article")
    body = ArticleTextBody.of(article, given.start, given.length, base, corrected)
    credit = [article.title, article.outlet, written(article.published) if article.published else None, corrected]
    rest = f"\n\n[{body.start}-{body.end} of {body.length}]" if body.end < body.length or body.start else ""
    return f"{' · '.join(filter(None, credit))}\n{body.href}\n\n{body.text}{rest}", body


def _with_correction(site: Site, article_id: str) -> tuple[Article, str | None]:
    article = site.archive.article(article_id)
    corrections = site.archive.corrections(article)
    return article, corrected_when(corrections[0]) if corrections else None


def _replied(outcome: Outcome, base: str, most: int) -> Done:
    return write_plain(outcome, base, most).text, ReplyBody.from_outcome(outcome, base, most)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it is called and for, what it takes and gives, and what it does."""

    name: str
    title: str
    description: str
    takes: type[Given]
    gives: type[BaseModel]
    do: Callable[[Site, Any, str], Awaitable[Done]]


TOOLS = {
    one.name: one
    for one in (
        Tool(
            "ask",
            "Ask the archive",
            "Answer a question in the archive's exact words with sources, or say that it is not in the archive.",
            Question,
            ReplyBody,
            _ask,
        ),
        Tool(
            "search_passages",
            "Search passages",
            "Find the passages nearest to words or a question. They need not answer it.",
            Words,
            PassagesBody,
            _search,
        ),
        Tool(
            "statements",
            "Who said what",
            "List what somebody said, or what was said about a topic, newest first, in exact words.",
            Whose,
            ReplyBody,
            _statements,
        ),
        Tool(
            "speakers",
            "Speakers",
            "List who is quoted in the archive, with roles and number of statements.",
            Which,
            SpokenBody,
            _speakers,
        ),
        Tool(
            "verify_quotation",
            "Verify a quotation",
            "Check whether a quotation is verbatim, damaged in transit, altered (and how), stitched or absent.",
            Quotation,
            CheckBody,
            _verify,
        ),
        Tool(
            "get_article",
            "Read an article",
            "Read an article's text by the article_id of a citation.",
            Stretch,
            ArticleTextBody,
            _article,
        ),
        Tool(
            "compare",
            "Compare two people",
            "Set beside each other what two people said, on a topic. Whether they agree is not judged.",
            Two,
            ReplyBody,
            _compare,
        ),
    )
}

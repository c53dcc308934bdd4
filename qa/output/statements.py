"""The JSON bodies of speakers, and of the statements of one article or of an export; beside :mod:`qa.output.answers`.

Promise: as there, every piece is ``text[start:end]`` of its article, in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from qa.errors import SourceError
from qa.output.answers import ArticleBody, StatementBody, ToldBody
from qa.output.links import permalink, source_href, speaker_href
from qa.people.examining import Proposal
from qa.people.identities import Profile, RoleHeld
from qa.types import Article, Statement, Told

__all__ = [
    "EmbedBody",
    "ExportedBody",
    "FoundBody",
    "ProposalListBody",
    "SpeakerBody",
    "SpeakerListBody",
]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RoleBody(_Body):
    """What articles call a speaker."""

    title: str
    statements: int
    first: date | None = Field(description="Day of the first article that says so.")
    last: date | None = Field(description="Day of the last one.")

    @classmethod
    def from_role(cls, role: RoleHeld) -> Self:
        """Copy a role."""
        return cls(title=role.title, statements=role.statements, first=role.first, last=role.last)


class SpeakerBody(_Body):
    """A speaker, gathered over all articles and spellings."""

    slug: str = Field(description="Names the speaker in addresses and in `speaker`.")
    name: str
    spellings: list[str]
    organisation: bool
    roles: list[RoleBody] = Field(description="Most frequent first.")
    statements: int = Field(description="How many are reported; beliefs and plans are not counted.")
    first: date | None = Field(description="Day of the first article with them as a speaker.")
    last: date | None
    href: str = Field(description="Address of the speaker's page, relative to the server.")

    @classmethod
    def from_profile(cls, profile: Profile) -> Self:
        """Describe a speaker."""
        return cls(
            slug=profile.slug,
            name=profile.name,
            spellings=list(profile.spellings),
            organisation=profile.organisation,
            roles=[RoleBody.from_role(role) for role in profile.roles],
            statements=profile.statements,
            first=profile.first,
            last=profile.last,
            href=speaker_href(profile.slug) or "/speakers",
        )


class SpeakerListBody(_Body):
    """One page of the speakers, who says most first."""

    total: int = Field(description="Speakers that match, on all pages.")
    limit: int
    offset: int
    speakers: list[SpeakerBody]

    @classmethod
    def from_page(cls, page: Sequence[Profile], total: int, *, limit: int, offset: int) -> Self:
        """Describe one page."""
        speakers = [SpeakerBody.from_profile(profile) for profile in page]
        return cls(total=total, limit=limit, offset=offset, speakers=speakers)


class ProposalBody(_Body):
    """That two speakers may be one (merge), or that a spelling is rather somebody else's than its speaker's (split)."""

    how: Literal["merge", "split"]
    name: str
    other: str
    statements: int = Field(description="Of the other.")
    reason: str


class ProposalListBody(_Body):
    """What a user may want to merge and split, what concerns most statements first."""

    total: int
    proposals: list[ProposalBody]

    @classmethod
    def of(cls, found: Sequence[Proposal], limit: int) -> Self:
        """Describe the first of them."""
        return cls(total=len(found), proposals=[ProposalBody(**asdict(one)) for one in found[:limit]])


class ExportedBody(StatementBody):
    """One line of an export: a statement, with the article that it is from."""

    text: str = Field(description="The pieces of the content, with […] between them.")
    article: ArticleBody
    href: str = Field(description="Address of the marked words in this archive, relative to the server.")
    source_href: str | None = Field(description="Address of the words at the source, with a URL text fragment.")
    told: ToldBody | None = Field(description="When it was said, where its sentence tells it; not the article's day.")

    @classmethod
    def of(cls, statement: Statement, article: Article, speaker: str | None, text: str, told: Told | None) -> Self:
        """Describe a statement by ``speaker``, whatever its article calls them; ``text`` are its words in one piece."""
        members = {**StatementBody.members(statement, article), "speaker": speaker}
        return cls(
            **members,
            text=text,
            article=ArticleBody.from_article(article),
            href=permalink(article.id, statement.content),
            source_href=source_href(article, statement.content[0]) if statement.content else None,
            told=ToldBody.of_told(told, article) if told else None,
        )


class EmbedBody(_Body):
    """How a page embeds a statement; https://oembed.com/#section2.3."""

    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    title: str
    author_name: str | None = Field(description="Who says it.")
    provider_name: Literal["On Record"] = "On Record"
    provider_url: str
    html: str = Field(description="A frame without scripts.")
    width: int
    height: int


class FoundArticleBody(ArticleBody):
    """An article with the text that offsets count in; it need not be in any archive."""

    text: str


class FoundStatementBody(StatementBody):
    """A statement of the article with this id."""

    article_id: str


class FailureBody(_Body):
    """What could not be read, and why."""

    source: str
    line: int | None
    reason: str


class FoundBody(_Body):
    """The statements of one article or of several, in reading order."""

    articles: list[FoundArticleBody]
    statements: list[FoundStatementBody]
    failures: list[FailureBody]

    @classmethod
    def of(cls, found: Iterable[tuple[Article, Sequence[Statement]]], failures: Iterable[SourceError] = ()) -> Self:
        """Describe articles with their statements."""
        pairs = list(found)
        return cls(
            articles=[
                FoundArticleBody(**ArticleBody.from_article(article).model_dump(), text=article.text)
                for article, _ in pairs
            ],
            statements=[
                FoundStatementBody(**StatementBody.members(statement, article), article_id=article.id)
                for article, statements in pairs
                for statement in statements
            ],
            failures=[FailureBody(source=one.source, line=one.line, reason=one.reason) for one in failures],
        )

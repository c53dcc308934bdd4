"""Which statements are wanted -> an answer, or statements to export; for the API and for ``qa statements``.

What this does not know: the web framework, and how anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from qa.errors import SpeakerNotFound
from qa.output.exporting import Exported
from qa.types import Answer, NoAnswerReason, Outcome
from web.filters import MAX_OUTLETS, Filters
from web.ports import Archive

__all__ = ["MOST", "Alerted", "Compared", "Day", "Followed", "Wanted", "answered", "compared", "exported", "followed"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST = 10_000  # statements of one answer


def _given(value: object) -> object:
    """A field that a form sends empty counts as not given."""
    return None if isinstance(value, str) and not value.strip() else value


def _day(value: object) -> object:
    """Take nothing but ``YYYY-MM-DD``; pydantic would make a day of a number of seconds, too."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("A date such as 2025-12-31 is needed.")


Day = Annotated[date | None, BeforeValidator(_day)]
Name = Annotated[str | None, Field(max_length=200), BeforeValidator(_given)]


class _Scoped(BaseModel):
    """From which articles."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[Day, Field(description="First publication date, inclusive.")] = None
    before: Annotated[Day, Field(description="Last publication date, inclusive.")] = None
    outlet: Annotated[list[str], Field(description="Names of outlets; none means all.", max_length=MAX_OUTLETS)] = []

    def filters(self) -> Filters:
        """Return dates and outlets as the pages know them."""
        return Filters(self.after, self.before, tuple(name for name in self.outlet if name.strip()))


class Wanted(_Scoped):
    """Which statements."""

    speaker: Annotated[Name, Field(description="A name, a role or a slug; none means anybody.")] = None
    about: Annotated[Name, Field(description="A topic: statements about it alone, likeliest first.")] = None
    limit: Annotated[int | None, Field(ge=1, le=MOST, description="Most statements; an export has no other limit.")] = (
        None
    )
    copies: Annotated[
        bool,
        Field(
            description="An export without a topic also has what each copy of a text says, not the earliest's alone."
        ),
    ] = False


class Alerted(_Scoped):
    """What to be told of: a question, or statements by somebody, about something."""

    q: Annotated[str | None, Field(description="A question in words."), BeforeValidator(_given)] = None
    speaker: Annotated[Name, Field(description="A name, a role or a slug; none means anybody.")] = None
    about: Annotated[Name, Field(description="A topic: statements about it alone.")] = None

    def wanted(self, limit: int) -> Wanted:
        """Return which statements are meant."""
        return Wanted(**self.model_dump(exclude={"q"}), limit=limit)


class Compared(_Scoped):
    """Who is compared, on what."""

    a: Annotated[str, Field(min_length=1, max_length=200, description="A name, a role or a slug.")]
    b: Annotated[str, Field(min_length=1, max_length=200, description="The other one.")]
    about: Annotated[Name, Field(description="A topic: statements about it alone.")] = None
    limit: Annotated[int | None, Field(ge=1, le=MOST, description="Most statements of each.")] = None


class Followed(_Scoped):
    """Whose statements over time, on what."""

    speaker: Annotated[str, Field(min_length=1, max_length=200, description="A name, a role or a slug.")]
    about: Annotated[Name, Field(description="A topic: statements about it alone.")] = None
    limit: Annotated[int | None, Field(ge=1, le=MOST, description="Most statements; the newest of more.")] = None


def followed(archive: Archive, wanted: Followed) -> Outcome:
    """Ask for a course."""
    return archive.course(wanted.speaker, about=wanted.about, scope=wanted.filters().scope(), limit=wanted.limit)


def answered(archive: Archive, wanted: Wanted) -> Outcome:
    """Ask for statements."""
    scope = wanted.filters().scope()
    return archive.statements(speaker=wanted.speaker, about=wanted.about, scope=scope, limit=wanted.limit)


def compared(archive: Archive, who: Compared) -> Outcome:
    """Compare two speakers."""
    return archive.compare(who.a, who.b, about=who.about, scope=who.filters().scope(), limit=who.limit)


def exported(archive: Archive, wanted: Wanted) -> Iterator[Exported]:
    """Return statements for an export, the first of them already found, so that what is wrong is told before any.

    About a topic they are those of the answer, repeats in other articles left out.

    Raises:
        SpeakerNotFound: nobody is called so.
    """
    rows = _about(archive, wanted) if wanted.about else _rows(archive, wanted)
    some = islice(rows, wanted.limit)
    return chain(list(islice(some, 1)), some)


def _rows(archive: Archive, wanted: Wanted) -> Iterator[Exported]:
    found = archive.statement_rows(speaker=wanted.speaker, scope=wanted.filters().scope(), copies=wanted.copies)
    return (Exported.from_row(row) for row in found)


def _about(archive: Archive, wanted: Wanted) -> Iterator[Exported]:
    outcome = answered(archive, wanted.model_copy(update={"limit": wanted.limit or MOST}))
    if isinstance(outcome, Answer):
        cited = outcome.citations
        return (Exported.from_statement(each.statement, each.article) for each in cited if each.statement)
    if outcome.reason is NoAnswerReason.SPEAKER_UNKNOWN:
        raise SpeakerNotFound(wanted.speaker or "")
    return iter(())

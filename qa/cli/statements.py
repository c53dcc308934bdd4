"""``qa statements``: who says what in one article, or everything that somebody is reported to say.

An article is named by its id or address in the archive, or by a file, which is read there and then and stored nowhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.command import (
    After,
    AsJson,
    Before,
    ExitCode,
    Outlets,
    open_archive,
    print_body,
    read_settings,
    scope_of,
    tell_missing_outlets,
)
from qa.errors import ArchiveError, ArticleNotFound, SourceError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.output.exporting import Exported
    from qa.types import Article, Outcome, Statement
    from web.wanted import Wanted

    Found = tuple[Article, Sequence[Statement]]

__all__ = ["statements"]

_ID = re.compile(r"[0-9a-f]{16}")


class ExportFormat(StrEnum):
    """How statements are written for other programs."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    QUOTATION = "quotation"


Source = Annotated[
    str | None, typer.Argument(metavar="FILE|ARTICLE", help="A file, or an article's id or address in the archive.")
]
Speaker = Annotated[
    str | None, typer.Option("--speaker", metavar="NAME", help="Whose statements: a name, a role or a slug.")
]
About = Annotated[str | None, typer.Option("--about", metavar="TOPIC", help="Only statements about this topic.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, max=10_000, metavar="NUMBER", help="Most statements.")]
Course = Annotated[
    bool, typer.Option("--course", help="In the order of time, with what is worded otherwise than before.")
]
With = Annotated[
    str | None, typer.Option("--with", metavar="NAME", help="Another speaker, beside whom --speaker is set.")
]
Thoughts = Annotated[
    bool,
    typer.Option("--thoughts", help="Of an article also what is believed, wanted, planned; half is wrong."),
]
As = Annotated[
    ExportFormat | None,
    typer.Option("--format", metavar="csv|jsonl|quotation", help="CSV, JSON Lines or schema.org Quotation."),
]
Copies = Annotated[bool, typer.Option("--copies", help="With --format: also what each copy of a text says.")]


def statements(  # noqa: PLR0917 (typer calls it by name)
    source: Source = None,
    speaker: Speaker = None,
    about: About = None,
    after: After = None,
    before: Before = None,
    outlet: Outlets = None,
    limit: Limit = None,
    course: Course = False,
    other: With = None,
    thoughts: Thoughts = False,
    as_json: AsJson = False,
    export: As = None,
    copies: Copies = False,
) -> None:
    """List who says what: in an article or a file, or over the whole archive by --speaker, --about and dates."""
    if as_json and export:
        raise typer.BadParameter("--json and --format are two ways of writing; choose one.")
    if copies and (about or not export):
        raise typer.BadParameter("--copies is for an export (--format) without a topic; lists say where copies are.")
    if course or other:
        if speaker is None:
            raise typer.BadParameter("--course and --with are about somebody: name them with --speaker.")
        if (course and other) or export:
            raise typer.BadParameter("--course, --with and --format are three ways of listing; choose one.")
    if source is None:
        from web.wanted import Wanted

        scope = scope_of(after, before, outlet)
        wanted = Wanted(
            speaker=speaker,
            about=about,
            after=scope.published_after,
            before=scope.published_before,
            outlet=outlet or [],
            limit=limit,
            copies=copies,
        )
        _print_wanted(wanted, _way(wanted, course=course, other=other), as_json, export)
    elif any((speaker, about, after, before, outlet, limit)):
        raise typer.BadParameter("An article's statements are all listed; --speaker and its kin are for the archive.")
    else:
        _print_found(source, as_json, export, thoughts=thoughts)


def _way(wanted: Wanted, *, course: bool, other: str | None) -> Callable[[Assistant], Outcome]:
    """How statements are asked for: as a list, over time, or beside another speaker's."""
    from web.wanted import Compared, Followed, answered, compared, followed

    given = wanted.model_dump(exclude={"speaker", "copies"})
    if course:
        whom = Followed(speaker=wanted.speaker or "", **given)
        return lambda archive: followed(archive, whom)
    if other:
        two = Compared(a=wanted.speaker or "", b=other, **given)
        return lambda archive: compared(archive, two)
    return lambda archive: answered(archive, wanted)


def _print_wanted(
    wanted: Wanted, way: Callable[[Assistant], Outcome], as_json: bool, export: ExportFormat | None
) -> None:
    """Print statements of the archive."""
    from web.wanted import exported

    with open_archive(read_settings(), "qa statements") as assistant:
        if export:
            _write(exported(assistant, wanted), export)
            tell_missing_outlets(assistant, wanted.filters().scope())
            return
        outcome = way(assistant)
    if as_json:
        from qa.output.answers import AnswerBody

        print_body(AnswerBody.from_outcome(outcome))
    else:
        from qa.cli.rendering import console, render_outcome

        console().print(render_outcome(outcome))
    from qa.types import NoAnswer

    if isinstance(outcome, NoAnswer):
        raise typer.Exit(ExitCode.NOT_IN_ARCHIVE)


def _print_found(source: str, as_json: bool, export: ExportFormat | None, *, thoughts: bool) -> None:
    """Print the statements of an article, or of every article of a file."""
    everything, failures = _find(source)
    found = [(article, _wanted(said, thoughts)) for article, said in everything]
    if failures and not found:
        raise failures[0]
    if export:
        _write(_exported(found), export)
    elif as_json:
        from qa.output.statements import FoundBody

        print_body(FoundBody.of(found, failures))
    else:
        from qa.cli.rendering import console, render_statements

        for article, said in found:
            console().print(render_statements(article, said))
    for failure in failures:
        sys.stderr.write(f"failed: {failure}\n")
    if failures:
        raise typer.Exit(ExitCode.IMPERFECT)


def _wanted(statements: Sequence[Statement], thoughts: bool) -> Sequence[Statement]:
    from qa.types import StatementKind

    return [one for one in statements if thoughts or one.kind is StatementKind.SPEECH]


def _find(source: str) -> tuple[list[Found], list[SourceError]]:
    """Find statements by an article's id, by its address or in a file; and what of the file could not be read."""
    from qa.assistant.keeping.attributing import attribute

    if "://" in source or (_ID.fullmatch(source) and not Path(source).exists()):
        with open_archive(read_settings(), "qa statements") as assistant:
            return [_stored(assistant, source)], []
    found: list[Found] = []
    failures: list[SourceError] = []
    try:
        for one in attribute(source, read_settings()):
            failures.append(one) if isinstance(one, SourceError) else found.append(one)
    except SourceError as error:
        reason = f"{error.reason}, and no id or address of an article"
        raise SourceError(source, reason, remedy="`qa list` shows the ids.") from error
    if not found and not failures:
        raise SourceError(source, "there is no article in it", remedy="`qa ingest --help` says what is read.")
    return found, failures


def _stored(assistant: Assistant, named: str) -> Found:
    """An article of the archive with its statements, by id or address."""
    from qa.ingestion import without_login

    if _ID.fullmatch(named):
        return assistant.article(named), assistant.statements_of(named, thoughts=True)
    try:
        article = assistant.article_at(named)
    except ArticleNotFound as error:
        address = without_login(named)
        message = f"No article of this archive has the address {address}."
        raise ArchiveError(message, remedy=f"Put it in with `qa ingest {address}`, or name a file.") from error
    return article, assistant.statements_of(article.id, thoughts=True)


def _exported(found: Iterable[Found]) -> Iterator[Exported]:
    from qa.output.exporting import Exported

    return (Exported.from_statement(each, article) for article, said in found for each in said)


def _write(rows: Iterable[Exported], form: ExportFormat) -> None:
    from qa.output.exporting import FORMATS

    name = {ExportFormat.QUOTATION: "schema.org"}.get(form, form.value)
    for part in FORMATS[name].write(rows, ""):
        sys.stdout.write(part)

"""The command-line door: ``qa ingest``, ``qa ask`` and their kin.

Exit codes: 0 done, answered, verbatim · 1 done, but something is wrong (a source failed, the doctor found a fault, a
quotation is not verbatim) · 2 the command or a setting is wrong · 3 not in this archive · 4 it cannot be done as things
are (locked, missing, stale), and the message says how to mend it · 5 not sure: sentences to read · 130 interrupted.

Results go to standard output, progress and errors to standard error. Heavy libraries are imported by the commands that
need them: ``qa ask`` never imports torch.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from qa import __version__, deadline
from qa.cli.chat import chat
from qa.cli.command import (
    ANSWER_LIMIT_S,
    After,
    AsJson,
    Before,
    ExitCode,
    Outlets,
    Quiet,
    absolute,
    change_archive,
    compile_encoder,
    drop_output,
    open_archive,
    print_body,
    print_json,
    print_line,
    print_whatever,
    read_settings,
    scope_of,
    stopping,
    system_error,
    take_data_dir,
    tell_missing_outlets,
)
from qa.cli.demo import demo
from qa.cli.feeds import feeds
from qa.cli.settings import settings
from qa.cli.speakers import speakers
from qa.cli.statements import statements
from qa.cli.tools import mcp
from qa.cli.verbs import Group, Verbs, verb, verbs
from qa.errors import QaError, QuestionError, SettingsError, SourceError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from qa.assistant.sharing.work import Writer
    from qa.records import Progress
    from qa.types import Article

__all__ = ["ExitCode", "app", "main"]

_LINE_S = 15.0  # between two lines about progress, where there is no terminal to show it

app = typer.Typer(
    name="qa",
    cls=Verbs,
    help="On Record: exact, cited answers from a news archive. `qa COMMAND --help` tells more of each.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> NoReturn:
    """Run the command line; every error of ours and of the system ends in one message and an exit code."""
    print_whatever()
    try:
        try:
            app(take_data_dir(sys.argv[1:]), standalone_mode=True)
        finally:
            sys.stdout.flush()  # a full disk is told here, and not by Python when it ends
    except (SettingsError, QuestionError, SourceError) as error:
        _fail(error, ExitCode.USAGE)
    except QaError as error:
        _fail(error, ExitCode.IMPOSSIBLE)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; what was reported as done is safe.\n")
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone, as in `qa list | head`
        drop_output()
    except OSError as error:
        drop_output()
        _fail(system_error(error), ExitCode.IMPOSSIBLE)
    sys.exit(ExitCode.DONE)


def _links_of(error: QaError) -> str:
    """The articles that a list links to, a line each; nothing of another error."""
    links = error.links if isinstance(error, SourceError) else ()
    return "".join(f"  {href}  {headline}\n" for href, headline in links)


def _fail(error: QaError, code: ExitCode) -> NoReturn:
    sys.stderr.write(f"Error: {error}\n{_links_of(error)}")
    sys.exit(code)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print_line(f"onrecord {__version__}")
        raise typer.Exit


@verb(app, "qa prepare", Group.CARE)
def prepare() -> None:
    """Compile the encoder into the data folder, where it is not there yet; other commands do it when they need it."""
    from qa.assistant import prepare_encoder

    settings = read_settings()
    with _progress() as progress:
        task = progress.add_task("Preparing the encoder", total=None, rate="")

        def show(step: str) -> None:
            progress.update(task, description=f"Preparing the encoder: {step}")

        prepare_encoder(settings, on_progress=show)


@verb(app, "qa ingest ~/articles export.jsonl.gz", Group.FILL)
def ingest(  # noqa: PLR0917 (typer calls it by name)
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Files, folders (recursive) or http(s) addresses."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    restore: Annotated[bool, typer.Option("--restore", help="Bring back articles that were removed.")] = False,
    trust_stated: Annotated[
        bool, typer.Option("--trust-stated", help="Believe the address that a page or file states, whoever has it.")
    ] = False,
    retry: Annotated[bool, typer.Option("--retry", help="First try again what was set aside.")] = False,
) -> None:
    """Put articles into the archive. The same articles again change nothing."""
    if not sources and not retry:
        raise typer.BadParameter("name a file, a folder or an address, or --retry", param_hint="SOURCES")
    settings = read_settings()
    compile_encoder(settings)
    named = [absolute(source) for source in sources or ()]
    with stopping() as stop, _progress(hidden=as_json or quiet) as progress:
        task = progress.add_task("Ingesting", total=1.0, rate="")
        begun = time.monotonic()
        lines = _Lines(shown=not (progress.console.is_terminal or as_json or quiet))

        def show(far: Progress) -> None:
            rate = f"{far.articles / (time.monotonic() - begun):.1f}/s"
            progress.update(task, completed=far.share, description=f"Ingesting {far.name[:40]}", rate=rate)
            lines.show(far, rate)

        report = change_archive(
            settings,
            "qa ingest",
            lambda archive: archive.ingest(
                named, restore=restore, trust_stated=trust_stated, retry=retry, on_progress=show, stop=stop
            ),
            quiet=as_json or quiet,
            lasting=True,
        )
        lines.end()
    if len(report.failures) == 1 and not report.counts and not report.set_aside:  # all that was named is not there
        raise report.failures[0]
    if as_json:
        print_json(
            {
                "counts": report.counts,
                "passages_indexed": report.passages,
                "seconds": round(report.seconds, 3),
                "set_aside": report.set_aside,
                "passed_over": dict(report.passed_over),
                "failures": [
                    {
                        "source": one.source,
                        "line": one.line,
                        "reason": one.reason,
                        "links": [{"href": href, "title": title} for href, title in one.links],
                    }
                    for one in report.failures
                ],
                "stopped": report.stopped,
            }
        )
    elif quiet:
        for failure in report.failures:
            sys.stderr.write(f"failed: {failure}\n{_links_of(failure)}")
    else:
        from qa.cli.rendering import console, render_report

        console().print(render_report(report))
    if report.stopped:
        number = sum(report.counts.values())
        articles = "1 article is" if number == 1 else f"{number} articles are"
        sys.stderr.write(f"Stopped. {articles} in; the same command goes on from there.\n")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if report.empty and sources and not as_json:
        from qa.ingestion import SUFFIXES

        sys.stderr.write(f"Nothing there is an article. Files that are read: {', '.join(SUFFIXES)}.\n")
    if report.failures or (report.empty and sources):
        raise typer.Exit(ExitCode.IMPERFECT)


@verb(app, "qa ask what did merz say about guarantees", Group.ASK)
def ask(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question; quotation marks are not needed.")
    ],
    *,
    as_json: AsJson = False,
    after: After = None,
    before: Before = None,
    outlet: Outlets = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option("--earlier", metavar="QUESTION", help="A question asked before; repeat it, oldest first."),
    ] = None,
) -> None:
    """Answer a question with the archive's own words, or say that it does not answer it."""
    from qa.types import NoAnswer, NoAnswerReason, Standing

    scope = scope_of(after, before, outlet)
    with open_archive(read_settings(), "qa ask") as assistant, deadline.within(ANSWER_LIMIT_S):
        outcome = assistant.ask(" ".join(question), scope, earlier=earlier or ())
        if not (isinstance(outcome, NoAnswer) and outcome.reason is NoAnswerReason.OUTLET_UNKNOWN):
            tell_missing_outlets(assistant, scope)
    if as_json:
        from qa.output.answers import AnswerBody

        print_body(AnswerBody.from_outcome(outcome))
    else:
        from qa.cli.rendering import console, render_outcome

        console().print(render_outcome(outcome))
    codes = {Standing.NOT_SURE: ExitCode.NOT_SURE, Standing.NOT_IN_ARCHIVE: ExitCode.NOT_IN_ARCHIVE}
    if outcome.standing in codes:
        raise typer.Exit(codes[outcome.standing])


@verb(app, "qa verify a very important step forward", Group.ASK)
def verify(
    quotation: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="The words to check; none with --draft.")
    ] = None,
    draft: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A text of which all quotations are checked."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether words are in the archive: verbatim, damaged, altered, stitched or absent."""
    from qa.verification import Verdict

    if (draft is None) == (not quotation):
        raise typer.BadParameter("Give the words to check, or --draft FILE.")
    if draft or not quotation:
        return _verify_draft(_draft_text(draft or Path("-")), as_json)
    with open_archive(read_settings(), "qa verify") as assistant, deadline.within(ANSWER_LIMIT_S):
        verification = assistant.verify(" ".join(quotation))
    if as_json:
        from qa.output.answers import VerificationBody

        print_body(VerificationBody.from_verification(verification))
    else:
        from qa.cli.rendering import console, render_verification

        console().print(render_verification(verification))
    if verification.verdict is not Verdict.VERBATIM:
        raise typer.Exit(ExitCode.IMPERFECT)
    return None


def _draft_text(draft: Path) -> str:
    """The text of a file, or of standard input."""
    try:
        return sys.stdin.read() if str(draft) == "-" else draft.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(f"{draft} is not a text in UTF-8.", remedy="Save the draft as plain text.") from error


def _verify_draft(text: str, as_json: bool) -> None:
    """Check every quotation of a draft, and say with the exit code whether all is well."""
    with open_archive(read_settings(), "qa verify") as assistant, deadline.within(ANSWER_LIMIT_S):
        check = assistant.check_draft(text).told()
    if as_json:
        from qa.output.answers import DraftBody

        print_body(DraftBody.from_check(check))
    else:
        from qa.cli.rendering import console, render_draft

        console().print(render_draft(check))
    if not check.sound:
        raise typer.Exit(ExitCode.IMPERFECT)


@verb(app, "qa show 5038d8c7360f44f9", Group.READ)
def show(
    article_id: Annotated[str, typer.Argument(metavar="ARTICLE", help="An id, as `qa list` and citations show it.")],
    as_json: AsJson = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="ARTICLE", help="Show what it has otherwise than this article, word by word."
        ),
    ] = None,
    versions_too: Annotated[
        bool, typer.Option("--versions", help="Show what each version has otherwise than the one before it.")
    ] = False,
) -> None:
    """Print one article."""
    with open_archive(read_settings(), "qa show") as assistant:
        article = assistant.article(article_id)
        versions, corrections = assistant.versions(article_id), assistant.corrections(article)
        story = assistant.stories([article_id]).get(article_id)
        other = assistant.article(against) if against else None
        texts = [assistant.article(id_) for id_ in dict.fromkeys(id_ for id_, _ in versions)] if versions_too else []
    seen = dict(reversed(versions))
    if other is not None or versions_too:
        pairs = [(article, other)] if other is not None else list(itertools.pairwise(texts))
        _show_differences(pairs, seen, as_json=as_json)
    elif as_json:
        from qa.output.answers import FullArticleBody

        print_body(FullArticleBody.from_version(article, versions, corrections, story))
    else:
        from qa.cli.rendering import console, render_article

        console().print(render_article(article, [id_ for id_, _ in versions], corrections, story))


def _show_differences(pairs: Sequence[tuple[Article, Article]], seen: Mapping[str, datetime], *, as_json: bool) -> None:
    """Print for each pair what the first has otherwise than the second; in JSON one line for each."""
    from qa.cli.rendering import console, render_differences
    from qa.output.answers import WordingBody
    from qa.stories import differences

    for article, other in pairs:
        with deadline.within(ANSWER_LIMIT_S):
            if as_json:
                print_body(WordingBody.of(article, other, differences(other.text, article.text)))
            else:
                console().print(render_differences(article, other, seen))
    if not pairs and not as_json:
        print_line("There is one version of it alone.")


@verb(app, "qa list --after 2025-12-01 ferry", Group.READ, name="list")
def list_(  # noqa: PLR0917 (typer calls it by name)
    text: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="Words that the articles have; none lists all.")
    ] = None,
    as_json: AsJson = False,
    after: After = None,
    before: Before = None,
    outlet: Outlets = None,
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="NUMBER", help="Most articles that are listed.")
    ] = 50,
    offset: Annotated[int, typer.Option(min=0, metavar="NUMBER", help="Articles that are passed over.")] = 0,
    copies: Annotated[bool, typer.Option("--copies", help="Also each copy of a text; else the first alone.")] = False,
) -> None:
    """List the articles, newest first; of copies of one text the first."""
    scope = scope_of(after, before, outlet)
    with open_archive(read_settings(), "qa list") as assistant:
        page, total = assistant.articles(
            scope, text=" ".join(text or ()), limit=limit, offset=offset, one_each=not copies
        )
        stories = assistant.stories([one.id for one in page])
        lacking = tell_missing_outlets(assistant, scope)
    if as_json:
        from qa.output.answers import ArticleListBody, ListedBody

        refs = [ListedBody.of(one, stories.get(one.id)) for one in page]
        print_body(ArticleListBody(total=total, limit=limit, offset=offset, articles=refs))
    else:
        from qa.cli.rendering import console, render_articles

        console().print(render_articles(page, total, stories))
    if lacking and not total:
        raise typer.Exit(ExitCode.NOT_IN_ARCHIVE)


@verb(app, "qa remove 5038d8c7360f44f9", Group.FILL)
def remove(
    article_ids: Annotated[list[str], typer.Argument(metavar="ARTICLE", help="Ids, as `qa list` shows them.")],
    purge: Annotated[
        bool, typer.Option("--purge", help="Erase every byte of them, earlier and later versions too.")
    ] = False,
    all_versions: Annotated[bool, typer.Option("--all-versions", help="Also earlier and later versions.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take articles out: hidden by default, erased with --purge."""
    passages = change_archive(
        read_settings(),
        "qa remove",
        lambda archive: archive.remove(article_ids, purge=purge, all_versions=all_versions or purge),
        quiet=as_json,
    )
    if as_json:
        print_json({"removed": article_ids, "passages": passages, "purged": purge})
    else:
        versions = " and all their versions" if purge or all_versions else ""
        print_line(f"{'Erased' if purge else 'Removed'}: {', '.join(article_ids)}{versions}; {passages} passages.")


@verb(app, "qa rebuild", Group.CARE)
def rebuild(
    statements: Annotated[bool, typer.Option("--statements", help="Find the statements anew instead.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the vector index anew from the catalog, as after a change of model."""
    settings = read_settings()
    compile_encoder(settings)
    what = "statements" if statements else "vectors"
    with _progress(hidden=as_json or quiet) as progress:
        task = progress.add_task(f"Rebuilding {what}", total=None, rate="")

        def act(archive: Writer) -> int:
            begin = archive.rebuild_statements if statements else archive.rebuild
            return begin(on_progress=lambda done, total: progress.update(task, completed=done, total=total))

        number = change_archive(settings, "qa rebuild", act, quiet=as_json or quiet, lasting=True)
    if as_json:
        print_json({what: number})
    elif not quiet:
        print_line(f"Rebuilt: {number} {what}.")


@verb(app, "qa move --to postgresql://db.example/news", Group.CARE)
def move(
    to: Annotated[
        str, typer.Option("--to", metavar="PLACE", help="A PostgreSQL database (postgresql://…), or a folder.")
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Copy the archive into a PostgreSQL database, or from there into a folder; the first one stays as it is."""
    from qa.assistant.moving import move as move_to

    settings = read_settings()
    compile_encoder(settings)
    with _progress(hidden=as_json or quiet) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(f"Copying {what}", total=total, rate="")
            progress.update(tasks[what], completed=done, total=total)

        articles = move_to(settings, to, tell)
    if as_json:
        print_json({"articles": articles})
    elif not quiet:
        setting = "QA_STORE__URL" if "://" in to else "QA_DATA_DIR"
        print_line(f"Copied and compared: {articles} articles, of every version. Name the new place in {setting}.")


@verb(app, "qa doctor --mend", Group.CARE)
def doctor(
    mend: Annotated[
        bool, typer.Option("--mend", help="Restore what is damaged from its sources, and keep the folder to its owner.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at every part of the archive and say what is wrong and how to mend it."""
    settings = read_settings()
    mended = change_archive(settings, "qa doctor", lambda archive: archive.mend(), quiet=as_json) if mend else []
    with open_archive(settings, "qa doctor") as assistant:
        findings = [*mended, *assistant.doctor()]
    if as_json:
        fields = ("subject", "sound", "message", "remedy")
        print_json([{field: getattr(finding, field) for field in fields} for finding in findings])
    else:
        from qa.cli.rendering import console, render_findings

        console().print(render_findings(findings))
    if not all(finding.sound for finding in findings):
        raise typer.Exit(ExitCode.IMPERFECT)


@verb(app, "qa serve --port 8080", Group.SERVE)
def serve(
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address to listen on; else QA_WEB__HOST.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, metavar="NUMBER", help="Port to listen on; 0 takes a free one.")
    ] = None,
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the pages “Add” and “Feeds” on this machine, without a token.")
    ] = False,
) -> None:
    """Serve the chat page and the JSON API."""
    from web.serving import serve as serve_page

    settings = read_settings()
    given = {"host": host, "port": port, "edit": edit or None}
    web = settings.web.model_copy(update={key: value for key, value in given.items() if value is not None})
    serve_page(settings.model_copy(update={"web": web}))


verb(app, "qa demo", Group.BEGIN)(demo)
verb(app, "qa chat", Group.ASK)(chat)
verb(app, "qa mcp", Group.SERVE)(mcp)
verb(app, "qa statements --speaker merz --about talks", Group.ASK)(statements)
verbs(app, speakers, "qa speakers --find mer", Group.ASK, name="speakers")
verbs(app, feeds, "qa feeds add https://gazette.example/rss", Group.FILL, name="feeds")
verb(app, "qa settings web", Group.CARE)(settings)


class _Lines:
    """Progress as lines where there is no terminal: one now and then, once there is some, and the last at the end."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._said_at = time.monotonic()
        self._said: str | None = None
        self._last = ""

    def show(self, far: Progress, rate: str) -> None:
        """Say how far it is, if it is time to."""
        if not self._shown or not far.articles:
            return
        number = "1 article" if far.articles == 1 else f"{far.articles} articles"
        self._last = f"{number} worked on, {far.share:.0%}, {rate}\n"
        if time.monotonic() - self._said_at >= _LINE_S:
            self._say()

    def end(self) -> None:
        """Say how far it came, if the last line says less."""
        if self._said not in (None, self._last):
            self._say()

    def _say(self) -> None:
        sys.stderr.write(self._last)
        self._said, self._said_at = self._last, time.monotonic()


def _progress(*, hidden: bool = False) -> Bar:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from qa.cli.rendering import console

    columns = (
        SpinnerColumn("line"),  # of characters that every terminal has
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    return Progress(*columns, console=console(stderr=True), transient=True, disable=hidden)

"""``qa demo``: the sample articles that come with On Record -> an archive, and what to ask it.

The articles lie beside the code (``qa/corpus``, in the repository a link to ``corpus``); nothing is fetched. An
archive that holds anything else is left alone.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.command import change_archive, compile_encoder, open_archive, print_line, read_settings
from qa.cli.verbs import DATA_DIR
from qa.errors import ArchiveEmpty, ArchiveError

if TYPE_CHECKING:
    from qa.settings import Settings

__all__ = ["SAMPLE", "demo", "to_ask"]

SAMPLE = (Path(__file__).resolve().parents[1] / "corpus").resolve()

_TO_ASK = (
    ("ask", "Who is the Kremlin spokesman?"),
    ("ask", "What did Merz say about the security guarantees?"),
    ("ask", "Compare Merz and Zelensky on the guarantees"),
    ("ask", "Who denies the meeting?"),
    ("verify", "a very important step forward"),
    ("speakers",),
    ("serve",),
)


def demo() -> None:
    """Put the sample articles into an archive and say what to ask it."""
    settings = read_settings()
    _see_that_it_is_free(settings)
    compile_encoder(settings)
    report = change_archive(settings, "qa demo", lambda archive: archive.ingest([str(SAMPLE)]))
    if report.failures:
        raise report.failures[0]
    print_line(f"{sum(report.counts.values())} sample articles are in {settings.data_dir}. Try:\n")
    for command in to_ask(settings):
        print_line(f"  {shlex.join(command)}")
    print_line("\nYour own: `qa ingest FOLDER --data-dir ANOTHER`.")


def to_ask(settings: Settings) -> Iterator[list[str]]:
    """What to try, as commands that find this archive from wherever they are typed."""
    from qa.settings import default_data_dir

    usual = settings.data_dir == default_data_dir()
    for command in _TO_ASK:
        yield ["qa", *command, *([] if usual else [DATA_DIR, str(settings.data_dir)])]


def _see_that_it_is_free(settings: Settings) -> None:
    """See that the archive holds nothing but sample articles."""
    from qa.ingestion import Limits, read_articles
    from qa.types import Article

    now = datetime.now(UTC)
    found = (one for path in _files() for one in read_articles(str(path), Limits(), now=now))
    samples = {one.id for one in found if isinstance(one, Article)}
    try:
        with open_archive(settings, "qa demo") as archive:
            page, total = archive.articles(limit=len(samples) + 1)
    except ArchiveEmpty:
        return
    if any(one.id not in samples for one in page):
        raise ArchiveError(
            f"The archive in {settings.data_dir} has {total:,} articles, and the samples would stand among them.",
            remedy=f"Give them a folder of their own: `qa demo {DATA_DIR} FOLDER`.",
        )


def _files() -> list[Path]:
    return sorted(path for path in SAMPLE.iterdir() if path.name != "README.md")

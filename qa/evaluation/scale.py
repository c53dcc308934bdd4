"""Archives of several sizes -> what a question, a page and keeping them in order cost, in one run.

    python -m qa.evaluation.scale FOLDER… [--store URL…] [--questions 20] [--output docs/results/scale-DATE.md]
    python -m qa.evaluation.scale --catalog FOLDER… [--output docs/results/catalog-DATE.md]

Each folder is an archive (:mod:`qa.evaluation.multiplying` makes them), and so is each store; each is measured by a
fresh process, and all of them are asked in turns, question by question, so that a busy machine slows all alike. Times
are of the clock and, in brackets, of the processor (all threads of the process): on a machine with others on it only
the second and the ratios tell anything. Questions are headlines of the archive's own articles, evenly over it, with a
question mark, so that passages are looked for and read; the first of them opens the index. What a change of the
archive costs is ``speakers anew``. ``--catalog`` measures the catalogs alone, one after the other and without a
model: processor time of one thread, the median of ten headlines and of three looks. What it does not know: whether
answers are right, and what embedding costs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import cast

from qa.assistant import Assistant
from qa.catalog import Catalog
from qa.evaluation.filing import commit, deliver, machine, named
from qa.evaluation.load import quantile
from qa.people import profiles_of
from qa.retrieval.query import terms_of
from qa.settings import Settings, load_settings
from qa.types import EVERYTHING, Question, Scope

__all__ = ["SCOPES", "main", "measured"]

SCOPES = {
    "no filter": EVERYTHING,
    "a year": Scope(date(2020, 1, 1), date(2020, 12, 31)),
    "two weeks": Scope(date(2020, 3, 1), date(2020, 3, 14)),
    "one outlet": Scope(outlets=("Gazette 7",)),
}
Taken = tuple[float, float]  # seconds of the clock and of the processor


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure archives and print, or write, a table."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.scale", description=main.__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="data folders, the smallest archive first")
    parser.add_argument("--store", action="append", default=[], help="the database of the first folder, the second, …")
    parser.add_argument("--questions", type=int, default=20, help="of each kind")
    parser.add_argument("--doctor", action="store_true", help="examine each archive too")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    parser.add_argument("--catalog", action="store_true", help="the catalogs alone")
    parser.add_argument("--speakers", action="store_true", help="and how long gathering everybody takes")
    options = parser.parse_args(arguments)
    command = named(["python", "-m", "qa.evaluation.scale", *(arguments or sys.argv[1:])])
    if options.catalog:
        rows = [_catalog(folder / "catalog.sqlite", options.speakers) for folder in options.folders]
        table = {name: [row[name] for row in rows] for name in rows[0]}
        deliver(f"{render(table, _HEADLINES, kind=_ALONE)}\nCommand: `{command}`.\n", options.output)
        return
    stores = [*options.store, *[None] * len(options.folders)]
    settings = [
        load_settings(data_dir=folder, **({"store": {"url": store}} if store else {}))
        for folder, store in zip(options.folders, stores, strict=False)
    ]
    page = render(measured(settings, options.questions, doctor=options.doctor), options.questions)
    deliver(f"{page}\nCommand: `{command}`.\n", options.output)


def measured(settings: Sequence[Settings], questions: int, *, doctor: bool = False) -> dict[str, list[str]]:
    """What each archive costs: a row of cells, one for each archive, under the name of what is measured."""
    context = get_context("spawn")
    workers = []
    for each in settings:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(each, theirs))
        process.start()
        workers.append((ours, process))
    try:
        pipes = [pipe for pipe, _ in workers]
        rows = {name: [_cell([taken]) for taken in _timed(pipes, name)] for name in ("open", "first question")}
        rows |= {name: _told(pipes, name) for name in ("passages", "vectors", "articles", "statements", "speakers")}
        for scope in SCOPES:
            times: list[list[Taken]] = [[] for _ in pipes]
            for number in range(questions):
                for kept, taken in zip(times, _timed(pipes, f"ask {scope}", number), strict=True):
                    kept.append(taken)
            rows[f"answer, {scope}: p50"] = [_cell(kept, 50) for kept in times]
            rows[f"answer, {scope}: p95"] = [_cell(kept, 95) for kept in times]
        for name in _Archive.LOOKS:
            rows[name] = [_cell(kept) for kept in zip(*(_timed(pipes, name) for _ in range(3)), strict=True)]
        rows["resident, MiB"] = _told(pipes, "resident")
        rows["speakers anew"] = [_cell([taken]) for taken in _timed(pipes, "speakers anew")]
        if doctor:
            rows["doctor"] = [_cell([taken]) for taken in _timed(pipes, "doctor")]
        rows["catalog / index on the disk, MiB"] = _told(pipes, "disk")
        return rows
    finally:
        for pipe, process in workers:
            pipe.send(None)
            process.join(60)


_TOGETHER = (
    "Milliseconds of the clock (of the processor, all threads); the last column is the largest archive's by that of "
    "the one before it, processor times."
)
_ALONE = "Milliseconds of processor time, of one thread; the catalog alone, no vectors and no reading."
_HEADLINES = 10


def render(rows: dict[str, list[str]], questions: int, *, kind: str = _TOGETHER) -> str:
    """Write the rows as a page of Markdown."""
    width = len(next(iter(rows.values())))
    ratio = kind is _TOGETHER
    return "\n".join(
        [
            f"# Archives of several sizes, {datetime.now(UTC):%Y-%m-%d}",
            "",
            f"{machine()}; commit {commit()}; {questions} questions of each kind; the machine is shared. {kind}",
            "",
            f"| | {' | '.join(['archive'] * width)} |{' ratio |' if ratio else ''}",
            f"|---|{'---|' * (width + ratio)}",
            *(
                f"| {name} | {' | '.join(cells)} |{f' {_ratio(cells)} |' if ratio else ''}"
                for name, cells in rows.items()
            ),
            "",
        ]
    )


def _catalog(path: Path, speakers: bool) -> dict[str, str]:
    """What looking into a catalog takes."""
    with Catalog.open(path, write=False) as catalog:
        articles = catalog.count_articles()
        offsets = [(number * 7919 + 13) % articles for number in range(_HEADLINES)]
        asked = [terms_of(Question(catalog.list_articles(limit=1, offset=at)[0].title[:300])) for at in offsets]
        found = {"articles": str(articles), "on the disk, MiB": f"{path.stat().st_size / 2**20:.0f}"}
        for name, scope in SCOPES.items():
            times = [_alone(partial(catalog.search, terms, 100, scope)) for terms in asked]
            found[f"words, {name}: median / most"] = f"{median(times):.1f} / {max(times):.1f}"
        looks: dict[str, Callable[[], object]] = {
            "days": catalog.date_range,
            "is there anything": catalog.is_empty,
            "is an outlet known": lambda: catalog.has_outlet(["gazette 7"]),
            "page of articles": lambda: catalog.list_articles(limit=20),
            "newest statements": lambda: catalog.statements_by(None, limit=50),
            "how many articles": catalog.count_articles,
            "passages of a year, counted": lambda: len(catalog.permitted(SCOPES["a year"]) or ()),
        }
        for name, look in looks.items():
            found[name] = f"{median(_alone(look) for _ in range(3)):.1f}"
        if speakers:
            gathering = _alone(lambda: profiles_of(catalog.namings(), {}))
            found["gathering speakers, once for each change"] = f"{gathering:.0f}"
        return found


def _alone(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return 1e3 * (time.thread_time() - began)


def _ratio(cells: Sequence[str]) -> str:
    told = [cell.partition("(")[2].rstrip(")") for cell in cells[-2:]]
    return f"{float(told[1]) / float(told[0]):.2f}" if len(told) == 2 and all(told) and float(told[0]) else ""


def _cell(times: Sequence[Taken], percent: int = 50) -> str:
    clock, processor = (quantile([1e3 * one[at] for one in times], percent) for at in (0, 1))
    return f"{clock:.1f} ({processor:.1f})"


def _timed(pipes: Sequence[Connection], *wanted: object) -> list[Taken]:
    return [cast(Taken, answer) for answer in _each(pipes, *wanted)]


def _told(pipes: Sequence[Connection], *wanted: object) -> list[str]:
    return [str(answer) for answer in _each(pipes, *wanted)]


def _each(pipes: Sequence[Connection], *wanted: object) -> list[object]:
    """Ask every process in turns."""
    answers = []
    for pipe in pipes:
        pipe.send(wanted)
        answer = pipe.recv()
        if isinstance(answer, BaseException):
            raise answer
        answers.append(answer)
    return answers


class _Archive:
    """One opened archive, and what is measured of it."""

    LOOKS = (
        "date range",
        "count",
        "list of articles",
        "outlets",
        "list of speakers",
        "speakers of a letter",
        "a speaker's page",
        "newest statements",
        "a name that is nobody's",
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._began = time.perf_counter(), time.process_time()
        self._assistant = Assistant.open(settings, label="scale")
        self.catalog = self._assistant._catalog

    def told(self, name: str, number: int = 0) -> object:
        """What is measured, or a figure."""
        a, catalog = self._assistant, self.catalog
        plain: dict[str, Callable[[], object]] = {
            "passages": lambda: str(self._count("passage")),
            "articles": lambda: str(catalog.count_articles()),
            "statements": lambda: str(self._count("statement")),
            "vectors": lambda: str(catalog.count_indexed()),
            "speakers": lambda: str(a.speakers(limit=1)[1]),
            "resident": lambda: f"{_resident_mib():.0f}",
            "disk": self._disk,
        }
        if name in plain:
            return plain[name]()
        if name == "open":
            return time.perf_counter() - self._began[0], time.process_time() - self._began[1]
        if name.startswith("ask "):
            scope = SCOPES[name.removeprefix("ask ")]
            text = self._asked(number)
            return _taken(lambda: a.ask(text, scope))
        if name == "first question":
            text = self._asked(0)
            return _taken(lambda: a.ask(text))
        most = a.speakers(limit=1)[0]
        looks: dict[str, Callable[[], object]] = {
            "date range": a.date_range,
            "count": catalog.count_articles,
            "list of articles": lambda: a.articles(limit=20),
            "outlets": a.outlets,
            "list of speakers": lambda: a.speakers(limit=50),
            "speakers of a letter": lambda: a.speakers("m", limit=50),
            "a speaker's page": lambda: a.speaker(most[0].slug),
            "newest statements": lambda: a.statements(limit=50),
            "a name that is nobody's": lambda: a._speaking.knows("Nobody Hereabouts"),
            "speakers anew": a._speaking._gather,
            "doctor": a.doctor,
        }
        return _taken(looks[name])

    def _asked(self, number: int) -> str:
        """A headline with a question mark: it is read out of passages, and not looked up as a headline."""
        total = self.catalog.count_articles()
        offset = (number * 7919 + 13) % total
        return f"{self.catalog.list_articles(limit=1, offset=offset)[0].title[:300].rstrip('?!. ')}?"

    def _count(self, table: str) -> int:
        with self.catalog._database.reading() as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (our own names)

    def _disk(self) -> str:
        folder = self._settings.data_dir
        if self._settings.store.url is not None:
            with self.catalog._database.reading() as connection:
                rows = connection.execute(
                    "SELECT c.relname = 'vectors', sum(pg_total_relation_size(c.oid)) FROM pg_class c "
                    "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace GROUP BY 1"
                )
                sizes = {bool(vectors): int(size) for vectors, size in rows.fetchall()}
            return f"{sizes.get(False, 0) / 2**20:.0f} / {sizes.get(True, 0) / 2**20:.0f}"
        index = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
        return f"{(folder / 'catalog.sqlite').stat().st_size / 2**20:.0f} / {index / 2**20:.0f}"


def _taken(work: Callable[[], object]) -> Taken:
    began = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began[0], time.process_time() - began[1]


def _serve(settings: Settings, pipe: Connection) -> None:
    archive = _Archive(settings)
    while (wanted := pipe.recv()) is not None:
        try:
            pipe.send(archive.told(*wanted))
        except Exception as error:
            pipe.send(error)


def _resident_mib() -> float:
    with Path("/proc/self/status").open(encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()

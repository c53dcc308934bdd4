"""Articles of which it is known who is whose copy -> how many pairs are grouped rightly, and what grouping costs.

    python -m qa.evaluation.stories [--tune 1] [--report 2] [--archive ARCHIVE.jsonl.gz] [--groups 30]
                                    [--output docs/results/stories-DATE.md]

A made set of 60 wire stories (:mod:`qa.evaluation.wire`) is put into a catalog and grouped as an ingestion does it,
once for the seed on which rules were chosen and once for the one that is reported. A pair of articles counts: it is
grouped when both are in one story, and right when both are copies of one text. With an archive, 60 of its articles are
edited by the same rules and measured in the same way; then the whole archive is grouped, in the order of the file,
timed, and ``--groups`` of its stories are written out for a person to read.

What it does not know: how desks really edit; and in a real archive nobody has marked what should have been grouped.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.assistant.keeping.grouping import group_stories
from qa.catalog import Catalog, Entry
from qa.evaluation.filing import commit, deliver, machine
from qa.evaluation.wire import Made, edited_texts, made_stories
from qa.ingestion import Limits, article_of, cut_passages, read_articles
from qa.protocols import Draft
from qa.types import Article, Story

__all__ = ["Measured", "main", "measure", "render"]

_AT_ONCE = 64
_STORIES = 60
_LONG = 12  # paragraphs of a real article that is edited, at least


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of the pairs of one set: counts by kind of edit or near miss, and the time."""

    name: str
    articles: int
    right: int
    wrong: int
    missed: int
    missed_by: Counter[str]
    wrong_by: Counter[str]
    milliseconds: float

    @property
    def precision(self) -> float:
        """The share of grouped pairs that are copies."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of pairs of copies that are grouped."""
        return self.right / max(1, self.right + self.missed)


def measure(name: str, made: Sequence[Made]) -> Measured:
    """Group a made set in a catalog of its own."""
    now = datetime.now(UTC)
    articles = [article_of(_draft(number, one), "made", Limits(), now=now) for number, one in enumerate(made)]
    with tempfile.TemporaryDirectory() as folder, Catalog.open(Path(folder) / "catalog.sqlite") as catalog:
        seconds = _grouped(catalog, articles)
        stories = catalog.stories([one.id for one in articles])
    counts: Counter[str] = Counter()
    missed, wrong = Counter[str](), Counter[str]()
    for (one, article), (other, beside) in itertools.combinations(zip(made, articles, strict=True), 2):
        grouped = article.id in stories and any(copy.article_id == beside.id for copy in stories[article.id].copies)
        copies = one.story == other.story
        if grouped or copies:
            counts["right" if grouped and copies else "wrong" if grouped else "missed"] += 1
            if grouped != copies:
                (missed if copies else wrong).update({*one.edits, *other.edits} - {"wire"})
    each = 1000 * seconds / len(made)
    return Measured(name, len(made), counts["right"], counts["wrong"], counts["missed"], missed, wrong, each)


def _draft(number: int, made: Made) -> Draft:
    address = f"https://{made.outlet.lower()}.example/{number}"
    return Draft(address, made.text, title=made.title, outlet=made.outlet, published=made.published, language="en")


def _grouped(catalog: Catalog, articles: Sequence[Article]) -> float:
    """Store articles in batches as an ingestion does and group them; how long a CPU took to group."""
    seconds = 0.0
    for at in range(0, len(articles), _AT_ONCE):
        catalog.store([Entry(one, cut_passages(one), ()) for one in articles[at : at + _AT_ONCE]])
        started = time.process_time()
        group_stories(catalog)
        seconds += time.process_time() - started
    return seconds


def _real(archive: Path) -> list[Article]:
    return [one for one in read_articles(str(archive), Limits(), now=datetime.now(UTC)) if isinstance(one, Article)]


def _edited(articles: Iterable[Article], seed: int) -> list[Made]:
    long = [one for one in articles if len(one.paragraphs) >= _LONG]
    chosen = random.Random(f"real {seed}").sample(long, min(_STORIES, len(long)))  # noqa: S311
    return edited_texts(seed, [(one.title, [p.span.of(one.text) for p in one.paragraphs]) for one in chosen])


def render(measured: Sequence[Measured], command: str, archive: Sequence[str] = ()) -> str:
    """Write what was counted as a page of Markdown."""
    rows = [
        f"| {one.name} | {one.articles} | {one.right + one.missed} | {one.right} | {one.wrong} | {one.missed} "
        f"| {one.precision:.3f} | {one.recall:.3f} | {one.milliseconds:.1f} |"
        for one in measured
    ]
    return "\n".join(
        [
            f"# One story once: copies found among near misses, {datetime.now(UTC):%Y-%m-%d}",
            "",
            "```",
            command,
            "```",
            "",
            f"{machine()}; commit {commit()}.",
            "",
            "| set | articles | pairs of copies | grouped, right | grouped, wrong | missed | precision | recall "
            "| CPU ms an article |",
            "|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            *(_told(one) for one in measured),
            *archive,
            "",
        ]
    )


def _told(one: Measured) -> str:
    missed = ", ".join(f"{edit} {count}" for edit, count in one.missed_by.most_common()) or "none"
    wrong = ", ".join(f"{edit} {count}" for edit, count in one.wrong_by.most_common()) or "none"
    return f"- {one.name}: missed by edit of either article: {missed}; wrong: {wrong}."


def _whole(articles: Sequence[Article], groups: int) -> Iterator[str]:
    """Group a real archive and write out some of its stories."""
    with tempfile.TemporaryDirectory() as folder, Catalog.open(Path(folder) / "catalog.sqlite") as catalog:
        seconds = _grouped(catalog, articles)
        found = catalog.stories([one.id for one in articles])
        size = (Path(folder) / "catalog.sqlite").stat().st_size
    stories: dict[str, Story] = {story.first.article_id: story for story in found.values()}
    sizes = Counter(len(story.copies) for story in stories.values())
    yield ""
    yield (
        f"The archive: {len(articles)} articles, {1000 * seconds / len(articles):.1f} CPU ms an article for grouping, "
        f"{size / 2**20:.0f} MiB in all. {len(stories)} stories of several articles: "
        + ", ".join(f"{count} of {size}" for size, count in sorted(sizes.items()))
        + "."
    )
    chosen = random.Random("groups").sample(sorted(stories), min(groups, len(stories)))  # noqa: S311
    for number, id_ in enumerate(chosen, start=1):
        yield ""
        yield f"{number}."
        for copy in stories[id_].copies:
            outlets = ", ".join(copy.outlets)
            yield f"   - {copy.published} {outlets}: {copy.title} ({copy.words} words, {copy.article_id})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.stories", description=main.__doc__)
    parser.add_argument("--tune", type=int, default=1, help="the seed on which rules are chosen")
    parser.add_argument("--report", type=int, default=2, help="the seed that is reported")
    parser.add_argument("--archive", type=Path, help="articles of others, .jsonl or .jsonl.gz")
    parser.add_argument("--groups", type=int, default=0, help="how many of its stories are written out")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    halves = (("tune", options.tune), ("report", options.report))
    measured = [measure(f"made, {half}", made_stories(seed, stories=_STORIES)) for half, seed in halves]
    archive: list[str] = []
    if options.archive:
        articles = _real(options.archive)
        measured += [measure(f"real texts, edited, {half}", _edited(articles, seed)) for half, seed in halves]
        archive = list(_whole(articles, options.groups))
    archived = f" --archive {options.archive and options.archive.name} --groups {options.groups}"
    command = f"python -m qa.evaluation.stories{archived if options.archive else ''}"
    page = render(measured, command, archive)
    deliver(page, options.output)


if __name__ == "__main__":
    main()

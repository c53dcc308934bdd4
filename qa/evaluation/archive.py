"""A news archive -> how long attribution takes, what it finds, and a sample for reading it off by hand.

    python -m qa.evaluation.archive ARCHIVE.jsonl.gz [--weights DIR] [--limit N] [--sample OUT.jsonl]
                                    [--output docs/results/archive-DATE.md]

Articles are read as ingestion reads them, each text once, and only the attributor is timed, article by article.
Speakers are gathered over all articles as the archive gathers them (:mod:`qa.people.identities`). The sample is ten
statements (speech) of each of the ten people who say most, drawn by chance with a fixed seed; it holds the texts, so it
stays where the archive is. What reading it gave is ``archive_sample.jsonl``, without the text: article, offsets,
speaker and two verdicts, of which ``words_right`` is ``exact``, ``border`` (a few words too many or too few, the sense
kept) or ``wrong``. The page counts them, and says how many statements the attributor still finds with these words.

What it does not know: how many statements are missed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from qa.assistant.keeping.attributing import ATTRIBUTION, articles_of
from qa.attribution import TokenAttributor
from qa.catalog.browsing import ORGANISATION_SHARE
from qa.errors import SourceError
from qa.evaluation.filing import commit, deliver, machine
from qa.people.identities import Profile, profiles_of
from qa.people.spelling import folded_name
from qa.protocols import Attributor
from qa.settings import IngestionSettings
from qa.text import word_spans
from qa.types import Article, Naming, Resolution, Span, Statement, StatementKind

__all__ = ["VERDICTS", "Found", "attribute_all", "commit", "machine", "main", "people_of", "render", "sample"]

VERDICTS = Path(__file__).with_name("archive_sample.jsonl")
PEOPLE = EACH = 10
SEED = 2023
UNIT = 800  # words of a usual article, to which times are scaled


@dataclass(slots=True)
class Found:
    """Everything that was found in the articles, and the seconds that each took."""

    articles: dict[str, Article] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    words: int = 0

    @property
    def speech(self) -> list[Statement]:
        """What was said or written, without beliefs and plans."""
        return [one for one in self.statements if one.kind is StatementKind.SPEECH]


def attribute_all(articles: Iterable[Article], attributor: Attributor) -> Found:
    """Attribute every text once."""
    found = Found()
    for article in articles:
        if article.id in found.articles:
            continue
        started = time.perf_counter()
        statements = attributor.attribute(article)
        found.seconds.append(time.perf_counter() - started)
        found.articles[article.id] = article
        found.statements += statements
        found.words += len(word_spans(article.text))
    return found


def people_of(found: Found) -> list[Profile]:
    """The people of all articles, who says most first; organisations are left out."""
    days: dict[tuple[str, str | None], list[date]] = defaultdict(list)
    counts: Counter[tuple[str, str | None]] = Counter()
    under: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    for one in found.statements:
        if one.speaker and one.speaker.name:
            naming = one.speaker.name, one.speaker.role
            counts[naming] += one.kind is StatementKind.SPEECH
            if published := found.articles[one.article_id].published:
                days[naming].append(published)
            under[folded_name(one.speaker.name)] += 1
            organisations[folded_name(one.speaker.name)] += one.speaker.resolution is Resolution.ORGANISATION
    namings = [
        Naming(
            folded_name(name),
            name,
            role,
            count,
            min(days[name, role], default=None),
            max(days[name, role], default=None),
            organisations[folded_name(name)] >= ORGANISATION_SHARE * under[folded_name(name)],
        )
        for (name, role), count in counts.items()
    ]
    return [profile for profile in profiles_of(namings, {}) if not profile.organisation]


def sample(found: Found, people: Sequence[Profile]) -> Iterator[dict[str, Any]]:
    """Draw statements of each of the people, with their words, for somebody to judge."""
    chance = random.Random(SEED)  # noqa: S311 (a repeatable draw)
    for person in people:
        said = [one for one in found.speech if one.speaker and one.speaker.name in person.spellings]
        for one in chance.sample(said, min(EACH, len(said))):
            text = found.articles[one.article_id].text
            parts = {"source": one.source, "cue": one.cue, "content": one.content}
            yield {
                "article": one.article_id,
                **{name: _offsets(spans) for name, spans in parts.items()},
                "speaker": person.name,
                "mention": one.speaker.mention if one.speaker else None,
                "words": {name: [span.of(text) for span in spans] for name, spans in parts.items()},
            }


def render(found: Found, attributor: Attributor, people: Sequence[Profile], verdicts: Sequence[dict[str, Any]]) -> str:
    """Write what was counted as a page of Markdown."""
    times = sorted(1_000 * one for one in found.seconds) or [0.0]
    total = sum(found.seconds)
    return "\n".join(
        [
            f"# Attribution of a news archive, {datetime.now(UTC):%Y-%m-%d}",
            "",
            f"{machine()}; commit {commit()}; attributor `{attributor.digest}`.",
            "",
            "| articles | words | seconds | ms an article p50 | p95 | ms per 800 words |",
            "|---|---|---|---|---|---|",
            f"| {len(found.articles)} | {found.words} | {total:.0f} | {times[len(times) // 2]:.0f} "
            f"| {times[len(times) * 95 // 100]:.0f} | {1_000 * total * UNIT / max(found.words, 1):.0f} |",
            "",
            *_table("statements", (str(one.kind) for one in found.statements)),
            *_table("of speech, form", (str(one.form) for one in found.speech)),
            *_table("of speech, speaker", (_resolution(one) for one in found.speech)),
            "",
            f"People with a name and a statement: {sum(person.statements > 0 for person in people)}. Who says most: "
            + ", ".join(f"{person.name} ({person.statements})" for person in people[: 2 * PEOPLE])
            + ".",
            "",
            *_judged(found, verdicts),
        ]
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Attribute an archive's articles and print what was found, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.archive", description=main.__doc__)
    parser.add_argument("archive", type=Path, help="articles, .jsonl or .jsonl.gz")
    parser.add_argument("--weights", type=Path, default=ATTRIBUTION, help="the model's folder")
    parser.add_argument("--limit", type=int, help="the first so many articles only")
    parser.add_argument("--sample", type=Path, help="write statements to be judged here")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    read = articles_of([str(options.archive)], IngestionSettings())
    attributor = TokenAttributor(options.weights, threads=2)
    articles = (one for one in read if not isinstance(one, SourceError))
    found = attribute_all(islice(articles, options.limit), attributor)
    people = people_of(found)
    if options.sample:
        rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in sample(found, people[:PEOPLE]))
        options.sample.write_text("".join(rows), encoding="utf-8")
    page = render(found, attributor, people, _read(VERDICTS))
    page += f"\nCommand: `python -m qa.evaluation.archive {options.archive.name}`.\n"
    deliver(page, options.output)


def _judged(found: Found, verdicts: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The verdicts of the sample, speaker by speaker, and how much of it stands as it was judged."""
    if not verdicts:
        return
    yield from (
        "## Read by hand",
        "",
        "| speaker | judged | right speaker | words exact | border | wrong | both right |",
    )
    yield "|---|---|---|---|---|---|---|"
    for name in [*dict.fromkeys(row["speaker"] for row in verdicts), None]:
        rows = [row for row in verdicts if name in (None, row["speaker"])]
        words = Counter(row["words_right"] for row in rows)
        cells = [len(rows), sum(row["speaker_right"] for row in rows), words["exact"], words["border"], words["wrong"]]
        both = sum(row["speaker_right"] and row["words_right"] != "wrong" for row in rows)
        yield f"| {name or '**all**'} | {' | '.join(map(str, cells))} | {both} |"
    known = {(one.article_id, one.content) for one in found.speech}
    again = sum((row["article"], tuple(Span(*span) for span in row["content"])) in known for row in verdicts)
    yield from ("", f"Found here with the same words: {again} of {len(verdicts)}.", "")


def _table(title: str, values: Iterable[str]) -> list[str]:
    counts = Counter(values)
    cells = [f"{value}: {count} ({100 * count / counts.total():.1f} %)" for value, count in counts.most_common()]
    return [f"- {title}: {counts.total()}; " + ", ".join(cells)]


def _resolution(one: Statement) -> str:
    return str(one.speaker.resolution) if one.speaker else "no source"


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


if __name__ == "__main__":
    main()

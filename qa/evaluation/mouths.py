"""Statements of a news archive, read by hand -> how often words are in the wrong mouth, by kind of fault.

    python -m qa.evaluation.mouths ARCHIVE.jsonl.gz [--from LINE] [--to LINE] [--output docs/results/mouths-DATE.md]

``mouths_sample.jsonl`` has 120 statements with a named speaker of each of two hundreds of articles, half of them quoted
or partly so: article, offsets of source, cue and content, ``half`` ("tune": read before the code was changed; "report":
drawn and read afterwards, from what either state of the code had given to somebody), and the verdict on what was found
``before`` and ``after``: *right*, *wrong* (another's words), *invented* (nobody's), *cut* or *long* (the words), *name*
(the right one, misnamed), *open* (nobody was named); ``names`` are the digests of the names that were judged. There is
no text in it.

The command attributes the sample's articles among those lines anew and counts: the statements of the sample that have
the name that was judged have its verdict, those with no name or with other words are *open*, any other is *unread*.

What it does not know: what is found now and was found in neither state.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from qa.assistant.keeping.attributing import ATTRIBUTION, articles_of
from qa.attribution import TokenAttributor
from qa.errors import SourceError
from qa.evaluation.filing import commit, deliver
from qa.protocols import Attributor
from qa.settings import IngestionSettings
from qa.types import Article, Span, Statement, StatementKind

__all__ = ["FAULTS", "SAMPLE", "digest_of", "judge", "main", "read", "render"]

SAMPLE = Path(__file__).with_name("mouths_sample.jsonl")
FAULTS = ("right", "wrong", "invented", "cut", "long", "name", "open")
_KEYS = ("source", "cue", "content")


def digest_of(name: str | None) -> str | None:
    """A name as the sample keeps it: so much of its digest that two of one article differ."""
    return hashlib.sha256(name.encode()).hexdigest()[:12] if name else None


def read(path: Path = SAMPLE) -> list[dict[str, Any]]:
    """Read the sample."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judge(rows: Iterable[Mapping[str, Any]], found: Mapping[tuple[Any, ...], Statement]) -> Counter[tuple[str, str]]:
    """Count the rows as (half, verdict) of what is found now.

    A statement that is not found or has no name is *open*, one that has the name that was judged has that verdict, and
    any other is *unread*.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        now = digest_of(_name(found.get(_key(row["article"], *(row[part] for part in _KEYS)))))
        verdicts = {row["names"][state]: row[state] for state in ("before", "after")}
        counts[row["half"], "open" if now is None else verdicts.get(now, "unread")] += 1
    return counts


def render(rows: Sequence[Mapping[str, Any]], now: Counter[tuple[str, str]]) -> str:
    """Write the counts as a page of Markdown."""
    lines = [
        f"# Words in the wrong mouth, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"Commit {commit()}; {len(rows)} statements read by hand.",
        "",
        "| half | when | " + " | ".join(FAULTS) + " | unread |",
        "|---|---|" + "---|" * (len(FAULTS) + 1),
    ]
    for half in dict.fromkeys(row["half"] for row in rows):
        for state in ("before", "after"):
            counts = Counter(row[state] for row in rows if row["half"] == half)
            lines.append(f"| {half} | {state} | " + " | ".join(str(counts[fault]) for fault in FAULTS) + " | 0 |")
        cells = [str(now[half, fault]) for fault in (*FAULTS, "unread")]
        lines.append(f"| {half} | now | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Attribute the sample's articles and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.mouths", description=main.__doc__)
    parser.add_argument("archive", type=Path, help="articles, .jsonl.gz")
    parser.add_argument("--from", dest="first", type=int, default=1, help="the first line that is read")
    parser.add_argument("--to", dest="last", type=int, help="the last line that is read")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    rows = read()
    wanted = {row["article"] for row in rows}
    attributor = TokenAttributor(ATTRIBUTION, threads=2)
    articles = [one for one in _articles(options.archive, options.first, options.last) if one.id in wanted]
    read_again = {one.id for one in articles}
    rows = [row for row in rows if row["article"] in read_again]
    page = render(rows, judge(rows, _found(articles, attributor)))
    deliver(page, options.output)


def _articles(archive: Path, first: int, last: int | None) -> Iterator[Article]:
    with tempfile.TemporaryDirectory() as folder, gzip.open(archive, "rt", encoding="utf-8") as lines:
        part = Path(folder) / "part.jsonl"
        part.write_text("".join(islice(lines, first - 1, last)), encoding="utf-8")
        yield from (one for one in articles_of([str(part)], IngestionSettings()) if not isinstance(one, SourceError))


def _found(articles: Iterable[Article], attributor: Attributor) -> dict[tuple[Any, ...], Statement]:
    """Statements of speech by article and offsets."""
    return {
        _key(one.article_id, *(_offsets(getattr(one, part)) for part in _KEYS)): one
        for article in articles
        for one in attributor.attribute(article)
        if one.kind is StatementKind.SPEECH
    }


def _key(article: str, *parts: Sequence[Sequence[int]]) -> tuple[Any, ...]:
    return article, *(tuple(tuple(span) for span in part) for part in parts)


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _name(one: Statement | None) -> str | None:
    return one.speaker.name if one and one.speaker else None


if __name__ == "__main__":
    main()

"""Whole articles, each of whose statements of speech was read by hand -> how many are right, by kind of fault.

    python -m qa.evaluation.whole DATA [--output docs/results/whole-DATE.md]

``whole_sample.jsonl`` has every statement of speech that was found in twelve articles of several outlets: where the
article lies (``file`` and ``row`` under DATA), its id, the offsets of source, cue and content, ``half`` ("tune": read
before the code was changed; "report": read once, afterwards), the digest of the speaker's name (null where nobody was
named), and the ``verdict``: *right* (nobody named where the article names nobody, too), *wrong* (another's words),
*invented* (nobody's words), *open* (not named though the article names them), *long* or *cut* (the words). There is no
text in it.

The command attributes the articles anew and counts: what is found with the same name has the verdict that was given,
with another name it is *unread*, as is what nobody has read; what is found no more is *gone*.

What it does not know: statements that were not found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.assistant.keeping.attributing import ATTRIBUTION, articles_of
from qa.attribution import TokenAttributor
from qa.errors import SourceError
from qa.evaluation.filing import deliver
from qa.evaluation.mouths import digest_of
from qa.evaluation.verdicts import Key, Verdicts, page, tally
from qa.settings import IngestionSettings
from qa.types import Article, Span, Statement, StatementKind

__all__ = ["SAMPLE", "VERDICTS", "articles_in", "judge", "key_of", "main", "render"]

SAMPLE = Path(__file__).with_name("whole_sample.jsonl")
VERDICTS = ("right", "wrong", "invented", "open", "cut", "long", "unread", "gone")


def key_of(one: Statement) -> Key:
    """Which statement it is: its article and the offsets of its parts."""
    return one.article_id, *(tuple(map(_offsets, part)) for part in (one.source, one.cue, one.content))


def judge(rows: Iterable[Mapping[str, Any]], found: Iterable[Statement]) -> Verdicts:
    """Count what is found now, and what is found no more, as (half, verdict)."""
    read = {_row_key(row): row for row in rows}
    return tally(
        read, found, key_of, lambda row, one: row["name"] == digest_of(one.speaker.name if one.speaker else None)
    )


def articles_in(data: Path, rows: Iterable[Mapping[str, Any]]) -> list[Article]:
    """Read the sample's articles out of the data folder.

    Raises:
        SourceError: an article cannot be read.
    """
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row["file"], set()).add(row["row"])
    written = (line for name, numbers in wanted.items() for line in _lines(data / name, numbers))
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "whole.jsonl"
        part.write_text("".join(written), encoding="utf-8")
        return [_whole(one) for one in articles_of([str(part)], IngestionSettings())]


def render(counts: Verdicts) -> str:
    """Write the counts as a page of Markdown."""
    return page("Whole articles, read by hand", "statements of speech of six articles a half", VERDICTS, counts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Attribute the sample's articles and print the page, or write it with ``--output``."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.whole", description=main.__doc__)
    parser.add_argument("data", type=Path, help="the folder with archive/ and qa/")
    parser.add_argument("--output", type=Path, help="write the page here instead of printing it")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    attributor = TokenAttributor(ATTRIBUTION, threads=2)
    statements = (one for article in articles_in(options.data, rows) for one in attributor.attribute(article))
    found = [one for one in statements if one.kind is StatementKind.SPEECH]
    deliver(render(judge(rows, found)), options.output)


def _lines(path: Path, numbers: set[str]) -> Iterable[str]:
    """Articles as JSON lines: of an archive by the line's number, from 0, else by the row's id, each once."""
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            name = str(number) if "content" in row else row["id"]
            if name in numbers - seen:
                seen.add(name)
                title, text = row.get("headline", row.get("title")), row.get("content", row.get("context"))
                yield json.dumps({"id": name, "headline": title or "", "content": text}) + "\n"


def _whole(one: Article | SourceError) -> Article:
    if isinstance(one, SourceError):
        raise one
    return one


def _row_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["article"], *(tuple(map(tuple, row[part])) for part in ("source", "cue", "content"))


def _offsets(span: Span) -> tuple[int, int]:
    return span.start, span.end


if __name__ == "__main__":
    main()

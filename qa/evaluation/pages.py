"""Pages whose article is known -> how often date, byline, title and outlet are right, and how clean the text is.

    python -m qa.evaluation.pages [FOLDER] [--out FILE] [--each]

``FOLDER`` (``tests/pages``) holds pages of our own making, built as real sites build theirs: their structure, none of
their words. ``gold.json`` says of each its address, title, published (null where the page states no day), byline (a
list of names, empty where it names nobody), outlet, its paragraphs, what ``may`` stand in the text besides (headings,
a standfirst), its ``set``, and the charset of its header where there is one.

A page is *clean* where each of its paragraphs in the archive is one of gold's, or one that may stand there. A sentence
is *lost* where the text does not have it. *Grep for*: page gate, clutter, boilerplate, extraction quality.

What it does not know: how often which fault is met outside. Each page stands for a kind, not for a share of the news.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import SourceError
from qa.ingestion import Limits
from qa.ingestion.articles import article_of
from qa.ingestion.fetching import drafts_of
from qa.ingestion.requesting import Reply
from qa.protocols import Draft
from qa.text import fold, normalise, paragraph_spans, sentence_spans
from qa.types import Article

__all__ = ["PAGES", "Judged", "figures", "judge", "main", "read_gold", "read_page", "report"]

PAGES = Path("tests/pages")
_NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
_ARTICLE_S = 60.0
_ASPECTS = ("date", "byline", "title", "outlet", "clean", "complete")


@dataclass(frozen=True, slots=True)
class Judged:
    """What was right of one page, and what was not: ``wrong`` says by aspect what came out instead."""

    name: str
    set: str
    wrong: dict[str, str]
    lost: tuple[str, ...]
    clutter: tuple[str, ...]

    def right(self, aspect: str) -> bool:
        """Whether an aspect ("date", "byline", "title", "outlet", "clean", "complete") is right."""
        return aspect not in self.wrong


def read_gold(folder: Path = PAGES) -> dict[str, dict[str, Any]]:
    """What is known of each page, by its file's name without the suffix."""
    found: dict[str, dict[str, Any]] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return found


def read_page(page: Path, gold: dict[str, Any]) -> Article | SourceError:
    """Read a page as if its address had given it."""
    address = gold["address"]
    reply = Reply(address, 200, address, page.read_bytes(), kind="text/html", charset=gold.get("charset"))
    (found,) = drafts_of(reply, _ARTICLE_S)
    if not isinstance(found, Draft):
        return found
    try:
        return article_of(found, address, Limits(), now=_NOW)
    except SourceError as error:
        return error


def judge(name: str, gold: dict[str, Any], found: Article | SourceError) -> Judged:
    """Compare what was read with gold; a page that gives no article is wrong in everything."""
    wanted = [_line(each) for each in gold["paragraphs"]]
    sentences = [span.of(each) for each in wanted for span in sentence_spans(each)]
    group = str(gold.get("set", ""))
    if isinstance(found, SourceError):
        return Judged(name, group, dict.fromkeys(_ASPECTS, str(found)), tuple(sentences), ())
    text = _line(found.text)
    lost = tuple(each for each in sentences if each not in text)
    allowed = {*wanted, *(_line(each) for each in gold.get("may", ()))}
    got = [_line(span.of(found.text)) for span in paragraph_spans(found.text)]
    clutter = tuple(each for each in got if each not in allowed)
    names = [name.strip() for name in (found.byline or "").split(";") if name.strip()]
    pairs = {
        "date": (found.published and str(found.published), gold["published"]),
        "byline": ([fold(each) for each in names], [fold(each) for each in gold["byline"]]),
        "title": (_line(found.title), _line(gold["title"])),
        "outlet": (found.outlet, gold["outlet"]),
    }
    wrong = {aspect: f"{got!r}, not {right!r}" for aspect, (got, right) in pairs.items() if got != right}
    wrong |= {"clean": " ¶ ".join(clutter)} if clutter else {}
    return Judged(name, group, wrong | ({"complete": " ¶ ".join(lost)} if lost else {}), lost, clutter)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", normalise(text)).strip()


def figures(judged: Sequence[Judged]) -> dict[str, int]:
    """Of how many pages each aspect is right, and how many sentences are lost."""
    counts = {aspect: sum(page.right(aspect) for page in judged) for aspect in _ASPECTS}
    return {"pages": len(judged), **counts, "sentences lost": sum(len(page.lost) for page in judged)}


def report(judged: Sequence[Judged], *, each: bool = False) -> str:
    """A table with a line for each set, and with ``each`` what is wrong with each page."""
    names = [*dict.fromkeys(page.set for page in judged)]
    groups = [(name, [page for page in judged if page.set == name]) for name in names] + [("all", list(judged))]
    rows = [(name, figures(group)) for name, group in groups]
    head = ("pages", "date right or rightly none", "byline", "title", "outlet", "no clutter", "nothing lost")
    lines = [f"| set | {' | '.join(head)} | sentences lost |", "|---" * (len(head) + 2) + "|"]
    for name, found in rows:
        total = found["pages"]
        shares = (f"{found[aspect]} ({found[aspect] / total:.0%})" for aspect in _ASPECTS)
        lines.append(f"| {name} | {total} | {' | '.join(shares)} | {found['sentences lost']} |")
    if each:
        lines += ["", *_wrong_lines(judged)]
    return "\n".join(lines) + "\n"


def _wrong_lines(judged: Iterable[Judged]) -> list[str]:
    return [f"- {page.name}, {aspect}: {text}" for page in judged for aspect, text in page.wrong.items()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and file with ``--out``; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.pages", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=PAGES)
    parser.add_argument("--out", type=Path, help="write the table to this file, too")
    parser.add_argument("--each", action="store_true", help="say what is wrong with each page")
    options = parser.parse_args(arguments)
    gold = read_gold(options.folder)
    judged = [judge(name, row, read_page(options.folder / f"{name}.html", row)) for name, row in gold.items()]
    table = report(judged, each=options.each)
    sys.stdout.write(table)
    if options.out:
        options.out.write_text(table, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Pairs of statements that cannot both hold: those of an archive, to be judged by reading; those judged, counted again.

    QA_DATA_DIR=ARCHIVE python -m qa.evaluation.contrary > pairs.jsonl
    QA_DATA_DIR=ARCHIVE python -m qa.evaluation.contrary --asked 200 > pairs.jsonl
    python -m qa.evaluation.contrary DATA [--output docs/results/contrary-DATE.md]

The first prints every pair of an archive, one JSON line a pair: the article's id and title of each of the two, who says
it, by which cue, in which words, and how they are opposed. All statements of the archive are compared, as a question
without a speaker would have it without a limit. The second prints those alone that the answers to "Who disagrees with
…?" show, of the speakers who say most, each pair once, and says of how many questions.

The third takes the articles of ``contrary_sample.jsonl`` out of the data folder, attributes them anew and counts the
pairs that are found in them by the verdict of whoever read them: *right* (the two cannot both hold, or one says of the
other that it is false) or *wrong*. A row has where the article lies (``file`` and ``row`` under DATA), its id, the
offsets of what is claimed and of what says otherwise, ``half`` ("tune": the rules were changed by it; "report": read
once, afterwards) and ``why`` it has its verdict. There is no text of it. A pair that nobody has read is *unread*, one
that is found no more *gone*.

What it does not know: pairs that were not found, and pairs in articles that had none when they were read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.answering import Opposed, find_of, opposed
from qa.assistant import Assistant
from qa.assistant.keeping.attributing import ATTRIBUTION
from qa.attribution import TokenAttributor
from qa.catalog import Catalog
from qa.citing import Find
from qa.evaluation.filing import deliver
from qa.evaluation.verdicts import Key, Verdicts, page, tally
from qa.evaluation.whole import articles_in
from qa.people import profiles_of
from qa.settings import load_settings
from qa.types import Answer, Citation

__all__ = ["SAMPLE", "VERDICTS", "judge", "key_of", "main", "pairs_of", "render"]

SAMPLE = Path(__file__).with_name("contrary_sample.jsonl")
VERDICTS = ("right", "wrong", "unread", "gone")

_AT_ONCE = 500  # articles


def pairs_of(catalog: Catalog) -> Iterator[dict[str, object]]:
    """The pairs of an archive as they are read by whoever judges them."""
    voices = {name: one.slug for one in profiles_of(catalog.namings(), catalog.pins()) for name in one.spellings}
    finds: list[Find] = []
    key = 0
    while some := catalog.articles_after(key, _AT_ONCE):
        key = some[-1][0]
        for article in catalog.articles([id_ for _, id_ in some]).values():
            finds += [find_of(article, one) for one in catalog.statements(article.id) if one.content]
    for one in opposed(finds, voices):
        yield {"how": one.how, "claim": _told(one.claim), "otherwise": _told(one.otherwise)}


def _told(find: Find | Citation) -> dict[str, str | None]:
    text, statement = find.article.text, find.statement
    assert statement is not None
    speaker = statement.speaker
    return {
        "article": find.article.id,
        "title": find.article.title,
        "speaker": (speaker.name or speaker.mention) if speaker else None,
        "cue": " … ".join(span.of(text) for span in statement.cue),
        "content": " … ".join(span.of(text) for span in statement.content),
    }


def key_of(pair: Opposed) -> Key:
    """Which pair it is: its article and the offsets of what both say."""
    return pair.claim.article.id, _offsets(pair.claim), _offsets(pair.otherwise)


def judge(rows: Iterable[Mapping[str, Any]], found: Iterable[Opposed]) -> Verdicts:
    """Count the pairs that are found now, and those that are found no more, as (half, verdict)."""
    return tally({_row_key(row): row for row in rows}, found, key_of)


def render(counts: Verdicts) -> str:
    """Write the counts as a page of Markdown."""
    return page("Who says otherwise: pairs judged by reading", "pairs", VERDICTS, counts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the pairs of the archive, or with a data folder count the judged ones again."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.contrary", description=main.__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="the folder with archive/")
    parser.add_argument("--output", type=Path, help="write the page of counts here instead of printing it")
    parser.add_argument("--asked", type=int, metavar="NUMBER", help="ask who disagrees with so many who say most")
    options = parser.parse_args(arguments)
    if options.data:
        deliver(render(_judged(options.data)), options.output)
        return
    if options.asked:
        _print_shown(options.asked)
        return
    with Catalog.open(load_settings().data_dir / "catalog.sqlite", write=False) as catalog:
        for pair in pairs_of(catalog):
            sys.stdout.write(json.dumps(pair, ensure_ascii=False) + "\n")


def _print_shown(number: int) -> None:
    """Print the pairs that the product shows where it is asked who disagrees with somebody."""
    shown: dict[Key, dict[str, object]] = {}
    with Assistant.open(load_settings()) as assistant:
        names = [one.name for one in assistant.speakers(limit=number)[0]]
        outcomes = [assistant.ask(f"Who disagrees with {name}?") for name in names]
    for answer in (one for one in outcomes if isinstance(one, Answer)):
        for pair in answer.pairs:
            claim, otherwise = answer.citations[pair.claim - 1], answer.citations[pair.otherwise - 1]
            key = (claim.article.id, claim.span, otherwise.article.id, otherwise.span)
            shown[key] = {"how": pair.how, "claim": _told(claim), "otherwise": _told(otherwise)}
    for told in shown.values():
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{len(shown)} pairs of {len(names)} questions\n")


def _judged(data: Path) -> Verdicts:
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    attributor = TokenAttributor(ATTRIBUTION, threads=2)
    found: list[Opposed] = []
    for article in articles_in(data, rows):
        found += opposed([find_of(article, one) for one in attributor.attribute(article) if one.content], {})
    return judge(rows, found)


def _offsets(find: Find) -> tuple[tuple[int, int], ...]:
    content = find.statement.content if find.statement else ()
    return tuple((span.start, span.end) for span in content)


def _row_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["article"], *(tuple(map(tuple, row[part])) for part in ("claim", "otherwise"))


if __name__ == "__main__":
    main()

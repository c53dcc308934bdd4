"""Training questions -> passages of other contexts that a word search finds and that do not hold the answer.

A reader that is asked about eight passages must know which seven to refuse. The passages come from the contexts of the
training rows and, where one is named, from an archive; they are cut at about the length of the product's passages and
searched with SQLite's BM25, the measure of the product's own lexical search.

What this does not know: paraphrase. A passage that answers in other words is wrongly called a negative; passages that
hold any of the row's answers, folded, are left out.

    python -m qa.training.negatives RECIPE --data DIR [--archive FILE] --output negatives.jsonl
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qa.text import fold, sentence_spans
from qa.training.recipe import load_recipe
from qa.training.rows import Row, read_rows

__all__ = ["find_negatives", "load_negatives", "passages_of"]

PASSAGE_CHARS = 700
KEPT = 6  # negatives of one question
LOOKED_AT = 24
COMMON = 0.04  # words in more than this share of passages are not searched for
FEW = 5  # words in so few passages are never common
_WORD = re.compile(r"\w+")


def passages_of(text: str) -> Iterator[str]:
    """Cut a text at sentences into passages of about 700 code points."""
    start = end = None
    for sentence in sentence_spans(text):
        if start is not None and end is not None and sentence.end - start > PASSAGE_CHARS:
            yield text[start:end]
            start = None
        start, end = sentence.start if start is None else start, sentence.end
    if start is not None and end is not None:
        yield text[start:end]


def find_negatives(rows: Sequence[Row], texts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield (row id, passages) for every answerable row, best match first, at most six passages each."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, home UNINDEXED)")
    frequency: Counter[str] = Counter()
    total = 0
    for text in dict.fromkeys(texts):
        for passage in passages_of(text):
            words = fold(passage)
            database.execute("INSERT INTO passages VALUES (?, ?)", (passage, text))
            frequency.update(set(_WORD.findall(words)))
            total += 1
    for row in rows:
        terms = {word for word in _WORD.findall(fold(row.question)) if 0 < frequency[word] <= max(COMMON * total, FEW)}
        if row.answers and terms:
            query = " OR ".join(f'"{term}"' for term in sorted(terms))
            yield row.id, _refusable(database, query, row)


def _refusable(database: sqlite3.Connection, query: str, row: Row) -> list[str]:
    """The best passages of other contexts without any of the row's answers."""
    answers = [fold(row.context[start:end]) for start, end in row.answers]
    found = database.execute(
        "SELECT text FROM passages WHERE passages MATCH ? AND home != ? ORDER BY rank LIMIT ?",
        (query, row.context, LOOKED_AT),
    )
    kept = [text for (text,) in found if not any(answer in folded for folded in [fold(text)] for answer in answers)]
    return kept[:KEPT]


def load_negatives(path: Path) -> dict[str, list[str]]:
    """Read what :func:`main` wrote: row id -> passages."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record["passages"] for record in map(json.loads, lines)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Find negatives for the rows of a recipe."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.negatives", description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, as FILE.jsonl.gz")
    parser.add_argument("--archive", type=Path, help="articles as JSON Lines (gz), whose passages are negatives too")
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    rows = [row for name in load_recipe(chosen.recipe).sets for row in read_rows(chosen.data / f"{name}.jsonl.gz")]
    texts = [row.context for row in rows]
    if chosen.archive:
        with gzip.open(chosen.archive, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["content"] for line in lines]
    with chosen.output.open("w", encoding="utf-8") as output:
        for row_id, passages in find_negatives(rows, texts):
            output.write(json.dumps({"id": row_id, "passages": passages}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

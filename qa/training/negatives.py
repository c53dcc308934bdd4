"""Training questions -> passages that our own retrieval finds for them and that do not hold the answer.

A reader that is asked about eight passages must know which seven to refuse. The passages come from the contexts of the
training rows and, where one is named, from an archive; they are cut at about the length of the product's passages and
ranked as the product ranks them: by BM25 and by the cosine of the product's own encoder, fused (:func:`fuse`). With
``--words`` BM25 alone ranks, which spares encoding every passage.

What this does not know: paraphrase. A passage that answers in other words is wrongly called a negative; passages that
hold any of the row's answers, folded, are left out.

    python -m qa.training.negatives RECIPE --data DIR [--archive FILE] --output negatives.jsonl [--words]
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from qa.assistant import models_dir
from qa.embedding import PACKAGED_MODEL, load_encoder
from qa.protocols import Encoder, Vectors
from qa.retrieval import fuse
from qa.retrieval.fusion import DENSE_WEIGHT
from qa.settings import load_settings
from qa.text import fold, sentence_spans
from qa.training.recipe import Recipe, load_recipe
from qa.training.rows import Row, read_rows

__all__ = ["Passages", "find_negatives", "load_negatives", "passages_of"]

PASSAGE_CHARS = 700
KEPT = 6  # negatives of one question
LOOKED_AT = 24  # passages that each of the two searches contributes
COMMON = 0.04  # words in more than this share of passages are not searched for
FEW = 5  # words in so few passages are never common
_QUESTIONS_AT_ONCE = 256
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


class Passages:
    """Passages of many texts, searched by words and, where there is an encoder, by meaning."""

    def __init__(self, texts: Iterable[str], encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE passages USING fts5(text)")
        self._frequency: Counter[str] = Counter()
        self.texts: list[str] = []
        self.homes: list[str] = []
        for home in dict.fromkeys(texts):
            for passage in passages_of(home):
                self._database.execute("INSERT INTO passages(rowid, text) VALUES (?, ?)", (len(self.texts), passage))
                self._frequency.update(set(_WORD.findall(fold(passage))))
                self.texts.append(passage)
                self.homes.append(home)
        self._vectors = encoder.encode(self.texts) if encoder else np.zeros((0, 0), np.float32)

    def ranked(self, questions: Sequence[str]) -> Iterator[list[int]]:
        """For each question the numbers of the passages that either search finds, best first."""
        if not self._encoder:
            yield from (list(self._by_words(question)) for question in questions)
            return
        for start in range(0, len(questions), _QUESTIONS_AT_ONCE):
            asked = questions[start : start + _QUESTIONS_AT_ONCE]
            for question, cosines in zip(asked, self._encoder.encode(asked) @ self._vectors.T, strict=True):
                yield self._fused(question, cosines)

    def _fused(self, question: str, cosines: Vectors) -> list[int]:
        """Passages by both searches; ``cosines`` are (passages,)."""
        words = self._by_words(question)
        most = min(LOOKED_AT, len(cosines))
        near = {int(number) for number in np.argpartition(-cosines, most - 1)[:most]} if most else set()
        found = {str(number): float(cosines[number]) for number in near.union(words)}
        scores = {str(number): score for number, score in words.items()}
        return [int(number) for number, _ in fuse(scores, found, DENSE_WEIGHT)]

    def _by_words(self, question: str) -> dict[int, float]:
        """BM25 scores of the best passages, without the words that many passages have."""
        most = max(COMMON * len(self.texts), FEW)
        terms = {word for word in _WORD.findall(fold(question)) if 0 < self._frequency[word] <= most}
        if not terms:
            return {}
        query = " OR ".join(f'"{term}"' for term in sorted(terms))
        found = self._database.execute(
            "SELECT rowid, -rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?", (query, LOOKED_AT)
        )
        return dict(found)


def find_negatives(rows: Sequence[Row], passages: Passages) -> Iterator[tuple[str, list[str]]]:
    """Yield (row id, passages) for every answerable row, best match first, at most six passages each."""
    answerable = [row for row in rows if row.answers]
    ranking = passages.ranked([row.question for row in answerable])
    for row, ranked in zip(answerable, ranking, strict=True):
        answers = [fold(row.context[start:end]) for start, end in row.answers]
        others = (passages.texts[number] for number in ranked if passages.homes[number] != row.context)
        kept = (text for text in others if not any(answer in fold(text) for answer in answers))
        yield row.id, [text for text, _ in zip(kept, range(KEPT), strict=False)]


def load_negatives(path: Path) -> dict[str, list[str]]:
    """Read what :func:`main` wrote: row id -> passages."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record["passages"] for record in map(json.loads, lines)}


def _wanted(recipe: Recipe, row: Row) -> bool:
    """Whether the row is in the share of its set that a pass asks about; the same rows each time."""
    drawn = int.from_bytes(hashlib.sha256(row.id.encode()).digest()[:4], "big") / 2**32
    return drawn < recipe.sets[row.file].answerable


def main(arguments: Sequence[str] | None = None) -> None:
    """Find negatives for the rows of a recipe."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.negatives", description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, as FILE.jsonl.gz")
    parser.add_argument("--archive", type=Path, help="articles as JSON Lines (gz), whose passages are negatives too")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--words", action="store_true", help="rank by words alone")
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args(arguments)
    recipe = load_recipe(chosen.recipe)
    rows = [row for name in recipe.sets for row in read_rows(chosen.data / f"{name}.jsonl.gz")]
    texts = [row.context for row in rows]
    if chosen.archive:
        with gzip.open(chosen.archive, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["content"] for line in lines]
    models = models_dir(load_settings())
    encoder = None if chosen.words else load_encoder(PACKAGED_MODEL, models, threads=chosen.threads)
    found = find_negatives([row for row in rows if _wanted(recipe, row)], Passages(texts, encoder))
    with chosen.output.open("w", encoding="utf-8") as output:
        for row_id, kept in found:
            output.write(json.dumps({"id": row_id, "passages": kept}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

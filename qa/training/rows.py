"""Question-answering sets in JSON Lines -> rows, and rows -> examples in wordpieces.

A row is ``{"id", "dataset", "context", "question", "answers": [{"text", "start"}], "split"}``; an empty ``answers``
means that the context does not answer. Only rows of split ``train`` are ever returned, and none of a paragraph that is
kept for measuring (:mod:`qa.splits`).

Promise: an example's answers are the wordpieces of its context that share a code point with the row's answers, and at
most 64 of them: longer answers are not what a reader of spans is for.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import SourceError
from qa.reading.windows import MAX_QUESTION_TOKENS, Tokens, Wordpieces
from qa.splits import split_of

__all__ = ["Context", "Example", "Row", "read_rows", "to_examples"]

LONGEST_ANSWER = 64  # wordpieces
_SENTENCE_START = re.compile(r"(?:\A|(?<=[.!?])[\"'”’)]*\s+|\n\s*)(?=\S)")


@dataclass(frozen=True, slots=True)
class Row:
    """One question about one context; ``answers`` are (start, end) code points, empty when it is not answered."""

    id: str
    dataset: str
    file: str
    context: str
    question: str
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A context in wordpieces; ``sentences`` are the wordpieces with which a sentence begins, the first is 0."""

    tokens: Tokens
    sentences: NDArray[np.int64]

    def __getitem__(self, part: slice) -> Context:
        start, end, _ = part.indices(len(self.tokens))
        inside = self.sentences[(self.sentences >= start) & (self.sentences < end)]
        return Context(self.tokens[part], inside - start)


@dataclass(frozen=True, slots=True)
class Example:
    """A row in wordpieces: ``answers`` are inclusive (first, last) wordpieces of the context."""

    row: Row
    question: Tokens
    context: Context
    answers: tuple[tuple[int, int], ...]


def read_rows(path: Path) -> list[Row]:
    """Read the training rows of one ``.jsonl`` or ``.jsonl.gz`` file.

    Raises:
        SourceError: the file cannot be read, or a line of it is not such a row.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        file = path.name.split(".")[0]
        return [_row(one, file) for one in records if split_of(file, one["split"], one["context"]) == "train"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(str(path), f"not a question-answering set: {error!r}") from error


def _row(record: dict[str, object], file: str) -> Row:
    answers = record["answers"]
    if not isinstance(answers, list):
        raise TypeError("answers is not a list")
    return Row(
        id=str(record["id"]),
        dataset=str(record["dataset"]),
        file=file,
        context=str(record["context"]),
        question=str(record["question"]),
        answers=tuple((answer["start"], answer["start"] + len(answer["text"])) for answer in answers),
    )


def to_examples(rows: Sequence[Row], wordpieces: Wordpieces) -> list[Example]:
    """Cut rows into wordpieces; a row none of whose answers can be learnt is left out."""
    texts = list(dict.fromkeys(row.context for row in rows))
    contexts = {text: to_context(text, tokens) for text, tokens in zip(texts, wordpieces.tokens_of(texts), strict=True)}
    questions = wordpieces.tokens_of([row.question for row in rows])
    examples = []
    for row, question in zip(rows, questions, strict=True):
        context = contexts[row.context]
        found = tuple(span for answer in row.answers if (span := _covering(context.tokens, *answer)))
        if found or not row.answers:
            examples.append(Example(row, question[:MAX_QUESTION_TOKENS], context, found))
    return examples


def to_context(text: str, tokens: Tokens) -> Context:
    """Find the wordpieces with which the sentences of a context begin."""
    begins = [match.end() for match in _SENTENCE_START.finditer(text)]
    firsts = np.unique(np.searchsorted(tokens.starts, [0, *begins]))
    return Context(tokens, firsts[firsts < max(len(tokens), 1)])


def _covering(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """The first and last wordpiece that share a code point with [start, end); None: no wordpiece, or too many."""
    first = int(np.searchsorted(tokens.ends, start, side="right"))
    last = int(np.searchsorted(tokens.starts, end, side="left")) - 1
    return (first, last) if first <= last < first + LONGEST_ANSWER else None

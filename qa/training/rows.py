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
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import SourceError
from qa.reading.windows import MAX_QUESTION_TOKENS, Tokens, Wordpieces, heading_of
from qa.splits import split_of
from qa.training.typed import as_typed
from qa.wordpieces import NO_TOKENS

__all__ = ["Context", "Example", "Row", "read_rows", "to_examples"]

LONGEST_ANSWER = 64  # wordpieces
_SENTENCE_START = re.compile(r"(?:\A|(?<=[.!?])[\"'”’)]*\s+|\n\s*)(?=\S)")


@dataclass(frozen=True, slots=True)
class Row:
    """One question about one context; ``answers`` are (start, end) code points, empty when it is not answered.

    ``made_of`` is the id of the row whose question was changed into this one, "" for a row of a set; ``title`` is what
    the set says that the context stands under, in some sets a true title and in others a label.
    """

    id: str
    dataset: str
    file: str
    context: str
    question: str
    answers: tuple[tuple[int, int], ...]
    made_of: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A context in wordpieces, and the heading that it stands under where one is known.

    ``sentences`` are the wordpieces with which a sentence begins, the first is 0.
    """

    tokens: Tokens
    sentences: NDArray[np.int64]
    heading: Tokens = NO_TOKENS

    def __getitem__(self, part: slice) -> Context:
        start, end, _ = part.indices(len(self.tokens))
        inside = self.sentences[(self.sentences >= start) & (self.sentences < end)]
        return Context(self.tokens[part], inside - start, self.heading)


@dataclass(frozen=True, slots=True)
class Example:
    """A row in wordpieces: ``answers`` are inclusive (first, last) wordpieces of the context.

    ``typed`` are the question in other spellings, as people type it; none unless they were asked for.
    """

    row: Row
    question: Tokens
    context: Context
    answers: tuple[tuple[int, int], ...]
    typed: tuple[Tokens, ...] = ()


def read_rows(path: Path) -> list[Row]:
    """Read the training rows of one ``.jsonl`` or ``.jsonl.gz`` file.

    Raises:
        SourceError: the file cannot be read, or a line of it is not such a row.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        file = path.name.split(".")[0]
        rows = [_row(one, file) for one in records if split_of(file, one["split"], one["context"]) == "train"]
        return _evened(rows)
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
        title=str(record.get("title") or "").replace("_", " "),
    )


def _evened(rows: list[Row]) -> list[Row]:
    """Where a set has its unanswerable questions in lower case, all of them: case must not tell the two apart."""
    unanswered = [row.question for row in rows if not row.answers]
    if not unanswered or any(question != question.lower() for question in unanswered):
        return rows
    return [replace(row, question=row.question.lower()) for row in rows]


def to_examples(
    rows: Sequence[Row], wordpieces: Wordpieces, *, typed: bool = False, headed: Collection[str] = ()
) -> list[Example]:
    """Cut rows into wordpieces; a row none of whose answers can be learnt is left out.

    Args:
        rows: what is cut.
        wordpieces: of the network.
        typed: whether questions are cut in other spellings too.
        headed: the sets whose titles are headings.
    """
    texts = {row.context: heading_of(row.title) if row.file in headed else "" for row in rows}
    pieces = wordpieces.tokens_of([part for pair in texts.items() for part in pair])
    contexts = {
        text: to_context(text, tokens, heading)
        for text, tokens, heading in zip(texts, pieces[::2], pieces[1::2], strict=True)
    }
    questions = wordpieces.tokens_of([row.question for row in rows])
    spelt = [as_typed(row.question) if typed else [] for row in rows]
    others = iter(wordpieces.tokens_of([one for each in spelt for one in each]))
    examples = []
    for row, question, each in zip(rows, questions, spelt, strict=True):
        cut = tuple(tokens[:MAX_QUESTION_TOKENS] for tokens in islice(others, len(each)))
        context = contexts[row.context]
        found = tuple(span for answer in row.answers if (span := _covering(context.tokens, *answer)))
        if found or not row.answers:
            examples.append(Example(row, question[:MAX_QUESTION_TOKENS], context, found, cut))
    return examples


def to_context(text: str, tokens: Tokens, heading: Tokens = NO_TOKENS) -> Context:
    """Find the wordpieces with which the sentences of a context begin."""
    begins = [match.end() for match in _SENTENCE_START.finditer(text)]
    firsts = np.unique(np.searchsorted(tokens.starts, [0, *begins]))
    return Context(tokens, firsts[firsts < max(len(tokens), 1)], heading)


def _covering(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """The first and last wordpiece that share a code point with [start, end); None: no wordpiece, or too many."""
    first = int(np.searchsorted(tokens.ends, start, side="right"))
    last = int(np.searchsorted(tokens.starts, end, side="left")) - 1
    return (first, last) if first <= last < first + LONGEST_ANSWER else None

"""A question and spans that may answer it -> how well each answers, judged beside the words around it.

A second, small network looks at each of a question's likeliest candidates once more: the question, the heading, and
the sentence of the span with its neighbours, the span marked. Where the reader weighs every place of a passage at
once, this weighs one answer: right, a wrong span of a sentence that answers, or nothing that answers. Training and
serving make their sheets here: what is trained is what is served.

Promise: a candidate's judgement depends on the question and on its own passage alone, not on the other candidates.

What it does not know: ranks, similarities and the other articles; the confidence looks at those. Nothing serves with it
yet: as far as it has been trained it adds nothing (docs/results/judge-2026-11-26.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.graphs import Graph
from qa.protocols import Reader
from qa.reading.windows import typed
from qa.text import sentence_spans
from qa.types import Candidate, Hit, Question, Span
from qa.wordpieces import UNCASED, Integers, Tokens, Vocabulary, Wordpieces

__all__ = [
    "GRAPH",
    "INPUTS",
    "JUDGED",
    "TOKENIZER",
    "Judge",
    "JudgingReader",
    "Sheet",
    "collate",
    "sheet_of",
    "surroundings",
]

GRAPH = "judge.onnx"
TOKENIZER = "tokenizer.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids", "begins", "ends")
JUDGED = 8  # candidates of a question that are looked at, best margin first

_QUESTION, _HEADING, _ALL = 40, 16, 112  # most wordpieces of each
_SPECIALS = 4  # [CLS] and three [SEP]
_STEP = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the network reads of one candidate: ``types`` are 1 in the sentences but for the span.

    ``first`` and ``last`` are the positions of the span's wordpieces.
    """

    ids: Integers
    types: Integers
    first: int
    last: int

    def __len__(self) -> int:
        return len(self.ids)


def surroundings(text: str, span: Span) -> Span:
    """The sentences of a span with one neighbour on either side."""
    sentences = sentence_spans(text)
    touched = [number for number, sentence in enumerate(sentences) if sentence.overlaps(span)]
    if not touched:
        return span
    first, last = sentences[max(touched[0] - 1, 0)], sentences[min(touched[-1] + 1, len(sentences) - 1)]
    return Span(min(first.start, span.start), max(last.end, span.end))


def sheet_of(question: Tokens, heading: Tokens, around: Tokens, span: Span, vocabulary: Vocabulary = UNCASED) -> Sheet:
    """Put a candidate on a sheet: ``span`` in code points of the text that ``around`` was cut from.

    What does not fit is left out: the ends of question and heading, and of the text what is farthest from the span.
    """
    asked, named = question.ids[:_QUESTION], heading.ids[:_HEADING]
    first = int(np.searchsorted(around.ends, span.start, side="right"))
    last = max(int(np.searchsorted(around.starts, span.end, side="left")) - 1, first)
    room = _ALL - _SPECIALS - len(asked) - len(named)
    start = max(min(first - max(room - (last - first + 1), 0) // 2, len(around) - room), 0)
    part = around.ids[start : start + room]
    first, last = min(first - start, len(part) - 1), min(last - start, len(part) - 1)
    begin, end = [vocabulary.begin], [vocabulary.separator]
    ids = np.concatenate((begin, asked, end, named, end, part, end)).astype(np.int64)
    at = len(ids) - len(part) - 1
    types = np.zeros_like(ids)
    types[at:] = 1
    types[at + first : at + last + 1] = 0
    return Sheet(ids, types, at + first, at + last)


def collate(sheets: Sequence[Sheet], padding: int = UNCASED.padding) -> dict[str, Integers]:
    """Pad sheets to one length: every array is (sheets, length)."""
    length = -(-max(map(len, sheets)) // _STEP) * _STEP
    ids = np.full((len(sheets), length), padding, dtype=np.int64)
    attention, types, begins, ends = (np.zeros_like(ids) for _ in range(4))
    for row, sheet in enumerate(sheets):
        ids[row, : len(sheet)] = sheet.ids
        attention[row, : len(sheet)] = 1
        types[row, : len(sheet)] = sheet.types
        begins[row, sheet.first] = 1
        ends[row, sheet.last] = 1
    return dict(zip(INPUTS, (ids, attention, types, begins, ends), strict=True))


_REMEDY = "Make it: python -m qa.training.judge, then python -m qa.training.judge_export."


class Judge:
    """The network that judges candidates.

    Args:
        folder: holds ``judge.onnx`` and ``tokenizer.json``.
        threads: threads that one call uses.

    Raises:
        ModelMissing: the folder lacks a file.
        ModelError: the graph cannot be loaded.
    """

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        self._graph = Graph.load(folder / GRAPH, threads, name="judge", remedy=_REMEDY)
        self._wordpieces = Wordpieces(folder / TOKENIZER)

    def worth(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """How far "right" stands above everything else for each candidate: the logarithm of its odds."""
        sheets = self._sheets(question, candidates)
        outputs = self._graph.run_each([collate([one], self._wordpieces.vocabulary.padding) for one in sheets])
        return [_odds(logits[0]) for (logits,) in outputs]

    def _sheets(self, question: str, candidates: Sequence[Candidate]) -> list[Sheet]:
        around = [surroundings(one.hit.passage.text, _inside(one)) for one in candidates]
        texts = [span.of(one.hit.passage.text) for one, span in zip(candidates, around, strict=True)]
        headings = [one.hit.passage.heading for one in candidates]
        asked, *cut = self._wordpieces.tokens_of([question, *texts, *headings])
        parts = zip(candidates, around, cut[: len(texts)], cut[len(texts) :], strict=True)
        return [
            sheet_of(asked, heading, text, _inside(one).shifted(-span.start), self._wordpieces.vocabulary)
            for one, span, text, heading in parts
        ]


def _inside(candidate: Candidate) -> Span:
    return candidate.span.shifted(-candidate.hit.passage.span.start)


def _odds(logits: NDArray[np.float32]) -> float:
    right, *others = (float(logit) for logit in logits)
    return right - float(np.logaddexp.reduce(others))


class JudgingReader:
    """A reader whose likeliest candidates are judged; the others are left out.

    The judgement is the candidates' evidence under the name ``judged``; their margins stay the reader's.
    """

    def __init__(self, reader: Reader, judge: Judge, *, judged: int = JUDGED) -> None:
        self._reader = reader
        self._judge = judge
        self._judged = judged

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates, best margin first."""
        likeliest = self._reader.read(question, hits)[: self._judged]
        worth = self._judge.worth(typed(question.text), likeliest) if likeliest else []
        return [
            replace(one, evidence={**one.evidence, "judged": value})
            for one, value in zip(likeliest, worth, strict=True)
        ]

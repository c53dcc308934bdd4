"""Question and passages -> the shortest spans that may answer, read by a trained network.

All passages of a question are read in one go, each window by itself. Each passage gives its ``n_best``
disjoint spans, and each span comes with its sentence and with the null score of the window that it was read in: margins
are what passages are compared by. How far they can be is a matter of training (``qa/training/LOG.md``).

Promises: every span lies within a paragraph of its passage; no span cuts a word, a quotation or a number with its unit;
a span has at most 30 wordpieces unless a quotation needs more; a question and a passage give the same spans and
margins, whatever else is read with them.

What it does not know: how promising a passage is beside its words (ranks, similarities), and from which margin on an
answer is given.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.graphs import Graph
from qa.lazily import pattern
from qa.reading.decoding import Found, Scores, best_of_windows, decode, scored
from qa.reading.support import with_evidence
from qa.reading.windows import Tokens, Window, Wordpieces, collate, cut_windows, heading_of, typed
from qa.reading.years import beside_the_year
from qa.text import quotation_spans, sentence_spans
from qa.text.vocabulary import ONES, TENS
from qa.types import Candidate, Hit, Question, Span

__all__ = ["GRAPH", "TOKENIZER", "SpanModel", "SpanReader", "candidates_of", "trimmed", "widened"]

GRAPH = "reader.onnx"
TOKENIZER = "tokenizer.json"

_UNIT = (
    r"%|°[CF]?|(?:percent|per cent|percentage points?|hundred|thousand|million|billion|trillion|bn|m|k|kg|km|miles?"
    r"|met(?:re|er)s?|feet|tonnes?|tons?|dollars?|euros?|pounds?|years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b"
)
_ABBREVIATED = pattern(r"(?:\b[^\W\d_]\.|\.[^\W\d_]+\.|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|St|No|a\.m|p\.m)\.|\.\.)$")
_IN_WORDS = rf"\b(?:{'|'.join(ONES)}|(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES[:9])}))?|half)\b(?: a\b)?"
_NUMBER = rf"(?:[$€£¥]?\d(?:[\d.,]*\d)?|{_IN_WORDS})"
_QUANTITY = pattern(rf"{_NUMBER}(?:[ -]?(?:{_UNIT})){{0,2}}")
# "three hours, 46 minutes and 16 seconds", "six feet two inches": one quantity in several units.
_COMPOUND = pattern(
    "|".join(
        rf"{_NUMBER}[ -]?(?:{units})(?:(?:,? and |, | ){_NUMBER}[ -]?(?:{units}))+"
        for units in (
            r"(?:year|month|week|day|hour|minute|second)s?\b(?! (?:ago|later|earlier|after|before))",
            r"(?:(?:mile|yard|(?:kilo|centi|milli)?met(?:er|re))s?|foot|feet|inch(?:es)?)\b",
            r"(?:stone|pound|ounce|(?:kilo)?gram)s?\b",
        )
    )
)
# "Article Five", "Section 230", "World War II": the word alone names nothing, and nor does the number.
_NUMBERED = pattern(
    r"\b(?:Article|Section|Chapter|Title|Rule|Amendment|Proposition|Resolution|Phase|Stage|Level|Tier|Type|Group|Act"
    r"|Part|Day|Week|Page|Room|Flight|Highway|Route|Interstate|Boeing|Airbus|Apollo|World War|Super Bowl)"
    r" (?:No\. )?(?:\d+\w?\b|[IVXL]+\b|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b"
)


_REMEDY = "Install On Record again, or set QA_READING__READER=sentence to be answered by whole sentences."


class SpanModel:
    """The network behind the reader: questions and texts -> spans with scores.

    Args:
        folder: holds ``reader.onnx`` and ``tokenizer.json``.
        threads: threads that one call uses.
        max_tokens: longest window, question and specials included.
        overlap: wordpieces that neighbouring windows of a long text share.

    Raises:
        ModelMissing: the folder lacks a file.
        ModelError: the graph cannot be loaded.
    """

    def __init__(self, folder: Path, *, threads: int = 2, max_tokens: int = 256, overlap: int = 64) -> None:
        self._graph = Graph.load(folder / GRAPH, threads, name="reader", remedy=_REMEDY)
        self._wordpieces = Wordpieces(folder / TOKENIZER)
        self._max_tokens = max_tokens
        self._overlap = overlap

    def find(
        self, question: str, texts: Sequence[str], n_best: int = 1, titles: Sequence[str] = ()
    ) -> list[list[Found]]:
        """Read ``texts`` for one question; for each text up to ``n_best`` disjoint spans, best margin first."""
        return self.find_all([(question, text) for text in texts], n_best, titles)

    def find_all(
        self, pairs: Sequence[tuple[str, str]], n_best: int = 1, titles: Sequence[str] = ()
    ) -> list[list[Found]]:
        """Read (question, text) pairs, with what each text stands under; one whose text has no word has no spans."""
        found: list[list[Found]] = [[] for _ in pairs]
        for index, window, begins, ends in self._read(pairs, titles):
            found[index] += decode(window, begins, ends, n_best)
        return [best_of_windows(spans, n_best) for spans in found]

    def judge(
        self, question: str, texts: Sequence[str], spans: Sequence[Sequence[Span]], n_best: int, titles: Sequence[str]
    ) -> list[tuple[list[Found], list[float]]]:
        """Read as :meth:`find`, and give the margin of each of ``spans``, those of a text, too."""
        found: list[list[Found]] = [[] for _ in texts]
        margins = [[-math.inf] * len(asked) for asked in spans]
        for index, window, begins, ends in self._read([(question, text) for text in texts], titles):
            found[index] += decode(window, begins, ends, n_best)
            for number, span in enumerate(spans[index]):
                if one := scored(window, begins, ends, span):
                    margins[index][number] = max(one.margin, margins[index][number])
        best = [best_of_windows(one, n_best) for one in found]
        return list(zip(best, margins, strict=True))

    def _read(
        self, pairs: Sequence[tuple[str, str]], titles: Sequence[str]
    ) -> Iterator[tuple[int, Window, Scores, Scores]]:
        """The windows of each pair, by its number, with the scores of their beginnings and ends."""
        headings = [heading_of(title) for title in titles] or [""] * len(pairs)
        tokens = self._tokens([part for pair in pairs for part in pair] + headings)
        windows = [
            (index, window)
            for index, ((question, text), heading) in enumerate(zip(pairs, headings, strict=True))
            for window in self._windows(tokens[question], tokens[text], tokens[heading])
        ]
        for (index, window), (begins, ends) in zip(windows, self._scores([one for _, one in windows]), strict=True):
            yield index, window, begins, ends

    def _windows(self, question: Tokens, text: Tokens, heading: Tokens) -> Iterator[Window]:
        vocabulary = self._wordpieces.vocabulary
        return cut_windows(question, text, self._max_tokens, self._overlap, vocabulary=vocabulary, heading=heading)

    def _tokens(self, texts: Sequence[str]) -> dict[str, Tokens]:
        unique = list(dict.fromkeys(texts))
        return dict(zip(unique, self._wordpieces.tokens_of(unique), strict=True))

    def _scores(self, windows: Sequence[Window]) -> list[tuple[Scores, Scores]]:
        """Beginnings and ends for every window, in their order."""
        outputs = self._graph.run_each([collate([window]).inputs for window in windows])
        return [(begins[0], ends[0]) for begins, ends in outputs]


class SpanReader:
    """Reads the shortest exact spans.

    Args:
        model: the network.
        n_best: most candidates from one passage.
        first: passages that are read at once; the rest only when none of these gives a margin of ``enough``.
        enough: None reads every passage.
    """

    def __init__(self, model: SpanModel, *, n_best: int = 3, first: int = 4, enough: float | None = None) -> None:
        self._model = model
        self._n_best = n_best
        self._first = first
        self._enough = enough

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates, best margin first; at most ``n_best`` from one passage, disjoint."""
        promising = sorted(hits, key=lambda hit: hit.rank)
        asked = typed(question.text)
        candidates: list[Candidate] = []
        for part in (promising,) if self._enough is None else (promising[: self._first], promising[self._first :]):
            titles = [hit.passage.heading for hit in part]
            read = self._model.find(asked, [hit.passage.text for hit in part], self._n_best, titles)
            candidates += [one for hit, found in zip(part, read, strict=True) for one in candidates_of(hit, found)]
            if self._enough is not None and any(candidate.margin >= self._enough for candidate in candidates):
                break
        candidates.sort(key=lambda candidate: (-candidate.margin, candidate.hit.rank, candidate.span))
        return with_evidence(question, beside_the_year(question, candidates))


def candidates_of(hit: Hit, found: Sequence[Found]) -> list[Candidate]:
    """Spans of one passage in article coordinates, widened; none that runs into a better one or the next paragraph."""
    text, start = hit.passage.text, hit.passage.span.start
    sentences = sentence_spans(text)
    kept: list[Span] = []
    candidates = []
    for one in found:
        span = trimmed(text, widened(text, one.span))
        if "\n\n" in span.of(text) or any(span.overlaps(other) for other in kept):
            continue
        kept.append(span)
        touched = [sentence for sentence in sentences if sentence.overlaps(span)] or [span]
        around = Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))
        candidates.append(Candidate(hit, span.shifted(start), around.shifted(start), one.score, one.null_score))
    return candidates


def widened(text: str, span: Span) -> Span:
    """Widen a span that cuts a word, a quotation, a quantity or a numbered name to the end of what it cuts."""
    start, end = span.start, span.end
    for whole in (*_QUANTITY.finditer(text), *_COMPOUND.finditer(text), *_NUMBERED.finditer(text)):
        if whole.start() < end and start < whole.end():
            start, end = min(start, whole.start()), max(end, whole.end())
    for quotation in quotation_spans(text, Span(start, end)):
        if not quotation.contains(Span(start, end)):  # it is cut, or lies within the span
            start, end = min(start, quotation.start), max(end, quotation.end)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def trimmed(text: str, span: Span) -> Span:
    """Leave out what is no part of an answer at its borders: a comma or full stop, one quotation mark of a pair."""
    start, end = span.start, span.end
    quotations = [quotation for quotation in quotation_spans(text, span) if quotation.overlaps(span)]
    if any(quotation.start == start and quotation.end > end for quotation in quotations):
        start += 1
    if any(quotation.end == end and quotation.start < start for quotation in quotations):
        end -= 1
    while end - start > 1 and (text[end - 1] in ",;:" or _is_full_stop(text, start, end)):
        end -= 1
    return Span(start, end) if start < end else span


def _is_full_stop(text: str, start: int, end: int) -> bool:
    """Whether the answer ends in a lone full stop and not in an abbreviation ("U.S.", "Jr.")."""
    last = text[start:end].rsplit(maxsplit=1)[-1]
    return last.endswith(".") and not _ABBREVIATED.search(last)

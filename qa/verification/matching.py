"""Words of a quotation -> where an article has them, exactly or nearly.

Compared are tokens (:mod:`qa.tokens`). Positions are exact, since every token knows its span.

Promise: what a quotation costs grows with its length and not with its square, however often it repeats a word. A word
has a number and an article is a string of these numbers, so that runs of words are found by the library's own search
for a string, which is linear; words that agree in very many places at once are no places to begin a comparison.

What it does not know: what to make of a match.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property

from qa import deadline
from qa.text import quotation_spans
from qa.tokens import tokens_of
from qa.types import Article, Span

__all__ = ["Alignment", "Run", "Source", "nearest"]

_WINDOWS = 5  # places that are compared word by word
_FREQUENT = 100  # occurrences from which a word says little about where to look
_FAR = 3  # words left out, for each word that agrees, from which the agreement is chance
_INTERRUPTION = 20  # most words between two parts of one interrupted quotation
_PAIRS = 2_000, 12  # pairs of equal words that are compared: so many, and so many more for each word asked for
_NO_WORD = "\0"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive tokens ``[first, last]`` of a source."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The place in a source that comes nearest to some words.

    ``share`` is 2 x common words / all words; ``steps`` are difflib's opcodes between the words and the run's tokens.
    """

    source: Source
    run: Run
    share: float
    steps: tuple[tuple[str, int, int, int, int], ...]


class Source:
    """An article, ready to be compared with quotations."""

    def __init__(self, article: Article) -> None:
        deadline.check()
        self.article = article
        self.tokens = tokens_of(article.text)
        self.keys = [token.key for token in self.tokens]
        self._positions: dict[str, list[int]] = defaultdict(list)
        for position, key in enumerate(self.keys):
            self._positions[key].append(position)
        self._numbers = {key: chr(number) for number, key in enumerate(self._positions, start=1)}
        self._line = self._written(self.keys)

    def _written(self, keys: Sequence[str]) -> str:
        """Words as a string with one character for each; what the article does not have is no word of it."""
        return "".join([self._numbers.get(key, _NO_WORD) for key in keys])

    def has(self, key: str) -> bool:
        """Whether the article has this word."""
        return key in self._numbers

    def span(self, run: Run) -> Span:
        """Where the run stands in the article."""
        return Span(self.tokens[run.first].span.start, self.tokens[run.last].span.end)

    def occurrences(self, keys: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[Run]:
        """Every place that has these words in a row, and begins from token ``start`` on and before ``end``."""
        wanted = self._written(keys)
        limit = len(self._line) if end is None else end + len(wanted) - 1
        at = self._line.find(wanted, start, limit)
        while at >= 0 and _NO_WORD not in wanted:
            yield Run(at, at + len(wanted) - 1)
            at = self._line.find(wanted, at + 1, limit)

    def interrupted(self, keys: Sequence[str]) -> list[Run]:
        """The first place whose quotations have these words in a row when what interrupts them is left out."""
        wanted = self._written(keys)
        for spoken, line in self._spoken:
            if _NO_WORD not in wanted and (at := line.find(wanted)) >= 0:
                return _runs(spoken[at : at + len(wanted)])
        return []

    def longest_prefix(self, keys: Sequence[str], least: int) -> Run | None:
        """The first place that has the most of these words in a row, from the first one on; at least ``least``."""
        found: Run | None = None
        wanted = self._written(keys[:least])
        at = self._line.find(wanted) if len(wanted) == least and _NO_WORD not in wanted else -1
        while at >= 0:
            length = least
            while length < len(keys) and at + length < len(self.keys) and self.keys[at + length] == keys[length]:
                length += 1
            found, least = Run(at, at + length - 1), length + 1
            wanted = self._written(keys[:least])
            at = self._line.find(wanted, at + 1) if len(wanted) == least and _NO_WORD not in wanted else -1
        return found

    @cached_property
    def _spoken(self) -> list[tuple[list[int], str]]:
        """The tokens in quotation marks and how they are written, cut where too much stands between two of them."""
        pieces: list[list[int]] = []
        starts = [token.span.start for token in self.tokens]
        for quotation in quotation_spans(self.article.text):
            for position in range(bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)):
                if self.tokens[position].span.end <= quotation.end:
                    if not pieces or position - pieces[-1][-1] > _INTERRUPTION:
                        pieces.append([])
                    pieces[-1].append(position)
        return [(piece, "".join([self._line[position] for position in piece])) for piece in pieces]

    def diagonals(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """Offsets between ``keys`` and the tokens on which words agree, as (votes, offset), most votes first."""
        import numpy as np  # what is quoted as it stands needs no votes

        asked: dict[str, list[int]] = defaultdict(list)
        for i, key in enumerate(keys):
            asked[key].append(i)
        agreeing = [(places, self._positions[key]) for key, places in asked.items() if key in self._positions]
        if not agreeing:
            return []
        offsets = [np.subtract.outer(positions[:_FREQUENT], places).ravel() for places, positions in agreeing]
        weights = [1_000 // len(positions) for _, positions in agreeing]
        all_weights = np.repeat(weights, [len(each) for each in offsets])
        shifted = np.concatenate(offsets) + len(keys)
        votes = np.bincount(shifted)
        scores = votes * np.bincount(shifted, all_weights).astype(np.int64)
        voted = np.flatnonzero(votes)
        best = voted[np.lexsort((voted, scores[voted]))[::-1][:_WINDOWS]]
        return [(int(scores[at]), int(at) - len(keys)) for at in best]

    def align(self, keys: list[str], diagonal: int) -> Alignment | None:
        """Compare ``keys`` word by word with what stands around ``diagonal``; None when nothing agrees."""
        slack = 2 + len(keys) // 2
        start = max(0, diagonal - slack)
        window = self.keys[start : max(0, diagonal) + len(keys) + slack]
        blocks = _near(_Comparison(keys, window).get_matching_blocks()[:-1])
        if not blocks:
            return None
        # All that agrees, or just as many words as asked for around one of the agreements.
        offsets = {block.b - block.a for block in sorted(blocks, key=lambda block: -block.size)[:_WINDOWS]}
        offsets.add(diagonal - start)
        bounds = {(offset, offset + len(keys)) for offset in offsets}
        bounds.add((blocks[0].b - blocks[0].a, blocks[-1].b + len(keys) - blocks[-1].a))
        places = [(start + max(0, first), start + min(len(window), end)) for first, end in sorted(bounds)]
        compared = (self._compare(keys, *place) for place in dict.fromkeys(places))
        return max(compared, key=lambda alignment: alignment.share)

    def _compare(self, keys: list[str], first: int, end: int) -> Alignment:
        matcher = _Comparison(keys, self.keys[first:end])
        return Alignment(self, Run(first, end - 1), matcher.ratio(), tuple(matcher.get_opcodes()))


class _Comparison(SequenceMatcher[str]):
    """Compares two rows of words, beginning at no word that agrees in so many places that it would take long.

    Such words still agree beside others that do.
    """

    b2j: dict[str, list[int]]  # where the second row has each word; the library begins at these

    def __init__(self, keys: Sequence[str], window: Sequence[str]) -> None:
        deadline.check()
        super().__init__(None, keys, window, autojunk=False)
        asked = Counter(keys)
        pairs = {key: asked[key] * len(places) for key, places in self.b2j.items() if key in asked}
        too_many = sum(pairs.values()) - (_PAIRS[0] + _PAIRS[1] * len(keys))
        for key in sorted(pairs, key=lambda key: -pairs[key]):
            if too_many <= 0:
                break
            too_many -= pairs[key]
            del self.b2j[key]


def _near(blocks: list[Match]) -> list[Match]:
    """Leave out common words at either end that agree with words far from the rest."""

    def surplus(earlier: Match, later: Match) -> int:
        return (later.b - earlier.b) - (later.a - earlier.a)

    first, last = 0, len(blocks) - 1
    while first < last and surplus(blocks[first], blocks[first + 1]) > _FAR * blocks[first].size:
        first += 1
    while first < last and surplus(blocks[last - 1], blocks[last]) > _FAR * blocks[last].size:
        last -= 1
    return blocks[first : last + 1]


def nearest(keys: list[str], sources: Sequence[Source]) -> Alignment | None:
    """The place in any source that shares the most words with ``keys`` in their order; None when none shares any."""
    likely = [(votes, -i, at) for i, source in enumerate(sources) for votes, at in source.diagonals(keys)]
    found = (sources[-i].align(keys, at) for _, i, at in sorted(likely, reverse=True)[:_WINDOWS])
    return max((one for one in found if one), key=lambda alignment: alignment.share, default=None)


def _runs(positions: Sequence[int]) -> list[Run]:
    runs = [Run(positions[0], positions[0])]
    for position in positions[1:]:
        if position == runs[-1].last + 1:
            runs[-1] = Run(runs[-1].first, position)
        else:
            runs.append(Run(position, position))
    return runs

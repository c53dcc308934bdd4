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
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from typing import Self

from qa import deadline
from qa.text import quotation_spans
from qa.tokens import Token, keys_of, tokens_of
from qa.types import Article, Span
from qa.verification.damage import as_scanned

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
        self.keys = keys_of(article.text)
        self._numbers = {key: chr(number) for number, key in enumerate(dict.fromkeys(self.keys), start=1)}
        self._line = self.written(self.keys)

    def prepared(self) -> Self:
        """This source with all worked out that comparing needs, for whoever compares often with all they have."""
        _ = self.tokens, self._positions
        return self

    @cached_property
    def tokens(self) -> list[Token]:
        """The article's tokens: the keys with their places, which are needed where something is found alone."""
        return tokens_of(self.article.text)

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        positions: dict[str, list[int]] = defaultdict(list)
        for position, key in enumerate(self.keys):
            positions[key].append(position)
        return positions

    def written(self, keys: Sequence[str]) -> str:
        """Words as a string with one character for each; what the article does not have is no word of it."""
        number = self._numbers.get
        return "".join([number(key, _NO_WORD) for key in keys])

    def has(self, key: str) -> bool:
        """Whether the article has this word."""
        return key in self._numbers

    def meant(self, keys: Sequence[str], misread: Collection[str]) -> list[str]:
        """The words, and in the place of each that is misread one that the article has and scans confuse with it."""
        return [self._as_scanned.get(as_scanned(key), key) if key in misread else key for key in keys]

    @cached_property
    def _as_scanned(self) -> dict[str, str]:
        """The article's words by the form that their damaged forms have too."""
        return {as_scanned(key): key for key in self._numbers}

    def span(self, run: Run) -> Span:
        """Where the run stands in the article."""
        return Span(self.tokens[run.first].span.start, self.tokens[run.last].span.end)

    def occurrences(self, keys: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[Run]:
        """Every place that has these words in a row, and begins from token ``start`` on and before ``end``."""
        wanted = self.written(keys)
        limit = len(self._line) if end is None else end + len(wanted) - 1
        at = self._line.find(wanted, start, limit)
        while at >= 0 and _NO_WORD not in wanted:
            yield Run(at, at + len(wanted) - 1)
            at = self._line.find(wanted, at + 1, limit)

    def interrupted(self, keys: Sequence[str]) -> list[Run]:
        """The first place whose quotations have these words in a row when what interrupts them is left out."""
        wanted = self.written(keys)
        for spoken, line in self._spoken if _NO_WORD not in wanted else ():
            if (at := line.find(wanted)) >= 0:
                return _runs(spoken[at : at + len(wanted)])
        return []

    def longest_run(self, written: str, start: int, least: int) -> Run | None:
        """The first place that has the most of some words in a row, from word ``start`` on; at least ``least``.

        ``written`` is all of them as :meth:`written` has them.
        """
        found: Run | None = None
        end = start + least
        unknown = written.find(_NO_WORD, start)
        last = unknown if unknown >= 0 else len(written)
        at = self._line.find(written[start:end]) if end <= last else -1
        while at >= 0:
            line, ahead = self._line, at - start
            while end < last and line[ahead + end : ahead + end + 1] == written[end]:
                end += 1
            found = Run(at, ahead + end - 1)
            end += 1
            at = line.find(written[start:end], at + 1) if end <= last else -1
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

        agreeing = [(i, positions) for i, key in enumerate(keys) if (positions := self._positions.get(key))]
        if not agreeing:
            return []
        shifted = np.array([at - i for i, positions in agreeing for at in positions[:_FREQUENT]]) + len(keys)
        compared = [min(len(positions), _FREQUENT) for _, positions in agreeing]
        weights = np.repeat([1_000 // len(positions) for _, positions in agreeing], compared)
        votes = np.bincount(shifted)
        scores = votes * np.bincount(shifted, weights).astype(np.int64)
        voted = np.flatnonzero(votes)
        best = voted[np.lexsort((voted, scores[voted]))[::-1][:_WINDOWS]]
        return [(int(scores[at]), int(at) - len(keys)) for at in best]

    def align(self, asked: _Asked, diagonal: int, least: float) -> Alignment | None:
        """Compare words one by one with what stands around ``diagonal``; None when nothing shares ``least``."""
        keys = asked.keys
        slack = 2 + len(keys) // 2
        start = max(0, diagonal - slack)
        window = self.keys[start : max(0, diagonal) + len(keys) + slack]
        if asked.share(window, asked.common(window)) < least:
            return None
        blocks = _near(_Comparison(keys, window).get_matching_blocks()[:-1])
        if not blocks:
            return None
        # All that agrees, or just as many words as asked for around one of the agreements.
        offsets = {block.b - block.a for block in sorted(blocks, key=lambda block: -block.size)[:_WINDOWS]}
        offsets.add(diagonal - start)
        bounds = {(offset, offset + len(keys)) for offset in offsets}
        bounds.add((blocks[0].b - blocks[0].a, blocks[-1].b + len(keys) - blocks[-1].a))
        places = [(start + max(0, first), start + min(len(window), end)) for first, end in sorted(bounds)]
        best = None
        for first, end in dict.fromkeys(places):
            if asked.share(self.keys[first:end]) >= least:
                compared = self._compare(keys, first, end)
                if compared.share >= least and (best is None or compared.share > best.share):
                    best, least = compared, compared.share
        return best

    def _compare(self, keys: Sequence[str], first: int, end: int) -> Alignment:
        matcher = _Comparison(keys, self.keys[first:end])
        return Alignment(self, Run(first, end - 1), matcher.ratio(), tuple(matcher.get_opcodes()))


class _Asked:
    """Words, ready to be told how many of them stand in a row of others in their order.

    That many no comparison exceeds, and it is counted in a fraction of the time: all words asked for are compared with
    one of the others at once, as bits of one number (the bit-vector algorithm of Hyyrö, 2004).
    """

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self._places: dict[str, int] = {}
        for at, key in enumerate(keys):
            self._places[key] = self._places.get(key, 0) | 1 << at
        self._all = (1 << len(keys)) - 1

    def common(self, row: Sequence[str]) -> int:
        """The length of the longest common subsequence."""
        open_ = self._all
        for place in map(self._places.get, row):
            if place:
                met = open_ & place
                open_ = (open_ + met | open_ - met) & self._all
        return len(self.keys) - open_.bit_count()

    def share(self, row: Sequence[str], length: int | None = None) -> float:
        """The greatest share that a comparison with a row can have, or with a part of it of some length."""
        return 2 * self.common(row) / (len(self.keys) + (len(row) if length is None else length) or 1)


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


def nearest(keys: list[str], sources: Sequence[Source], least: float) -> Alignment | None:
    """The place in any source that shares most words with ``keys`` in their order; None where none shares ``least``."""
    likely = [(votes, -i, at) for i, source in enumerate(sources) for votes, at in source.diagonals(keys)]
    asked, best = _Asked(keys), None
    for _, i, at in sorted(likely, reverse=True)[:_WINDOWS]:
        found = sources[-i].align(asked, at, best.share if best else least)
        best = found if found and (best is None or found.share > best.share) else best
    return best


def _runs(positions: Sequence[int]) -> list[Run]:
    runs = [Run(positions[0], positions[0])]
    for position in positions[1:]:
        if position == runs[-1].last + 1:
            runs[-1] = Run(runs[-1].first, position)
        else:
            runs.append(Run(position, position))
    return runs

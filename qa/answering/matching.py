"""Words of a quotation -> where an article has them, exactly or nearly.

Compared are the words with letter case, accents and hyphens levelled, and the signs that change a figure (%, $, €).
Punctuation and spacing are not compared. Positions are exact: every :class:`Token` knows its span.

What it does not know: what to make of a match.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from itertools import pairwise

from qa import deadline
from qa.text import fold, quotation_spans, word_spans
from qa.types import Article, Span

__all__ = ["Alignment", "Run", "Source", "Token", "nearest", "tokens_of"]

_SIGNS = re.compile(r"[%‰$€£¥₹₽]")
_HYPHEN = re.compile("[-‐‑]")
_WINDOWS = 5  # places that are compared word by word
_FREQUENT = 100  # occurrences from which a word says little about where to look
_FAR = 3  # words left out, for each word that agrees, from which the agreement is chance
_INTERRUPTION = 20  # most words between two parts of one interrupted quotation


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: what is compared, and where it stands."""

    key: str
    span: Span


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


def tokens_of(text: str) -> list[Token]:
    """Find the tokens of ``text`` in order; a hyphenated word is several."""
    words = [Token(_key(part.of(text)), part) for word in word_spans(text) for part in _parts(text, word)]
    signs = [Token(match[0], Span(*match.span())) for match in _SIGNS.finditer(text)]
    return sorted([*words, *signs], key=lambda token: token.span)


def _key(word: str) -> str:
    folded = fold(word)
    return folded.replace(",", "") if folded[0].isdigit() else folded


def _parts(text: str, word: Span) -> Iterator[Span]:
    start = word.start
    for hyphen in _HYPHEN.finditer(text, word.start, word.end):
        yield Span(start, hyphen.start())
        start = hyphen.end()
    yield Span(start, word.end)


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

    def span(self, run: Run) -> Span:
        """Where the run stands in the article."""
        return Span(self.tokens[run.first].span.start, self.tokens[run.last].span.end)

    def occurrences(self, keys: Sequence[str]) -> list[Run]:
        """Every place that has these words in a row."""
        wanted = list(keys)
        starts = self._positions.get(wanted[0], ())
        return [Run(at, at + len(wanted) - 1) for at in starts if self.keys[at : at + len(wanted)] == wanted]

    def interrupted(self, keys: Sequence[str]) -> list[list[Run]]:
        """Every place whose quotations have these words in a row when what interrupts them is left out."""
        wanted = list(keys)
        places = []
        for at in range(len(self._spoken) - len(wanted) + 1):
            spoken = self._spoken[at : at + len(wanted)]
            if [self.keys[position] for position in spoken] == wanted:
                runs = _runs(spoken)
                if all(later.first - earlier.last <= _INTERRUPTION for earlier, later in pairwise(runs)):
                    places.append(runs)
        return places

    def longest_prefix(self, keys: Sequence[str]) -> Run | None:
        """The first place that has the most of these words in a row, from the first one on."""
        best: Run | None = None
        for at in self._positions.get(keys[0], ()):
            length = 0
            while length < len(keys) and at + length < len(self.keys) and self.keys[at + length] == keys[length]:
                length += 1
            if best is None or length > best.last - best.first + 1:
                best = Run(at, at + length - 1)
        return best

    @cached_property
    def _spoken(self) -> list[int]:
        quotations = iter(quotation_spans(self.article.text))
        inside: list[int] = []
        quotation = next(quotations, None)
        for position, token in enumerate(self.tokens):
            while quotation and quotation.end <= token.span.start:
                quotation = next(quotations, None)
            if quotation and quotation.contains(token.span):
                inside.append(position)
        return inside

    def diagonals(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """Offsets between ``keys`` and the tokens on which words agree, as (votes, offset), most votes first."""
        votes: Counter[int] = Counter()
        weights: Counter[int] = Counter()
        for i, key in enumerate(keys):
            positions = self._positions.get(key, ())
            for at in positions[:_FREQUENT]:
                votes[at - i] += 1
                weights[at - i] += 1_000 // len(positions)
        return sorted(((weight * votes[at], at) for at, weight in weights.items()), reverse=True)[:_WINDOWS]

    def align(self, keys: list[str], diagonal: int) -> Alignment | None:
        """Compare ``keys`` word by word with what stands around ``diagonal``; None when nothing agrees."""
        deadline.check()
        slack = 2 + len(keys) // 2
        start = max(0, diagonal - slack)
        window = self.keys[start : max(0, diagonal) + len(keys) + slack]
        blocks = _near(SequenceMatcher(None, keys, window, autojunk=False).get_matching_blocks()[:-1])
        if not blocks:
            return None
        # All that agrees, or just as many words as asked for around one of the agreements.
        offsets = {block.b - block.a for block in sorted(blocks, key=lambda block: -block.size)[:_WINDOWS]}
        offsets.add(diagonal - start)
        bounds = {(offset, offset + len(keys)) for offset in offsets}
        bounds.add((blocks[0].b - blocks[0].a, blocks[-1].b + len(keys) - blocks[-1].a))
        places = [(start + max(0, first), start + min(len(window), end)) for first, end in sorted(bounds)]
        return max((self._compare(keys, *place) for place in places), key=lambda alignment: alignment.share)

    def _compare(self, keys: list[str], first: int, end: int) -> Alignment:
        matcher = SequenceMatcher(None, keys, self.keys[first:end], autojunk=False)
        return Alignment(self, Run(first, end - 1), matcher.ratio(), tuple(matcher.get_opcodes()))


def _near(blocks: list[Match]) -> list[Match]:
    """Leave out common words at either end that agree with words far from the rest."""

    def surplus(earlier: Match, later: Match) -> int:
        return (later.b - earlier.b) - (later.a - earlier.a)

    while len(blocks) > 1 and surplus(blocks[0], blocks[1]) > _FAR * blocks[0].size:
        blocks = blocks[1:]
    while len(blocks) > 1 and surplus(blocks[-2], blocks[-1]) > _FAR * blocks[-1].size:
        blocks = blocks[:-1]
    return blocks


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

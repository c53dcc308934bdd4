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
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from qa.text import fold, quotation_spans, word_spans
from qa.types import Article, Span

__all__ = ["Alignment", "Run", "Source", "Token", "tokens_of"]

_SIGNS = re.compile(r"[%‰$€£¥₹₽]")
_HYPHEN = re.compile("[-‐‑]")
_WINDOWS = 3  # places in one article that are compared word by word
_FREQUENT = 100  # occurrences from which a word says little about where to look
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

    def nearest(self, keys: Sequence[str]) -> Alignment | None:
        """The place that shares the most words with ``keys`` in their order; None when it shares none."""
        aligned = [self._align(list(keys), diagonal) for diagonal in self._likely_diagonals(keys)]
        found = [alignment for alignment in aligned if alignment]
        return max(found, key=lambda alignment: alignment.share, default=None)

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

    def _likely_diagonals(self, keys: Sequence[str]) -> list[int]:
        """Offsets between quotation and article on which the most words agree, rare words counting more."""
        votes: Counter[int] = Counter()
        rare = [i for i, key in enumerate(keys) if 0 < len(self._positions.get(key, ())) <= _FREQUENT]
        for i in rare or [i for i, key in enumerate(keys) if key in self._positions][:1]:
            positions = self._positions[keys[i]]
            for at in positions[:_FREQUENT]:
                votes[at - i] += 1
        return [diagonal for diagonal, _ in votes.most_common(_WINDOWS)]

    def _align(self, keys: list[str], diagonal: int) -> Alignment | None:
        slack = 2 + len(keys) // 2
        start = max(0, diagonal - slack)
        window = self.keys[start : max(0, diagonal) + len(keys) + slack]
        blocks = SequenceMatcher(None, keys, window, autojunk=False).get_matching_blocks()[:-1]
        if not blocks:
            return None
        head, tail = blocks[0], blocks[-1]
        first = max(0, head.b - head.a)
        last = min(len(window), tail.b + tail.size + len(keys) - tail.a - tail.size) - 1
        matcher = SequenceMatcher(None, keys, window[first : last + 1], autojunk=False)
        return Alignment(self, Run(start + first, start + last), matcher.ratio(), tuple(matcher.get_opcodes()))


def _runs(positions: Sequence[int]) -> list[Run]:
    runs = [Run(positions[0], positions[0])]
    for position in positions[1:]:
        if position == runs[-1].last + 1:
            runs[-1] = Run(runs[-1].first, position)
        else:
            runs.append(Run(position, position))
    return runs

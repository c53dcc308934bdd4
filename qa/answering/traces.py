"""A topic and articles -> where the topic's words stand in each, and what share of the topic any part of a text has.

A word counts the more the fewer of the sentences looked at have it: of somebody who runs Twitter, "Twitter" in "Twitter
verification" tells nothing. Words are compared without case, accents, plural and possessive; one that only begins alike
("immigrants" for "immigration") counts for a part. One word of a two-word topic is not the topic: what share of the
words there is, is squared. The word to look for: inverse document frequency.

Promise: a text is read once for a topic, whatever is asked of its parts. What it does not know: other words for the
same thing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from qa.answering.relevance import stem, telling_words
from qa.text import fold
from qa.types import Span

__all__ = ["Trace", "Traces"]

_BEGINNING, _ALIKE = 6, 0.6  # letters from which two words begin alike, and what that counts
_LEAST = 0.3  # what a word counts that every sentence has


class _Levelled(dict[int, str]):
    """Code point -> the same without case and accents; what would become longer stays, so that positions hold."""

    def __missing__(self, point: int) -> str:
        levelled = fold(chr(point))
        self[point] = levelled if len(levelled) == 1 else chr(point)
        return self[point]


_LEVELLED = _Levelled()


@lru_cache(maxsize=2_000)  # people ask about one speaker repeatedly
def _level(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_LEVELLED)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a topic's words stand in one text: positions in order, which word, and how surely."""

    starts: tuple[int, ...]
    words: tuple[int, ...]
    sure: tuple[float, ...]

    def within(self, part: Span) -> dict[int, float]:
        """The words that stand in a part, each with how surely."""
        found: dict[int, float] = {}
        for at in range(bisect_left(self.starts, part.start), bisect_left(self.starts, part.end)):
            word = self.words[at]
            found[word] = max(found.get(word, 0.0), self.sure[at])
        return found


class Traces:
    """The words of one topic, looked for in texts.

    Args:
        topic: as it was asked for.
    """

    def __init__(self, topic: str) -> None:
        self._stems = sorted({stem(word) for word in telling_words(topic)})
        self._weights = [1.0] * len(self._stems)
        exact = [(number, 1.0, _forms(one)) for number, one in enumerate(self._stems)]
        alike = [
            (number, _ALIKE, rf"{re.escape(one[:_BEGINNING])}\w*")
            for number, one in enumerate(self._stems)
            if len(one) >= _BEGINNING
        ]
        self._groups = [*exact, *alike]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(f'({form})' for *_, form in self._groups)})(?!\w)")

    def of(self, text: str) -> Trace:
        """Look for the words in a text."""
        found = [(match.start(), *self._groups[(match.lastindex or 1) - 1][:2]) for match in self._hits(text)]
        return Trace(tuple(one[0] for one in found), tuple(one[1] for one in found), tuple(one[2] for one in found))

    def _hits(self, text: str) -> Iterable[re.Match[str]]:
        return self._pattern.finditer(_level(text)) if self._stems else ()

    def weigh(self, parts: Sequence[tuple[Trace, Span]]) -> None:
        """Let each word count the more the fewer of these parts have it."""
        counts = [0] * len(self._stems)
        for trace, part in parts:
            for word, sure in trace.within(part).items():
                counts[word] += sure == 1
        self._weights = [log((len(parts) + 1) / (count + 1)) + _LEAST for count in counts]

    def share(self, trace: Trace, part: Span) -> float:
        """How much of the topic a part of a text has, between 0 and 1: half of its words count a quarter."""
        if not self._stems:
            return 0.0
        had = sum(self._weights[word] * sure for word, sure in trace.within(part).items()) / sum(self._weights)
        return had * had


def _forms(word: str) -> str:
    """A stem and its plurals and possessives, as a pattern."""
    ends = rf"{re.escape(word[:-1])}(?:y|ies)" if word.endswith("y") else rf"{re.escape(word)}(?:s|es|ses)?"
    return rf"{ends}(?:'s?)?"

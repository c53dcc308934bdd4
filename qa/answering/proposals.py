"""Candidates -> proposals: every answer once, with all the candidates that give it.

Two candidates give the same answer when their words agree after folding case and accents and dropping articles and
punctuation, or when one is a part of the other that holds a name and what is left out holds no number and no "and"
("Peskov" and "Dmitry Peskov", but not "48" and "48 million"). The best candidate names the answer.

What it does not know: that "the chancellor" is Friedrich Merz, and that "December 14" is "last Sunday".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.text import fold, word_spans
from qa.types import Candidate

__all__ = ["Proposal", "proposals", "words_of"]

_AND = frozenset(("and", "or", "und", "oder"))
_ARTICLES = frozenset(("a", "an", "the", "der", "die", "das"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """One answer and the candidates that give it, best margin first, from different places."""

    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The candidate whose words are the answer."""
        return self.candidates[0]


def proposals(candidates: Sequence[Candidate]) -> list[Proposal]:
    """Group candidates by what they answer, best margin first; of overlapping ones the better is kept."""
    groups: list[tuple[tuple[str, ...], bool, list[Candidate]]] = []
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: (-one.margin, one.hit.rank, one.span)):
        if any(_overlap(candidate, better) for better in kept):
            continue
        kept.append(candidate)
        words, named = words_of(candidate)
        for theirs, theirs_named, group in groups:
            if _same(words, named, theirs, theirs_named):
                group.append(candidate)
                break
        else:
            groups.append((words, named, [candidate]))
    return [Proposal(tuple(group)) for _, _, group in groups]


def words_of(candidate: Candidate) -> tuple[tuple[str, ...], bool]:
    """The words of the span as they are compared, and whether there is a name among them."""
    text = candidate.span.shifted(-candidate.hit.passage.span.start).of(candidate.hit.passage.text)
    printed = [word.of(text) for word in word_spans(text)]
    words = [fold(word).removesuffix("'s") for word in printed]
    return tuple(w for w in words if w not in _ARTICLES) or tuple(words), any(word[0].isupper() for word in printed)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.hit.passage.article_id == other.hit.passage.article_id and one.span.overlaps(other.span)


def _same(one: tuple[str, ...], one_named: bool, other: tuple[str, ...], other_named: bool) -> bool:
    if one == other:
        return True
    (short, named), (long, _) = sorted([(one, one_named), (other, other_named)], key=lambda pair: len(pair[0]))
    starts = range(len(long) - len(short) + 1)
    at = next((start for start in starts if long[start : start + len(short)] == short), None)
    if at is None or not short or not named:
        return False
    left = (*long[:at], *long[at + len(short) :])
    return not any(word in _AND or any(map(str.isdigit, word)) for word in left)

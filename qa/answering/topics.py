"""Somebody's statements -> what they are about, in the words that they share and the rest of the archive shares less.

Promises: a topic is printed in two statements or more, each of which is counted under it, and no topic is only a part
of another one with the same statements. What it does not know: that "wages" and "pay" are one topic, what words mean.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.text import fold, word_spans
from qa.types import Citation

__all__ = ["Topic", "topics_of"]

_EMPTY_WORDS = """
about after again against almost already although always among another anything around asked because become been before
being believe best better between both called came cannot come could course days does doing done down during each early
either else even ever every everyone everything fact first from gave getting give given going good great have having
here however into itself just keep kind knew know known last later least less like little long look made make making
many matter maybe might more most much must need never next nothing often only other others ought over part people
perhaps place possible quite rather really right said same says seen several shall should since some somebody something
soon still such sure take taken than that their them themselves then there these they thing things think this those
though thought three through time times today together told took toward towards twice under until used very want wanted
ways week weeks well went were what when where whether which while will with within without work would year years your
yourself about dass aber auch oder eine einen einer nicht noch sich sind wird werden wurde haben hatte sein seine
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_SHORTEST = 4  # letters of a word that may be a topic
_PAIR = 1.5  # what two words tell more than one
_TRIED = 60  # candidates whose rarity is looked up


@dataclass(frozen=True, slots=True)
class Topic:
    """One or two words as printed most often, and the numbers of the citations that have them."""

    label: str
    numbers: tuple[int, ...]


def topics_of(
    citations: Sequence[Citation],
    *,
    articles: int,
    mentions: Callable[[str], int],
    without: Sequence[str] = (),
    at_most: int = 8,
) -> list[Topic]:
    """Find what several of the statements are about, the most telling first.

    Args:
        citations: somebody's statements.
        articles: how many articles the archive has.
        mentions: how many of them have some words.
        without: names whose words are no topic, such as the speaker's.
        at_most: most topics.
    """
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    numbers: dict[str, set[int]] = defaultdict(set)
    own = {fold(span.of(name)) for name in without for span in word_spans(name)}
    for citation in citations:
        for label in _candidates(citation, own):
            key = fold(label)
            printed[key][label] += 1
            numbers[key].add(citation.number)
    shared = sorted((key for key in numbers if len(numbers[key]) > 1), key=lambda key: (-len(numbers[key]), key))
    tried = shared[:_TRIED]
    rarity = {key: math.log((1 + articles) / (1 + mentions(key))) for key in tried}
    tried.sort(key=lambda key: (-len(numbers[key]) * rarity[key] * (_PAIR if " " in key else 1), key))
    chosen: list[str] = []
    for key in tried:
        if not any(set(key.split()) & set(other.split()) and numbers[key] <= numbers[other] for other in chosen):
            chosen.append(key)
    return [Topic(printed[key].most_common(1)[0][0], tuple(sorted(numbers[key]))) for key in chosen[:at_most]]


def _candidates(citation: Citation, own: set[str]) -> list[str]:
    """Words of what is said that can be a topic, alone and in pairs."""
    text = citation.article.text
    content = citation.statement.content if citation.statement else (citation.span,)
    found = []
    for fragment in content:
        spans = [span.shifted(fragment.start) for span in word_spans(fragment.of(text))]
        telling = [span for span in spans if _may_be_topic(fold(span.of(text)), own)]
        found += [span.of(text).removesuffix("’s").removesuffix("'s") for span in telling]
        kept = set(telling)
        found += [
            text[first.start : second.end]
            for first, second in pairwise(spans)
            if {first, second} <= kept and text[first.end : second.start] == " "
        ]
    return found


def _may_be_topic(word: str, own: set[str]) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and word not in _EMPTY and word not in own

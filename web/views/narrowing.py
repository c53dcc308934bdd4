"""A long list of statements -> what is shown of it at once, what is folded, and the ways to narrow it down.

Promises: what is shown at once is the first ``SHOWN`` statements, even of one article, unless only a few would be left
over; the rest stays in order, those in a row from one article together. What this does not know: what was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qa.types import Citation
from web.filters import Filters
from web.views.back import Back, conversation
from web.views.cards import Card
from web.views.timeline import Timeline, timeline

__all__ = ["Groups", "Narrowing", "folded", "grouped", "narrowing"]

SHOWN = 10  # statements of a list that are not folded away

Groups = tuple[tuple[Card, ...], ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The ways to fewer statements: by day along the ``timeline``, by dates, by the outlets that they come from.

    ``outlets`` has each with the number of its statements and whether it was chosen; ``questions`` are what the form
    sends along; ``articles`` is from how many they come.
    """

    timeline: Timeline | None
    outlets: tuple[tuple[str, int, bool], ...]
    articles: int
    questions: tuple[str, ...]
    first: date | None
    last: date | None


def grouped(cards: Sequence[Card]) -> Groups:
    """Put the cards in a row from one article together."""
    return tuple(tuple(each) for _, each in groupby(cards, lambda each: each.article_href))


def folded(cards: Sequence[Card]) -> tuple[Groups, Groups]:
    """Return what is shown at once, and what is folded away: nothing where it would be a few."""
    few = len(cards) - SHOWN <= SHOWN // 3
    shown = len(cards) if few else SHOWN
    return grouped(cards[:shown]), grouped(cards[shown:])


def narrowing(citations: Sequence[Citation], back: Back) -> Narrowing:
    """Draw the ways into a list that is folded."""
    filters = back.filters
    articles = {one.article.id: one.article for one in citations}
    return Narrowing(
        timeline=timeline(
            [one.article.published for one in citations if one.article.published],
            lambda first, last: conversation(back.questions, Filters(first, last, filters.outlets)),
        ),
        outlets=tuple(_outlets(citations, filters)),
        articles=len(articles),
        questions=back.questions,
        first=filters.published_after,
        last=filters.published_before,
    )


def _outlets(citations: Sequence[Citation], filters: Filters) -> Iterator[tuple[str, int, bool]]:
    counts = Counter(one.article.outlet for one in citations if one.article.outlet)
    for name, count in counts.most_common():
        yield name, count, name in filters.outlets

"""A long list of statements -> what is shown of it at once, what is folded, and the ways to narrow it down.

Promises: what is shown at once is the first ``SHOWN`` statements, even of one article, unless only a few would be left
over; the rest stays in order, those in a row from one article together. What this does not know: what was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby

from qa.types import Citation
from web.filters import Filters
from web.views.cards import Card
from web.views.timeline import Timeline, timeline

__all__ = ["Groups", "Narrowing", "counted", "folded", "grouped", "narrowing"]

SHOWN = 10  # statements of a list that are not folded away

Groups = tuple[tuple[Card, ...], ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The ways to fewer statements: by day along the ``timeline``, by dates, by the outlets that they come from.

    ``outlets`` has each with the number of its statements and whether it was chosen; ``action`` is where the form leads
    and ``kept`` what it sends along; ``articles`` is from how many they come.
    """

    timeline: Timeline | None
    outlets: tuple[tuple[str, int, bool], ...]
    articles: int
    action: str
    kept: tuple[tuple[str, str], ...]
    first: date | None
    last: date | None


def grouped(cards: Sequence[Card]) -> Groups:
    """Put the cards in a row from one article together."""
    return tuple(tuple(each) for _, each in groupby(cards, lambda each: each.article_href))


def folded(cards: Sequence[Card], most: int = SHOWN) -> tuple[Groups, Groups]:
    """Return what is shown at once, ``most`` statements, and what is folded away: nothing where it would be a few."""
    counts = list(accumulate((each.count for each in cards), initial=0))
    few = counts[-1] - most <= most // 3
    shown = len(cards) if few else sum(count < most for count in counts)
    return grouped(cards[:shown]), grouped(cards[shown:])


def counted(groups: Groups) -> int:
    """How many statements these are."""
    return sum(each.count for group in groups for each in group)


def narrowing(
    citations: Sequence[Citation],
    filters: Filters,
    action: str,
    kept: Sequence[tuple[str, str]],
    within: Callable[[date, date], str],
) -> Narrowing:
    """Draw the ways into a list.

    Args:
        citations: all of it.
        filters: those in force.
        action: where the form leads.
        kept: what the form sends along.
        within: the address of what is said from a first day to a last.
    """
    articles = {one.article.id: one.article for one in citations}
    return Narrowing(
        timeline=timeline(
            [one.article.published for one in citations if one.article.published],
            within,
        ),
        outlets=tuple(_outlets(citations, filters)),
        articles=len(articles),
        action=action,
        kept=tuple(kept),
        first=filters.published_after,
        last=filters.published_before,
    )


def _outlets(citations: Sequence[Citation], filters: Filters) -> Iterator[tuple[str, int, bool]]:
    counts = Counter(one.article.outlet for one in citations if one.article.outlet)
    for name, count in counts.most_common():
        yield name, count, name in filters.outlets

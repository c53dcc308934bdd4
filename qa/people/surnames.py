"""A surname that articles use alone, and how those who bear it are named -> whom it plainly means, or nobody.

"Biden" is Joe Biden's where nearly all articles of about that time that name a Biden name him, or nearly all of the
archive do. Promise: whoever is meant is meant by every use, and by the same evidence for any surname; there is no list
of famous people. Measured by ``python -m qa.evaluation.people``: names in full are given back to the right bearer.

What it does not know: whom an article means that names nobody in full and means somebody rare; within an article that
names somebody in full, the resolver has decided already (:mod:`qa.attribution`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from qa.types import Naming

__all__ = ["bearer_of", "is_near"]

_NEAR = 365  # days between a use of a surname alone and the articles that tell whose it is
_LEAST, _SHARE = 8, 0.8  # articles near in time that name one person, and their share of those that name any bearer
_LEAST_EVER, _SHARE_EVER = 12, 0.9  # the same over the whole archive

Bearer = TypeVar("Bearer", bound=Hashable)


def bearer_of(uses: Sequence[Naming], bearers: Mapping[Bearer, Sequence[Naming]]) -> Bearer | None:
    """Say whom all uses of a surname alone mean; None where it is not plain.

    Args:
        uses: how the surname is used alone.
        bearers: those who have it, with how they are named in full.
    """
    ever = Counter({one: sum(naming.articles for naming in told) for one, told in bearers.items()})
    meant = {_meant(use, bearers, ever) for use in uses}
    return meant.pop() if len(meant) == 1 else None


def is_near(one: Naming, other: Naming) -> bool:
    """Whether two names are used within a year of each other; where no day is known, they may be."""
    if not (one.first and one.last and other.first and other.last):
        return True
    return (one.first - other.last).days <= _NEAR and (other.first - one.last).days <= _NEAR


def _meant(use: Naming, bearers: Mapping[Bearer, Sequence[Naming]], ever: Counter[Bearer]) -> Bearer | None:
    near = Counter(
        {one: sum(naming.articles for naming in told if is_near(use, naming)) for one, told in bearers.items()}
    )
    then = _prevailing(near, _LEAST, _SHARE)
    always = _prevailing(ever, _LEAST_EVER, _SHARE_EVER)
    rivals = near.total() - near[always] if always is not None else 0
    return then or (always if always is not None and rivals <= near[always] else None)


def _prevailing(articles: Counter[Bearer], least: int, share: float) -> Bearer | None:
    one, most = articles.most_common(1)[0]
    return one if most >= max(least, share * articles.total()) else None

"""Articles that came in, changed or went -> which of them are copies of one story, in the catalog's tables.

An article is compared with those alone that share a band of its sketch; what it has been compared with stays, also when
it is hidden and comes back. Then every story that it touches is made anew, and which statements repeat what another
copy has. Promises: what a kill cuts short, or an archive from before has not got, the next run does; the outcome
depends on the articles and not on their order. What it does not know: what makes two texts copies (:mod:`qa.stories`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qa.catalog import Catalog
from qa.stories import (
    MOST_CANDIDATES,
    VERSION,
    Edge,
    Kinship,
    Said,
    Words,
    bands_of,
    kinship,
    overlap,
    repeats,
    stories_of,
    words_of,
)
from qa.text import words_in
from qa.types import Article

__all__ = ["group_stories"]

_AT_ONCE = 64  # articles
_TEXTS = 50  # candidates that are in memory


def group_stories(catalog: Catalog, *, stop: Callable[[], bool] = lambda: False) -> None:
    """Bring the stories up to date; ``stop`` is asked now and then, and the rest stays for the next time."""
    catalog.begin_stories(VERSION)
    while not stop() and _group_some(catalog):
        pass


def _group_some(catalog: Catalog) -> bool:
    """Make the stories of some articles anew; say whether there were any to do."""
    with catalog.alone():
        some = catalog.ungrouped(_AT_ONCE)
        if not some:
            return False
        _compare(catalog, dict(some))
        reached, pairs = catalog.copies_around([key for key, _ in some])
        known = {key: (day, words) for key, day, words in catalog.lengths(sorted(reached))}
        edges = [Edge(one, other, near, kind != Kinship.PART, bool(home)) for one, other, near, kind, home in pairs]
        told = stories_of(edges, {key: day for key, (day, _) in known.items()})
        stories = [_in_order(keys, known) for keys in told]
        repeated = {place: first for copies in stories for place, first in _repeated(catalog, copies).items()}
        catalog.keep_stories(reached, stories, repeated)
    return True


def _compare(catalog: Catalog, ids: dict[int, str]) -> None:
    """Compare those that have not been compared with whatever shares a band with them."""
    new = {key: ids[key] for key in sorted(catalog.uncompared(list(ids)))}
    articles = catalog.articles(list(new.values()))  # damaged ones are missing
    texts = {key: articles[id_] for key, id_ in new.items() if id_ in articles}
    words = {key: words_of(article.text) for key, article in texts.items()}
    catalog.keep_sketches({key: (len(one.folded), bands_of(one.folded)) for key, one in words.items()})
    pairs: dict[tuple[int, int], tuple[float, str, bool]] = {}
    for key, article in texts.items():
        near = catalog.sharing_bands(key, MOST_CANDIDATES)
        for at in range(0, len(near), _TEXTS):
            there = catalog.articles([id_ for _, id_ in near[at : at + _TEXTS]], hidden=True)
            for other, id_ in near[at : at + _TEXTS]:
                if id_ in there and (other, key) not in pairs:
                    shared = _shared(article, words[key], there[id_], words.get(other))
                    if shared is not None:
                        pairs[key, other] = shared
    catalog.keep_copies(texts, ((*keys, *shared) for keys, shared in pairs.items()))


def _shared(article: Article, words: Words, other: Article, others: Words | None) -> tuple[float, str, bool] | None:
    """How much of the longer text both have, what that makes them, and whether one outlet published both."""
    found = overlap(words, others or words_of(other.text))
    one_outlet = not _outlets(article).isdisjoint(_outlets(other))
    kind = kinship(found, one_outlet=one_outlet)
    return None if kind is Kinship.NONE else (found.of_longer, kind.value, one_outlet)


def _outlets(article: Article) -> set[str]:
    return {place.outlet for place in article.locations if place.outlet}


def _in_order(keys: Sequence[int], known: Mapping[int, tuple[date | None, int]]) -> list[tuple[int, int]]:
    """Keys and lengths of a story's articles: by day, of one day the longest first, those without a day last."""
    lengths = sorted((known[key][0] or date.max, -known[key][1], key) for key in keys)
    return [(key, -words) for _, words, key in lengths]


def _repeated(catalog: Catalog, copies: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """The statements that an earlier copy has, by article and ordinal, and where."""
    said = (
        [((key, ordinal), Said(speaker, tuple(words_in(text)))) for ordinal, speaker, text in catalog.said_in(key)]
        for key, _ in copies
    )
    return repeats(said)

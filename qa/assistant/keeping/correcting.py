"""New articles -> which of them have a notice of another's error, and which articles those notices correct.

It is done after an ingestion, over what has been stored since it was done last, so that a correction and what it
corrects may come in either order and in different runs. Promises: articles that were read by other rules than today's
are read again; what a kill cuts short the next run does; a notice is looked at again when an article comes in that it
might mean. What it does not know: how a notice is worded (:mod:`qa.corrections`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from qa.catalog import NOTICES_READ, Catalog
from qa.corrections import VERSION, corrected_by, days_of, notices_in, terms_of
from qa.types import Article, Notice, Scope

__all__ = ["link_corrections"]

_AT_ONCE = 200  # articles
_PASSAGES = 60  # in which the article that a notice means is looked for


def link_corrections(catalog: Catalog) -> None:
    """Read what is new for notices, and link those that may mean something new."""
    with catalog.alone():
        _link_new(catalog)


def _link_new(catalog: Catalog) -> None:
    key, noticing = _read_before(catalog), set[str]()
    days: set[date | None] = set()
    while some := catalog.articles_after(key, _AT_ONCE):
        articles = catalog.articles([id_ for _, id_ in some]).values()
        key = some[-1][0]
        days |= {one.published for one in articles}
        noticing |= {one.id for one in articles if any(not notice.own for notice in notices_in(one))}
        catalog.note_notices(noticing)
    if not days:
        return
    for noted in catalog.noticing():
        for article in catalog.articles([noted]).values():  # none where it is damaged
            notices = [one for one in notices_in(article) if not one.own]
            if noted in noticing or any(_may_mean(one, article, days) for one in notices):
                found = (_meant(catalog, one, article) for one in notices)
                catalog.link_corrections(noted, [one.id for one in found if one])
    catalog.set_meta(NOTICES_READ, f"{VERSION}:{key}")


def _read_before(catalog: Catalog) -> int:
    """The last article that today's rules have read; 0 where they have read none."""
    version, _, key = (catalog.meta(NOTICES_READ) or "").partition(":")
    return int(key) if version == VERSION and key.isdigit() else 0


def _may_mean(notice: Notice, article: Article, days: Collection[date | None]) -> bool:
    first, last = days_of(notice, article)
    if first is None or last is None:
        return None in days
    return any(first <= day <= last for day in days if day)


def _meant(catalog: Catalog, notice: Notice, article: Article) -> Article | None:
    """The article that a notice means, among those of its outlet and days that share words with it."""
    outlets = dict.fromkeys(one.outlet for one in article.locations if one.outlet)
    scope = Scope(*days_of(notice, article), tuple(outlets))
    hits = catalog.search(terms_of(notice, article), _PASSAGES, scope)
    ids = dict.fromkeys(passage.partition(":")[0] for passage, _ in hits)
    return corrected_by(notice, article, catalog.articles(list(ids)).values())

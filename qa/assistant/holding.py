"""An office as asked -> where articles say beside a name that its bearer has it.

What a statement names as its speaker is looked up among the speakers; an office stands beside a name wherever an
article introduces somebody, which need not be where they speak: "What did the head of the water office say?" is found
by "Judith Kestrel-Boone, who heads the water office". Promises: only the newest articles with the words of an office
are read, and what was found is kept as long as nothing in the archive has changed. What it does not know: who says
anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from qa.answering import in_office
from qa.attribution import Office, holders, office_named
from qa.catalog import Catalog
from qa.types import EVERYTHING, Article, Introduction, Scope

__all__ = ["Holding", "articles_of"]

_READ = 20  # newest passages with the words of an office, which are read for everybody in them: 15 ms each
_REMEMBERED = 64


class Holding:
    """Who has which office by the articles of one archive."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def told(self, office: Office, scope: Scope = EVERYTHING) -> Sequence[Introduction]:
        """Where articles say who has an office, or had it."""
        return self._remembered(office, scope, self._catalog.changes())

    def names(self, asked: str) -> list[str]:
        """Who has the office that a question names by its words, as articles spell them; empty where it names none."""
        office = office_named(asked)
        if office is None:
            return []
        found = self.told(office)
        articles = self._catalog.articles(list({one.article_id for one in found}))
        sound = [one for one in found if one.article_id in articles]
        return list(dict.fromkeys(one.name for one in (in_office(sound, articles) if office.is_of_now else sound)))

    def _read(self, office: Office, scope: Scope, changes: int) -> Sequence[Introduction]:
        """``changes`` is the state of the catalog that this holds for."""
        articles = articles_of(self._catalog, self._catalog.newest_with_each(office.sought, _READ, scope))
        return [one for article in articles for one in holders(article.text, office, article.id)]


def articles_of(catalog: Catalog, passages: Iterable[str]) -> Sequence[Article]:
    """The articles of passages, each once."""
    return list(catalog.articles(list(dict.fromkeys(id_.split(":")[0] for id_ in passages))).values())

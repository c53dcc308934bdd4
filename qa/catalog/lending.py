"""What each address states of a text -> a byline, date or outlet that its first address lacks and another one lends.

One text at two addresses is one article, and it is described as its first address does. What that address leaves out
is taken from the others, and which one said it stays known (``location.stated``), so that nothing is shown as if the
first had stated it, and what it states itself the next time takes its place. Of several days the earliest is taken, of
bylines and outlets the one of the earlier address. What it does not know: copies that were edited, which are articles
of their own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qa.types import Article, Lent, LentDetail

__all__ = ["borrowed", "stated_in"]

Place = Sequence[Any]
"""An address, its outlet, and what it states as :func:`stated_in` has it; None where that is not known."""


def stated_in(article: Article) -> str:
    """What the place that an article has just come from states of it, as a cell has it."""
    details = {
        LentDetail.PUBLISHED.value: article.published.isoformat() if article.published else None,
        LentDetail.BYLINE.value: article.byline,
    }
    return json.dumps({name: value for name, value in details.items() if value}, ensure_ascii=False)


def borrowed(places: Sequence[Place]) -> tuple[tuple[Lent, str], ...]:
    """What the first of these places lacks, with the value and the place that lends it."""
    found = []
    for detail in LentDetail:
        stated = [(_told(detail, outlet, cell), url) for url, outlet, cell in places]
        others = [(value, url) for value, url in stated[1:] if value]
        if others and stated[0][0] == "":
            value, url = min(others) if detail is LentDetail.PUBLISHED else others[0]
            found.append((Lent(detail, url), value))
    return tuple(found)


def _told(detail: LentDetail, outlet: str | None, cell: str | None) -> str | None:
    """What a place says: "" where it does not, None where that is not known."""
    if detail is LentDetail.OUTLET:
        return outlet or ""
    return None if cell is None else str(json.loads(cell).get(detail.value, ""))

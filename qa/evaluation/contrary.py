"""An archive -> every pair of its statements that cannot both hold, one JSON line a pair, to be judged by reading.

    QA_DATA_DIR=ARCHIVE python -m qa.evaluation.contrary > pairs.jsonl

A line has the article's id and title of each of the two, who says it, by which cue, in which words, and how they are
opposed. All statements of the archive are compared, as a question without a speaker would have it without a limit.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from qa.answering import find_of, opposed
from qa.catalog import Catalog
from qa.citing import Find
from qa.people import profiles_of
from qa.settings import load_settings
from qa.types import StatementKind

__all__ = ["pairs_of"]

_AT_ONCE = 500  # articles


def pairs_of(catalog: Catalog) -> Iterator[dict[str, object]]:
    """The pairs of an archive as they are read by whoever judges them."""
    voices = {name: one.slug for one in profiles_of(catalog.namings(), catalog.pins()) for name in one.spellings}
    finds: list[Find] = []
    key = 0
    while some := catalog.articles_after(key, _AT_ONCE):
        key = some[-1][0]
        for article in catalog.articles([id_ for _, id_ in some]).values():
            finds += [
                find_of(article, one)
                for one in catalog.statements(article.id)
                if one.content and one.kind is StatementKind.SPEECH
            ]
    for one in opposed(finds, voices):
        yield {"how": one.how, "claim": _told(one.claim), "otherwise": _told(one.otherwise)}


def _told(find: Find) -> dict[str, str | None]:
    text, statement = find.article.text, find.statement
    assert statement is not None
    speaker = statement.speaker
    return {
        "article": find.article.id,
        "title": find.article.title,
        "speaker": (speaker.name or speaker.mention) if speaker else None,
        "cue": " … ".join(span.of(text) for span in statement.cue),
        "content": " … ".join(span.of(text) for span in statement.content),
    }


def main() -> None:
    """Print the pairs of the archive."""
    with Catalog.open(load_settings().data_dir / "catalog.sqlite", write=False) as catalog:
        for pair in pairs_of(catalog):
            sys.stdout.write(json.dumps(pair, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

"""Questions that an archive answers -> a file in the data folder, and back once the archive is opened again.

Promises: the file is written whole or not at all, for its owner alone, and says of what state of the archive the
questions are, as far as that is known without looking at all of it; one that cannot be read is none. It is no part of
the truth: without it the questions are looked for again. What this does not know: how they are found, and whether they
still hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qa import __version__
from qa.assistant.keeping.privacy import write_whole
from qa.catalog import Catalog

__all__ = ["Kept", "Suggested", "Suggestion"]

_NAME = "suggestions.json"


class Suggestion(NamedTuple):
    """A question, and the ids of the articles that its answer cites."""

    question: str
    articles: tuple[str, ...]


class Kept(NamedTuple):
    """What was found: in an archive of so many articles, of which this was the last, by this version."""

    version: str
    articles: int
    last: str
    suggestions: tuple[Suggestion, ...]

    @classmethod
    def now(cls, catalog: Catalog, suggestions: Sequence[Suggestion] = ()) -> Kept:
        """What is found in the archive as it is."""
        last = catalog.last_article()
        return cls(__version__, catalog.count_articles(), last[1] if last else "", tuple(suggestions))

    def same_archive(self, other: Kept) -> bool:
        """Whether nothing tells the two archives apart."""
        return self[:3] == other[:3]


class Suggested:
    """The file of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / _NAME

    def read(self) -> Kept | None:
        """What was kept last; None where nothing is, or nothing that can be read."""
        try:
            version, articles, last, suggestions = json.loads(self._path.read_bytes())
            found = tuple(Suggestion(str(question), tuple(map(str, ids))) for question, ids in suggestions)
            return Kept(str(version), int(articles), str(last), found)
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, kept: Kept) -> None:
        """Keep these instead; where they cannot be written, what was kept stays."""
        with suppress(OSError):
            write_whole(self._path, json.dumps(kept, ensure_ascii=False).encode())

    def forget(self) -> None:
        """Erase what is kept."""
        self._path.unlink(missing_ok=True)

"""What could not be put into the archive -> one file each in the data folder, to be tried again, and back.

A file holds what was read of the article (the fields of its draft, or its record as it stands in the source), where it
comes from, and why and when it failed; of a source that could not be read at all, only its name. Promises: files are
written whole or not at all, and nobody but their owner reads them; the same failure is kept once; what is purged from
the archive is forgotten here too. What this module does not know: whether trying again will help.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from qa.assistant.keeping.privacy import write_whole
from qa.errors import ArchiveError, SourceError
from qa.ingestion import is_address
from qa.protocols import Draft
from qa.text import normalise
from qa.types import Article

__all__ = ["Kept", "Quarantine", "draft_from", "fields_of"]

_WORD = re.compile(r"\w+")
_TELLING = 8  # words in a row that two texts do not share by chance


@dataclass(frozen=True, slots=True)
class Kept:
    """One article that was set aside; ``draft`` and ``record`` are None where nothing of it was read.

    ``source`` is a real path or an address, ``home`` the address of a record that names none of its own.
    """

    source: str
    line: int | None
    reason: str
    when: datetime
    draft: Draft | None = None
    record: str | None = None
    home: str | None = None

    @property
    def where(self) -> str | None:
        """The address that its article would have; None where not even that is known."""
        if self.draft:
            return self.draft.location
        return f"{self.home}#L{self.line}" if self.home and self.line else self.home

    @property
    def name(self) -> str:
        """Tells this failure from others, and is the same when it happens again."""
        what = self.draft.body if self.draft else self.record
        known = json.dumps([self.source, self.line, self.where, what])
        return hashlib.sha256(known.encode()).hexdigest()[:16]

    def mentions(self, article: Article) -> bool:
        """Say whether anything of this article is kept here: its address, or a run of its words."""
        if self.draft and self.draft.location in {place.url for place in article.locations}:
            return True
        said = _words(self.record or json.dumps(fields_of(self.draft), default=str))
        paragraphs = (_words(paragraph.span.of(article.text)) for paragraph in article.paragraphs)
        runs = (words for words in (_words(article.title), *paragraphs) if words.count(" ") + 1 >= _TELLING)
        whole = _words(article.text)
        return any(f" {run} " in f" {said} " for run in runs) or (bool(whole) and f" {whole} " in f" {said} ")


class Quarantine:
    """The folder of what was set aside; it is made when there is something to keep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, failure: SourceError, draft: Draft | None = None) -> Kept:
        """Set an article aside, or a source of which nothing could be read.

        Raises:
            ArchiveError: it cannot be written.
        """
        source = failure.source if is_address(failure.source) else os.path.realpath(failure.source)
        kept = Kept(
            source,
            failure.line,
            failure.reason,
            datetime.now(UTC),
            draft,
            None if draft else failure.record,
            failure.home,
        )
        try:
            write_whole(self._path(kept), json.dumps(fields_of(kept), default=str, indent=1).encode("ascii"))
        except OSError as error:
            raise ArchiveError(
                f"What could not be put in could not be set aside in {self.folder}: {error.strerror}.",
                remedy="Make room, or see that you may write there.",
            ) from error
        return kept

    def __iter__(self) -> Iterator[Kept]:
        """What is set aside, oldest first; files that are not ours are passed over."""
        found = (_read(path) for path in self.folder.glob("*.json"))
        return iter(sorted((one for one in found if one), key=lambda one: (one.when, one.source, one.line or 0)))

    def release(self, kept: Kept) -> None:
        """Keep this no longer."""
        self._path(kept).unlink(missing_ok=True)

    def forget(self, articles: Iterable[Article]) -> None:
        """Erase what is kept of these articles."""
        purged = list(articles)
        for kept in self:
            if any(kept.mentions(article) for article in purged):
                self.release(kept)

    def _path(self, kept: Kept) -> Path:
        return self.folder / f"{kept.name}.json"


def fields_of(value: Draft | Kept | None) -> dict[str, Any]:
    """What of it says something, by name."""
    return {} if value is None else {name: field for name, field in asdict(value).items() if field is not None}


def _read(path: Path) -> Kept | None:
    try:
        fields = json.loads(path.read_text(encoding="ascii"))
        draft = fields.pop("draft", None)
        when = datetime.fromisoformat(fields.pop("when"))
        return Kept(**{"line": None, **fields}, when=when, draft=draft_from(draft) if draft else None)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def draft_from(fields: dict[str, Any]) -> Draft:
    """Make a draft of what :func:`fields_of` says, with dates as ISO 8601 writes them."""
    for name, read in (
        ("published", date.fromisoformat),
        ("modified", datetime.fromisoformat),
        ("retrieved", datetime.fromisoformat),
    ):
        if fields.get(name) is not None:
            fields[name] = read(fields[name])
    return Draft(**fields)


def _words(text: str) -> str:
    r"""The words of a text or of a record's source, in which a letter may be written ``\\u00e9``."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})|\\[nrt]", lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    return " ".join(_WORD.findall(normalise(plain))).casefold()

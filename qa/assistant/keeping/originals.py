"""Files as they came -> one each in the data folder, under the id of the article that was read from it, and back.

What an article's text cannot show is shown from these: the page of a PDF. They are no part of the truth: without one
its article only has no picture. Promises: a file is written whole or not at all; what belongs to no article any more
(purged, or its ingestion died) is gone once the archive is next opened for writing. What this does not know: formats.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from qa.assistant.keeping.privacy import write_whole
from qa.errors import ArchiveError

__all__ = ["Originals"]

_KIND = ".pdf"


class Originals:
    """The folder of files as they came; it is made when there is one to keep."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, article_id: str, data: bytes) -> None:
        """Keep the file that an article was read from; the first of several with the same text stays.

        Raises:
            ArchiveError: it cannot be written.
        """
        path = self._path(article_id)
        if path.exists():
            return
        try:
            write_whole(path, data)
        except OSError as error:
            raise ArchiveError(
                f"A file's original could not be kept in {self._folder}: {error.strerror}.",
                remedy="Make room, see that you may write there, or set QA_INGESTION__KEEP_ORIGINALS=false.",
            ) from error

    def of(self, article_id: str) -> bytes | None:
        """The file that an article was read from; None where it is not kept."""
        try:
            return self._path(article_id).read_bytes()
        except OSError:
            return None

    def forget(self, article_ids: Iterable[str]) -> None:
        """Erase the files of these articles."""
        for article_id in article_ids:
            self._path(article_id).unlink(missing_ok=True)

    def sweep(self, known: Callable[[Collection[str]], Collection[str]]) -> None:
        """Erase every file of an article that is not ``known``, and what a kill left half written."""
        kept = list(self._folder.iterdir()) if self._folder.is_dir() else []
        ids = {path.stem for path in kept if path.suffix == _KIND}
        wanted = set(known(ids)) if ids else set()
        for path in kept:
            if path.suffix != _KIND or path.stem not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, article_id: str) -> Path:
        return self._folder / f"{article_id}{_KIND}"

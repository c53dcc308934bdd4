"""An archive in a folder -> the same one in a PostgreSQL database, or back: rows, then vectors, then compared.

Promises: nothing is taken away where it was; a move that was cut short goes on where it stopped; what is not whole
cannot be opened as an archive. Files beside the catalog (PDFs as they came, what was set aside, the compiled encoder)
stay in the folder that has them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from qa.assistant.keeping.privacy import keep_private
from qa.assistant.wiring import Assistant
from qa.catalog import ArchiveLock, Catalog
from qa.errors import ArchiveEmpty, ArchiveError
from qa.protocols import KeptIndex
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.indexing import ChromaIndex
    from qa.indexing.postgres import PostgresIndex

__all__ = ["move"]

_AT_ONCE = 1_000  # vectors
_AGAIN = "Delete what has been copied, and move it again while nobody changes the archive."


def move(settings: Settings, to: str, tell: Callable[[str, int, int], None] = lambda what, done, total: None) -> int:
    """Copy the archive of these settings to an address of a PostgreSQL database, or into a folder.

    Args:
        settings: where it is now.
        to: ``postgresql://…``, or a folder; one that has an archive is refused.
        tell: hears what is being copied, how much of it is there, and how much there is.

    Returns:
        How many articles there are now, of whatever version.

    Raises:
        ArchiveEmpty: there is nothing to copy.
        ArchiveError: there is an archive already, or the two are not the same afterwards.
        ArchiveLocked: another process owns the folder.
    """
    folder = None if "://" in to else Path(to).expanduser().absolute()
    place = to if folder is None else folder / "catalog.sqlite"
    with ExitStack() as stack:
        if folder is not None and folder != settings.data_dir:
            stack.enter_context(keep_private(folder))
            stack.enter_context(ArchiveLock(folder, "qa move"))
        source = stack.enter_context(Assistant.open(settings, label="qa move", write=True))
        catalog, index = source._catalog, source._parts.own_index
        stack.enter_context(catalog.alone())
        if not catalog.count_articles(include_old=True):
            raise ArchiveEmpty(catalog.where)
        before = catalog.changes()
        differing = catalog.copy_to(place, lambda done, total: tell("articles", done, total))
        with _index(settings, to, folder, index.encoder_digest, source._parts.encoder.dimension) as target:
            same = _copy_vectors(index, target, tell)
        if catalog.changes() != before:
            raise ArchiveError("The archive was changed while it was being copied.", remedy=_AGAIN)
        if differing or not same:
            raise ArchiveError(f"The copy differs in {', '.join(differing or ['vectors'])}.", remedy=_AGAIN)
        Catalog.end_copy(place)
        return catalog.count_articles(include_old=True)


def _index(
    settings: Settings, to: str, folder: Path | None, digest: str, dimension: int
) -> ChromaIndex | PostgresIndex:
    if folder is None:
        from qa.indexing.postgres import PostgresIndex

        return PostgresIndex.open(to, encoder_digest=digest, dimension=dimension)
    from qa.indexing import ChromaIndex

    name = settings.index.collection
    return ChromaIndex.open(folder / "index", None, name, encoder_digest=digest, dimension=dimension)


def _copy_vectors(source: KeptIndex, target: KeptIndex, tell: Callable[[str, int, int], None]) -> bool:
    """Copy the vectors that the target lacks; say whether both have the same ids afterwards."""
    wanted, there = source.ids(), target.ids()
    missing = sorted(wanted - there)
    for at in range(0, len(missing), _AT_ONCE):
        target.add(*source.vectors(missing[at : at + _AT_ONCE]))
        tell("vectors", len(wanted) - len(missing) + min(at + _AT_ONCE, len(missing)), len(wanted))
    return target.ids() == wanted

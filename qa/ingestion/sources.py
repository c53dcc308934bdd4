"""What an operator names -> one name per file or address, in a stable order.

Promise: a folder gives only what lies within it: symbolic links are followed no further, and nothing but regular files
is read. The archive's own folder is never a source.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from qa.errors import SourceError
from qa.ingestion.files import reason_of

__all__ = ["SUFFIXES", "expand", "is_address", "is_left_out"]

SUFFIXES = (
    *(
        ".txt",
        ".md",
        ".html",
        ".htm",
        ".jsonl",
        ".jsonl.gz",
        ".json",
        ".eml",
        ".mbox",
        ".xml",
        ".docx",
        ".odt",
        ".pdf",
        ".warc",
        ".warc.gz",
    ),
    *(".zip", ".tar", ".tar.gz", ".tgz"),
)


def is_address(source: str) -> bool:
    """Say whether ``source`` is written as an address with a scheme, and not as a path."""
    return "://" in source


def expand(
    sources: Sequence[str], *, archive: Path | None = None, passed_over: Counter[str] | None = None
) -> Iterator[str | SourceError]:
    """Walk folders, sorted, and pass files and addresses through, each once.

    In a folder, files of other kinds, hidden ones and a ``README`` are left out; a file that is named goes through
    whatever it is, so that reading it can say what is wrong. A link that leads out of its folder, what is no regular
    file, and a folder that may not be searched come out as errors in their place.

    Args:
        sources: files, folders and addresses.
        archive: the data folder, of which nothing is taken.
        passed_over: gets how many files of which kind (".docx", "" without one) folders hold that nothing here reads.

    A named path that is empty, does not exist, cannot be looked at or is in the data folder comes out as an error, too.
    """
    kept_out = archive.resolve() if archive else None
    seen: set[str] = set()
    for source in sources:
        for found in _walk(source, kept_out, Counter() if passed_over is None else passed_over):
            key = found if isinstance(found, SourceError) or is_address(found) else os.path.realpath(found)
            if isinstance(key, SourceError) or key not in seen:
                seen.add(str(key))
                yield found


def is_left_out(name: str) -> bool:
    """Say whether a file of this name is left out where nobody named it: it is hidden, or a ``README``."""
    return name.startswith(".") or PurePath(name).stem.upper() == "README"


def _check(source: str, archive: Path | None) -> None:
    if not source.strip():
        raise SourceError(source, "the name is empty", remedy="Name a file, a folder or an http(s) address.")
    try:
        found = Path(source).exists()
        own = archive is not None and Path(os.path.realpath(source)).is_relative_to(archive)
    except OSError as error:  # too long a name, a folder that may not be searched
        raise SourceError(source, reason_of(error)) from error
    if not found:
        raise SourceError(source, "no such file or folder")
    if own:
        raise SourceError(source, "this is in the archive's own data folder", remedy="Name what you want to put in.")


def _walk(source: str, archive: Path | None, passed_over: Counter[str]) -> Iterator[str | SourceError]:
    if is_address(source):
        yield source
        return
    try:
        _check(source, archive)
    except SourceError as wrong:
        yield wrong
        return
    if not Path(source).is_dir():
        yield source
        return
    root = Path(source).resolve()
    closed: list[OSError] = []
    for folder, subfolders, files in os.walk(source, onerror=closed.append):
        subfolders[:] = sorted(name for name in subfolders if _is_open(Path(folder, name), archive))
        wanted = [name for name in sorted(files) if not is_left_out(name)]
        passed_over.update(Path(name).suffix.lower() for name in wanted if not name.lower().endswith(SUFFIXES))
        for path in (Path(folder, name) for name in wanted if name.lower().endswith(SUFFIXES)):
            reason = _why_not(path, root, archive)
            yield SourceError(str(path), reason) if reason else str(path)
    for error in closed:
        yield SourceError(str(error.filename), reason_of(error))


def _is_open(folder: Path, archive: Path | None) -> bool:
    return not folder.name.startswith(".") and (archive is None or folder.resolve() != archive)


def _why_not(path: Path, root: Path, archive: Path | None) -> str | None:
    """What speaks against reading a file that was found in the folder ``root``; None when nothing does."""
    try:
        if path.is_symlink():
            meant = Path(os.path.realpath(path))
            if not meant.is_relative_to(root) or (archive is not None and meant.is_relative_to(archive)):
                return "a link that leads out of the folder is not followed"
        return None if stat.S_ISREG(path.stat().st_mode) else "this is not a file"
    except OSError as error:
        return reason_of(error)

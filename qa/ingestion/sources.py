"""What an operator names -> one name per file or address, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.errors import SourceError
from qa.ingestion.files import reason_of

__all__ = ["SUFFIXES", "expand", "is_address"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".jsonl.gz", ".json")


def is_address(source: str) -> bool:
    """Say whether ``source`` is written as an address with a scheme, and not as a path."""
    return "://" in source


def expand(sources: Sequence[str]) -> Iterator[str]:
    """Walk folders, sorted, and pass files and addresses through, each once.

    In a folder, files of other kinds, hidden ones and a ``README`` are left out; a file that is named goes through
    whatever it is, so that reading it can say what is wrong.

    Raises:
        SourceError: a named path is empty, does not exist or cannot be looked at; raised before anything is yielded.
    """
    for source in sources:
        if not is_address(source):
            _check(source)
    seen: set[str] = set()
    for source in sources:
        for name in _walk(source):
            if name not in seen:
                seen.add(name)
                yield name


def _check(source: str) -> None:
    if not source.strip():
        raise SourceError(source, "the name is empty", remedy="Name a file, a folder or an http(s) address.")
    try:
        found = Path(source).exists()
    except OSError as error:  # too long a name, a folder that may not be searched
        raise SourceError(source, reason_of(error)) from error
    if not found:
        raise SourceError(source, "no such file or folder")


def _walk(source: str) -> Iterator[str]:
    if is_address(source) or not Path(source).is_dir():
        yield source
        return
    for folder, subfolders, files in os.walk(source):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from (str(Path(folder, name)) for name in sorted(files) if _is_article_file(name))


def _is_article_file(name: str) -> bool:
    return not name.startswith(".") and Path(name).stem.upper() != "README" and name.lower().endswith(SUFFIXES)

"""``.jsonl``, ``.jsonl.gz`` and ``.json`` files -> drafts, one per record.

JSON Lines are streamed: memory is that of one line, whatever the file's size. A bad line is an error with its number,
and the next line follows.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from qa.errors import SourceError
from qa.ingestion.fields import draft_of
from qa.ingestion.files import check_size, decode, file_address, read_text
from qa.protocols import Draft

__all__ = ["JsonLinesReader", "JsonReader"]

_MAX_LINE = 32 * 2**20  # bytes; the longest article allowed has a million code points


@dataclass(frozen=True, slots=True)
class JsonLinesReader:
    """Reads ``.jsonl`` and ``.jsonl.gz`` files of at most ``max_bytes`` on disk."""

    max_bytes: int

    def accepts(self, source: str) -> bool:
        """Whether this is a JSON Lines file."""
        return source.lower().endswith((".jsonl", ".jsonl.gz"))

    def read(self, source: str) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each line that is not blank."""
        number = 0
        try:
            check_size(source, self.max_bytes)
            home = file_address(source)
            with _opened(source) as lines:
                while data := lines.readline(_MAX_LINE):
                    number += 1
                    if len(data) == _MAX_LINE and not data.endswith(b"\n"):
                        yield SourceError(source, "the line is longer than 32 MiB; reading stops here", line=number)
                        return
                    if data.strip():
                        yield _record(data, source, home, number)
        except SourceError as error:
            yield error
        except (OSError, EOFError, zlib.error) as error:
            yield SourceError(source, f"reading failed: {error}", line=number + 1)


@dataclass(frozen=True, slots=True)
class JsonReader:
    """Reads ``.json`` files of at most ``max_bytes``: one record, a list of them, or a JSON-LD ``@graph``."""

    max_bytes: int

    def accepts(self, source: str) -> bool:
        """Whether this is a JSON file."""
        return source.lower().endswith(".json")

    def read(self, source: str) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each record."""
        try:
            records = _listed(_parsed(read_text(source, self.max_bytes), source, None))
        except SourceError as error:
            yield error
            return
        home = file_address(source)
        for number, record in enumerate(records, 1):
            where = home if len(records) == 1 else f"{home}#item-{number}"
            try:
                yield draft_of(_checked(record, source, None), source=source, home=where)
            except SourceError as error:
                yield error


def _opened(source: str) -> BinaryIO | gzip.GzipFile:
    path = Path(source)
    return gzip.open(path, "rb") if source.lower().endswith(".gz") else path.open("rb")


def _record(data: bytes, source: str, home: str, line: int) -> Draft | SourceError:
    try:
        record = _checked(_parsed(decode(data, source, line), source, line), source, line)
        return draft_of(record, source=source, home=home, line=line)
    except SourceError as error:
        return error


def _parsed(text: str, source: str, line: int | None) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(source, f"not JSON: {error.msg}", line=line or error.lineno) from error
    except RecursionError as error:
        raise SourceError(source, "not JSON that can be read: nested too deeply", line=line) from error
    except ValueError as error:  # all that is left: Python bounds the digits of an integer
        raise SourceError(source, "not JSON that can be read: a number has too many digits", line=line) from error


def _checked(record: object, source: str, line: int | None) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise SourceError(source, f"not a record: a JSON {type(record).__name__}, not an object", line=line)
    return record


def _listed(found: object) -> list[object]:
    """The records of a whole file; of a JSON-LD graph, its articles."""
    if isinstance(found, list):
        return found
    if isinstance(found, dict) and isinstance(found.get("@graph"), list):
        return [node for node in found["@graph"] if isinstance(node, dict) and "articleBody" in node]
    return [found]

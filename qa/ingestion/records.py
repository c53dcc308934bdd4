"""``.jsonl``, ``.jsonl.gz`` and ``.json`` files -> drafts, one per record.

JSON Lines are streamed: memory is that of one line, whatever the file's size. A bad line is an error with its number,
and the next line follows. What a file unpacks to, and how many lines it has, is bounded while it is read.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import SEEK_END
from typing import Any, BinaryIO

from qa.errors import SourceError
from qa.ingestion.encodings import decode
from qa.ingestion.fields import draft_of, record_in, records_in
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import guarded
from qa.ingestion.limits import Limits
from qa.ingestion.metering import note
from qa.protocols import Draft

__all__ = ["JsonLinesReader", "JsonReader", "draft_again"]

_MAX_LINE = 32 * 2**20  # bytes; the longest article allowed has a million code points


@dataclass(frozen=True, slots=True)
class JsonLinesReader:
    """Reads ``.jsonl`` and ``.jsonl.gz`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a JSON Lines file."""
        return name.lower().endswith((".jsonl", ".jsonl.gz"))

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each line that is not blank."""
        number, source, home = 0, file.name, file.address
        try:
            with file.open(self.limits.file_bytes) as opened:
                size = max(1, opened.seek(0, SEEK_END))
                opened.seek(0)
                for number, data in enumerate(self._lines(opened, source), 1):
                    if data.strip():
                        record = partial(_draft, data, source, home, number)
                        found = guarded(record, source, self.limits.article_s, line=number)
                        note(opened.tell() / size)
                        yield _with_record(found, data.decode(errors="replace"), home)
        except SourceError as error:
            yield error
        except (OSError, EOFError, zlib.error) as error:
            yield SourceError(source, f"reading failed: {error}", line=number + 1)

    def _lines(self, file: BinaryIO, source: str) -> Iterator[bytes]:
        """Lines as they are unpacked.

        Raises:
            SourceError: a limit is reached; with the line at which reading stopped.
        """
        lines = gzip.GzipFile(fileobj=file) if source.lower().endswith(".gz") else file
        most = self._most_bytes(file, source)
        number = unpacked = 0
        while data := lines.readline(_MAX_LINE):
            number += 1
            unpacked += len(data)
            if len(data) == _MAX_LINE and not data.endswith(b"\n"):
                raise SourceError(source, "the line is longer than 32 MiB; reading stops here", line=number)
            if number > self.limits.records:
                raise _too_many(source, self.limits.records, "lines", number)
            if unpacked > most:
                reason = f"the file unpacks to more than {most / 2**20:.0f} MiB; reading stops here"
                remedy = "Raise QA_INGESTION__MAX_UNPACKED_MIB, unpack it, or split the file."
                raise SourceError(source, reason, line=number, remedy=remedy)
            yield data

    def _most_bytes(self, file: BinaryIO, source: str) -> int:
        """How much the file may unpack to: as much as the limit says, and not out of proportion to its size."""
        if not source.lower().endswith(".gz"):
            return self.limits.file_bytes
        size = file.seek(0, SEEK_END)
        file.seek(0)
        return self.limits.most_unpacked(size)


@dataclass(frozen=True, slots=True)
class JsonReader:
    """Reads ``.json`` files within the limits: one record, a list of them wherever it is, or a JSON-LD ``@graph``."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a JSON file."""
        return name.lower().endswith(".json")

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each record."""
        source, home, seconds = file.name, file.address, self.limits.article_s
        records = guarded(lambda: _listed(_parsed(file.text(self.limits.file_bytes), source, None)), source, seconds)
        if isinstance(records, SourceError):
            yield records
            return
        for number, record in enumerate(records[: self.limits.records], 1):
            where = home if len(records) == 1 else f"{home}#item-{number}"
            found = guarded(partial(_draft_of, record, source, where), source, seconds)
            note(number / len(records))
            yield _with_record(found, record, where)
        if len(records) > self.limits.records:
            yield _too_many(source, self.limits.records, "records")


def draft_again(record: str, source: str, home: str, line: int | None) -> Draft:
    """Read a record that was kept with its error.

    Raises:
        SourceError: it still gives no draft.
    """
    return _draft_of(_parsed(record, source, line), source, home, line)


def _with_record(found: Draft | SourceError, record: object, home: str) -> Draft | SourceError:
    """An error gets what is needed to try again."""
    if isinstance(found, SourceError):
        found.record, found.home = record if isinstance(record, str) else json.dumps(record), home
    return found


def _too_many(source: str, limit: int, what: str, line: int | None = None) -> SourceError:
    remedy = "Raise QA_INGESTION__MAX_RECORDS, or split the file."
    return SourceError(source, f"the file has more than {limit:,} {what}; reading stops here", line=line, remedy=remedy)


def _draft(data: bytes, source: str, home: str, line: int) -> Draft:
    return _draft_of(_parsed(decode(data, source, line), source, line), source, home, line)


def _draft_of(record: object, source: str, home: str, line: int | None = None) -> Draft:
    return draft_of(_checked(record_in(record), source, line), source=source, home=home, line=line)


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
    if isinstance(found, dict) and isinstance(found.get("@graph"), list):
        return [node for node in found["@graph"] if isinstance(node, dict) and "articleBody" in node]
    return records_in(found)

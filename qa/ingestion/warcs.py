"""A web archive (``.warc``, ``.warc.gz``: ISO 28500) -> a draft for each page in it. Only this names fastwarc.

A page is an HTTP response of status 200 whose content is HTML; requests, redirects, pictures and repetitions (revisit)
are passed over. It is found at the address that was asked for, or at the one that the page states, where the host may
speak for it, and was retrieved when the record says.

Promises: what the file unpacks to, the number of its records and the size of a page are bounded while they are read; a
page that gives no article is an error with its address, and the next one follows. What it does not know: whether the
server really gave this; so an article from here never counts as fetched from it.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import SEEK_END
from typing import Any, BinaryIO, cast

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import guarded
from qa.ingestion.hosts import attested
from qa.ingestion.limits import Limits
from qa.ingestion.metering import note
from qa.ingestion.packed import Bounded
from qa.ingestion.pages import load_parser, page_draft
from qa.protocols import Draft

__all__ = ["WarcReader"]

_HTML = ("text/html", "application/xhtml+xml")
_HEAD = 2**16  # bytes that the head of a response may have
_PIECE = 2**18
_REMEDY = "If it has been cut off, fetch it again; what stands before is read."


@dataclass(frozen=True, slots=True)
class WarcReader:
    """Reads ``.warc`` and ``.warc.gz`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a web archive."""
        return name.lower().endswith((".warc", ".warc.gz"))

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each page."""
        load_parser()
        pages = 0
        try:
            for address, make in self._pages(file):
                pages += 1
                yield guarded(make, f"{file.name}#{address}", self.limits.article_s)
            if not pages:
                raise SourceError(file.name, "there is no page of HTML in it")
        except SourceError as error:
            yield error
        except (OSError, EOFError, zlib.error, ValueError) as error:
            yield _unreadable(file, error)
        except BaseException as error:  # fastwarc is written in Rust, whose panics are no Exception
            if type(error).__name__ != "PanicException":
                raise
            yield _unreadable(file, error)

    def _pages(self, file: SourceFile) -> Iterator[tuple[str, partial[Draft]]]:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        with file.open(self.limits.file_bytes) as opened:
            size = max(1, opened.seek(0, SEEK_END))
            opened.seek(0)
            unpacked = gzip.GzipFile(fileobj=opened) if file.name.lower().endswith(".gz") else opened
            stream = _Stream(Bounded(unpacked, file.name, self.limits.most_unpacked(size)))
            records = ArchiveIterator(cast("BinaryIO", stream), parse_http=False)
            for number, record in enumerate(records, 1):
                if number > self.limits.records:
                    reason = f"it has more than {self.limits.records:,} records; reading stops here"
                    raise SourceError(file.name, reason, remedy="Raise QA_INGESTION__MAX_RECORDS, or split the file.")
                note(min(1.0, opened.tell() / size))
                address = web_address(record.headers.get("WARC-Target-URI") or "")
                if not address or record.record_type != WarcRecordType.response or not record.is_http:
                    continue
                source = f"{file.name}#{address}"
                if self._with_http(record, source, stream) and _is_page(record):
                    body = record.reader.read(self.limits.page_bytes + 1)
                    yield address, partial(self._draft, body, record, source, address)
            stream.check()

    def _with_http(self, record: Any, source: str, stream: _Stream) -> bool:
        """Read the head of a response; its content is to be read afterwards.

        Raises:
            SourceError: the file ends within it.
        """
        most = self.limits.page_bytes + _HEAD
        block = record.reader.read(most)
        while record.reader.read(_PIECE):  # what is beyond the limit is passed over: the next record stands behind it
            pass
        stream.check()
        if len(block) < min(record.content_length, most):
            raise SourceError(source, "the file is cut off within this page", remedy=_REMEDY)
        record.set_bytes_content(block)
        record.parse_http(auto_decode="all")
        return record.http_headers is not None

    def _draft(self, page: bytes, record: Any, source: str, address: str) -> Draft:
        draft = page_draft(page, source, address, self.limits.page_bytes, charset=record.http_charset)
        found = attested(draft, address, trust_stated=self.limits.trust_stated)
        return replace(found, origin=None, retrieved=record.record_date)


class _Stream:
    """What fastwarc reads: an error ends it, and is kept, since it would not come through."""

    def __init__(self, file: Bounded) -> None:
        self._file = file
        self._place = 0
        self._fault: Exception | None = None

    def read(self, size: int) -> bytes:
        try:
            data = b"" if self._fault else self._file.read(size)
        except Exception as error:  # whatever it is, it is raised by check()
            self._fault, data = error, b""
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    def check(self) -> None:
        """Raise what ended it early."""
        if self._fault:
            raise self._fault


def _unreadable(file: SourceFile, error: BaseException) -> SourceError:
    return SourceError(file.name, f"it cannot be read further: {error}", remedy=_REMEDY)


def _is_page(record: Any) -> bool:
    head = record.http_headers
    kind = (record.http_content_type or "").partition(";")[0].strip().lower()
    return str(head.status_code) == "200" and kind in _HTML

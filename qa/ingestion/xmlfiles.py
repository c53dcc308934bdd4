"""A ``.xml`` file -> drafts, by what its root element says it is: NITF, NewsML-G2, a WordPress export.

Documents that are parsed as a whole have the size limit of an HTML page, since a parser makes many times that of it in
memory; exports are streamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from qa.errors import SourceError
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import guarded, one_draft
from qa.ingestion.limits import Limits
from qa.ingestion.metering import note
from qa.ingestion.trees import local, parsed, root_of
from qa.ingestion.wire import newsml_drafts, nitf_draft
from qa.ingestion.wordpress import is_export, posts_of
from qa.protocols import Draft

__all__ = ["XmlReader"]

_NEWSML = ("newsMessage", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem")
_FOLLOWED = {
    **dict.fromkeys(
        ("rss", "feed", "RDF", "urlset", "sitemapindex"),
        "This is a feed: `qa feeds add` follows its address, not a copy.",
    ),
    "opml": "This is a list of feeds: `qa feeds import` adds them.",
}
_READ = "NITF, NewsML-G2 and WordPress exports (WXR) are read."


@dataclass(frozen=True, slots=True)
class XmlReader:
    """Reads ``.xml`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is an XML file."""
        return name.lower().endswith(".xml")

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield a draft or an error for each article in it."""
        try:
            with file.open(self.limits.file_bytes) as opened:
                yield from self._drafts(opened, file)
        except SourceError as error:
            yield error

    def _drafts(self, opened: BinaryIO, file: SourceFile) -> Iterator[Draft | SourceError]:
        source, seconds = file.name, self.limits.article_s
        root = root_of(opened, source)
        name = local(root)
        if name == "rss" and is_export(root):
            yield from posts_of(opened, source, file.address, self.limits)
        elif name == "nitf":
            yield from one_draft(lambda: nitf_draft(self._whole(file), source, file.address), source, seconds)
        elif name in _NEWSML:
            made = guarded(partial(self._items, file), source, seconds)
            if isinstance(made, SourceError):
                yield made
                return
            for number, (line, make) in enumerate(made, 1):
                if number > self.limits.records:
                    reason = f"it has more than {self.limits.records:,} items; reading stops here"
                    raise SourceError(source, reason, line=line, remedy="Raise QA_INGESTION__MAX_RECORDS.")
                found = guarded(make, source, seconds, line=line)
                note(number / len(made))
                yield found
        else:
            remedy = _FOLLOWED.get(name, _READ)
            raise SourceError(source, f"nothing here reads XML whose root is “{name[:40]}”", remedy=remedy)

    def _items(self, file: SourceFile) -> list[tuple[int | None, partial[Draft]]]:
        return list(newsml_drafts(self._whole(file), file.name, file.address))

    def _whole(self, file: SourceFile) -> object:
        data = file.read(self.limits.file_bytes)
        if len(data) > self.limits.page_bytes:
            reason = f"the document has {len(data) / 2**20:.1f} MiB, more than the limit of {self.limits.page_mib}"
            raise SourceError(file.name, reason, remedy="Raise QA_INGESTION__MAX_PAGE_MIB, or split the file.")
        return parsed(data, file.name)

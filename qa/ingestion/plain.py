"""A ``.txt`` file -> one draft: head lines read, line wrapping undone; mail that was saved as text is read as mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.errors import SourceError
from qa.ingestion.addresses import web_address
from qa.ingestion.cleaning import paragraphs_of
from qa.ingestion.files import SourceFile
from qa.ingestion.guarding import one_draft
from qa.ingestion.headers import read_header
from qa.ingestion.limits import Limits
from qa.ingestion.mail import is_mail, mail_draft
from qa.protocols import Draft

__all__ = ["PlainTextReader", "plain_draft"]


@dataclass(frozen=True, slots=True)
class PlainTextReader:
    """Reads ``.txt`` files within the limits."""

    limits: Limits

    def accepts(self, name: str) -> bool:
        """Whether this is a ``.txt`` file."""
        return name.lower().endswith(".txt")

    def read(self, file: SourceFile) -> Iterator[Draft | SourceError]:
        """Yield the file's article."""
        return one_draft(lambda: self._draft(file), file.name, self.limits.article_s)

    def _draft(self, file: SourceFile) -> Draft:
        text = file.text(self.limits.file_bytes)
        if is_mail(text):
            return mail_draft(text.encode(), file.name, file.address)
        return plain_draft(text, file.address)


def plain_draft(text: str, location: str) -> Draft:
    """Read plain text that may begin with a head."""
    header = read_header(paragraphs_of(text))
    own = web_address(header.url) if header.url and " " not in header.url else None
    return Draft(
        location=own or location,
        body="\n\n".join(header.body),
        title=header.title,
        byline=header.byline,
        outlet=header.outlet,
        published=header.published,
        modified=header.modified,
        standfirst=header.standfirst,
        dateline=header.dateline,
        clutter=True,
    )

"""What the pages need of an archive: :class:`qa.assistant.Assistant` fits this, and so does a fake in the tests.

Promise: nothing else of the assistant is used here. What this does not know: how anything is found or kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from qa.people import Profile
from qa.protocols import Summary
from qa.records import FeedRecord, PrintedPage, SpeakerRecord, StatementRow, Status
from qa.types import EVERYTHING, Article, Citation, Correction, Outcome, Scope, Span, Statement, Story
from qa.verification import DraftCheck, Verification

__all__ = ["Archive"]


class Archive(Protocol):
    """An opened archive that many threads may ask at once."""

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        """Answer a question, or say why the archive does not; ``earlier`` questions say what it leaves out."""
        ...

    def passages(self, text: str, scope: Scope = EVERYTHING, *, limit: int = 10) -> Sequence[Citation]:
        """Return the passages that come nearest to a text, the nearest first."""
        ...

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        scope: Scope = EVERYTHING,
        limit: int | None = None,
    ) -> Outcome:
        """List statements of a speaker, about a topic or of anybody, or say why there are none."""
        ...

    def compare(
        self,
        one: str,
        other: str,
        *,
        about: str | None = None,
        scope: Scope = EVERYTHING,
        limit: int | None = None,
    ) -> Outcome:
        """Set beside each other what two speakers say, or say which of them says nothing."""
        ...

    def course(
        self, speaker: str, *, about: str | None = None, scope: Scope = EVERYTHING, limit: int | None = None
    ) -> Outcome:
        """Put what a speaker says in the order of time, or say why there is nothing."""
        ...

    def statement_rows(
        self, *, speaker: str | None = None, scope: Scope = EVERYTHING, copies: bool = False
    ) -> Iterator[StatementRow]:
        """Return every statement in scope, newest first; `SpeakerNotFound` when nobody is called so.

        ``copies``: also what each copy of a story says, not the earliest's alone.
        """
        ...

    def statements_of(self, article_id: str, *, thoughts: bool = False) -> Sequence[Statement]:
        """Return what is said in an article, or thought too; `ArticleNotFound` when there is no such article."""
        ...

    def speakers(self, text: str = "", *, limit: int = 50, offset: int = 0) -> tuple[Sequence[Profile], int]:
        """Return one page of the speakers whose name has a word that begins so, and how many there are in all."""
        ...

    def speaker(self, slug: str, *, limit: int | None = None) -> SpeakerRecord:
        """Return one speaker with their statements, newest first; `SpeakerNotFound` when there is none."""
        ...

    def verify(self, quotation: str) -> Verification:
        """Say whether a quotation is in the archive word for word."""
        ...

    def check_draft(self, text: str) -> DraftCheck:
        """Check every quotation of a draft, and whether who says it there says it in the archive."""
        ...

    def article(self, article_id: str) -> Article:
        """Return one article; `ArticleNotFound` when there is none."""
        ...

    def printed(self, article: Article, spans: Sequence[Span]) -> Sequence[PrintedPage]:
        """Return the pages of the article's source on which these spans stand; none where there are no pages."""
        ...

    def page_picture(self, article_id: str, number: int) -> bytes:
        """Return a page of an article's source as a PNG; `PageNotFound` where there is none."""
        ...

    def corrections(self, article: Article) -> Sequence[Correction]:
        """Return what has been corrected in an article, the newest first."""
        ...

    def versions(self, article_id: str) -> Sequence[tuple[str, datetime]]:
        """Return every version that the article's addresses have had: (id, when it was seen), newest first."""
        ...

    def articles(
        self, scope: Scope = EVERYTHING, *, text: str = "", limit: int = 20, offset: int = 0, one_each: bool = False
    ) -> tuple[Sequence[Summary], int]:
        """Return one page of the articles that match, newest first, and how many match in all.

        ``one_each`` leaves out those of which an earlier copy matches.
        """
        ...

    def stories(self, article_ids: Sequence[str]) -> Mapping[str, Story]:
        """Return for each of these articles of which there are copies its story, itself included."""
        ...

    def outlets(self) -> Sequence[tuple[str, int]]:
        """Return every outlet with its number of articles."""
        ...

    def date_range(self) -> tuple[date, date] | None:
        """Return the first and the last publication date."""
        ...

    def examples(self) -> Sequence[str]:
        """Return questions that this archive answers."""
        ...

    def feed_records(self, latest: int = 5) -> Sequence[FeedRecord]:
        """Return every feed with the latest articles that came from it and the items that fail."""
        ...

    def changes(self) -> int:
        """Return a number that every change of the archive makes another."""
        ...

    def warm(self) -> None:
        """Load what a question needs, however long it takes."""
        ...

    def status(self) -> Status:
        """Say how much there is and whether it can be asked."""
        ...

    def close(self) -> None:
        """Let go of the data folder."""
        ...

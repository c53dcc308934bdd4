"""Every way in which On Record can fail, as one tree.

An exception is something that an operator or a caller must fix. A question that the archive does not answer is not an
error: it is a :class:`qa.types.NoAnswer`.

    QaError
    ├── SettingsError              a setting is unknown, out of bounds or contradictory
    ├── SourceError                a file, page or feed could not be turned into articles (path, line, reason)
    ├── ArchiveError               the data folder
    │   ├── ArticleNotFound        no article with that id
    │   ├── PageNotFound           no such page of its source, or its source is not kept
    │   ├── ArticleDamaged         an article's rows are not what was written (id, what is wrong)
    │   ├── SpeakerNotFound        nobody of that name says anything
    │   ├── StatementNotFound      no statement at these words (id)
    │   ├── ArticleRefused         the catalog cannot hold an article (id, reason)
    │   ├── ArchiveLocked          another process owns the data folder and takes no work (path, holder)
    │   ├── ArchiveEmpty           nothing has been ingested yet
    │   └── ArchiveVersionError    the catalog was written by another version of On Record
    ├── VectorIndexError                the vector index
    │   ├── IndexStale             index and catalog, or index and encoder, differ
    │   └── IndexUnavailable       the index could not be opened or reached
    ├── ModelError                 weights
    │   ├── ModelMissing           the model is not where it should be
    │   └── ModelMismatch          a digest or a shape is not the expected one
    ├── OutOfTime                  the work was given up at its time limit
    ├── WorkStopped                the work was ended on request, between two steps
    └── QuestionError              the question itself is unusable (empty, too long), with the limit

Every class carries a ``message`` that says what happened and where, and a ``remedy`` that says what to do next.
"""

from __future__ import annotations

import errno

__all__ = [
    "DISK_FULL",
    "ArchiveEmpty",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveVersionError",
    "ArticleDamaged",
    "ArticleNotFound",
    "ArticleRefused",
    "IndexStale",
    "IndexUnavailable",
    "ModelError",
    "ModelMismatch",
    "ModelMissing",
    "OutOfTime",
    "PageNotFound",
    "QaError",
    "QuestionError",
    "SettingsError",
    "SourceError",
    "SpeakerNotFound",
    "StatementNotFound",
    "VectorIndexError",
    "WorkStopped",
    "remedy_of",
]

DISK_FULL = "The disk is full: make room and try again. Nothing that was reported as done is lost."


class QaError(Exception):
    """Root of the tree.

    Args:
        message: what happened, and where, in one sentence.
        remedy: what to do next; an empty string when there is nothing to add.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message.rstrip('.')}. {self.remedy}" if self.remedy else self.message


class SettingsError(QaError):
    """A setting is unknown, out of bounds or contradictory."""


class SourceError(QaError):
    """A file, page or feed could not be turned into articles.

    Args:
        source: path or address as the caller gave it.
        reason: what is wrong with it.
        line: 1-based line in the source, where one is known.

    Where a record was read, ``record`` is set to what stands in the source, and ``home`` to the address at which it is
    found if it names none of its own: it can be tried again without the source.
    Where a page was a list of articles, ``links`` has the address and the headline of each.
    """

    record: str | None = None
    home: str | None = None
    links: tuple[tuple[str, str], ...] = ()

    def __init__(self, source: str, reason: str, *, line: int | None = None, remedy: str = "") -> None:
        self.source = source
        self.reason = reason
        self.line = line
        name = source if source.strip() and source.isprintable() else repr(source)  # a file's name can move a terminal
        where = name if line is None else f"{name}:{line}"
        super().__init__(f"{where}: {reason}", remedy=remedy)


class ArchiveError(QaError):
    """Something is wrong with the data folder, or with the server that has the archive."""


class ArticleNotFound(ArchiveError):
    """No article with that id is in the archive."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id
        super().__init__(
            f"No article with id {article_id!r} is in this archive.", remedy="`qa list` shows the ids there are."
        )


class PageNotFound(ArchiveError):
    """A page of an article's source cannot be shown."""

    def __init__(self, article_id: str, number: int, why: str) -> None:
        self.article_id = article_id
        super().__init__(
            f"Page {number} of article {article_id!r} cannot be shown: {why}.",
            remedy="Only what came as a PDF has pages; ingest its file again to keep it.",
        )


class ArticleDamaged(ArchiveError):
    """What the catalog holds of an article is not what was written: nothing of it is shown.

    Args:
        article_id: as the catalog has it.
        what: what is wrong, such as "its text does not have the digest that it was stored with".
    """

    def __init__(self, article_id: str, what: str) -> None:
        self.article_id = article_id
        self.what = what
        super().__init__(
            f"Article {article_id!r} is damaged: {what}.",
            remedy="`qa doctor --mend` restores it where its source is still there; else ingest the source again.",
        )


class ArticleRefused(ArchiveError):
    """The catalog cannot hold this article; any other it can.

    Args:
        article_id: the article's id.
        reason: what the catalog says.
    """

    def __init__(self, article_id: str, reason: str) -> None:
        self.article_id = article_id
        self.reason = reason
        super().__init__(f"The catalog cannot hold article {article_id}: {reason}.")


class SpeakerNotFound(ArchiveError):
    """Nobody with that name or slug says anything in the archive."""

    def __init__(self, speaker: str) -> None:
        self.speaker = speaker
        super().__init__(f"This archive knows no speaker {speaker!r}.", remedy="`qa speakers` lists those there are.")


class StatementNotFound(ArchiveError):
    """Nobody is reported to say the words that an id names."""

    def __init__(self, statement_id: str) -> None:
        self.statement_id = statement_id
        super().__init__(
            f"Nobody is reported to say the words that {statement_id!r} names.",
            remedy="An id is ARTICLE-START-END; `/api/articles/ARTICLE/statements` lists those there are.",
        )


class ArchiveLocked(ArchiveError):
    """Another process owns the data folder, and does not do what it is asked to.

    Args:
        path: the data folder.
        holder: the process as the lock file names it, such as ``"qa serve (pid 4711)"``.
    """

    def __init__(self, path: str, holder: str) -> None:
        self.path = path
        self.holder = holder
        super().__init__(
            f"The archive in {path} is in use by {holder}, which takes no work from others.",
            remedy="If that does not end by itself, end it; what was reported as done is safe.",
        )


class ArchiveEmpty(ArchiveError):
    """Nothing has been ingested yet."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"The archive in {path} is empty.", remedy="Put articles in with `qa ingest FOLDER`.")


class ArchiveVersionError(ArchiveError):
    """The catalog was written by another version of On Record."""


class VectorIndexError(QaError):
    """Something is wrong with the vector index."""


class IndexStale(VectorIndexError):
    """The index does not match the catalog or the encoder; answers from it would be wrong."""


class IndexUnavailable(VectorIndexError):
    """The index could not be opened or reached."""


class ModelError(QaError):
    """Something is wrong with a model's files."""


class ModelMissing(ModelError):
    """A model is not where it should be."""


class ModelMismatch(ModelError):
    """A model's digest or shape is not the expected one."""


class OutOfTime(QaError):
    """The work took longer than it may and was given up.

    Args:
        limit_s: the limit, in seconds.
    """

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        super().__init__(f"There was no answer within {limit_s:g} s.", remedy="A shorter question may do.")


class WorkStopped(QaError):
    """Work on the archive was ended on request, between two steps: what was done stays, and nothing is left by half."""

    def __init__(self) -> None:
        super().__init__("The work was stopped", remedy="What was done is safe; the same command does the rest.")


class QuestionError(QaError):
    """The question itself is unusable.

    Args:
        reason: what is wrong with it, such as "The question is empty."
        limit: the limit that it breaks, in code points, where there is one.
    """

    def __init__(self, reason: str, *, limit: int | None = None, remedy: str = "") -> None:
        self.reason = reason
        self.limit = limit
        super().__init__(reason, remedy=remedy)


def remedy_of(error: BaseException, otherwise: str) -> str:
    """Return the remedy that fits the cause: a full disk needs room, whatever was being done; else ``otherwise``."""
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    words = str(error).lower()
    return DISK_FULL if full or "disk is full" in words or "no space left" in words else otherwise

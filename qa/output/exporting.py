"""Statements -> files to keep: CSV, JSON Lines, schema.org Quotation in JSON-LD; one at a time, however many.

Promises: words and offsets are the article's own. Only in CSV is a cell that a spreadsheet would run (``=1+1``,
``@SUM``) preceded by an apostrophe. No quotation marks are added anywhere, and schema.org's ``genre`` tells which
quotations are quoted and which are reported. The beginning of a ``ClaimReview`` says who said what and where, and has
nothing of what a review is: no verdict, no rating, no reviewer.

What this does not know: which statements are wanted.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from qa.answering import told_in
from qa.answering.denying import denied
from qa.output.links import is_web_address, permalink, public_address
from qa.output.pasting import OMISSION
from qa.output.statements import ExportedBody
from qa.records import StatementRow
from qa.types import Article, Resolution, Statement, StatementForm, Told

__all__ = ["FORMATS", "Exported", "Format", "begin_review", "genre"]

_GENRES = {
    StatementForm.DIRECT: "direct quotation",
    StatementForm.MIXED: "partly quoted",
    StatementForm.INDIRECT: "reported, not quoted",
}
_DENIED = {
    StatementForm.DIRECT: "denied, quoted",
    StatementForm.MIXED: "denied, partly quoted",
    StatementForm.INDIRECT: "denied, not quoted",
}
_COLUMNS = (
    "speaker",
    "mention",
    "resolution",
    "role",
    "cue",
    "words",
    "form",
    "kind",
    "confidence",
    "published",
    "outlet",
    "title",
    "url",
    "article_id",
    "ranges",
    "told",
    "told_first",
    "told_last",
    "denied",
)
_RUN = tuple("=+-@\t\r\n＝＋－＠")  # what makes a spreadsheet take a cell for a formula (OWASP, CSV injection)


@dataclass(frozen=True, slots=True)
class Exported:
    """A statement as it leaves: its article, and the speaker's name over all spellings."""

    statement: Statement
    article: Article
    speaker: str | None
    organisation: bool

    @classmethod
    def from_row(cls, row: StatementRow) -> Exported:
        """Take a statement with the speaker that it is gathered under."""
        profile = row.profile
        named = row.statement.speaker.name if row.statement.speaker else None
        return cls(
            row.statement, row.article, profile.name if profile else named, bool(profile and profile.organisation)
        )

    @classmethod
    def from_statement(cls, statement: Statement, article: Article) -> Exported:
        """Take a statement as its article has it."""
        speaker = statement.speaker
        organisation = bool(speaker and speaker.resolution is Resolution.ORGANISATION)
        return cls(statement, article, speaker.name if speaker else None, organisation)

    @property
    def told(self) -> Told | None:
        """When it was said, where the article tells it; not the article's day."""
        return told_in(self.article, self.statement)

    @property
    def words(self) -> str:
        """What is said, in one piece."""
        return OMISSION.join(span.of(self.article.text) for span in self.statement.content)


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing statements; ``base`` of :attr:`write` is the archive's address, empty where it has none.

    ``json_type`` is what the whole is to a reader of its media type: one JSON object, or a text.
    """

    label: str
    media_type: str
    suffix: str
    write: Callable[[Iterable[Exported], str], Iterator[str]]
    json_type: str = "string"


def genre(statement: Statement, article: Article) -> str:
    """How a statement is told, in words: first of all that its content is denied, where it is."""
    return (_DENIED if denied(statement, article) else _GENRES)[statement.form]


def _csv(rows: Iterable[Exported], base: str) -> Iterator[str]:
    yield _line(_COLUMNS)
    for row in rows:
        yield _line([_cell(value) for value in _values(row)])


def _values(row: Exported) -> list[object]:
    """One value for each of the columns."""
    statement, article, speaker, told = row.statement, row.article, row.statement.speaker, row.told
    return [
        row.speaker,
        speaker.mention if speaker else None,
        (speaker.resolution if speaker else Resolution.UNRESOLVED).value,
        speaker.role if speaker else None,
        " … ".join(span.of(article.text) for span in statement.cue),
        row.words,
        statement.form.value,
        statement.kind.value,
        round(statement.confidence, 4),
        article.published,
        article.outlet,
        article.title,
        public_address(article.url),
        article.id,
        " ".join(f"{span.start}-{span.end}" for span in statement.content),
        told.words.of(article.text) if told else None,
        told.first if told else None,
        told.last if told else None,
        "denied" if denied(statement, article) else None,
    ]


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_RUN) or text.lstrip().startswith(_RUN) else text  # leading spaces are eaten


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _json_lines(rows: Iterable[Exported], base: str) -> Iterator[str]:
    for row in rows:
        yield ExportedBody.of(row.statement, row.article, row.speaker, row.words, row.told).model_dump_json() + "\n"


def _quotations(rows: Iterable[Exported], base: str) -> Iterator[str]:
    """Write one graph; https://schema.org/Quotation."""
    yield '{"@context": "https://schema.org", "@graph": ['
    joint = "\n"
    for row in rows:
        yield joint + json.dumps(_quotation(row, base), ensure_ascii=False)
        joint = ",\n"
    yield "\n]}\n"


def _quotation(row: Exported, base: str) -> dict[str, object]:
    members = {
        "@type": "Quotation",
        "@id": _place(row, base),
        "text": row.words,
        "inLanguage": row.article.language,
        "genre": genre(row.statement, row.article),
        "dateCreated": _day(row),
        "spokenByCharacter": _who(row),
        "isPartOf": _printed_in(row.article),
    }
    return _filled(members)


def begin_review(row: Exported, base: str) -> dict[str, object]:
    """Begin a ``ClaimReview`` of a statement for whoever checks it: what is claimed, by whom, and where that stands.

    ``author``, ``url``, ``datePublished`` and ``reviewRating`` are the reviewer's. Whoever denies something does not
    claim it. https://schema.org/ClaimReview
    """
    claim = {
        "@type": "Claim",
        "@id": _place(row, base),
        "text": row.words,
        "inLanguage": row.article.language,
        "author": None if denied(row.statement, row.article) else _who(row),
        "dateCreated": _day(row),
        "appearance": _printed_in(row.article),
    }
    head = {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": row.words}
    return {**head, "itemReviewed": _filled(claim)}


def _place(row: Exported, base: str) -> str | None:
    """The address at which the words are marked; None where the archive has no address."""
    return base + permalink(row.article.id, row.statement.content) if base else None


def _day(row: Exported) -> str | None:
    """The day on which it was said, where the article tells one."""
    told = row.told
    return told.first.isoformat() if told and told.first == told.last else None


def _who(row: Exported) -> dict[str, object] | None:
    speaker = row.statement.speaker
    name = row.speaker or (speaker.mention if speaker else None)
    role = speaker.role if speaker and not row.organisation else None
    kind = "Organization" if row.organisation else "Person"
    return _filled({"@type": kind, "name": name, "jobTitle": role}) if name else None


def _printed_in(article: Article) -> dict[str, object]:
    members = {
        "@type": "NewsArticle",
        "headline": article.title,
        "identifier": article.id,
        "url": article.url if is_web_address(article.url) else None,
        "datePublished": article.published.isoformat() if article.published else None,
        "author": {"@type": "Person", "name": article.byline} if article.byline else None,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
    }
    return _filled(members)


def _filled(members: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}


FORMATS = {
    "csv": Format("CSV", "text/csv", "csv", _csv),
    "jsonl": Format("JSON Lines", "application/x-ndjson", "jsonl", _json_lines),
    "schema.org": Format("schema.org Quotation", "application/ld+json", "jsonld", _quotations, "object"),
}

"""Rows -> seals: the SHA-256 of what a row says, kept beside it, so that damage is told from what was written.

A text has its digest from the start, and its id is the digest's beginning. The article's seal covers all else that is
shown of it: title, dates, paragraphs, whether it is hidden, its addresses. A statement has a seal of its own, since
statements are read one by one. The article's parts seal covers its passages and statements together, so that a lost row
is noticed too.

Promises: an article or a statement that differs from what was written by as little as a bit is not taken for sound.
What it does not know: what was written instead, and whether somebody who can write the file has sealed it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qa.catalog.engine import Connection
from qa.catalog.lending import borrowed
from qa.catalog.rows import ARTICLE_COLUMNS, STATEMENT_COLUMNS, article_from, statement_from
from qa.types import Article, Location, Statement

__all__ = [
    "SEALED_STATEMENT",
    "KeptArticle",
    "fault_of",
    "keep_articles",
    "pins_fit",
    "resealing",
    "seal",
    "seal_everything",
    "seal_pins",
    "sealed_statement",
    "set_note",
    "statement_seal",
    "words_fit",
]

# What is sealed is part of the schema: a change of these columns needs a step that seals every row anew.
_SEALED = ("added_at", "hidden_at", "searchable", "attributed_by", *ARTICLE_COLUMNS)  # the text by its digest alone
_TEXT = _SEALED.index("text")
_ID = _SEALED.index("id")
_ADDED = _SEALED.index("added_at")
_DIGEST = _SEALED.index("text_sha256")
_ARTICLE_FROM = len(_SEALED) - len(ARTICLE_COLUMNS)
_PINS_SEAL = "pins_seal"
_PLACES = (
    "SELECT url, outlet, current, seen_at, turn, stated FROM location WHERE article = ? "
    "ORDER BY current DESC, turn, url"
)
_FIRST_PLACES = _PLACES.replace("stated", "NULL")  # as the tables were when seals came
_PASSAGES = 'SELECT id, start, "end", heading FROM passage WHERE article = ? ORDER BY start, id'
SEALED_STATEMENT = ("ordinal", *STATEMENT_COLUMNS, "seal")
"""The columns from which :func:`sealed_statement` makes a statement."""
_STATEMENTS = f"SELECT {', '.join(SEALED_STATEMENT)} FROM statement WHERE article = ? ORDER BY ordinal"


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as the file has it, sound or not; cells may be of any type."""

    key: int
    seal: object
    values: tuple[Any, ...]
    places: tuple[tuple[Any, ...], ...]

    @property
    def id(self) -> str:
        """What the file calls it."""
        return str(self.values[_ID])

    @property
    def text(self) -> object:
        """Its text, or what stands in its place; None where it was not asked for."""
        return self.values[_TEXT]

    @property
    def true_id(self) -> str:
        """The id that its text has, if the text is sound, whatever the file calls it."""
        digest = _digest_of(self.text)
        return digest[:16] if digest == self.values[_DIGEST] else self.id

    def fault(self) -> str | None:
        """What is wrong with it, in words; None when it is as it was written."""
        if self.text is not None:
            digest = _digest_of(self.text)
            if digest != self.values[_DIGEST]:
                return "its text does not have the digest that it was stored with"
            if self.id != digest[:16]:
                return "its id is not the beginning of its text's digest"
        if self.seal != _article_seal(self.values, self.places):
            return "its title, dates or addresses are not those that were stored"
        return None

    def article(self) -> Article:
        """Make the article.

        Raises:
            ValueError: a cell cannot be read as what it should be; a sound article has no such cell.
        """
        try:
            # Its current addresses, the first one first; for a superseded text, those where it was.
            now = [place for place in self.places if place[2] == self.places[0][2]]
            shown = tuple(Location(url, outlet) for url, outlet, *_ in now)
            lent = tuple(one for one, _ in borrowed([(url, outlet, stated) for url, outlet, *_, stated in now]))
            article = article_from(self.values[_ARTICLE_FROM:], shown, lent)
            return replace(article, added=datetime.fromisoformat(self.values[_ADDED]))
        except (TypeError, LookupError, AttributeError) as error:
            raise ValueError(f"a cell cannot be read ({error})") from error


def keep_articles(
    connection: Connection,
    condition: str,
    values: Sequence[object],
    *,
    text: bool = True,
    places: str = _PLACES,
) -> Iterator[KeptArticle]:
    """Read the articles ``a`` that satisfy a condition as they are; without ``text`` it is left in the file."""
    names = ", ".join("NULL" if name == "text" and not text else name for name in _SEALED)
    for key, seal_, *cells in connection.execute(f"SELECT key, seal, {names} FROM article a WHERE {condition}", values):
        yield KeptArticle(key, seal_, tuple(cells), tuple(connection.execute(places, (key,))))


def seal(connection: Connection, key: int, *, places: str = _PLACES) -> None:
    """Seal an article that has just been written."""
    _write_seals(connection, key, _seals(connection, key, places))


@contextmanager
def resealing(connection: Connection, keys: Collection[int]) -> Iterator[None]:
    """Seal these articles anew after a change of them, their addresses or their parts.

    What did not fit its seal before does not afterwards: a change must not make damage look as if it had been written.
    """
    fitted = {key: [now == kept for now, kept in zip(*_seals_and_kept(connection, key), strict=True)] for key in keys}
    yield
    for key, fits in fitted.items():
        now, kept = _seals_and_kept(connection, key)
        _write_seals(connection, key, [new if fit else old for new, old, fit in zip(now, kept, fits, strict=True)])


def seal_everything(connection: Connection) -> None:
    """Seal every row of a file that had no seals; the rows are taken for sound."""
    rows = connection.execute(
        f"SELECT a.id, s.article, {', '.join(f's.{name}' for name in SEALED_STATEMENT)} "
        "FROM statement s JOIN article a ON a.key = s.article"
    ).fetchall()
    connection.executemany(
        "UPDATE statement SET seal = ? WHERE article = ? AND ordinal = ?",
        [(statement_seal(id_, cells[0], cells[1:-1]), key, cells[0]) for id_, key, *cells in rows],
    )
    for (key,) in connection.execute("SELECT key FROM article").fetchall():
        seal(connection, key, places=_FIRST_PLACES)
    seal_pins(connection)


def seal_pins(connection: Connection) -> None:
    """Seal what a user has decided about spellings, after a change of it."""
    set_note(connection, _PINS_SEAL, _pins_seal(connection))


def set_note(connection: Connection, name: str, value: str) -> None:
    """Write a note into ``meta``."""
    connection.execute(
        "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value)
    )


def pins_fit(connection: Connection) -> bool:
    """Whether what a user has decided about spellings is what was stored."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_PINS_SEAL,)).fetchone()
    return row is not None and row[0] == _pins_seal(connection)


def words_fit(connection: Connection, key: int) -> bool:
    """Whether an article's text and passages are those that the full-text index has been told."""
    [kept] = keep_articles(connection, "key = ?", (key,))
    now, stored = _seals_and_kept(connection, key)
    return _digest_of(kept.text) == kept.values[_DIGEST] and now[1] == stored[1]


def statement_seal(article_id: str, ordinal: int, values: Sequence[object]) -> str:
    """The seal of an article's statement with the values of :data:`STATEMENT_COLUMNS`."""
    return _digest([article_id, ordinal, *values])[:16]


def sealed_statement(article_id: str, cells: Sequence[Any]) -> Statement:
    """Make a statement of the cells of :data:`SEALED_STATEMENT`.

    Raises:
        ValueError: it is not what was written.
    """
    ordinal, *values, stored = cells
    if stored != statement_seal(article_id, ordinal, values):
        raise ValueError(f"its statement {ordinal} is not what was stored")
    try:
        return statement_from(article_id, values)
    except (TypeError, LookupError) as error:
        raise ValueError(f"its statement {ordinal} cannot be read ({error})") from error


def fault_of(connection: Connection, kept: KeptArticle) -> str | None:
    """What is wrong with an article or its parts, in words; None when all is as it was written."""
    try:
        return kept.fault() or _fault_of_parts(connection, kept.article(), kept.key)
    except ValueError as error:
        return str(error)


def _fault_of_parts(connection: Connection, article: Article, key: int) -> str | None:
    now, kept = _seals_and_kept(connection, key)
    if now[1] != kept[1]:
        return "its passages or statements are not those that were stored"
    for id_, start, end, _ in connection.execute(_PASSAGES, (key,)):
        if id_ != f"{article.id}:{start}-{end}" or end > len(article.text):
            return f"its passage {id_} does not lie in its text"
    for cells in connection.execute(_STATEMENTS, (key,)):
        statement = sealed_statement(article.id, cells)
        spans = (*statement.source, *statement.cue, *statement.content)
        if any(span.end > len(article.text) for span in spans):
            return f"its statement {cells[0]} does not lie in its text"
    return None


def _article_seal(values: Sequence[object], places: Sequence[Sequence[object]]) -> str:
    kept = (list(place if place[-1] is not None else place[:-1]) for place in places)  # as before there was the last
    return _digest([*values[:_TEXT], *values[_TEXT + 1 :], *kept])


def _pins_seal(connection: Connection) -> str:
    return _digest(connection.execute("SELECT spelling, speaker FROM speaker_pin ORDER BY spelling").fetchall())


def _seals(connection: Connection, key: int, places: str = _PLACES) -> list[str]:
    """What the seals of the article and of its parts should be."""
    [kept] = keep_articles(connection, "key = ?", (key,), text=False, places=places)
    return [_article_seal(kept.values, kept.places), _parts_seal(connection, key)]


def _seals_and_kept(connection: Connection, key: int) -> tuple[list[str], list[str]]:
    kept = connection.execute("SELECT seal, parts_seal FROM article WHERE key = ?", (key,)).fetchone()
    return _seals(connection, key), list(kept)


def _write_seals(connection: Connection, key: int, seals: Sequence[str]) -> None:
    connection.execute("UPDATE article SET seal = ?, parts_seal = ? WHERE key = ?", (*seals, key))


def _parts_seal(connection: Connection, key: int) -> str:
    return _digest(
        [connection.execute(_PASSAGES, (key,)).fetchall(), connection.execute(_STATEMENTS, (key,)).fetchall()]
    )


def _digest(value: object) -> str:
    # A damaged cell may hold bytes, which JSON has no word for.
    return hashlib.sha256(json.dumps(value, separators=(",", ":"), default=repr).encode()).hexdigest()


def _digest_of(text: object) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if isinstance(text, str) else ""

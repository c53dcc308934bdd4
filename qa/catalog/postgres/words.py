"""The catalog's index of words in PostgreSQL: BM25 over tables of our own, with the words that SQLite's index has.

PostgreSQL's own ranking knows neither how rare a word is nor how long a passage is. Here ``word`` has a row for each
word of each passage: how often it stands in the text and in the heading, where, and how many words the passage has, all
but the places in its index. How many passages have a word is counted when it is asked for, so it cannot drift.

Texts are cut into words by SQLite's FTS5, in memory, which ships with Python: so both engines agree on what a word is,
on its stem, on case and on diacritics. The score is FTS5's too: BM25 with k1 = 1.2 and b = 0.75 (Robertson and
Zaragoza, The Probabilistic Relevance Framework, 2009), where a word in the heading counts 0.4 and the length is that of
both columns.
"""

from __future__ import annotations

import sqlite3
import struct
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from typing import Any

from qa.catalog.engine import Connection, Wanted
from qa.catalog.schema import TOKENS
from qa.catalog.scoping import in_scope
from qa.types import Scope

__all__ = ["WordTables"]

_K1, _B, _HEADING = 1.2, 0.75, 0.4
_RAREST = 3  # words of a phrase by which the passages are found that may have it
_AT_ONCE = 200  # articles or passages
_IN_HEADING = 0x8000  # marks a place in the heading; both columns count from 0
_TEXTS = (
    'SELECT p.key, substr(a.text, p.start + 1, p."end" - p.start), p.heading '
    "FROM passage p JOIN article a ON a.key = p.article "
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a passage: how often it stands in each column, and where."""

    word: str
    in_text: int
    in_heading: int
    places: bytes


class _Tokeniser:
    """Texts -> words, by FTS5's tokeniser; threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None

    def words(self, texts: Sequence[tuple[str, str]]) -> list[list[_Word]]:
        """The words of each text and heading."""
        places: list[dict[str, list[int]]] = [defaultdict(list) for _ in texts]
        for number, word, column, at in self._told(texts):
            if at < _IN_HEADING:
                places[number][word].append(at | (_IN_HEADING if column == "heading" else 0))
        return [
            [
                _Word(
                    word, sum(at < _IN_HEADING for at in those), sum(at >= _IN_HEADING for at in those), _packed(those)
                )
                for word, those in sorted(one.items())
            ]
            for one in places
        ]

    def terms(self, terms: Iterable[str]) -> list[list[str]]:
        """The words of each term, in their order; terms that have none are left out."""
        return [one for one in self.stems(terms) if one]

    def stems(self, terms: Iterable[str]) -> list[list[str]]:
        """The words of each term, in their order."""
        texts = [(term, "") for term in terms]
        words: list[list[str]] = [[] for _ in texts]
        for number, word, _, _ in sorted(self._told(texts), key=lambda row: (row[0], row[3])):
            words[number].append(word)
        return words

    def _told(self, texts: Sequence[tuple[str, str]]) -> list[tuple[int, str, str, int]]:
        """Number of the text, word, column and place."""
        with self._lock:
            if self._database is None:
                self._database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
                self._database.execute(
                    f"CREATE VIRTUAL TABLE told USING fts5(text, heading, content='', tokenize='{TOKENS}')"
                )
                self._database.execute("CREATE VIRTUAL TABLE words USING fts5vocab(told, instance)")
            self._database.execute("INSERT INTO told(told) VALUES('delete-all')")
            self._database.executemany(
                "INSERT INTO told(rowid, text, heading) VALUES(?, ?, ?)",
                ((number, *text) for number, text in enumerate(texts)),
            )
            return self._database.execute("SELECT doc, term, col, offset FROM words").fetchall()


_TOKENISER = _Tokeniser()


class WordTables:
    """A :class:`qa.catalog.engine.Words`."""

    def put_in(self, connection: Connection, article: int) -> None:
        """Add an article's passages."""
        self._put_in(connection, connection.execute(f"{_TEXTS} WHERE p.article = ? ORDER BY p.key", (article,)))

    def _put_in(self, connection: Connection, rows: Iterable[tuple[int, str, str]]) -> None:
        passages = list(rows)
        words = _TOKENISER.words([(text, heading) for _, text, heading in passages])
        keys = _keys(connection, {one.word for those in words for one in those})
        columns: list[list[Any]] = [[], [], [], [], [], []]
        told, lengths = [], []
        for (passage, _, _), those in zip(passages, words, strict=True):
            length = sum(one.in_text + one.in_heading for one in those)
            lengths.append(length)
            told.append((passage, length, [keys[one.word] for one in those]))
            for one in those:
                row = (keys[one.word], passage, one.in_text, one.in_heading, length, one.places)
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
        connection.execute(
            "INSERT INTO word SELECT * FROM unnest(?::integer[], ?::integer[], ?::smallint[], ?::smallint[], "
            "?::integer[], ?::bytea[])",
            columns,
        )
        connection.executemany("INSERT INTO passage_words VALUES(?, ?, ?::integer[])", told)
        _count(connection, len(told), sum(lengths))

    def take_out(self, connection: Connection, article: int) -> bool:
        """Take out an article's passages, by what the tables know of them."""
        told = connection.execute(
            "SELECT passage, length, terms FROM passage_words WHERE passage IN "
            "(SELECT key FROM passage WHERE article = ?)",
            (article,),
        ).fetchall()
        passages, terms = [row[0] for row in told], sorted({key for row in told for key in row[2]})
        connection.execute(
            "DELETE FROM word w USING passage_words d, unnest(d.terms) AS x(term) "
            "WHERE d.passage = ANY(?) AND w.term = x.term AND w.passage = d.passage",
            (passages,),
        )
        connection.execute("DELETE FROM passage_words WHERE passage = ANY(?)", (passages,))
        connection.execute(
            "DELETE FROM term t WHERE t.key = ANY(?) AND NOT EXISTS (SELECT 1 FROM word w WHERE w.term = t.key)",
            (terms,),
        )
        _count(connection, -len(told), -sum(row[1] for row in told))
        return True

    @contextmanager
    def erasing(self, connection: Connection, articles: Sequence[int]) -> Iterator[None]:
        """Take the articles out first: nothing tells their words once the passages are gone."""
        for article in articles:
            self.take_out(connection, article)
        yield

    def make_anew(self, connection: Connection) -> None:
        """Make all of it anew from the texts."""
        for table in ("word", "passage_words", "term"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE archive SET passages = 0, words = 0")
        for passages in _searched(connection):
            self._put_in(connection, passages)

    def fault(self, connection: Connection) -> str | None:
        """Cut every text into words again and compare."""
        passages = words = rows = 0
        for texts in _searched(connection):
            stored: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
            for passage, *row in connection.execute(
                "SELECT d.passage, t.word, w.in_text, w.in_heading, w.length, d.length, w.places FROM passage_words d "
                "CROSS JOIN unnest(d.terms) AS x(term) JOIN word w ON w.term = x.term AND w.passage = d.passage "
                "JOIN term t ON t.key = x.term WHERE d.passage = ANY(?)",
                ([key for key, _, _ in texts],),
            ):
                stored[passage].add(tuple(row))
            cut = _TOKENISER.words([(text, heading) for _, text, heading in texts])
            for (key, _, _), those in zip(texts, cut, strict=True):
                length = sum(one.in_text + one.in_heading for one in those)
                expected = {(one.word, one.in_text, one.in_heading, length, length, one.places) for one in those}
                if stored[key] != expected:
                    return f"it has other words for passage {key}"
                passages, words, rows = passages + 1, words + length, rows + len(expected)
        there = connection.execute(
            "SELECT (SELECT count(*) FROM passage_words), (SELECT count(*) FROM word), passages, words FROM archive"
        ).fetchone()
        return None if there == (passages, rows, passages, words) else "it has words of passages that are not searched"

    def ranked(self, connection: Connection, wanted: Wanted, top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Passages in scope that match, best first."""
        query = _Query.of(connection, wanted)
        if query is None:
            return []
        passages, words = connection.execute("SELECT passages, words FROM archive").fetchone()
        rarity = [
            max(log((passages - known + 0.5) / (known + 0.5)), 1e-6) if known else 0.0 for known in query.passages
        ]
        # As they stand, numbers with a point would be decimals, which take ten times as long as floats.
        times = {"text": "in_text::float8", "heading": f"{_float(_HEADING)} * in_heading"}.get(
            wanted.column or "", f"(in_text + {_float(_HEADING)} * in_heading)"
        )
        long = f"{_float(_K1 * (1 - _B))} + {_float(_K1 * _B / max(words / max(passages, 1), 1e-9))} * f.length"
        score = f"sum(r.rarity * {times} * {_float(_K1 + 1)} / ({times} + {long}))"
        found, sought = query.found
        every = f"HAVING count(*) = {len(query.passages)}" if wanted.every else ""
        rarities = "unnest(?::integer[], ?::double precision[]) AS r(number, rarity)"
        numbers = list(range(len(rarity)))
        ranking = (
            f"SELECT f.passage, {score} AS score FROM ({found}) f JOIN {rarities} ON r.number = f.number "
            f"GROUP BY f.passage {every}"
        )
        best = "ORDER BY score DESC, passage LIMIT ?"
        if scope.unbounded:  # whatever has words is searched: only the best are looked up
            sql = f"SELECT p.id, b.score FROM ({ranking} {best}) b JOIN passage p ON p.key = b.passage"
            rows = connection.execute(sql, (*sought, numbers, rarity, top_k))
        else:
            condition, values = in_scope(scope)
            sql = (
                f"SELECT p.id, b.score FROM ({ranking}) b JOIN passage p ON p.key = b.passage "
                f"JOIN article a ON a.key = p.article WHERE {condition} {best}"
            )
            rows = connection.execute(sql, (*sought, numbers, rarity, *values, top_k))
        return sorted(rows.fetchall(), key=lambda row: (-row[1], row[0]))

    def holding(self, connection: Connection, wanted: Wanted) -> tuple[str, list[Any]]:
        """A SELECT of the keys of the passages that match."""
        query = _Query.of(connection, wanted)
        if query is None:
            return "SELECT key FROM passage WHERE false", []
        found, sought = query.found
        every = f"HAVING count(*) = {len(query.passages)}" if wanted.every else ""
        return f"SELECT f.passage AS key FROM ({found}) f GROUP BY f.passage {every}", sought

    def counted(self, connection: Connection, words: Sequence[str], most: int) -> Mapping[str, int]:
        """How many passages have each of these words."""
        stems = [one[0] if one else "" for one in _TOKENISER.stems(words)]
        counts = dict(
            connection.execute(
                "SELECT t.word, (SELECT count(*) FROM (SELECT 1 FROM word w WHERE w.term = t.key LIMIT ?) x) "
                "FROM term t WHERE t.word = ANY(?)",
                (most, sorted(set(stems))),
            ).fetchall()
        )
        return {word: counts.get(stem, 0) for word, stem in zip(words, stems, strict=True)}


@dataclass(frozen=True, slots=True)
class _Query:
    """What is wanted, as the tables have it; each term has a number.

    ``words`` are the keys of terms that are one word, with their numbers, ``phrases`` the rows of the others: number,
    passage, times in the text and in the heading, length. ``passages`` is how many have each term.
    """

    words: list[tuple[int, int]]
    phrases: list[tuple[int, int, int, int, int]]
    passages: list[int]
    column: str | None

    @classmethod
    def of(cls, connection: Connection, wanted: Wanted) -> _Query | None:
        """None where nothing can match."""
        terms = _TOKENISER.terms(wanted.terms)  # one that comes twice counts twice, as it does in FTS5
        keys = _known(connection, {word for term in terms for word in term})
        unknown = [term for term in terms if not all(word in keys for word in term)]
        if not terms or len(unknown) == len(terms) or (unknown and wanted.every):
            return None
        known = [[keys[word] for word in term] for term in terms if term not in unknown]
        single = [term[0] for term in known if len(term) == 1]
        counts = dict(
            connection.execute(
                f"SELECT term, count(*) FROM word WHERE term = ANY(?) AND {_within(wanted.column)} GROUP BY term",
                (single,),
            ).fetchall()
        )
        words, phrases, passages = [], list[tuple[int, int, int, int, int]](), []
        for number, term in enumerate(known):
            if len(term) == 1:
                words.append((number, term[0]))
                passages.append(counts.get(term[0], 0))
            else:
                rows = _phrase(connection, term, wanted.column)
                phrases += [(number, *row) for row in rows]
                passages.append(len(rows))
        return cls(words, phrases, passages, wanted.column)

    @property
    def found(self) -> tuple[str, list[Any]]:
        """A SELECT of number, passage, times in each column and length, one row for each term of each passage."""
        parts, values = [], list[Any]()
        if self.words:
            parts.append(
                "SELECT n.number, w.passage, w.in_text, w.in_heading, w.length "
                "FROM unnest(?::integer[], ?::integer[]) AS n(number, term) JOIN word w ON w.term = n.term "
                f"WHERE {_within(self.column)}"
            )
            values += [list(column) for column in zip(*self.words, strict=True)]
        if self.phrases:
            parts.append(
                "SELECT * FROM unnest(?::integer[], ?::integer[], ?::smallint[], ?::smallint[], ?::integer[]) "
                "AS x(number, passage, in_text, in_heading, length)"
            )
            values += [list(column) for column in zip(*self.phrases, strict=True)]
        if not parts:
            parts.append("SELECT 0 AS number, 0 AS passage, 0 AS in_text, 0 AS in_heading, 0 AS length WHERE false")
        return " UNION ALL ".join(parts), values


def _phrase(connection: Connection, terms: Sequence[int], column: str | None) -> list[tuple[int, int, int, int]]:
    """Passages that have these words one after the other: key, times in the text and in the heading, length."""
    counts = dict(
        connection.execute("SELECT term, count(*) FROM word WHERE term = ANY(?) GROUP BY term", (list(set(terms)),))
    )
    rare = sorted(counts, key=lambda term: (counts[term], term))[:_RAREST]
    rows = connection.execute(
        f"SELECT w.passage FROM word w WHERE w.term = ANY(?) AND {_within(column)} GROUP BY w.passage "
        "HAVING count(*) = ?",
        (rare, len(rare)),
    )
    candidates = [row[0] for row in rows.fetchall()]
    places: dict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    lengths: dict[int, int] = {}
    for passage, term, length, packed in connection.execute(
        "SELECT passage, term, length, places FROM word WHERE term = ANY(?) AND passage = ANY(?)",
        (list(counts), candidates),
    ):
        places[passage][term] = frozenset(_unpacked(packed))
        lengths[passage] = length
    found = []
    for passage, those in sorted(places.items()):
        if len(those) == len(counts):
            begin = [at for at in those[terms[0]] if _follow(those, terms, at)]
            times = sum(at < _IN_HEADING for at in begin), sum(at >= _IN_HEADING for at in begin)
            if {"text": times[0], "heading": times[1]}.get(column or "", len(begin)):
                found.append((passage, *times, lengths[passage]))
    return found


def _follow(places: dict[int, frozenset[int]], terms: Sequence[int], at: int) -> bool:
    last = at + len(terms) - 1
    return (at ^ last) < _IN_HEADING and all(at + step in places[term] for step, term in enumerate(terms))


def _float(number: float) -> str:
    return f"{number!r}::float8"


def _within(column: str | None) -> str:
    return {"text": "in_text > 0", "heading": "in_heading > 0"}.get(column or "", "true")


def _searched(connection: Connection) -> Iterator[list[tuple[int, str, str]]]:
    """Key, text and heading of every searched passage, some at a time."""
    last = -1
    while rows := connection.execute(
        f"{_TEXTS} WHERE a.searchable AND p.key > ? ORDER BY p.key LIMIT ?", (last, _AT_ONCE)
    ).fetchall():
        last = rows[-1][0]
        yield rows


def _known(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    return dict(connection.execute("SELECT word, key FROM term WHERE word = ANY(?)", (sorted(words),)).fetchall())


def _keys(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    """The keys of these words, made where there are none."""
    known = _known(connection, words)
    new = sorted(word for word in words if word not in known)
    made = connection.execute("INSERT INTO term(word) SELECT unnest(?::text[]) RETURNING word, key", (new,))
    return known | dict(made.fetchall())


def _count(connection: Connection, passages: int, words: int) -> None:
    connection.execute("UPDATE archive SET passages = passages + ?, words = words + ?", (passages, words))


def _packed(places: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(places)}H", *sorted(places))


def _unpacked(places: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(places) // 2}H", places)

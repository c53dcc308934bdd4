"""Sketches, copies and stories of articles: small tables by which near-duplicates find each other.

They hold no words. An article that becomes searched or stops being so, or gets other statements, stands in
``ungrouped`` from the same transaction on (triggers), and stays there until its story has been made anew: a kill costs
work and nothing else. Rows here have no seal: a damaged one can at most group wrongly, and what two copies share is
shown out of their sealed texts.

What it does not know: how sketches are made and what makes two texts copies (:mod:`qa.stories`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date

from qa.catalog.browsing import batches, day_of, is_sound
from qa.catalog.engine import Connection
from qa.catalog.rows import spans_from_json
from qa.types import Copy, Story

__all__ = [
    "STORIES_MADE",
    "candidates",
    "edges_around",
    "forget_sketches",
    "keep_copies",
    "keep_sketch",
    "keep_stories",
    "members",
    "said_in",
    "start_anew",
    "stories",
    "story_ids",
    "uncompared",
    "ungrouped",
]

Pair = tuple[int, int, float, str, bool]
"""Two articles' keys, how much of the longer text both have, in which way they share it, whether at one outlet."""

STORIES_MADE = "stories_made"
"""What the table of notes calls the rules by which sketches and copies were made."""


def start_anew(connection: Connection) -> None:
    """Forget every sketch, copy and story; all searched articles are to be grouped."""
    for table in ("band", "sketch", "copies", "story_copy", "repeated", "ungrouped"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO ungrouped SELECT key FROM article WHERE searchable")


def ungrouped(connection: Connection, limit: int) -> list[tuple[int, str]]:
    """Key and id of articles whose story is to be made anew, in the order of their keys."""
    return connection.execute(
        "SELECT a.key, a.id FROM ungrouped u JOIN article a ON a.key = u.article ORDER BY a.key LIMIT ?", (limit,)
    ).fetchall()


def uncompared(connection: Connection, keys: Sequence[int]) -> set[int]:
    """Which of these are searched and have not been compared with others."""
    rows = connection.execute(
        f"SELECT key FROM article WHERE key IN ({_marks(keys)}) AND searchable "
        "AND NOT EXISTS (SELECT 1 FROM sketch WHERE article = key AND compared)",
        keys,
    )
    return {row[0] for row in rows}


def keep_sketch(connection: Connection, key: int, words: int, bands: Sequence[int]) -> None:
    """Keep how many words an article has, and the bands of its text."""
    connection.execute(
        "INSERT INTO sketch VALUES(?, ?, ?, false) ON CONFLICT(article) DO UPDATE SET "
        "words = excluded.words, bands = excluded.bands, compared = false",
        (key, words, array("q", bands).tobytes()),
    )
    connection.executemany("INSERT INTO band VALUES(?, ?) ON CONFLICT DO NOTHING", ((band, key) for band in bands))


def forget_sketches(connection: Connection, keys: Iterable[int]) -> None:
    """Forget the bands of articles that are about to be deleted."""
    for key in keys:
        connection.executemany(
            "DELETE FROM band WHERE hash = ? AND article = ?", ((b, key) for b in _bands(connection, key))
        )
        connection.execute("DELETE FROM sketch WHERE article = ?", (key,))


def candidates(connection: Connection, key: int, limit: int) -> list[tuple[int, str]]:
    """Key and id of other articles that share a band, those that share most first."""
    bands = _bands(connection, key)
    if not bands:
        return []
    return connection.execute(
        f"SELECT b.article, a.id FROM band b JOIN article a ON a.key = b.article WHERE b.hash IN ({_marks(bands)}) "
        "AND b.article != ? GROUP BY b.article, a.id ORDER BY count(*) DESC, b.article LIMIT ?",
        (*bands, key, limit),
    ).fetchall()


def keep_copies(connection: Connection, keys: Iterable[int], pairs: Iterable[Pair]) -> None:
    """Keep which articles share text, and how; these have been compared with all that are kept."""
    connection.executemany(
        "INSERT INTO copies VALUES(?, ?, ?, ?, ?) ON CONFLICT(one, other) DO UPDATE SET "
        "weight = excluded.weight, kinship = excluded.kinship, home = excluded.home",
        ((min(one, other), max(one, other), weight, kind, home) for one, other, weight, kind, home in pairs),
    )
    connection.executemany("UPDATE sketch SET compared = true WHERE article = ?", ((key,) for key in keys))


def edges_around(connection: Connection, keys: Iterable[int]) -> tuple[set[int], list[Pair]]:
    """Every article that shared text leads to from these, and the pairs among the searched ones of them.

    A story of an article that is gone or hidden is followed to the rest of it too.
    """
    reached, ahead = set[int](), set(keys)
    while ahead:
        reached |= ahead
        ahead = {near for some in batches(sorted(ahead)) for near in _near(connection, some)} - reached
    edges = []
    for some in batches(sorted(reached)):
        edges += connection.execute(
            "SELECT c.one, c.other, c.weight, c.kinship, c.home FROM copies c JOIN article o ON o.key = c.one "
            f"JOIN article t ON t.key = c.other WHERE c.one IN ({_marks(some)}) AND o.searchable AND t.searchable",
            some,
        ).fetchall()
    return reached, edges


def members(connection: Connection, keys: Sequence[int]) -> list[tuple[int, date | None, int]]:
    """Key, day and number of words of these articles."""
    found = []
    for some in batches(keys):
        rows = connection.execute(
            "SELECT a.key, a.published, s.words FROM article a JOIN sketch s ON s.article = a.key "
            f"WHERE a.key IN ({_marks(some)})",
            some,
        )
        found += [(key, day_of(published), words) for key, published, words in rows]
    return found


def said_in(connection: Connection, key: int) -> list[tuple[int, str | None, str]]:
    """What is said in an article, beliefs and plans left out: ordinal, speaker and the words."""
    row = connection.execute("SELECT text FROM article WHERE key = ?", (key,)).fetchone()
    if row is None:
        return []
    rows = connection.execute(
        "SELECT ordinal, speaker_key, content FROM statement WHERE article = ? AND kind = 'speech' ORDER BY ordinal",
        (key,),
    )
    said = []
    for ordinal, speaker, content in rows:
        with suppress(ValueError, TypeError):  # a damaged one is left out wherever it is shown
            said.append((ordinal, speaker, " ".join(span.of(row[0]) for span in spans_from_json(content))))
    return said


def keep_stories(
    connection: Connection,
    reached: Iterable[int],
    told: Sequence[Sequence[tuple[int, int]]],
    repeated: Mapping[tuple[int, int], tuple[int, int]],
) -> None:
    """Put these stories in the place of those that any of the articles was in.

    Args:
        connection: in a transaction.
        reached: the articles that were looked at.
        told: for each story its articles' keys and numbers of words, the first one first.
        repeated: statements, by their article's key and their ordinal, and where an earlier article has them.
    """
    keys = sorted(reached)
    for some in batches(keys):
        for table in ("story_copy", "repeated", "ungrouped"):
            connection.execute(f"DELETE FROM {table} WHERE article IN ({_marks(some)})", some)
    for copies in told:
        story = copies[0][0]
        connection.executemany(
            "INSERT INTO story_copy VALUES(?, ?, ?, ?) ON CONFLICT(article) DO UPDATE SET "
            "story = excluded.story, place = excluded.place, words = excluded.words",
            ((key, story, place, words) for place, (key, words) in enumerate(copies)),
        )
    connection.executemany(
        "INSERT INTO repeated VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING",
        ((*place, *first) for place, first in repeated.items()),
    )


def stories(connection: Connection, article_ids: Sequence[str]) -> dict[str, Story]:
    """For each of these articles of which searched ones are copies, its story."""
    asked: dict[int, list[str]] = defaultdict(list)
    for some in batches(article_ids):
        rows = connection.execute(
            "SELECT t.story, a.id FROM story_copy t JOIN article a ON a.key = t.article "
            f"WHERE a.id IN ({_marks(some)})",
            some,
        )
        for story, id_ in rows:
            asked[story].append(id_)
    found: dict[str, Story] = {}
    for stories_asked in batches(sorted(asked)):
        copies: dict[int, list[Copy]] = defaultdict(list)
        rows = connection.execute(
            "SELECT t.story, a.key, a.id, a.title, a.published, t.words FROM story_copy t "
            f"JOIN article a ON a.key = t.article WHERE t.story IN ({_marks(stories_asked)}) AND a.searchable "
            "ORDER BY t.story, t.place",
            stories_asked,
        )
        for story, key, id_, title, published, words in rows.fetchall():
            if is_sound(connection, key):
                outlets = connection.execute(
                    "SELECT outlet FROM location WHERE article = ? AND current AND outlet IS NOT NULL "
                    "GROUP BY outlet ORDER BY min(turn)",
                    (key,),
                )
                copies[story].append(Copy(id_, title, tuple(row[0] for row in outlets), day_of(published), words))
        for story, several in copies.items():
            if len(several) > 1:
                found |= dict.fromkeys(asked[story], Story(tuple(several)))
    return found


def story_ids(connection: Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """For each of these articles that is in a story, the id of the story's first article."""
    found: dict[str, str] = {}
    for some in batches(article_ids):
        rows = connection.execute(
            "SELECT a.id, f.id FROM article a JOIN story_copy t ON t.article = a.key JOIN article f ON f.key = t.story "
            f"WHERE a.id IN ({_marks(some)})",
            some,
        )
        found |= dict(rows.fetchall())
    return found


def _near(connection: Connection, keys: Sequence[int]) -> set[int]:
    marks = _marks(keys)
    rows = connection.execute(
        f"SELECT other FROM copies WHERE one IN ({marks}) UNION SELECT one FROM copies WHERE other IN ({marks}) UNION "
        f"SELECT article FROM story_copy WHERE story IN (SELECT story FROM story_copy WHERE article IN ({marks}))",
        (*keys, *keys, *keys),
    )
    return {row[0] for row in rows}


def _bands(connection: Connection, key: int) -> list[int]:
    row = connection.execute("SELECT bands FROM sketch WHERE article = ?", (key,)).fetchone()
    if row is None or not isinstance(row[0], bytes):
        return []
    return list(array("q", row[0][: len(row[0]) // 8 * 8]))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))

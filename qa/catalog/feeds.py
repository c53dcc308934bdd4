"""Feeds that are polled -> rows of the catalog: where each is, what was heard of it last, and which items are known.

Promises: an item is noted as done only by whoever has seen its article stored, so that a kill between the two costs a
request and never an article; what validates a feed's last answer (ETag, Last-Modified) stands in the same row as the
result of the poll that it came with. An item is known by digests, and by its address only while it fails: of an article
that is erased nothing is left here, and yet it does not come back by itself. What this does not know: how a feed is
read, and when it is next asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from qa.catalog.engine import Connection, Database

__all__ = ["FailingItem", "FeedArticle", "FeedState", "Feeds", "KnownItem", "forget_places"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as it was when it was last asked.

    ``key`` is 0 for one that is not kept. ``next_at`` None means that it is not asked by itself any more, ``ttl_s`` for
    how long it says that an answer keeps. ``failures`` is how many times in a row it could not be read, ``problem`` and
    ``remedy`` why, or what is wrong with it although it was read. ``counts`` is what became of its items in the poll
    that had some to put in last, at ``came_at``; ``items`` is how many it had last, ``left`` how many of them are still
    to be read.
    """

    address: str
    key: int = 0
    title: str | None = None
    kind: str | None = None
    etag: str | None = None
    modified: str | None = None
    polled_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    problem: str | None = None
    remedy: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    came_at: datetime | None = None
    items: int | None = None
    left: int = 0
    ttl_s: float = 0.0


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item that has been worked on: its digest then, and how often it has failed since (0: its article is in)."""

    digest: str
    tries: int


@dataclass(frozen=True, slots=True)
class FeedArticle:
    """An article that came from a feed."""

    article_id: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FailingItem:
    """An item whose article could not be put in."""

    address: str
    problem: str
    tries: int


_COLUMNS = (
    "address",
    "key",
    "title",
    "kind",
    "etag",
    "modified",
    "polled_at",
    "next_at",
    "failures",
    "problem",
    "remedy",
    "counts",
    "came_at",
    "items",
    "remaining",
    "ttl_s",
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM feed"


class Feeds:
    """The tables ``feed`` and ``feed_item`` of one catalog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[FeedState]:
        """Every feed, in the order in which they were added."""
        return self._where("ORDER BY key")

    def due(self, now: datetime) -> list[FeedState]:
        """Those that are to be asked by now, the longest due first."""
        return self._where("WHERE next_at <= ? ORDER BY next_at, key", now.isoformat())

    def at(self, address: str) -> FeedState | None:
        """The feed of this address."""
        return next(iter(self._where("WHERE address = ?", address)), None)

    def _where(self, condition: str, *values: str) -> list[FeedState]:
        with self._database.reading() as connection:
            return [_state(row) for row in connection.execute(f"{_SELECT} {condition}", values)]

    def add(self, feeds: Sequence[FeedState]) -> list[str]:
        """Keep these feeds, each due at once unless it says when; return the addresses that are new."""
        now, new = datetime.now(UTC), []
        with self._database.writing() as connection:
            for feed in feeds:
                added = connection.execute(
                    "INSERT INTO feed(address, title, added_at, next_at) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (feed.address, feed.title, now.isoformat(), (feed.next_at or now).isoformat()),
                )
                if added.rowcount:
                    new.append(feed.address)
        return new

    def remove(self, addresses: Sequence[str]) -> list[str]:
        """Forget these feeds and which of their items are known; return those that were there. Articles stay."""
        with self._database.writing() as connection:
            return [
                address
                for address in dict.fromkeys(addresses)
                if connection.execute("DELETE FROM feed WHERE address = ?", (address,)).rowcount
            ]

    def hurry(self, addresses: Sequence[str] | None = None) -> int:
        """Have these feeds, or all, asked at once; return how many."""
        now = datetime.now(UTC).isoformat()
        with self._database.writing() as connection:
            if addresses is None:
                return connection.execute("UPDATE feed SET next_at = ?", (now,)).rowcount
            each = (
                connection.execute("UPDATE feed SET next_at = ? WHERE address = ?", (now, one)) for one in addresses
            )
            return sum(cursor.rowcount for cursor in each)

    def note_poll(self, state: FeedState) -> None:
        """Keep what a poll found out; a feed that has been removed meanwhile stays so.

        A new address that another feed has already is not taken.
        """
        row = _row(state)
        taken = ", ".join(f"{name} = ?" for name in _COLUMNS if name not in {"address", "key"})
        values = [row[name] for name in _COLUMNS if name not in {"address", "key"}]
        with self._database.writing() as connection:
            connection.execute(f"UPDATE feed SET {taken} WHERE key = ?", (*values, state.key))
            connection.execute(
                "UPDATE feed SET address = ? WHERE key = ? AND NOT EXISTS (SELECT 1 FROM feed WHERE address = ?)",
                (state.address, state.key, state.address),
            )

    # Items

    def known(self, key: int) -> dict[str, KnownItem]:
        """The items of a feed that have been worked on, by their keys."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT item, digest, tries FROM feed_item WHERE feed = ?", (key,))
            return {item: KnownItem(digest, tries) for item, digest, tries in rows}

    def note_done(self, key: int, items: Sequence[tuple[str, str]], article_id: str) -> None:
        """Note items (key, digest) whose article is in."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO feed_item(feed, item, digest, article, at, tries) "
                "SELECT f.key, ?, ?, (SELECT key FROM article WHERE id = ?), ?, 0 FROM feed f WHERE f.key = ? "
                "ON CONFLICT(feed, item) DO UPDATE SET digest = excluded.digest, article = excluded.article, "
                "at = excluded.at, tries = 0, address = NULL, problem = NULL",
                [(item, digest, article_id, datetime.now(UTC).isoformat(), key) for item, digest in items],
            )

    def note_failed(self, key: int, item: str, digest: str, address: str, problem: str) -> None:
        """Note that an item's article could not be put in; what it had before stays its article."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO feed_item(feed, item, digest, at, tries, address, problem) "
                "SELECT key, ?, ?, ?, 1, ?, ? FROM feed WHERE key = ? "
                "ON CONFLICT(feed, item) DO UPDATE SET "
                "tries = CASE WHEN feed_item.digest = excluded.digest THEN feed_item.tries + 1 ELSE 1 END, "
                "digest = excluded.digest, at = excluded.at, address = excluded.address, problem = excluded.problem",
                (item, digest, datetime.now(UTC).isoformat(), address, problem, key),
            )

    def came(self, key: int, limit: int) -> list[FeedArticle]:
        """The articles that came from a feed and can be looked at, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT a.id, a.title, max(i.at) FROM feed_item i JOIN article a ON a.key = i.article "
                "WHERE i.feed = ? AND a.hidden_at IS NULL GROUP BY a.key ORDER BY max(i.at) DESC, a.key DESC LIMIT ?",
                (key, limit),
            )
            return [FeedArticle(id_, title, datetime.fromisoformat(at)) for id_, title, at in rows]

    def failing(self, key: int, limit: int) -> list[FailingItem]:
        """The items of a feed that could not be put in, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT address, problem, tries FROM feed_item WHERE feed = ? AND problem IS NOT NULL "
                "ORDER BY at DESC, item LIMIT ?",
                (key, limit),
            )
            return [FailingItem(*row) for row in rows]


def forget_places(connection: Connection, keys: Sequence[int]) -> None:
    """Drop the addresses of items whose articles are about to be erased; that they are known stays."""
    for key in keys:
        connection.execute(
            "UPDATE feed_item SET address = NULL, problem = NULL, article = NULL, tries = 0 "
            "WHERE article = ? OR address IN (SELECT url FROM location WHERE article = ?)",
            (key, key),
        )


def _state(row: Sequence[Any]) -> FeedState:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["left"] = values.pop("remaining")
    values["counts"] = json.loads(values["counts"])
    for name in ("polled_at", "next_at", "came_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return FeedState(**values)


def _row(state: FeedState) -> dict[str, Any]:
    row = {name: getattr(state, name) for name in _COLUMNS if name != "remaining"}
    row |= {"remaining": state.left, "counts": json.dumps(dict(state.counts))}
    for name in ("polled_at", "next_at", "came_at"):
        row[name] = row[name].isoformat() if row[name] else None
    return row

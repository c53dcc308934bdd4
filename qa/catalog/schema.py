"""The catalog's tables, and the ordered steps that bring an older file up to them.

``PRAGMA user_version`` counts the steps that a file has been through. A step is never edited once it has been released:
a change of the tables is another step at the end. A file with more steps than are known here is refused.

What the tables promise beyond their declarations:

- ``article`` holds one row per text; ``searchable`` is 1 exactly when the text is the newest at one address or more and
  is not hidden. Only :mod:`qa.catalog.storing` sets it.
- ``seal`` of an article and of a statement, and ``article.parts_seal``, are what :mod:`qa.catalog.sealing` makes of the
  rows as they were written; a row that does not fit its seal is damaged.
- ``article.attributed_by`` identifies what found the article's statements; NULL where that is not known.
- ``location`` holds every text that an address ever had; at most one row per address is ``current``. ``turn`` grows, so
  that it orders versions even where two were seen in the same second. ``origin`` is the server that gave the text
  (HOST or HOST:PORT); NULL where a file did, or where that is not known. ``stated`` is which details that address
  states of the text (:mod:`qa.catalog.lending`); NULL where that is not known.
- the full-text index holds exactly the rows of the view ``searchable_passage``. It has no text of its own, so an erased
  article leaves nothing behind in it.
- ``speaker_pin`` holds what a user has decided about spellings: the one is the speaker who is spelt like the other, or
  stands apart where both are the same. It is keyed by folded spellings, so it outlives the statements.
- ``notice`` holds the articles that have a notice of another's error, ``correction`` which articles those correct.
- ``feed`` holds the feeds that are polled and what was heard of each last, ``feed_item`` which of their items have been
  worked on; ``feed_item.problem`` is NULL once the item's article is in (:mod:`qa.catalog.feeds`).
- ``sketch`` holds the bands of an article's text as they are found in ``band``, which has no other index and no
  foreign key: :func:`qa.catalog.storytelling.forget_sketches` takes its rows out. ``copies`` holds pairs of articles,
  the smaller key first, that share text, also superseded and hidden ones: ``kinship`` tells how, ``home`` whether one
  outlet published both. ``story_copy`` holds which searched articles are one story, ``repeated`` which of their
  statements the story's ``first`` article to have it has. What has to be looked at again stands in ``ungrouped``;
  triggers see to it.
- ``obsolete`` holds the ids of passages that were indexed as vectors and are not to be found any more.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.catalog.correcting import NOTICES_READ
from qa.catalog.engine import Connection
from qa.catalog.sealing import seal_everything
from qa.errors import ArchiveError, ArchiveVersionError

__all__ = ["APPLICATION_ID", "MIGRATIONS", "TOKENS", "migrate", "require_newest"]

Step = str | Callable[[Connection], None]
TOKENS = "porter unicode61 remove_diacritics 2"
"""What a word is, as FTS5 is told it: of both engines, and for good, since it is part of the first step."""
APPLICATION_ID = 0x4F6E5265  # "OnRe": tells our file from any other SQLite file

_FIRST = (
    """CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE article(
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL, byline TEXT, published TEXT, modified TEXT, retrieved TEXT NOT NULL,
        language TEXT NOT NULL, dateline TEXT, standfirst TEXT, paragraphs TEXT NOT NULL,
        text TEXT NOT NULL, text_sha256 TEXT NOT NULL,
        added_at TEXT NOT NULL, hidden_at TEXT, searchable INTEGER NOT NULL DEFAULT 0)""",
    """CREATE INDEX article_by_date ON article(published) WHERE searchable""",
    """CREATE TABLE location(
        url TEXT NOT NULL, article INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
        outlet TEXT, seen_at TEXT NOT NULL, turn INTEGER NOT NULL, current INTEGER NOT NULL,
        PRIMARY KEY(url, article)) WITHOUT ROWID""",
    """CREATE UNIQUE INDEX location_current ON location(url) WHERE current""",
    """CREATE UNIQUE INDEX location_turn ON location(turn)""",
    """CREATE INDEX location_by_article ON location(article, current)""",
    """CREATE TABLE passage(
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
        id TEXT NOT NULL UNIQUE, start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT NOT NULL,
        indexed INTEGER NOT NULL DEFAULT 0, CHECK (0 <= start AND start < end))""",
    """CREATE INDEX passage_by_article ON passage(article)""",
    """CREATE INDEX passage_unindexed ON passage(key) WHERE NOT indexed""",
    """CREATE TABLE statement(
        article INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
        speaker_mention TEXT, speaker_name TEXT, speaker_role TEXT, speaker_key TEXT,
        source TEXT NOT NULL, cue TEXT NOT NULL, content TEXT NOT NULL, form TEXT NOT NULL,
        PRIMARY KEY(article, ordinal)) WITHOUT ROWID""",
    """CREATE INDEX statement_by_speaker ON statement(speaker_key) WHERE speaker_key IS NOT NULL""",
    """CREATE TABLE obsolete(id TEXT PRIMARY KEY) WITHOUT ROWID""",
    """CREATE VIEW searchable_passage AS
        SELECT p.key AS key, substr(a.text, p.start + 1, p.end - p.start) AS text, p.heading AS heading
        FROM passage p JOIN article a ON a.key = p.article WHERE a.searchable""",
    f"""CREATE VIRTUAL TABLE passage_words USING fts5(
        text, heading, content='searchable_passage', content_rowid='key', tokenize='{TOKENS}')""",
    # A match in the passage itself weighs more than one in its article's title.
    """INSERT INTO passage_words(passage_words, rank) VALUES('rank', 'bm25(1.0, 0.4)')""",
    f"PRAGMA application_id = {APPLICATION_ID}",
)

_SPEECH = (
    """ALTER TABLE statement ADD COLUMN speaker_resolution TEXT NOT NULL DEFAULT 'unresolved'""",
    """ALTER TABLE statement ADD COLUMN kind TEXT NOT NULL DEFAULT 'speech'""",
    """ALTER TABLE statement ADD COLUMN confidence REAL NOT NULL DEFAULT 1.0""",
    """CREATE TABLE speaker_pin(spelling TEXT PRIMARY KEY, speaker TEXT NOT NULL) WITHOUT ROWID""",
)

_ATTRIBUTED = ("""ALTER TABLE article ADD COLUMN attributed_by TEXT""",)

_SEALED: tuple[Step, ...] = (
    """ALTER TABLE article ADD COLUMN seal TEXT""",
    """ALTER TABLE article ADD COLUMN parts_seal TEXT""",
    """ALTER TABLE statement ADD COLUMN seal TEXT""",
    seal_everything,
)

_ORIGINS = ("""ALTER TABLE location ADD COLUMN origin TEXT""",)

_CORRECTIONS = (
    """CREATE TABLE notice(article INTEGER PRIMARY KEY REFERENCES article(key) ON DELETE CASCADE)""",
    """CREATE TABLE correction(
        corrected INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
        notice INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
        PRIMARY KEY(corrected, notice)) WITHOUT ROWID""",
    """CREATE INDEX correction_by_notice ON correction(notice)""",
    # The key of an article that was the last is given to another one: what has been read is not known any more.
    f"""CREATE TRIGGER last_article_gone AFTER DELETE ON article
        WHEN old.key > (SELECT coalesce(max(key), 0) FROM article)
        BEGIN DELETE FROM meta WHERE name = '{NOTICES_READ}'; END""",
)

_FEEDS = (
    """CREATE TABLE feed(
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE, title TEXT, kind TEXT, added_at TEXT NOT NULL,
        etag TEXT, modified TEXT, polled_at TEXT, next_at TEXT,
        failures INTEGER NOT NULL DEFAULT 0, problem TEXT, remedy TEXT,
        counts TEXT NOT NULL DEFAULT '{}', came_at TEXT, items INTEGER, remaining INTEGER NOT NULL DEFAULT 0,
        ttl_s REAL NOT NULL DEFAULT 0)""",
    """CREATE TABLE feed_item(
        feed INTEGER NOT NULL REFERENCES feed(key) ON DELETE CASCADE, item TEXT NOT NULL, digest TEXT NOT NULL,
        article INTEGER REFERENCES article(key) ON DELETE SET NULL, at TEXT NOT NULL,
        tries INTEGER NOT NULL, address TEXT, problem TEXT, PRIMARY KEY(feed, item)) WITHOUT ROWID""",
    """CREATE INDEX feed_item_by_article ON feed_item(article) WHERE article IS NOT NULL""",
)

_STORIES = (
    """CREATE TABLE sketch(
        article INTEGER PRIMARY KEY REFERENCES article(key) ON DELETE CASCADE,
        words INTEGER NOT NULL, bands BLOB NOT NULL, compared INTEGER NOT NULL)""",
    """CREATE TABLE band(hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(hash, article)) WITHOUT ROWID""",
    """CREATE TABLE copies(
        one INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
        other INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
        weight REAL NOT NULL, kinship TEXT NOT NULL, home INTEGER NOT NULL,
        PRIMARY KEY(one, other), CHECK (one < other)) WITHOUT ROWID""",
    """CREATE INDEX copies_by_other ON copies(other)""",
    """CREATE TABLE story_copy(
        article INTEGER PRIMARY KEY REFERENCES article(key) ON DELETE CASCADE,
        story INTEGER NOT NULL, place INTEGER NOT NULL, words INTEGER NOT NULL)""",
    """CREATE INDEX story_copy_by_story ON story_copy(story, place)""",
    """CREATE TABLE repeated(
        article INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
        first INTEGER NOT NULL, first_ordinal INTEGER NOT NULL, PRIMARY KEY(article, ordinal)) WITHOUT ROWID""",
    """CREATE INDEX repeated_by_first ON repeated(first, first_ordinal)""",
    """CREATE TABLE ungrouped(article INTEGER PRIMARY KEY REFERENCES article(key) ON DELETE CASCADE)""",
    """CREATE TRIGGER article_regrouped AFTER UPDATE OF searchable ON article WHEN old.searchable != new.searchable
        BEGIN INSERT OR IGNORE INTO ungrouped VALUES(new.key); END""",
    """CREATE TRIGGER article_reattributed AFTER UPDATE OF attributed_by ON article WHEN new.searchable
        BEGIN INSERT OR IGNORE INTO ungrouped SELECT article FROM story_copy WHERE article = new.key; END""",
    """CREATE TRIGGER copy_gone BEFORE DELETE ON article
        BEGIN INSERT OR IGNORE INTO ungrouped
            SELECT t.article FROM story_copy t WHERE t.story = (SELECT story FROM story_copy WHERE article = old.key)
            AND t.article != old.key; END""",
    """INSERT INTO ungrouped SELECT key FROM article WHERE searchable""",
)

_LENT = ("""ALTER TABLE location ADD COLUMN stated TEXT""",)

# What is asked of each question and each page is found in an index, whatever the archive's size.
_LARGE = (
    """CREATE INDEX location_by_outlet ON location(lower(outlet), article) WHERE current""",
    """DROP INDEX statement_by_speaker""",
    """CREATE INDEX statement_by_speaker ON statement(speaker_key, kind) WHERE speaker_key IS NOT NULL""",
)

MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    _FIRST,
    _SPEECH,
    _ATTRIBUTED,
    _SEALED,
    _ORIGINS,
    _CORRECTIONS,
    _FEEDS,
    _STORIES,
    _LENT,
    _LARGE,
)


def migrate(connection: Connection, path: str, *, new: bool = False) -> None:
    """Bring the file up to the newest schema, one transaction per step.

    Args:
        connection: to the file.
        path: what the file is called in an error.
        new: the file has just been made and is empty.

    Raises:
        ArchiveVersionError: the file has been written by a newer version of On Record.
        ArchiveError: the file is a SQLite database of something else.
    """
    if not new:
        _refuse_strangers(connection, path)
    while _version(connection) < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)  # another process may have taken the step while this one waited
            if version < len(MIGRATIONS):
                for step in MIGRATIONS[version]:
                    connection.execute(step) if isinstance(step, str) else step(connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    _refuse_newer(connection, path)


def require_newest(connection: Connection, path: str) -> None:
    """Refuse a file that only a writer can bring up to the newest schema; raises as :func:`migrate`."""
    _refuse_strangers(connection, path)
    _refuse_newer(connection, path)
    if _version(connection) < len(MIGRATIONS):
        raise ArchiveVersionError(
            f"The catalog {path} has schema {_version(connection)}; this version of On Record reads {len(MIGRATIONS)}.",
            remedy="`qa doctor --mend` brings it up to date, as every command does that changes the archive.",
        )


def _refuse_newer(connection: Connection, path: str) -> None:
    if _version(connection) > len(MIGRATIONS):
        raise ArchiveVersionError(
            f"The catalog {path} has schema {_version(connection)}; this version of On Record knows {len(MIGRATIONS)}.",
            remedy="Update On Record, or use another data folder (QA_DATA_DIR).",
        )


def _refuse_strangers(connection: Connection, path: str) -> None:
    """A file of ours has its mark and a schema from the moment on at which it appears in its place."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION_ID or _version(connection) < 1:
        raise ArchiveError(
            f"{path} is a database, but not a catalog of On Record (schema {_version(connection)}).",
            remedy="It is another program's file, or damaged: use another data folder (QA_DATA_DIR) or a backup.",
        )


def _version(connection: Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version

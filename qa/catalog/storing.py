"""Entries -> rows, in the caller's transaction: what is new, what replaces what, what is searched.

Everything that is derived from the rest (``article.searchable``, the full-text index, ``obsolete``) is brought up to
date in :func:`refresh` and nowhere else, so that it cannot drift. An article's title, dates and passages follow its
first current address: the same text under a second address with another headline does not change them back and forth.
A date and byline that it lacks are lent by another address (:mod:`qa.catalog.lending`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from qa.catalog.engine import Connection
from qa.catalog.lending import borrowed, stated_in
from qa.catalog.origins import note_origin, origin_against
from qa.catalog.records import Entry, Stored, StoredStatus
from qa.catalog.rows import (
    ARTICLE_COLUMNS,
    DETAIL_COLUMNS,
    article_row,
    detail_row,
    statement_row,
)
from qa.catalog.sealing import SEALED_STATEMENT, fault_of, keep_articles, resealing, seal, statement_seal
from qa.catalog.storytelling import forget_sketches
from qa.types import Article, LentDetail, Passage, Span, Statement

__all__ = [
    "forget",
    "refresh",
    "store_anew",
    "store_entry",
    "withdraw",
    "write_parts_anew",
    "write_statements",
]


def store_entry(connection: Connection, entry: Entry, *, restore: bool, trust_stated: bool = False) -> Stored:
    """Store one entry and say what became of it; what the file holds of the article and is damaged is replaced."""
    row = connection.execute("SELECT key, hidden_at FROM article WHERE id = ?", (entry.article.id,)).fetchone()
    before = _current_at(connection, entry.article.url)
    removed = row is not None and row[1] is not None and not restore
    origin = None if trust_stated or removed else origin_against(connection, entry.article)
    if origin is not None:
        return Stored(entry.article.id, StoredStatus.REFUSED, origin=origin)
    if row is not None and _is_damaged(connection, row[0]):
        return store_anew(connection, entry, row[0], restore=restore)
    if removed:
        return Stored(entry.article.id, StoredStatus.HIDDEN)
    touched = {found[0] for found in (row, before) if found is not None}
    with resealing(connection, touched):
        return _store(connection, entry, row, before)


def _store(
    connection: Connection, entry: Entry, row: tuple[int, str | None] | None, before: tuple[int, str] | None
) -> Stored:
    """Store an entry whose article has this row (key, hidden since) and whose address this text (key, id)."""
    article = entry.article
    if row is None:
        key, known, hidden = _insert(connection, article), False, False
    else:
        key, known, hidden = row[0], True, row[1] is not None
    connection.execute("UPDATE article SET hidden_at = NULL WHERE key = ? AND hidden_at IS NOT NULL", (key,))
    place_changed = _place(connection, article, key)
    note_origin(connection, article)
    changed = _follow(connection, entry, key) or place_changed
    for touched in {key, before[0] if before else key}:
        refresh(connection, touched)
    if not known:
        seal(connection, key)
    superseded = before[1] if before and before[0] != key else None
    return Stored(article.id, _status(known, hidden, before is not None, superseded is not None, changed), superseded)


def _is_damaged(connection: Connection, key: int) -> bool:
    [kept] = keep_articles(connection, "key = ?", (key,))
    return fault_of(connection, kept) is not None


def store_anew(connection: Connection, entry: Entry, key: int, *, restore: bool = False) -> Stored:
    """Replace a damaged article; addresses beside the entry's come back when they are read again."""
    hidden_at = connection.execute("SELECT hidden_at FROM article WHERE key = ?", (key,)).fetchone()[0]
    forget(connection, [key])
    stored = _store(connection, entry, None, _current_at(connection, entry.article.url))
    if hidden_at is not None and not restore:
        [(new,)] = connection.execute("SELECT key FROM article WHERE id = ?", (entry.article.id,))
        with resealing(connection, [new]):
            connection.execute("UPDATE article SET hidden_at = ? WHERE key = ?", (hidden_at, new))
            refresh(connection, new)
    return replace(stored, status=StoredStatus.MENDED)


def write_parts_anew(connection: Connection, entry: Entry, key: int) -> None:
    """Replace the damaged passages and statements of an article that is sound itself."""
    with connection.words.erasing(connection, [key]):
        _make_obsolete(connection, key)
        connection.execute("DELETE FROM passage WHERE article = ?", (key,))
    connection.execute("DELETE FROM statement WHERE article = ?", (key,))
    searchable = _is_searchable(connection, key)
    connection.execute("UPDATE article SET searchable = false WHERE key = ?", (key,))
    _write_passages(connection, key, entry.passages)
    write_statements(connection, key, entry.statements or (), entry.attributed_by)
    if searchable:
        refresh(connection, key)
    seal(connection, key)


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Delete these articles and everything that hangs on them, their words included."""
    forget_sketches(connection, keys)
    with connection.words.erasing(connection, keys):
        for key in keys:
            _make_obsolete(connection, key)
            connection.execute("DELETE FROM article WHERE key = ?", (key,))


def _make_obsolete(connection: Connection, key: int, condition: str = "true") -> None:
    """Note that the vectors of an article's passages must not be found any more."""
    connection.execute(
        f"INSERT INTO obsolete SELECT id FROM passage WHERE article = ? AND {condition} ON CONFLICT DO NOTHING", (key,)
    )


def _status(known: bool, hidden: bool, at_known_address: bool, superseding: bool, changed: bool) -> StoredStatus:
    if hidden:
        return StoredStatus.RESTORED
    if superseding:
        return StoredStatus.NEW_VERSION
    if not known:
        return StoredStatus.ADDED
    if not at_known_address:
        return StoredStatus.NEW_LOCATION
    return StoredStatus.UPDATED if changed else StoredStatus.UNCHANGED


def refresh(connection: Connection, key: int) -> None:
    """Search the article, or stop searching it, as its addresses and its being hidden demand."""
    should: int = connection.execute(
        "SELECT hidden_at IS NULL AND EXISTS (SELECT 1 FROM location WHERE article = key AND current) "
        "FROM article WHERE key = ?",
        (key,),
    ).fetchone()[0]
    if should == _is_searchable(connection, key):
        return
    if not should:
        withdraw(connection, key)
        return
    connection.execute("UPDATE article SET searchable = true WHERE key = ?", (key,))
    connection.words.put_in(connection, key)
    # These passages are about to get a vector again: nobody must delete it afterwards.
    connection.execute("DELETE FROM obsolete WHERE id IN (SELECT id FROM passage WHERE article = ?)", (key,))


def withdraw(connection: Connection, key: int) -> None:
    """Take the article out of the index of words and mark its vectors as obsolete; its rows stay."""
    taken = connection.words.take_out(connection, key)
    connection.execute("UPDATE article SET searchable = false WHERE key = ?", (key,))
    if not taken:
        connection.words.make_anew(connection)
    _make_obsolete(connection, key, "indexed")
    connection.execute("UPDATE passage SET indexed = false WHERE article = ? AND indexed", (key,))


def write_statements(
    connection: Connection, key: int, statements: Sequence[Statement], attributed_by: str | None
) -> bool:
    """Replace the article's statements; say whether they differ from those that were there. Sealing has to follow."""
    connection.execute("UPDATE article SET attributed_by = ? WHERE key = ?", (attributed_by, key))
    article_id = connection.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()[0]
    rows = [(ordinal, statement_row(statement)) for ordinal, statement in enumerate(statements)]
    new = [(key, ordinal, *row, statement_seal(article_id, ordinal, row)) for ordinal, row in rows]
    names = ", ".join(("article", *SEALED_STATEMENT))
    old = connection.execute(f"SELECT {names} FROM statement WHERE article = ? ORDER BY ordinal", (key,)).fetchall()
    if new == old:
        return False
    connection.execute("DELETE FROM statement WHERE article = ?", (key,))
    marks = ", ".join("?" * (1 + len(SEALED_STATEMENT)))
    connection.executemany(f"INSERT INTO statement({names}) VALUES({marks})", new)
    return True


def _insert(connection: Connection, article: Article) -> int:
    if "\0" in article.text:
        raise ValueError(f"the text of {article.url} holds U+0000, at which a database would cut it")
    names = ", ".join((*ARTICLE_COLUMNS, "added_at"))
    marks = ", ".join("?" * (len(ARTICLE_COLUMNS) + 1))
    [(key,)] = connection.execute(
        f"INSERT INTO article({names}) VALUES({marks}) RETURNING key",
        (*article_row(article), datetime.now(UTC).isoformat()),
    )
    return int(key)


def _place(connection: Connection, article: Article, key: int) -> bool:
    """Make the text the current one at its address; say whether that changed anything."""
    same = connection.execute(
        "SELECT outlet FROM location WHERE url = ? AND article = ? AND current", (article.url, key)
    ).fetchone()
    if same is not None:
        if same[0] == article.outlet:
            return False
        connection.execute(
            "UPDATE location SET outlet = ? WHERE url = ? AND article = ?", (article.outlet, article.url, key)
        )
        return True
    connection.execute("UPDATE location SET current = false WHERE url = ? AND current", (article.url,))
    connection.execute(
        "INSERT INTO location(url, article, outlet, seen_at, turn, current) "
        "VALUES(?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM location), true) "
        "ON CONFLICT(url, article) DO UPDATE SET "
        "outlet = excluded.outlet, seen_at = excluded.seen_at, turn = excluded.turn, current = true",
        (article.url, key, article.outlet, datetime.now(UTC).isoformat()),
    )
    return True


def _follow(connection: Connection, entry: Entry, key: int) -> bool:
    """Take over title, dates, passages and statements from the entry if it is at the article's first address.

    From another address only what the first one lacks is taken.
    """
    first = connection.execute(
        "SELECT url FROM location WHERE article = ? AND current ORDER BY turn LIMIT 1", (key,)
    ).fetchone()[0]
    if first != entry.article.url:
        return _lend(connection, entry.article, key, first)
    _note_stated(connection, key, first, stated_in(entry.article))
    article = _completed(connection, key, entry.article)
    lent = article.published != entry.article.published
    passages = [replace(each, heading=article.heading) if lent else each for each in entry.passages]
    changes = [_write_details(connection, key, article), _write_passages(connection, key, passages)]
    if entry.statements is not None:
        changes.append(write_statements(connection, key, entry.statements, entry.attributed_by))
    return any(changes)


def _lend(connection: Connection, article: Article, key: int, first: str) -> bool:
    """Give an article what its first address lacks and this one states; say whether it was anything."""
    [kept] = keep_articles(connection, "key = ?", (key,))
    before = kept.article()
    unknown = "UPDATE location SET stated = ? WHERE url = ? AND article = ? AND stated IS NULL"
    connection.execute(unknown, (stated_in(before), first, key))  # until now nothing was lent
    _note_stated(connection, key, article.url, stated_in(article))
    after = _completed(connection, key, _without_lent(before))
    if after.published != before.published:
        own = connection.execute('SELECT id, start, "end" FROM passage WHERE article = ?', (key,)).fetchall()
        passages = [Passage(id_, after.id, Span(*span), after.heading, "") for id_, *span in own]
        _write_passages(connection, key, passages)
    return _write_details(connection, key, after)


def _note_stated(connection: Connection, key: int, url: str, stated: str) -> None:
    connection.execute("UPDATE location SET stated = ? WHERE url = ? AND article = ?", (stated, url, key))


def _without_lent(article: Article) -> Article:
    lent = {one.detail for one in article.lent}
    return replace(
        article,
        published=None if LentDetail.PUBLISHED in lent else article.published,
        byline=None if LentDetail.BYLINE in lent else article.byline,
    )


def _completed(connection: Connection, key: int, article: Article) -> Article:
    """The article with what another address lends it."""
    places = "SELECT url, outlet, stated FROM location WHERE article = ? AND current ORDER BY turn"
    lent = {one.detail: value for one, value in borrowed(connection.execute(places, (key,)).fetchall())}
    day = lent.get(LentDetail.PUBLISHED)
    return replace(
        article,
        published=date.fromisoformat(day) if day else article.published,
        byline=lent.get(LentDetail.BYLINE, article.byline),
    )


def _write_details(connection: Connection, key: int, article: Article) -> bool:
    new = detail_row(article)
    old = connection.execute(f"SELECT {', '.join(DETAIL_COLUMNS)} FROM article WHERE key = ?", (key,)).fetchone()
    if new == old:
        return False
    assignments = ", ".join(f"{name} = ?" for name in (*DETAIL_COLUMNS, "retrieved"))
    connection.execute(f"UPDATE article SET {assignments} WHERE key = ?", (*new, article.retrieved.isoformat(), key))
    return True


def _write_passages(connection: Connection, key: int, passages: Sequence[Passage]) -> bool:
    """Replace the article's passages if their cut or their heading differs."""
    new = sorted((passage.id, passage.span.start, passage.span.end, passage.heading) for passage in passages)
    old = connection.execute(
        'SELECT id, start, "end", heading FROM passage WHERE article = ? ORDER BY id', (key,)
    ).fetchall()
    if new == old:
        return False
    if _is_searchable(connection, key):
        withdraw(connection, key)  # the caller's refresh() puts the new ones in
    connection.execute("DELETE FROM passage WHERE article = ?", (key,))
    connection.executemany(
        'INSERT INTO passage(article, id, start, "end", heading) VALUES(?, ?, ?, ?, ?)', [(key, *row) for row in new]
    )
    return True


def _current_at(connection: Connection, url: str) -> tuple[int, str] | None:
    row: tuple[int, str] | None = connection.execute(
        "SELECT a.key, a.id FROM location l JOIN article a ON a.key = l.article WHERE l.url = ? AND l.current", (url,)
    ).fetchone()
    return row


def _is_searchable(connection: Connection, key: int) -> int:
    flag: int = connection.execute("SELECT searchable FROM article WHERE key = ?", (key,)).fetchone()[0]
    return flag

"""The catalog's one class: every question and every change is one transaction on one SQLite file.

It keeps what it is given and derives nothing: cutting passages, finding statements and making vectors are other stages'
work. It may be used from several threads and, for reading, from several processes while one writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

from qa.catalog import browsing, checking, copying, correcting, erasing, searching, storing, storytelling
from qa.catalog.database import SqliteDatabase
from qa.catalog.engine import Connection, Database
from qa.catalog.feeds import Feeds
from qa.catalog.records import ArticleSummary, CatalogReport, Damaged, Entry, Stored, VersionSummary
from qa.catalog.scoping import in_scope
from qa.catalog.sealing import SEALED_STATEMENT, fault_of, keep_articles, pins_fit, resealing, seal_pins, set_note
from qa.errors import ArchiveError, ArticleDamaged, ArticleNotFound, ArticleRefused
from qa.types import EVERYTHING, Article, Naming, Passage, Scope, Statement, Story

__all__ = ["Catalog"]


class Catalog:
    """Articles, versions, passages and statements; a :class:`qa.protocols.PassageStore`.

    An article is *current* while its text is the newest at one address or more. Only current articles that have not
    been removed are searched; older versions can be read by their id. Use :meth:`open` to make one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._outlets: tuple[int, list[tuple[str, int]]] | None = None
        self.feeds = Feeds(database)
        """The feeds that are polled."""

    @classmethod
    def open(cls, path: Path, *, write: bool = True, undisturbed: bool = False) -> Catalog:
        """Open the SQLite file ``path``.

        A writer makes the file when there is none, brings it up to the newest schema and finishes an erasing that was
        cut short. A reader changes nothing.

        Args:
            path: the file.
            write: whether the catalog will be changed.
            undisturbed: the caller keeps writers out while the catalog is open; see :class:`SqliteDatabase`.

        Raises:
            ArchiveEmpty: there is no such file (readers only).
            ArchiveVersionError: the file is of a newer version, or, for a reader, of an older one.
            ArchiveError: the file cannot be opened, is damaged or is something else.
        """
        return cls._opened(SqliteDatabase(path, write=write, undisturbed=undisturbed), write)

    @classmethod
    def connect(cls, url: str, *, write: bool = True) -> Catalog:
        """Open the tables in the PostgreSQL database at ``url``; a writer makes them where there are none.

        Any number of processes on any number of machines may have them open and write, one transaction after another.

        Raises:
            SettingsError: ``url`` is no such address, or psycopg is not installed.
            ArchiveEmpty, ArchiveVersionError, ArchiveError: as :meth:`open`, or the server cannot be reached.
        """
        from qa.postgres import check_address  # psycopg is an extra

        check_address(url)
        from qa.catalog.postgres import PostgresDatabase

        return cls._opened(PostgresDatabase(url, write=write), write)

    @classmethod
    def _opened(cls, database: Database, write: bool) -> Catalog:
        catalog = cls(database)
        try:
            if (source := catalog.meta(copying.COPYING)) is not None:
                raise ArchiveError(
                    f"What is in {database.where} is no archive yet: it is being copied from {source}.",
                    remedy="`qa move` goes on where it stopped.",
                )
            if write and catalog.meta(erasing.ERASING) is not None:
                erasing.scrub(database)
        except BaseException:
            catalog.close()
            raise
        return catalog

    @property
    def where(self) -> str:
        """Where the archive is, for messages: its folder, or its server and database."""
        return self._database.where

    def __enter__(self) -> Catalog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # Changing

    def store(self, batch: Sequence[Entry], *, restore: bool = False, trust_stated: bool = False) -> list[Stored]:
        """Store a batch in one transaction and say what became of each entry: all of it is kept, or nothing.

        A text that has been removed stays so unless ``restore`` is true. A text that is new to the archive comes in
        even where an earlier version at its address has been removed. A file's text is refused at an address that has
        one from its own server, unless ``trust_stated`` is true.

        Raises:
            ArticleRefused: the file cannot hold one of them.
        """
        with self._database.writing() as connection:
            return [self._stored(connection, entry, restore=restore, trust_stated=trust_stated) for entry in batch]

    def _stored(self, connection: Connection, entry: Entry, *, restore: bool, trust_stated: bool) -> Stored:
        try:
            return storing.store_entry(connection, entry, restore=restore, trust_stated=trust_stated)
        except self._database.refusals as error:
            raise ArticleRefused(entry.article.id, str(error)) from error

    def remove(self, *article_ids: str, purge: bool = False, all_versions: bool = False) -> list[str]:
        """Hide articles, or erase them from the file, and return the ids of the passages that they took along.

        ``all_versions`` takes along everything else that their addresses ever had. An older version does not come back
        when a newer one is removed. After an erasing the vector index has to be rid of the passages too; then
        :meth:`vectors_erased` has to be called.

        Raises:
            ArticleNotFound: one of them is not there; nothing is removed.
            ArchiveError: the bytes are still in the file because another process reads it (``purge`` only).
        """
        with self._database.writing() as connection:
            ids = list(article_ids)
            if all_versions:
                ids += [id_ for one in article_ids for id_ in browsing.every_version(connection, one)]
            keys = [_key(connection, id_) for id_ in dict.fromkeys(ids)]
            marks = ", ".join("?" * len(keys))
            passages = connection.execute(f"SELECT id FROM passage WHERE article IN ({marks}) ORDER BY key", keys)
            removed = [row[0] for row in passages]
            (erasing.erase_rows if purge else erasing.hide_rows)(connection, keys)
        if purge:
            erasing.scrub(self._database)
        return removed

    def replace_statements(
        self, article_id: str, statements: Sequence[Statement], attributed_by: str | None = None
    ) -> None:
        """Put these statements in the place of the article's earlier ones; ``attributed_by`` is what found them.

        Raises:
            ArticleNotFound: there is no such article.
        """
        with self._database.writing() as connection:
            key = _key(connection, article_id)
            with resealing(connection, [key]):
                storing.write_statements(connection, key, statements, attributed_by)

    def damaged(self) -> list[Damaged]:
        """Every article that is not as it was stored; reads the whole file."""
        with self._database.reading() as connection:
            return list(checking.damaged(connection))

    def mend(self, damaged: Damaged, entry: Entry) -> Stored:
        """Write a damaged article anew, as this entry has it; one that was removed stays so."""
        if entry.article.id != damaged.wanted:
            raise ValueError(f"{entry.article.id} is not the damaged article {damaged.wanted}")
        with self._database.writing() as connection:
            return storing.store_anew(connection, entry, damaged.key)

    def mend_parts(self, damaged: Damaged, entry: Entry) -> None:
        """Write the passages and statements of an article anew that is sound itself."""
        with self._database.writing() as connection:
            storing.write_parts_anew(connection, entry, damaged.key)

    def mend_rest(self) -> bool:
        """Make the full-text index anew if it does not fit, and take the decisions about spellings as they are.

        Returns:
            Whether there was anything to mend.
        """
        with self._database.writing() as connection:
            return checking.mend(connection)

    def vectors_to_erase(self) -> bool:
        """Whether articles have been erased of which the vector index may still hold bytes."""
        return self.meta(erasing.ERASING_VECTORS) is not None

    def is_erasing(self) -> bool:
        """Whether an erasing has begun and not ended: a process may have died while it erased."""
        return self.vectors_to_erase() or self.meta(erasing.ERASING) is not None

    def vectors_erased(self) -> None:
        """Note that the vector index has been written anew with what :meth:`indexed_ids` names, and nothing else."""
        erasing.forget_ids(self._database)

    # Reading articles

    def article(self, article_id: str, *, hidden: bool = False) -> Article:
        """Return one article, whatever its version; ``hidden`` also looks among the removed ones.

        Raises:
            ArticleNotFound: there is no such article.
            ArticleDamaged: what the file holds of it is not what was stored.
        """
        with self._database.reading() as connection:
            found = browsing.read_articles(connection, [article_id], hidden=hidden).get(article_id)
        if found is None:
            raise ArticleNotFound(article_id)
        if isinstance(found, ArticleDamaged):
            raise found
        return found

    def id_at(self, url: str) -> str | None:
        """The id of the text that this address has now; None for an address that no article has."""
        with self._database.reading() as connection:
            return browsing.id_at(connection, url)

    def articles(self, ids: Sequence[str], *, hidden: bool = False) -> dict[str, Article]:
        """Return the articles that have one of these ids.

        Unknown and (unless ``hidden``) removed ones are missing, and so are damaged ones, which are logged.
        """
        with self._database.reading() as connection:
            found = browsing.read_articles(connection, ids, hidden=hidden)
            stories = storytelling.story_ids(connection, ids)
        for one in found.values():
            if isinstance(one, ArticleDamaged):
                browsing.left_out(one)
        return {
            id_: replace(one, story=stories.get(id_)) if id_ in stories else one
            for id_, one in found.items()
            if not isinstance(one, ArticleDamaged)
        }

    def stored_ids(self, ids: Sequence[str]) -> set[str]:
        """Which of these article ids the archive has, in whatever version, removed or not."""
        with self._database.reading() as connection:
            found: set[str] = set()
            for some in browsing.batches(ids):
                rows = connection.execute(f"SELECT id FROM article WHERE id IN ({', '.join('?' * len(some))})", some)
                found.update(row[0] for row in rows)
            return found

    def sound_ids(self, ids: Sequence[str]) -> set[str]:
        """Which of these article ids the archive has with all that was stored of them, removed or not."""
        with self._database.reading() as connection:
            return {
                kept.id
                for some in browsing.batches(ids)
                for kept in keep_articles(connection, f"a.id IN ({', '.join('?' * len(some))})", some)
                if fault_of(connection, kept) is None
            }

    def known_ids(self, ids: Collection[str]) -> set[str]:
        """Which of these article ids the archive has, in whatever state."""
        with self._database.reading() as connection:
            return {
                row[0]
                for some in browsing.batches(list(ids))
                for row in connection.execute(
                    f"SELECT id FROM article WHERE id IN ({', '.join('?' * len(some))})", some
                )
            }

    def searchable_article_ids(self) -> list[str]:
        """Ids of every article that is current and not removed, in the order in which they were stored."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT id FROM article WHERE searchable ORDER BY key")]

    def attributed_otherwise(self, attributed_by: str) -> list[str]:
        """Ids of the searched articles whose statements something else has found, in the order of storing."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM article WHERE searchable AND (attributed_by IS NULL OR attributed_by != ?) "
                "ORDER BY key",
                (attributed_by,),
            )
            return [row[0] for row in rows]

    def list_articles(
        self,
        scope: Scope = EVERYTHING,
        *,
        limit: int = 50,
        offset: int = 0,
        include_old: bool = False,
        one_each: bool = False,
        text: str | None = None,
    ) -> list[ArticleSummary]:
        """One page of the articles in ``scope``, newest first.

        ``include_old`` adds superseded and removed versions, ``one_each`` leaves out those of which an earlier copy is
        in scope. ``text`` keeps the articles that have all of its words in
        one passage or its heading; superseded and removed ones are not in that index, and so are never among them.
        """
        with self._database.reading() as connection:
            return browsing.list_articles(
                connection, scope, text, limit=limit, offset=offset, include_old=include_old, one_each=one_each
            )

    def count_articles(
        self, scope: Scope = EVERYTHING, *, include_old: bool = False, one_each: bool = False, text: str | None = None
    ) -> int:
        """How many articles :meth:`list_articles` lists on all its pages."""
        with self._database.reading() as connection:
            return browsing.count_articles(connection, scope, text, include_old=include_old, one_each=one_each)

    def is_empty(self) -> bool:
        """Whether no article is searched."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT 1 FROM article WHERE searchable LIMIT 1").fetchone()
            return found is None

    def versions(self, article_id: str) -> list[VersionSummary]:
        """What the article's addresses have had over time, newest first; itself included, empty if it is unknown."""
        with self._database.reading() as connection:
            return browsing.versions(connection, article_id)

    def outlets(self) -> list[tuple[str, int]]:
        """Outlets and how many searched articles each has, most first; counted anew once something has changed."""
        now = self.changes()
        if self._outlets is None or self._outlets[0] != now:
            with self._database.reading() as connection:
                self._outlets = now, browsing.outlets(connection)
        return list(self._outlets[1])

    def has_outlet(self, names: Sequence[str]) -> bool:
        """Whether a searched article is of one of these outlets (ASCII case aside)."""
        with self._database.reading() as connection:
            return browsing.has_outlet(connection, names)

    def languages(self, newest: int = 100) -> frozenset[str]:
        """The languages of so many of the newest searched articles, by their two letters ("de")."""
        with self._database.reading() as connection:
            return browsing.languages(connection, newest)

    def date_range(self) -> tuple[date, date] | None:
        """First and last publication date; None when no searched article has a date."""
        with self._database.reading() as connection:
            return browsing.date_range(connection)

    # Passages: qa.protocols.PassageStore

    def search(self, terms: Sequence[str], top_k: int, scope: Scope) -> list[tuple[str, float]]:
        """Rank passages in ``scope`` that hold any of ``terms``: (id, BM25 score, higher is better), best first.

        The time grows with how common the terms are: leave stop words out.
        """
        with self._database.reading() as connection:
            return searching.search(connection, searching.any_word(terms), top_k, scope)

    def search_all(
        self, terms: Sequence[str], top_k: int, scope: Scope, *, in_heading: bool = False
    ) -> list[tuple[str, float]]:
        """Rank passages in ``scope`` that hold all of ``terms``, in their text or heading, or in the heading alone."""
        wanted = searching.in_heading(terms) if in_heading else searching.all_words(terms)
        with self._database.reading() as connection:
            return searching.search(connection, wanted, top_k, scope)

    def search_phrase(self, words: Sequence[str], top_k: int) -> list[tuple[str, float]]:
        """Passages whose text has ``words`` one after the other (case, diacritics, punctuation and stem aside)."""
        with self._database.reading() as connection:
            return searching.search(connection, searching.phrase(words), top_k, EVERYTHING)

    def newest_with(self, words: Sequence[str], top_k: int, scope: Scope = EVERYTHING) -> list[str]:
        """Ids of passages in ``scope`` whose text has ``words`` one after the other, the newest articles' first."""
        with self._database.reading() as connection:
            return searching.newest(connection, [searching.phrase(words)], top_k, scope)

    def newest_with_each(self, groups: Sequence[Sequence[str]], top_k: int, scope: Scope = EVERYTHING) -> list[str]:
        """Ids of passages in ``scope`` whose text has of every group one phrase, the newest articles' first."""
        with self._database.reading() as connection:
            return searching.newest(connection, list(map(searching.one_of, groups)), top_k, scope)

    def mentions(self, name: str) -> int:
        """How many searched articles have the words of ``name`` one after the other in their text."""
        with self._database.reading() as connection:
            return searching.articles_with(connection, searching.phrase([name]))

    def counted(self, words: Sequence[str], most: int) -> Mapping[str, int]:
        """How many searched passages have each of these words, of letters alone; counted up to ``most``."""
        with self._database.reading() as connection:
            return connection.words.counted(connection, words, most)

    def permitted(self, scope: Scope) -> Collection[str] | None:
        """Ids of the passages in ``scope``; None when the scope is unbounded."""
        if scope.unbounded:
            return None
        condition, values = in_scope(scope)
        return self._database.ids(
            f"SELECT p.id FROM passage p JOIN article a ON a.key = p.article WHERE {condition}", values
        )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from making anew what is derived from the articles, while this thread looks and does it.

        Where one process owns the archive there is no other; may be nested.
        """
        with self._database.alone():
            yield

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages with these ids; ids that are unknown, superseded or hidden are missing."""
        found: dict[str, Passage] = {}
        with self._database.reading() as connection:
            for some in browsing.batches(ids):
                rows = connection.execute(
                    f"SELECT {browsing.PASSAGE} FROM passage p JOIN article a ON a.key = p.article "
                    f"WHERE p.id IN ({', '.join('?' * len(some))}) AND a.searchable",
                    some,
                )
                found.update((passage.id, passage) for passage in browsing.sound_passages(rows))
        return found

    def passages_of(self, article_id: str) -> list[Passage]:
        """The article's passages in reading order, whatever its version; empty if it is unknown."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {browsing.PASSAGE} FROM passage p JOIN article a ON a.key = p.article "
                "WHERE a.id = ? ORDER BY p.start",
                (article_id,),
            )
            return list(browsing.sound_passages(rows))

    def some_texts(self, most: int) -> list[str]:
        """Up to so many passages, evenly over the archive."""
        with self._database.reading() as connection:
            return browsing.some_texts(connection, most)

    def passages_at(self, places: Sequence[tuple[str, int]]) -> list[str | None]:
        """The id of the passage at each place, an article's id and a position in its text; None where there is none."""
        with self._database.reading() as connection:
            return browsing.passages_at(connection, places)

    # What the vector index has to do

    def unindexed(self, limit: int) -> list[Passage]:
        """Up to ``limit`` searched passages that have no vector yet, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {browsing.PASSAGE} FROM passage p JOIN article a ON a.key = p.article "
                "WHERE NOT p.indexed AND a.searchable ORDER BY p.key LIMIT ?",
                (limit,),
            )
            return list(browsing.sound_passages(rows))

    def count_indexed(self) -> int:
        """How many searched passages have a vector, as far as the catalog knows."""
        with self._database.reading() as connection:
            # What is not searched is not noted as indexed; the few that are not are in an index.
            row = connection.execute(
                "SELECT (SELECT count(*) FROM passage) - (SELECT count(*) FROM passage WHERE NOT indexed)"
            ).fetchone()
            return int(row[0])

    def indexed_ids(self) -> set[str]:
        """Ids of every searched passage that has a vector, as far as the catalog knows."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT p.id FROM passage p JOIN article a ON a.key = p.article WHERE p.indexed AND a.searchable"
            )
            return {row[0] for row in rows}

    def mark_indexed(self, ids: Iterable[str]) -> None:
        """Note that these passages have a vector."""
        with self._database.writing() as connection:
            connection.executemany("UPDATE passage SET indexed = true WHERE id = ?", ((id_,) for id_ in ids))

    def mark_all_unindexed(self) -> None:
        """Note that there are no vectors at all, as before a rebuild."""
        with self._database.writing() as connection:
            connection.execute("UPDATE passage SET indexed = false WHERE indexed")
            connection.execute("DELETE FROM obsolete")

    def mark_rebuilt(self, ids: Iterable[str]) -> None:
        """Note that these passages have a vector, and no others."""
        with self._database.writing() as connection:
            connection.execute("UPDATE passage SET indexed = false WHERE indexed")
            connection.execute("DELETE FROM obsolete")
            connection.executemany("UPDATE passage SET indexed = true WHERE id = ?", ((id_,) for id_ in ids))

    def obsolete_ids(self) -> list[str]:
        """Ids of passages that have had a vector and must not be found any more."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT id FROM obsolete ORDER BY id")]

    def mark_forgotten(self, ids: Collection[str]) -> None:
        """Note that the index has forgotten these ids of :meth:`obsolete_ids`."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM obsolete WHERE id = ?", ((id_,) for id_ in ids))

    def searchable_passage_ids(self) -> set[str]:
        """Ids of every passage that the index should have."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT p.id FROM passage p JOIN article a ON a.key = p.article WHERE a.searchable"
            )
            return {row[0] for row in rows}

    # Statements

    def statements(self, article_id: str) -> list[Statement]:
        """The article's statements in reading order, whatever its version; empty if it is unknown."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT a.id, {', '.join(f's.{name}' for name in SEALED_STATEMENT)} "
                "FROM statement s JOIN article a ON a.key = s.article "
                "WHERE a.id = ? ORDER BY ordinal",
                (article_id,),
            )
            return list(browsing.sound_statements(rows))

    def statements_by(
        self,
        speakers: Iterable[str] | None,
        scope: Scope = EVERYTHING,
        *,
        limit: int | None = None,
        one_each: bool = False,
        of_every_kind: bool = False,
    ) -> list[Statement]:
        """What anybody with one of these full names says in ``scope`` (case, diacritics and spaces aside).

        None asks for everybody's, named or not; beliefs and plans are left out unless ``of_every_kind``. Newest article
        first, then in reading order. ``one_each``: of what copies of one story say, only the first copy in scope.
        """
        with self._database.reading() as connection:
            return browsing.statements_by(
                connection, speakers, scope, limit, one_each=one_each, of_every_kind=of_every_kind
            )

    def namings(self, after: int = 0) -> list[Naming]:
        """How the searched articles name those who say something, the most frequent first.

        ``after``: those articles alone that were stored after the one of this key.
        """
        with self._database.reading() as connection:
            return browsing.namings(connection, after)

    def unsearched_keys(self, last: int) -> frozenset[int]:
        """The keys from 1 to ``last`` that no searched article has."""
        with self._database.reading() as connection:
            return browsing.unsearched_keys(connection, last)

    def searched_ids(self, ids: Sequence[str]) -> set[str]:
        """Which of these are articles that are searched: current, and not removed."""
        with self._database.reading() as connection:
            return browsing.searched_ids(connection, ids)

    def first_searched(self, keys: Collection[int]) -> int | None:
        """The lowest of these keys that a searched article has."""
        with self._database.reading() as connection:
            return browsing.first_searched(connection, keys)

    def last_article(self, key: int | None = None) -> tuple[int, str] | None:
        """Key and id of the article that was stored last, or of the one of this key; None where there is none."""
        condition, values = ("true", ()) if key is None else ("key = ?", (key,))
        with self._database.reading() as connection:
            found = connection.execute(
                f"SELECT key, id FROM article WHERE {condition} ORDER BY key DESC LIMIT 1", values
            ).fetchone()
            return None if found is None else (int(found[0]), str(found[1]))

    def pins(self) -> dict[str, str]:
        """What a user has decided about spellings: folded spelling -> that of the speaker; itself: stands apart."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT spelling, speaker FROM speaker_pin ORDER BY spelling").fetchall())

    def pin(self, pins: Mapping[str, str]) -> None:
        """Decide about these spellings; what was decided about others stays."""
        with self._database.writing() as connection:
            fitted = pins_fit(connection)
            connection.executemany(
                "INSERT INTO speaker_pin VALUES(?, ?) ON CONFLICT(spelling) DO UPDATE SET speaker = excluded.speaker",
                pins.items(),
            )
            if fitted:
                seal_pins(connection)

    # Corrections

    def articles_after(self, key: int, limit: int) -> list[tuple[int, str]]:
        """Key and id of searched articles that were stored after the one of this key, in that order."""
        with self._database.reading() as connection:
            return correcting.articles_after(connection, key, limit)

    def noticing(self) -> list[str]:
        """Ids of the searched articles that are noted to have a notice of another's error."""
        with self._database.reading() as connection:
            return correcting.noticing(connection)

    def note_notices(self, article_ids: Collection[str]) -> None:
        """Note that these articles have a notice of another's error."""
        if article_ids:
            with self._database.writing() as connection:
                correcting.note(connection, article_ids)

    def link_corrections(self, noticing_id: str, corrected_ids: Collection[str]) -> None:
        """Keep which articles the notices of an article correct, instead of what was kept before."""
        with self._database.writing() as connection:
            correcting.link(connection, noticing_id, corrected_ids)

    def correcting(self, article_ids: Sequence[str]) -> dict[str, list[str]]:
        """For each of these articles that is corrected, the ids of the searched articles whose notices do it."""
        with self._database.reading() as connection:
            return correcting.correcting(connection, article_ids)

    # The file itself

    def changes(self) -> int:
        """A number that changes with every change of the file: what was derived from it before is out of date."""
        return self._database.changes()

    def meta(self, name: str) -> str | None:
        """Read a note, such as the digest of the encoder that made the vectors."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Write a note."""
        with self._database.writing() as connection:
            set_note(connection, name, value)

    def check(self) -> CatalogReport:
        """Count, and look for damage; reads the whole file, and works on a copy of it, which lies nowhere for long."""
        with self._database.checking() as connection:
            return checking.check(connection, self._database.faults(connection))

    def copy_to(self, place: Path | str, tell: Callable[[int, int], None]) -> list[str]:
        """Copy everything into an empty catalog, in the file or database ``place``, and compare the two.

        A copy that was cut short goes on. Only :meth:`end_copy` makes an archive of it.

        Returns:
            The tables whose rows differ, though they were copied: none, unless this one was changed meanwhile.

        Raises:
            ArchiveError: there is an archive already, or the copy of another one; or this one is still erasing.
        """
        if self.is_erasing():
            raise ArchiveError("An erasing has not ended here.", remedy="`qa doctor --mend` ends it.")
        target = _database(place)
        try:
            copying.begin(self._database, target)
            copying.copy(self._database, target, tell)
            ours, theirs = copying.fingerprints(self._database), copying.fingerprints(target)
            return [table for table in ours if ours[table] != theirs[table]]
        finally:
            target.close()

    @staticmethod
    def end_copy(place: Path | str) -> None:
        """Make an archive of a copy that is whole."""
        target = _database(place)
        try:
            copying.end(target)
        finally:
            target.close()

    # Stories

    def begin_stories(self, version: str) -> None:
        """See to it that sketches, copies and stories of other rules than these are made anew."""
        if self.meta(storytelling.STORIES_MADE) != version:
            with self._database.writing() as connection:
                storytelling.start_anew(connection)
                set_note(connection, storytelling.STORIES_MADE, version)

    def ungrouped(self, limit: int) -> list[tuple[int, str]]:
        """Key and id of articles whose story is to be made anew."""
        with self._database.reading() as connection:
            return storytelling.ungrouped(connection, limit)

    def uncompared(self, keys: Sequence[int]) -> set[int]:
        """Which of these articles are searched and have not been compared with the others."""
        with self._database.reading() as connection:
            return storytelling.uncompared(connection, keys)

    def keep_sketches(self, sketches: Mapping[int, tuple[int, Sequence[int]]]) -> None:
        """Keep for each of these articles how many words its text has, and its bands."""
        with self._database.writing() as connection:
            for key, (words, bands) in sketches.items():
                storytelling.keep_sketch(connection, key, words, bands)

    def sharing_bands(self, key: int, limit: int) -> list[tuple[int, str]]:
        """Key and id of other articles that share a band with this one, those that share most first."""
        with self._database.reading() as connection:
            return storytelling.candidates(connection, key, limit)

    def keep_copies(self, keys: Collection[int], pairs: Iterable[storytelling.Pair]) -> None:
        """Keep which articles share text and how; ``keys`` have been compared with all that share a band."""
        with self._database.writing() as connection:
            storytelling.keep_copies(connection, keys, pairs)

    def copies_around(self, keys: Collection[int]) -> tuple[set[int], list[storytelling.Pair]]:
        """Every article that shared text leads to from these, and the pairs among the searched ones."""
        with self._database.reading() as connection:
            return storytelling.edges_around(connection, keys)

    def lengths(self, keys: Sequence[int]) -> list[tuple[int, date | None, int]]:
        """Key, day and number of words of these articles."""
        with self._database.reading() as connection:
            return storytelling.members(connection, keys)

    def said_in(self, key: int) -> list[tuple[int, str | None, str]]:
        """Ordinal, speaker and words of what is said in an article."""
        with self._database.reading() as connection:
            return storytelling.said_in(connection, key)

    def keep_stories(
        self,
        reached: Collection[int],
        told: Sequence[Sequence[tuple[int, int]]],
        repeated: Mapping[tuple[int, int], tuple[int, int]],
    ) -> None:
        """Put stories, each the keys and lengths of its articles, in the place of those that ``reached`` were in.

        ``repeated`` are statements, by their article's key and their ordinal, and where an earlier article of the same
        story has them.
        """
        with self._database.writing() as connection:
            storytelling.keep_stories(connection, reached, told, repeated)

    def stories(self, article_ids: Sequence[str]) -> dict[str, Story]:
        """For each of these articles of which searched ones are copies, its story, itself included."""
        with self._database.reading() as connection:
            return storytelling.stories(connection, article_ids)


def _database(place: Path | str) -> Database:
    if isinstance(place, Path):
        return SqliteDatabase(place)
    from qa.postgres import check_address

    check_address(place)
    from qa.catalog.postgres import PostgresDatabase

    return PostgresDatabase(place)


def _key(connection: Connection, article_id: str) -> int:
    row = connection.execute("SELECT key FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise ArticleNotFound(article_id)
    key: int = row[0]
    return key

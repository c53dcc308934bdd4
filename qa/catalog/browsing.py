"""Rows -> lists for people: articles, an address's versions, outlets, dates, speakers.

What is damaged is left out, with an error in the log, and the rest is listed.
"""

from __future__ import annotations

import logging
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from qa.catalog.engine import Connection
from qa.catalog.records import ArticleSummary, VersionSummary
from qa.catalog.rows import fold_name, passage_from
from qa.catalog.scoping import in_scope, lowered
from qa.catalog.sealing import SEALED_STATEMENT, keep_articles, sealed_statement
from qa.catalog.searching import all_words
from qa.errors import ArticleDamaged
from qa.types import Article, Naming, Passage, Scope, Statement

__all__ = [
    "PASSAGE",
    "batches",
    "count_articles",
    "date_range",
    "day_of",
    "every_version",
    "has_outlet",
    "id_at",
    "is_sound",
    "left_out",
    "list_articles",
    "namings",
    "outlets",
    "passages_at",
    "read_articles",
    "searched_ids",
    "some_texts",
    "sound_passages",
    "sound_statements",
    "statements_by",
    "versions",
]

logger = logging.getLogger(__name__)
PASSAGE = 'p.id, a.id, p.start, p."end", p.heading, substr(a.text, p.start + 1, p."end" - p.start)'
"""The columns from which :func:`sound_passages` makes a passage."""
T = TypeVar("T")
# Of a story's copies those that have a statement are its first and those that repeat it.
_SAID_EARLIER = (
    "NOT EXISTS (SELECT 1 FROM repeated r JOIN article a ON a.key = r.first "
    "WHERE r.article = s.article AND r.ordinal = s.ordinal AND {scope}) "
    "AND NOT EXISTS (SELECT 1 FROM repeated r JOIN story_copy t ON t.article = r.article "
    "JOIN repeated o ON o.first = r.first AND o.first_ordinal = r.first_ordinal "
    "JOIN story_copy e ON e.article = o.article AND e.place < t.place JOIN article a ON a.key = o.article "
    "WHERE r.article = s.article AND r.ordinal = s.ordinal AND {scope})"
)
ORGANISATION_SHARE = 0.2  # of the statements under a name, from which on it is an organisation's
_AT_ONCE = 500  # ids in one statement

# The first current address stands for the article; a superseded text has the one where it was.
_FIRST_ADDRESS = "(SELECT turn FROM location WHERE article = a.key ORDER BY current DESC, turn LIMIT 1)"
_ANY_OUTLET = (
    "(SELECT outlet FROM location WHERE article = a.key AND outlet IS NOT NULL AND current = l.current "
    "ORDER BY turn LIMIT 1)"
)
_NEWEST_FIRST = "a.published DESC NULLS LAST, a.key DESC"  # the order of the index by date, from its end


def read_articles(connection: Connection, ids: Sequence[str], *, hidden: bool) -> dict[str, Article | ArticleDamaged]:
    """Articles by id, whatever their version; hidden ones only on request. What is damaged comes as its error."""
    found: dict[str, Article | ArticleDamaged] = {}
    for some in batches(ids):
        condition = f"a.id IN ({', '.join('?' * len(some))}) AND (? OR a.hidden_at IS NULL)"
        for kept in keep_articles(connection, condition, (*some, hidden)):
            try:
                fault = kept.fault()
                found[kept.id] = ArticleDamaged(kept.id, fault) if fault else kept.article()
            except ValueError as error:
                found[kept.id] = ArticleDamaged(kept.id, str(error))
    return found


def is_sound(connection: Connection, key: int) -> bool:
    """Whether what is listed of an article is what was stored; it is logged where it is not. The text is not read."""
    [kept] = keep_articles(connection, "key = ?", (key,), text=False)
    if fault := kept.fault():
        left_out(ArticleDamaged(kept.id, fault))
    return fault is None


def left_out(error: ArticleDamaged) -> None:
    """Log what is not shown because it is damaged: the rest is shown all the same."""
    logger.error("%s It is left out.", error)


def id_at(connection: Connection, url: str) -> str | None:
    """The id of the text that an address has now, removed or not."""
    row = connection.execute(
        "SELECT a.id FROM location l JOIN article a ON a.key = l.article WHERE l.url = ? AND l.current", (url,)
    ).fetchone()
    return row[0] if row else None


def list_articles(
    connection: Connection,
    scope: Scope,
    text: str | None,
    *,
    limit: int,
    offset: int,
    include_old: bool,
    one_each: bool = False,
) -> list[ArticleSummary]:
    """One page of the articles in scope, newest publication first, those without a date last.

    ``one_each``: of a story only the first copy that is in scope.
    """
    condition, values = _listed(connection, scope, text, include_old, one_each)
    # The page is chosen first: what is looked up and counted for each line is not done for the whole archive.
    rows = connection.execute(
        f"WITH page AS (SELECT a.key FROM article a WHERE {condition} ORDER BY {_NEWEST_FIRST} LIMIT ? OFFSET ?) "
        f"SELECT a.key, a.id, a.title, a.byline, coalesce(l.outlet, {_ANY_OUTLET}), l.url, a.published, "
        "a.added_at, l.current, a.hidden_at IS NOT NULL, (SELECT count(*) FROM passage WHERE article = a.key), "
        "(SELECT count(*) FROM statement WHERE article = a.key) "
        "FROM page JOIN article a ON a.key = page.key "
        f"JOIN location l ON l.turn = {_FIRST_ADDRESS} ORDER BY {_NEWEST_FIRST}",
        (*values, limit, offset),
    )
    return [
        ArticleSummary(
            id_,
            title,
            byline,
            outlet,
            url,
            day_of(published),
            datetime.fromisoformat(added),
            bool(current),
            bool(hidden),
            *n,
        )
        for key, id_, title, byline, outlet, url, published, added, current, hidden, *n in rows.fetchall()
        if is_sound(connection, key)
    ]


def count_articles(
    connection: Connection, scope: Scope, text: str | None, *, include_old: bool, one_each: bool = False
) -> int:
    """How many articles :func:`list_articles` would list without a limit."""
    condition, values = _listed(connection, scope, text, include_old, one_each)
    count: int = connection.execute(f"SELECT count(*) FROM article a WHERE {condition}", values).fetchone()[0]
    return count


def versions(connection: Connection, article_id: str) -> list[VersionSummary]:
    """Every version of every address that had this article, newest first, one entry for each address and text."""
    rows = connection.execute(
        "SELECT a.key, a.id, l.url, a.title, l.seen_at, l.current, a.hidden_at IS NOT NULL "
        "FROM location l JOIN article a ON a.key = l.article WHERE l.url IN "
        "(SELECT url FROM location WHERE article = (SELECT key FROM article WHERE id = ?)) ORDER BY l.turn DESC",
        (article_id,),
    )
    return [
        VersionSummary(id_, url, title, datetime.fromisoformat(seen), bool(current), bool(hidden))
        for key, id_, url, title, seen, current, hidden in rows.fetchall()
        if is_sound(connection, key)
    ]


def every_version(connection: Connection, article_id: str) -> list[str]:
    """The ids of every text that this article's addresses ever had, damaged ones too."""
    rows = connection.execute(
        "SELECT a.id FROM location l JOIN article a ON a.key = l.article WHERE l.url IN "
        "(SELECT url FROM location WHERE article = (SELECT key FROM article WHERE id = ?))",
        (article_id,),
    )
    return [row[0] for row in rows]


def has_outlet(connection: Connection, names: Sequence[str]) -> bool:
    """Whether a searched article is of one of these outlets."""
    found = connection.execute(
        "SELECT 1 FROM location l JOIN article a ON a.key = l.article WHERE a.searchable AND l.current "
        f"AND lower(l.outlet) IN ({', '.join('?' * len(names))}) LIMIT 1",
        [*map(lowered, names)],
    ).fetchone()
    return found is not None


def languages(connection: Connection, newest: int) -> frozenset[str]:
    """The languages of so many of the newest searched articles, by their two letters."""
    rows = connection.execute(
        f"SELECT a.language FROM article a WHERE a.searchable ORDER BY {_NEWEST_FIRST} LIMIT ?", (newest,)
    )
    return frozenset(language[:2].lower() for (language,) in rows)


def outlets(connection: Connection) -> list[tuple[str, int]]:
    """Outlets of the searched articles and how many articles each has, most first."""
    rows = connection.execute(
        "SELECT l.outlet, count(DISTINCT a.key) AS n FROM location l JOIN article a ON a.key = l.article "
        "WHERE a.searchable AND l.current AND l.outlet IS NOT NULL GROUP BY l.outlet ORDER BY n DESC, l.outlet"
    )
    return [(outlet, articles) for outlet, articles in rows if isinstance(outlet, str)]


def date_range(connection: Connection) -> tuple[date, date] | None:
    """First and last publication date of the searched articles; None when none has a date."""
    # Each for itself is the end of the index by date; both at once would read all of it.
    ends = (f"(SELECT {end}(published) FROM article WHERE searchable)" for end in ("min", "max"))
    days = f"SELECT {', '.join(ends)}"
    first, last = map(day_of, connection.execute(days).fetchone())
    if first is None or last is None:  # none has a date, or a damaged one is in the way
        rows = connection.execute("SELECT DISTINCT published FROM article WHERE searchable AND published IS NOT NULL")
        known = [day for (published,) in rows if (day := day_of(published))]
        return (min(known), max(known)) if known else None
    return first, last


def statements_by(
    connection: Connection,
    names: Iterable[str] | None,
    scope: Scope,
    limit: int | None,
    *,
    one_each: bool = False,
    of_every_kind: bool = False,
) -> list[Statement]:
    """What anybody of these names (None: anybody) says in the articles in scope, newest article first, in order.

    ``one_each``: of what copies of one story say, only the first copy that is in scope; ``of_every_kind``: with what is
    believed or planned.
    """
    keys = None if names is None else sorted({fold_name(name) for name in names})
    condition, values = in_scope(scope)
    whose = "true" if keys is None else f"s.speaker_key IN ({', '.join('?' * len(keys))})"
    columns = ", ".join(f"s.{name}" for name in SEALED_STATEMENT)
    repeated = _SAID_EARLIER.format(scope=condition) if one_each else "true"
    kind = "true" if of_every_kind else "s.kind = 'speech'"
    # Of anybody's the newest articles are walked to the last one wanted; of somebody's all are, in an index alone. What
    # they say is read of those that are wanted.
    tables = "article a CROSS JOIN statement s" if keys is None else "statement s JOIN article a ON true"
    rows = connection.execute(
        f"WITH wanted AS (SELECT s.article, s.ordinal FROM {tables} "
        f"WHERE a.key = s.article AND {whose} AND {condition} AND {kind} AND {repeated} "
        f"ORDER BY {_NEWEST_FIRST}, s.ordinal LIMIT ?) "
        f"SELECT a.id, {columns} FROM wanted w JOIN statement s ON s.article = w.article AND s.ordinal = w.ordinal "
        f"JOIN article a ON a.key = w.article ORDER BY {_NEWEST_FIRST}, s.ordinal",
        (*(keys or ()), *values, *(values * 2 if one_each else ()), sys.maxsize if limit is None else limit),
    )
    return list(sound_statements(rows))


def sound_statements(rows: Iterable[Sequence[Any]]) -> Iterator[Statement]:
    """Make statements of their article's id and the cells of :data:`SEALED_STATEMENT`; damaged ones are left out."""
    for article_id, *cells in rows:
        try:
            yield sealed_statement(article_id, cells)
        except ValueError as error:
            left_out(ArticleDamaged(str(article_id), str(error)))


def sound_passages(rows: Iterable[Sequence[Any]]) -> Iterator[Passage]:
    """Make passages of :data:`PASSAGE`'s cells; those that do not fit their article are left out."""
    for row in rows:
        id_, article_id, start, end, _, text = row
        try:
            fits = id_ == f"{article_id}:{start}-{end}" and len(text) == end - start
        except TypeError:
            fits = False
        if fits:
            yield passage_from(row)
        else:
            left_out(ArticleDamaged(str(article_id), f"its passage {id_} does not lie in its text"))


def namings(connection: Connection, after: int = 0) -> list[Naming]:
    """Every spelling and role of everybody with a name in the searched articles, year by year, who says most first.

    What stands in several copies of one story is said once. ``after``: of articles with a higher key than this one.
    """
    rows = connection.execute(
        "SELECT s.speaker_key, s.speaker_name, s.speaker_role, "
        "count(*) FILTER (WHERE s.kind = 'speech' AND r.ordinal IS NULL) AS said, "
        "min(a.published), max(a.published), count(DISTINCT s.article), "
        # One article that takes Obama for a company makes none of him: a name is what it is in most places.
        "sum(count(*) FILTER (WHERE s.speaker_resolution = 'organisation')) OVER one "
        f">= {ORGANISATION_SHARE} * sum(count(*)) OVER one "
        "FROM article a CROSS JOIN statement s "  # the newest articles first of all, where they alone are wanted
        "LEFT JOIN repeated r ON r.article = s.article AND r.ordinal = s.ordinal "
        "WHERE a.key > ? AND s.article = a.key AND a.searchable AND s.speaker_key IS NOT NULL "
        "GROUP BY s.speaker_key, s.speaker_name, s.speaker_role, substr(a.published, 1, 4) "
        "WINDOW one AS (PARTITION BY s.speaker_key) "
        "ORDER BY said DESC, s.speaker_name NULLS FIRST, s.speaker_role NULLS FIRST, min(a.published) NULLS FIRST",
        (after,),
    )
    return [
        Naming(key, name, role, said, day_of(first), day_of(last), bool(organisation), articles)
        for key, name, role, said, first, last, articles, organisation in rows
        if isinstance(key, str) and isinstance(name, str) and isinstance(role, str | None)
    ]


def unsearched_keys(connection: Connection, last: int) -> frozenset[int]:
    """The keys from 1 to ``last`` that no searched article has."""
    searched = {key for (key,) in connection.execute("SELECT key FROM article WHERE searchable")}
    return frozenset(key for key in range(1, last + 1) if key not in searched)


def searched_ids(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which of these are searched articles' ids."""
    found: set[str] = set()
    for some in batches(ids):
        marks = ", ".join("?" * len(some))
        found.update(
            id_ for (id_,) in connection.execute(f"SELECT id FROM article WHERE searchable AND id IN ({marks})", some)
        )
    return found


def first_searched(connection: Connection, keys: Collection[int]) -> int | None:
    """The lowest of these keys that a searched article has."""
    for some in batches(sorted(keys)):
        found = connection.execute(
            f"SELECT min(key) FROM article WHERE searchable AND key IN ({', '.join('?' * len(some))})", some
        ).fetchone()
        if found[0] is not None:
            return int(found[0])
    return None


def some_texts(connection: Connection, most: int) -> list[str]:
    """Up to so many passages of searched articles, evenly over the archive: its language, whatever its size."""
    last = connection.execute("SELECT coalesce(max(key), 0) FROM passage").fetchone()[0]
    keys = sorted({-(-last * at // most) for at in range(1, most + 1)})
    texts: list[str] = []
    for some in batches(keys):
        rows = connection.execute(
            'SELECT substr(a.text, p.start + 1, p."end" - p.start) FROM passage p JOIN article a ON a.key = p.article '
            f"WHERE a.searchable AND p.key IN ({', '.join('?' * len(some))}) ORDER BY p.key",
            some,
        )
        texts += [text for (text,) in rows if isinstance(text, str)]
    return texts


def passages_at(connection: Connection, places: Sequence[tuple[str, int]]) -> list[str | None]:
    """The id of the passage that holds each place; None where there is none."""
    cuts: dict[str, list[tuple[int, int, str]]] = defaultdict(list)  # article -> its passages in reading order
    for some in batches(list({article_id for article_id, _ in places})):
        rows = connection.execute(
            'SELECT a.id, p.start, p."end", p.id FROM passage p JOIN article a ON a.key = p.article '
            f"WHERE a.id IN ({', '.join('?' * len(some))}) ORDER BY p.start",
            some,
        )
        for article_id, *cut in rows:
            cuts[article_id].append((cut[0], cut[1], cut[2]))
    return [next((id_ for start, end, id_ in cuts[article] if start <= at < end), None) for article, at in places]


def batches(ids: Sequence[T]) -> Iterable[Sequence[T]]:
    """Cut ``ids`` into pieces that fit into one statement."""
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _listed(
    connection: Connection, scope: Scope, text: str | None, include_old: bool, one_each: bool
) -> tuple[str, list[Any]]:
    condition, values = in_scope(scope)
    if include_old:
        condition = condition.replace("a.searchable", "true", 1)
    if text and text.strip():
        wanted = all_words(text.split())
        if wanted.terms:
            matches, sought = connection.words.holding(connection, wanted)
            condition += f" AND a.key IN (SELECT p.article FROM ({matches}) w JOIN passage p ON p.key = w.key)"
            values = [*values, *sought]
        else:
            condition += " AND false"
    if one_each:
        earlier = (
            "SELECT 1 FROM story_copy t JOIN story_copy e ON e.story = t.story AND e.place < t.place "
            f"WHERE t.article = a.key AND e.article IN (SELECT a.key FROM article a WHERE {condition})"
        )
        return f"{condition} AND NOT EXISTS ({earlier})", [*values, *values]
    return condition, values


def day_of(text: object) -> date | None:
    """A date of which a damaged cell makes none: the article that has it is refused where it is shown."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None

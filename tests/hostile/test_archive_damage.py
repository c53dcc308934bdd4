"""Whatever bit of the catalog turns over, nothing wrong is shown as if it had been stored."""

from __future__ import annotations

import logging
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qa.catalog import ArticleSummary, Catalog, StoredStatus
from qa.errors import ArticleDamaged, QaError
from qa.types import Scope
from tests.qa.catalog.articles import article, entry

WORDS = ["harbour", "council", "ferry"]
STORIES = [
    article(
        f"The harbour council met on pier {n} and spoke of the ferry.\n\n“We will not close it,” said Reck {n}.",
        url=f"https://courier.example/{n}",
        title=f"Pier {n} stays open",
    )
    for n in range(12)
]


def make(folder: Path) -> Path:
    """A small archive in which every kind of row occurs: versions, a removed article, statements, pins."""
    path = folder / "catalog.sqlite"
    with Catalog.open(path) as catalog:
        catalog.store(
            [entry(story, speaker=f"Tomas Reck {n}", role="harbour master") for n, story in enumerate(STORIES)]
        )
        catalog.store([entry(article("A correction, in few words.", url=STORIES[0].url))])
        catalog.remove(STORIES[1].id)
        catalog.pin({"reck": "tomas reck 2"})
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "qa")


def served(path: Path) -> dict[str, object]:
    """All that a reader shows of the archive."""
    with Catalog.open(path, write=False, undisturbed=True) as catalog:
        ids = [story.id for story in STORIES]
        found = [id_ for id_, _ in catalog.search(WORDS, 100, Scope())]
        return {
            "articles": list(catalog.articles(ids).values()),
            "list": catalog.list_articles(include_old=True),
            "versions": [one for id_ in ids for one in catalog.versions(id_)],
            "passages": list(catalog.passages(found).values()),
            "statements": [one for id_ in ids for one in catalog.statements(id_)],
            "said": catalog.statements_by(None),
            "names": catalog.namings(),
            "outlets": catalog.outlets(),
            "dates": catalog.date_range(),
            "pins": catalog.pins(),
        }


def uncounted(lines: object) -> set[ArticleSummary]:
    """Lines of the list without their numbers of passages and statements, which the doctor alone compares."""
    assert isinstance(lines, list)
    return {replace(line, passages=0, statements=0) for line in lines}


def problems(path: Path) -> tuple[str, ...]:
    with Catalog.open(path, write=False, undisturbed=True) as catalog:
        return catalog.check().problems


def change(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql, values)
    connection.close()


@pytest.mark.slow
def test_a_bit_that_turns_over_is_never_shown_as_if_it_had_been_stored(path: Path, tmp_path: Path) -> None:
    whole, rng, damaged = served(path), random.Random(8), tmp_path / "damaged.sqlite"
    data = path.read_bytes()
    told = 0
    for _ in range(200):
        turned = bytearray(data)
        at = rng.randrange(len(data))
        turned[at] ^= 1 << rng.randrange(8)
        damaged.write_bytes(turned)
        try:
            now = served(damaged)
            report = problems(damaged)
        except QaError:
            told += 1
            continue
        told += bool(report)
        assert now == whole or report, f"byte {at} is wrong and nobody says so"
        assert uncounted(now["list"]) <= uncounted(whole["list"]), f"byte {at}: a wrong line is listed"
        for kind in ("articles", "versions", "statements", "said"):
            assert all(one in whole[kind] for one in now[kind]), f"byte {at}: a wrong one of {kind} is shown"  # type: ignore[operator, attr-defined]
    assert told > 20, "most of the file is in use"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE article SET text = replace(text, '“', '”')",
        "UPDATE article SET text = 'short'",
        "UPDATE article SET text = X'ff00'",
        "UPDATE article SET title = title || '!'",
        "UPDATE article SET title = X'ff'",
        "UPDATE article SET byline = 7",
        "UPDATE article SET published = 'soon'",
        "UPDATE article SET published = '2025-12-16'",
        "UPDATE article SET modified = '2025'",
        "UPDATE article SET retrieved = ''",
        "UPDATE article SET paragraphs = '[[0,'",
        "UPDATE article SET paragraphs = X'00'",
        "UPDATE article SET standfirst = '[]'",
        "UPDATE article SET text_sha256 = ''",
        "UPDATE article SET seal = NULL",
        "UPDATE article SET id = 'x' || substr(id, 2)",
        "UPDATE location SET url = 'https://evil.example/' || article",
        "UPDATE location SET outlet = 'Evil Post'",
    ],
)
def test_an_article_of_which_a_cell_is_damaged_is_an_error_that_names_it_and_no_other(path: Path, sql: str) -> None:
    victim = STORIES[5]
    key = "article" if "location" in sql else "key"
    change(path, f"{sql} WHERE {key} = 6")
    with Catalog.open(path, write=False, undisturbed=True) as catalog:
        listed = catalog.list_articles(include_old=True)
        assert victim.title not in {one.title for one in listed} or "text" in sql
        assert len(catalog.articles([story.id for story in STORIES])) == len(STORIES) - 2, "one is removed, one damaged"
        with pytest.raises(QaError, match=victim.id):
            catalog.article(victim.id)
        assert catalog.article(STORIES[6].id).text == STORIES[6].text
        assert len(catalog.search(WORDS, 100, Scope())) > 0
        catalog.date_range(), catalog.outlets(), catalog.namings()
    assert any(victim.id[1:] in problem and "damaged" in problem for problem in problems(path))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE statement SET speaker_name = 'Somebody Else' WHERE article = 6",
        "UPDATE statement SET content = '[[0,4]]' WHERE article = 6",
        "UPDATE statement SET content = 'x' WHERE article = 6",
        "UPDATE statement SET source = X'00' WHERE article = 6",
        "UPDATE statement SET form = 'sung' WHERE article = 6",
        "UPDATE statement SET confidence = 'high' WHERE article = 6",
        "DELETE FROM statement WHERE article = 6",
        "UPDATE passage SET heading = 'wrong' WHERE article = 6",
        "UPDATE passage SET id = 'x' || id WHERE article = 6",
        "UPDATE passage SET end = 9999 WHERE article = 6 AND start > 0",
    ],
)
def test_a_statement_or_passage_that_was_changed_is_not_shown_and_the_doctor_names_its_article(
    path: Path, sql: str
) -> None:
    victim = STORIES[5]
    whole = served(path)
    change(path, sql)
    now = served(path)
    assert all(one in whole["statements"] for one in now["statements"])  # type: ignore[operator, attr-defined]
    assert all(one in whole["said"] for one in now["said"])  # type: ignore[operator, attr-defined]
    if "passage" not in sql:
        assert not [one for one in now["statements"] if one.article_id == victim.id]  # type: ignore[attr-defined]
    assert any(victim.id in problem and "damaged" in problem for problem in problems(path))


def test_damage_is_not_sealed_by_a_later_change(path: Path) -> None:
    change(path, "UPDATE article SET title = 'Wrong' WHERE key = 6")
    change(path, "UPDATE statement SET speaker_name = 'Wrong' WHERE article = 7")
    with Catalog.open(path) as catalog:
        catalog.store([entry(article("Another text at its address.", url=STORIES[5].url))])
        catalog.remove(STORIES[6].id)
        with pytest.raises(ArticleDamaged):
            catalog.article(STORIES[5].id)
        damaged = [problem for problem in catalog.check().problems if "is damaged" in problem]
    assert [STORIES[5].id in damaged[0], STORIES[6].id in damaged[1]] == [True, True]


@pytest.mark.parametrize("sql", ["SET text = 'x'", "SET title = 'x'", "SET paragraphs = 'x'", "SET parts_seal = 'x'"])
def test_a_damaged_article_is_written_anew_when_its_source_is_ingested_again(path: Path, sql: str) -> None:
    whole = served(path)
    change(path, f"UPDATE article {sql} WHERE key = 6")
    with Catalog.open(path) as catalog:
        assert catalog.sound_ids([story.id for story in STORIES]) == {story.id for story in STORIES} - {STORIES[5].id}
        [stored] = catalog.store([entry(STORIES[5], speaker="Tomas Reck 5", role="harbour master")])
        assert stored.status is StoredStatus.MENDED
        assert catalog.check().problems == ()
    assert served(path)["names"] == whole["names"]
    assert {one.id for one in served(path)["articles"]} == {one.id for one in whole["articles"]}  # type: ignore[attr-defined]


def test_a_damaged_article_that_was_removed_stays_removed_when_it_is_written_anew(path: Path) -> None:
    change(path, "UPDATE article SET title = 'x' WHERE key = 2")
    with Catalog.open(path) as catalog:
        assert [one.status for one in catalog.store([entry(STORIES[1])])] == [StoredStatus.MENDED]
        assert catalog.check().problems == ()
        assert STORIES[1].id not in catalog.articles([STORIES[1].id])


def test_an_archive_from_before_there_were_seals_gets_them(path: Path) -> None:
    connection = sqlite3.connect(path)
    since = ("article DROP COLUMN seal", "article DROP COLUMN parts_seal", "statement DROP COLUMN seal")
    for sql in (*since, "location DROP COLUMN origin", "location DROP COLUMN stated"):
        connection.execute(f"ALTER TABLE {sql}")
    triggers = ("last_article_gone", "article_regrouped", "article_reattributed", "copy_gone")
    tables = (
        "correction",
        "notice",
        "feed_item",
        "feed",
        "sketch",
        "band",
        "copies",
        "story_copy",
        "repeated",
        "ungrouped",
    )
    indexes = ("location_by_outlet",)
    kinds = (("TRIGGER", triggers), ("TABLE", tables), ("INDEX", indexes))
    for later in (f"{kind} {one}" for kind, names in kinds for one in names):
        connection.execute(f"DROP {later}")
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with Catalog.open(path) as catalog:
        assert catalog.check().problems == ()
        assert len(catalog.articles([story.id for story in STORIES])) == len(STORIES) - 1


@pytest.mark.slow
def test_comparing_an_article_with_its_digest_and_seal_costs_less_than_a_millisecond(tmp_path: Path) -> None:
    long = article("\n\n".join(f"Paragraph {n} of a long article, which has words. " * 5 for n in range(40)))
    with Catalog.open(tmp_path / "catalog.sqlite") as catalog:
        catalog.store([entry(long, speaker="Ada")])

        def cost(read: Callable[[], object]) -> float:
            best = 1.0
            for _ in range(20):
                started = time.process_time()
                for _ in range(10):
                    read()
                best = min(best, (time.process_time() - started) / 10)
            return best

        assert cost(lambda: catalog.article(long.id)) < 0.002, "reading it included"


def test_a_text_that_only_looks_the_same_is_another(path: Path) -> None:
    """The id is compared with the whole digest, not taken for it."""
    forged = replace(STORIES[5], text=STORIES[5].text.replace("“", "”"))
    change(path, "UPDATE article SET text = ?, text_sha256 = ? WHERE key = 6", forged.text, forged.text_sha256)
    with Catalog.open(path, write=False) as catalog, pytest.raises(ArticleDamaged):
        catalog.article(STORIES[5].id)
    shutil.rmtree(path.parent)

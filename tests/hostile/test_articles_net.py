"""Whatever goes wrong with one article is reported and set aside, and the rest goes in."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant, Ingested
from qa.assistant.keeping.quarantine import Quarantine
from qa.catalog import Catalog, Entry
from qa.catalog.records import Stored
from qa.errors import ArticleRefused, ModelError, ModelMissing, SourceError
from qa.protocols import Attributor, Vectors
from qa.settings import Settings, load_settings
from qa.types import Article, Statement
from tests.newsprint import WordEncoder

RAIN = "It rained on pier {}, harbour master Tomas Reck said on Tuesday, and nobody at the quay was surprised by it."
POISON = ("unattributable", "endless", "unembeddable", "unstorable", "refused")


class Fragile:
    """An attributor, an encoder and a catalog's store that each fail at one word."""

    def __init__(self, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
        self.attributor: Attributor = assistant._parts.attributor
        self.digest = self.attributor.digest
        store = assistant._catalog.store

        def fragile_store(batch: Sequence[Entry], **rest: bool) -> list[Stored]:
            for entry in batch:
                if "unstorable" in entry.article.text:
                    raise KeyError("unstorable")
                if "refused" in entry.article.text:
                    raise ArticleRefused(entry.article.id, "it is too strange")
            return store(batch, **rest)

        monkeypatch.setitem(assistant._parts._loaded, "attributor", self)
        monkeypatch.setattr(assistant._catalog, "store", fragile_store)
        monkeypatch.setitem(assistant._parts._common.loaded, "encoder", FragileEncoder())

    def attribute(self, article: Article) -> list[Statement]:
        if "unattributable" in article.text:
            raise ZeroDivisionError("oh")
        while "endless" in article.text:
            pass
        return self.attributor.attribute(article)


class FragileEncoder(WordEncoder):
    def encode(self, texts: Sequence[str]) -> Vectors:
        if any("unembeddable" in text for text in texts):
            raise FloatingPointError("nan")
        return super().encode(texts)

    def for_questions(self) -> FragileEncoder:
        return self


@pytest.fixture
def quick(settings: Settings) -> Settings:
    """Settings whose articles may take five seconds each."""
    return load_settings(data_dir=settings.data_dir, ingestion={"article_timeout_s": 5.0})


@pytest.fixture
def assistant(quick: Settings) -> Iterator[Assistant]:
    with Assistant.open(quick, label="tests", write=True) as opened:
        opened._parts._common.loaded["encoder"] = WordEncoder()
        yield opened


def written(path: Path, *contents: str, **fields: str) -> Path:
    rows: list[dict[str, Any]] = [
        {"headline": f"Pier {n}", "content": text, **fields} for n, text in enumerate(contents)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def kept(assistant: Assistant) -> list[tuple[int | None, str]]:
    return [(one.line, one.reason) for one in assistant._changing._quarantine]


@pytest.mark.slow
@pytest.mark.parametrize("thread", ["main", "another"])
def test_whatever_goes_wrong_with_one_article_costs_only_that_article(
    assistant: Assistant, tmp_path: Path, thread: str
) -> None:
    contents = [RAIN.format(1), *(f"{RAIN.format(word)} This is {word}." for word in POISON), RAIN.format(2)]
    source = written(tmp_path / "many.jsonl", *contents)
    events: list[Ingested | SourceError] = []
    with pytest.MonkeyPatch.context() as patch:
        Fragile(assistant, patch)
        with ThreadPoolExecutor(1) as pool:
            run = partial(assistant.ingest, [str(source)], on_event=events.append)
            report = run() if thread == "main" else pool.submit(run).result()
    assert report.counts == {"added": 2}
    reasons = {
        2: "something unforeseen went wrong (ZeroDivisionError: oh)",
        3: "given up after 5 s",
        4: "something unforeseen went wrong (FloatingPointError: nan)",
        5: "something unforeseen went wrong (KeyError: 'unstorable')",
    }
    failed = {failure.line: failure.reason for failure in report.failures}
    assert failed.pop(6).endswith("it is too strange.")
    assert failed == reasons
    assert {failure.source for failure in report.failures} == {str(source)}
    assert [event for event in events if isinstance(event, SourceError)] == list(report.failures)
    # Nothing half stored: two articles, and a vector for each of their passages.
    assert assistant.status().articles == 2
    passages = assistant._catalog.searchable_passage_ids()
    assert assistant._parts.index.ids() == passages
    assert len(passages) == report.passages

    found = [finding for finding in assistant.doctor() if not finding.sound]
    assert {finding.subject for finding in found} == {"set aside"}
    assert found[0].message == "5 articles or sources"
    assert "qa ingest --retry" in found[0].remedy
    assert all(any(f":{line}: {reason}" in one.message for one in found) for line, reason in reasons.items())
    source.unlink()  # what was read of them is kept
    assert assistant.ingest([], retry=True).counts == {"added": 5}
    assert kept(assistant) == []
    assert assistant.status().articles == 7
    assert all(finding.sound for finding in assistant.doctor())


def test_what_is_set_aside_is_its_owners_alone_and_says_where_it_comes_from(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "a.jsonl", "unattributable " + RAIN, publish_date="2025-12-15", byline="Ilse Varn")
    Fragile(assistant, monkeypatch)
    for _ in range(2):
        assistant.ingest([str(source)])
    (file,) = (assistant._settings.data_dir / "quarantine").iterdir()  # the same failure is kept once
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    fields = json.loads(file.read_text())
    assert (fields["source"], fields["line"]) == (str(source.resolve()), 1)
    assert fields["reason"]
    assert fields["when"]
    assert fields["draft"]["published"] == "2025-12-15"
    assert fields["draft"]["byline"] == "Ilse Varn"


@pytest.mark.parametrize("broken", ["attributor", "encoder", "missing"])
def test_what_is_the_systems_fault_ends_the_run_and_blames_no_article(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    class Broken(WordEncoder):
        def for_questions(self) -> Broken:
            return self

        def encode(self, texts: Sequence[str]) -> Vectors:
            raise RuntimeError("no memory") if texts else AssertionError

        def attribute(self, article: Article) -> list[Statement]:
            raise ModelMissing("It is gone.") if broken == "missing" else RuntimeError("no memory")

    if broken == "encoder":
        assistant._parts.index.count()
        assistant._parts._common.loaded["encoder"] = Broken()
    else:
        monkeypatch.setitem(assistant._parts._loaded, "attributor", Broken())
    with pytest.raises(ModelError):
        assistant.ingest([str(written(tmp_path / "a.jsonl", RAIN))])
    assert kept(assistant) == []
    assert assistant.status().articles == 0


def test_a_bad_record_is_kept_as_it_stands_until_it_comes_in(assistant: Assistant, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    bad = {"content": RAIN, "publish_date": "soon"}
    source.write_text(f"{json.dumps(bad)}\n{{bad\n", encoding="utf-8")
    assistant.ingest([str(source)])
    before = kept(assistant)
    assert [line for line, _ in before] == [1, 2]
    assert json.loads(next(iter(assistant._changing._quarantine)).record or "") == bad
    assistant.ingest([], retry=True)
    assert kept(assistant) == before, "it is as bad as it was"
    mended = json.dumps({**bad, "publish_date": "2025-12-15"})
    source.write_text(f"{mended}\n{{bad\n", encoding="utf-8")
    assert assistant.ingest([str(source)]).counts == {"added": 1}
    assert kept(assistant) == before[1:]


def test_a_source_that_could_not_be_read_is_read_again(assistant: Assistant, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"\x00\x01")
    assistant.ingest([str(source)])
    assert len(kept(assistant)) == 1
    source.write_text(RAIN)
    assert assistant.ingest([], retry=True).counts == {"added": 1}
    assert kept(assistant) == []
    source.write_bytes(b"\x00\x01")
    assistant.ingest([str(source)])
    source.unlink()
    source.symlink_to("/etc/hostname")
    (failure,) = assistant.ingest([], retry=True).failures
    assert failure.reason == "it has become a link"


def test_purging_an_article_erases_what_is_kept_of_it(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, other = RAIN.format("Wobblethwaite"), "unattributable " + RAIN.format("Ostrel")
    assistant.ingest([str(written(tmp_path / "a.jsonl", secret))])
    (one,), _ = assistant.articles()
    Fragile(assistant, monkeypatch)
    assistant.ingest([str(written(tmp_path / "b.jsonl", f"unattributable.\n\n{secret}", other))])
    assistant.ingest([str(written(tmp_path / "c.jsonl", secret, publish_date="soon"))])
    (tmp_path / "d.jsonl").write_text(json.dumps({"content": secret}, ensure_ascii=True)[:-1])
    assistant.ingest([str(tmp_path / "d.jsonl")])
    assert len(kept(assistant)) == 4
    assistant.remove([one.id], purge=True)
    assert [entry.draft.body for entry in assistant._changing._quarantine if entry.draft] == [other]
    assert len(kept(assistant)) == 1


def test_an_article_without_a_readable_word_goes_in_with_the_rest(assistant: Assistant, tmp_path: Path) -> None:
    source = written(tmp_path / "a.jsonl", "\ufe0f", "\u0301", RAIN)
    assert assistant.ingest([str(source)]).counts == {"added": 3}
    assert all(finding.sound for finding in assistant.doctor())


def test_a_file_in_the_quarantine_that_is_not_ours_is_passed_over(tmp_path: Path) -> None:
    for name, data in (("a.json", b"{}"), ("b.json", b"[1]"), ("c.json", b"\xff")):
        (tmp_path / name).write_bytes(data)
    assert list(Quarantine(tmp_path)) == []


def test_a_row_that_the_catalog_cannot_hold_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qa.ingestion import cut_passages
    from tests.newsprint import article

    def refuse(*rest: object, **named: object) -> Stored:
        raise sqlite3.IntegrityError("NOT NULL constraint failed")

    one = article(RAIN)
    with Catalog.open(tmp_path / "catalog.sqlite") as catalog:
        monkeypatch.setattr("qa.catalog.storing.store_entry", refuse)
        with pytest.raises(ArticleRefused, match=one.id):
            catalog.store([Entry(one, cut_passages(one))])
        assert catalog.count_articles() == 0

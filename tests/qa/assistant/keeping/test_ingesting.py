"""Articles go in once, whole, and what cannot go in is reported."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.assistant import Assistant, Ingested
from qa.errors import ArchiveLocked, ArticleNotFound, IndexStale, SourceError
from qa.settings import Settings

FERRY = (
    "The ferry at Marrow stays closed until Friday, harbour master Tomas Reck said on Tuesday.\n\nHe named no cause."
)


def _article(folder: Path, name: str, body: str, **fields: str) -> Path:
    folder.mkdir(exist_ok=True)
    head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in {"title": name, **fields}.items())
    path = folder / f"{name}.md"
    path.write_text(f"---\n{head}\n---\n{body}\n", encoding="utf-8")
    return path


def _open(settings: Settings, *, write: bool = True) -> Assistant:
    return Assistant.open(settings, label="tests", write=write)


def test_the_same_folder_twice_changes_nothing_and_says_so(settings: Settings, corpus: Path) -> None:
    with _open(settings) as assistant:
        first = assistant.ingest([str(corpus)])
        second = assistant.ingest([str(corpus)])
        assert first.passages > 0
        assert set(second.counts) == {"unchanged"}
        assert sum(second.counts.values()) == sum(first.counts.values())
        assert second.passages == 0
        assert all(finding.sound for finding in assistant.doctor())


def test_an_edited_article_is_a_new_version_and_answers_use_it(settings: Settings, tmp_path: Path) -> None:
    address = "https://gazette.example/ferry"
    with _open(settings) as assistant:
        assistant.ingest([str(_article(tmp_path / "a", "Ferry", FERRY, url=address))])
        (old,), _ = assistant.articles()
        edited = FERRY.replace("Friday", "Sunday")
        report = assistant.ingest([str(_article(tmp_path / "a", "Ferry", edited, url=address))])
        assert report.counts == {"new_version": 1}
        (new,), total = assistant.articles()
        assert total == 1
        assert "Sunday" in assistant.article(new.id).text
        assert "Friday" in assistant.article(old.id).text, "the old version can still be read"
        assert [id_ for id_, _ in assistant.versions(old.id)] == [new.id, old.id]
        outcome = assistant.ask("Until when does the ferry stay closed?")
        assert [citation.article.id for citation in getattr(outcome, "citations", ())] == [new.id]


def test_one_text_at_two_addresses_is_one_article_with_both(settings: Settings, tmp_path: Path) -> None:
    one = _article(tmp_path / "a", "One", FERRY, url="https://gazette.example/1", outlet="The Gazette")
    two = _article(tmp_path / "a", "Two", FERRY, url="https://courier.example/2", outlet="The Courier")
    with _open(settings) as assistant:
        assert assistant.ingest([str(one), str(two)]).counts == {"added": 1, "new_location": 1}
        (only,), total = assistant.articles()
        assert total == 1
        assert {place.outlet for place in assistant.article(only.id).locations} == {"The Gazette", "The Courier"}


def test_a_bad_file_among_good_ones_is_named_and_the_rest_goes_in(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for number in range(20):
        _article(folder, f"Article {number:02}", FERRY.replace("Marrow", f"Pier {number}"))
    (folder / "bad.jsonl").write_text('{"headline": "a", "content": "Fine words here."}\n{"headline": oops\n', "utf-8")
    events: list[Ingested | SourceError] = []
    with _open(settings) as assistant:
        report = assistant.ingest([str(folder)], on_event=events.append)
        assert assistant.status().articles == 21
    (failure,) = report.failures
    assert failure.source.endswith("bad.jsonl")
    assert failure.line == 2
    assert failure.reason
    assert failure in events


def test_a_second_writer_is_told_at_once_who_holds_the_archive(settings: Settings) -> None:
    started = time.perf_counter()
    with _open(settings), pytest.raises(ArchiveLocked, match=rf"tests \(pid {os.getpid()}\)"):
        _open(settings)
    assert time.perf_counter() - started < 30


def test_readers_share_the_archive_and_keep_nobody_from_writing(settings: Settings, corpus: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(corpus / "marina-denial.md")])
    with _open(settings, write=False) as one, _open(settings, write=False) as two:
        assert one.status().passages == two.status().passages > 0
        before = one.status().passages
        with _open(settings) as writer:
            writer.ingest([str(corpus)])
            assert one.status().passages == two.status().passages > before, "they see what is reported as done"
        assert one.status().passages == two.status().passages > before


def test_a_removed_article_is_not_found_and_comes_back_only_when_asked(settings: Settings, tmp_path: Path) -> None:
    path = _article(tmp_path / "a", "Ferry", FERRY)
    with _open(settings) as assistant:
        assistant.ingest([str(path)])
        (only,), _ = assistant.articles()
        assert assistant.remove([only.id]) > 0
        assert assistant.articles() == ([], 0)
        assert assistant.ingest([str(path)]).counts == {"hidden": 1}
        assert assistant.ingest([str(path)], restore=True).counts == {"restored": 1}
        assert all(finding.sound for finding in assistant.doctor())


def test_purged_words_are_nowhere_in_the_data_folder(settings: Settings, tmp_path: Path, corpus: Path) -> None:
    secret = "Wobblethwaite Zanzibarian quatorzain"
    with _open(settings) as assistant:
        assistant.ingest([str(corpus), str(_article(tmp_path / "a", "Secret", f"{FERRY} {secret} {FERRY}"))])
        assistant.ask("Who is Wobblethwaite?")
        purged = next(one for one in assistant.articles(limit=100)[0] if one.title == "Secret")
        assert _holding(settings.data_dir, b"Zanzibarian"), "the search finds what is there"
        assistant.remove([purged.id], purge=True)
        assert all(finding.sound for finding in assistant.doctor())
    for word in secret.split():
        for form in (word, word.lower(), word[:7].lower()):
            assert _holding(settings.data_dir, form.encode()) == []


def _holding(folder: Path, words: bytes) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file() and "models" not in path.parts)
    return [path for path in files if words in path.read_bytes()]


def test_an_index_that_was_thrown_away_is_noticed_and_rebuilt(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(_article(tmp_path / "a", "Ferry", FERRY))])
    shutil.rmtree(settings.data_dir / "index")
    with _open(settings, write=False) as assistant:
        faults = [finding for finding in assistant.doctor() if not finding.sound]
        assert [fault.subject for fault in faults] == ["index"]
        assert "qa rebuild" in faults[0].remedy
        assert not assistant.status().ready
    with _open(settings) as assistant:
        assert assistant.rebuild() > 0
        assert all(finding.sound for finding in assistant.doctor())


def test_ingesting_beside_a_lost_index_is_an_error_and_not_half_an_index(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(_article(tmp_path / "a", "Ferry", FERRY))])
    shutil.rmtree(settings.data_dir / "index")
    with _open(settings) as assistant:
        with pytest.raises(IndexStale, match="qa rebuild"):
            assistant.ingest([str(_article(tmp_path / "a", "Other", FERRY.replace("Marrow", "Ostrel")))])
        assert assistant.articles()[1] == 1, "nothing was stored"


def test_a_damaged_index_is_rebuilt(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(_article(tmp_path / "a", "Ferry", FERRY))])
    (settings.data_dir / "index" / "chroma.sqlite3").write_bytes(b"nonsense" * 1_000)
    with _open(settings) as assistant:
        assert not assistant.status().ready
        assert assistant.rebuild() > 0
        assert assistant.status().ready


def test_removing_several_removes_none_when_one_is_not_there(settings: Settings, tmp_path: Path) -> None:
    with _open(settings) as assistant:
        assistant.ingest([str(_article(tmp_path / "a", "Ferry", FERRY))])
        (only,), _ = assistant.articles()
        with pytest.raises(ArticleNotFound):
            assistant.remove([only.id, "nope"])
        assert assistant.articles()[1] == 1


KILLED = """
import sys
from qa.assistant import Assistant, Ingested
from qa.settings import load_settings
def tell(event):
    if isinstance(event, Ingested):
        print(event.article_id, flush=True)
with Assistant.open(load_settings(), label="killed", write=True) as assistant:
    assistant.ingest([sys.argv[1]], on_event=tell)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 40, 90])
def test_a_kill_loses_no_article_that_was_reported_and_leaves_no_half(
    settings: Settings, tmp_path: Path, after: int
) -> None:
    lines = (
        json.dumps(
            {"id": str(number), "headline": f"Pier {number}", "content": FERRY.replace("Marrow", f"Pier {number}")}
        )
        for number in range(400)
    )
    source = tmp_path / "many.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    environment = {**os.environ, "QA_DATA_DIR": str(settings.data_dir), "QA_INGESTION__BATCH_ARTICLES": "8"}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(source)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    reported = [process.stdout.readline().strip() for _ in range(after)]
    time.sleep(0.013 * after)
    process.send_signal(signal.SIGKILL)
    reported += process.stdout.read().split()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    with _open(settings) as assistant:
        for article_id in reported:
            assert assistant.article(article_id).text.startswith("The ferry at Pier")
        assistant.ingest([str(source)])
        assert assistant.status().articles == 400
        assert all(finding.sound for finding in assistant.doctor())

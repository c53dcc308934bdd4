"""One process owns an archive and others ask it, among real processes and threads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.assistant.parts import Common
from qa.assistant.sharing.jobs import Jobs, State
from qa.assistant.sharing.keeper import Keeper, change
from qa.assistant.sharing.meeting import NobodyThere, call, listen, stop_listening
from qa.assistant.sharing.messages import error_of, of_error
from qa.assistant.sharing.work import Work
from qa.errors import ArticleNotFound, QaError, SourceError
from qa.settings import Settings
from qa.types import Answer

FERRY = (
    "The ferry at Marrow stays closed until Friday, harbour master Tomas Reck said on Tuesday.\n\nHe named no cause."
)
PATIENCE_S = 120.0


def _many(folder: Path, number: int, begin: int = 0) -> Path:
    path = folder / f"many-{begin}.jsonl"
    rows = (
        {"id": str(one), "headline": f"Pier {one}", "content": FERRY.replace("Marrow", f"Pier {one}")}
        for one in range(begin, begin + number)
    )
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@contextmanager
def _kept(settings: Settings) -> Iterator[Keeper]:
    """The archive as a server keeps it, in this process."""
    keeper = Keeper(settings, "qa serve", Common())
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.close()


def _qa(settings: Settings, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "qa.cli", *arguments],
        env={**os.environ, "QA_DATA_DIR": str(settings.data_dir), "PYTHONPATH": str(Path(__file__).parents[4])},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", ["short", "long" * 60])
def test_the_owner_is_found_however_long_the_path_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    with pytest.raises(NobodyThere):
        call(folder)
    with listen(folder):
        assert (folder / "socket").stat().st_mode & 0o777 == 0o600
        call(folder).close()
    with pytest.raises(NobodyThere):  # as after kill -9: the file is there, and nobody listens
        call(folder)
    with listen(folder):
        call(folder).close()
        stop_listening(folder)
    assert list(folder.iterdir()) == []


def test_an_error_arrives_as_the_error_that_it_was() -> None:
    for error in (ArticleNotFound("x"), SourceError("f.md", "no text", line=3, remedy="Write some."), QaError("a")):
        told = error_of(json.loads(json.dumps(of_error(error))))
        assert type(told) is type(error)
        assert str(told) == str(error)
    assert "KeyError" in str(error_of(of_error(KeyError("k"))))


def test_work_is_done_in_order_and_whoever_waits_is_told_for_whom() -> None:
    jobs = Jobs()
    first, second = jobs.add(Work("a", label="one")), jobs.add(Work("b", label="two"))
    assert second.progress["waiting"] == ["one"]
    jobs.do_next(lambda work, tell, stop: f"did {work.kind}", 1.0)
    assert (first.state, first.result, second.state) == (State.DONE, "did a", State.WAITING)
    second.stop()
    jobs.do_next(lambda work, tell, stop: pytest.fail("it was to stop"), 1.0)
    assert second.state is State.STOPPED
    jobs.close(QaError("closed"))
    with pytest.raises(QaError, match="closed"):
        jobs.add(Work("c"))


def test_work_that_fails_costs_only_itself() -> None:
    jobs = Jobs()
    job = jobs.add(Work("a"))

    def fail(*arguments: object) -> object:
        raise ZeroDivisionError("oops")

    jobs.do_next(fail, 1.0)
    assert job.state is State.FAILED
    assert "ZeroDivisionError: oops" in str(job.error)


@pytest.mark.slow
def test_a_command_hands_its_work_to_the_server_and_shows_the_same(settings: Settings, corpus: Path) -> None:
    with _kept(settings), Assistant.open(settings) as reader:
        done = _qa(settings, "ingest", "marina-denial.md", "nowhere.md", "--json", cwd=corpus)
        printed, said = done.communicate(timeout=PATIENCE_S)
        assert json.loads(printed)["counts"] == {"added": 1}, said
        [failure] = json.loads(printed)["failures"]
        assert failure["source"] == str(corpus / "nowhere.md")
        assert done.returncode == 1
        (only,), _ = reader.articles()
        assert change(settings, "tests", lambda archive: archive.remove([only.id])) > 0
        assert reader.articles() == ([], 0)
        with pytest.raises(ArticleNotFound):
            change(settings, "tests", lambda archive: archive.remove(["nope"]))
        assert change(settings, "tests", lambda archive: archive.ingest([str(corpus)], restore=True)).counts
        assert change(settings, "tests", lambda archive: archive.rebuild()) == reader.status().passages
        one, other = (profile.slug for profile in reader.speakers(limit=2)[0])
        merged = change(settings, "tests", lambda archive: archive.merge_speakers(one, other))
        assert merged.slug == one
        assert len(reader.speaker(one).profile.spellings) == len(merged.spellings)
        assert isinstance(reader.ask("Who is the Kremlin spokesman?"), Answer)
    with Assistant.open(settings) as reader:
        assert all(finding.sound for finding in reader.doctor())


@pytest.mark.slow
def test_a_stopped_ingestion_says_how_far_it_is_and_leaves_a_sound_archive(settings: Settings, tmp_path: Path) -> None:
    source = _many(tmp_path, 3_000)
    process = _qa(settings, "ingest", str(source))
    with Assistant.open(_when_there(settings)) as reader:
        _until(lambda: reader.articles()[1] > 0)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 130, said
        number = reader.articles()[1]
        assert 0 < number < 3_000
        assert f"Stopped. {number} articles are in; the same command goes on from there." in said
        assert all(finding.sound for finding in reader.doctor())


@pytest.mark.slow
def test_two_writers_queue_and_say_so_while_others_read(settings: Settings, tmp_path: Path) -> None:
    first = _qa(settings, "ingest", str(_many(tmp_path, 70)))
    with Assistant.open(_when_there(settings)) as reader:
        second = _qa(settings, "ingest", str(_many(tmp_path, 2, 70)))
        asked = 0
        while first.poll() is None:
            if reader.articles()[1]:
                reader.ask("Who is harbour master?")
                asked += 1
        _, said = second.communicate(timeout=PATIENCE_S)
        first.communicate(timeout=PATIENCE_S)
        assert first.returncode == 0
        assert second.returncode == 0
        assert f"Waiting for qa ingest (pid {first.pid})" in said
        assert asked > 0
        assert reader.articles()[1] == 72
        answer = reader.ask("Who is harbour master?")
        assert isinstance(answer, Answer)
        assert all(one.article.text[one.span.start : one.span.end] == one.exact for one in answer.citations)


@pytest.mark.slow
def test_a_server_that_is_killed_in_the_middle_loses_nothing_that_was_reported(
    settings: Settings, tmp_path: Path
) -> None:
    script = """
import sys, time
from qa.assistant.parts import Common
from qa.assistant.sharing.keeper import Keeper
from qa.settings import load_settings
Keeper(load_settings(), "qa serve", Common()).start()
print("kept", flush=True)
time.sleep(600)
"""
    server = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "QA_DATA_DIR": str(settings.data_dir), "QA_INGESTION__BATCH_ARTICLES": "8"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdout.readline() == "kept\n"
    reported: list[str] = []

    def tell(event: object) -> None:
        reported.append(getattr(event, "article_id", ""))
        if len(reported) == 20:
            server.kill()

    source = str(_many(tmp_path, 2_000))
    with pytest.raises(QaError, match=r"qa serve \(pid \d+\) ended before .* At least \d+ articles are in"):
        change(settings, "tests", lambda archive: archive.ingest([source], on_event=tell))
    server.communicate()
    with Assistant.open(settings) as reader:
        for article_id in reported:
            assert reader.article(article_id).text.startswith("The ferry at Pier")
    assert change(settings, "tests", lambda archive: archive.remove(reported[:1])) > 0


@pytest.mark.slow
def test_whoever_hangs_up_has_their_work_stopped_and_the_next_is_done(settings: Settings, tmp_path: Path) -> None:
    with _kept(settings) as keeper:
        client = _qa(settings, "ingest", str(_many(tmp_path, 3_000)))
        _until(lambda: any(job.counts for job in keeper.jobs.newest()))
        client.kill()
        client.communicate()
        assert change(settings, "tests", lambda archive: archive.ingest([str(_many(tmp_path, 1, 5_000))])).counts == {
            "added": 1
        }
        second, first = keeper.jobs.newest()
        assert (first.state, second.state) == (State.STOPPED, State.DONE)


@pytest.mark.slow
def test_a_second_server_hands_its_work_to_the_first_and_takes_over(settings: Settings, tmp_path: Path) -> None:
    before = {one for one in threading.enumerate() if one.name == "qa keeper"}
    with _kept(settings):
        second = Keeper(settings, "qa serve", Common())
        second.start()
        job = second.jobs.add(Work("ingest", {"sources": [str(_many(tmp_path, 1))], "how": {}}))
        _until(lambda: job.over)
        assert job.result["counts"] == {"added": 1}
    job = second.jobs.add(Work("ingest", {"sources": [str(_many(tmp_path, 1, 1))], "how": {}}))
    _until(lambda: job.over)
    assert job.result["counts"] == {"added": 1}
    second.close()
    assert {one for one in threading.enumerate() if one.name == "qa keeper"} == before


def _when_there(settings: Settings) -> Settings:
    _until((settings.data_dir / "catalog.sqlite").exists)
    return settings


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from qa import deadline
from qa.answering.calibration import HIGH
from qa.assistant import Assistant, speaking, suggesting
from qa.assistant.suggesting import Suggesting
from qa.errors import ArchiveError, IndexUnavailable, QuestionError
from qa.records import Progress
from qa.settings import Settings
from qa.types import Answer, Outcome

PATIENCE_S = 60.0


@pytest.fixture
def growing(corpus_settings: Settings, settings: Settings) -> Iterator[Assistant]:
    """The sample archive, to be changed."""
    shutil.copytree(
        corpus_settings.data_dir, settings.data_dir, ignore=shutil.ignore_patterns("models"), dirs_exist_ok=True
    )
    with Assistant.open(settings, write=True) as assistant:
        yield assistant


def suggested(assistant: Assistant, enough: Callable[[list[str]], bool] = bool) -> list[str]:
    until = time.monotonic() + PATIENCE_S
    while not enough(found := assistant.examples()):
        assert time.monotonic() < until, found
        time.sleep(0.2)
    return found


def test_what_is_suggested_is_answered_with_high_confidence(sample: Assistant) -> None:
    found = suggested(sample)
    assert len(set(found)) == 4
    for question in found:
        outcome = sample.ask(question)
        assert isinstance(outcome, Answer), question
        assert outcome.confidence >= HIGH, question
        assert not outcome.ambiguous, question


def test_those_whom_most_articles_quote_come_first(sample: Assistant) -> None:
    asked = [sample.ask(one) for one in suggested(sample) if one.startswith("What did")]
    articles = [len({one.article.id for one in each.citations}) for each in asked if isinstance(each, Answer)]
    assert len(articles) >= 2
    assert all(one >= other for one, other in pairwise(articles))


def test_of_whoever_is_gone_from_the_archive_nothing_is_suggested_any_more(
    growing: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "_KEPT", 0)
    first = next(one for one in suggested(growing) if one.startswith("What did"))
    answer = growing.ask(first)
    assert isinstance(answer, Answer)
    growing.remove(list({one.article.id for one in answer.citations}))
    assert len(suggested(growing, lambda found: first not in found)) >= 2


@pytest.fixture
def kept(growing: Assistant) -> list[str]:
    """What was suggested, and kept."""
    found = suggested(growing, lambda _: (growing._settings.data_dir / "suggestions.json").exists())
    assert len(found) == 4
    return found


class Held:
    """Answers questions once it may."""

    def __init__(self, assistant: Assistant) -> None:
        self.may = threading.Event()
        self._assistant = assistant

    def __call__(self, question: str) -> Outcome:
        assert self.may.wait(PATIENCE_S)
        return self._assistant.ask(question)


def test_an_archive_that_is_opened_again_has_its_suggestions_at_once(
    growing: Assistant, settings: Settings, kept: list[str]
) -> None:
    growing.close()
    with Assistant.open(settings) as again:
        ask = Held(again)
        beside = suggesting_of(again, ask)
        assert beside.suggestions() == kept
        ask.may.set()
        beside.close()


def test_of_an_archive_that_has_changed_since_only_what_was_asked_again_is_suggested(
    growing: Assistant, settings: Settings, kept: list[str], tmp_path: Path
) -> None:
    first = next(one for one in kept if one.startswith("What did"))
    answer = growing.ask(first)
    assert isinstance(answer, Answer)
    growing.remove(list({one.article.id for one in answer.citations}))
    growing.ingest([written(tmp_path, "pier")])
    growing.close()
    with Assistant.open(settings) as again:
        ask = Held(again)
        beside = suggesting_of(again, ask)
        assert beside.suggestions() == []
        ask.may.set()
        until = time.monotonic() + PATIENCE_S
        while not (found := beside.suggestions()):
            assert time.monotonic() < until
        assert first not in found
        assert set(kept) & set(found)
        beside.close()


def test_what_is_gone_is_not_suggested_until_it_is_looked_for_again(growing: Assistant, kept: list[str]) -> None:
    first = next(one for one in kept if one.startswith("What did"))
    answer = growing.ask(first)
    assert isinstance(answer, Answer)
    growing.remove([answer.citations[0].article.id])
    assert first not in growing.examples()


def test_an_erased_article_leaves_no_question_in_the_folder(growing: Assistant, kept: list[str]) -> None:
    answer = growing.ask(kept[0])
    assert isinstance(answer, Answer)
    growing.remove([answer.citations[0].article.id], purge=True)
    assert not (growing._settings.data_dir / "suggestions.json").exists()


def test_what_is_erased_while_questions_are_looked_for_is_not_kept(growing: Assistant) -> None:
    erased = growing.articles()[0][0].id

    def ask(question: str) -> Outcome:
        if growing._catalog.searched_ids([erased]):
            growing.remove([erased], purge=True)
        return growing.ask(question)

    beside = Suggesting(growing._catalog, growing._speaking, ask, growing._suggested, lambda: True)
    beside.suggestions()
    beside.close()
    assert not (growing._settings.data_dir / "suggestions.json").exists()


def test_who_only_reads_keeps_nothing(sample: Assistant) -> None:
    assert suggested(sample)
    assert not (sample._settings.data_dir / "suggestions.json").exists()


def test_a_file_that_cannot_be_read_is_none(growing: Assistant, kept: list[str]) -> None:
    file = growing._settings.data_dir / "suggestions.json"
    for damaged in (b"", b"{}", b"[1, 2]", b'["0", 1, "x", [[1]]]', b"\xff", file.read_bytes()[:-5]):
        file.write_bytes(damaged)
        assert growing._suggested.read() is None


def written(folder: Path, name: str) -> str:
    path = folder / f"{name}.txt"
    path.write_text(f"The {name}\n\nThe {name} was mended.", encoding="utf-8")
    return str(path)


def test_the_end_of_an_ingestion_that_makes_an_archive_much_larger_keeps_some(
    growing: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "_MANY", 5)
    file, told = growing._settings.data_dir / "suggestions.json", list[str]()
    growing.ingest([written(tmp_path, "pier")], on_progress=lambda progress: told.append(progress.name))
    assert "questions to suggest" in told[-1]
    assert len(growing.examples()) == 4
    made = file.read_bytes()
    growing.ingest([written(tmp_path, "quay")])
    assert file.read_bytes() == made, "it has hardly grown"
    growing.remove([one.id for one in growing.articles(text="quay")[0]])
    growing._suggested.keep(growing._suggested.read()._replace(articles=3))  # type: ignore[union-attr]
    growing.ingest([written(tmp_path, "dock")])
    assert growing._suggested.read().articles > 3  # type: ignore[union-attr]


def test_who_stops_an_ingestion_waits_for_no_suggestions(
    growing: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "_MANY", 5)
    stopped = False

    def show(progress: Progress) -> None:
        nonlocal stopped
        stopped = "questions to suggest" in progress.name

    report = growing.ingest([written(tmp_path, "pier")], on_progress=show, stop=lambda: stopped)
    assert not report.stopped
    assert stopped
    assert growing._suggested.read() is None


def test_an_archive_that_is_closed_looks_for_nothing_any_more(corpus_settings: Settings) -> None:
    def look() -> None:
        with suppress(ArchiveError):  # what is asked of a closed archive says so
            assistant.examples()

    with Assistant.open(corpus_settings) as assistant:
        asking = threading.Thread(target=look)
        asking.start()
    asking.join(PATIENCE_S)
    assert not [one for one in threading.enumerate() if one.name == "suggestions"]


def test_nothing_is_looked_for_once_it_is_closed(sample: Assistant) -> None:
    alone = suggesting_of(sample, sample.ask)
    alone.close()
    assert alone.suggestions() == []
    assert alone._thread is None


def suggesting_of(assistant: Assistant, ask: Callable[[str], Outcome]) -> Suggesting:
    """Suggestions of which nothing is kept."""
    return Suggesting(assistant._catalog, assistant._speaking, ask, assistant._suggested, lambda: False)


def looked_for(sample: Assistant, ask: Callable[[str], Outcome]) -> Suggesting:
    """Suggestions once they have been looked for."""
    beside = suggesting_of(sample, ask)
    beside.suggestions()
    assert beside._thread is not None
    beside._thread.join(PATIENCE_S)
    return beside


def test_a_name_that_makes_no_question_costs_no_other_suggestion(sample: Assistant) -> None:
    whole = looked_for(sample, sample.ask).suggestions()
    first = next(one for one in sample._speaking.profiles() if " " in one.name and not one.organisation)

    def ask(question: str) -> Outcome:
        if first.name in question:
            raise QuestionError("Both names mean the same.")
        return sample.ask(question)

    found = looked_for(sample, ask).suggestions()
    assert len(found) == 4
    assert set(found) >= {one for one in whole if one.startswith("What did") and first.name not in one}


def test_after_a_search_that_failed_it_is_looked_for_anew_though_nothing_changes(sample: Assistant) -> None:
    failing = True

    def ask(question: str) -> Outcome:
        if failing:
            raise IndexUnavailable("The model is being fetched.")
        return sample.ask(question)

    beside = looked_for(sample, ask)
    assert beside.suggestions() == []
    failing = False
    until = time.monotonic() + PATIENCE_S
    while not beside.suggestions():
        assert time.monotonic() < until
        time.sleep(0.2)
    beside.close()


def test_on_a_slow_machine_there_are_some(sample: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_AT_MOST_S", 6.0)

    def ask(question: str) -> Outcome:
        time.sleep(0.3)
        deadline.check()
        return sample.ask(question)

    assert looked_for(sample, ask).suggestions()


def test_those_are_looked_at_who_say_most_after_a_change_whose_speakers_are_gathered_beside(
    growing: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(speaking, "_SOON_S", -1.0)  # as in an archive of many articles
    monkeypatch.setattr(suggesting, "_SPEAKERS", 1)
    growing.speakers()
    said = "\n\n".join(f"Orla Quince said that pier {number} of the marina would be mended." for number in range(80))
    (tmp_path / "piers.txt").write_text(f"The piers\n\n{said}", encoding="utf-8")
    growing.ingest([str(tmp_path / "piers.txt")])
    asked: list[str] = []

    def ask(question: str) -> Outcome:
        asked.append(question)
        return growing.ask(question)

    looked_for(growing, ask)
    assert asked[0] == "What did Orla Quince say?"

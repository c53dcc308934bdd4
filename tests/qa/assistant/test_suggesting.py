from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from qa import deadline
from qa.answering.calibration import HIGH
from qa.assistant import Assistant, speaking, suggesting
from qa.assistant.suggesting import Suggesting
from qa.errors import IndexUnavailable, QuestionError
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


def test_an_archive_that_is_closed_looks_for_nothing_any_more(corpus_settings: Settings) -> None:
    with Assistant.open(corpus_settings) as assistant:
        threading.Thread(target=assistant.examples).start()
    assert not [one for one in threading.enumerate() if one.name == "suggestions"]


def test_nothing_is_looked_for_once_it_is_closed(sample: Assistant) -> None:
    alone = Suggesting(sample._catalog, sample._speaking, sample.ask)
    alone.close()
    assert alone.suggestions() == []
    assert alone._thread is None


def looked_for(sample: Assistant, ask: Callable[[str], Outcome]) -> Suggesting:
    """Suggestions once they have been looked for."""
    beside = Suggesting(sample._catalog, sample._speaking, ask)
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

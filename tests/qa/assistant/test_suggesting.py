from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from qa.answering.calibration import HIGH
from qa.assistant import Assistant, suggesting
from qa.settings import Settings
from qa.types import Answer

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

"""The article that this began with, asked for statements in every way that has to work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.types import Answer, AnswerKind, NoAnswer, NoAnswerReason
from tests.conftest import fresh_settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Iterator[Assistant]:
    folder = Path(os.environ.get("ONRECORD_DATA", "")).parent / "seed"
    if "ONRECORD_DATA" not in os.environ or not folder.is_dir():
        pytest.skip("ONRECORD_DATA does not name a folder with the article beside it")
    settings = fresh_settings(tmp_path_factory.mktemp("seed") / "data", compiled_models)
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assistant.ingest([str(folder)])
        yield assistant


def listed(talks: Assistant, question: str) -> list[str]:
    """The exact words of an answer, each with the sentence that they stand in."""
    outcome = talks.ask(question)
    assert isinstance(outcome, Answer), f"{question}: {outcome.reason}"
    assert outcome.kind is AnswerKind.STATEMENTS
    for citation in outcome.citations:
        assert citation.article.text[citation.span.start : citation.span.end] == citation.exact
    return [f"{one.exact} {one.sentence.of(one.article.text)}" for one in outcome.citations]


def speakers(talks: Assistant, question: str) -> set[str | None]:
    outcome = talks.ask(question)
    assert isinstance(outcome, Answer)
    return {one.statement.speaker.name for one in outcome.citations if one.statement and one.statement.speaker}


MERZ = (
    "chance for a real peace process",
    "a very important step forward",
    "a free, sovereign and strong Ukraine",
    "Putin’s criminal attack",
)


@pytest.mark.parametrize(
    "asked", ["what did Merz say", "WHAT DID MERZ SAY?", "Was hat Merz gesagt?", "statements by merz"]
)
def test_merz_is_quoted_in_full_and_alone(talks: Assistant, asked: str) -> None:
    said = " ".join(listed(talks, asked))
    assert [words for words in MERZ if words not in said] == []
    assert "reaffirmed" in said
    assert speakers(talks, asked) == {"Friedrich Merz"}


@pytest.mark.parametrize(
    "name", ["Zelensky", "zelenskyy", "Zelenskiy", "volodymyr zelensky", "the ukrainian president"]
)
def test_zelensky_on_territory_begins_with_his_own_words(talks: Assistant, name: str) -> None:
    said = listed(talks, f"what did {name} say about territory")
    assert "we still have different positions" in said[0]
    assert speakers(talks, f"what did {name} say about territory") == {"Volodymyr Zelensky"}


@pytest.mark.parametrize("who", ["the German chancellor", "the chancellor", "german chancellor merz", "the chancelor"])
def test_the_chancellor_on_the_guarantees_is_merz(talks: Assistant, who: str) -> None:
    question = f"what did {who} say about the security guarantees"
    assert "“substantial”" in listed(talks, question)[0]
    assert speakers(talks, question) == {"Friedrich Merz"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("What did Peskov say?", "awaiting details"),
        ("what did the kremlin spokesman say", "awaiting details"),
        ("what did trump say", "surrender territory"),
        ("Trump on territory", "surrender territory"),
        ("Did Trump comment on the phone call?", "phone call"),
        ("How did Merz describe the talks?", "breakthrough"),
        ("What does Merz think of Putin?", "criminal attack"),
        ("What did Merz say on Monday?", "peace process"),
        ("What did Merz say in December 2025?", "peace process"),
        ("What did Merz say about peace this week?", "peace process"),
        ("What did U.S. officials say about NATO?", "NATO"),
        ("What did Merz praise?", "for offering"),
    ],
)
def test_other_ways_of_asking_find_the_words(talks: Assistant, asked: str, words: str) -> None:
    assert any(words in said for said in listed(talks, asked))


def test_who_talked_about_a_topic_names_several_people(talks: Assistant) -> None:
    assert {"Volodymyr Zelensky", "Friedrich Merz"} <= speakers(talks, "who talked about security guarantees")


@pytest.mark.parametrize("asked", ["who said 'not easy'", "who said not easy", "wer hat „not easy“ gesagt"])
def test_who_said_some_words_is_answered_with_the_speaker(talks: Assistant, asked: str) -> None:
    outcome = talks.ask(asked)
    assert isinstance(outcome, Answer)
    assert outcome.text == "Ukrainian President Volodymyr Zelensky"


@pytest.mark.parametrize(
    ("asked", "reason", "shown"),
    [
        ("What did Macron say?", NoAnswerReason.SPEAKER_SILENT, ""),
        ("What did Keir Starmer say about football?", NoAnswerReason.SPEAKER_SILENT, ""),
        ("What did Olaf Scholz say?", NoAnswerReason.SPEAKER_UNKNOWN, None),
        ("What did Merz say about immigration?", NoAnswerReason.SILENT_ON_TOPIC, "Friedrich Merz"),
        ("What did Zelensky say about football?", NoAnswerReason.SILENT_ON_TOPIC, "Volodymyr Zelensky"),
        ("What did Trump say about climate change?", NoAnswerReason.SILENT_ON_TOPIC, "Donald Trump"),
        ("What did Merz say last week?", NoAnswerReason.OUTSIDE_DATES, "Friedrich Merz"),
        ("What did Merz say in 2024?", NoAnswerReason.OUTSIDE_DATES, "Friedrich Merz"),
    ],
)
def test_a_refusal_has_its_reason_and_shows_what_is_nearest(
    talks: Assistant, asked: str, reason: NoAnswerReason, shown: str | None
) -> None:
    outcome = talks.ask(asked)
    assert isinstance(outcome, NoAnswer), [one.exact for one in getattr(outcome, "citations", ())]
    assert outcome.reason is reason
    assert bool(outcome.nearest) is (shown is not None), "whom the archive never names, nothing of it comes near"
    if shown:
        assert all(
            one.statement and one.statement.speaker and one.statement.speaker.name == shown for one in outcome.nearest
        )

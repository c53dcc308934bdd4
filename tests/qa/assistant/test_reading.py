"""The reader is the one that the settings choose, and answers with exact spans where its weights are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.answering import SENTENCE_READER, SpanConfidence
from qa.assistant import Assistant
from qa.assistant.keeping.attributing import load_attributor
from qa.assistant.reading import load_reading
from qa.errors import ModelMismatch, ModelMissing
from qa.protocols import Attributor
from qa.reading import SentenceReader, SpanReader
from qa.settings import AttributionSettings, ReadingSettings, Settings
from qa.types import Answer, AnswerKind, NoAnswer
from tests.conftest import fresh_settings
from tests.newsprint import WordEncoder
from tests.qa.reading.test_span import network_that_likes


def weights(folder: Path, fitted_for: str = "digest") -> Path:
    """A reader's folder: a network, its card and its confidence."""
    network_that_likes(folder, {"voss": 4})
    (folder / "card.json").write_text(json.dumps({"sha256": "digest"}))
    SpanConfidence(0.0, {"margin": 1.0}, 0.5, fitted_for).write(folder)
    return folder


def test_the_span_reader_reads_where_its_weights_are(tmp_path: Path) -> None:
    reading = load_reading(ReadingSettings(second=False), WordEncoder(), weights(tmp_path))
    assert isinstance(reading.reader, SpanReader)
    assert reading.confidence.threshold == 0.5


def test_where_it_is_chosen_the_sentence_reader_reads_and_needs_no_weights(tmp_path: Path) -> None:
    reading = load_reading(ReadingSettings(reader="sentence"), WordEncoder(), tmp_path / "none")
    assert isinstance(reading.reader, SentenceReader)
    assert reading.confidence is SENTENCE_READER


def test_a_span_reader_that_is_missing_or_mismatched_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        load_reading(ReadingSettings(), WordEncoder(), tmp_path / "none")
    assert "QA_READING__READER=sentence" in caught.value.remedy
    with pytest.raises(ModelMismatch, match="other weights"):
        load_reading(ReadingSettings(), WordEncoder(), weights(tmp_path, fitted_for="another"))
    (tmp_path / "card.json").unlink()
    with pytest.raises(ModelMismatch, match="card"):
        load_reading(ReadingSettings(), WordEncoder(), tmp_path)


def test_loading_a_reader_imports_no_torch(tmp_path: Path) -> None:
    folder = weights(tmp_path)
    code = (
        "import sys; from pathlib import Path; from qa.assistant.reading import span_reading;"
        f"span_reading(Path({str(folder)!r})); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path, corpus: Path) -> Iterator[Assistant]:
    """An archive of the articles about the talks in Berlin."""
    settings = fresh_settings(tmp_path_factory.mktemp("talks") / "data", compiled_models)
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assistant.ingest([str(path) for path in sorted(corpus.glob("berlin-talks-*"))])
    with Assistant.open(settings, label="tests") as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("Who is Trump's special envoy?", "Steve Witkoff"),
        ("Which regions are US negotiators pressing Ukraine to cede?", "Donetsk and Lugansk"),
        ("What has Washington previously ruled out?", "formal membership in NATO"),
        ("Who is the Kremlin spokesman?", "Dmitry Peskov"),
    ],
)
def test_the_shortest_exact_span_answers_in_any_letter_case(talks: Assistant, question: str, span: str) -> None:
    said = set()
    for asked in (question, question.lower(), question.upper(), question.replace("'", "’")):
        outcome = talks.ask(asked)
        assert isinstance(outcome, Answer), asked
        assert outcome.kind is AnswerKind.SPAN
        said.add(outcome.text)
    assert len(said) == 1
    assert span in said.pop()


def test_what_the_archive_does_not_say_is_refused(talks: Assistant) -> None:
    for question in ("When was Friedrich Merz elected chancellor?", "Who won the men's 100 metres?"):
        assert isinstance(talks.ask(question), NoAnswer), question


@pytest.mark.slow
def test_the_article_that_this_began_with_is_answered_in_exact_spans(tmp_path: Path, compiled_models: Path) -> None:
    folder = Path(os.environ.get("ONRECORD_DATA", "")).parent / "seed"
    if "ONRECORD_DATA" not in os.environ or not folder.is_dir():
        pytest.skip("ONRECORD_DATA does not name a folder with the article beside it")
    settings = fresh_settings(tmp_path / "data", compiled_models)
    with Assistant.open(settings, label="tests", write=True) as assistant:
        assistant.ingest([str(folder)])
        for question, span in (
            ("Who is Trump's special envoy?", "Steve Witkoff"),
            ("Which regions are US negotiators pressing Ukraine to cede?", "Donetsk and Lugansk"),
            ("What has Washington previously ruled out?", "formal membership in NATO"),
            ("who's the italian prime minister", "Giorgia Meloni"),
        ):
            for asked in (question, question.lower(), question.upper()):
                outcome = assistant.ask(asked)
                assert isinstance(outcome, Answer), asked
                assert span in outcome.text
        assert isinstance(assistant.ask("When was Friedrich Merz elected chancellor?"), NoAnswer)


@pytest.mark.parametrize("asked", ["who said 'not easy'", "WHO SAID “NOT EASY”?"])
def test_who_said_some_words_is_answered_with_the_speaker(sample: Assistant, asked: str) -> None:
    outcome = sample.ask(asked)
    assert isinstance(outcome, Answer)
    assert outcome.text == "Ukrainian President Volodymyr Zelensky"
    first = outcome.citations[0]
    assert "not easy" in first.sentence.of(first.article.text)


def test_the_doctor_says_which_reader_answers(sample: Assistant) -> None:
    finding = next(finding for finding in sample.doctor() if finding.subject == "reader")
    assert finding.sound
    assert finding.message.startswith("exact spans")


def test_without_the_attributors_weights_an_archive_is_read_and_the_doctor_says_so(
    corpus_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(settings: AttributionSettings) -> Attributor:
        return load_attributor(settings, tmp_path)

    monkeypatch.setattr("qa.assistant.keeping.attributing.load_attributor", missing)
    with Assistant.open(corpus_settings, label="tests") as assistant:
        assert assistant.articles(limit=1)[0]
        finding = next(finding for finding in assistant.doctor() if finding.subject == "statements")
    assert not finding.sound
    assert "QA_ATTRIBUTION__ATTRIBUTOR" in (finding.remedy or "")


def test_once_an_archive_is_warm_no_question_loads_anything(corpus_settings: Settings) -> None:
    with Assistant.open(corpus_settings) as assistant:
        assistant.warm()
        loaded = dict(assistant._parts._loaded)
        assert {"reading", "retriever"} <= set(loaded)
        for question in ("When will the Harrowmere library open on Sundays?", "What did Tomas Reck say about herons?"):
            assistant.ask(question)
        assert assistant._parts._loaded == loaded

"""What programs get from `from qa import …`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import qa
from qa import Assistant
from qa.settings import Settings
from qa.types import Answer, NoAnswer

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "library.md").read_text(encoding="utf-8"), re.DOTALL)


def test_what_is_public_is_there_and_nothing_else_is_made_up() -> None:
    assert [getattr(qa, name) is not None for name in qa.__all__] == [True] * len(qa.__all__)
    with pytest.raises(AttributeError, match="assistent"):
        getattr(qa, "assistent")  # noqa: B009


def test_naming_the_package_loads_nothing_of_it() -> None:
    code = "import sys, qa; assert not {'numpy', 'pydantic', 'qa.types'} & set(sys.modules); from qa import verify"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_run(example: str, corpus_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(corpus_settings.data_dir))
    exec(compile(example, "docs/library.md", "exec"), {})


def test_an_answer_prints_as_its_words_their_sentence_outlet_and_day(sample: Assistant) -> None:
    answer = sample.ask("Who is the Kremlin spokesman?")
    assert isinstance(answer, Answer)
    first = str(answer).splitlines()[0]
    assert re.fullmatch(r"Dmitry Peskov — “Kremlin spokesman Dmitry Peskov said .*”(, .+)?, \d{4}-\d\d-\d\d", first)
    said = sample.ask("What did Merz say about the guarantees?")
    assert isinstance(said, Answer)
    assert str(said).startswith("Friedrich Merz: ")
    assert len(str(said).splitlines()) == len(said.citations)


def test_a_refusal_prints_as_what_is_lacking(sample: Assistant) -> None:
    refusal = sample.ask("what did macron say")
    assert isinstance(refusal, NoAnswer)
    assert str(refusal) == "Not in this archive: speaker silent (macron)"


def test_nothing_prints_a_whole_article_to_a_programmer(sample: Assistant) -> None:
    answer = sample.ask("What did Merz say?")
    assert isinstance(answer, Answer)
    verification = sample.verify(answer.citations[0].exact)
    refusal = sample.ask("what did macron say")
    for one in (answer, answer.citations[0], answer.citations[0].article, verification, refusal):
        assert len(repr(one)) < 250
        assert "\n" not in repr(one)
    assert all(len(line) < 400 for line in str(answer).splitlines())


def test_an_archive_is_opened_by_its_folder(corpus_settings: Settings) -> None:
    with Assistant.open(corpus_settings.data_dir) as archive:
        assert archive.articles()[1] > 0
    with Assistant.open(str(corpus_settings.data_dir)) as archive:
        assert archive.outlets()

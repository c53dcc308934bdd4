"""One damaged article is refused; the others answer."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.errors import ArticleDamaged
from qa.settings import Settings
from qa.types import Answer, NoAnswer
from tests.conftest import fresh_settings


@pytest.fixture
def settings(corpus_settings: Settings, tmp_path: Path, compiled_models: Path) -> Settings:
    """A copy of the sample archive."""
    made = fresh_settings(tmp_path / "data", compiled_models)
    shutil.copytree(
        corpus_settings.data_dir, made.data_dir, dirs_exist_ok=True, ignore=shutil.ignore_patterns("models")
    )
    return made


def damage(settings: Settings, sql: str) -> None:
    connection = sqlite3.connect(settings.data_dir / "catalog.sqlite")
    with connection:
        connection.execute(sql)
    connection.close()


@pytest.mark.slow
def test_an_answer_never_cites_a_damaged_article_and_others_are_cited(settings: Settings) -> None:
    questions = [
        "Who is the Kremlin spokesman?",
        "What did Merz say about the security guarantees?",
        "Until when is the ferry closed?",
    ]
    with Assistant.open(settings) as assistant:
        before = [assistant.ask(question) for question in questions]
    assert all(isinstance(outcome, Answer) for outcome in before[:2])
    assert isinstance(before[0], Answer)
    victim = before[0].citations[0].article.id
    damage(settings, f"UPDATE article SET text = replace(text, 'Peskov', 'Peskow') WHERE id = '{victim}'")
    with Assistant.open(settings) as assistant:
        for question in questions:
            outcome = assistant.ask(question)
            shown = outcome.nearest if isinstance(outcome, NoAnswer) else outcome.citations
            assert victim not in {citation.article.id for citation in shown}
        assert isinstance(assistant.ask(questions[1]), Answer)
        page, total = assistant.articles(limit=100)
        assert len(page) == total, "its title is sound, so it is listed"
        with pytest.raises(ArticleDamaged, match=victim):
            assistant.article(victim)
        assert any(victim in finding.message for finding in assistant.doctor() if not finding.sound)
        list(assistant.statement_rows())
        assistant.verify("security guarantees to Ukraine")


@pytest.mark.slow
def test_ingesting_its_source_again_brings_a_damaged_article_back(settings: Settings, corpus: Path) -> None:
    damage(settings, "UPDATE article SET text = replace(text, '“', '”')")
    with Assistant.open(settings, write=True) as assistant:
        assert not all(finding.sound for finding in assistant.doctor())
        counts = assistant.ingest([str(corpus)]).counts
        assert counts["mended"] > 1
        assert all(finding.sound for finding in assistant.doctor())
        assert isinstance(assistant.ask("Who is the Kremlin spokesman?"), Answer)
